/* arithmetic.c: + - * / % and powers in SQL, with Django's rules for what type comes of which two.
 *
 * What has no type is no error by itself (a filter may compare with it); it is one where a value of it is to be read:
 * the node then carries the message (cv_term_require_type). */
#include "orm/functions_private.h"

/* Types that the rules know: integer, float, decimal, date, date-time, time, duration, null, anything else. */
static char group_of(const CvTerm *term, const CvExpr *expr)
{
    static const struct {
        uint8_t read;
        char group;
    } groups[] = {{CV_READ_INTEGER, 'i'},  {CV_READ_INTEGER_NULLABLE, 'i'},
                  {CV_READ_FLOAT, 'f'},    {CV_READ_FLOAT_NULLABLE, 'f'},
                  {CV_READ_DECIMAL, 'd'},  {CV_READ_DATE, 'D'},
                  {CV_READ_DATETIME, 'T'}, {CV_READ_TIME, 't'},
                  {CV_READ_DURATION, 'u'}};
    if (expr->kind == CV_EXPR_VALUE && expr->values[0].kind == CV_NULL)
        return 'n';
    for (size_t i = 0; i < CV_COUNT_OF(groups); i++)
        if (term->read == groups[i].read)
            return groups[i].group;
    return 'x';
}

/* Three letters a rule: left, right, result. */
static char result_of(char left, char op, char right)
{
    static const char *const same[] = {"iii", "fff", "ddd", NULL};
    static const char *const mixed[] = {"idd", "did", "iff", "fif", NULL};
    static const char *const nulls[] = {"ini", "nii", "fnf", "nff", "dnd", "ndd", NULL};
    static const char *const plus[] = {"DuT", "TuT", "uDT", "uTT", "uuu", "tut", "utt", NULL};
    static const char *const minus[] = {"DuT", "TuT", "DDu", "DTu", "TDu", "TTu", "uuu", "tut", "ttu", NULL};
    const char *const *const rules[] = {same, op == '^' ? NULL : mixed, nulls,
                                        op == '+'   ? plus
                                        : op == '-' ? minus
                                                    : NULL};
    for (size_t i = 0; i < CV_COUNT_OF(rules); i++)
        for (const char *const *rule = rules[i]; rule && *rule; rule++)
            if ((*rule)[0] == left && (*rule)[1] == right)
                return (*rule)[2];
    return 0;
}

static CvRead read_of(char group)
{
    switch (group) {
    case 'i':
        return CV_READ_INTEGER;
    case 'f':
        return CV_READ_FLOAT;
    case 'd':
        return CV_READ_DECIMAL;
    case 'D':
        return CV_READ_DATE;
    case 'T':
        return CV_READ_DATETIME;
    case 't':
        return CV_READ_TIME;
    case 'u':
        return CV_READ_DURATION;
    default:
        return CV_READ_ANY;
    }
}

static bool is_moment(char group)
{
    return group == 'D' || group == 'T' || group == 't';
}

/* The SQL of it, whatever the types. */
static CvSql *spelled(CvArena *arena, CvSql *left, char left_group, const char *op, CvSql *right, char right_group)
{
    bool durations = left_group == 'u' || right_group == 'u';
    if (op[0] == '-' && is_moment(left_group) && is_moment(right_group)) {
        bool times = left_group == 't' && right_group == 't';
        return cv_sql_call(arena, times ? "django_time_diff" : "django_timestamp_diff", 2, (CvSql *[]){left, right});
    }
    if (durations && left_group != right_group) {
        CvSql *parts[] = {cv_sql_literal(arena, cv_slice(op)), left, right};
        return cv_sql_call(arena, "django_format_dtdelta", 3, parts);
    }
    if (op[0] == '^')
        return cv_sql_call(arena, "POWER", 2, (CvSql *[]){left, right});
    CvSql *node = cv_sql_make(arena, CV_SQL_BINARY, left, right);
    node->text = op;
    return node;
}

CvTerm cv_query_arithmetic(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    CvTerm left = cv_query_resolve(query, expr->items[0], slot);
    CvTerm right = cv_query_resolve(query, expr->items[1], slot + expr->items[0]->slots);
    char a = group_of(&left, expr->items[0]), b = group_of(&right, expr->items[1]);
    char result = result_of(a, expr->name[0], b);
    CvTerm out = cv_term_of(spelled(query->arena, left.sql, a, expr->name, right.sql, b), read_of(result));
    const char *left_class = cv_term_class(&left), *right_class = cv_term_class(&right);
    const char *message = left.message && left.message != cv_no_output_field ? left.message : right.message;
    if (!result && (!message || message == cv_no_output_field))
        out.message = cv_arena_printf(
            query->arena,
            "Cannot infer type of '%s' expression involving these types: %s, %s. You must set output_field.",
            expr->name, left_class ? left_class : "NoneType", right_class ? right_class : "NoneType");
    else if (!result)
        out.message = message;
    return out;
}

const char cv_no_output_field[] = "Cannot resolve expression type, unknown output_field";

void cv_term_require_type(const CvTerm *term)
{
    if (term->message)
        cv_raise(term->message == cv_no_output_field ? CV_ERROR_OUTPUT_FIELD : CV_ERROR_FIELD, "%s", term->message);
}
