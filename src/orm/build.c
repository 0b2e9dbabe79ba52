/* build.c: models made while the program runs, those of many-to-many tables among them. */
#include "orm/registry_private.h"

static size_t aligned(size_t size, size_t alignment)
{
    return (size + alignment - 1) / alignment * alignment;
}

static const char *const *copy_list(CvArena *arena, const char *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    const char **copy = list ? cv_arena_new_array(arena, const char *, count + 1) : NULL;
    for (size_t i = 0; i < count; i++)
        copy[i] = cv_arena_strdup(arena, list[i]);
    return copy;
}

/* Lists made with CV_LIST() in a function end with it. */
static void copy_lists(CvArena *arena, CvModelOptions *options)
{
    options->ordering = copy_list(arena, options->ordering);
    options->unique_together = copy_list(arena, options->unique_together);
    options->natural_key = copy_list(arena, options->natural_key);
    options->permissions = copy_list(arena, options->permissions);
    options->default_permissions = copy_list(arena, options->default_permissions);
}

/* Who sets itself is not for people to set. */
static void settle_field(CvField *field)
{
    if (field->auto_now || field->auto_now_add) {
        field->editable = false;
        field->blank = true;
    }
    field->blank |= field->kind->automatic;
}

typedef struct Base {
    const CvModel *parent;
    bool proxy, has_key, plain_key;
} Base;

static const CvModel *build(CvArena *arena, const char *name, const CvField *fields, size_t count,
                            const CvModelOptions *options, Base base)
{
    bool plain_key = base.plain_key;
    struct {
        CvModel model;
        CvModelInfo *info;
        CvModelOptions options;
    } *made = cv_arena_alloc(arena, sizeof *made);
    const char *order = options ? options->order_with_respect_to : NULL;
    CvField *copy = cv_arena_new_array(arena, CvField, count + 2);
    if (plain_key) {
        copy[0] = cv_field_of("id", &cv_big_auto_field, NULL);
        copy[0].blank = true;
    }
    if (count)
        memcpy(copy + plain_key, fields, count * sizeof *copy);
    if (order) {
        copy[plain_key + count] = cv_field("_order", &cv_integer_field, NULL, .editable = false,
                                           .order_within = cv_arena_strdup(arena, order));
        count++;
    }
    for (size_t i = 0; i < count + plain_key; i++) {
        settle_field(&copy[i]);
        if (copy[i].null && copy[i].kind->null_storage != copy[i].kind->storage)
            copy[i].nullable_word = true;
    }
    made->options = options ? *options : (CvModelOptions){0};
    copy_lists(arena, &made->options);
    CvModel model = {.type = CV_ROW_TYPE(name),
                     .name = name,
                     .file = "run time",
                     .field_items = copy,
                     .field_count = count + plain_key,
                     .options = &made->options,
                     .constraints = made->options.constraints,
                     .managers = made->options.managers,
                     .parent = base.parent,
                     .proxy = base.proxy,
                     .has_key = base.has_key,
                     .plain_key = plain_key,
                     .info = &made->info};
    made->model = model;
    return &made->model;
}

const CvModel *cv_model_build(CvArena *arena, const char *name, const CvField *fields, size_t count,
                              const CvModelOptions *options)
{
    return build(arena, name, fields, count, options, (Base){.has_key = true, .plain_key = true});
}

const CvModel *cv_model_build_with_key(CvArena *arena, const char *name, const CvField *fields, size_t count,
                                       const CvModelOptions *options)
{
    return build(arena, name, fields, count, options, (Base){.has_key = true});
}

const CvModel *cv_model_build_child(CvArena *arena, const char *name, const CvModel *parent, bool proxy,
                                    const CvField *fields, size_t count, const CvModelOptions *options)
{
    return build(arena, name, fields, count, options, (Base){.parent = parent, .proxy = proxy});
}

/* Bytes of the member. */
static size_t member_size(const CvField *field)
{
    CvStorage storage = field->nullable_word ? field->kind->null_storage : field->kind->storage;
    if (field->kind == &cv_generic_key_field)
        return sizeof(CvTarget);
    if (storage == CV_STORE_REFERENCE)
        return aligned(cv_storage_size(cv_registry_key_storage(field->to)), sizeof(void *)) + sizeof(void *);
    if (field->kind == &cv_file_field || field->kind == &cv_image_field)
        return sizeof(CvFieldFile);
    return cv_storage_size(storage);
}

void cv_registry_lay_out(const CvModel *model)
{
    size_t at = sizeof(CvRow);
    if (model->size)
        return;
    if (model->parent) {
        cv_registry_lay_out(model->parent);
        at = model->parent->size;
    }
    for (size_t i = 0; i < model->field_count; i++) {
        CvField *field = (CvField *)(uintptr_t)&model->field_items[i];
        at = aligned(at, 8);
        field->offset = (uint32_t)at;
        at += member_size(field);
    }
    ((CvModel *)(uintptr_t)model)->size = aligned(at, 16);
}

const CvModel *cv_registry_through(CvModelInfo *info, const CvField *field)
{
    CvArena *arena = cv_registry_arena();
    const CvModelInfo *to = *field->to->info;
    bool self = field->to == info->model;
    const char *source = self ? cv_arena_printf(arena, "from_%s", info->lower) : info->lower;
    const char *target = self ? cv_arena_printf(arena, "to_%s", info->lower) : to->lower;
    CvField fields[] = {cv_field(source, &cv_foreign_key_field, info->model, .on_delete = CV_CASCADE,
                                 .related_name = cv_arena_printf(arena, "%s_%s+", info->model->name, field->name),
                                 .db_constraint = field->db_constraint),
                        cv_field(target, &cv_foreign_key_field, field->to, .on_delete = CV_CASCADE,
                                 .related_name = cv_arena_printf(arena, "%s_%s_to+", info->model->name, field->name),
                                 .db_constraint = field->db_constraint)};
    const char **together = cv_arena_new_array(arena, const char *, 3);
    together[0] = source;
    together[1] = target;
    CvModelOptions options = {.unique_together = together,
                              .db_table = field->db_table ? field->db_table
                                                          : cv_arena_printf(arena, "%s_%s", info->table, field->name)};
    const CvModel *model = build(arena, cv_arena_printf(arena, "%s_%s", info->model->name, field->name), fields, 2,
                                 &options, (Base){.has_key = true, .plain_key = true});
    CvErrors errors = {.arena = arena};
    cv_registry_lay_out(model);
    CvModelInfo *made = cv_registry_add(info->app_label, model);
    made->automatic = true;
    made->owner = info->model;
    made->members = cv_map_create(arena);
    made->accessors = cv_map_create(arena);
    (void)cv_registry_columns(made, &errors);
    return model;
}

CvFields cv_fields_placed(CvField *items, const size_t *offsets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].offset != offsets[i]) { /* once: afterwards they are read only */
            items[i].offset = (uint32_t)offsets[i];
            settle_field(&items[i]);
        }
    return (CvFields){items, count};
}
