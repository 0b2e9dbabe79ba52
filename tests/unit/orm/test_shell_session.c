/* test_shell_session.c: the shell as people meet it: tables, lines with names, errors with their place, completion. */
#include "base/self.h"
#include "db/db.h"
#include "orm/shell.h"
#include "shop.h"
#include "unit.h"

static CvShellSession *session;
static const CvShellLook plain = {0};

static void begin(void)
{
    shop_open(NULL);
    CV_IN_ARENA (cv_arena_create(0)) {
        shop_fill();
    }
    session = cv_shell_session_create();
}

static const char *line_as(const char *text, const CvShellLook *look)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_db_request_begin();
    (void)cv_shell_line(session, cv_slice(text), look, &out);
    cv_db_request_end();
    return cv_buffer_string(&out);
}

static const char *line(const char *text)
{
    return line_as(text, &plain);
}

#define SAYS(text, expected) ck_assert_str_eq(line(text), expected)
#define HOLDS(text, part) ck_assert_msg(strstr(line(text), part) != NULL, "%s: %s", text, line(text))

/* ---- tables ---- */

START_TEST(rows_are_tables)
{
    begin();
    SAYS("Author.objects.values('id', 'name', 'born')", "id  name     born\n"
                                                        "──  ───────  ────\n"
                                                        " 1  Austen   1775\n"
                                                        " 2  Borges   1899\n"
                                                        " 3  Calvino     ∅\n"
                                                        "(3 rows)");
    SAYS("Author.objects.filter(pk=1).annotate(n=Count('books')).only('name')", "id  name    n\n"
                                                                                "──  ──────  ─\n"
                                                                                " 1  Austen  2\n"
                                                                                "(1 row)");
    SAYS("[(1, 'a\\nb'), (20, None)]", " 1  a b\n20  ∅\n(2 rows)");
    SAYS("Author.objects.values_list('id', flat=True)", "[1, 2, 3]");
    SAYS("Author.objects.none()", "(no rows)");
    SAYS("Author.objects", "id  name     email             born\n"
                           "──  ───────  ────────────────  ────\n"
                           " 1  Austen   jane@example.com  1775\n"
                           " 2  Borges   ∅                 1899\n"
                           " 3  Calvino  ∅                    ∅\n"
                           "(3 rows)");
}
END_TEST

START_TEST(one_row_goes_from_top_to_bottom)
{
    begin();
    SAYS("Author.objects.get(pk=3)", "<Author: Calvino>\n"
                                     "  id     3\n"
                                     "  name   Calvino\n"
                                     "  email  ∅\n"
                                     "  born   ∅");
    SAYS("None", "");
    SAYS("'x'", "'x'");
}
END_TEST

START_TEST(columns_go_by_display_width)
{
    begin();
    SAYS("[('日本語', 1), ('abc', 22), ('e\\u0301', 3)]", "日本語   1\n"
                                                          "abc     22\n"
                                                          "e\xcc\x81        3\n"
                                                          "(3 rows)");
}
END_TEST

/* The widest texts are cut, numbers never; what has no place is named. */
START_TEST(wide_tables_are_cut_to_the_terminal)
{
    begin();
    static const char text[] = "[('one long text, longer than that', 12345, 'and another')]";
    SAYS(text, "one long text, longer than that  12345  and another\n(1 row)");
    ck_assert_str_eq(line_as(text, &(CvShellLook){.width = 40}), "one long text, long…  12345  and another\n(1 row)");
    ck_assert_str_eq(line_as(text, &(CvShellLook){.width = 27}), "one long …  12345\n(1 more column)\n(1 row)");
    ck_assert_str_eq(line_as(text, &(CvShellLook){.width = 5}), "one …\n(2 more columns)\n(1 row)");
    ck_assert_str_eq(line_as("Author.objects.filter(pk=1).values('id', 'email', 'born')", &(CvShellLook){.width = 14}),
                     "id  email\n──  ──────────\n 1  jane@exam…\n(1 more column: born)\n(1 row)");
    HOLDS("[('x', '"
          "0123456789012345678901234567890123456789"
          "y')]",
          "x  012345678901234567890123456789012345678…\n");
}
END_TEST

START_TEST(long_results_tell_how_many_more)
{
    begin();
    line("Author.objects.bulk_create([Author(name=str(i)) for i in list('abcdefghijklmnopqrstuvwxyz')])");
    HOLDS("Author.objects.all()", "(the first 20 of 29 rows)");
    HOLDS("Author.objects.values_list('id', flat=True)", "20]\n(the first 20 of 29 rows)");
    HOLDS("[(i, 'v') for i in 'abcdefghijklmnopqrstuvwxyz']", "(the first 20 of 26 rows)");
}
END_TEST

START_TEST(data_cannot_steer_the_terminal)
{
    begin();
    line("Author.objects.filter(pk=1).update(name='\\x1b[2Jx\\x9b1m\\u202ey')");
    HOLDS("Author.objects.filter(pk=1).values('name')", " [2Jx 1m y\n");
    HOLDS("Author.objects.get(pk=1)", "<Author:  [2Jx 1m y>");
    ck_assert_ptr_null(strchr(line("[Author.objects.get(pk=1).name]"), '\x1b'));
    HOLDS("Author.objects.get(name='\\x1b[0m')", "Author matching query does not exist.");
}
END_TEST

START_TEST(a_terminal_gets_colours_and_costs)
{
    begin();
    const CvShellLook look = {.width = 80, .colours = true, .costs = true};
    const char *text = line_as("Author.objects.filter(pk=3).values('id', 'born')", &look);
    ck_assert_ptr_nonnull(strstr(text, "\x1b[1mid\x1b[0m"));
    ck_assert_ptr_nonnull(strstr(text, "\x1b[2m∅\x1b[0m"));
    ck_assert_ptr_nonnull(strstr(text, "\n\x1b[2m1 query, "));
    ck_assert_ptr_nonnull(strstr(line_as("1", &(CvShellLook){.costs = true}), "1\n0 queries, "));
    ck_assert_str_eq(line_as("x = 1", &(CvShellLook){.costs = true}), "");
}
END_TEST

/* ---- names ---- */

START_TEST(lines_give_names_to_values)
{
    begin();
    SAYS("x = 1 + 1", "");
    SAYS("x * 21", "42");
    SAYS("a, b = Author.objects.get_or_create(name='Austen')", "");
    SAYS("a.name, b", "('Austen', False)");
    SAYS("[a, b] = [b, a]", "");
    SAYS("a", "False");
    SAYS("a, b = [1]", "a, b = [1]\n        ^\nValueError: not enough values to unpack (expected 2, got 1)");
    HOLDS("1 = x", "SyntaxError: cannot assign to this");
    HOLDS("f(x) = 2", "cannot assign");
    HOLDS("True = 2", "cannot assign");
    SAYS("books = Book.objects.order_by('title')", "");
    SAYS("books.count()", "3");
    SAYS("[book.title for book in books][:2]", "['Emma', 'Ficciones']");
}
END_TEST

/* What a named row loads in a later line lives as long as the row. */
START_TEST(named_rows_keep_what_they_load)
{
    begin();
    CvArena *arena = cv_arena_create(0);
    static const char *const lines[] = {"book = Book.objects.get(title='Emma')", "book.author", "1",
                                        "book.author.name"};
    for (size_t i = 0; i < CV_COUNT_OF(lines); i++) {
        CV_IN_ARENA (arena) {
            const char *said = line(lines[i]);
            if (i == 3)
                ck_assert_str_eq(said, "'Austen'");
        }
        cv_arena_reset(arena);
    }
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(members_are_assigned_and_saved)
{
    begin();
    line("emma = Book.objects.get(title='Emma')");
    SAYS("emma.pages = 500", "");
    SAYS("emma.pages", "500");
    SAYS("Book.objects.get(title='Emma').pages", "474");
    SAYS("emma.save()", "");
    SAYS("Book.objects.get(title='Emma').pages", "500");
    HOLDS("emma.pagse = 1", "'Book' object has no member 'pagse' to assign to");
    HOLDS("emma.author = 1", "must be a \"Author\" instance");
}
END_TEST

/* As in Django's shell each statement commits; what failed later in the line takes nothing back. */
START_TEST(statements_commit_as_they_are_sent)
{
    begin();
    HOLDS("(Author.objects.create(name='Woolf'), Author.objects.get(pk=99))", "DoesNotExist");
    SAYS("Author.objects.filter(name='Woolf').count()", "1");
}
END_TEST

/* ---- errors ---- */

START_TEST(errors_show_their_place_and_a_suggestion)
{
    begin();
    SAYS("Book.objects.filter(titel='x').count()",
         "Book.objects.filter(titel='x').count()\n"
         "                    ^\n"
         "FieldError: Cannot resolve keyword 'titel' into field. Choices are: author, author_id, borrowing, created, "
         "ebook, "
         "editor, editor_id, id, in_print, metadata, pages, price, published, rating, reading, reviews, status, "
         "tags, title\nDid you mean 'title'?");
    HOLDS("Book.objects.order_by('-titel')", "Book.objects.order_by('-titel')\n                      ^\nFieldError: ");
    HOLDS("1 + Bok.objects", "1 + Bok.objects\n    ^\nNameError: name 'Bok' is not defined\nDid you mean 'Book'?");
    HOLDS("Book.objects.fitler()", "Book.objects.fitler()\n             ^\nAttributeError: 'Manager' object has no "
                                   "attribute 'fitler'\nDid you mean 'filter'?");
    HOLDS("Author.objects.first().nmae", "                       ^\nAttributeError: 'Author' object has no attribute "
                                         "'nmae'\nDid you mean 'name'?");
    HOLDS("len([1, 2)", "len([1, 2)\n         ^\nSyntaxError: closing parenthesis");
    HOLDS("x = [1, 2)", "x = [1, 2)\n         ^\nSyntaxError: ");
    HOLDS("1 + 'a'", "1 + 'a'\n^\nTypeError");
    HOLDS("[n.nope for n in Author.objects.all()]", "[n.nope for n in Author.objects.all()]\n   ^\n");
    HOLDS("import os", "there is nothing to import");
    HOLDS("timezone.now()", "timezone.now()\n^\nNameError: name 'timezone' is not defined\nNow() is ");
    HOLDS("print(1)", "NameError: name 'print' is not defined\nWhat a line evaluates to is shown");
    cv_execute("DROP TABLE shop_review");
    HOLDS("Review.objects.count()", "no such table");
    HOLDS("Review.objects.count()", "migrate");
    cv_execute("ALTER TABLE shop_author RENAME COLUMN name TO word");
    HOLDS("Author.objects.get(name='x')", "no such column: shop_author.name\nThe table may be older");
    HOLDS("Author.objects.create(name='x')", "has no column named name\nThe table may be older");
}
END_TEST

/* A Method of the list is a property or a method, as the one who asks has it in mind. */
START_TEST(methods_are_called_with_brackets_or_without)
{
    begin();
    SAYS("Author.objects.get(pk=3).shout", "'Calvino!'");
    SAYS("Author.objects.get(pk=3).shout()", "'Calvino!'");
    SAYS("[a.shout() for a in Author.objects.filter(pk=3)]", "['Calvino!']");
    HOLDS("Author.objects.get(pk=3).shout(1)", "TypeError: 'str' object is not callable");
    HOLDS("Author.objects.get(pk=3).name()", "TypeError: 'str' object is not callable");
}
END_TEST

/* ---- help ---- */

START_TEST(help_tells_of_models_and_methods)
{
    begin();
    HOLDS("help", "Ctrl-D ends");
    HOLDS("help()", "Ctrl-D ends");
    HOLDS("help(Review)", "shop.Review, table shop_review\n"
                          "field  kind                       options\n");
    HOLDS("help(Review)", "book   ForeignKey                 to shop.Book");
    HOLDS("help(Book)", "ordered by title");
    HOLDS("help(Book.objects.all())", "reviews   reviews");
    HOLDS("help(Book.objects.values_list)", "QuerySet.values_list(*args, flat=None, named=None)\nRows as tuples");
    HOLDS("help(Author.objects.first())", "born   IntegerField");
    HOLDS("sql(Author.objects.filter(name='x'))", "SELECT \"shop_author\".\"id\"");
    HOLDS("sql(Author.objects.filter(name='x'))", " WHERE \"shop_author\".\"name\" = 'x'");
    HOLDS("sql(Author.objects.count())", "SELECT COUNT(*)");
    SAYS("sql(1)", "(no statement)");
}
END_TEST

/* Whatever can be called on rows says what it does. */
START_TEST(every_method_has_a_sentence)
{
    begin();
    static const char *const owners[] = {"Book.objects.all().", "Book.objects.first().tags."};
    for (size_t o = 0; o < CV_COUNT_OF(owners); o++) {
        CvShellCompletions found = cv_shell_complete(cv_arena(), session, cv_slice(owners[o]));
        ck_assert_uint_gt(found.count, 30);
        for (size_t i = 0; i < found.count; i++)
            HOLDS(cv_printf("help(%s%s)", owners[o], found.words[i]), "\n");
    }
}
END_TEST

START_TEST(open_brackets_ask_for_another_line)
{
    ck_assert(cv_shell_is_open(cv_slice("Book.objects.filter(")));
    ck_assert(cv_shell_is_open(cv_slice("[1, {'a': (2")));
    ck_assert(cv_shell_is_open(cv_slice("'''a")));
    ck_assert(cv_shell_is_open(cv_slice("f(r\"\"\"a\n")));
    ck_assert(!cv_shell_is_open(cv_slice("")));
    ck_assert(!cv_shell_is_open(cv_slice("f(')'), '('")));
    ck_assert(!cv_shell_is_open(cv_slice("'a")));
    ck_assert(!cv_shell_is_open(cv_slice("f())")));
    ck_assert(!cv_shell_is_open(cv_slice("f(1) # (")));
}
END_TEST

/* ---- completion ---- */

/* The words that may complete the text, joined; the first eight. */
static const char *completed(const char *text)
{
    CvShellCompletions found = cv_shell_complete(cv_arena(), session, cv_slice(text));
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < found.count && i < 8; i++)
        cv_buffer_printf(&out, "%s%s", i ? " " : "", found.words[i]);
    return cv_buffer_string(&out);
}

#define COMPLETES(text, expected) ck_assert_str_eq(completed(text), expected)

START_TEST(names_and_attributes_are_completed)
{
    begin();
    line("austen = Author.objects.first()");
    line("some = Book.objects.all()");
    COMPLETES("Auth", "Author");
    COMPLETES("aus", "austen");
    COMPLETES("1 + hel", "help");
    COMPLETES("Book.", "objects rated short_ones");
    COMPLETES("Book.objects.fi", "filter first");
    COMPLETES("some.ord", "order_by");
    COMPLETES("austen.na", "name");
    COMPLETES("austen.boo", "books");
    COMPLETES("austen.books.ad", "add");
    COMPLETES("Book.objects.filter(title='x', pages__gt=2).exi", "exists");
    COMPLETES("Book.objects.first().author.em", "email");
    COMPLETES("Book.objects.all()[0].author.em", "email");
    COMPLETES("Book.objects.all()[:3].cou", "count");
    COMPLETES("(Book.objects.all() | some).cou", "count");
    COMPLETES("Book.objects.get(pk=1).get_", "get_deferred_fields get_status_display");
    COMPLETES("F('pages').d", "desc");
    COMPLETES("Book.objects.first().tags.first().na", "name");
    COMPLETES("nothing.", "");
    COMPLETES("'text'.", "");
}
END_TEST

START_TEST(fields_and_lookups_are_completed)
{
    begin();
    COMPLETES("Book.objects.filter(ti", "title");
    COMPLETES("Book.objects.filter(title='x', pag", "pages");
    COMPLETES("Book.objects.filter(author__na", "name");
    COMPLETES("Book.objects.filter(author__name__i", "icontains iendswith iexact in iregex isnull istartswith");
    COMPLETES("Book.objects.filter(created__da", "date day");
    COMPLETES("Book.objects.filter(created__date__y", "year");
    COMPLETES("Book.objects.filter(created__year__gt", "gt gte");
    COMPLETES("Book.objects.filter(pages__y", "");
    COMPLETES("Book.objects.filter(Q(pag", "pages");
    COMPLETES("Book.objects.exclude(~Q(tags__na", "name");
    COMPLETES("Author.objects.filter(books__rev", "reviews");
    COMPLETES("Book.objects.order_by('-pub", "published");
    COMPLETES("Book.objects.order_by(\"author__na", "name");
    COMPLETES("Book.objects.values('author__name__i", "");
    COMPLETES("Book.objects.annotate(n=Count('rev", "reviews");
    COMPLETES("Book.objects.annotate(votes=Count('reviews')).filter(vot", "votes");
    COMPLETES("Book.objects.annotate(votes=Count('reviews')).order_by('-vot", "votes");
    COMPLETES("Book.objects.filter(author__in=Author.objects.filter(bo", "books born");
    COMPLETES("Book.objects.filter(title=F('pa", "pages");
    COMPLETES("Book.objects.filter(Exists(Review.objects.filter(book=OuterRef('pub", "published");
    COMPLETES("Book.objects.create(ti", "title");
    COMPLETES("Book(author", "author author_id");
    COMPLETES("Book.objects.filter(metadata__a__has_k", "has_key has_keys");
    COMPLETES("Book.objects.filter(title='ti", "");
    COMPLETES("Book.objects.filter(\n  ti", "title");
}
END_TEST

/* Every lookup that is offered can be compiled. */
START_TEST(what_is_offered_works)
{
    begin();
    static const char *const paths[] = {"title__",         "pages__",     "price__",         "created__",
                                        "created__date__", "published__", "created__time__", "author__",
                                        "metadata__",      "rating__",    "reading__"};
    for (size_t p = 0; p < CV_COUNT_OF(paths); p++) {
        CvShellCompletions found =
            cv_shell_complete(cv_arena(), session, cv_slice(cv_printf("Book.objects.filter(%s", paths[p])));
        ck_assert_uint_gt(found.count, 5);
        for (size_t i = 0; i < found.count; i++) {
            const char *text =
                cv_printf("sql(Book.objects.filter(%s%s=OuterRef('pk')).count())", paths[p], found.words[i]);
            ck_assert_msg(!strstr(line(text), "Unsupported") && !strstr(line(text), "resolve"), "%s: %s", text,
                          line(text));
        }
    }
}
END_TEST

START_TEST(completing_sends_nothing_and_takes_anything)
{
    begin();
    static const char *const texts[] = {"",
                                        ".",
                                        "(",
                                        ")",
                                        "((((((.",
                                        "a.b.c.",
                                        "f(x)(y).",
                                        "'",
                                        "\"\\",
                                        "x for",
                                        "1.",
                                        "[a for a in Book.objects.all()].",
                                        "Book.objects.filter(**",
                                        "\xff\xfe.",
                                        "Book.objects.filter(__",
                                        "Book.objects.filter(author____"};
    uint64_t before = cv_sql_count();
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        (void)completed(texts[i]);
    (void)completed("Book.objects.create(title='x').na");
    (void)completed("Book.objects.all().delete().");
    ck_assert_uint_eq(cv_sql_count(), before);
}
END_TEST

UNIT_TESTS("orm/shell_session", rows_are_tables, one_row_goes_from_top_to_bottom, columns_go_by_display_width,
           wide_tables_are_cut_to_the_terminal, long_results_tell_how_many_more, data_cannot_steer_the_terminal,
           a_terminal_gets_colours_and_costs, lines_give_names_to_values, named_rows_keep_what_they_load,
           members_are_assigned_and_saved, statements_commit_as_they_are_sent, errors_show_their_place_and_a_suggestion,
           methods_are_called_with_brackets_or_without, help_tells_of_models_and_methods, every_method_has_a_sentence,
           open_brackets_ask_for_another_line, names_and_attributes_are_completed, fields_and_lookups_are_completed,
           what_is_offered_works, completing_sends_nothing_and_takes_anything)
