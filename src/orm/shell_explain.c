/* shell_explain.c: what a failed line tells a person: the place, the error, what may have been meant. */
#include "orm/shell_private.h"
#include "orm/shell_table.h"

/* What an error message quotes first: the misspelt name, most of the time. */
static CvSlice quoted_word(const char *message)
{
    const char *start = strchr(message, '\''), *end = start ? strchr(start + 1, '\'') : NULL;
    return end ? cv_slice_of(start + 1, (size_t)(end - start - 1)) : (CvSlice){0};
}

/* "title" and "title__icontains" are both about "title". */
static bool is_about(CvSlice text, CvSlice word)
{
    if (cv_slice_starts_with(text, CV_SLICE("-")))
        text = cv_slice_skip(text, 1);
    for (;;) {
        if (cv_slice_starts_with(text, word)) {
            CvSlice rest = cv_slice_skip(text, word.length);
            if (!rest.length || cv_slice_starts_with(rest, CV_SLICE("__")))
                return true;
        }
        const char *next = text.length ? memmem(text.data, text.length, "__", 2) : NULL;
        if (!next)
            return false;
        text = cv_slice_skip(text, (size_t)(next - text.data) + 2);
    }
}

static bool find_word(CvSlice line, const CvSyntax *at, CvSlice word, size_t *offset)
{
    CvError error;
    CvSyntaxLexer lexer = cv_syntax_lexer(cv_arena(), line, &error);
    lexer.brackets = 1; /* so that a line's end is no error */
    lexer.position = at ? at->offset : 0;
    while (word.length) {
        CvToken token = cv_syntax_next(&lexer);
        if (token.kind == CV_TOKEN_END || token.kind == CV_TOKEN_ERROR || (at && token.offset >= at->end))
            return false;
        CvSlice text = token.kind == CV_TOKEN_CONSTANT && token.value.kind == CV_STRING ? cv_value_as_slice(token.value)
                                                                                        : token.text;
        if (token.kind != CV_TOKEN_OPERATOR && is_about(text, word)) {
            *offset = token.offset;
            return true;
        }
    }
    return false;
}

static size_t place_of(const CvSyntax *at)
{
    if (at->kind == CV_SYNTAX_CALL)
        at = at->left;
    return at->kind == CV_SYNTAX_ATTRIBUTE && at->end - at->offset > at->name.length ? at->end - at->name.length
                                                                                     : at->offset;
}

void cv_shell_explain(CvBuffer *out, CvSlice line, const CvError *error, const CvSyntax *at, const CvShellLook *look)
{
    const char *message = error->message ? error->message : "", *detail = NULL;
    size_t offset = 0;
    if (error->kind == CV_ERROR_SYNTAX)
        detail = error->detail;
    else if (error->kind != CV_ERROR_ATTRIBUTE && find_word(line, at, quoted_word(message), &offset))
        detail = cv_syntax_caret(cv_arena(), line, offset);
    else if (at)
        detail = cv_syntax_caret(cv_arena(), line, place_of(at));
    if (detail) {
        const char *caret = strchr(detail, '\n');
        cv_buffer_printf(out, "%.*s\n%s%s%s\n", (int)(caret - detail), detail, look->colours ? "\x1b[1;31m" : "",
                         caret + 1, look->colours ? "\x1b[0m" : "");
    }
    cv_buffer_printf(out, "%s%s%s: ", look->colours ? "\x1b[1;31m" : "", cv_error_class(error->kind),
                     look->colours ? "\x1b[0m" : "");
    cv_buffer_append_slice(out, cv_table_text(cv_arena(), cv_slice(message)));
    if (error->kind != CV_ERROR_SYNTAX && error->detail)
        cv_buffer_printf(out, "\n%s", error->detail);
    if (error->hint)
        cv_buffer_printf(out, "\n%s", error->hint);
}
