/* save.c: one row into the database, as Django's save() does it: INSERT or UPDATE, parents first, signals around. */
#include "orm/file_private.h"
#include "orm/generic_private.h"
#include "orm/own_field.h"
#include "orm/signals.h"
#include "orm/write_private.h"

#include "db/dialect.h"
#include "db/stored.h"

/* ---- what happens to a row before it is written ---- */

bool cv_write_names(const char *const *names, const CvColumn *column)
{
    return !names || cv_names_hold(names, column->name) || cv_names_hold(names, column->attribute);
}

bool cv_column_sets_itself(const CvColumn *column)
{
    const CvField *field = column->field;
    return field->auto_now || field->auto_now_add || (field->own && field->own->before_save);
}

static void set_moments(CvRow *row, bool adding, const char *const *names)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; info->moments && i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        const CvField *field = column->field;
        if (!cv_write_names(names, column))
            continue;
        cv_own_before_save(row, column, adding);
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

void cv_write_moments(CvRow *row, bool adding)
{
    cv_row_store_files(row, NULL);
    set_moments(row, adding, NULL);
}

void cv_write_references(CvRow *row, const char *operation, const char *const *names)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; info->references && i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        char *member = (char *)row + column->offset;
        if (CV_LIKELY(column->storage != CV_STORE_REFERENCE) || cv_row_is_deferred(row, column) ||
            !cv_write_names(names, column))
            continue;
        void **target = cv_reference_row(column, member);
        if (!*target)
            continue;
        CvValue key = cv_row_get(*target, column->to_column);
        if (key.kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "%s() prohibited to prevent data loss due to unsaved related object '%s'.",
                     operation, column->name);
        if (cv_row_get(row, column).kind == CV_NULL) /* it got its key since it was assigned */
            cv_member_set(column->key_storage, member, key);
    }
}

CvDatabase *cv_write_database(const CvRow *row)
{
    return row->database ? (CvDatabase *)(uintptr_t)row->database : cv_database_or_raise(NULL);
}

CvValue cv_write_value(CvArena *arena, CvRow *row, const CvColumn *column)
{
    CvValue value = cv_row_get(row, column);
    const CvOwnField *own = cv_column_own(column);
    if (CV_UNLIKELY(own && own->convert))
        value = cv_column_convert(arena, column, value); /* C code may have put anything into the member */
    return cv_column_store(arena, column, value);
}

const CvColumn *cv_write_column(const CvModel *model, const char *name)
{
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    if (!column)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", model->name, name);
    return column;
}

/* ---- plain rows: statements that are made once and kept with their model ---- */

typedef struct Statements {
    CvSqlText insert[2], update, upsert; /* insert: without and with the key */
    const CvColumn **inserted[2];
    size_t inserted_count[2];
} Statements;

static Statements *statements_of(const CvModel *model)
{
    CvModelInfo *info = *model->info;
    if (!info->statements)
        info->statements = cv_arena_new(cv_model_arena(model), Statements);
    return info->statements;
}

static bool is_inserted(const CvColumn *column, const CvModel *model, bool with_key)
{
    return column->concrete && cv_write_belongs(column, model) && !column->field->generated &&
           (with_key || !column->primary_key || !column->field->kind->automatic);
}

static CvSqlText insert_text(CvArena *arena, const CvModel *model, bool with_key)
{
    CvBuffer sql = cv_buffer(arena);
    const CvModelInfo *info = cv_model_info(model);
    size_t count = 0;
    cv_buffer_append_string(&sql, "INSERT INTO ");
    cv_sql_quote(&sql, info->table);
    cv_buffer_append_string(&sql, " (");
    for (size_t i = 0; i < info->concrete_count; i++) {
        if (!is_inserted(&info->columns[i], model, with_key))
            continue;
        cv_buffer_append_string(&sql, count++ ? ", " : "");
        cv_sql_quote(&sql, info->columns[i].column);
    }
    if (!count) {
        sql.length -= 2;
        cv_buffer_append_string(&sql, " DEFAULT VALUES");
        return cv_sql_text(cv_buffer_string(&sql));
    }
    for (size_t i = 0; i < count; i++)
        cv_buffer_append_string(&sql, i ? ", ?" : ") VALUES (?");
    cv_buffer_append_string(&sql, ")");
    return cv_sql_text(cv_buffer_string(&sql));
}

#define ROOM 40 /* bytes that a date, time or UUID takes as text */

__attribute__((noinline)) static void put_any(CvArena *arena, CvRow *row, const CvColumn *column, CvValue *out)
{
    *out = cv_write_value(arena, row, column);
}

__attribute__((noinline)) static void put_date(CvDate date, CvValue *out, char *room)
{
    *out = cv_date_is_set(date) ? cv_value_slice(cv_slice_of(room, cv_stored_write_date(room, date))) : cv_value_null();
}

/* The driver writes its text. */
__attribute__((noinline)) static void put_moment(CvDateTime moment, CvValue *out)
{
    *out = cv_value_datetime(moment);
    if (out->kind == CV_DATETIME)
        cv_stored_check_moment(moment);
}

/* cv_write_value() without detours for members that hold what the column's own kind says; `room` takes its text. What
 * needs values of its own stands apart, so that the others are cheap. */
static inline void put_value(CvArena *arena, CvRow *row, const CvColumn *column, CvValue *out, char *room)
{
    const void *member = (const char *)row + column->offset;
    if (CV_UNLIKELY(row->extra != NULL || column->primary_key || column->own)) {
        put_any(arena, row, column, out);
        return;
    }
    switch (column->storage) {
    case CV_STORE_INTEGER:
        cv_value_put_int(out, *(const int64_t *)member);
        return;
    case CV_STORE_FLOAT:
        cv_value_put_float(out, *(const double *)member);
        return;
    case CV_STORE_BOOL:
        cv_value_put_bool(out, *(const bool *)member);
        return;
    case CV_STORE_TEXT:
        cv_value_put_string(out, *(const char *const *)member);
        return;
    case CV_STORE_DECIMAL:
        cv_value_put_string(out, ((const CvDecimal *)member)->text);
        return;
    case CV_STORE_DATE:
        put_date(*(const CvDate *)member, out, room);
        return;
    case CV_STORE_DATETIME:
        put_moment(*(const CvDateTime *)member, out);
        return;
    default:
        put_any(arena, row, column, out);
    }
}

/* The columns of an INSERT, found once. */
static const CvColumn **inserted_columns(Statements *statements, const CvModel *model, bool with_key)
{
    const CvModelInfo *info = cv_model_info(model);
    const CvColumn **columns = cv_arena_new_array(cv_model_arena(model), const CvColumn *, info->concrete_count + 1);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (is_inserted(&info->columns[i], model, with_key))
            columns[statements->inserted_count[with_key]++] = &info->columns[i];
    return columns;
}

/* `room`: ROOM bytes for each of the model's columns. */
static size_t insert_values(CvArena *arena, CvRow *row, const CvModel *model, bool with_key, CvValue *out, char *room)
{
    Statements *statements = statements_of(model);
    if (CV_UNLIKELY(!statements->inserted[with_key]))
        statements->inserted[with_key] = inserted_columns(statements, model, with_key);
    const CvColumn *const *columns = statements->inserted[with_key];
    size_t count = statements->inserted_count[with_key];
    for (size_t i = 0; i < count; i++)
        put_value(arena, row, columns[i], &out[i], room + i * ROOM);
    return count;
}

static bool has_key(const CvRow *row, const CvModel *model)
{
    const CvColumn *key = cv_model_info(model)->key;
    return !key->field->kind->automatic || cv_row_get(row, key).kind != CV_NULL;
}

static void insert_plain(CvRow *row, const CvModel *model, CvDatabase *database, bool with_key)
{
    const CvModelInfo *info = cv_model_info(model);
    Statements *statements = statements_of(model);
    CvSqlText *text = &statements->insert[with_key];
    CvValue few[24] CV_UNINITIALIZED, *values = few;
    char little[24 * ROOM] CV_UNINITIALIZED, *room = little;
    int64_t id = 0;
    if (CV_UNLIKELY(!text->sql))
        *text = insert_text(cv_model_arena(model), model, with_key);
    if (info->concrete_count > CV_COUNT_OF(few)) {
        values = cv_arena_new_array(cv_arena(), CvValue, info->concrete_count);
        room = cv_arena_alloc_raw(cv_arena(), info->concrete_count * ROOM, 1);
    }
    size_t count = insert_values(cv_arena(), row, model, with_key, values, room);
    (void)cv_send(database, text, count, values, with_key ? NULL : &id);
    if (!with_key)
        cv_member_set(info->key->storage, (char *)row + info->key->offset, cv_value_int(id));
}

static void insert_one(CvRow *row, const CvModel *model, CvDatabase *database)
{
    bool with_key = has_key(row, model);
    if (CV_LIKELY(cv_write_is_plain(row, cv_model_info(model))))
        insert_plain(row, model, database, with_key);
    else
        cv_write_insert(&row, 1, model, database, with_key, NULL);
}

static CvSqlText update_text(CvArena *arena, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    CvBuffer sql = cv_buffer(arena);
    const char *before = " SET ";
    cv_buffer_append_string(&sql, "UPDATE ");
    cv_sql_quote(&sql, info->table);
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (column->primary_key || !is_inserted(column, model, true))
            continue;
        cv_buffer_append_string(&sql, before);
        cv_sql_quote(&sql, column->column);
        cv_buffer_append_string(&sql, " = ?");
        before = ", ";
    }
    cv_buffer_append_string(&sql, " WHERE ");
    cv_sql_quote(&sql, info->key->column);
    cv_buffer_append_string(&sql, " = ?");
    return cv_sql_text(cv_buffer_string(&sql));
}

/* True if there was such a row. */
static bool update_one(CvRow *row, const CvModel *model, CvDatabase *database, const char *const *names)
{
    const CvModelInfo *info = cv_model_info(model);
    CvArena *arena = cv_arena();
    if (names || !cv_write_is_plain(row, info) || (row->extra && row->extra->deferred) || info->key_parts)
        return cv_write_update(row, model, database, names);
    CvValue *values = cv_arena_new_array(arena, CvValue, info->concrete_count + 1);
    char *room = cv_arena_alloc_raw(arena, info->concrete_count * ROOM, 1);
    size_t count = 0;
    for (size_t i = 0; i < info->concrete_count; i++)
        if (!info->columns[i].primary_key && is_inserted(&info->columns[i], model, true)) {
            put_value(arena, row, &info->columns[i], &values[count], room + count * ROOM);
            count++;
        }
    if (!count)
        return cv_write_update(row, model, database, names);
    values[count++] = cv_write_value(arena, row, info->key);
    Statements *statements = statements_of(model);
    if (!statements->update.sql)
        statements->update = update_text(cv_model_arena(model), model);
    return cv_send(database, &statements->update, count, values, NULL) > 0;
}

/* ---- one row ---- */

typedef struct Save {
    CvRow *row;
    CvDatabase *database;
    const CvSaveOptions *options;
    const char *const *names; /* what is updated; NULL: all */
} Save;

static bool key_has_default(const CvColumn *key)
{
    const CvField *field = key->field;
    bool integer = cv_column_base(key)->storage <= CV_STORE_NULL_INTEGER || field->kind->relation;
    return field->default_call || field->db_default ||
           (integer ? field->default_integer != CV_NO_NUMBER : field->default_text != NULL);
}

static bool is_there(const Save *save, const CvModel *model)
{
    const char *keys[] = {"pk", NULL};
    CvValue key = cv_row_get(save->row, cv_model_info(model)->key);
    CvQuerySet *set = cv_everything_of(model);
    set->database = save->database;
    return cv_exists_of_set(cv_filter_at(set, NULL, 1, keys, &key));
}

/* True if it was there. */
static bool save_table(const Save *save, const CvModel *model, bool force_insert)
{
    const CvColumn *key = cv_model_info(model)->key;
    bool forced = save->options->force_update || save->names;
    bool known = (forced || !force_insert) && cv_row_get(save->row, key).kind != CV_NULL;
    if (!known && forced)
        cv_raise(CV_ERROR_VALUE, "Cannot force an update in save() with no primary key.");
    if (!force_insert && !forced && !save->row->database && key_has_default(key))
        force_insert = true;
    if (known && !force_insert) {
        if (model->options->select_on_save && !forced) {
            if (is_there(save, model) && update_one(save->row, model, save->database, NULL))
                return true;
        } else if (update_one(save->row, model, save->database, save->names)) {
            return true;
        }
        if (forced)
            cv_raise(CV_ERROR_NOT_UPDATED, save->options->force_update
                                               ? "Forced update did not affect any rows."
                                               : "Save with update_fields did not affect any rows.");
    }
    if (cv_model_info(model)->order)
        cv_order_new_row(save->row, model, save->database);
    set_moments(save->row, true, NULL);
    insert_one(save->row, model, save->database);
    return false;
}

/* The row and the rows that it is made of in its parents' tables, these first. */
static bool save_tables(const Save *save)
{
    const CvModel *chain[CV_MOST_INHERITED] = {NULL}, *model = cv_model_info(cv_row_model(save->row))->concrete;
    size_t count = 0;
    bool updated = true, inserted = false;
    for (; model && count < CV_COUNT_OF(chain); model = model->parent)
        if (!model->proxy)
            chain[count++] = model;
    if (count == 1) {
        CvMark mark = cv_mark_begin(save->database);
        updated = save_table(save, chain[0], save->options->force_insert);
        cv_mark_end(mark);
        return updated;
    }
    CV_ATOMIC_PART(save->database)
    {
        while (count--) {
            updated = save_table(save, chain[count], inserted || (count == 0 && save->options->force_insert));
            inserted |= !updated;
        }
    }
    return updated;
}

static void tell(CvSignal *signal, const Save *save, bool created, bool raw)
{
    const CvModel *model = cv_row_model(save->row);
    if (cv_row_signal_wanted(signal, model) && !cv_model_info(model)->automatic)
        cv_row_signal_send(signal, &(CvRowEvent){.sender = model,
                                                 .row = save->row,
                                                 .database = cv_database_alias(save->database),
                                                 .update_fields = save->names,
                                                 .created = created,
                                                 .raw = raw});
}

/* What is there of a row that was loaded in parts. */
static const char *const *loaded_names(const CvRow *row)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    const char **names = cv_new_array(const char *, info->concrete_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!column->primary_key && column->concrete && (!cv_row_is_deferred(row, column) || cv_row_given(row, column)))
            names[count++] = column->name;
    }
    return count ? names : NULL;
}

static void check_names(const CvModel *model, const char *const *names)
{
    CvBuffer wrong = cv_buffer(cv_arena());
    for (; *names; names++) {
        const CvColumn *column = cv_model_column(model, cv_slice(*names));
        if (!column || !column->concrete || column->primary_key)
            cv_buffer_printf(&wrong, "%s%s", wrong.length ? ", " : "", *names);
    }
    if (wrong.length)
        cv_raise(CV_ERROR_VALUE,
                 "The following fields do not exist in this model, are m2m fields, primary keys, or "
                 "are non-concrete fields: %s",
                 cv_buffer_string(&wrong));
}

void cv_save_row(void *row_, const CvSaveOptions *options)
{
    CvRow *row = row_;
    const CvModel *model = cv_row_model(row);
    if (model->type.resolve != cv_row_type_resolve) /* the type is what its address says: a set, a form */
        cv_raise(CV_ERROR_TYPE, "a row can be saved, not an object (%s)", model->type.name);
    Save save = {.row = row, .options = options, .names = options->update_fields};
    save.database = options->using ? cv_database_or_raise(options->using) : cv_write_database(row);
    cv_row_keep_assigned(row);
    cv_write_references(row, "save", NULL);
    if (options->force_insert && (options->force_update || (save.names && *save.names)))
        cv_raise(CV_ERROR_VALUE, "Cannot force both insert and updating in model saving.");
    if (save.names) {
        if (!*save.names)
            return;
        check_names(model, save.names);
    } else if (CV_UNLIKELY(row->extra != NULL) && row->extra->deferred && !options->force_insert &&
               row->database == save.database) {
        save.names = loaded_names(row);
    }
    if (model->options->before_save)
        model->options->before_save(row);
    if (cv_model_info(model)->generic_count)
        cv_generic_settle(row, "save");
    tell(&cv_pre_save, &save, false, false);
    cv_row_store_files(row, save.names);
    set_moments(row, row->database == NULL && options->force_insert, save.names);
    bool updated = save_tables(&save);
    row->database = save.database;
    tell(&cv_post_save, &save, !updated, false);
}

void *cv_insert_row(void *row)
{
    cv_save_row(row, &(const CvSaveOptions){.force_insert = true});
    return row;
}

void cv_save(void *row)
{
    cv_save_row(row, &(const CvSaveOptions){0});
}

void cv_save_fields_of(void *row, const char *const *names)
{
    cv_save_row(row, &(const CvSaveOptions){.update_fields = names});
}

static void save_it(void *row)
{
    cv_save(row);
}

bool cv_try_save(void *row, CvError **error)
{
    return cv_try(save_it, row, error);
}

/* ---- rows as they stand, for fixtures ---- */

static CvSqlText upsert_text(CvArena *arena, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    CvBuffer sql = cv_buffer(arena);
    size_t count = 0, parts = 0;
    cv_buffer_append_string(&sql, insert_text(arena, model, true).sql);
    cv_buffer_append_string(&sql, " ON CONFLICT (");
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].primary_key && is_inserted(&info->columns[i], model, true)) {
            cv_buffer_append_string(&sql, parts++ ? ", " : "");
            cv_sql_quote(&sql, info->columns[i].column);
        }
    cv_buffer_append_string(&sql, ") DO UPDATE SET ");
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (column->primary_key || !is_inserted(column, model, true))
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

void cv_save_raw(void *row_)
{
    CvRow *row = row_;
    const CvModel *model = cv_model_info(cv_row_model(row))->concrete;
    const CvModelInfo *info = cv_model_info(model);
    const CvSaveOptions none = {0};
    const Save save = {.row = row, .database = cv_write_database(row), .options = &none};
    CvArena *arena = cv_arena();
    const CvValue *place = info->order ? cv_row_given(row, info->order) : NULL;
    tell(&cv_pre_save, &save, false, true);
    if (place && place->kind == CV_NULL) /* a fixture that says nothing of the order */
        cv_order_new_row(row, model, save.database);
    CvMark mark = cv_mark_begin(save.database);
    if (!has_key(row, model)) {
        insert_one(row, model, save.database);
    } else {
        Statements *statements = statements_of(model);
        CvValue *values = cv_arena_new_array(arena, CvValue, info->concrete_count);
        char *room = cv_arena_alloc_raw(arena, info->concrete_count * ROOM, 1);
        if (!statements->upsert.sql)
            statements->upsert = upsert_text(cv_model_arena(model), model);
        size_t count = insert_values(arena, row, model, true, values, room);
        (void)cv_send(save.database, &statements->upsert, count, values, NULL);
    }
    cv_mark_end(mark);
    row->database = save.database;
    tell(&cv_post_save, &save, true, true);
}
