/* verify_text.c: reads the source text of a call's arguments: which paths the expressions in it name. */
#include "orm/verify_private.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Behind the literal that begins at `at`. */
static size_t past_literal(CvSlice text, size_t at)
{
    char quote = text.data[at++];
    while (at < text.length && text.data[at] != quote)
        at += text.data[at] == '\\' ? 2 : 1;
    return at < text.length ? at + 1 : text.length;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Where `stop` stands next outside of brackets and literals, or the end. */
static size_t next_outside(CvSlice text, size_t at, char stop)
{
    int depth = 0;
    while (at < text.length) {
        char c = text.data[at];
        if (is_quote(c)) {
            at = past_literal(text, at);
            continue;
        }
        if (c == stop && depth == 0)
            return at;
        depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
        at++;
    }
    return at;
}

static size_t next_comma(CvSlice text, size_t at)
{
    return next_outside(text, at, ',');
}

/* The bracket that closes the one at `at`, or the end. */
static size_t closing(CvSlice text, size_t at)
{
    return next_outside(text, at + 1, ')');
}

size_t cv_text_arguments(CvSlice text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; count++)
        at = next_comma(text, at) + 1;
    return count;
}

CvSlice cv_text_argument(CvSlice text, size_t index)
{
    size_t at = 0;
    while (index-- > 0)
        at = next_comma(text, at) + 1;
    return cv_slice_trim(cv_slice_range(text, at, next_comma(text, at)));
}

bool cv_text_literal(CvArena *arena, CvSlice text, const char **out)
{
    text = cv_slice_trim(text);
    if (text.length < 2 || text.data[0] != '"' || past_literal(text, 0) != text.length ||
        cv_slice_find_byte(text, '\\') >= 0)
        return false;
    *out = cv_slice_string(arena, cv_slice_range(text, 1, text.length - 1));
    return true;
}

static bool is_one_of(CvSlice word, const char *const *words)
{
    while (*words && !cv_slice_is(word, *words))
        words++;
    return *words != NULL;
}

/* What is called with a path first. */
static const char *const aggregates[] = {"cv_count_of",      "cv_sum_of", "cv_average_of", "cv_least_of", "cv_most_of",
                                         "cv_string_agg_of", NULL};
/* What is made of expressions over the same model. Others may speak of another one, and are left alone. */
static const char *const builders[] = {"cv_plus",       "cv_minus",      "cv_multiply",  "cv_divide", "cv_function",
                                       "cv_arithmetic", "cv_descending", "cv_ascending", NULL};
static const char *const aggregate_builders[] = {"cv_aggregate_of", "cv_string_agg_with", NULL};

static void read_call(CvTextPaths *paths, CvSlice word, CvSlice inside, bool aggregate);

static void read_text(CvTextPaths *paths, CvSlice text, bool aggregate)
{
    size_t at = 0;
    if (++paths->depth > CV_MOST_NESTED) {
        paths->depth--;
        return;
    }
    while (at < text.length) {
        if (is_quote(text.data[at])) {
            at = past_literal(text, at);
            continue;
        }
        size_t start = at;
        while (at < text.length && is_word(text.data[at]))
            at++;
        if (at == start) {
            at++;
            continue;
        }
        CvSlice word = cv_slice_range(text, start, at);
        while (at < text.length && text.data[at] == ' ')
            at++;
        if (at == text.length || text.data[at] != '(')
            continue;
        size_t end = closing(text, at);
        read_call(paths, word, cv_slice_range(text, at + 1, end), aggregate);
        at = end;
    }
    paths->depth--;
}

static void read_call(CvTextPaths *paths, CvSlice word, CvSlice inside, bool aggregate)
{
    bool is_aggregate = is_one_of(word, aggregates);
    if (cv_slice_is(word, "cv_f") || is_aggregate) {
        const char *path;
        size_t comma = next_comma(inside, 0);
        if (cv_text_literal(paths->arena, cv_slice_range(inside, 0, comma), &path))
            paths->found(paths->argument, path, aggregate || is_aggregate);
        read_text(paths, cv_slice_skip(inside, comma), is_aggregate);
    } else if (is_one_of(word, builders)) {
        read_text(paths, inside, aggregate);
    } else if (is_one_of(word, aggregate_builders)) {
        read_text(paths, inside, true);
    }
}

void cv_text_paths(CvTextPaths *paths, CvSlice text)
{
    read_text(paths, text, false);
}

bool cv_text_call(CvSlice text, const char *name, CvSlice *inside)
{
    size_t length = strlen(name);
    for (size_t at = 0; at < text.length;) {
        if (is_quote(text.data[at])) {
            at = past_literal(text, at);
            continue;
        }
        size_t start = at;
        while (at < text.length && is_word(text.data[at]))
            at++;
        if (at - start == length && memcmp(text.data + start, name, length) == 0 && at < text.length &&
            text.data[at] == '(') {
            *inside = cv_slice_range(text, at + 1, closing(text, at));
            return true;
        }
        at += at == start;
    }
    return false;
}
