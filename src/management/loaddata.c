/* loaddata.c: ./manage loaddata: rows from Django's JSON fixtures.
 *
 * A fixture is an array of {"model": "app.name", "pk": ..., "fields": {...}}. It is read object by object, so that
 * errors have lines and memory stays small. All files go in one transaction; if anything is wrong nothing is loaded,
 * and what is wrong is said, all of it. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "management/command_private.h"
#include "management/fixture_private.h"
#include "orm/orm.h"
#include "orm/serialize.h"
#include "text/json.h"

#define MOST_ERRORS 20

typedef struct Loading {
    CvArena *arena;     /* of the command: messages, many-to-many values */
    CvArena *work;      /* emptied after each object */
    const char *file;   /* as given */
    const char *folder; /* for messages about many-to-many fields */
    size_t loaded, errors;
    bool if_empty, skipped;
    CvFixtureObject object;
} Loading;

static void complain(Loading *loading, int line, const char *message, const char *hint)
{
    if (loading->errors++ >= MOST_ERRORS)
        return;
    cv_say_error("%s:%d: %s", loading->file, line, message);
    if (hint)
        fprintf(stderr, "    hint: %s\n", hint);
}

/* ---- one object ---- */

static const char *nearest_model(CvSlice label)
{
    CV_VECTOR(const char *) names = {0};
    CvArena *arena = cv_arena();
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        cv_vector_push(arena, &names, cv_model_label_lower(model));
    cv_vector_push(arena, &names, NULL);
    const char *nearest = cv_nearest(label, names.items);
    return nearest ? cv_printf("Did you mean '%s'?", nearest) : NULL;
}

static CV_COLD CV_NORETURN void bad_field(const CvModel *model, CvSlice name)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    const char **names = cv_new_array(const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = columns[i].name;
    const char *nearest = cv_nearest(name, names);
    CvError error = {.kind = CV_ERROR_FIELD_DOES_NOT_EXIST,
                     .message = cv_printf("%s has no field named '%.*s'", cv_model_label(model), CV_SLICE_ARG(name)),
                     .hint = nearest ? cv_printf("Did you mean '%s'?", nearest) : NULL};
    cv_raise_error(&error);
}

typedef struct ToMany {
    const CvColumn *column;
    CvValue keys;
} ToMany;

/* Sets one field; a many-to-many one is put aside until the row is saved. */
static void set_field(void *row, CvSlice name, CvValue value, ToMany *later, size_t *later_count)
{
    const CvModel *model = cv_row_model(row);
    const CvColumn *column = cv_model_column(model, name);
    if (!column)
        bad_field(model, name);
    if (!column->concrete) {
        if (value.kind != CV_LIST)
            cv_raise(CV_ERROR_VALUE, "'%.*s' must be a list of keys", CV_SLICE_ARG(name));
        later[(*later_count)++] = (ToMany){column, value};
        return;
    }
    cv_row_set_serialized(row, column, value);
}

static void load_object(void *argument)
{
    Loading *loading = argument;
    const CvFixtureObject *object = &loading->object;
    CvValue parsed, label, key = CV_NONE, fields;
    CvError error;
    if (!cv_json_parse(loading->work, object->text, NULL, &parsed, &error)) {
        error.line += object->line - 1;
        cv_raise_error(&error);
    }
    if (parsed.kind != CV_DICT || !cv_dict_get_slice(parsed.dict, CV_SLICE("model"), &label) || label.kind != CV_STRING)
        cv_raise(CV_ERROR_VALUE, "an object needs \"model\": \"app.name\"");
    const CvModel *model = cv_model_find(cv_value_as_slice(label));
    if (!model) {
        error = (CvError){.kind = CV_ERROR_VALUE,
                          .message = cv_printf("there is no model '%.*s'", CV_SLICE_ARG(cv_value_as_slice(label))),
                          .hint = nearest_model(cv_value_as_slice(label))};
        cv_raise_error(&error);
    }
    if (!cv_dict_get_slice(parsed.dict, CV_SLICE("fields"), &fields) || fields.kind != CV_DICT)
        cv_raise(CV_ERROR_VALUE, "an object needs \"fields\": {...}");
    if (loading->if_empty && loading->loaded == 0 && cv_exists_of_set(cv_everything_of(model))) {
        loading->skipped = true;
        return;
    }
    void *row = cv_row_new_unordered(model);
    if (cv_dict_get_slice(parsed.dict, CV_SLICE("pk"), &key) && key.kind != CV_NULL)
        cv_row_set(row, cv_model_key(model), key);
    ToMany *later = cv_new_array(ToMany, cv_dict_count(fields.dict) + 1);
    size_t later_count = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(fields.dict, entry));)
        set_field(row, cv_value_as_slice(entry->key), entry->value, later, &later_count);
    cv_save_raw(row);
    for (size_t i = 0; i < later_count; i++) {
        CvList *keys = (CvList *)(uintptr_t)later[i].keys.list;
        for (size_t j = 0; j < keys->count; j++) /* natural keys */
            keys->items[j] = cv_natural_key(later[i].column->to, keys->items[j]);
        cv_related_set(cv_related_of(row, later[i].column->name), keys->count, keys->items, NULL);
    }
    loading->loaded++;
}

/* With a savepoint, so that what one object breaks leaves the next ones to be tried: all mistakes are told. */
static void load_apart(void *loading)
{
    CV_ATOMIC
    {
        load_object(loading);
    }
}

/* ---- files ---- */

static bool read_file(CvArena *arena, const char *path, CvSlice *text)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!stream) {
        cv_say_error("%s: %s", path, strerror(errno));
        return false;
    }
    CvBuffer out = cv_buffer(arena);
    size_t got;
    while ((got = fread(cv_buffer_reserve(&out, 65536), 1, 65536, stream)) > 0)
        out.length += got;
    bool good = !ferror(stream);
    if (!good)
        cv_say_error("%s: %s", path, strerror(errno));
    if (stream != stdin)
        fclose(stream);
    *text = cv_buffer_slice(&out);
    return good;
}

static void load_file(Loading *loading, CvSlice text)
{
    CvFixture fixture = {.text = text};
    bool shows = isatty(STDERR_FILENO);
    loading->skipped = false;
    while (!loading->skipped && cv_fixture_next(&fixture, &loading->object)) {
        CvError *error;
        bool good = false;
        CV_IN_ARENA (loading->work) {
            good = cv_try(load_apart, loading, &error);
            if (!good)
                complain(loading, error->column > 0 ? error->line : loading->object.line, error->message, error->hint);
        }
        cv_arena_reset(loading->work);
        if (shows && loading->loaded % 1000 == 0 && loading->loaded)
            fprintf(stderr, "\r%zu objects", loading->loaded);
    }
    if (shows && loading->loaded >= 1000)
        fputc('\r', stderr);
    if (fixture.problem)
        complain(loading, fixture.line, fixture.problem, NULL);
}

/* Foreign keys of what was loaded must point to rows that are there. */
static void check_references(Loading *loading)
{
    CvErrors errors = {.arena = loading->arena};
    cv_check_references(NULL, &errors);
    for (size_t i = 0; i < errors.count; i++) {
        if (loading->errors++ < MOST_ERRORS)
            cv_say_error("%s", errors.items[i]->message);
    }
}

static int load(CvCommandLine *line)
{
    Loading loading = {.arena = line->arena, .if_empty = cv_command_option(line, "--if-empty") != NULL};
    if (!cv_database(NULL)) {
        cv_say_error("The site has no database: DATABASE_URL is not set.");
        return 1;
    }
    CvSlice *texts = cv_arena_new_array(line->arena, CvSlice, (size_t)line->count);
    for (int i = 0; i < line->count; i++)
        if (!read_file(line->arena, line->arguments[i], &texts[i]))
            return 1;
    loading.work = cv_arena_create(0);
    size_t skipped = 0;
    CV_ATOMIC
    {
        for (int i = 0; i < line->count; i++) {
            loading.file = line->arguments[i];
            load_file(&loading, texts[i]);
            skipped += loading.skipped;
        }
        if (!loading.errors)
            check_references(&loading);
        if (loading.errors)
            cv_set_rollback();
    }
    cv_arena_destroy(loading.work);
    if (loading.errors) {
        if (loading.errors > MOST_ERRORS)
            fprintf(stderr, "... and %zu more.\n", loading.errors - MOST_ERRORS);
        fprintf(stderr, "Nothing was loaded.\n");
        return 1;
    }
    if (skipped)
        printf("The database has rows already: %zu fixture%s left out.\n", skipped, skipped == 1 ? "" : "s");
    printf("Installed %zu object%s from %zu fixture%s.\n", loading.loaded, loading.loaded == 1 ? "" : "s",
           (size_t)line->count - skipped, (size_t)line->count - skipped == 1 ? "" : "s");
    return 0;
}

const CvCommand cv_loaddata_command = {
    .name = "loaddata",
    .summary = "Loads rows from fixtures (Django's JSON format).",
    .usage = "FILE...",
    .details = "All files go in one transaction: either everything is loaded or nothing. \"-\" reads standard input.",
    .least = 1,
    .most = -1,
    .options =
        (const CvCommandOption[]){{"--if-empty", NULL, "Leave a file out if the table of its first object has rows."},
                                  {0}},
    .run = load,
};
