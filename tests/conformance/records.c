/* records.c: reading JSON lines (a reader of the tests' own, so that the library's is not judged by itself). */
#include "records.h"

enum { MOST_DEPTH = 200 };

typedef struct Reader {
    CvArena *arena;
    const char *next, *end;
    int depth;
} Reader;

static CvValue read_value(Reader *reader);

CV_NORETURN static void refuse(const Reader *reader, const char *what)
{
    cv_raise(CV_ERROR_VALUE, "JSON: %s before '%.*s'", what,
             CV_SLICE_ARG(cv_slice_range(cv_slice_of(reader->next, (size_t)(reader->end - reader->next)), 0, 20)));
}

static void skip_space(Reader *reader)
{
    while (reader->next < reader->end && strchr(" \t\r\n", *reader->next))
        reader->next++;
}

static bool take(Reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->next) < length || memcmp(reader->next, word, length) != 0)
        return false;
    reader->next += length;
    return true;
}

static uint32_t read_hex(Reader *reader)
{
    uint32_t code = 0;
    for (int i = 0; i < 4; i++, reader->next++) {
        char c = reader->next < reader->end ? *reader->next : 'x';
        const char *digits = "0123456789abcdef", *at = strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);
        if (!at || !c)
            refuse(reader, "bad \\u");
        code = code << 4 | (uint32_t)(at - digits);
    }
    return code;
}

static void append_code(CvBuffer *out, uint32_t code)
{
    if (code < 0x80) {
        cv_buffer_append_byte(out, (char)code);
        return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xc0, 0xe0, 0xf0};
    cv_buffer_append_byte(out, (char)(lead[more] | code >> (6 * more)));
    while (more-- > 0)
        cv_buffer_append_byte(out, (char)(0x80 | (code >> (6 * more) & 63)));
}

static CvValue read_string(Reader *reader)
{
    CvBuffer out = cv_buffer(reader->arena);
    while (reader->next < reader->end && *reader->next != '"') {
        char c = *reader->next++;
        if (c != '\\') {
            cv_buffer_append_byte(&out, c);
            continue;
        }
        c = reader->next < reader->end ? *reader->next++ : 0;
        if (c == 'u') {
            uint32_t code = read_hex(reader);
            const char *before = reader->next;
            if (code >= 0xd800 && code < 0xdc00 && take(reader, "\\u")) {
                uint32_t low = read_hex(reader);
                if (low >= 0xdc00 && low < 0xe000)
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                else
                    reader->next = before;
            }
            append_code(&out, code);
        } else {
            const char *from = "\"\\/bfnrt", *to = "\"\\/\b\f\n\r\t", *at = c ? strchr(from, c) : NULL;
            if (!at)
                refuse(reader, "bad escape");
            cv_buffer_append_byte(&out, to[at - from]);
        }
    }
    if (!take(reader, "\""))
        refuse(reader, "open string");
    (void)cv_buffer_string(&out);
    return cv_value_slice(cv_buffer_slice(&out));
}

static CvValue read_list(Reader *reader)
{
    CvList *list = cv_list_create(reader->arena);
    skip_space(reader);
    if (take(reader, "]"))
        return cv_value_list(list);
    do
        cv_list_add(reader->arena, list, read_value(reader));
    while (take(reader, ","));
    if (!take(reader, "]"))
        refuse(reader, "open list");
    return cv_value_list(list);
}

static CvValue read_dict(Reader *reader)
{
    CvDict *dict = cv_dict_create(reader->arena);
    skip_space(reader);
    if (take(reader, "}"))
        return cv_value_dict(dict);
    do {
        skip_space(reader);
        if (!take(reader, "\""))
            refuse(reader, "no key");
        CvValue key = read_string(reader);
        skip_space(reader);
        if (!take(reader, ":"))
            refuse(reader, "no colon");
        cv_dict_set(dict, key, read_value(reader));
    } while (take(reader, ","));
    if (!take(reader, "}"))
        refuse(reader, "open object");
    return cv_value_dict(dict);
}

static CvValue read_number(Reader *reader)
{
    const char *start = reader->next;
    bool whole = true;
    while (reader->next < reader->end && *reader->next && strchr("+-0123456789.eE", *reader->next)) {
        whole = whole && !strchr(".eE", *reader->next);
        reader->next++;
    }
    CvSlice text = cv_slice_of(start, (size_t)(reader->next - start));
    double number;
    if (text.length && whole)
        return cv_value_integer_text(reader->arena, text);
    if (!cv_slice_to_double(text, &number))
        refuse(reader, "no value");
    return cv_value_float(number);
}

static CvValue read_value(Reader *reader)
{
    CvValue value;
    if (++reader->depth > MOST_DEPTH)
        refuse(reader, "too deep");
    skip_space(reader);
    if (take(reader, "\""))
        value = read_string(reader);
    else if (take(reader, "{"))
        value = read_dict(reader);
    else if (take(reader, "["))
        value = read_list(reader);
    else if (take(reader, "null"))
        value = cv_value_null();
    else if (take(reader, "true"))
        value = cv_value_bool(true);
    else if (take(reader, "false"))
        value = cv_value_bool(false);
    else
        value = read_number(reader);
    skip_space(reader);
    reader->depth--;
    return value;
}

CvValue records_parse(CvArena *arena, CvSlice json)
{
    Reader reader = {.arena = arena, .next = json.data, .end = json.data + json.length};
    CvValue value = read_value(&reader);
    if (reader.next != reader.end)
        refuse(&reader, "more");
    return value;
}

/* ---- members ---- */

CvValue record_get(const CvDict *record, const char *name)
{
    CvValue value;
    return cv_dict_get_slice(record, cv_slice(name), &value) ? value : (CvValue){.kind = CV_MISSING};
}

CvSlice record_text(const CvDict *record, const char *name)
{
    CvValue value = record_get(record, name);
    return value.kind == CV_STRING ? cv_value_as_slice(value) : CV_SLICE("");
}

const char *record_string(CvArena *arena, const CvDict *record, const char *name)
{
    return cv_slice_string(arena, record_text(record, name));
}

bool record_is(const CvDict *record, const char *name, const char *text)
{
    return cv_slice_is(record_text(record, name), text);
}

bool record_has(const CvDict *record, const char *name)
{
    return record_get(record, name).kind != CV_MISSING;
}

double record_number(const CvDict *record, const char *name, double otherwise)
{
    CvValue value = record_get(record, name);
    double number;
    if (value.kind == CV_DICT && cv_slice_to_double(record_text(value.dict, "$float"), &number))
        return number;
    return value.kind == CV_INT ? (double)value.integer : value.kind == CV_FLOAT ? value.real : otherwise;
}

/* ---- comparing ---- */

bool same_text(CvBuffer *why, const char *what, CvSlice expected, CvSlice got)
{
    if (cv_slice_equal(expected, got))
        return true;
    cv_buffer_printf(why, "%s: expected <%.*s> got <%.*s>; ", what, CV_SLICE_ARG(expected), CV_SLICE_ARG(got));
    return false;
}

bool same_value(CvArena *arena, CvBuffer *why, const char *what, CvValue expected, CvValue got)
{
    CvSlice a = cv_value_repr(arena, expected), b = cv_value_repr(arena, got);
    return same_text(why, what, a, b);
}

static bool any_failure_is_enough(CvSlice name)
{
    static const char *const pythons[] = {"ValueError",   "TypeError",     "UnicodeEncodeError", "KeyError",
                                          "IndexError",   "CookieError",   "JSONDecodeError",    "error",
                                          "Error",        "PatternError",  "InvalidOperation",   "AttributeError",
                                          "UnicodeError", "OverflowError", "UnicodeDecodeError"};
    for (size_t i = 0; i < CV_COUNT_OF(pythons); i++)
        if (cv_slice_is(name, pythons[i]))
            return true;
    return false;
}

bool same_error(CvBuffer *why, const CvDict *record, const CvError *error)
{
    CvSlice name = record_text(record, "raises");
    if (any_failure_is_enough(name))
        return true;
    bool same = same_text(why, "raises", name, cv_slice(cv_error_class(error->kind)));
    if (record_has(record, "message"))
        same &= same_text(why, "message", record_text(record, "message"), cv_slice(error->message));
    return same;
}

/* ---- running ---- */

typedef struct Run {
    RecordCheck *check;
    CvArena *arena;
    CvSlice line;
    CvBuffer why;
    CvSlice id;
    bool passed;
} Run;

static void run_line(void *argument)
{
    Run *run = argument;
    CvValue record = records_parse(run->arena, run->line);
    if (record.kind != CV_DICT)
        cv_raise(CV_ERROR_VALUE, "the line is no object");
    run->id = record_text(record.dict, "id");
    run->passed = run->check(run->arena, record.dict, &run->why);
}

static bool run_file(const char *path, RecordCheck *check, bool verbose)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    CvArena *arena = cv_arena_create(0);
    char *line = NULL;
    size_t room = 0, passed = 0, total = 0;
    ssize_t length;
    while ((length = getline(&line, &room, file)) > 0) {
        Run run = {.check = check, .arena = arena, .line = cv_slice_of(line, (size_t)length), .why = cv_buffer(arena)};
        CvError *error = NULL;
        CvArena *outer = cv_arena_enter(arena);
        bool came_back = cv_try(run_line, &run, &error);
        cv_arena_leave(outer);
        total++;
        passed += came_back && run.passed;
        if (verbose && !came_back)
            fprintf(stderr, "%.*s: raised %s: %s\n", CV_SLICE_ARG(run.id), cv_error_class(error->kind), error->message);
        else if (verbose && !run.passed)
            fprintf(stderr, "%.*s: %s\n", CV_SLICE_ARG(run.id), cv_buffer_string(&run.why));
        cv_arena_reset(arena);
    }
    free(line);
    fclose(file);
    cv_arena_destroy(arena);
    const char *slash = strrchr(path, '/');
    printf("%s: passed %zu of %zu\n", slash ? slash + 1 : path, passed, total);
    return true;
}

typedef struct Attempt {
    RecordCheck *check;
    CvArena *arena;
    const CvDict *record;
    CvBuffer *why;
    bool passed;
} Attempt;

static void attempt(void *argument)
{
    Attempt *made = argument;
    made->passed = made->check(made->arena, made->record, made->why);
}

bool passes_or_raises(RecordCheck *check, CvArena *arena, const CvDict *record, CvBuffer *why)
{
    Attempt made = {.check = check, .arena = arena, .record = record, .why = why};
    CvError *error;
    if (cv_try(attempt, &made, &error))
        return made.passed;
    if (record_has(record, "raises"))
        return same_error(why, record, error);
    cv_buffer_printf(why, "raised %s", error->message);
    return false;
}

int run_records(int argc, char **argv, RecordCheck *check)
{
    bool verbose = false, good = argc > 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else
            good &= run_file(argv[i], check, verbose);
    }
    return good ? 0 : 2;
}
