/* regex.c: compiling and matching by PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/regex.h"

#include <pcre2.h>
#include <pthread.h>

#include "base/buffer.h"
#include "base/log.h"
#include "base/self.h"
#include "text/regex_private.h"

enum { MOST_STEPS = 200000, MOST_DEPTH = 20000, MOST_HEAP_KIB = 4096 };

struct CvRegex {
    pcre2_code *code;
    size_t group_count;
    const char **group_names; /* by number; NULL where a group has none */
    const char *pattern;
    bool gave_up; /* and it was said */
};

static pthread_once_t contexts_once = PTHREAD_ONCE_INIT;
static pthread_key_t match_key;
static pcre2_compile_context *compile_context;
static pcre2_match_context *match_context;
static __thread pcre2_match_data *match_data;

static void free_match_data(void *data)
{
    pcre2_match_data_free(data);
}

static void create_contexts(void)
{
    compile_context = pcre2_compile_context_create(NULL);
    match_context = pcre2_match_context_create(NULL);
    if (!compile_context || !match_context || pthread_key_create(&match_key, free_match_data) != 0)
        abort();
    pcre2_set_newline(compile_context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(compile_context, 100);
    pcre2_set_match_limit(match_context, MOST_STEPS);
    pcre2_set_depth_limit(match_context, MOST_DEPTH);
    pcre2_set_heap_limit(match_context, MOST_HEAP_KIB);
}

static void free_code(void *code)
{
    pcre2_code_free(code);
}

static uint32_t options_of(unsigned flags)
{
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    options |= flags & CV_REGEX_ASCII ? 0 : PCRE2_UCP;
    options |= flags & CV_REGEX_IGNORECASE ? PCRE2_CASELESS : 0;
    options |= flags & CV_REGEX_MULTILINE ? PCRE2_MULTILINE : 0;
    options |= flags & CV_REGEX_DOTALL ? PCRE2_DOTALL : 0;
    options |= flags & CV_REGEX_VERBOSE ? PCRE2_EXTENDED : 0;
    options |= flags & CV_REGEX_SAME_NAMES ? PCRE2_DUPNAMES : 0;
    return options;
}

static void read_names(CvArena *arena, CvRegex *regex)
{
    uint32_t groups = 0, names = 0, entry_size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
    regex->group_count = groups;
    regex->group_names = cv_arena_new_array(arena, const char *, (size_t)groups + 1);
    for (uint32_t i = 0; i < names; i++, table += entry_size) {
        unsigned number = (unsigned)table[0] << 8 | table[1];
        if (number <= groups)
            regex->group_names[number] = cv_arena_strdup(arena, (const char *)table + 2);
    }
}

bool cv_regex_compile(CvArena *arena, CvSlice pattern, unsigned flags, CvRegex **out, CvError *error)
{
    if (pattern.length > CV_REGEX_MAX_LENGTH)
        return cv_fail(arena, error, CV_ERROR_VALUE, "The regular expression is longer than %d bytes.",
                       CV_REGEX_MAX_LENGTH);
    if (pthread_once(&contexts_once, create_contexts) != 0)
        abort();
    CvBuffer translated = cv_buffer(arena);
    cv_buffer_reserve(&translated, pattern.length + 1);
    if (!cv_regex_translate(arena, pattern, &flags, &translated, error))
        return false;

    int code = 0;
    PCRE2_SIZE offset = 0;
    CvRegex *regex = cv_arena_new(arena, CvRegex);
    regex->pattern = cv_slice_string(arena, pattern);
    regex->code = pcre2_compile((PCRE2_SPTR)cv_buffer_string(&translated), translated.length, options_of(flags), &code,
                                &offset, compile_context);
    if (!regex->code) {
        char message[160] = "";
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
        return cv_fail(arena, error, CV_ERROR_VALUE, "%s at position %zu", message, (size_t)offset);
    }
    cv_arena_defer(arena, free_code, regex->code);
    read_names(arena, regex);
    if (regex->group_count > CV_REGEX_MAX_GROUPS)
        return cv_fail(arena, error, CV_ERROR_VALUE, "The regular expression has more than %d groups.",
                       CV_REGEX_MAX_GROUPS);
    (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE); /* where there is none, it is interpreted */
    *out = regex;
    return true;
}

bool cv_regex_flags(CvSlice letters, unsigned *out)
{
    unsigned flags = 0;
    for (size_t i = 0; i < letters.length; i++) {
        switch (letters.data[i]) {
        case 'i':
            flags |= CV_REGEX_IGNORECASE;
            break;
        case 'm':
            flags |= CV_REGEX_MULTILINE;
            break;
        case 's':
            flags |= CV_REGEX_DOTALL;
            break;
        case 'x':
            flags |= CV_REGEX_VERBOSE;
            break;
        case 'a':
            flags |= CV_REGEX_ASCII;
            break;
        default:
            return false;
        }
    }
    *out = flags;
    return true;
}

size_t cv_regex_group_count(const CvRegex *regex)
{
    return regex->group_count;
}

const char *cv_regex_group_name(const CvRegex *regex, size_t number)
{
    return number <= regex->group_count ? regex->group_names[number] : NULL;
}

static pcre2_match_data *thread_match_data(void)
{
    if (!match_data) {
        match_data = pcre2_match_data_create(CV_REGEX_MAX_GROUPS + 1, NULL);
        if (!match_data)
            cv_raise(CV_ERROR_MEMORY, "No memory to match a regular expression.");
        (void)pthread_setspecific(match_key, match_data);
    }
    return match_data;
}

/* Once for each expression: a visitor must not be able to fill the log. */
static void complain(const CvRegex *regex, int code)
{
    char message[160] = "";
    if (code != PCRE2_ERROR_MATCHLIMIT && code != PCRE2_ERROR_DEPTHLIMIT && code != PCRE2_ERROR_HEAPLIMIT &&
        code != PCRE2_ERROR_JIT_STACKLIMIT)
        return;
    if (__atomic_exchange_n(&((CvRegex *)(uintptr_t)regex)->gave_up, true, __ATOMIC_RELAXED))
        return;
    pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
    cv_log(CV_LOG_WARNING, "caravan.regex",
           "Matching the regular expression %s was given up and counts as no match: %s.", regex->pattern, message);
}

bool cv_regex_match(const CvRegex *regex, CvSlice text, CvRegexMode mode, CvSlice *groups, size_t most)
{
    uint32_t options = mode == CV_REGEX_SEARCH ? 0 : PCRE2_ANCHORED;
    if (mode == CV_REGEX_FULLMATCH)
        options |= PCRE2_ENDANCHORED;
    pcre2_match_data *data = thread_match_data();
    const char *subject = text.data ? text.data : "";
    int count = pcre2_match(regex->code, (PCRE2_SPTR)subject, text.length, 0, options, data, match_context);
    if (count < 0) {
        if (CV_UNLIKELY(count != PCRE2_ERROR_NOMATCH))
            complain(regex, count);
        return false;
    }
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    for (size_t i = 0; groups && i < most; i++) {
        bool set = i < (size_t)count && ends[2 * i] != PCRE2_UNSET && ends[2 * i] <= ends[2 * i + 1];
        groups[i] = set ? cv_slice_of(subject + ends[2 * i], ends[2 * i + 1] - ends[2 * i]) : (CvSlice){0};
    }
    return true;
}
