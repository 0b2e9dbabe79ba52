/* schema_change.c: what tells two versions of a column apart, and who depends on it. */
#include "orm/schema_private.h"

#include "base/vector.h"
#include "orm/own_field.h"
#include "orm/registry_private.h"

#include <math.h>

/* ---- what rows get that are there ---- */

/* Somebody declared a default. */
static bool has_default(const CvColumn *column)
{
    const CvField *field = column->field;
    if (field->default_call)
        return true;
    switch (field->kind->relation ? CV_STORE_INTEGER : field->kind->storage) {
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
        return field->default_integer != CV_NO_NUMBER;
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        return !isnan(field->default_real);
    case CV_STORE_BOOL:
    case CV_STORE_NULL_BOOL:
        return field->default_boolean >= 0;
    default:
        return field->default_text != NULL;
    }
}

static CvValue moment_of(const CvColumn *column)
{
    CvDateTime now = cv_now();
    CvClock clock = cv_datetime_clock(now, cv_default_zone());
    return column->storage == CV_STORE_DATE   ? cv_value_date(clock.date)
           : column->storage == CV_STORE_TIME ? cv_value_time(clock.time)
                                              : cv_value_datetime(now);
}

const char *cv_column_filling(CvArena *arena, const CvColumn *column, const CvZone *zone)
{
    const CvField *field = column->field;
    CvValue value = cv_value_null();
    if (has_default(column))
        value = cv_column_default(arena, column);
    else if (field->order_within)
        value = cv_value_int(0);
    else if (field->generated)
        return NULL;
    else if (!column->null && field->blank && field->kind == &cv_binary_field)
        return "X''";
    else if (!column->null && field->blank && field->kind->text)
        value = cv_value_slice(CV_SLICE(""));
    else if (field->auto_now || field->auto_now_add)
        value = moment_of(column);
    return value.kind == CV_NULL ? NULL : cv_column_literal(arena, column, value, zone);
}

/* ---- what differs ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_list(const char *const *a, const char *const *b)
{
    if (!a || !b)
        return a == b;
    size_t i = 0;
    while (a[i] && b[i] && strcmp(a[i], b[i]) == 0)
        i++;
    return !a[i] && !b[i];
}

static bool same_default(const CvColumn *old, const CvColumn *now)
{
    const CvField *a = old->field, *b = now->field;
    if (a->default_call != b->default_call || has_default(old) != has_default(now))
        return false;
    if (!has_default(old) || a->default_call)
        return true;
    switch (a->kind->relation ? CV_STORE_INTEGER : a->kind->storage) {
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
        return a->default_integer == b->default_integer;
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        return a->default_real == b->default_real;
    case CV_STORE_BOOL:
    case CV_STORE_NULL_BOOL:
        return a->default_boolean == b->default_boolean;
    default:
        return same_text(a->default_text, b->default_text);
    }
}

static bool same_database_default(CvArena *arena, const CvColumn *old, const CvColumn *now)
{
    bool constant;
    if (!old->field->db_default || !now->field->db_default)
        return old->field->db_default == now->field->db_default;
    return same_text(cv_column_database_default(arena, old, &constant),
                     cv_column_database_default(arena, now, &constant));
}

/* What the database itself does when a target goes stands in the table. */
static CvOnDelete database_action(const CvField *field)
{
    CvOnDelete action = field->on_delete;
    return action == CV_DB_CASCADE || action == CV_DB_SET_NULL || action == CV_DB_SET_DEFAULT ? action : CV_CASCADE;
}

static bool same_relation(const CvColumn *old, const CvColumn *now)
{
    const CvField *a = old->field, *b = now->field;
    if (!a->kind->relation)
        return true;
    const CvModelInfo *to = cv_model_info(old->to), *to_now = cv_model_info(now->to);
    if (strcmp(to->table, to_now->table) != 0 || (a->kind->many && strcmp(to->label_lower, to_now->label_lower) != 0))
        return false;
    if (!same_text(a->to_field, b->to_field) || !a->db_constraint != !b->db_constraint ||
        database_action(a) != database_action(b))
        return false;
    return !a->kind->many || (strcmp(old->name, now->name) == 0 && same_text(a->db_table, b->db_table) &&
                              same_list(a->through_fields, b->through_fields) &&
                              cv_column_between(old).automatic == cv_column_between(now).automatic);
}

static bool same_kind_options(const CvField *a, const CvField *b)
{
    if (a->kind->relation)
        return true;
    return a->max_length == b->max_length && same_text(a->db_collation, b->db_collation) &&
           same_text(a->protocol, b->protocol) && a->unpack_ipv4 == b->unpack_ipv4 &&
           a->allow_unicode == b->allow_unicode && a->max_digits == b->max_digits &&
           a->decimal_places == b->decimal_places && a->auto_now == b->auto_now && a->auto_now_add == b->auto_now_add &&
           same_text(a->upload_to, b->upload_to) && a->upload_to_call == b->upload_to_call &&
           a->storage == b->storage && same_text(a->width_field, b->width_field) &&
           same_text(a->height_field, b->height_field) && same_text(a->path, b->path) &&
           same_text(a->match, b->match) && a->recursive == b->recursive && a->no_files == b->no_files &&
           a->allow_folders == b->allow_folders;
}

/* What was asked for: that a one-to-one field has its index from being unique does not count. */
static bool wants_index(const CvColumn *column)
{
    return column->to ? column->field->db_index != 0 : column->indexed;
}

static bool same_own(const CvOwnField *a, const CvOwnField *b)
{
    return a == b || (a && b && strcmp(a->name, b->name) == 0 && same_text(a->column_type, b->column_type));
}

bool cv_column_differs(CvArena *arena, const CvColumn *old, const CvColumn *now)
{
    const CvField *a = old->field, *b = now->field;
    if (a->kind->generic && b->kind->generic)
        return false;
    if (a->kind != b->kind || !same_own(a->own, b->own) || !same_text(old->column, now->column))
        return true;
    return old->null != now->null || a->unique != b->unique || old->primary_key != now->primary_key ||
           wants_index(old) != wants_index(now) || !same_text(a->db_comment, b->db_comment) ||
           !same_default(old, now) || !same_database_default(arena, old, now) ||
           !same_text(a->unique_for_date, b->unique_for_date) || !same_text(a->unique_for_month, b->unique_for_month) ||
           !same_text(a->unique_for_year, b->unique_for_year) || !same_text(a->generated, b->generated) ||
           a->generated_virtual != b->generated_virtual || !same_relation(old, now) || !same_kind_options(a, b);
}

/* ---- who depends on it ---- */

typedef CV_VECTOR(const CvModel *) Models;

static bool is_among(const Models *all, const CvModel *model)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i] == model)
            return true;
    return false;
}

/* Every column of every model of a set, in the models' order; those of proxies are their parents'. */
static const CvColumn *next_column(const CvModelInfo **info, size_t *at)
{
    for (; *info; *info = (*info)->next, *at = 0)
        while (*at < (*info)->column_count) {
            const CvColumn *column = &(*info)->columns[(*at)++];
            if (column->model == (*info)->model)
                return column;
        }
    return NULL;
}

static void add_pointing(CvArena *arena, Models *all, const CvColumn *column, int depth)
{
    const CvModelInfo *info = cv_model_info(column->model)->models->first;
    size_t at = 0;
    for (const CvColumn *key; (key = next_column(&info, &at));) {
        const CvColumn *to = key->to_column;
        if (!to || to->model != column->model || strcmp(to->name, column->name) != 0 || is_among(all, key->model))
            continue;
        cv_vector_push(arena, all, key->model);
        if (depth < CV_MOST_KEYS)
            add_pointing(arena, all, key, depth + 1);
    }
}

const CvModel *const *cv_column_pointing(CvArena *arena, const CvColumn *column)
{
    Models all = {0};
    add_pointing(arena, &all, column, 0);
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

static bool is_hidden(const CvField *field)
{
    size_t length = field->related_name && !field->kind->many ? strlen(field->related_name) : 0;
    return length && field->related_name[length - 1] == '+';
}

const CvColumn *const *cv_model_pointing(CvArena *arena, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model)->models->first;
    CV_VECTOR(const CvColumn *) all = {0};
    size_t at = 0;
    for (const CvColumn *column; (column = next_column(&info, &at));)
        if (column->to && cv_model_info(column->to)->concrete == model && !cv_model_info(column->model)->automatic &&
            !is_hidden(column->field))
            cv_vector_push(arena, &all, column);
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

CvBetween cv_column_between(const CvColumn *many)
{
    const CvMember *member = cv_model_member(many->model, cv_slice(many->name));
    if (!member && many->field->through) /* of the past, before its table between had both keys */
        return (CvBetween){.model = many->field->through};
    if (!member || member->kind != CV_MEMBER_MANY)
        cv_raise(CV_ERROR_VALUE, "%s.%s is no many-to-many field", many->model->name, many->name);
    return (CvBetween){.model = member->through,
                       .source = member->source,
                       .target = member->target,
                       .automatic = cv_model_info(member->through)->automatic};
}
