/* functions_dates.c: parts of dates and times, and dates cut to a unit. */
#include "orm/functions_private.h"

/* "IsoWeekDay" as "iso_week_day". */
static const char *snake(CvArena *arena, CvSlice camel)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < camel.length; i++) {
        char c = camel.data[i];
        if (c >= 'A' && c <= 'Z') {
            if (i)
                cv_buffer_append_byte(&out, '_');
            c = (char)(c + 32);
        }
        cv_buffer_append_byte(&out, c);
    }
    return cv_buffer_string(&out);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(name, *names))
            return true;
    return false;
}

static const char *const of_dates[] = {"year",     "iso_year",     "quarter", "month", "week",
                                       "week_day", "iso_week_day", "day",     NULL};
static const char *const of_times[] = {"hour", "minute", "second", NULL};
static const char *const cuts[] = {"year", "quarter", "month", "week", "day", "hour", "minute", "second", NULL};

/* What the term is called in a message. */
static const char *path_of(const CvFunctionCall *call, const CvTerm *term)
{
    const CvExpr *item = call->expr->items[0];
    return item->kind == CV_EXPR_F ? item->name : term->column ? term->column->name : "expression";
}

static const char *zone_of(const CvFunctionCall *call, const CvTerm *term, size_t part)
{
    CvSlice zone = call->name.parts[part];
    if (term->read != CV_READ_DATETIME && zone.length)
        cv_raise_later(call->query, CV_ERROR_VALUE, "tzinfo can only be used with DateTimeField.");
    if (term->read != CV_READ_DATETIME)
        return NULL;
    const char *name = cv_slice_string(call->query->arena, zone);
    if (zone.length && !cv_zone(name))
        cv_raise(CV_ERROR_VALUE, "'%s' is no time zone.", name);
    return zone.length && cv_use_tz() ? name : cv_zone_name(call->query->compile->zone);
}

static CvTerm extract(const CvFunctionCall *call, const char *part)
{
    CvTerm term = cv_query_resolve(call->query, call->expr->items[0], call->slot);
    bool date = term.read == CV_READ_DATE, time = term.read == CV_READ_TIME;
    if (!date && !time && term.read != CV_READ_DATETIME) {
        if (term.read == CV_READ_DURATION)
            cv_raise_later(call->query, CV_ERROR_VALUE, "Extract requires native DurationField database support.");
        else if (call->expr->items[0]->kind != CV_EXPR_OUTER)
            cv_raise(CV_ERROR_VALUE,
                     "Extract input expression must be DateField, DateTimeField, TimeField, or DurationField.");
    }
    if (date && is_one_of(part, of_times))
        cv_raise(CV_ERROR_VALUE, "Cannot extract time component '%s' from DateField '%s'.", part, path_of(call, &term));
    CvSql *node = cv_sql_make(call->query->arena, CV_SQL_DATE_PART, term.sql);
    node->text = part;
    node->text2 = zone_of(call, &term, 0);
    node->number = time;
    return cv_term_of(node, CV_READ_INTEGER);
}

static CvTerm cut(const CvFunctionCall *call, const char *unit, size_t zone_part, CvRead wanted)
{
    CvTerm term = cv_query_resolve(call->query, call->expr->items[0], call->slot);
    const char *class_name = cv_term_class(&term), *path = path_of(call, &term);
    bool date = term.read == CV_READ_DATE, time = term.read == CV_READ_TIME;
    if (!date && !time && term.read != CV_READ_DATETIME)
        cv_raise(CV_ERROR_TYPE, "'%s' isn't a DateField, TimeField, or DateTimeField.", path);
    if ((date && (is_one_of(unit, of_times) || !strcmp(unit, "time"))) || (date && wanted == CV_READ_DATETIME))
        cv_raise(CV_ERROR_VALUE, "Cannot truncate %s '%s' to %s.", class_name, path,
                 wanted == CV_READ_DATETIME || is_one_of(unit, of_times) ? "DateTimeField" : "TimeField");
    if (time && (is_one_of(unit, of_dates) || !strcmp(unit, "date") || wanted == CV_READ_DATETIME))
        cv_raise(CV_ERROR_VALUE, "Cannot truncate %s '%s' to DateTimeField.", class_name, path);
    if (time && strcmp(unit, "time") != 0) {
        (void)zone_of(call, &term, zone_part);
        CvSql *parts[] = {cv_sql_literal(call->query->arena, cv_slice(unit)), term.sql};
        return cv_term_of(cv_sql_call(call->query->arena, "django_time_trunc", 2, parts), CV_READ_TIME);
    }
    CvSql *node = cv_sql_make(call->query->arena, CV_SQL_DATE_CUT, term.sql);
    node->text = unit;
    node->text2 = zone_of(call, &term, zone_part);
    node->number = time;
    CvRead read = !strcmp(unit, "date") ? CV_READ_DATE : !strcmp(unit, "time") ? CV_READ_TIME : (CvRead)term.read;
    if (wanted == CV_READ_DATE && read == CV_READ_DATETIME) {
        node = cv_sql_call(call->query->arena, "date", 1, &node);
        read = CV_READ_DATE;
    }
    CvTerm out = cv_term_of(node, read);
    if (read == CV_READ_DATETIME && node->text2)
        out.zone = *node->text2 ? cv_zone(node->text2) : cv_zone_naive;
    return out;
}

bool cv_function_of_dates(const CvFunctionCall *call, CvTerm *out)
{
    CvArena *arena = call->query->arena;
    CvSlice name = call->name.name;
    bool dates = cv_slice_is(name, "Dates");
    if (dates || cv_slice_is(name, "DateTimes")) {
        const char *unit = cv_slice_string(arena, call->name.parts[0]);
        if (!is_one_of(unit, cuts))
            return false;
        *out = cut(call, unit, 1, dates ? CV_READ_DATE : CV_READ_DATETIME);
        return true;
    }
    if (cv_slice_starts_with(name, CV_SLICE("Extract"))) {
        const char *part = snake(arena, cv_slice_skip(name, 7));
        if (!is_one_of(part, of_dates) && !is_one_of(part, of_times))
            return false;
        *out = extract(call, part);
        return true;
    }
    if (!cv_slice_starts_with(name, CV_SLICE("Trunc")))
        return false;
    const char *unit = snake(arena, cv_slice_skip(name, 5));
    if (!is_one_of(unit, cuts) && strcmp(unit, "date") != 0 && strcmp(unit, "time") != 0)
        return false;
    *out = cut(call, unit, 0, call->any_type ? (CvRead)call->wanted : CV_READ_ANY);
    return true;
}
