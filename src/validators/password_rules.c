/* password_rules.c: rules for new passwords by Django's names and options, and the lists that they need. */
#include "validators/password.h"

#include <errno.h>

enum { MOST_LIST_BYTES = 64 << 20 };

static const struct {
    const char *name;
    CvPasswordRuleKind kind;
    const char *options[3];
} kinds[] = {
    {"UserAttributeSimilarityValidator", CV_PASSWORD_UNLIKE_USER, {"user_attributes", "max_similarity"}},
    {"MinimumLengthValidator", CV_PASSWORD_MIN_LENGTH, {"min_length"}},
    {"CommonPasswordValidator", CV_PASSWORD_NOT_COMMON, {"password_list_path"}},
    {"NumericPasswordValidator", CV_PASSWORD_NOT_NUMERIC, {NULL}},
};

static bool takes(size_t kind, CvSlice option)
{
    for (const char *const *one = kinds[kind].options; *one; one++)
        if (cv_slice_is(option, *one))
            return true;
    return false;
}

static const char *const *texts_of(CvArena *arena, const CvList *list)
{
    const char **texts = cv_arena_new_array(arena, const char *, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        texts[i] = cv_slice_string(arena, cv_value_str(arena, list->items[i]));
    return texts;
}

static bool check_similarity(CvArena *arena, double similarity, CvError *error)
{
    return similarity >= 0.1 || cv_fail(arena, error, CV_ERROR_VALUE, "max_similarity must be at least 0.1");
}

static bool set_option(CvArena *arena, CvSlice name, CvValue value, CvPasswordRule *rule, CvError *error)
{
    if (cv_slice_is(name, "max_similarity") && (value.kind == CV_FLOAT || value.kind == CV_INT)) {
        rule->max_similarity = value.kind == CV_INT ? (double)value.integer : value.real;
        return check_similarity(arena, rule->max_similarity, error);
    }
    if (cv_slice_is(name, "min_length") && value.kind == CV_INT && value.integer <= INT32_MAX)
        rule->min_length = value.integer > 0 ? (int32_t)value.integer : -1;
    else if (cv_slice_is(name, "user_attributes") && (value.kind == CV_LIST || value.kind == CV_TUPLE))
        rule->attributes = texts_of(arena, value.list);
    else if (cv_slice_is(name, "password_list_path") && value.kind == CV_STRING)
        rule->password_list_path = cv_slice_string(arena, cv_value_as_slice(value));
    else
        return cv_fail(arena, error, CV_ERROR_TYPE, "%.*s cannot be %s.", CV_SLICE_ARG(name),
                       cv_slice_string(arena, cv_value_repr(arena, value)));
    return true;
}

bool cv_password_rule_named(CvArena *arena, CvSlice name, const CvDict *options, CvPasswordRule *rule, CvError *error)
{
    ptrdiff_t dot = cv_slice_find_last(name, CV_SLICE("."));
    CvSlice plain = dot < 0 ? name : cv_slice_skip(name, (size_t)dot + 1);
    size_t kind = 0;
    while (kind < CV_COUNT_OF(kinds) && !cv_slice_is(plain, kinds[kind].name))
        kind++;
    if (kind == CV_COUNT_OF(kinds))
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                       "The module in NAME could not be imported: %.*s. Check your AUTH_PASSWORD_VALIDATORS setting.",
                       CV_SLICE_ARG(name));
    *rule = (CvPasswordRule){.kind = (uint8_t)kinds[kind].kind};
    for (const CvDictEntry *entry = NULL; options && (entry = cv_dict_next(options, entry));) {
        CvSlice option = cv_value_as_slice(entry->key);
        if (!takes(kind, option))
            return cv_fail(arena, error, CV_ERROR_TYPE, "%s.__init__() got an unexpected keyword argument '%.*s'",
                           kinds[kind].name, CV_SLICE_ARG(option));
        if (!set_option(arena, option, entry->value, rule, error))
            return false;
    }
    return true;
}

/* ---- lists of common passwords ---- */

static const CvMap *read_list(CvArena *arena, const char *path, CvErrors *errors)
{
    CvBuffer text = cv_buffer(arena);
    FILE *file = fopen(path, "r");
    size_t count = 0;
    while (file && text.length < MOST_LIST_BYTES &&
           (count = fread(cv_buffer_reserve(&text, 65536), 1, 65536, file)) > 0)
        text.length += count;
    if (!file || ferror(file) || count)
        cv_errors_add(errors, CV_ERROR_CONFIGURATION, "The list of common passwords cannot be read: %s: %s", path,
                      count ? "it is too long" : strerror(errno));
    if (file)
        fclose(file);
    return cv_common_passwords(arena, cv_buffer_slice(&text));
}

CvPasswordRule *cv_password_rules_load(CvArena *arena, const CvPasswordRule *rules, CvErrors *errors)
{
    size_t count = 0;
    while (rules[count].kind != CV_PASSWORD_RULES_END)
        count++;
    CvPasswordRule *loaded = cv_arena_memdup(arena, rules, (count + 1) * sizeof *rules);
    for (CvPasswordRule *rule = loaded; rule->kind != CV_PASSWORD_RULES_END; rule++) {
        CvError error;
        if (rule->kind == CV_PASSWORD_NOT_COMMON && !rule->common && rule->password_list_path)
            rule->common = read_list(arena, rule->password_list_path, errors);
        if (rule->max_similarity != 0 && !check_similarity(arena, rule->max_similarity, &error))
            cv_errors_add(errors, error.kind, "%s", error.message);
    }
    return loaded;
}
