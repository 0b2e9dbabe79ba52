/* order.c: rows that stand in an order of their own among those of one parent (Django's order_with_respect_to). */
#include "orm/generic_private.h"
#include "orm/write_private.h"

#define MOST_GROUPS 500 /* of one query: the database bounds how long an OR may be */

/* What rows must share to be numbered together: the values of one field, or of the two behind a generic foreign key. */
typedef struct Group {
    const char *names[3];
    CvValue values[2];
    size_t count;
    int64_t next;
} Group;

/* The model that has `_order`: the row's own, or the first above it. */
static const CvModelInfo *ordered(const CvModel *model)
{
    for (; model; model = model->parent)
        if (cv_model_info(model)->order)
            return cv_model_info(model);
    return NULL;
}

bool cv_model_is_ordered(const CvModel *model)
{
    return ordered(model) != NULL;
}

static Group group_of(const CvModelInfo *info, const void *row)
{
    const CvGeneric *generic = info->order_generic;
    const CvColumn *columns[] = {generic ? generic->type : info->order_within, generic ? generic->id : NULL};
    Group group = {.count = generic ? 2 : 1};
    for (size_t i = 0; i < group.count; i++) {
        group.names[i] = columns[i]->name;
        group.values[i] = cv_row_get(row, columns[i]);
    }
    return group;
}

static CvQuerySet *everything(const CvModel *model, CvDatabase *database)
{
    CvQuerySet *set = cv_everything_of(model);
    set->database = database;
    return set;
}

/* ---- numbers of new rows ---- */

static void number(CvRow *row, const CvModelInfo *info, int64_t place)
{
    cv_row_forget_given(row, info->order);
    cv_member_set(info->order->storage, (char *)row + info->order->offset, cv_value_int(place));
}

void *cv_row_new_unordered(const CvModel *model)
{
    CvRow *row = cv_row_new(model);
    const CvModelInfo *info = cv_model_info(model);
    if (info->order)
        cv_row_give(row, info->order, cv_value_null());
    return row;
}

static const char *const last[] = {"cv_last", NULL};

static int64_t after(CvValue most)
{
    return most.kind == CV_INT ? most.integer + 1 : 0;
}

void cv_order_new_row(CvRow *row, const CvModel *model, CvDatabase *database)
{
    const CvModelInfo *info = cv_model_info(model);
    CvValue most = cv_value_object(cv_most_of("_order")), found = cv_value_null();
    if (CV_LIKELY(!info->order))
        return;
    Group group = group_of(info, row);
    CvQuerySet *set = cv_filter_at(everything(model, database), NULL, group.count, group.names, group.values);
    (void)cv_dict_get_slice(cv_aggregate_at(set, NULL, 1, last, &most), cv_slice(last[0]), &found);
    number(row, info, after(found));
}

/* Values as text, that rows and results find the same group. */
static CvSlice text_of(const CvValue *values, size_t count)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < count; i++) {
        CvSlice part = cv_value_repr(cv_arena(), values[i]);
        cv_buffer_printf(&out, "%zu:", part.length);
        cv_buffer_append(&out, part.data, part.length);
    }
    return cv_buffer_slice(&out);
}

/* One of the conditions holds; halved, so that nothing is nested deeply. */
static CvExpr *any_of(Group *const *groups, size_t count)
{
    if (count == 1)
        return cv_q_of(NULL, groups[0]->count, groups[0]->names, groups[0]->values);
    return cv_or(any_of(groups, count / 2), any_of(groups + count / 2, count - count / 2));
}

/* The next numbers of groups that have rows. */
static void ask(const CvModel *model, CvDatabase *database, CvMap *known, Group *const *groups, size_t count)
{
    CvValue most = cv_value_object(cv_most_of("_order"));
    CvQuerySet *set = cv_where_at(everything(model, database), any_of(groups, count), false);
    set = cv_annotate_at(cv_values_list_at(set, NULL, groups[0]->names, false), NULL, 1, last, &most);
    size_t parts = groups[0]->count, found = cv_length_of(set);
    for (size_t i = 0; i < found; i++) {
        const CvValue *items = cv_item_of(set, i).list->items;
        Group *group = cv_map_get(known, text_of(items, parts));
        if (group)
            group->next = after(items[parts]);
    }
}

/* A row that was given a number keeps it; zero is none. */
static bool is_numbered(const CvRow *row, const CvModelInfo *info)
{
    return !cv_row_given(row, info->order) && !cv_row_is_empty(row, info->order);
}

void cv_order_new_rows(void *const *rows, size_t count, const CvModel *model, CvDatabase *database)
{
    const CvModelInfo *info = cv_model_info(model);
    if (!info->order)
        return;
    CvMap *known = cv_map_create(cv_arena());
    CV_VECTOR(Group *) groups = {0};
    Group **of_row = cv_new_array(Group *, count);
    for (size_t i = 0; i < count; i++) {
        Group group = group_of(info, rows[i]);
        CvSlice text = text_of(group.values, group.count);
        of_row[i] = cv_map_get(known, text);
        if (of_row[i])
            continue;
        of_row[i] = cv_new(Group);
        *of_row[i] = group;
        cv_map_set(known, text, of_row[i]);
        cv_vector_push(cv_arena(), &groups, of_row[i]);
    }
    for (size_t i = 0; i < groups.count; i += MOST_GROUPS)
        ask(model, database, known, groups.items + i, groups.count - i < MOST_GROUPS ? groups.count - i : MOST_GROUPS);
    for (size_t i = 0; i < count; i++)
        if (!is_numbered(rows[i], info))
            number(rows[i], info, of_row[i]->next++);
}

/* ---- the order of a parent's rows ---- */

static bool is_kind_of(const CvModel *model, const CvModel *wanted)
{
    for (; model; model = model->parent)
        if (cv_model_info(model)->concrete == cv_model_info(wanted)->concrete)
            return true;
    return false;
}

bool cv_model_orders(const CvModel *owner, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    return info->order && info->order_within && info->order_within->to && is_kind_of(owner, info->order_within->to);
}

const CvModel *cv_model_ordered_by(const CvModel *owner, CvSlice name)
{
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        if (cv_slice_is(name, cv_model_lower(model)) && cv_model_orders(owner, model))
            return model;
    return NULL;
}

static CvQuerySet *rows_of(const CvModel *model, const void *owner, const char *verb)
{
    if (!cv_model_orders(cv_row_model(owner), model))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s_%s_order'", cv_row_model(owner)->name, verb,
                 cv_model_lower(model));
    const CvColumn *within = cv_model_info(model)->order_within;
    const char *const names[] = {within->name, NULL};
    CvValue key = cv_row_get(owner, within->to_column);
    CvQuerySet *set = cv_objects_of(model);
    set->database = cv_write_database(owner);
    return cv_filter_at(set, NULL, 1, names, &key);
}

CvQuerySet *cv_order_of(const CvModel *model, const void *owner)
{
    static const char *const key[] = {"pk", NULL};
    return cv_flat_at(rows_of(model, owner, "get"), NULL, key);
}

void cv_set_order_of(const CvModel *model, const void *owner, size_t count, const CvValue *keys)
{
    static const char *const names[] = {"_order", NULL};
    const CvModelInfo *info = cv_model_info(model);
    CvQuerySet *set = rows_of(model, owner, "set");
    void **rows = cv_new_array(void *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const CvRow *row = cv_value_row(keys[i]);
        if (row && !is_kind_of(cv_row_model(row), model))
            cv_raise(CV_ERROR_TYPE, "The order of rows of %s takes their keys, or rows, not a row of %s.", model->name,
                     cv_row_model(row)->name);
        rows[i] = cv_row_new(model);
        cv_row_set(rows[i], info->key, row ? cv_row_key(row) : keys[i]);
        number(rows[i], info, (int64_t)i);
    }
    (void)cv_bulk_update_in(set, rows, count, &(const CvBulkOptions){.update_fields = names});
}

void *cv_neighbour_in_order(const void *row, bool next)
{
    static const char *const key[] = {"pk", NULL}, *const place[] = {"_order", NULL}, *const back[] = {"-_order", NULL};
    const char *const beyond[] = {next ? "_order__gt" : "_order__lt", NULL};
    const CvModel *model = cv_row_model(row);
    const CvModelInfo *info = ordered(model);
    if (!info)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'get_%s_in_order'", model->name,
                 next ? "next" : "previous");
    CvValue own = cv_row_key(row);
    if (own.kind == CV_NULL)
        return NULL;
    Group group = group_of(info, row);
    CvQuerySet *set = cv_objects_of(model), *mine = cv_objects_of(model);
    set->database = mine->database = cv_write_database(row);
    CvValue here = cv_value_object(cv_flat_at(cv_filter_at(mine, NULL, 1, key, &own), NULL, place));
    set = cv_filter_at(cv_filter_at(set, NULL, group.count, group.names, group.values), NULL, 1, beyond, &here);
    return cv_first_of(cv_order_by_at(set, NULL, next ? place : back));
}
