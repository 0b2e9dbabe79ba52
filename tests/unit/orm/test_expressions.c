/* test_expressions.c: expressions in queries, as the shell writes them: their types, windows in conditions, aggregates
 * over the rows of a sub-query. */
#include "library.h"
#include "unit.h"

#define RANKED "Book.objects.annotate(r=Window(RowNumber(), order_by='-pages'))"

START_TEST(conditions_on_windows_hold_everywhere)
{
    ANSWERS(RANKED ".filter(r=9).exists(), " RANKED ".filter(r=1).exists()", "[false, true]");
    ANSWERS("Author.objects.filter(id__in=" RANKED ".filter(r=1).values('author')).values_list('name', flat=True)",
            "[\"Charles\"]");
    ANSWERS("Author.objects.filter(Exists(" RANKED ".filter(r=9))).count()", "0");
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

UNIT_TESTS("orm/expressions", conditions_on_windows_hold_everywhere, types_must_agree_where_values_are_read,
           a_case_must_agree_wherever_it_stands, nulls_alone_have_no_type, parts_of_texts,
           aggregates_take_what_they_can, what_is_no_expression_is_told)
