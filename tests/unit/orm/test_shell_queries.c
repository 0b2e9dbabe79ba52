/* test_shell_queries.c: the query language over a database in memory: sets, rows, functions, JSON, writing, errors;
 * that each answer's transaction is rolled back. */
#include "db/db.h"
#include "library.h"
#include "unit.h"

START_TEST(sets_chain_and_slice)
{
    ANSWERS("Book.objects.filter(pages__gt=250).exclude(name='Emma')", "[{\"$model\": \"shop.book\", \"pk\": 2}]");
    ANSWERS("Book.objects.filter(Q(pages=300) | Q(name__startswith='P')).count()", "2");
    ANSWERS("Book.objects.order_by('-pages').values_list('name', flat=True)[:2]", "[\"Bleak House\", \"Emma\"]");
    ANSWERS("Book.objects.order_by('id')[1].name, Book.objects.order_by('id')[0:3:2]",
            "[\"Bleak House\", [{\"$model\": \"shop.book\", \"pk\": 1}, {\"$model\": \"shop.book\", \"pk\": 3}]]");
    ANSWERS("Book.objects.filter(id=1).values('name', 'author__name')",
            "[{\"name\": \"Emma\", \"author__name\": \"Jane\"}]");
    ANSWERS("Book.objects.filter(id__in={1, 3}).exists(), Book.objects.none().count()", "[true, 0]");
    ANSWERS("Book.objects.order_by(F('price').desc(nulls_last=True)).values_list('id', flat=True)", "[2, 1, 3]");
    ANSWERS("Book.objects.filter(status=Book.Status.PUBLISHED).count()", "2");
    ANSWERS("Book.objects.order_by('id').ordered, Book.objects.order_by().ordered", "[true, false]");
}
END_TEST

START_TEST(single_rows_and_their_members)
{
    ANSWERS("Book.objects.get(pk=1).author.name", "\"Jane\"");
    ANSWERS("[b.name for b in Author.objects.get(name='Jane').books.order_by('id')]", "[\"Emma\", \"Persuasion\"]");
    ANSWERS("Book.objects.first().name, Book.objects.last().name", "[\"Bleak House\", \"Persuasion\"]");
    ANSWERS("Book.objects.latest().name, Book.objects.earliest('pages').id", "[\"Persuasion\", 3]");
    ANSWERS("Book.objects.in_bulk([1, 9])", "{\"$map\": [[1, {\"$model\": \"shop.book\", \"pk\": 1}]]}");
    ANSWERS("Book.objects.get(pk=1).get_status_display(), Book.objects.get(pk=1).cover.url",
            "[\"Published\", \"/media/c/e.png\"]");
    ANSWERS("Book.objects.get(pk=1).price, Book.objects.get(pk=1).published",
            "[{\"$decimal\": \"2.50\"}, {\"$date\": \"1815-12-23\"}]");
    ANSWERS("Book.objects.only('name').get(pk=1).get_deferred_fields() * 0",
            "{\"$error\": \"TypeError\", \"message\": \"unsupported operand type(s) for *: 'set' and 'int'\"}");
}
END_TEST

#define LONG_BOOKS "Author.objects.alias(b=FilteredRelation('books', condition=Q(books__pages__gt=250)))"
#define REFUSED(text) "{\"$error\": \"ValueError\", \"message\": \"" text "\"}"

START_TEST(filtered_relations)
{
    ANSWERS(LONG_BOOKS ".order_by('id').values_list('name', 'b__name')",
            "[[\"Jane\", \"Emma\"], [\"Charles\", \"Bleak House\"]]");
    ANSWERS(LONG_BOOKS ".filter(b__pages__lt=500).values_list('name', 'books__name').order_by('books')",
            "[[\"Jane\", \"Emma\"], [\"Jane\", \"Persuasion\"]]");
    ANSWERS(LONG_BOOKS ".exclude(b__pages__lt=500).values_list('name', flat=True)", "[\"Charles\"]");
    ANSWERS(LONG_BOOKS ".annotate(n=Count('b'), m=Count('books', distinct=True)).order_by('id').values_list('n', 'm')",
            "[[2, 2], [1, 1]]");
    ANSWERS("Author.objects.alias(b=FilteredRelation('books', condition=Q(books__pages__gt=5000))).order_by('id')"
            ".values_list('name', 'b')",
            "[[\"Jane\", null], [\"Charles\", null]]");
    ANSWERS("Author.objects.alias(b=FilteredRelation('books', condition=Q(books__pages__lt=F('books__id') * 150)))"
            ".filter(b__isnull=False).values_list('b', flat=True)",
            "[3]");
    ANSWERS("Book.objects.alias(a=FilteredRelation('author', condition=Q(author__name='Jane') & Q(pages=300)))"
            ".order_by('a', 'id').values_list('id', 'a__name')",
            "[[1, \"Jane\"]]");
    ANSWERS(LONG_BOOKS ".only('b__name')", REFUSED("only() is not supported with FilteredRelation."));
    ANSWERS(LONG_BOOKS ".prefetch_related('b')", REFUSED("prefetch_related() is not supported with FilteredRelation."));
    ANSWERS("FilteredRelation('')", REFUSED("relation_name cannot be empty."));
    ANSWERS("FilteredRelation('books', condition=1)", REFUSED("condition argument must be a Q() instance."));
    ANSWERS("Author.objects.alias(b=FilteredRelation('books__name__lower'))",
            REFUSED("FilteredRelation's relation_name cannot contain lookups (got 'books__name__lower')."));
    ANSWERS("Author.objects.alias(b=FilteredRelation('books', condition=Q(books__author__name='x')))",
            REFUSED("FilteredRelation's condition doesn't support nested relations deeper than the relation_name (got "
                    "'books__author__name' for 'books')."));
    ANSWERS("Author.objects.alias(b=FilteredRelation('books', condition=Q(books__in=Book.objects.all())))",
            REFUSED("Passing a QuerySet within a FilteredRelation is not supported."));
    ANSWERS("Author.objects.annotate(k=Case(When(books__pages__gt=5000, then=1), default=0)).count()", "3");
}
END_TEST

START_TEST(functions_and_aggregates)
{
    ANSWERS("Book.objects.aggregate(n=Count('*'), s=Sum('pages'), m=Max('name'))",
            "{\"n\": 3, \"s\": 1400, \"m\": \"Persuasion\"}");
    ANSWERS("Author.objects.annotate(n=Count('books')).order_by('-n').values_list('name', 'n')",
            "[[\"Jane\", 2], [\"Charles\", 1]]");
    ANSWERS("Book.objects.filter(id=1).values_list(Concat('name', Value('!')), Left('name', 2), Right('name', 2))",
            "[[\"Emma!\", \"Em\", \"ma\"]]");
    ANSWERS("Book.objects.filter(id=1).annotate(a=LPad('name', 6, Value('*')), b=Reverse('name'), "
            "c=SHA1('name')).values('a', 'b', 'c')",
            "[{\"a\": \"**Emma\", \"b\": \"ammE\", \"c\": \"409ae789dad675a61f8c8705ae753a0a6f1abbc1\"}]");
    ANSWERS("Book.objects.annotate(k=Case(When(pages__gt=500, then=Value('long')), "
            "default=Value('short'))).order_by('id').values_list('k', flat=True)",
            "[\"short\", \"long\", \"short\"]");
    ANSWERS("Book.objects.annotate(r=Window(Rank(), order_by='-pages')).order_by('id').values_list('r', flat=True)",
            "[2, 1, 3]");
    ANSWERS("Book.objects.annotate(y=ExtractYear('published')).filter(y=1815).values_list('y', flat=True)", "[1815]");
    ANSWERS("Book.objects.filter(id=1).annotate(d=TruncDate('read_at')).values_list('d', flat=True)",
            "[{\"$date\": \"2019-10-27\"}]");
    ANSWERS("Book.objects.annotate(x=Cast('pages', FloatField()) / 8).order_by('id').values_list('x', flat=True)[:1]",
            "[37.5]");
    ANSWERS("Book.objects.annotate(x=Greatest('pages', F('name') + 1))",
            "{\"$error\": \"FieldError\", \"message\": \"Cannot infer type of '+' expression involving these types: "
            "CharField, IntegerField. You must set output_field.\"}");
}
END_TEST

START_TEST(json_columns)
{
    ANSWERS("Book.objects.filter(metadata__a__0=1).values_list('id', flat=True)", "[1]");
    ANSWERS("Book.objects.filter(metadata__a=None).values_list('id', flat=True)", "[3]");
    ANSWERS(
        "Book.objects.filter(metadata__has_key='a').count(), Book.objects.filter(metadata__k__startswith='v').count()",
        "[2, 1]");
    ANSWERS("Book.objects.filter(metadata__a__isnull=False).count()", "2");
    ANSWERS("Book.objects.filter(**{\"metadata__a') OR 1=1 --\": 1}).count()", "0");
    ANSWERS("Book.objects.filter(metadata__contains={'a': 1})",
            "{\"$error\": \"NotSupportedError\", \"message\": \"contains lookup is not supported on this database "
            "backend.\"}");
}
END_TEST

START_TEST(writing_is_rolled_back)
{
    ANSWERS("Author.objects.create(name='Anne').name, Author.objects.count()", "[\"Anne\", 3]");
    ANSWERS("Author.objects.count()", "2");
    ANSWERS("Book.objects.update(pages=F('pages') + 1), Book.objects.get(pk=1).pages", "[3, 301]");
    ANSWERS("Book.objects.get(pk=1).pages", "300");
    ANSWERS("Author.objects.filter(name='Jane').delete()[0], Book.objects.count()", "[3, 1]");
    ANSWERS("Author.objects.get_or_create(name='Jane')[1], Author.objects.get_or_create(name='New')[1]",
            "[false, true]");
    ANSWERS("Author.objects.update_or_create(name='Jane', defaults={'name': 'J'})[0].name", "\"J\"");
    uint64_t before = cv_sql_count();
    ANSWERS("Note.objects.update_or_create(pk=1)[1]", "false");
    ck_assert_uint_eq(cv_sql_count() - before, 2); /* a date has a say in each save */
    ANSWERS(
        "len(Author.objects.bulk_create([Author(name='a'), Author(name='b')], batch_size=1)), Author.objects.count()",
        "[2, 4]");
    ANSWERS("Author.objects.get(pk=1).books.create(name='x', pages=1).author_id", "1");
    ANSWERS("Author.objects.count(), Book.objects.count()", "[2, 3]");
}
END_TEST

START_TEST(errors_are_djangos)
{
    ANSWERS("Book.objects.get(pk=99)",
            "{\"$error\": \"DoesNotExist\", \"message\": \"Book matching query does not exist.\"}");
    ANSWERS("Book.objects.get(pages__gt=1)", "{\"$error\": \"MultipleObjectsReturned\", \"message\": \"get() returned "
                                             "more than one Book -- it returned 3!\"}");
    ANSWERS("Author.objects.filter(nope=1).count()", "{\"$error\": \"FieldError\", \"message\": \"Cannot resolve "
                                                     "keyword 'nope' into field. Choices are: books, id, name\"}");
    ANSWERS("Book.objects.create(nope=1)",
            "{\"$error\": \"TypeError\", \"message\": \"Book() got unexpected keyword arguments: 'nope'\"}");
    ANSWERS("Book(author=1)", "{\"$error\": \"ValueError\", \"message\": \"Cannot assign \\\"1\\\": "
                              "\\\"Book.author\\\" must be a \\\"Author\\\" instance.\"}");
    ANSWERS("Book.objects.order_by('id')[-1]",
            "{\"$error\": \"ValueError\", \"message\": \"Negative indexing is not supported.\"}");
    ANSWERS("Book.objects.annotate(Lower('name'))",
            "{\"$error\": \"TypeError\", \"message\": \"Complex annotations require an alias\"}");
    ANSWERS("Book.objects.nope()",
            "{\"$error\": \"AttributeError\", \"message\": \"'Manager' object has no attribute 'nope'\"}");
    ANSWERS("Book.objects", "{\"$error\": \"TypeError\", \"message\": \"a manager is no result: add .all()\"}");
    ANSWERS("Book.objects.count()", "3");
}
END_TEST

/* What a later call overwrites is told all the same, and with the names that were known then. */
#define AUTHORS "Cannot resolve keyword 'nope' into field. Choices are: books, id, name"

START_TEST(mistakes_are_told_by_the_call_that_makes_them)
{
    FAILS("Author.objects.order_by('nope').order_by('id')", "FieldError", AUTHORS);
    FAILS("Author.objects.values('nope').values_list('id', flat=True)", "FieldError", AUTHORS);
    FAILS("Author.objects.values('nope').annotate(n=Count('books'))", "FieldError", AUTHORS);
    FAILS("Author.objects.annotate(n=Count('books')).order_by('nope')", "FieldError",
          "Cannot resolve keyword 'nope' into field. Choices are: books, id, n, name");
    FAILS("Author.objects.none().order_by('nope')", "FieldError", AUTHORS);
    FAILS("Author.objects.filter(pk__in=[]).values_list('nope')", "FieldError", AUTHORS);
    FAILS("Author.objects.order_by('nope')[:2].order_by('id')", "FieldError", AUTHORS);
    FAILS("Author.objects.filter(pk__in=[]).update(nope=1)", "FieldDoesNotExist", "Author has no field named 'nope'");
    FAILS("Author.objects.order_by(Count('books'))", "FieldError",
          "Using an aggregate in order_by() without also including it in annotate() is not allowed: Count(F(books))");
    ANSWERS("Author.objects.filter(books__pages=OuterRef('pk')).order_by('name').ordered", "true");
    ANSWERS("Book.objects.annotate(x=Greatest('pages', 'name')).values_list('id').count()", "3");
}
END_TEST

START_TEST(sets_of_sets)
{
    FAILS("Book.objects.union(Book.objects.order_by())", "DatabaseError",
          "ORDER BY not allowed in subqueries of compound statements.");
    FAILS("Book.objects.order_by().union(Book.objects.order_by('id'))", "DatabaseError",
          "ORDER BY not allowed in subqueries of compound statements.");
    ANSWERS("Author.objects.all().union(Author.objects.order_by('-name')).count()", "2");
    ANSWERS("Author.objects.order_by('name').values_list('id').intersection(Author.objects.values_list('id'))"
            ".order_by('-id')",
            "[[2], [1]]");
    ANSWERS("Book.objects.order_by().union(Book.objects.order_by()).order_by('author__name', 'id')"
            ".values_list('name', flat=True)",
            "{\"$error\": \"DatabaseError\", \"message\": \"ORDER BY term does not match any column in the result "
            "set.\"}");
    ANSWERS("[b.name for b in Book.objects.order_by().union(Book.objects.order_by()).order_by('author__name', '-id')]",
            "[\"Bleak House\", \"Persuasion\", \"Emma\"]");
    ANSWERS("Author.objects.none().union(Author.objects.filter(id=1)).filter(name='Jane').count()", "1");
    FAILS("Author.objects.union(Author.objects.all()).get(pk=1)", "NotSupportedError",
          "Calling QuerySet.get(...) with filters after union() is not supported.");
    FAILS("Author.objects.union(Author.objects.all()).filter(Q(pk=1))", "NotSupportedError",
          "Calling QuerySet.filter() after union() is not supported.");
    FAILS("Author.objects.distinct() & Author.objects.all()", "TypeError",
          "Cannot combine a unique query with a non-unique query.");
    ANSWERS("(Author.objects.order_by('id')[:1] | Author.objects.filter(id=2)).count()", "2");
    ANSWERS("Book.objects.reverse().order_by('id').values_list('id', flat=True)", "[3, 2, 1]");
}
END_TEST

START_TEST(rows_by_key)
{
    ANSWERS("Author.objects.values('name').in_bulk([1])", "{\"$map\": [[1, {\"name\": \"Jane\"}]]}");
    ANSWERS("Author.objects.values('pk', 'name').in_bulk([1])", "{\"$map\": [[1, {\"pk\": 1, \"name\": \"Jane\"}]]}");
    ANSWERS("Author.objects.values_list('name', 'id').in_bulk([2])", "{\"$map\": [[2, [\"Charles\", 2]]]}");
    ANSWERS("Author.objects.values_list('name', flat=True).in_bulk([2])", "{\"$map\": [[2, \"Charles\"]]}");
    ANSWERS("Author.objects.values_list('name', flat=True).in_bulk(['Jane'], field_name='name')",
            "{\"Jane\": \"Jane\"}");
    ANSWERS("Author.objects.values_list('id').annotate(n=Count('books')).in_bulk([1])", "{\"$map\": [[1, [1, 2]]]}");
    ANSWERS("Author.objects.values_list().in_bulk([1])", "{\"$map\": [[1, [1, \"Jane\"]]]}");
    FAILS("Author.objects.values_list('name').union(Author.objects.values_list('name')).in_bulk([1])",
          "NotSupportedError", "Calling QuerySet.filter() after union() is not supported.");
    FAILS("Author.objects.union(Author.objects.all()).contains(Author.objects.get(pk=1))", "NotSupportedError",
          "Calling QuerySet.contains() after union() is not supported.");
    FAILS("Author.objects.in_bulk([1], nope='name')", "TypeError",
          "QuerySet.in_bulk() got an unexpected keyword argument 'nope'");
}
END_TEST

START_TEST(names_behind_relations)
{
    FAILS("Author.objects.annotate(x=Sum('books__page'))", "FieldError",
          "Unsupported lookup 'page' for BigAutoField or join on the field not permitted, perhaps you meant range?");
    FAILS("Book.objects.annotate(x=F('author__nope'))", "FieldError", AUTHORS);
    FAILS("Book.objects.annotate(x=F('pages__nope__more'))", "FieldError",
          "Cannot resolve keyword 'nope' into field. Join on 'pages' not permitted.");
    FAILS("Author.objects.exclude(books__isbn__gt=1)", "FieldError",
          "Unsupported lookup 'isbn__gt' for ManyToOneRel or join on the field not permitted, perhaps you meant in or "
          "isnull?");
    ANSWERS("Author.objects.values_list('id', flat=True).annotate(name=Count('books')).order_by('id')", "[1, 2]");
    FAILS("Book.objects.order_by(F('price').asc(nulls_last=False))", "ValueError",
          "nulls_first and nulls_last values must be True or None.");
}
END_TEST

START_TEST(aggregates_over_sub_queries)
{
    ANSWERS("Book.objects.values_list('pages', flat=True)[:2].aggregate(n=Count('id', filter=Q(pages=300)))",
            "{\"n\": 1}");
    ANSWERS("Author.objects.annotate(n=Count('books')).aggregate(m=Max('n') + 1, s=Sum(F('n') * 2))",
            "{\"m\": 3, \"s\": 6}");
    ANSWERS("Book.objects.order_by('id')[1:].aggregate(n=Count('author', distinct=True), p=Sum(F('pages') + F('id')))",
            "{\"n\": 2, \"p\": 1105}");
    ANSWERS("Book.objects.order_by().values('status').distinct().aggregate(n=Count('status'))", "{\"n\": 2}");
    FAILS("Author.objects.alias(n=Count('books')).aggregate(m=Max('n'))", "FieldError",
          "Cannot aggregate over the 'n' alias. Use annotate() to promote it.");
    FAILS("Book.objects.aggregate(m=Max(F('price') - F('name')))", "FieldError",
          "Cannot infer type of '-' expression involving these types: DecimalField, CharField. You must set "
          "output_field.");
}
END_TEST

/* What values() joined stays joined, and multiplies rows. */
START_TEST(joins_of_values)
{
    ANSWERS("Author.objects.values('books__name').count()", "3");
    ANSWERS("Author.objects.order_by('id').values_list('id', 'books__name').values_list('id', flat=True)", "[1, 1, 2]");
    ANSWERS("Author.objects.values('books').filter(books__pages=200).count()", "2");
    FAILS("Author.objects.values('books__nope', 'nope')", "FieldError",
          "Unsupported lookup 'nope' for BigAutoField or join on the field not permitted.");
    ANSWERS("Book.objects.annotate(r=Window(Rank(), partition_by='status', order_by='-pages'))"
            ".annotate(n=Count('author')).order_by('id').values_list('r', 'n')",
            "[[1, 1], [1, 1], [2, 1]]");
    FAILS("Author.objects.union(Author.objects.all()).update(name='x')", "NotSupportedError",
          "Calling QuerySet.update() after union() is not supported.");
    ANSWERS("Book.objects.filter(pages__gt=1).aggregate(n=Sum(Case(When(pages=300, then=True), default=False)))",
            "{\"n\": 1}");
}
END_TEST

UNIT_TESTS("orm/shell_queries", sets_chain_and_slice, single_rows_and_their_members, filtered_relations,
           functions_and_aggregates, json_columns, writing_is_rolled_back, errors_are_djangos,
           mistakes_are_told_by_the_call_that_makes_them, sets_of_sets, rows_by_key, names_behind_relations,
           aggregates_over_sub_queries, joins_of_values)
