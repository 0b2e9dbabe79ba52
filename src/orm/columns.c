/* columns.c: the columns of a model: its fields and those it inherits, with names, storage and targets. */
#include "orm/file.h"
#include "orm/registry_private.h"

#include "base/vector.h"

static const char *with_spaces(CvArena *arena, const char *name)
{
    char *copy = cv_arena_strdup(arena, name);
    for (char *at = copy; *at; at++)
        if (*at == '_')
            *at = ' ';
    return copy;
}

static void fill(CvModelInfo *info, CvColumn *column, const CvField *field, bool key)
{
    CvArena *arena = cv_registry_arena();
    const CvFieldKind *kind = field->kind;
    bool one = kind == &cv_one_to_one_field;
    *column = (CvColumn){.field = field,
                         .model = info->model,
                         .name = field->name,
                         .attribute = field->name,
                         .to = field->to,
                         .offset = field->offset,
                         .null = field->null || field->nullable_word,
                         .primary_key = key,
                         .unique = field->unique || key || one,
                         .concrete = !kind->many,
                         .own = field->own != NULL};
    column->storage = field->nullable_word ? kind->null_storage : kind->storage;
    column->hook = cv_own_hook(column);
    if (kind->relation && !kind->many) {
        column->attribute = cv_arena_printf(arena, "%s_id", field->name);
        column->key_storage = cv_registry_key_storage(field->to);
    }
    if (column->concrete)
        column->column = field->db_column ? field->db_column : column->attribute;
    column->verbose_name = field->verbose_name             ? field->verbose_name
                           : key && info->model->plain_key ? "ID"
                                                           : with_spaces(arena, field->name);
    column->indexed = field->db_index >= 0 ? field->db_index : kind == &cv_slug_field || kind == &cv_foreign_key_field;
    if (column->unique && !field->unique && one)
        column->indexed = false;
}

static void index_names(CvModelInfo *info)
{
    CvArena *arena = cv_registry_arena();
    info->attributes = cv_map_create(arena);
    for (size_t i = 0; i < info->column_count; i++) {
        CvColumn *column = &info->columns[i];
        column->index = (uint16_t)i;
        cv_map_set(info->attributes, cv_slice(column->name), column);
        if (column->attribute != column->name)
            cv_map_set(info->attributes, cv_slice(column->attribute), column);
    }
    if (info->key)
        cv_map_set(info->attributes, CV_SLICE("pk"), (void *)(uintptr_t)info->key);
}

/* A field that stands for the parent's row: book_ptr. */
static const CvField *parent_field(const CvModel *model)
{
    CvArena *arena = cv_registry_arena();
    CvField *field = cv_arena_new(arena, CvField);
    *field = cv_field_of(cv_arena_printf(arena, "%s_ptr", cv_model_info(model->parent)->lower), &cv_one_to_one_field,
                         model->parent);
    field->on_delete = CV_CASCADE;
    field->editable = false;
    field->offset = (uint32_t)sizeof(CvRow);
    return field;
}

/* What is no column: its own generic fields and copies of its parent's. */
static void take_generics(CvModelInfo *info, const CvModelInfo *parent, CvFields fields)
{
    size_t inherited = parent ? parent->generic_count : 0, most = inherited;
    for (size_t i = 0; i < fields.count; i++)
        most += fields.items[i].kind->generic;
    info->generics = cv_arena_new_array(cv_registry_arena(), CvGeneric, most + 1);
    for (size_t i = 0; i < inherited; i++)
        info->generics[info->generic_count++] =
            (CvGeneric){.field = parent->generics[i].field, .model = info->model, .inherited = true};
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].kind->generic)
            info->generics[info->generic_count++] = (CvGeneric){.field = &fields.items[i], .model = info->model};
    for (size_t i = 0; i < info->generic_count; i++)
        info->generics[i].concrete_model = info->generics[i].field->for_concrete_model != 0;
}

/* Columns stand in the order of the list, but `_order` after them and many-to-many fields last, as in Django. */
static int turn_of(const CvField *field)
{
    return field->kind->many ? 2 : field->order_within ? 1 : 0;
}

/* The column `_order` and what it goes by. */
static void find_order(CvModelInfo *info, CvErrors *errors)
{
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].field->order_within && info->columns[i].model == info->model)
            info->order = &info->columns[i];
    if (!info->order)
        return;
    const CvField *field = info->order->field;
    const char *name = field->order_within;
    for (size_t i = 0; i < info->generic_count; i++)
        if (info->generics[i].field->kind == &cv_generic_key_field && !strcmp(info->generics[i].field->name, name))
            info->order_generic = &info->generics[i];
    info->order_within = cv_map_get(info->attributes, cv_slice(name));
    if (!info->order_within && !info->order_generic)
        cv_registry_wrong(errors, info, field, "%s has no field named '%s'", info->model->name, name);
    else if (info->order_within && (!info->order_within->concrete || !info->order_within->column))
        cv_registry_wrong(errors, info, field, "%s: '%s' of order_with_respect_to holds no one value.", info->label,
                          name);
}

/* What is told of all columns together. */
static void sum_up(CvModelInfo *info)
{
    for (size_t i = 0; i < info->column_count; i++) {
        info->concrete_count += info->columns[i].concrete;
        info->files |= cv_column_is_file(&info->columns[i]);
        info->moments |= cv_column_sets_itself(&info->columns[i]);
        info->references |= info->columns[i].storage == CV_STORE_REFERENCE;
        info->database_sets |= info->columns[i].field->generated || info->columns[i].field->db_default;
    }
}

static size_t tables_of(const CvModel *model)
{
    size_t count = 0;
    for (; model; model = model->parent)
        count += !model->proxy;
    return count;
}

bool cv_registry_columns(CvModelInfo *info, CvErrors *errors)
{
    CvArena *arena = cv_registry_arena();
    const CvModel *model = info->model;
    CvModelInfo *parent = model->parent ? *model->parent->info : NULL;
    if (info->columns)
        return true;
    if (model->parent && (!parent || !cv_registry_columns(parent, errors))) {
        cv_registry_wrong(errors, info, NULL, "%s: its parent %s is in no app", info->label, model->parent->name);
        return false;
    }
    if (!model->proxy && tables_of(model) == CV_MOST_INHERITED + 1)
        cv_registry_wrong(errors, info, NULL, "%s: more than %d models with tables inherit from each other",
                          info->label, CV_MOST_INHERITED);
    CvFields fields = cv_registry_fields(model);
    size_t inherited = parent ? parent->column_count : 0, at = 0, own = 0;
    take_generics(info, parent, fields);
    for (size_t i = 0; i < fields.count; i++)
        own += !fields.items[i].kind->generic && fields.items[i].kind != &cv_composite_field;
    info->columns = cv_arena_new_array(arena, CvColumn, inherited + fields.count + 1);
    info->fields = fields.items;
    info->field_count = fields.count;
    if (parent) {
        memcpy(info->columns, parent->columns, inherited * sizeof *info->columns);
        for (size_t i = 0; i < inherited; i++)
            if (!model->proxy)
                info->columns[i].primary_key = false;
        at = parent->concrete_count;
        /* many-to-many fields stay last */
        memmove(info->columns + at + own + (model->proxy ? 0 : 1), info->columns + at,
                (inherited - at) * sizeof *info->columns);
        if (model->proxy) {
            info->concrete = parent->concrete;
            info->table = parent->table;
        } else {
            CvColumn *link = &info->columns[at++];
            fill(info, link, parent_field(model), true);
            /* The link's storage is the key itself: ebook->pk. */
            link->storage = link->key_storage;
            info->parent_link = link;
        }
    }
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < fields.count; i++)
            if (turn_of(&fields.items[i]) == turn && !fields.items[i].kind->generic &&
                fields.items[i].kind != &cv_composite_field)
                fill(info, &info->columns[at++], &fields.items[i], i == 0 && model->has_key);
    info->column_count = inherited + own + (info->parent_link ? 1 : 0);
    sum_up(info);
    if (fields.count && fields.items[0].kind == &cv_composite_field)
        cv_composite_columns(info, &fields.items[0], errors);
    else if (model->proxy)
        info->key = parent->key_parts ? parent->key : NULL;
    if (model->proxy) {
        info->key_parts = parent->key_parts;
        info->key_columns = parent->key_columns;
    }
    for (size_t i = 0; i < info->column_count && !info->key; i++)
        if (info->columns[i].primary_key)
            info->key = &info->columns[i];
    index_names(info);
    find_order(info, errors);
    return true;
}
