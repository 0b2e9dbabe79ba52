/* test_injection.c: hostile text through every door of the ORM: values, lookups, names, JSON paths, functions, the
 * shell, identifiers of models made by code. It may match as text or be refused; it never becomes SQL. */
#include "db/db.h"
#include "orm/schema.h"
#include "orm/shell.h"
#include "shop.h"
#include "unit.h"

/* Each holds the word EVIL, which must stand in no statement but inside of quotes. */
static const char *const hostile[] = {
    "EVIL'",
    "EVIL\"",
    "EVIL`",
    "EVIL]",
    "'; DROP TABLE shop_author; --EVIL",
    "\"; DROP TABLE shop_author; --EVIL",
    "x' OR 'EVIL'='EVIL",
    "x\" OR \"EVIL\"=\"EVIL",
    "EVIL\\'; DELETE FROM shop_author; /*",
    "EVIL /* */ UNION SELECT name FROM sqlite_master",
    "EVIL%s%d%n%(name)s?1:x@x$x",
    "%_EVIL%\\",
    "EVIL\n;\r\nDROP TABLE shop_author",
    "EVIL\xe2\x80\x99; \xef\xbc\x87 \xca\xbc",
    "EVIL\xf0\x9f\x92\xa3",
    "EVIL) UNION SELECT 1 --",
    "EVIL,1); DELETE FROM shop_author; --",
    "EVIL$.a[0]\"b\"",
    "EVIL|Europe/Berlin|x'",
    "Collate|EVIL\" OR 1 --",
};
#define HOSTILE CV_COUNT_OF(hostile)

/* True if the word stands in the statement outside of '...' and "...". */
static bool escapes_quotes(const char *sql)
{
    char quote = 0;
    for (const char *at = sql; *at; at++) {
        if (quote) {
            quote = *at == quote ? 0 : quote;
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (!strncmp(at, "EVIL", 4)) {
            return true;
        }
    }
    return quote != 0;
}

static const char *tables_and_rows(void)
{
    CvList *rows = cv_query("SELECT group_concat(sql, ';'), (SELECT count(*) FROM shop_author), "
                            "(SELECT count(*) FROM shop_tag) FROM sqlite_master");
    CvBuffer out = cv_buffer(cv_arena());
    cv_value_append_repr(&out, rows->items[0]);
    return cv_buffer_string(&out);
}

/* Runs `body` with each hostile text: whatever comes of it, every statement keeps the text quoted, and what is stored
 * stays as it is. */
static void with_each(void (*body)(void *text))
{
    CvError *error;
    const char *before = tables_and_rows();
    for (size_t i = 0; i < HOSTILE; i++) {
        cv_sql_log_start(cv_arena());
        if (!cv_try(body, (void *)(uintptr_t)hostile[i], &error))
            ck_assert_msg(error->kind != CV_ERROR_OPERATIONAL && error->kind != CV_ERROR_PROGRAMMING &&
                              error->kind != CV_ERROR_DATABASE,
                          "%s: the database was told: %s", hostile[i], error->message);
        for (const CvSqlEntry *entry = cv_sql_log(); entry; entry = entry->next)
            ck_assert_msg(!escapes_quotes(entry->sql), "%s: %s", hostile[i], entry->sql);
        cv_sql_log_start(NULL);
        ck_assert_str_eq(tables_and_rows(), before);
    }
}

static void opened(void (*test)(void *argument))
{
    shop_open(NULL);
    shop_fill();
    shop_run(test);
}

#define INJECTION_TEST(name)                      \
    static void body_of_##name(const char *text); \
    static void call_##name(void *text)           \
    {                                             \
        body_of_##name(text);                     \
    }                                             \
    static void run_##name(void *unused)          \
    {                                             \
        (void)unused;                             \
        with_each(call_##name);                   \
    }                                             \
    START_TEST(name)                              \
    {                                             \
        opened(run_##name);                       \
    }                                             \
    END_TEST                                      \
    static void body_of_##name(const char *text)

static CvQuerySet *all_books(void)
{
    return cv_objects_of(&Book_model);
}

static const char *const *one_name(const char *name)
{
    const char **names = cv_new_array(const char *, 2);
    names[0] = name;
    return names;
}

#define ONE(x) ((const CvValue[]){CV_VALUE(x)})

/* ---- values ---- */

/* As a stored value it is found by every lookup that ought to find it, and by that alone. */
INJECTION_TEST(values_of_lookups)
{
    static const char *const finds[] = {"exact",       "iexact",   "contains",  "icontains", "startswith",
                                        "istartswith", "endswith", "iendswith", "gte",       "lte"};
    static const char *const others[] = {"gt", "lt", "regex", "iregex"};
    Author *author = cv_create(Author, .name = text);
    CvValue value = cv_value_string(text), list = cv_value_list(cv_list(cv_arena(), value, "x"));
    for (size_t i = 0; i < CV_COUNT_OF(finds); i++) {
        const char *key = cv_printf("name__%s", finds[i]);
        CvQuerySet *found = cv_filter_at(cv_objects_of(&Author_model), NULL, 1, &key, &value);
        found = cv_filter_at(found, NULL, 1, one_name("pk"), ONE(author->pk));
        ck_assert_msg(cv_count_of_set(found) == 1, "%s: %s", key, text);
    }
    for (size_t i = 0; i < CV_COUNT_OF(others); i++) {
        const char *key = cv_printf("name__%s", others[i]);
        CvQuerySet *found = cv_filter_at(cv_objects_of(&Author_model), NULL, 1, &key, &value);
        if (i < 2) /* a pattern may be wrong; then it is said */
            ck_assert_int_ge(cv_count_of_set(found), 0);
    }
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Author), "name__in", list.list)), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Author), "name", text)), 1);
    ck_assert_int_eq(cv_count(cv_exclude(cv_objects(Author), "name", text)), 3);
    ck_assert_int_eq(cv_update(cv_filter(cv_objects(Author), "name", text), "email", text), 1);
    cv_reload(author);
    ck_assert_str_eq(author->email, text);
    cv_delete(author);
}

INJECTION_TEST(values_in_expressions)
{
    CvExpr *constant = cv_constant(cv_value_string(text));
    CvExpr *joined = cv_function("Concat", cv_f("name"), constant);
    CvQuerySet *set = cv_annotate_at(cv_objects_of(&Author_model), NULL, 1, one_name("said"), ONE(joined));
    CvRow *row = cv_first_of(set);
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_str(cv_arena(), cv_annotation(row, "said"))),
                     cv_printf("Austen%s", text));
    ck_assert_int_eq(cv_count(cv_where(cv_objects(Author), cv_q(Author, "name", constant))), 0);
}

/* NUL and what is no UTF-8: stored as they are, or refused. */
START_TEST(values_with_null_bytes)
{
    shop_open(NULL);
    shop_fill();
    static const char *const finds_nothing[] = {"Author.objects.filter(name='a\\x00b').count()",
                                                "Author.objects.filter(name='Austen\\x00').count()",
                                                "Author.objects.filter(name__in=['Austen\\x00']).count()",
                                                "Book.objects.filter(metadata__has_key='a\\x00').count()"};
    static const char *const fails[] = {"Author.objects.filter(**{'name\\x00': 1}).count()",
                                        "list(Author.objects.order_by('name\\x00'))",
                                        "list(Author.objects.order_by(F('name\\x00')))",
                                        "list(Author.objects.values('name\\x00'))",
                                        "list(Author.objects.values_list('name\\x00'))",
                                        "list(Author.objects.only('name\\x00'))",
                                        "list(Author.objects.defer('name\\x00'))",
                                        "list(Author.objects.annotate(n=Lower('name\\x00')))",
                                        "list(Author.objects.annotate(n=Count('books\\x00')))",
                                        "list(Author.objects.annotate(**{'n\\x00': F('name')}))",
                                        "list(Book.objects.select_related('author\\x00'))",
                                        "list(Book.objects.prefetch_related('tags\\x00'))",
                                        "list(Book.objects.dates('published\\x00', 'year'))",
                                        "list(Book.objects.dates('published', 'year\\x00'))",
                                        "Book.objects.earliest('published\\x00')",
                                        "Author.objects.using('default\\x00').count()"};
    for (size_t i = 0; i < CV_COUNT_OF(finds_nothing) + CV_COUNT_OF(fails); i++) {
        bool error = i >= CV_COUNT_OF(finds_nothing);
        const char *question = error ? fails[i - CV_COUNT_OF(finds_nothing)] : finds_nothing[i];
        const char *expected = error ? "{\"result\": {\"$error\"" : "{\"result\": 0,";
        CvBuffer out = cv_buffer(cv_arena());
        cv_shell_answer(&out, cv_slice(question));
        const char *said = cv_buffer_string(&out);
        ck_assert_msg(!strncmp(said, expected, strlen(expected)), "%s: %s", question, said);
    }
}
END_TEST

/* ---- names ---- */

typedef CvQuerySet *Door(const char *name);

static CvQuerySet *by_key(const char *name)
{
    return cv_filter_at(all_books(), NULL, 1, &name, ONE(1));
}
static CvQuerySet *by_lookup(const char *name)
{
    const char *key = cv_printf("title__%s", name);
    return cv_filter_at(all_books(), NULL, 1, &key, ONE("x"));
}
static CvQuerySet *by_relation(const char *name)
{
    const char *key = cv_printf("author__%s__name", name);
    return cv_exclude_at(all_books(), NULL, 1, &key, ONE("x"));
}
static CvQuerySet *by_order(const char *name)
{
    return cv_order_by_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_descending_order(const char *name)
{
    return cv_order_by_at(all_books(), NULL, one_name(cv_printf("-%s", name)));
}
static CvQuerySet *by_values(const char *name)
{
    return cv_values_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_values_list(const char *name)
{
    return cv_values_list_at(all_books(), NULL, one_name(name), true);
}
static CvQuerySet *by_only(const char *name)
{
    return cv_only_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_defer(const char *name)
{
    return cv_without_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_related(const char *name)
{
    return cv_select_related_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_prefetch(const char *name)
{
    return cv_prefetch_related_at(all_books(), NULL, one_name(name));
}
static CvQuerySet *by_annotation(const char *name)
{
    return cv_annotate_at(all_books(), NULL, 1, &name, ONE(cv_f("pages")));
}
static CvQuerySet *by_alias(const char *name)
{
    return cv_alias_at(all_books(), NULL, 1, &name, ONE(cv_f("pages")));
}
static CvQuerySet *by_f(const char *name)
{
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_f(name)));
}
static CvQuerySet *by_function(const char *name)
{
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_function(name, cv_f("title"))));
}
static CvQuerySet *by_collation(const char *name)
{
    return by_function(cv_printf("Collate|%s", name));
}
static CvQuerySet *by_unit(const char *name)
{
    const char *function = cv_printf("Trunc|%s", name);
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_function(function, cv_f("created"))));
}
static CvQuerySet *by_zone(const char *name)
{
    const char *function = cv_printf("TruncDay|%s", name);
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_function(function, cv_f("created"))));
}
static CvQuerySet *by_aggregate(const char *name)
{
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_aggregate_of(name, cv_f("pages"), NULL)));
}
static CvQuerySet *by_operator(const char *name)
{
    CvExpr *sum = cv_arithmetic(cv_f("pages"), name, cv_f("pages"));
    return cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(sum));
}
static CvQuerySet *by_combination(const char *name)
{
    CvQuerySet *other = all_books();
    return cv_combine_at(all_books(), name, 1, &other);
}
static CvQuerySet *by_database(const char *name)
{
    return cv_using_at(all_books(), name);
}

static void update_by_name(void *name)
{
    const char *key = name;
    cv_update_at(all_books(), NULL, 1, &key, ONE(1));
}

static void aggregate_by_name(void *name)
{
    const char *key = name;
    cv_aggregate_at(all_books(), NULL, 1, &key, ONE(cv_sum_of("pages")));
}

typedef struct Entry {
    Door *door;
    const char *name;
} Entry;

static void go_through(void *entry)
{
    CvQuerySet *set = ((Entry *)entry)->door(((Entry *)entry)->name);
    for (size_t i = 0, count = cv_length_of(set); i < count; i++)
        (void)cv_item_of(set, i);
}

/* Names come from the model alone: one that is not there is an error, and nothing is sent. */
INJECTION_TEST(names_in_every_verb)
{
    static Door *const doors[] = {by_key,         by_lookup,      by_relation, by_order,     by_descending_order,
                                  by_values,      by_values_list, by_only,     by_defer,     by_related,
                                  by_prefetch,    by_annotation,  by_alias,    by_f,         by_function,
                                  by_collation,   by_unit,        by_zone,     by_aggregate, by_operator,
                                  by_combination, by_database};
    for (size_t i = 0; i < CV_COUNT_OF(doors); i++) {
        CvError *error;
        Entry entry = {doors[i], text};
        if (cv_try(go_through, &entry, &error)) {
            /* such a name is quoted; with_each() looks at the statement */
            ck_assert_msg(doors[i] == by_annotation || doors[i] == by_alias || doors[i] == by_collation,
                          "door %zu took %s", i, text);
            continue;
        }
        ck_assert_msg(error->kind != CV_ERROR_OPERATIONAL && error->kind != CV_ERROR_PROGRAMMING &&
                          error->kind != CV_ERROR_DATABASE,
                      "door %zu, %s: the database was told: %s", i, text, error->message);
    }
    CvError *error;
    ck_assert(!cv_try(update_by_name, UNIT_TEXT(text), &error));
    if (!cv_try(aggregate_by_name, UNIT_TEXT(text), &error))
        ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
}

/* ---- JSON ---- */

/* A key is data too: what is stored under it is found by it. */
INJECTION_TEST(json_keys)
{
    CvDict *dict = cv_dict_create(cv_arena()), *inner = cv_dict_create(cv_arena());
    cv_dict_set(inner, cv_value_string(text), cv_value_int(7));
    cv_dict_set(dict, cv_value_string(text), cv_value_dict(inner));
    Book *book = cv_first(cv_objects(Book));
    book->metadata = cv_value_dict(dict);
    cv_save(book);
    int64_t reached = strchr(text, '"') ? 0 : 1; /* the paths of SQLite have no way to write a quote */
    CvValue key = cv_value_string(text), keys = cv_value_list(cv_list(cv_arena(), key));
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(all_books(), NULL, 1, one_name("metadata__has_key"), &key)), reached);
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(all_books(), NULL, 1, one_name("metadata__has_keys"), &keys)),
                     reached);
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(all_books(), NULL, 1, one_name("metadata__has_any_keys"), &keys)),
                     reached);
    const char *path = cv_printf("metadata__%s__%s", text, text);
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(all_books(), NULL, 1, &path, ONE(7))), reached);
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(all_books(), NULL, 1, &path, ONE(8))), 0);
    CvQuerySet *read = cv_values_list_at(cv_filter_at(all_books(), NULL, 1, one_name("pk"), ONE(book->pk)), NULL,
                                         one_name(path), true);
    ck_assert_int_eq(cv_item_of(read, 0).kind == CV_INT ? cv_item_of(read, 0).integer : 0, reached * 7);
    CvQuerySet *annotated = cv_annotate_at(all_books(), NULL, 1, one_name("x"), ONE(cv_function("KT", cv_f(path))));
    ck_assert_int_eq(cv_count_of_set(cv_filter_at(annotated, NULL, 1, one_name("x"), ONE("7"))), reached);
    CvQuerySet *ordered = cv_order_by_at(all_books(), NULL, one_name(path));
    ck_assert_uint_eq(cv_length_of(ordered), 3);
}

/* ---- models made by code ---- */

static void use_model(const char *text)
{
    static int number;
    CvArena *arena = cv_arena_create(0);
    CvField fields[] = {
        cv_field("first", &cv_char_field, NULL, .max_length = 200, .db_column = cv_printf("a %s", text)),
        cv_field("second", &cv_integer_field, NULL, .db_column = cv_printf("%s b", text))};
    const CvModel *model = cv_model_build(arena, cv_arena_printf(arena, "Made%d", number++), fields, 2,
                                          &(CvModelOptions){.db_table = cv_arena_printf(arena, "t %s", text)});
    CvErrors errors = {.arena = arena};
    cv_models_add("made", (const CvModel *const[]){model, NULL});
    ck_assert(cv_models_ready(&errors));
    cv_sql_log_start(cv_arena());
    cv_schema_create(NULL, (const CvModel *const[]){model, NULL});
    void *row = cv_row_new(model);
    cv_row_set(row, cv_model_column(model, CV_SLICE("first")), cv_value_string(text));
    cv_row_set(row, cv_model_column(model, CV_SLICE("second")), cv_value_int(5));
    cv_save(row);
    CvQuerySet *found = cv_filter_at(cv_objects_of(model), NULL, 1, one_name("first"), ONE(text));
    found = cv_order_by_at(found, NULL, one_name("-second"));
    ck_assert_uint_eq(cv_length_of(found), 1);
    ck_assert_int_eq(cv_update_at(found, NULL, 1, one_name("second"), ONE(6)), 1);
    cv_reload(row);
    ck_assert_int_eq(cv_row_get(row, cv_model_column(model, CV_SLICE("second"))).integer, 6);
    ck_assert_int_eq(cv_delete(found), 1);
    for (const CvSqlEntry *entry = cv_sql_log(); entry; entry = entry->next)
        ck_assert_msg(!escapes_quotes(entry->sql), "%s", entry->sql);
    cv_sql_log_start(NULL);
}

static void use_models(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < HOSTILE; i++)
        use_model(hostile[i]);
    ck_assert_int_eq(cv_count(cv_objects(Author)), 3);
}

START_TEST(identifiers_of_models)
{
    opened(use_models);
}
END_TEST

/* ---- the shell ---- */

INJECTION_TEST(shell_expressions)
{
    static const char *const around[] = {"%s",
                                         "Author.objects.filter(name=%s)",
                                         "Author.objects.filter(%s=1)",
                                         "Author.objects.order_by(%s)",
                                         "Author.objects.%s",
                                         "%s.objects.all()",
                                         "Author.objects.filter(name='%s')",
                                         "Author.objects.values(\"%s\")",
                                         "F('%s')",
                                         "Author.objects.annotate(**{'%s': F('name')})"};
    CvSlice literal = cv_value_repr(cv_arena(), cv_value_string(text));
    for (size_t i = 0; i < CV_COUNT_OF(around); i++) {
        CvBuffer question = cv_buffer(cv_arena()), out = cv_buffer(cv_arena());
        const char *place = strstr(around[i], "%s");
        cv_buffer_append(&question, around[i], (size_t)(place - around[i]));
        cv_buffer_append_string(&question, text);
        cv_buffer_append_string(&question, place + 2);
        cv_shell_answer(&out, cv_buffer_slice(&question));
    }
    CvBuffer out = cv_buffer(cv_arena());
    cv_shell_answer(&out, cv_slice(cv_printf("Author(name=%.*s).name == 0", CV_SLICE_ARG(literal))));
    out.length = 0;
    cv_shell_answer(&out, cv_slice(cv_printf("Author.objects.filter(name=%.*s).count()", CV_SLICE_ARG(literal))));
    ck_assert_msg(!strncmp(cv_buffer_string(&out), "{\"result\": 0,", 13), "%s", cv_buffer_string(&out));
}

UNIT_TESTS("orm/injection", values_of_lookups, values_in_expressions, values_with_null_bytes, names_in_every_verb,
           json_keys, identifiers_of_models, shell_expressions)
