/* save.c: rows into the database: INSERT, UPDATE, many at once, update() of a set. */
#include "db/dialect.h"
#include "orm/set_private.h"

#include "base/vector.h"

static void quote_table(CvBuffer *sql, const CvModel *model)
{
    cv_sql_quote(sql, cv_model_info(model)->table);
}

static bool belongs(const CvColumn *column, const CvModel *model)
{
    return cv_model_info(column->model)->concrete == cv_model_info(model)->concrete;
}

/* Now, where the field sets itself. */
static void set_moments(CvRow *row, bool adding)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; info->moments && i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        const CvField *field = column->field;
        if (!field->auto_now && !(field->auto_now_add && adding))
            continue;
        CvDateTime now = cv_now();
        CvClock clock = cv_datetime_clock(now, cv_default_zone());
        cv_row_set(row, column,
                   column->storage == CV_STORE_DATE   ? cv_value_date(clock.date)
                   : column->storage == CV_STORE_TIME ? cv_value_time(clock.time)
                                                      : cv_value_datetime(now));
    }
}

/* A row given to a reference may have got its key since. */
static CvValue value_of(CvArena *arena, CvRow *row, const CvColumn *column)
{
    CvValue value = cv_row_get(row, column);
    if (column->storage == CV_STORE_REFERENCE && value.kind == CV_NULL) {
        void *target = *cv_reference_row(column, (char *)row + column->offset);
        if (target) {
            value = cv_row_get(target, column->to_column);
            if (value.kind == CV_NULL)
                cv_raise(CV_ERROR_VALUE, "save() prohibited to prevent data loss due to unsaved related object '%s'.",
                         column->name);
            cv_member_set(column->key_storage, (char *)row + column->offset, value);
        }
    }
    return cv_column_store(arena, column, value);
}

static CvSqlText insert_text(CvArena *arena, const CvModel *model, bool with_key, size_t rows)
{
    CvBuffer sql = cv_buffer(arena);
    const CvModelInfo *info = cv_model_info(model);
    size_t count = 0;
    cv_buffer_append_string(&sql, "INSERT INTO ");
    quote_table(&sql, model);
    cv_buffer_append_string(&sql, " (");
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!belongs(column, model) || column->field->generated || (column == info->key && !with_key))
            continue;
        cv_buffer_append_string(&sql, count++ ? ", " : "");
        cv_sql_quote(&sql, column->column);
    }
    if (!count) {
        sql.length -= 2;
        cv_buffer_append_string(&sql, " DEFAULT VALUES");
        return cv_sql_text(cv_buffer_string(&sql));
    }
    cv_buffer_append_string(&sql, ") VALUES ");
    for (size_t row = 0; row < rows; row++) {
        cv_buffer_append_string(&sql, row ? ", (" : "(");
        for (size_t i = 0; i < count; i++)
            cv_buffer_append_string(&sql, i ? ", ?" : "?");
        cv_buffer_append_string(&sql, ")");
    }
    return cv_sql_text(cv_buffer_string(&sql));
}

/* The statements of a model are made once and kept with it. */
typedef struct Statements {
    CvSqlText insert, insert_with_key, update, upsert;
    size_t updated;
} Statements;

static Statements *statements_of(const CvModel *model)
{
    CvModelInfo *info = *model->info;
    if (!info->statements)
        info->statements = cv_arena_new(cv_registry_arena(), Statements);
    return info->statements;
}

/* value_of() for the kinds whose values are bound as they stand. */
static inline void put_value(CvArena *arena, CvRow *row, const CvColumn *column, CvValue *out)
{
    const char *member = (const char *)row + column->offset, *text;
    if (CV_UNLIKELY(row->extra != NULL || column->primary_key)) {
        *out = value_of(arena, row, column);
        return;
    }
    switch (column->storage) {
    case CV_STORE_INTEGER:
        *out = cv_value_int(*(const int64_t *)(const void *)member);
        return;
    case CV_STORE_FLOAT:
        *out = cv_value_float(*(const double *)(const void *)member);
        return;
    case CV_STORE_BOOL:
        *out = cv_value_bool(*(const bool *)(const void *)member);
        return;
    case CV_STORE_TEXT:
        text = *(const char *const *)(const void *)member;
        *out = text ? cv_value_slice(cv_slice(text)) : cv_value_null();
        return;
    default:
        *out = value_of(arena, row, column);
    }
}

static size_t insert_values(CvArena *arena, CvRow *row, const CvModel *model, bool with_key, CvValue *out)
{
    const CvModelInfo *info = cv_model_info(model);
    size_t count = 0;
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (belongs(column, model) && !column->field->generated && (column != info->key || with_key))
            put_value(arena, row, column, &out[count++]);
    }
    return count;
}

static void insert_one(CvRow *row, const CvModel *model, CvDatabase *database)
{
    CvArena *arena = cv_arena();
    const CvModelInfo *info = cv_model_info(model);
    Statements *statements = statements_of(model);
    const CvColumn *key = info->key;
    bool with_key = !key->field->kind->automatic || cv_row_get(row, key).kind != CV_NULL;
    CvSqlText *text = with_key ? &statements->insert_with_key : &statements->insert;
    CvValue few[24] CV_UNINITIALIZED, *values = few;
    int64_t id = 0;
    if (!text->sql)
        *text = insert_text(cv_registry_arena(), model, with_key, 1);
    if (info->concrete_count > CV_COUNT_OF(few))
        values = cv_arena_new_array(arena, CvValue, info->concrete_count);
    size_t count = insert_values(arena, row, model, with_key, values);
    (void)cv_send(database, text, count, values, with_key ? NULL : &id);
    if (!with_key)
        cv_member_set(key->storage, (char *)row + key->offset, cv_value_int(id));
}

/* True if there was such a row. */
static bool update_one(CvRow *row, const CvModel *model, CvDatabase *database, const char *const *names)
{
    CvArena *arena = cv_arena();
    const CvModelInfo *info = cv_model_info(model);
    Statements *statements = statements_of(model);
    CvBuffer sql = cv_buffer(arena);
    CvValue *values = cv_arena_new_array(arena, CvValue, info->concrete_count + 1);
    bool whole = !names && (!row->extra || !row->extra->deferred), kept = whole && statements->update.sql;
    size_t count = 0;
    if (!kept) {
        cv_buffer_append_string(&sql, "UPDATE ");
        quote_table(&sql, model);
        cv_buffer_append_string(&sql, " SET ");
    }
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        bool named = !names;
        for (const char *const *name = names; name && *name; name++)
            named |= strcmp(*name, column->name) == 0 || strcmp(*name, column->attribute) == 0;
        if (!named || column == info->key || !belongs(column, model) || column->field->generated ||
            cv_row_is_deferred(row, column))
            continue;
        if (!kept) {
            cv_buffer_append_string(&sql, count ? ", " : "");
            cv_sql_quote(&sql, column->column);
            cv_buffer_append_string(&sql, " = ?");
        }
        values[count++] = value_of(arena, row, column);
    }
    values[count] = cv_column_store(arena, info->key, cv_row_get(row, info->key));
    if (!count) {
        const char *keys[] = {"pk", NULL};
        CvValue key = cv_row_get(row, info->key);
        return cv_exists_of_set(cv_filter_at(cv_everything_of(model), NULL, 1, keys, &key));
    }
    CvSqlText text = statements->update;
    if (!kept) {
        cv_buffer_append_string(&sql, " WHERE ");
        cv_sql_quote(&sql, info->key->column);
        cv_buffer_append_string(&sql, " = ?");
        const char *made = cv_buffer_string(&sql);
        text = cv_sql_text(whole ? cv_arena_strdup(cv_registry_arena(), made) : made);
        if (whole)
            statements->update = text;
    }
    return cv_send(database, &text, count + 1, values, NULL) > 0;
}

/* ---- one row ---- */

static CvDatabase *database_of(const CvRow *row)
{
    return row->database ? (CvDatabase *)(uintptr_t)row->database : cv_database_or_raise(NULL);
}

static bool has_default_key(const CvRow *row, const CvColumn *key)
{
    return key->field->default_call || cv_row_get(row, key).kind == CV_NULL;
}

static void save_table(CvRow *row, const CvModel *model, CvDatabase *database, bool force_insert,
                       const char *const *names)
{
    const CvModelInfo *info = cv_model_info(model);
    bool adding = row->database == NULL;
    CvValue key = cv_row_get(row, info->key);
    bool insert = force_insert || key.kind == CV_NULL || (adding && !names && has_default_key(row, info->key));
    if (!insert && update_one(row, model, database, names))
        return;
    if (names)
        cv_raise(CV_ERROR_DATABASE, "Save with update_fields did not affect any rows.");
    insert_one(row, model, database);
}

static void save_all(CvRow *row, CvDatabase *database, bool force_insert, const char *const *names)
{
    const CvModel *chain[16], *model = cv_model_info(cv_row_model(row))->concrete;
    size_t count = 0;
    for (; model && count < CV_COUNT_OF(chain); model = model->parent)
        if (!model->proxy)
            chain[count++] = model;
    if (count == 1) {
        save_table(row, chain[0], database, force_insert, names);
        return;
    }
    CV_ATOMIC_IN(cv_database_alias(database))
    {
        while (count--)
            save_table(row, chain[count], database, force_insert, names);
    }
}

static void save(CvRow *row, bool force_insert, const char *const *names)
{
    const CvModel *model = cv_row_model(row);
    if (model->type.resolve != cv_row_type_resolve) /* the type is what its address says: a set, a form */
        cv_raise(CV_ERROR_TYPE, "a row can be saved, not an object (%s)", model->type.name);
    CvDatabase *database = database_of(row);
    if (names && !*names)
        return;
    if (model->options->before_save)
        model->options->before_save(row);
    set_moments(row, row->database == NULL);
    save_all(row, database, force_insert, names);
    row->database = database;
}

void *cv_insert_row(void *row)
{
    save(row, true, NULL);
    return row;
}

void cv_save(void *row)
{
    save(row, false, NULL);
}

static void check_names(const CvModel *model, const char *const *names)
{
    for (; *names; names++) {
        const CvColumn *column = cv_model_column(model, cv_slice(*names));
        if (!column || !column->concrete || column->primary_key)
            cv_raise(CV_ERROR_VALUE,
                     "The following fields do not exist in this model, are m2m fields, primary keys, or "
                     "are non-concrete fields: %s",
                     *names);
    }
}

void cv_save_fields_of(void *row, const char *const *names)
{
    check_names(cv_row_model(row), names);
    save(row, false, names);
}

static void save_it(void *row)
{
    cv_save(row);
}

bool cv_try_save(void *row, CvError **error)
{
    return cv_try(save_it, row, error);
}

void cv_reload(void *row)
{
    CvRow *known = row;
    const CvModel *model = cv_row_model(row);
    const char *keys[] = {"pk", NULL};
    CvValue key = cv_row_key(row);
    CvQuerySet *set = cv_everything_of(model);
    set->database = (CvDatabase *)(uintptr_t)known->database;
    void *fresh = cv_get_at(set, NULL, 1, keys, &key);
    if (!fresh)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->name);
    memcpy(row, fresh, model->size);
}

void cv_row_load_deferred(const void *row, const CvColumn *column)
{
    CvRow *known = (CvRow *)(uintptr_t)row;
    const CvModel *model = cv_row_model(row);
    const char *keys[] = {"pk", NULL}, *names[] = {column->attribute, NULL};
    uint64_t *bits = cv_arena_memdup(cv_arena(), known->extra->deferred,
                                     (cv_model_info(model)->column_count / 64 + 1) * sizeof *bits);
    CvValue key = cv_row_key(row);
    CvQuerySet *set = cv_everything_of(model);
    set->database = (CvDatabase *)(uintptr_t)known->database;
    char *fresh = cv_get_at(cv_only_at(set, NULL, names), NULL, 1, keys, &key);
    if (!fresh)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->name);
    memcpy((char *)known + column->offset, fresh + column->offset, cv_column_size(column));
    bits[column->index / 64] &= ~(UINT64_C(1) << (column->index % 64));
    known->extra->deferred = bits;
}

/* ---- rows as they stand, for fixtures ---- */

static CvSqlText upsert_text(CvArena *arena, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    CvBuffer sql = cv_buffer(arena);
    size_t count = 0;
    cv_buffer_append_string(&sql, insert_text(arena, model, true, 1).sql);
    cv_buffer_append_string(&sql, " ON CONFLICT (");
    cv_sql_quote(&sql, info->key->column);
    cv_buffer_append_string(&sql, ") DO UPDATE SET ");
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!belongs(column, model) || column->field->generated || column == info->key)
            continue;
        cv_buffer_append_string(&sql, count++ ? ", " : "");
        cv_sql_quote(&sql, column->column);
        cv_buffer_append_string(&sql, " = excluded.");
        cv_sql_quote(&sql, column->column);
    }
    if (!count) {
        sql.length -= strlen("UPDATE SET ");
        cv_buffer_append_string(&sql, "NOTHING");
    }
    return cv_sql_text(cv_buffer_string(&sql));
}

void cv_save_raw(void *row)
{
    const CvModel *model = cv_model_info(cv_row_model(row))->concrete;
    const CvModelInfo *info = cv_model_info(model);
    CvDatabase *database = database_of(row);
    CvArena *arena = cv_arena();
    if (cv_row_get(row, info->key).kind == CV_NULL) {
        insert_one(row, model, database);
    } else {
        Statements *statements = statements_of(model);
        CvValue *values = cv_arena_new_array(arena, CvValue, info->concrete_count);
        if (!statements->upsert.sql)
            statements->upsert = upsert_text(cv_registry_arena(), model);
        size_t count = insert_values(arena, row, model, true, values);
        (void)cv_send(database, &statements->upsert, count, values, NULL);
    }
    ((CvRow *)row)->database = database;
}

/* ---- many rows ---- */

static void insert_batch(CvRow *const *rows, size_t count, const CvModel *model, CvDatabase *database, bool with_key,
                         bool ignore)
{
    CvArena *arena = cv_arena();
    const CvModelInfo *info = cv_model_info(model);
    CvSqlText text = insert_text(arena, model, with_key, count);
    if (ignore)
        text = cv_sql_text(cv_arena_printf(arena, "INSERT OR IGNORE%s", text.sql + strlen("INSERT")));
    CvValue *values = cv_arena_new_array(arena, CvValue, cv_size_multiply(count, info->concrete_count));
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        at += insert_values(arena, rows[i], model, with_key, values + at);
    int64_t last = 0;
    (void)cv_send(database, &text, at, values, &last);
    for (size_t i = 0; i < count; i++) { /* SQLite numbers the rows of one INSERT one by one */
        if (!with_key && !ignore)
            cv_member_set(info->key->storage, (char *)rows[i] + info->key->offset,
                          cv_value_int(last - (int64_t)(count - 1 - i)));
        rows[i]->database = database;
    }
}

void cv_insert_rows(void *const *rows, size_t count)
{
    cv_insert_rows_or(rows, count, false);
}

void cv_insert_rows_or(void *const *rows, size_t count, bool ignore)
{
    if (!count)
        return;
    const CvModel *model = cv_row_model(rows[0]);
    const CvModelInfo *info = cv_model_info(model);
    CvDatabase *database = database_of(rows[0]);
    if (info->parent_link)
        cv_raise(CV_ERROR_VALUE, "Can't bulk create a multi-table inherited model");
    CV_ATOMIC_IN(cv_database_alias(database))
    {
        /* Rows with a key, then rows that get one. */
        for (int with_key = 1; with_key >= 0; with_key--) {
            CvRow **batch = cv_arena_new_array(cv_arena(), CvRow *, count);
            size_t at = 0, most = cv_database_dialect(database)->most_parameters / (info->concrete_count + 1);
            for (size_t i = 0; i < count; i++) {
                bool has = !info->key->field->kind->automatic || cv_row_get(rows[i], info->key).kind != CV_NULL;
                if (has == (with_key == 1) && !(with_key == 0 && ((CvRow *)rows[i])->database))
                    batch[at++] = rows[i];
            }
            for (size_t i = 0; i < at; i++)
                set_moments(batch[i], true);
            for (size_t i = 0; i < at; i += most)
                insert_batch(batch + i, at - i < most ? at - i : most, model, database, with_key == 1, ignore);
        }
    }
}

/* ---- update() of a set ---- */

int64_t cv_update_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot update a query once a slice has been taken.");
    CvQuerySet *asked = cv_set_step(set, CV_STEP_UPDATE, site, count, keys, values);
    CvDatabase *database = cv_set_database(set);
    CvPlan *plan = cv_plan_of(asked, CV_FOR_UPDATE, database);
    int64_t changed = 0;
    if (!plan->nothing && count)
        changed = cv_send(database, &plan->text, plan->bind_count, cv_plan_bind(cv_arena(), plan, asked), NULL);
    cv_plan_release(plan);
    return changed;
}
