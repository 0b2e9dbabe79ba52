/* run_http_facts.c: utilities, requests, responses and what stands on them, against http.jsonl. */
#include "run_http_facts.h"

enum { MOST_TABLES = 16 };

static const FactCheck *checks[MOST_TABLES] = {http_message_checks, http_request_checks, http_body_checks};
static const FactFunction *calls[MOST_TABLES] = {text_calls, http_calls};

void facts_add(const FactCheck *more_checks, const FactFunction *more_calls)
{
    for (size_t i = 0; more_checks && i < MOST_TABLES; i++)
        if (!checks[i]) {
            checks[i] = more_checks;
            break;
        }
    for (size_t i = 0; more_calls && i < MOST_TABLES; i++)
        if (!calls[i]) {
            calls[i] = more_calls;
            break;
        }
}

bool facts_outcome(CvBuffer *why, const CvDict *record, bool done, const CvError *error)
{
    if (!done)
        return same_error(why, record, error);
    if (!record_has(record, "raises"))
        return true;
    cv_buffer_append_string(why, "no failure");
    return false;
}

CvValue facts_arg(CvArena *arena, const CvList *args, size_t index)
{
    return index < args->count ? records_decode(arena, args->items[index]) : (CvValue){.kind = CV_MISSING};
}

CvSlice facts_text_arg(CvArena *arena, const CvList *args, size_t index)
{
    CvValue value = facts_arg(arena, args, index);

    return value.kind == CV_STRING ? cv_value_as_slice(value) : cv_value_str(arena, value);
}

CvValue facts_kwarg(CvArena *arena, const CvDict *kwargs, const char *name)
{
    CvValue value;

    if (!kwargs || !cv_dict_get_slice(kwargs, cv_slice(name), &value))
        return (CvValue){.kind = CV_MISSING};
    return records_decode(arena, value);
}

static bool call(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice name = record_text(record, "func");
    CvValue args = record_get(record, "args"), kwargs = record_get(record, "kwargs"), out = {.kind = CV_NULL};
    CvError error = {0};

    for (size_t table = 0; table < MOST_TABLES && calls[table]; table++)
        for (const FactFunction *function = calls[table]; function->name; function++) {
            if (!cv_slice_is(name, function->name))
                continue;
            bool done = function->call(arena, args.list, kwargs.kind == CV_DICT ? kwargs.dict : NULL, &out, &error);
            if (!done || record_has(record, "raises"))
                return facts_outcome(why, record, done, &error);
            return same_value(arena, why, "result", records_decode(arena, record_get(record, "result")), out);
        }
    cv_buffer_printf(why, "no function %.*s", CV_SLICE_ARG(name));
    return false;
}

static void freeze(CvArena *arena, const CvDict *record)
{
    CvValue now = records_decode(arena, record_get(record, "now"));

    cv_clock_freeze((CvDateTime){0});
    if (now.kind == CV_INT)
        cv_clock_freeze((CvDateTime){now.integer * CV_SECOND, cv_zone_utc});
    else if (now.kind == CV_FLOAT)
        cv_clock_freeze((CvDateTime){(int64_t)(now.real * (double)CV_SECOND), cv_zone_utc});
    else if (now.kind == CV_DATETIME)
        cv_clock_freeze((CvDateTime){now.datetime.microseconds, cv_zone_utc});
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice kind = record_text(record, "kind");

    freeze(arena, record);
    if (cv_slice_is(kind, "call"))
        return call(arena, record, why);
    for (size_t table = 0; table < MOST_TABLES && checks[table]; table++)
        for (const FactCheck *one = checks[table]; one->name; one++)
            if (cv_slice_is(kind, one->name))
                return one->check(arena, record, why);
    cv_buffer_printf(why, "no kind %.*s", CV_SLICE_ARG(kind));
    return false;
}

static bool check_or_raise(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return passes_or_raises(check, arena, record, why);
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check_or_raise);
}
