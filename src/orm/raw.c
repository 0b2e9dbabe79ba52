/* raw.c: raw(): rows of a model from SQL by hand: columns find their members by name, others are annotations. */
#include "orm/loading.h"

/* ---- making one ---- */

/* Django's places: %s is a value, %% a percent sign. */
static const char *with_places(const char *sql)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (const char *at = sql; *at; at++) {
        if (at[0] == '%' && at[1] == 's') {
            cv_buffer_append_byte(&out, '?');
            at++;
        } else if (at[0] == '%' && at[1] == '%') {
            cv_buffer_append_byte(&out, '%');
            at++;
        } else {
            cv_buffer_append_byte(&out, *at);
        }
    }
    return cv_buffer_string(&out);
}

CvQuerySet *cv_raw_with(const CvModel *model, const CvRawOptions *options)
{
    CvArena *arena = cv_arena();
    CvQuerySet *set = cv_set_create(model, options->using ? cv_database_or_raise(options->using) : NULL);
    CvRawQuery *raw = cv_arena_new(arena, CvRawQuery);
    CvValue *values = cv_arena_new_array(arena, CvValue, options->count + 1);
    size_t pairs = 0;
    for (size_t i = 0; i < options->count; i++)
        values[i] = cv_value_store(arena, options->values[i]);
    while (options->translations && options->translations[pairs])
        pairs++;
    if (pairs % 2)
        cv_raise(CV_ERROR_TYPE, "translations are pairs of names");
    const char **translations = cv_arena_new_array(arena, const char *, pairs + 1);
    for (size_t i = 0; i < pairs; i++)
        translations[i] = cv_arena_strdup(arena, options->translations[i]);
    *raw = (CvRawQuery){with_places(options->sql), options->count, values, pairs / 2, translations};
    set->raw = raw;
    return set;
}

CvQuerySet *cv_raw_of(const CvModel *model, const char *sql, size_t count, const CvValue *values)
{
    return cv_raw_with(model, &(CvRawOptions){.sql = sql, .count = count, .values = values});
}

/* ---- reading it ---- */

static const char *translated(const CvRawQuery *raw, const char *name)
{
    for (size_t i = 0; i < raw->translation_count; i++)
        if (strcmp(raw->translations[2 * i], name) == 0)
            return raw->translations[2 * i + 1];
    return name;
}

static const CvColumn *column_named(const CvModelInfo *info, const char *name)
{
    for (size_t i = 0; i < info->concrete_count; i++)
        if (strcasecmp(info->columns[i].column, name) == 0)
            return &info->columns[i];
    return NULL;
}

/* Which columns of the result are members: each side reads all of them and skips what is the other's. */
static void map_columns(CvLoading *loading, CvPlan *plan)
{
    CvArena *arena = cv_arena();
    const CvModelInfo *info = cv_model_info(loading->set->model);
    size_t count = (size_t)loading->fetch.cursor.columns;
    CvReader *members = cv_arena_new_array(arena, CvReader, count + 1);
    CvReader *values = cv_arena_new_array(arena, CvReader, count + 1);
    const char **names = cv_arena_new_array(arena, const char *, count + 1);
    uint64_t *deferred = cv_arena_new_array(arena, uint64_t, info->column_count / 64 + 1);
    for (size_t i = 0; i < info->concrete_count; i++)
        deferred[i / 64] |= UINT64_C(1) << (i % 64);
    size_t others = 0, missing = info->concrete_count;
    for (size_t i = 0; i < count; i++) {
        const char *name = translated(loading->set->raw, cv_fetch_column_name(&loading->fetch, (int)i));
        const CvColumn *column = column_named(info, name);
        members[i].kind = values[i].kind = CV_READ_SKIP;
        if (column) {
            members[i] = cv_column_reader(column, false, column->offset);
            missing -= deferred[column->index / 64] >> (column->index % 64) & 1;
            deferred[column->index / 64] &= ~(UINT64_C(1) << (column->index % 64));
        } else {
            names[others] = cv_arena_strdup(arena, name);
            values[i] = (CvReader){
                .kind = CV_READ_ANY, .as_value = true, .scale = -1, .offset = (uint32_t)(others++ * sizeof(CvValue))};
        }
    }
    if (deferred[info->key->index / 64] >> (info->key->index % 64) & 1)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "Raw query must include the primary key");
    *plan = (CvPlan){.readers = members,
                     .reader_count = count,
                     .deferred = missing ? deferred : NULL,
                     .value_readers = values,
                     .value_count = others ? count : 0};
    loading->names = names;
    loading->annotations = others;
}

void cv_raw_begin(CvLoading *loading)
{
    const CvRawQuery *raw = loading->set->raw;
    CvArena *arena = cv_arena();
    CvPlan *plan = cv_arena_new(arena, CvPlan);
    CvSqlText *text = cv_arena_new(arena, CvSqlText);
    *text = cv_sql_text(raw->sql);
    cv_fetch_begin(&loading->fetch, loading->database, text, raw->count, raw->values, arena);
    loading->open = true;
    loading->at_row = cv_fetch_step(&loading->fetch); /* which columns "*" has is known by now, not before */
    loading->ahead = true;
    map_columns(loading, plan);
    loading->plan = plan;
}
