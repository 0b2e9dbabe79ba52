/* generic.c: content types with their cache, and generic foreign keys: what a row's target is, setting it. */
#include "orm/generic_private.h"
#include "orm/set_private.h"

/* ---- content types ---- */

typedef struct Known { /* one row of content types; texts live as long as the cache */
    const CvModel *types;
    const CvDatabase *database;
    CvValue key;
    const char *app_label, *name;
    struct Known *next;
} Known;

static struct {
    CvArena *arena;
    Known *first;
} cache;

void cv_content_types_forget(void)
{
    if (cache.arena)
        cv_arena_destroy(cache.arena);
    cache.arena = NULL;
    cache.first = NULL;
}

static bool is_text(const CvModel *model, const char *name)
{
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    return column && column->storage == CV_STORE_TEXT;
}

bool cv_model_holds_types(const CvModel *model)
{
    const char *const *together = model->options->unique_together;
    return together && together[0] && together[1] && !together[2] && strcmp(together[0], "app_label") == 0 &&
           strcmp(together[1], "model") == 0 && is_text(model, "app_label") && is_text(model, "model");
}

static const char *text_of(const void *type, const char *name)
{
    CvValue value = cv_row_get(type, cv_model_column(cv_row_model(type), cv_slice(name)));
    return value.kind == CV_STRING ? cv_slice_string(cv_arena(), cv_value_as_slice(value)) : "";
}

static const Known *remember(const void *type, const CvDatabase *database)
{
    if (!cache.arena) {
        cache.arena = cv_arena_create(0);
        cache.arena->name = "content types";
    }
    Known *known = cv_arena_new(cache.arena, Known);
    *known = (Known){.types = cv_row_model(type),
                     .database = database,
                     .key = cv_value_copy(cache.arena, cv_row_key(type)),
                     .app_label = cv_arena_strdup(cache.arena, text_of(type, "app_label")),
                     .name = cv_arena_strdup(cache.arena, text_of(type, "model")),
                     .next = cache.first};
    cache.first = known;
    return known;
}

static CvDatabase *database_or_default(CvDatabase *database)
{
    return database ? database : cv_database_or_raise(NULL);
}

/* A row that was made in a transaction may be rolled back with it. */
static void forget_one(void *argument)
{
    const Known *made = argument; /* gone itself if all was forgotten */
    for (Known **at = &cache.first; *at; at = &(*at)->next)
        if (*at == made) {
            *at = made->next;
            return;
        }
}

/* The row of a model, read or made. */
static const Known *read_type(const CvModel *types, const CvModel *model, CvDatabase *database)
{
    static const char *const names[] = {"app_label", "model", NULL};
    const CvValue values[] = {cv_value_string(cv_model_app_label(model)), cv_value_string(cv_model_lower(model))};
    CvQuerySet *set = cv_everything_of(types);
    bool made;
    set->database = database;
    const void *type = cv_get_or_create_at(set, NULL, NULL, &made, 2, names, values);
    const Known *known = remember(type, database);
    if (made && cv_in_atomic())
        cv_arena_defer(cv_handler_arena(), forget_one, (void *)(uintptr_t)known);
    return known;
}

static const Known *known_model(const CvModel *types, const CvModel *model, const CvDatabase *database)
{
    for (const Known *known = cache.first; known; known = known->next)
        if (known->types == types && known->database == database &&
            strcmp(known->app_label, cv_model_app_label(model)) == 0 && strcmp(known->name, cv_model_lower(model)) == 0)
            return known;
    return NULL;
}

static const Known *type_of(const CvModel *types, const CvModel *model, CvDatabase *database)
{
    database = database_or_default(database);
    const Known *known = known_model(types, model, database);
    return known ? known : read_type(types, model, database);
}

static const Known *type_at(const CvModel *types, CvValue key, CvDatabase *database)
{
    static const char *const pk[] = {"pk", NULL};
    database = database_or_default(database);
    for (const Known *known = cache.first; known; known = known->next)
        if (known->types == types && known->database == database && cv_value_equal(known->key, key))
            return known;
    CvQuerySet *set = cv_everything_of(types);
    set->database = database;
    void *type = cv_get_at(set, NULL, 1, pk, &key);
    return type ? remember(type, database) : NULL;
}

static void *row_of(const Known *known)
{
    void *type = cv_row_new(known->types);
    cv_row_set(type, cv_model_key(known->types), known->key);
    cv_row_set(type, cv_model_column(known->types, CV_SLICE("app_label")), cv_value_string(known->app_label));
    cv_row_set(type, cv_model_column(known->types, CV_SLICE("model")), cv_value_string(known->name));
    ((CvRow *)type)->database = known->database;
    return type;
}

CvValue cv_content_type_key(const CvModel *types, const CvModel *model, CvDatabase *database)
{
    return type_of(types, model, database)->key;
}

const CvModel *cv_content_type_at(const CvModel *types, CvValue key, CvDatabase *database)
{
    const Known *known = type_at(types, key, database);
    return known ? cv_model_in_app(cv_slice(known->app_label), cv_slice(known->name)) : NULL;
}

void *cv_content_type_row(const CvModel *types, const CvModel *model, bool concrete, CvDatabase *database)
{
    return row_of(type_of(types, concrete ? cv_model_info(model)->concrete : model, database));
}

void cv_content_types_load(const CvModel *types, const CvModel *const *models, size_t count, bool concrete,
                           CvDatabase *database)
{
    static const char *const names[] = {"app_label", "model__in", NULL};
    CvExpr *which = NULL;
    database = database_or_default(database);
    for (size_t i = 0; i < count; i++) {
        const CvModel *model = concrete ? cv_model_info(models[i])->concrete : models[i];
        CvList *one = cv_list_create(cv_arena());
        if (known_model(types, model, database))
            continue;
        cv_list_add(cv_arena(), one, cv_value_string(cv_model_lower(model)));
        which = cv_or(which, cv_q_of(NULL, 2, names,
                                     (CvValue[]){cv_value_string(cv_model_app_label(model)), cv_value_list(one)}));
    }
    if (!which)
        return;
    CvQuerySet *set = cv_everything_of(types);
    set->database = database;
    set = cv_where_at(set, which, false);
    for (size_t i = 0; i < cv_length_of(set); i++)
        (void)remember(cv_row_at(set, i), database);
}

void *cv_content_type_by_key(const CvModel *types, CvValue key, CvDatabase *database)
{
    const Known *known = type_at(types, key, database);
    if (!known)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", types->name);
    return row_of(known);
}

const CvModel *cv_content_type_names(const void *type)
{
    return cv_model_in_app(cv_slice(text_of(type, "app_label")), cv_slice(text_of(type, "model")));
}

CvValue cv_generic_type(const CvGeneric *generic, const CvModel *model, CvDatabase *database)
{
    return cv_content_type_key(generic->type->to, generic->concrete_model ? cv_model_info(model)->concrete : model,
                               database);
}

/* ---- generic foreign keys ---- */

const CvGeneric *cv_generic_at(const CvModelInfo *info, size_t offset)
{
    for (size_t i = 0; i < info->generic_count; i++)
        if (info->generics[i].field->kind == &cv_generic_key_field && info->generics[i].field->offset == offset)
            return &info->generics[i];
    return NULL;
}

const CvGeneric *cv_generic_named(const CvModelInfo *info, const char *name)
{
    for (size_t i = 0; i < info->generic_count; i++)
        if (info->generics[i].field->kind == &cv_generic_key_field && !strcmp(info->generics[i].field->name, name))
            return &info->generics[i];
    return NULL;
}

static CvDatabase *home_of(const void *row)
{
    return (CvDatabase *)(uintptr_t)((const CvRow *)row)->database;
}

static CvRow *fetch_target(const CvGeneric *generic, const void *row, CvValue type, CvValue id)
{
    static const char *const pk[] = {"pk", NULL};
    const CvModel *model = cv_content_type_at(generic->type->to, type, home_of(row));
    if (!model || id.kind == CV_NULL)
        return NULL;
    CvQuerySet *set = cv_everything_of(model);
    set->database = home_of(row);
    return cv_get_at(set, NULL, 1, pk, &id);
}

/* The row that is kept is still what the two fields say. */
static bool still_there(const CvGeneric *generic, const void *row, const CvRow *kept, CvValue type, CvValue id)
{
    const CvModel *model = cv_row_model(kept);
    if (!cv_value_equal(cv_generic_type(generic, model, home_of(row)), type) || id.kind == CV_NULL)
        return false;
    return cv_value_equal(cv_column_convert(cv_arena(), cv_model_key(model), id), cv_row_key(kept));
}

CvRow *cv_generic_load(const CvGeneric *generic, const void *row)
{
    CvTarget *slot = cv_generic_slot(generic, row);
    if (slot->given || (slot->known && !slot->row))
        return slot->row;
    CvValue type = cv_row_get(row, generic->type), id = cv_row_get(row, generic->id);
    if (slot->row && type.kind != CV_NULL && still_there(generic, row, slot->row, type, id))
        return slot->row;
    *slot = (CvTarget){.row = type.kind == CV_NULL ? NULL : fetch_target(generic, row, type, id), .known = true};
    return slot->row;
}

static void set_target(const CvGeneric *generic, void *row, const CvRow *target)
{
    CvValue none = cv_value_null();
    CvDatabase *database = home_of(row) ? home_of(row) : target ? home_of(target) : NULL;
    cv_row_set(row, generic->type, target ? cv_generic_type(generic, cv_row_model(target), database) : none);
    cv_row_set(row, generic->id, target ? cv_row_key(target) : none);
    /* one without a key yet is asked again when the row is saved */
    *cv_generic_slot(generic, row) = (CvTarget){
        .row = (CvRow *)(uintptr_t)target, .known = true, .given = target && cv_row_key(target).kind == CV_NULL};
}

void cv_generic_settle(void *row, const char *operation)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; i < info->generic_count; i++) {
        const CvGeneric *generic = &info->generics[i];
        if (generic->field->kind != &cv_generic_key_field)
            continue;
        CvTarget *slot = cv_generic_slot(generic, row);
        if (!slot->given)
            continue;
        if (slot->row && cv_row_key(slot->row).kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "%s() prohibited to prevent data loss due to unsaved related object '%s'.",
                     operation, generic->field->name);
        set_target(generic, row, slot->row);
    }
}

static const CvGeneric *named_or_raise(const void *row, const char *name)
{
    const CvGeneric *generic = cv_generic_named(cv_model_info(cv_row_model(row)), name);
    if (!generic)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", cv_row_model(row)->name, name);
    return generic;
}

CvRow *cv_target_of(const void *row, const char *name)
{
    return cv_generic_load(named_or_raise(row, name), row);
}

void cv_target_set(void *row, const char *name, const void *target)
{
    set_target(named_or_raise(row, name), row, target);
}

void *cv_row_if(const void *row, const CvModel *model)
{
    for (const CvModel *at = row ? cv_row_model(row) : NULL; at; at = at->parent) /* a child begins with its parent */
        if (cv_model_info(at)->concrete == cv_model_info(model)->concrete)
            return (void *)(uintptr_t)row;
    return NULL;
}
