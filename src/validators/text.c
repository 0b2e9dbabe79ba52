/* text.c: validators of text: regular expressions, slugs, integers, lists of them, null characters, file extensions. */
#include <pthread.h>

#include "base/map.h"
#include "base/self.h"
#include "text/i18n.h"
#include "text/regex.h"
#include "text/utf8.h"
#include "validators/patterns.h"

bool cv_check_function(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    if (validator->function(arena, value, invalid))
        return true;
    if (validator->message)
        invalid->message = validator->message;
    if (validator->code)
        invalid->code = validator->code;
    return false;
}

/* ---- regular expressions ---- */

static pthread_mutex_t shared_lock = PTHREAD_MUTEX_INITIALIZER;
static CvArena *shared_arena;
static CvMap *shared_regexes;

typedef struct Compilation {
    const char *pattern;
    unsigned flags;
    CvRegex *regex;
    CvError error;
    bool good;
} Compilation;

/* Under the lock: found, or compiled and kept. */
static void find_or_compile(Compilation *wanted, CvArena *arena)
{
    if (!shared_arena) {
        shared_arena = cv_arena_create(0);
        shared_regexes = cv_map_create(shared_arena);
    }
    CvSlice key = cv_slice(cv_arena_printf(arena, "%u %s", wanted->flags, wanted->pattern));
    wanted->regex = cv_map_get(shared_regexes, key);
    wanted->good = wanted->regex != NULL;
    if (wanted->good)
        return;
    wanted->good =
        cv_regex_compile(shared_arena, cv_slice(wanted->pattern), wanted->flags, &wanted->regex, &wanted->error);
    if (wanted->good)
        cv_map_set(shared_regexes, cv_slice_copy(shared_arena, key), wanted->regex);
}

static Compilation compile_shared(const char *pattern, unsigned flags)
{
    Compilation wanted = {.pattern = pattern, .flags = flags};
    CvScratch scratch = cv_scratch_begin(NULL);
    pthread_mutex_lock(&shared_lock);
    find_or_compile(&wanted, scratch.arena);
    pthread_mutex_unlock(&shared_lock);
    cv_scratch_end(scratch);
    return wanted;
}

const CvRegex *cv_regex_shared(const char *pattern, unsigned flags)
{
    Compilation done = compile_shared(pattern, flags);
    if (!done.good)
        cv_raise_error(&done.error);
    return done.regex;
}

bool cv_validator_prepare(const CvValidator *validator, CvArena *arena, CvError *error)
{
    if (!validator->regex)
        return true;
    Compilation done = compile_shared(validator->regex, validator->flags);
    return done.good || cv_fail(arena, error, CV_ERROR_CONFIGURATION, "The regular expression '%s' is wrong: %s",
                                validator->regex, done.error.message);
}

bool cv_check_regex(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    const CvRegex *regex = cv_regex_shared(validator->regex ? validator->regex : "", validator->flags);
    bool matches = cv_regex_match(regex, cv_value_str(arena, value), CV_REGEX_SEARCH, NULL, 0);
    return matches != validator->inverse_match || cv_refuse(validator, arena, value, invalid, "Enter a valid value.");
}

/* ---- slugs and integers ---- */

bool cv_check_slug(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice text = cv_value_str(arena, value);
    size_t good = 0;
    while (good < text.length) {
        unsigned char c = (unsigned char)text.data[good];
        if (!(c < 128 && (cv_is_az(c) || cv_is_09(c) || c == '-' || c == '_')))
            break;
        good++;
    }
    return (text.length && good == text.length) ||
           cv_refuse(validator, arena, value, invalid,
                     "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.");
}

bool cv_check_unicode_slug(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice text = cv_value_str(arena, value);
    bool good = text.length > 0;
    for (CvSlice rest = text; good && rest.length;) {
        uint32_t c = cv_utf8_next(&rest);
        good = c == '-' || cv_utf8_is_word(c);
    }
    return good || cv_refuse(validator, arena, value, invalid,
                             "Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.");
}

/* Takes an integer off the front: digits of any script, perhaps after a minus sign. */
static bool take_integer(CvSlice *rest, bool negative)
{
    size_t digits = 0;
    if (negative && rest->length && rest->data[0] == '-')
        *rest = cv_slice_skip(*rest, 1);
    for (; rest->length; digits++) {
        CvSlice after = *rest;
        if (!cv_utf8_is_digit(cv_utf8_next(&after)))
            break;
        *rest = after;
    }
    return digits > 0;
}

bool cv_check_integer(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice rest = cv_value_str(arena, value);
    return (take_integer(&rest, true) && rest.length == 0) ||
           cv_refuse(validator, arena, value, invalid, "Enter a valid integer.");
}

bool cv_check_integer_list(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice rest = cv_value_str(arena, value);
    CvSlice separator = cv_slice(validator->separator ? validator->separator : ",");
    bool good = take_integer(&rest, validator->allow_negative);
    while (good && rest.length) {
        good = cv_slice_starts_with(rest, separator);
        rest = cv_slice_skip(rest, separator.length);
        good = good && take_integer(&rest, validator->allow_negative);
    }
    return good || cv_refuse(validator, arena, value, invalid, "Enter a valid value.");
}

bool cv_check_null_characters(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice text = cv_value_str(arena, value);
    if (!text.length || !memchr(text.data, '\0', text.length))
        return true;
    return cv_invalid(arena, invalid, validator->code ? validator->code : "null_characters_not_allowed",
                      validator->message ? validator->message : "Null characters are not allowed.", "value", value);
}

/* ---- file extensions ---- */

/* The name of a file: text, or the `name` of an object. */
static CvSlice file_name(CvArena *arena, CvValue value)
{
    const CvType *type = value.kind == CV_OBJECT ? cv_type_of(value.object) : NULL;
    CvValue name;
    if (type && type->get && type->get(value.object, CV_SLICE("name"), arena, &name))
        value = name;
    return cv_value_str(arena, value);
}

/* What follows the last dot of the last part of a path; "" for names like ".profile" and "x.". */
static CvSlice extension_of(CvSlice path)
{
    while (path.length && path.data[path.length - 1] == '/')
        path.length--;
    CvSlice name = cv_slice_skip(path, (size_t)(cv_slice_find_last(path, CV_SLICE("/")) + 1));
    ptrdiff_t dot = cv_slice_find_last(name, CV_SLICE("."));
    return dot > 0 ? cv_slice_skip(name, (size_t)dot + 1) : (CvSlice){0};
}

bool cv_check_file_extension(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice extension = cv_utf8_lower(arena, extension_of(file_name(arena, value)));
    CvBuffer all = cv_buffer(arena);
    if (!validator->names)
        return true;
    for (const char *const *name = validator->names; *name; name++) {
        CvSlice allowed = cv_utf8_lower(arena, cv_slice(*name));
        if (cv_slice_equal(allowed, extension))
            return true;
        if (name != validator->names)
            cv_buffer_append_string(&all, ", ");
        cv_buffer_append_slice(&all, allowed);
    }
    return cv_invalid(arena, invalid, validator->code ? validator->code : "invalid_extension",
                      validator->message ? validator->message
                                         : "File extension “%(extension)s” is not allowed. Allowed extensions are: "
                                           "%(allowed_extensions)s.",
                      "extension", extension, "allowed_extensions", cv_buffer_slice(&all), "value", value);
}
