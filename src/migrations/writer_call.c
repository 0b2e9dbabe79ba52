/* writer_call.c: words with arguments and C literals, as people would write them by hand. */
#include "migrations/writer_private.h"

enum { RIGHT_EDGE = 116 };

CvCallText cv_call_text(CvArena *arena, const char *word, size_t width)
{
    return (CvCallText){.arena = arena, .word = word, .width = width};
}

void cv_call_add(CvCallText *call, const char *argument)
{
    cv_vector_push(call->arena, &call->arguments, argument);
}

void cv_call_option(CvCallText *call, const char *name, const char *value)
{
    cv_call_add(call, cv_arena_printf(call->arena, ".%s = %s", name, value));
}

static size_t word_width(const CvCallText *call)
{
    size_t length = strlen(call->word);
    return call->width > length ? call->width : length;
}

size_t cv_call_column(const CvCallText *call, size_t column)
{
    return column + word_width(call) + 1;
}

const char *cv_call_end(const CvCallText *call, size_t column)
{
    CvBuffer out = cv_buffer(call->arena);
    size_t indent = cv_call_column(call, column), at = indent;
    cv_buffer_append_string(&out, call->word);
    cv_buffer_append_repeated(&out, ' ', word_width(call) - strlen(call->word));
    cv_buffer_append_byte(&out, '(');
    for (size_t i = 0; i < call->arguments.count; i++) {
        CvSlice argument = cv_slice(call->arguments.items[i]);
        ptrdiff_t first = cv_slice_find_byte(argument, '\n');
        bool tall = first >= 0 && (i > 1 || at > indent); /* several lines begin on one of their own */
        if (i && (tall || at + 2 + argument.length > RIGHT_EDGE)) {
            cv_buffer_append_string(&out, ",\n");
            cv_buffer_append_repeated(&out, ' ', indent);
            at = indent;
        } else if (i) {
            cv_buffer_append_string(&out, ", ");
            at += 2;
        }
        cv_buffer_append_slice(&out, argument);
        ptrdiff_t last = cv_slice_find_last(argument, CV_SLICE("\n"));
        at = last < 0 ? at + argument.length : argument.length - (size_t)last - 1;
    }
    cv_buffer_append_byte(&out, ')');
    return cv_buffer_string(&out);
}

/* Bytes of UTF-8 stand as they are; three digits end an escape whatever follows; two question marks in a row might be
 * a trigraph. */
static void append_escaped(CvBuffer *out, char c)
{
    bool mark = out->length && out->data[out->length - 1] == '?';
    switch (c) {
    case '?':
        cv_buffer_append_string(out, mark ? "\\?" : "?");
        break;
    case '\n':
        cv_buffer_append_string(out, "\\n");
        break;
    case '\t':
        cv_buffer_append_string(out, "\\t");
        break;
    case '"':
    case '\\':
        cv_buffer_append_byte(out, '\\');
        cv_buffer_append_byte(out, c);
        break;
    default:
        if ((unsigned char)c < ' ' || c == 0x7f)
            cv_buffer_printf(out, "\\%03o", (unsigned)(unsigned char)c);
        else
            cv_buffer_append_byte(out, c);
    }
}

const char *cv_literal(CvArena *arena, const char *text, size_t column)
{
    CvBuffer out = cv_buffer(arena);
    size_t line = 0; /* where the last line begins */
    cv_buffer_append_byte(&out, '"');
    for (; *text; text++) {
        append_escaped(&out, *text);
        size_t word = strcspn(text + 1, " \n");
        bool full = *text == ' ' && column + out.length - line + word + 2 > RIGHT_EDGE;
        if (text[1] && (*text == '\n' || full)) {
            cv_buffer_append_string(&out, "\"\n");
            line = out.length;
            cv_buffer_append_repeated(&out, ' ', column);
            line += column;
            cv_buffer_append_byte(&out, '"');
        }
    }
    cv_buffer_append_byte(&out, '"');
    return cv_buffer_string(&out);
}

/* `column`: where the first item stands, and so the first of each line; 0: all in one line. */
static const char *literal_list(CvArena *arena, const char *const *list, size_t column)
{
    CvBuffer out = cv_buffer(arena);
    size_t line; /* where the last line begins */
    cv_buffer_append_string(&out, "CV_LIST(");
    line = out.length;
    for (const char *const *item = list; *item; item++) {
        CvBuffer literal = cv_buffer(arena);
        for (const char *c = *item; *c; c++)
            append_escaped(&literal, *c);
        if (item != list && column && column + out.length - line + literal.length + 4 > RIGHT_EDGE) {
            cv_buffer_append_string(&out, ",\n");
            line = out.length;
            cv_buffer_append_repeated(&out, ' ', column);
            line += column;
        } else if (item != list) {
            cv_buffer_append_string(&out, ", ");
        }
        cv_buffer_printf(&out, "\"%s\"", cv_buffer_string(&literal));
    }
    cv_buffer_append_byte(&out, ')');
    return cv_buffer_string(&out);
}

const char *cv_literal_list(CvArena *arena, const char *const *list)
{
    return literal_list(arena, list, 0);
}

void cv_call_list(CvCallText *call, size_t column, const char *name, const char *const *list)
{
    size_t first = cv_call_column(call, column) + strlen(name) + strlen(". = CV_LIST(");
    cv_call_option(call, name, literal_list(call->arena, list, first));
}

const char *cv_label_in(CvArena *arena, const char *app_label, const char *label)
{
    size_t length = strlen(app_label);
    if (strncmp(label, app_label, length) == 0 && label[length] == '.')
        return cv_arena_strdup(arena, label + length + 1);
    return label;
}
