/* shell_functions.c: database functions, aggregates and field classes by their names: tables of what each takes. */
#include "base/vector.h"
#include "orm/shell_private.h"

/* How the arguments of a function are taken, letter by letter: e an expression (text is a path), v a value (text is
 * text), n part of the function's name, z a time zone, o an output_field; the last letter with + goes on. Small letters
 * in brackets may be missing: the signature says so. */
typedef struct FunctionRow {
    const char *name, *signature, *letters;
    int least; /* of expressions where they go on; 0 otherwise */
} FunctionRow;

static const FunctionRow functions[] = {
    {"Lower", "expression output_field?", "eo", 0},
    {"Upper", "expression output_field?", "eo", 0},
    {"Length", "expression output_field?", "eo", 0},
    {"Trim", "expression", "e", 0},
    {"LTrim", "expression", "e", 0},
    {"RTrim", "expression", "e", 0},
    {"Reverse", "expression", "e", 0},
    {"Chr", "expression", "e", 0},
    {"Ord", "expression", "e", 0},
    {"MD5", "expression", "e", 0},
    {"SHA1", "expression", "e", 0},
    {"SHA224", "expression", "e", 0},
    {"SHA256", "expression", "e", 0},
    {"SHA384", "expression", "e", 0},
    {"SHA512", "expression", "e", 0},
    {"Concat", "* output_field?", "e+", 2},
    {"Left", "expression length output_field?", "evo", 0},
    {"Right", "expression length output_field?", "evo", 0},
    {"LPad", "expression length fill_text?", "evv", 0},
    {"RPad", "expression length fill_text?", "evv", 0},
    {"Repeat", "expression number", "ev", 0},
    {"Replace", "expression text replacement?", "eee", 0},
    {"StrIndex", "string substring", "ee", 0},
    {"Substr", "expression pos length?", "evv", 0},
    {"Collate", "expression collation", "en", 0},
    {"Coalesce", "* output_field?", "e+", 2},
    {"Greatest", "* output_field?", "e+", 2},
    {"Least", "* output_field?", "e+", 2},
    {"NullIf", "expression1 expression2", "ee", 0},
    {"JSONArray", "* output_field?", "e+", 0},
    {"KT", "expression", "e", 0},
    {"Abs", "expression", "e", 0},
    {"ACos", "expression", "e", 0},
    {"ASin", "expression", "e", 0},
    {"ATan", "expression", "e", 0},
    {"ATan2", "expression1 expression2", "ee", 0},
    {"Ceil", "expression", "e", 0},
    {"Cos", "expression", "e", 0},
    {"Cot", "expression", "e", 0},
    {"Degrees", "expression", "e", 0},
    {"Exp", "expression", "e", 0},
    {"Floor", "expression", "e", 0},
    {"Ln", "expression", "e", 0},
    {"Log", "expression1 expression2", "ee", 0},
    {"Mod", "expression1 expression2", "ee", 0},
    {"Pi", "", "", 0},
    {"Power", "expression1 expression2", "ee", 0},
    {"Radians", "expression", "e", 0},
    {"Random", "", "", 0},
    {"Round", "expression precision?", "ev", 0},
    {"Sign", "expression", "e", 0},
    {"Sin", "expression", "e", 0},
    {"Sqrt", "expression", "e", 0},
    {"Tan", "expression", "e", 0},
    {"Now", "", "", 0},
    {"UUID4", "", "", 0},
    {"UUID7", "", "", 0},
    {"ExtractYear", "expression tzinfo?", "ez", 0},
    {"ExtractIsoYear", "expression tzinfo?", "ez", 0},
    {"ExtractMonth", "expression tzinfo?", "ez", 0},
    {"ExtractDay", "expression tzinfo?", "ez", 0},
    {"ExtractWeek", "expression tzinfo?", "ez", 0},
    {"ExtractWeekDay", "expression tzinfo?", "ez", 0},
    {"ExtractIsoWeekDay", "expression tzinfo?", "ez", 0},
    {"ExtractQuarter", "expression tzinfo?", "ez", 0},
    {"ExtractHour", "expression tzinfo?", "ez", 0},
    {"ExtractMinute", "expression tzinfo?", "ez", 0},
    {"ExtractSecond", "expression tzinfo?", "ez", 0},
    {"TruncYear", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncQuarter", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncMonth", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncWeek", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncDay", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncDate", "expression tzinfo?", "ez", 0},
    {"TruncTime", "expression tzinfo?", "ez", 0},
    {"TruncHour", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncMinute", "expression output_field? tzinfo?", "eoz", 0},
    {"TruncSecond", "expression output_field? tzinfo?", "eoz", 0},
    {"CumeDist", "", "", 0},
    {"DenseRank", "", "", 0},
    {"FirstValue", "expression", "e", 0},
    {"LastValue", "expression", "e", 0},
    {"Lag", "expression offset? default?", "evv", 0},
    {"Lead", "expression offset? default?", "evv", 0},
    {"NthValue", "expression nth?", "ev", 0},
    {"Ntile", "num_buckets?", "v", 0},
    {"PercentRank", "", "", 0},
    {"Rank", "", "", 0},
    {"RowNumber", "", "", 0},
};

static const char *const aggregates[] = {"Avg",      "Count",    "Max",    "Min",   "StdDev", "Sum",
                                         "Variance", "AnyValue", "BitAnd", "BitOr", "BitXor", NULL};

static const FunctionRow *function_row(const char *name)
{
    for (size_t i = 0; i < CV_COUNT_OF(functions); i++)
        if (!strcmp(functions[i].name, name))
            return &functions[i];
    return NULL;
}

/* What Django refuses when the expression is made: numbers that make no sense. */
static void check_arguments(const FunctionRow *row, const CvValue *given)
{
    static const struct {
        const char *name;
        int at;
        int64_t least;
        const char *message;
    } rules[] = {{"Left", 1, 1, "'length' must be greater than 0."},
                 {"Right", 1, 1, "'length' must be greater than 0."},
                 {"Substr", 1, 1, "'pos' must be greater than 0"},
                 {"LPad", 1, 0, "'length' must be greater or equal to 0."},
                 {"RPad", 1, 0, "'length' must be greater or equal to 0."},
                 {"Repeat", 1, 0, "'number' must be greater or equal to 0."},
                 {"Lag", 1, 1, "Lag requires a positive integer for the offset."},
                 {"Lead", 1, 1, "Lead requires a positive integer for the offset."},
                 {"NthValue", 1, 1, "NthValue requires a positive integer as for nth."},
                 {"Ntile", 0, 1, "num_buckets must be greater than 0."}};
    bool nullable =
        strncmp(row->name, "Lag", 3) != 0 && strncmp(row->name, "Lead", 4) != 0 && strcmp(row->name, "NthValue") != 0;
    if (!nullable && given[0].kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE, "%s requires a non-null source expression.", row->name);
    for (size_t i = 0; i < CV_COUNT_OF(rules); i++)
        if (!strcmp(rules[i].name, row->name)) {
            CvValue value = given[rules[i].at];
            if ((value.kind == CV_INT && value.integer < rules[i].least) || (value.kind == CV_NULL && !nullable))
                cv_raise(CV_ERROR_VALUE, "%s", rules[i].message);
        }
}

static CvValue make_function(CvValue self, const CvShellCall *call)
{
    const FunctionRow *row = function_row(call->name);
    CV_VECTOR(CvExpr *) parts = {0};
    CvValue output = {.kind = CV_MISSING};
    const char *name = row->name;
    (void)self;
    if (row->letters[0] && row->letters[1] != '+')
        check_arguments(row, call->given);
    bool offset = (!strcmp(row->name, "Lag") || !strcmp(row->name, "Lead")) && call->given[1].kind == CV_MISSING;
    if (row->letters[0] && row->letters[1] == '+') {
        for (size_t i = 0; i < call->rest->count; i++)
            cv_vector_push(cv_arena(), &parts, cv_shell_expression(call->rest->items[i]));
        if (parts.count < (size_t)row->least)
            cv_raise(CV_ERROR_VALUE, "%s must take at least two expressions", row->name);
        output = call->given[0];
    }
    for (size_t i = 0; row->letters[i] && row->letters[1] != '+'; i++) {
        CvValue value = call->given[i];
        if (row->letters[i] == 'o')
            output = value;
        else if (row->letters[i] == 'z')
            name = cv_printf("%s%s", name, cv_shell_zone_suffix(value));
        else if (row->letters[i] == 'n')
            name = cv_printf("%s|%s", name, cv_shell_text(value));
        else if (i == 1 && offset)
            cv_vector_push(cv_arena(), &parts, cv_constant(cv_value_int(1)));
        else if (value.kind != CV_MISSING)
            cv_vector_push(cv_arena(), &parts,
                           row->letters[i] == 'v' && !cv_shell_is_expression(value) ? cv_constant(cv_shell_plain(value))
                                                                                    : cv_shell_expression(value));
    }
    return cv_value_object(cv_shell_with_output(cv_function_of(name, parts.count, parts.items), output));
}

static CvValue make_custom(CvValue self, const CvShellCall *call)
{
    CV_VECTOR(CvExpr *) parts = {0};
    (void)self;
    for (size_t i = 0; i < call->rest->count; i++)
        cv_vector_push(cv_arena(), &parts, cv_shell_expression(call->rest->items[i]));
    return cv_value_object(cv_shell_with_output(cv_function_of(call->name, parts.count, parts.items), call->given[0]));
}

bool cv_shell_custom_function(CvSlice name, CvValue *out)
{
    const CvCustom *custom = cv_custom_find(CV_CUSTOM_FUNCTION, name, NULL);
    if (!custom)
        return false;
    CvShellMethod *method = cv_new(CvShellMethod);
    *method = (CvShellMethod){custom->name, "* output_field?", make_custom};
    *out = cv_shell_method_value(method, NULL, cv_value_null());
    return true;
}

/* ---- aggregates ---- */

static CvExpr *condition_argument(CvValue value)
{
    if (value.kind == CV_MISSING || value.kind == CV_NULL)
        return NULL;
    if (!cv_shell_is_expression(value))
        cv_raise(CV_ERROR_TYPE, "filter must be a Q object or a boolean expression, not %s", cv_shell_type_name(value));
    return cv_shell_expression(value);
}

static bool flag(CvValue value)
{
    return value.kind != CV_MISSING && cv_shell_truth(value);
}

/* given: expression, distinct, filter, default, output_field, sample, order_by */
static CvValue make_aggregate(CvValue self, const CvShellCall *call)
{
    CvValue what = call->given[0], fallback = call->given[3];
    bool star = what.kind == CV_STRING && cv_slice_is(cv_value_as_slice(what), "*");
    bool sample = flag(call->given[5]);
    const char *name = call->name;
    (void)self;
    if (flag(call->given[1]) && strcmp(name, "Count") != 0 && strcmp(name, "Sum") != 0 && strcmp(name, "Avg") != 0)
        cv_raise(CV_ERROR_TYPE, "%s does not allow distinct.", name);
    if (call->given[6].kind != CV_MISSING && cv_shell_truth(call->given[6]))
        cv_raise(CV_ERROR_TYPE, "%s does not allow order_by.", name);
    if (star && strcmp(name, "Count") != 0)
        cv_raise(CV_ERROR_FIELD, "Cannot resolve keyword '*' into field.");
    if (star && call->given[2].kind != CV_MISSING)
        cv_raise(CV_ERROR_VALUE, "Star cannot be used with filter. Please specify a field.");
    if (!strcmp(name, "Count") && fallback.kind != CV_MISSING && fallback.kind != CV_NULL)
        cv_raise(CV_ERROR_TYPE, "Count does not allow default.");
    if (sample)
        name = !strcmp(name, "StdDev") ? "StdDevSample" : "VarianceSample";
    CvAggregateOptions options = {.distinct = flag(call->given[1]), .filter = condition_argument(call->given[2])};
    if (fallback.kind != CV_MISSING && fallback.kind != CV_NULL)
        options.default_ =
            cv_shell_is_expression(fallback) ? cv_shell_expression(fallback) : cv_constant(cv_shell_plain(fallback));
    return cv_value_object(
        cv_shell_with_output(cv_aggregate_of(name, star ? NULL : cv_shell_expression(what), &options), call->given[4]));
}

/* StringAgg(expression, delimiter): what is joined, the delimiter and the order stand in a function of their own. */
static CvValue make_string_aggregate(CvValue self, const CvShellCall *call)
{
    CV_VECTOR(CvExpr *) parts = {0};
    (void)self;
    cv_vector_push(cv_arena(), &parts, cv_shell_expression(call->given[0]));
    cv_vector_push(cv_arena(), &parts, cv_shell_expression(call->given[1]));
    if (call->given[5].kind != CV_MISSING && call->given[5].kind != CV_NULL) {
        CvValue order = call->given[5];
        bool many = order.kind == CV_LIST || order.kind == CV_TUPLE;
        for (size_t i = 0; i < (many ? order.list->count : 1); i++)
            cv_vector_push(cv_arena(), &parts, cv_shell_ordering(many ? order.list->items[i] : order));
    }
    CvAggregateOptions options = {.distinct = flag(call->given[2]), .filter = condition_argument(call->given[3])};
    if (call->given[4].kind != CV_MISSING && call->given[4].kind != CV_NULL)
        options.default_ = cv_shell_is_expression(call->given[4]) ? cv_shell_expression(call->given[4])
                                                                  : cv_constant(cv_shell_plain(call->given[4]));
    return cv_value_object(cv_aggregate_of("StringAgg", cv_function_of("JOINED", parts.count, parts.items), &options));
}

/* ---- field classes ---- */

static CvSlice field_repr(const void *object, CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, "<django.db.models.fields.%s>", ((const CvShellField *)object)->kind->name));
}
const CvType cv_shell_field_type = {.magic = CV_TYPE_MAGIC, .name = "Field", .repr = field_repr, .str = field_repr};

static CvValue make_field(CvValue self, const CvShellCall *call)
{
    CvShellField *field = cv_new(CvShellField);
    (void)self;
    field->type = &cv_shell_field_type;
    field->kind = cv_field_kind(cv_slice(call->name));
    for (size_t i = 0; i < call->keyword_count; i++) {
        if (!strcmp(call->keywords[i], "max_digits"))
            field->field.max_digits = (int)cv_shell_integer(call->keyword_values[i]);
        else if (!strcmp(call->keywords[i], "decimal_places"))
            field->field.decimal_places = (int)cv_shell_integer(call->keyword_values[i]);
        else if (!strcmp(call->keywords[i], "max_length"))
            field->field.max_length = (int)cv_shell_integer(call->keyword_values[i]);
    }
    return cv_value_object(field);
}

/* ---- by name ---- */

bool cv_shell_expression_class(CvSlice name, CvValue *out)
{
    CvShellMethod method = {0};
    const char *text = cv_slice_string(cv_arena(), name);
    const FunctionRow *row = function_row(text);
    if (row) {
        method = (CvShellMethod){row->name, row->signature, make_function};
    } else if (!strcmp(text, "StringAgg")) {
        method = (CvShellMethod){"StringAgg", "expression delimiter distinct? filter? default? order_by?",
                                 make_string_aggregate};
    } else if (cv_field_kind(name)) {
        method = (CvShellMethod){cv_field_kind(name)->name, "**", make_field};
    } else if (!strcmp(text, "WindowFrameExclusion")) {
        return cv_shell_frame_exclusion(out);
    } else {
        for (size_t i = 0; aggregates[i]; i++)
            if (!strcmp(text, aggregates[i]))
                method = (CvShellMethod){aggregates[i],
                                         "expression distinct? filter? default? output_field? sample? order_by?",
                                         make_aggregate};
    }
    if (method.name)
        *out = cv_shell_method_value(&method, NULL, cv_value_null());
    return method.name != NULL;
}

const char *const *cv_shell_expression_class_names(void)
{
    static const char *names[CV_COUNT_OF(functions) + CV_COUNT_OF(aggregates) + 2];
    size_t count = 0;
    if (names[0])
        return names;
    for (size_t i = 1; i < CV_COUNT_OF(functions); i++)
        names[1 + count++] = functions[i].name;
    for (size_t i = 0; aggregates[i]; i++)
        names[1 + count++] = aggregates[i];
    names[1 + count++] = "StringAgg";
    names[0] = functions[0].name;
    return names;
}

/* ---- WindowFrameExclusion.CURRENT_ROW ---- */

static bool exclusion_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    static const char *const names[][2] = {
        {"CURRENT_ROW", "CURRENT ROW"}, {"GROUP", "GROUP"}, {"TIES", "TIES"}, {"NO_OTHERS", "NO OTHERS"}};
    (void)object;
    (void)arena;
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (cv_slice_is(name, names[i][0])) {
            *out = cv_value_string(names[i][1]);
            return true;
        }
    return false;
}

bool cv_shell_frame_exclusion(CvValue *out)
{
    static const CvType type = {.magic = CV_TYPE_MAGIC, .name = "WindowFrameExclusion", .get = exclusion_get};
    static const CvObject object = {&type};
    *out = cv_value_object(&object);
    return true;
}
