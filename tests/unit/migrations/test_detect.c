/* Tests the autodetector and the optimizer against what Django's found between the same states (record_detect.py). */
#include <stdio.h>
#include <stdlib.h>

#include "base/vector.h"
#include "migrations/autodetector.h"
#include "migrations/kinds.h"
#include "unit.h"

enum { WORDS_MAX = 16 };

typedef struct Words {
    CvSlice items[WORDS_MAX];
    size_t count;
} Words;

static Words words_of(CvSlice line)
{
    Words words = {0};
    CvSlice word;
    while (words.count < WORDS_MAX && cv_slice_split(&line, '\t', &word))
        words.items[words.count++] = word;
    return words;
}

static const char *text(CvSlice slice)
{
    return cv_slice_string(cv_arena(), slice);
}

/* The value of `key=value`, or NULL. */
static const char *value_of(const Words *words, const char *key)
{
    for (size_t i = 1; i < words->count; i++) {
        ptrdiff_t equals = cv_slice_find_byte(words->items[i], '=');
        if (equals > 0 && cv_slice_is(cv_slice_of(words->items[i].data, (size_t)equals), key))
            return text(cv_slice_skip(words->items[i], (size_t)equals + 1));
    }
    return NULL;
}

static const char *const *names_of(CvSlice names)
{
    CV_VECTOR(const char *) list = {0};
    CvSlice name;
    while (cv_slice_split(&names, ',', &name))
        cv_vector_push(cv_arena(), &list, text(name));
    cv_vector_push(cv_arena(), &list, NULL);
    return list.items;
}

/* ---- states ---- */

typedef struct Reading {
    CvProjectState *state;
    CvModelState model;
    CvModelOptions options;
    CV_VECTOR(CvField) fields;
    CV_VECTOR(CvConstraint) rows;
} Reading;

static void end_model(Reading *reading)
{
    CvModelState model = reading->model;
    if (!model.name)
        return;
    (void)cv_vector_add(cv_arena(), &reading->rows);
    model.fields = reading->fields.items;
    model.field_count = reading->fields.count;
    model.options = &reading->options;
    model.constraints = reading->rows.items;
    cv_state_add_model(reading->state, &model);
    *reading = (Reading){.state = reading->state};
}

static void begin_model(Reading *reading, const Words *words)
{
    end_model(reading);
    const char *ordering = value_of(words, "ordering"), *unmanaged = value_of(words, "unmanaged");
    reading->model = (CvModelState){.app_label = text(words->items[1]),
                                    .name = text(words->items[2]),
                                    .parent = value_of(words, "parent"),
                                    .proxy = value_of(words, "proxy"),
                                    .plain_key = !value_of(words, "parent")};
    reading->options = (CvModelOptions){.ordering = ordering ? names_of(cv_slice(ordering)) : NULL,
                                        .db_table = value_of(words, "db_table"),
                                        .db_table_comment = value_of(words, "db_table_comment"),
                                        .verbose_name = value_of(words, "verbose_name"),
                                        .order_with_respect_to = value_of(words, "order_with_respect_to"),
                                        .unmanaged = unmanaged && strcmp(unmanaged, "1") == 0};
    if (!reading->model.parent)
        cv_vector_push(cv_arena(), &reading->fields, cv_field("id", &cv_big_auto_field, NULL, .blank = true));
}

static int number_of(const char *digits)
{
    int64_t number = 0;
    if (digits)
        ck_assert(cv_slice_to_int64(cv_slice(digits), &number));
    return (int)number;
}

static void add_field(Reading *reading, const Words *words)
{
    const CvFieldKind *kind = cv_field_kind(words->items[2]);
    const char *on_delete = value_of(words, "on_delete"), *given = value_of(words, "default");
    ck_assert_ptr_nonnull(kind);
    CvField field = cv_field_of(text(words->items[1]), kind, NULL);
    field.to_label = value_of(words, "to");
    field.null = value_of(words, "null");
    field.nullable_word = field.null && kind->null_storage != kind->storage;
    field.blank = value_of(words, "blank");
    field.unique = value_of(words, "unique");
    field.verbose_name = value_of(words, "verbose_name");
    field.related_name = value_of(words, "related_name");
    field.db_column = value_of(words, "db_column");
    field.max_digits = number_of(value_of(words, "max_digits"));
    field.decimal_places = number_of(value_of(words, "decimal_places"));
    if (value_of(words, "max_length"))
        field.max_length = number_of(value_of(words, "max_length"));
    if (on_delete)
        field.on_delete = strcmp(on_delete, "CASCADE") == 0 ? CV_CASCADE : CV_PROTECT;
    if (given && kind == &cv_char_field)
        field.default_text = given;
    else if (given)
        field.default_integer = number_of(given);
    cv_vector_push(cv_arena(), &reading->fields, field);
}

static void add_row(Reading *reading, const Words *words)
{
    CvConstraint row = {.kind = CV_UNIQUE, .name = text(words->items[1])};
    CvSlice kind = words->items[0], last = words->items[words->count - 1];
    if (cv_slice_is(kind, "together")) {
        row.name = NULL;
        row.together = true;
    } else if (cv_slice_is(kind, "index")) {
        row.kind = CV_INDEX;
    } else if (cv_slice_is(kind, "check")) {
        row.kind = CV_CHECK;
    } else if (cv_slice_is(kind, "unique!")) {
        row.violation_error_message = "No.";
    }
    if (row.kind == CV_CHECK)
        row.condition = cv_arena_printf(cv_arena(), "Q(%s__gte=0)", text(last));
    else
        row.fields = names_of(last);
    cv_vector_push(cv_arena(), &reading->rows, row);
}

static void read_line(Reading *reading, CvSlice line)
{
    Words words = words_of(line);
    if (cv_slice_is(words.items[0], "model"))
        begin_model(reading, &words);
    else if (cv_slice_is(words.items[0], "field"))
        add_field(reading, &words);
    else
        add_row(reading, &words);
}

/* ---- answers ---- */

static bool leave;

static bool yes_model(const CvModelState *old, const CvModelState *now)
{
    return old && now;
}

static bool yes_field(const CvModelState *model, const CvField *old, const CvField *now)
{
    return model && old && now;
}

static bool give_default(const CvModelState *model, CvField *field, bool altered)
{
    (void)model, (void)altered;
    if (field->kind->storage == CV_STORE_BOOL)
        field->default_boolean = 1;
    else if (field->kind->relation || field->kind->storage == CV_STORE_INTEGER)
        field->default_integer = 1;
    else
        field->default_text = "1";
    return true;
}

static bool leave_nulls(const CvModelState *model, const CvField *field)
{
    (void)model, (void)field;
    return leave;
}

/* ---- what was found, in the words of record_detect.py ---- */

static const char *lower(const char *name)
{
    char *copy = cv_arena_strdup(cv_arena(), name ? name : "");
    for (char *at = copy; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    return copy;
}

static void show_field(CvBuffer *out, const CvField *field)
{
    cv_buffer_printf(out, "%s:%s%s", field->name, field->kind->name,
                     field->null || field->nullable_word ? ":null" : "");
    if (field->to_label)
        cv_buffer_printf(out, ":%s", lower(field->to_label));
    if (field->kind == &cv_char_field)
        cv_buffer_printf(out, ":%d", field->max_length);
    if (field->verbose_name)
        cv_buffer_printf(out, ":%s", field->verbose_name);
    if (field->db_column)
        cv_buffer_printf(out, ":%s", field->db_column);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void show_sorted(CvBuffer *out, const char **names, size_t count)
{
    if (count)
        qsort(names, count, sizeof *names, by_text);
    for (size_t i = 0; i < count; i++)
        cv_buffer_printf(out, "%s%s", i ? " " : "", names[i]);
}

static void show_sets(CvBuffer *out, const CvConstraint *rows, bool together)
{
    CV_VECTOR(const char *) shown = {0};
    for (; rows && rows->kind; rows++) {
        CvBuffer set = cv_buffer(cv_arena());
        if (rows->together != together)
            continue;
        for (const char *const *name = rows->fields; together && name && *name; name++)
            cv_buffer_printf(&set, "%s%s", name == rows->fields ? "" : "+", *name);
        cv_vector_push(cv_arena(), &shown, together ? cv_buffer_string(&set) : rows->name);
    }
    show_sorted(out, shown.items, shown.count);
}

static void show_options(CvBuffer *out, const CvModelOptions *options)
{
    const char *separator = "";
    const struct {
        const char *name, *text;
    } texts[] = {{"db_table", options->db_table},
                 {"db_table_comment", options->db_table_comment},
                 {"verbose_name", options->verbose_name},
                 {"ordering", options->ordering ? options->ordering[0] : NULL}};
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        if (texts[i].text) {
            cv_buffer_printf(out, "%s%s=%s", separator, texts[i].name, texts[i].text);
            separator = "; ";
        }
    if (options->unmanaged)
        cv_buffer_printf(out, "%sunmanaged", separator);
}

static void show_create(CvBuffer *out, const CvOperation *operation)
{
    const char *separator = "";
    cv_buffer_printf(out, "%s|%s|%s|", operation->model, lower(operation->to), operation->proxy ? "proxy" : "");
    for (const CvField *field = operation->fields; field->name; field++) {
        cv_buffer_append_string(out, separator);
        show_field(out, field);
        separator = " ";
    }
    cv_buffer_append_byte(out, '|');
    show_options(out, operation->options);
    cv_buffer_append_byte(out, '|');
    show_sets(out, operation->options->constraints, true);
    cv_buffer_append_byte(out, '|');
    show_sets(out, operation->options->constraints, false);
    cv_buffer_printf(out, "|%s",
                     operation->options->order_with_respect_to ? operation->options->order_with_respect_to : "");
}

static void show_operation(CvBuffer *out, const CvOperation *operation)
{
    const CvOperationKind *kind = operation->kind;
    cv_buffer_printf(out, "\t  %s ", cv_operation_name(operation));
    if (kind == &cv_op_create_model) {
        show_create(out, operation);
    } else {
        cv_buffer_append_string(out, lower(operation->model));
        if (kind != &cv_op_delete_model)
            cv_buffer_append_byte(out, ' ');
        if (kind == &cv_op_alter_model_options)
            show_options(out, operation->options);
        else if (kind == &cv_op_alter_unique_together)
            show_sets(out, operation->constraints, true);
        else if (operation->constraints)
            cv_buffer_append_string(out, operation->constraints->name);
        else if (operation->fields)
            show_field(out, operation->fields);
        else
            cv_buffer_printf(out, "%s%s%s", operation->name ? operation->name : "",
                             operation->name && operation->to ? " " : "", operation->to ? operation->to : "");
        if (operation->forget_default)
            cv_buffer_append_string(out, " forget");
    }
    cv_buffer_append_byte(out, '\n');
}

static const char *show_all(const CvNewMigration *migration)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (; migration->app_label; migration++) {
        cv_buffer_printf(&out, "\t%s.%s%s <- ", migration->app_label, migration->name,
                         migration->options.initial ? " initial" : "");
        for (const char *const *name = migration->options.dependencies; *name; name++)
            cv_buffer_printf(&out, "%s%s", name == migration->options.dependencies ? "" : " ", *name);
        cv_buffer_append_byte(&out, '\n');
        for (size_t i = 0; i < migration->count; i++)
            show_operation(&out, &migration->operations[i]);
    }
    return cv_buffer_string(&out);
}

typedef struct AppOperations {
    CV_VECTOR(CvOperation) items;
} AppOperations;

static const char *const apps[] = {"crm", "mail", "shop"};

static void collect(AppOperations *all, const CvNewMigration *migration)
{
    for (; migration->app_label; migration++)
        for (size_t app = 0; app < CV_COUNT_OF(apps); app++)
            for (size_t i = 0; strcmp(apps[app], migration->app_label) == 0 && i < migration->count; i++)
                cv_vector_push(cv_arena(), &all[app].items, migration->operations[i]);
}

/* What is left of the operations that lead to both states. */
static const char *show_squashed(const CvNewMigration *first, const CvNewMigration *second)
{
    AppOperations all[CV_COUNT_OF(apps)] = {0};
    CvBuffer out = cv_buffer(cv_arena());
    collect(all, first);
    collect(all, second);
    cv_buffer_append_string(&out, "\tsquashed\n");
    for (size_t app = 0; app < CV_COUNT_OF(apps); app++) {
        size_t left = 0;
        const CvOperation *operations =
            cv_migration_optimize(cv_arena(), apps[app], all[app].items.items, all[app].items.count, &left);
        if (all[app].items.count)
            cv_buffer_printf(&out, "\t%s\n", apps[app]);
        for (size_t i = 0; i < left; i++)
            show_operation(&out, &operations[i]);
    }
    return cv_buffer_string(&out);
}

/* ---- cases ---- */

static const CvOperation first_rows[] = {
    {.kind = &cv_op_migration, .name = "0001_initial", .migration = &(const CvMigrationOptions){.initial = true}},
    {.kind = NULL}};
static const CvOperation no_rows[] = {{.kind = NULL}};
static const CvMigrations first = {first_rows}, none = {no_rows};

static bool has_app(const CvProjectState *state, const char *app_label)
{
    for (const CvModelState *model = NULL; (model = cv_state_next(state, model));)
        if (strcmp(model->app_label, app_label) == 0)
            return true;
    return false;
}

static const CvNewMigration *detected(const CvProjectState *from, const CvProjectState *to, bool renames)
{
    CvQuestioner questioner = {.default_for = give_default, .leave_nulls = leave_nulls};
    if (renames) {
        questioner.renamed_model = yes_model;
        questioner.renamed_field = yes_field;
    }
    cv_migrations_reset();
    for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
        cv_migrations_add(apps[i], has_app(from, apps[i]) ? &first : &none);
    return cv_autodetect(cv_arena(), from, to, cv_migration_loader_offline(), &questioner, NULL, NULL);
}

/* ---- do they lead there? ---- */

static bool waits_for(const CvNewMigration *migration, const CvNewMigration *all, const bool *done)
{
    for (size_t i = 0; all[i].app_label; i++)
        for (const char *const *name = migration->options.dependencies; !done[i] && *name; name++)
            if (strcmp(*name, cv_arena_printf(cv_arena(), "%s.%s", all[i].app_label, all[i].name)) == 0)
                return true;
    return false;
}

/* Every state on the way can be rendered. */
static void apply_all(CvProjectState *state, const CvNewMigration *all)
{
    size_t count = 0, left;
    while (all[count].app_label)
        count++;
    bool *done = cv_arena_new_array(cv_arena(), bool, count + 1);
    for (left = count; left;) {
        size_t at = 0;
        while (at < count && (done[at] || waits_for(&all[at], all, done)))
            at++;
        ck_assert_uint_lt(at, count); /* else they wait for each other */
        for (size_t i = 0; i < all[at].count; i++) {
            cv_operation_state_forwards(&all[at].operations[i], all[at].app_label, state);
            (void)cv_state_render(state);
        }
        done[at] = true;
        left--;
    }
}

typedef struct Way {
    CvProjectState *from;
    const CvProjectState *to;
    const CvNewMigration *migrations;
} Way;

static void walk(void *argument)
{
    const Way *way = argument;
    apply_all(way->from, way->migrations);
    const CvNewMigration *more = cv_autodetect(cv_arena(), way->from, way->to, NULL, NULL, NULL, NULL);
    if (more->app_label)
        cv_raise(CV_ERROR_ASSERTION, "still to do:\n%s", show_all(more));
}

static bool lead_there(Way way, CvSlice name)
{
    CvError *error;
    if (cv_try(walk, &way, &error))
        return true;
    (void)fprintf(stderr, "case %s does not lead there: %s\n", text(name), error->message);
    return false;
}

static void read_state(CvSlice *rest, const char *until, CvProjectState *state)
{
    Reading reading = {.state = state};
    CvSlice line;
    while (cv_slice_split(rest, '\n', &line) && !cv_slice_is(line, until))
        read_line(&reading, line);
    end_model(&reading);
}

/* One case of the file from behind its first line; true: the same was found. */
static bool same_as_django(CvSlice head, CvSlice *rest)
{
    Words words = words_of(head);
    CvProjectState *from = cv_state_create(), *to = cv_state_create();
    CvBuffer expected = cv_buffer(cv_arena());
    CvSlice line, ahead;
    leave = cv_slice_is(words.items[3], "leave");
    (void)cv_slice_split(rest, '\n', &line); /* from */
    read_state(rest, "to", from);
    read_state(rest, "expect", to);
    for (ahead = *rest; cv_slice_split(&ahead, '\n', &line) && cv_slice_starts_with(line, CV_SLICE("\t"));
         *rest = ahead) {
        cv_buffer_append_slice(&expected, line);
        cv_buffer_append_byte(&expected, '\n');
    }
    const CvNewMigration *migrations = detected(from, to, cv_slice_is(words.items[2], "renames"));
    CvProjectState *nothing = cv_state_create();
    const CvNewMigration *before = detected(nothing, from, false);
    const char *found = cv_arena_printf(cv_arena(), "%s%s", show_all(migrations), show_squashed(before, migrations));
    cv_state_destroy(nothing);
    bool unknown = cv_slice_is(words.items[4], "unknown"); /* Django's own do not lead there */
    bool same = unknown || strcmp(found, cv_buffer_string(&expected)) == 0;
    if (!same)
        (void)fprintf(stderr, "case %s\nDjango:\n%sfound:\n%s\n", text(words.items[1]), cv_buffer_string(&expected),
                      found);
    same &= lead_there((Way){from, to, migrations}, words.items[1]);
    cv_state_destroy(from);
    cv_state_destroy(to);
    return same;
}

static CvSlice read_all(const char *path)
{
    CvBuffer bytes = cv_buffer(cv_arena());
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    for (size_t got = 1; got;) {
        got = fread(cv_buffer_reserve(&bytes, 65536), 1, 65536, file);
        bytes.length += got;
    }
    (void)fclose(file);
    return cv_buffer_slice(&bytes);
}

typedef struct Count {
    size_t cases, same;
} Count;

static void compare(void *argument)
{
    Count *count = argument;
    const char *path = getenv("DETECT_CASES");
    CvSlice rest = read_all(path ? path : DETECT_CASES), line;
    while (cv_slice_split(&rest, '\n', &line))
        if (cv_slice_starts_with(line, CV_SLICE("case\t"))) {
            count->cases++;
            count->same += same_as_django(line, &rest);
        }
}

START_TEST(the_same_is_found_as_by_django)
{
    Count count = {0};
    CvError *error;
    if (!cv_try(compare, &count, &error))
        ck_abort_msg("%s", error->message);
    (void)fprintf(stderr, "%zu of %zu\n", count.same, count.cases);
    ck_assert_uint_gt(count.cases, 0);
    ck_assert_uint_eq(count.same, count.cases);
}
END_TEST

/* Neither tables nor what is somebody else's: an app that has no migrations gets none unless it is named. */
static void unasked(void *argument)
{
    (void)argument;
    CvField id[] = {cv_field("id", &cv_big_auto_field, NULL)};
    CvProjectState *from = cv_state_create(), *to = cv_state_create();
    for (int unmanaged = 0; unmanaged < 2; unmanaged++)
        cv_state_add_model(to, &(CvModelState){.app_label = "legacy",
                                               .name = unmanaged ? "Theirs" : "Ours",
                                               .fields = id,
                                               .field_count = 1,
                                               .options = &(CvModelOptions){.unmanaged = unmanaged},
                                               .plain_key = true});
    CvMigrationLoader *loader = cv_migration_loader_offline();
    const char *const named[] = {"legacy", NULL};
    ck_assert_ptr_null(cv_autodetect(cv_arena(), from, to, loader, NULL, NULL, NULL)->app_label);
    ck_assert_uint_eq(cv_autodetect(cv_arena(), from, to, loader, NULL, named, NULL)->count, 2);
    cv_state_destroy(from);
    cv_state_destroy(to);
}

START_TEST(apps_without_migrations_get_none_unasked)
{
    CvError *error;
    if (!cv_try(unasked, NULL, &error))
        ck_abort_msg("%s", error->message);
}
END_TEST

UNIT_TESTS("migrations/detect", apps_without_migrations_get_none_unasked, the_same_is_found_as_by_django)
