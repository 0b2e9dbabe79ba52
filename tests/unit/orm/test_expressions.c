/* test_expressions.c: expressions in queries, as the shell writes them: their types, windows in conditions, aggregates
 * over the rows of a sub-query, arguments and values that make no sense. */
#include "library.h"
#include "unit.h"

#define RANKED "Book.objects.annotate(r=Window(RowNumber(), order_by='-pages'))"

START_TEST(conditions_on_windows_hold_everywhere)
{
    ANSWERS(RANKED ".filter(r=9).exists(), " RANKED ".filter(r=1).exists()", "[false, true]");
    ANSWERS("Author.objects.filter(id__in=" RANKED ".filter(r=1).values('author')).values_list('name', flat=True)",
            "[\"Charles\"]");
    ANSWERS("Author.objects.filter(Exists(" RANKED ".filter(r=9))).count()", "0");
    ANSWERS(RANKED ".filter(r=1).update(pages=7), Book.objects.order_by('id').values_list('pages', flat=True)",
            "[1, [300, 7, 200]]");
    ANSWERS("Note.objects.annotate(r=Window(RowNumber(), order_by='id')).filter(r=1).delete()[0], "
            "Note.objects.values_list('id', flat=True)",
            "[1, [2, 3]]");
}
END_TEST

#define MIXED(a, b) "Expression contains mixed types: " a ", " b ". You must set output_field."

START_TEST(types_must_agree_where_values_are_read)
{
    FAILS("Book.objects.annotate(x=NullIf('price', 0)).values_list('x')", "FieldError",
          MIXED("DecimalField", "IntegerField"));
    FAILS("Book.objects.annotate(x=Concat('cover', Value('-'), 'pages')).values('x')", "FieldError",
          MIXED("CharField", "IntegerField"));
    FAILS("Book.objects.annotate(x=Replace(KT('metadata__k'), Value('a'))).values('x')", "FieldError",
          MIXED("TextField", "CharField"));
    FAILS("Book.objects.annotate(x=Coalesce(Cast('pages', BigIntegerField()), Sum('price'))).values('x')", "FieldError",
          MIXED("BigIntegerField", "DecimalField"));
    ANSWERS("Book.objects.filter(id=1).annotate(x=Coalesce('price', 'name')).order_by('x').values_list('id')", "[[1]]");
    ANSWERS(
        "Book.objects.filter(id=1).annotate(x=Coalesce('price', 'name', output_field=CharField())).values_list('x')",
        "[[2.5]]");
    ANSWERS("Book.objects.filter(id=1).values_list(Lower('pages'), Sum('name'))", "[[300, 0.0]]");
}
END_TEST

START_TEST(a_case_must_agree_wherever_it_stands)
{
    FAILS("Book.objects.order_by(Case(When(id=1, then='name'), default='pages'))", "FieldError",
          MIXED("CharField", "IntegerField"));
    FAILS("Book.objects.update(name=Case(When(id=1, then='name'), default='pages'))", "FieldError",
          MIXED("CharField", "IntegerField"));
}
END_TEST

START_TEST(nulls_alone_have_no_type)
{
    FAILS("Book.objects.annotate(x=Value(None)).values('x')", "OutputFieldIsNoneError",
          "Cannot resolve expression type, unknown output_field");
    FAILS("Book.objects.annotate(x=Case(When(id=1, then=Value(None)))).filter(x=1)", "OutputFieldIsNoneError",
          "Cannot resolve expression type, unknown output_field");
    ANSWERS("Book.objects.filter(id=1).values_list(Coalesce(Value(None), 'name'), Value(None, IntegerField()))",
            "[[\"Emma\", null]]");
    FAILS("Book.objects.annotate(x=F('name') + None).values('x')", "FieldError",
          "Cannot infer type of '+' expression involving these types: CharField, NoneType. You must set output_field.");
}
END_TEST

START_TEST(parts_of_texts)
{
    ANSWERS("Book.objects.filter(id=1).values_list(F('name')[1], F('name')[1:3], F('name')[2:])",
            "[[\"m\", \"mm\", \"ma\"]]");
    FAILS("F('name')[3:1]", "ValueError", "Slice stop must be greater than slice start.");
    FAILS("Book.objects.annotate(x=F('pages')[0])", "NotSupportedError", "This field does not support slicing.");
}
END_TEST

START_TEST(aggregates_take_what_they_can)
{
    ANSWERS("Book.objects.aggregate(BitAnd('pages'), BitOr('pages'), x=BitXor('pages', filter=Q(id__lt=3)))",
            "{\"pages__bitand\": 0, \"pages__bitor\": 1004, \"x\": 680}");
    ANSWERS("Book.objects.aggregate(x=BitOr('pages', filter=Q(id=9)), y=BitOr('id', filter=Q(id=9), default=3))",
            "{\"x\": null, \"y\": 3}");
    FAILS("Max('pages', distinct=True)", "TypeError", "Max does not allow distinct.");
    FAILS("Avg('pages', order_by='id')", "TypeError", "Avg does not allow order_by.");
    FAILS("Book.objects.aggregate(Sum('published'))", "NotSupportedError",
          "SQLite does not support Sum on date or time fields, because they are stored as text.");
    /* The rows that one author's books make are told apart. */
    ANSWERS("Author.objects.annotate(n=Count('id')).aggregate(x=Sum('books__pages'))", "{\"x\": 1400}");
}
END_TEST

START_TEST(what_is_no_expression_is_told)
{
    FAILS("Book.objects.annotate(b='x', a=1, c=F('id'))", "TypeError",
          "QuerySet.annotate() received non-expression(s): 1, x.");
    FAILS("Book.objects.alias(b='x')", "TypeError", "QuerySet.annotate() received non-expression(s): x.");
    FAILS("Book.objects.values(Lower('name'))", "TypeError",
          "values() takes names; an expression needs one: values(x=...)");
    FAILS("Book.objects.filter(name__isnull=0)", "ValueError",
          "The QuerySet value for an isnull lookup must be True or False.");
    ANSWERS("Book.objects.order_by(OrderBy(F('id'), descending=True)).values_list('id', flat=True)", "[3, 2, 1]");
    ANSWERS("Book.objects.filter(id=1).values_list(ExpressionWrapper(F('price') * 2, output_field=IntegerField()))",
            "[[5]]");
}
END_TEST

START_TEST(nulls_in_a_list_count_under_not)
{
    ANSWERS("Book.objects.exclude(price__in=[7, None]).values_list('id', flat=True)", "[1]");
    ANSWERS("Book.objects.exclude(price__in=[None]).order_by('id').values_list('id', flat=True)", "[1, 2]");
    ANSWERS("Book.objects.exclude(pages__in=[300, None]).count()", "2"); /* never null */
    ANSWERS(
        "Book.objects.filter(metadata__k__in=['v', None]).count(), Book.objects.filter(metadata__k__in=[None]).count()",
        "[1, 0]");
    ANSWERS("Book.objects.filter(metadata__k__in=[F('status'), Value('v')]).count()", "1");
}
END_TEST

START_TEST(arguments_that_make_no_sense)
{
    FAILS("Left('name', 0)", "ValueError", "'length' must be greater than 0.");
    FAILS("Substr('name', 0)", "ValueError", "'pos' must be greater than 0");
    FAILS("RPad('name', -1)", "ValueError", "'length' must be greater or equal to 0.");
    FAILS("Repeat('name', -1)", "ValueError", "'number' must be greater or equal to 0.");
    FAILS("Lead('pages', 0)", "ValueError", "Lead requires a positive integer for the offset.");
    FAILS("Ntile(0)", "ValueError", "num_buckets must be greater than 0.");
    FAILS("Book.objects.values_list(Round('price', -1))", "ValueError", "SQLite does not support negative precision.");
    FAILS("Book.objects.values_list(ExtractYear('published', tzinfo=utc))", "ValueError",
          "tzinfo can only be used with DateTimeField.");
    FAILS("Book.objects.annotate(x=Window(Sum('pages'), order_by='id', frame=ValueRange(start=1)))[:1]", "ValueError",
          "start argument must be a negative integer, zero, or None, but got '1'.");
    FAILS("Book.objects.annotate(x=Window(Sum('pages'), order_by='id', frame=RowRange(start=1, end=0)))[:1]",
          "ValueError", "start cannot be greater than end.");
    FAILS("Book.objects.values_list(F('name').bitand(1))", "FieldError",
          "Cannot infer type of '&' expression involving these types: CharField, IntegerField. You must set "
          "output_field.");
}
END_TEST

START_TEST(moments_keep_their_zone)
{
    ANSWERS("Book.objects.filter(id=1).values_list(Trunc('read_at', 'day', output_field=DateTimeField()), flat=True)",
            "[{\"$datetime\": \"2019-10-27T00:00:00+02:00\"}]");
}
END_TEST

START_TEST(defaults_of_window_functions)
{
    ANSWERS("Book.objects.order_by('id').values_list(Window(Lag('pages', default=-1), order_by='id'), flat=True)",
            "[-1, 300, 900]");
    ANSWERS("Book.objects.filter(id=1).values_list(Cast('pages', BooleanField()), Cast(Value(1), BooleanField()))",
            "[[300, true]]");
}
END_TEST

START_TEST(values_that_no_column_takes)
{
    FAILS("Book.objects.create(name='x', author_id=1, published=5)", "TypeError",
          "fromisoformat: argument must be str");
    FAILS("Book.objects.none().update(published='x')", "ValidationError",
          "“x” value has an invalid date format. It must be in YYYY-MM-DD format.");
    FAILS("Book.objects.update(price=Decimal('Infinity'))", "ValidationError",
          "“Infinity” value must be a decimal number.");
    FAILS("Book.objects.update(pages=2**70)", "OverflowError", "Python int too large to convert to SQLite INTEGER");
    FAILS("Book.objects.filter(pages__in=[1, 2**70])", "OverflowError",
          "Python int too large to convert to SQLite INTEGER");
    ANSWERS("(Book.objects.filter(id=1).update(metadata=JSONNull()), Book.objects.filter(metadata=None).count())",
            "[1, 2]");
    FAILS("Book.objects.update(pages=Max('pages'))", "FieldError",
          "Aggregate functions are not allowed in this query (pages=Max(Col(shop_book, shop.Book.pages))).");
    FAILS("Book.objects.bulk_update([Book(id=1)], ['pk'])", "FieldDoesNotExist", "Book has no field named 'pk'");
    FAILS("Author.objects.bulk_update([Author(id=1)], ['books'])", "ValueError",
          "bulk_update() can only be used with concrete fields.");
    ANSWERS("len('ab' * 3), 2 * 'x', 'x' * -1", "[6, \"xx\", \"\"]");
}
END_TEST

START_TEST(neighbours_by_a_date)
{
    ANSWERS("Note.objects.get(pk=2).get_next_by_written()", "{\"$model\": \"shop.note\", \"pk\": 3}");
    ANSWERS("Note.objects.get(pk=2).get_previous_by_written()", "{\"$model\": \"shop.note\", \"pk\": 1}");
    ANSWERS("Note.objects.get(pk=1).get_next_by_written(id__gt=2)", "{\"$model\": \"shop.note\", \"pk\": 3}");
    FAILS("Note.objects.get(pk=1).get_previous_by_written()", "DoesNotExist", "Note matching query does not exist.");
    FAILS("Book.objects.get(pk=1).get_next_by_published()", "AttributeError",
          "'Book' object has no attribute 'get_next_by_published'"); /* may be null */
    ANSWERS("Book.objects.get(pk=1).serializable_value('author'), Book.objects.db, Book.objects.all().db",
            "[1, \"default\", \"default\"]");
}
END_TEST

UNIT_TESTS("orm/expressions", conditions_on_windows_hold_everywhere, types_must_agree_where_values_are_read,
           a_case_must_agree_wherever_it_stands, nulls_alone_have_no_type, parts_of_texts,
           aggregates_take_what_they_can, what_is_no_expression_is_told, nulls_in_a_list_count_under_not,
           arguments_that_make_no_sense, moments_keep_their_zone, defaults_of_window_functions,
           values_that_no_column_takes, neighbours_by_a_date)
