/* sql_script.c: cuts SQL that a person wrote into statements. */
#include "migrations/sql_script.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes from 0x80 on are letters, as in SQLite. */
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

/* ---- tokens ---- */

typedef enum Kind { KIND_END, KIND_SPACE, KIND_COMMENT, KIND_WORD, KIND_SEMICOLON, KIND_OTHER } Kind;

static size_t quoted_length(CvSlice text, char end)
{
    size_t at = 1;
    while (at < text.length && text.data[at] != end)
        at++;
    return at < text.length ? at + 1 : at; /* a doubled quote is read as two texts side by side */
}

static size_t comment_length(CvSlice text)
{
    size_t at = 2;
    if (text.data[0] == '-') {
        while (at < text.length && text.data[at] != '\n')
            at++;
        return at;
    }
    while (at + 1 < text.length && !(text.data[at] == '*' && text.data[at + 1] == '/'))
        at++;
    return at + 1 < text.length ? at + 2 : text.length;
}

static Kind token(CvSlice text, size_t *length)
{
    char c = text.length ? text.data[0] : '\0', next = text.length > 1 ? text.data[1] : '\0';
    *length = 1;
    if (!text.length)
        return KIND_END;
    if (is_space(c))
        return KIND_SPACE;
    if ((c == '-' && next == '-') || (c == '/' && next == '*'))
        return *length = comment_length(text), KIND_COMMENT;
    if (c == ';')
        return KIND_SEMICOLON;
    if (c == '\'' || c == '"' || c == '`' || c == '[')
        return *length = quoted_length(text, c == '[' ? ']' : c), KIND_OTHER;
    if (!is_word(c))
        return KIND_OTHER;
    while (*length < text.length && is_word(text.data[*length]))
        ++*length;
    return KIND_WORD;
}

/* ---- statements ---- */

/* How far a statement is on its way to being a trigger's: the words that it begins with. */
typedef struct Reading {
    size_t words;
    bool trigger, maybe; /* maybe: CREATE, or CREATE TEMP */
    enum { BODY, AFTER_SEMICOLON, AFTER_END } place;
} Reading;

static void take_word(Reading *reading, CvSlice word)
{
    if (reading->words == 0)
        reading->maybe = cv_slice_equal_fold(word, CV_SLICE("CREATE"));
    else if (reading->maybe && cv_slice_equal_fold(word, CV_SLICE("TRIGGER")))
        reading->trigger = true, reading->maybe = false;
    else if (!cv_slice_equal_fold(word, CV_SLICE("TEMP")) && !cv_slice_equal_fold(word, CV_SLICE("TEMPORARY")))
        reading->maybe = false;
    if (reading->trigger)
        reading->place =
            reading->place == AFTER_SEMICOLON && cv_slice_equal_fold(word, CV_SLICE("END")) ? AFTER_END : BODY;
    reading->words++;
}

/* Whether a semicolon ends the statement. */
static bool ends(Reading *reading)
{
    if (!reading->trigger || reading->place == AFTER_END)
        return true;
    reading->place = AFTER_SEMICOLON;
    return false;
}

static const char *trimmed(CvBuffer *out)
{
    CvSlice text = cv_buffer_slice(out);
    while (text.length && is_space(text.data[text.length - 1]))
        text.length--;
    return cv_slice_string(out->arena, text);
}

const char *cv_sql_script_next(CvArena *arena, CvSlice *rest)
{
    CvBuffer out = cv_buffer(arena);
    Reading reading = {0};
    size_t length;
    for (Kind kind; (kind = token(*rest, &length)) != KIND_END; rest->data += length, rest->length -= length) {
        CvSlice piece = cv_slice_of(rest->data, length);
        bool begun = cv_buffer_slice(&out).length > 0;
        if (kind == KIND_SEMICOLON && begun && ends(&reading)) {
            rest->data++;
            rest->length--;
            return trimmed(&out);
        }
        if (!begun && (kind == KIND_SEMICOLON || kind == KIND_SPACE || kind == KIND_COMMENT))
            continue;
        if (kind == KIND_COMMENT) {
            cv_buffer_append_string(&out, piece.data[0] == '/' ? " " : ""); /* two words stay two */
            continue;
        }
        if (kind == KIND_WORD)
            take_word(&reading, piece);
        else if (kind == KIND_OTHER)
            reading.place = BODY;
        cv_buffer_append_slice(&out, piece);
    }
    return cv_buffer_slice(&out).length ? trimmed(&out) : NULL;
}

bool cv_sql_script_ends_transaction(const char *statement)
{
    static const char *const words[] = {"BEGIN", "COMMIT", "END", "ROLLBACK"};
    CvSlice rest = cv_slice(statement);
    size_t length;
    bool found = false;
    if (token(rest, &length) != KIND_WORD)
        return false;
    for (size_t i = 0; i < CV_COUNT_OF(words); i++)
        found = found || cv_slice_equal_fold(cv_slice_of(rest.data, length), cv_slice(words[i]));
    for (Kind kind; found && (kind = token(rest, &length)) != KIND_END; rest.data += length, rest.length -= length) {
        if (kind == KIND_WORD && cv_slice_equal_fold(cv_slice_of(rest.data, length), CV_SLICE("TO")))
            return false;
    }
    return found;
}
