/* bulk.c: many rows at once: bulk_create(), bulk_update(), update() of a set. */
#include "orm/generic_private.h"
#include "orm/write_private.h"

#include "db/dialect.h"

/* ---- bulk_create ---- */

static void check_columns(const CvModel *model, const char *const *names, bool keys, const char *where)
{
    for (; names && *names; names++) {
        const CvColumn *column = cv_write_column(model, *names);
        if (!column->concrete || !column->column)
            cv_raise(CV_ERROR_VALUE, "bulk_create() can only be used with concrete fields in %s.", where);
        if (column->primary_key && !keys)
            cv_raise(CV_ERROR_VALUE, "bulk_create() cannot be used with primary keys in %s.", where);
    }
}

static void check_conflicts(const CvModel *model, const CvBulkOptions *options)
{
    bool update = options->update_fields && *options->update_fields,
         unique = options->unique_fields && *options->unique_fields;
    if (options->ignore_conflicts && options->update_conflicts)
        cv_raise(CV_ERROR_VALUE, "ignore_conflicts and update_conflicts are mutually exclusive.");
    if (!options->update_conflicts)
        return;
    if (!update)
        cv_raise(CV_ERROR_VALUE,
                 "Fields that will be updated when a row insertion fails on conflicts must be provided.");
    if (!unique)
        cv_raise(CV_ERROR_VALUE, "Unique fields that can trigger the upsert must be provided.");
    check_columns(model, options->update_fields, false, "update_fields");
    check_columns(model, options->unique_fields, true, "unique_fields");
}

void cv_bulk_check(const CvModel *model, const CvBulkOptions *options)
{
    for (const CvModel *parent = model; parent; parent = parent->parent)
        if (parent->parent && !parent->proxy)
            cv_raise(CV_ERROR_VALUE, "Can't bulk create a multi-table inherited model");
    check_conflicts(model, options);
}

static bool key_is_set(const CvRow *row, const CvModelInfo *info)
{
    return !info->key->field->kind->automatic || cv_row_get(row, info->key).kind != CV_NULL;
}

/* The columns that one row takes at most. */
static size_t values_of(const CvModelInfo *info)
{
    size_t count = 0;
    for (size_t i = 0; i < info->concrete_count; i++)
        count += info->columns[i].concrete && !info->columns[i].field->generated;
    return count ? count : 1;
}

static void insert_batch(CvRow *const *rows, size_t count, const CvModel *model, CvDatabase *database, bool with_key,
                         const CvConflicts *conflicts)
{
    cv_write_insert(rows, count, model, database, with_key, conflicts);
    for (size_t i = 0; i < count && (with_key || !conflicts->ignore); i++)
        rows[i]->database = database; /* whose key is not told may not be there */
}

static void insert_batches(CvRow *const *rows, size_t count, const CvModel *model, CvDatabase *database, bool with_key,
                           const CvBulkOptions *options)
{
    size_t most = cv_database_dialect(database)->most_parameters / values_of(cv_model_info(model));
    const CvConflicts conflicts = {.ignore = options->ignore_conflicts,
                                   .update = options->update_conflicts ? options->update_fields : NULL,
                                   .unique = options->unique_fields};
    if (options->batch_size && options->batch_size < most)
        most = options->batch_size;
    if (count <= most) {
        insert_batch(rows, count, model, database, with_key, &conflicts);
        return;
    }
    CV_ATOMIC_PART(database)
    {
        for (size_t i = 0; i < count; i += most)
            insert_batch(rows + i, count - i < most ? count - i : most, model, database, with_key, &conflicts);
    }
}

void cv_bulk_create_of(void *const *rows, size_t count, const CvBulkOptions *options)
{
    if (!count)
        return;
    const CvModel *model = cv_model_info(cv_row_model(rows[0]))->concrete;
    const CvModelInfo *info = cv_model_info(model);
    CvDatabase *database = options->using ? cv_database_or_raise(options->using) : cv_write_database(rows[0]);
    cv_bulk_check(cv_row_model(rows[0]), options);
    CvRow **batch = cv_arena_new_array(cv_arena(), CvRow *, count);
    size_t keyed = 0, rest = count;
    for (size_t i = 0; i < count; i++) { /* rows with a key first, each kind in its order */
        if (cv_model_info(cv_row_model(rows[i]))->generic_count)
            cv_generic_settle(rows[i], "bulk_create");
        cv_write_references(rows[i], "bulk_create", NULL);
        cv_write_moments(rows[i], true);
        if (key_is_set(rows[i], info))
            batch[keyed++] = rows[i];
    }
    for (size_t i = count; i-- > 0;)
        if (!key_is_set(rows[i], info))
            batch[--rest] = rows[i];
    if (keyed == 0 || keyed == count) {
        cv_order_new_rows(rows, count, model, database);
        insert_batches(batch, count, model, database, keyed == count, options);
        return;
    }
    CV_ATOMIC_PART(database)
    {
        cv_order_new_rows(rows, count, model, database);
        insert_batches(batch, keyed, model, database, true, options);
        insert_batches(batch + keyed, count - keyed, model, database, false, options);
    }
}

void cv_insert_rows(void *const *rows, size_t count)
{
    cv_bulk_create_of(rows, count, &(const CvBulkOptions){0});
}

void cv_insert_rows_or(void *const *rows, size_t count, bool ignore)
{
    cv_bulk_create_of(rows, count, &(const CvBulkOptions){.ignore_conflicts = ignore});
}

/* ---- bulk_update ---- */

/* CASE WHEN pk = ... THEN ... for each row. */
static CvValue case_of(void *const *rows, size_t count, const CvColumn *column)
{
    CvArena *arena = cv_arena();
    CvExpr **parts = cv_arena_new_array(arena, CvExpr *, cv_size_multiply(count, 2) + 1);
    for (size_t i = 0; i < count; i++) {
        const CvValue *given = cv_row_given(rows[i], column);
        CvExpr *expr = given ? (CvExpr *)(uintptr_t)cv_value_expr(*given) : NULL;
        CvValue key = cv_row_key(rows[i]);
        parts[i * 2] = cv_key_condition(cv_row_model(rows[i]), "exact", key);
        parts[i * 2 + 1] = expr ? expr : cv_constant(cv_write_value(arena, rows[i], column));
    }
    parts[count * 2] = cv_constant(cv_value_null());
    return cv_value_object(cv_function_of("Case", count * 2 + 1, parts));
}

static const CvColumn **updated_columns(const CvModel *model, const char *const *names, size_t *count)
{
    CV_VECTOR(const CvColumn *) columns = {0};
    for (; names && *names; names++) {
        const CvMember *member = cv_model_member(model, cv_slice(*names));
        if (!strcmp(*names, "pk"))
            cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named 'pk'", model->name);
        if (member && member->kind != CV_MEMBER_COLUMN)
            cv_raise(CV_ERROR_VALUE, "bulk_update() can only be used with concrete fields.");
        cv_vector_push(cv_arena(), &columns, cv_write_column(model, *names));
    }
    if (!columns.count)
        cv_raise(CV_ERROR_VALUE, "Field names must be given to bulk_update().");
    for (size_t i = 0; i < columns.count; i++)
        if (!columns.items[i]->concrete || !columns.items[i]->column)
            cv_raise(CV_ERROR_VALUE, "bulk_update() can only be used with concrete fields.");
    for (size_t i = 0; i < columns.count; i++)
        if (columns.items[i]->primary_key || columns.items[i] == cv_model_key(columns.items[i]->model))
            cv_raise(CV_ERROR_VALUE, "bulk_update() cannot be used with primary key fields.");
    *count = columns.count;
    return columns.items;
}

static int64_t update_batch(CvQuerySet *set, void *const *rows, size_t count, const CvColumn *const *columns,
                            size_t column_count)
{
    CvArena *arena = cv_arena();
    const char **keys = cv_arena_new_array(arena, const char *, column_count + 1);
    CvValue *cases = cv_arena_new_array(arena, CvValue, column_count);
    CvList *ids = cv_list_create(arena);
    for (size_t i = 0; i < column_count; i++) {
        keys[i] = columns[i]->attribute;
        cases[i] = case_of(rows, count, columns[i]);
    }
    for (size_t i = 0; i < count; i++)
        cv_list_add(arena, ids, cv_row_key(rows[i]));
    CvValue in = cv_value_list(ids);
    const char *by_key[] = {"pk__in", NULL};
    return cv_update_at(cv_filter_at(set, NULL, 1, by_key, &in), NULL, column_count, keys, cases);
}

int64_t cv_bulk_update_in(CvQuerySet *set, void *const *rows, size_t count, const CvBulkOptions *options)
{
    size_t column_count;
    const CvColumn **columns;
    CvDatabase *database = cv_set_database(set);
    int64_t changed = 0;
    if (!options->update_fields || !*options->update_fields)
        cv_raise(CV_ERROR_VALUE, "Field names must be given to bulk_update().");
    for (size_t i = 0; i < count; i++)
        if (cv_row_key(rows[i]).kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "All bulk_update() objects must have a primary key set.");
    columns = updated_columns(set->model, options->update_fields, &column_count);
    for (size_t i = 0; i < count; i++)
        cv_write_references(rows[i], "bulk_update", options->update_fields);
    size_t most = cv_database_dialect(database)->most_parameters / (column_count + 2);
    if (options->batch_size && options->batch_size < most)
        most = options->batch_size;
    if (!count)
        return 0;
    CV_ATOMIC_PART(database)
    {
        for (size_t i = 0; i < count; i += most)
            changed += update_batch(set, rows + i, count - i < most ? count - i : most, columns, column_count);
    }
    return changed;
}

int64_t cv_bulk_update_of(void *const *rows, size_t count, const CvBulkOptions *options)
{
    if (!count)
        return 0;
    CvQuerySet *set = cv_objects_of(cv_row_model(rows[0]));
    set->database = options->using ? cv_database_or_raise(options->using) : cv_write_database(rows[0]);
    return cv_bulk_update_in(set, rows, count, options);
}

/* ---- update() of a set ---- */

static int64_t update_table(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    CvQuerySet *asked = cv_set_step(set, CV_STEP_UPDATE, site, count, keys, values);
    CvDatabase *database = cv_set_database(set);
    CvPlan *plan = cv_plan_of(asked, CV_FOR_UPDATE, database);
    int64_t changed = 0;
    CvMark mark = cv_mark_begin(database);
    if (!plan->nothing && count)
        changed = cv_send(database, &plan->text, plan->bind_count, cv_plan_bind(cv_arena(), plan, asked), NULL);
    cv_mark_end(mark);
    cv_plan_release(plan);
    return changed;
}

/* The model whose table has the column; the set's own where there is none. */
static const CvModel *owner_of(const CvModel *model, const char *name)
{
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    return column && column->concrete ? cv_model_info(column->model)->concrete : model;
}

/* Columns of several tables: the rows are looked up, then each table is updated by their keys, parents last. */
static int64_t update_tables(CvQuerySet *set, size_t count, const char *const *keys, const CvValue *values)
{
    CvArena *arena = cv_arena();
    const char *by_key[] = {"pk__in", NULL}, *pk[] = {"pk", NULL};
    CvValue ids = cv_value_list(cv_list_of_set(cv_flat_at(set, NULL, pk)));
    size_t most = cv_most_keys(cv_set_database(set), 1);
    int64_t changed = 0;
    bool own = false;
    for (const CvModel *model = cv_model_info(set->model)->concrete; model && ids.list->count; model = model->parent) {
        const char **some = cv_arena_new_array(arena, const char *, count + 1);
        CvValue *their = cv_arena_new_array(arena, CvValue, count);
        size_t at = 0;
        for (size_t i = 0; i < count; i++)
            if (owner_of(set->model, keys[i]) == cv_model_info(model)->concrete && !model->proxy) {
                some[at] = keys[i];
                their[at++] = values[i];
            }
        if (!at)
            continue;
        CvQuerySet *rows = cv_everything_of(model);
        int64_t done = 0;
        rows->database = set->database;
        for (size_t from = 0; from < ids.list->count; from += most) {
            CvValue part = cv_value_list(cv_list_part(ids.list, from, most));
            done += update_table(cv_filter_at(rows, NULL, 1, by_key, &part), NULL, at, some, their);
        }
        if (!own)
            changed = done;
        own = true;
    }
    return changed;
}

static void check_values(const CvModel *model, size_t count, const char *const *keys, const CvValue *values)
{
    for (size_t i = 0; i < count; i++) {
        const CvRow *row = cv_value_row(values[i]);
        const CvColumn *column = cv_model_column(model, cv_slice(keys[i]));
        if (row && column && column->to && cv_row_key(row).kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "Unsaved model instance %.*s cannot be used in an ORM query.",
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), values[i])));
        if (column && column->concrete && !cv_value_is_query(values[i])) /* also where no row is met */
            (void)cv_column_prepare(cv_arena(), column, values[i]);
    }
}

int64_t cv_update_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    cv_refuse_combined(set, "update");
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot update a query once a slice has been taken.");
    const CvModel *own = cv_model_info(set->model)->concrete;
    check_values(set->model, count, keys, values);
    for (size_t i = 0; own->parent && i < count; i++)
        if (owner_of(set->model, keys[i]) != own) {
            int64_t changed = 0;
            CV_ATOMIC_PART(cv_set_database(set))
            {
                changed = update_tables(set, count, keys, values);
            }
            return changed;
        }
    return update_table(set, site, count, keys, values);
}
