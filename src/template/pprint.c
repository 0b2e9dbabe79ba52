/* pprint.c: values as Python's pprint lays them out: 80 columns, an item a line where a line does not do, long texts in
 * pieces, keys of dicts in order. */
#include "template/tags_private.h"
#include "text/utf8.h"

#define WIDTH 80
#define DEPTH_MAX 50 /* deeper values stand on one line */

typedef struct Printer {
    CvArena *arena;
    CvBuffer *out;
} Printer;

/* ---- dicts in the order of their keys ---- */

static const char *type_name(CvValue value)
{
    return value.kind == CV_DECIMAL ? "decimal.Decimal" : cv_value_kind_name(value);
}

/* Keys without an order among them stand by the names of their types. */
static bool comes_before(const CvDictEntry *a, const CvDictEntry *b)
{
    int order;
    if (cv_value_compare(a->key, b->key, &order))
        return order < 0;
    return strcmp(type_name(a->key), type_name(b->key)) < 0;
}

static void merge(const CvDictEntry **from, size_t middle, size_t count, const CvDictEntry **to)
{
    for (size_t i = 0, left = 0, right = middle; i < count; i++) {
        bool take_right = left == middle || (right < count && comes_before(from[right], from[left]));
        to[i] = from[take_right ? right++ : left++];
    }
}

static const CvDictEntry **sorted_entries(CvArena *arena, const CvDict *dict)
{
    size_t count = 0, all = cv_dict_count(dict);
    const CvDictEntry **items = cv_arena_new_array(arena, const CvDictEntry *, all + 1);
    const CvDictEntry **other = cv_arena_new_array(arena, const CvDictEntry *, all + 1);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        items[count++] = entry;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t start = 0; start < count; start += 2 * run) {
            size_t left = count - start < run ? count - start : run;
            size_t both = count - start < 2 * run ? count - start : 2 * run;
            merge(items + start, left, both, other + start);
        }
        const CvDictEntry **swap = items;
        items = other;
        other = swap;
    }
    return items;
}

/* ---- on one line ---- */

static void print_flat(Printer *printer, CvBuffer *out, CvValue value, int depth)
{
    bool tuple = value.kind == CV_TUPLE;
    if (depth > DEPTH_MAX || (value.kind != CV_LIST && !tuple && value.kind != CV_DICT)) {
        cv_value_append_repr(out, value);
    } else if (value.kind == CV_DICT) {
        const CvDictEntry **entries = sorted_entries(printer->arena, value.dict);
        cv_buffer_append_byte(out, '{');
        for (size_t i = 0; entries[i]; i++) {
            cv_buffer_append_string(out, i ? ", " : "");
            print_flat(printer, out, entries[i]->key, depth + 1);
            cv_buffer_append_string(out, ": ");
            print_flat(printer, out, entries[i]->value, depth + 1);
        }
        cv_buffer_append_byte(out, '}');
    } else {
        cv_buffer_append_byte(out, tuple ? '(' : '[');
        for (size_t i = 0; i < value.list->count; i++) {
            cv_buffer_append_string(out, i ? ", " : "");
            print_flat(printer, out, value.list->items[i], depth + 1);
        }
        cv_buffer_append_string(out, tuple ? (value.list->count == 1 ? ",)" : ")") : "]");
    }
}

static CvSlice flat(Printer *printer, CvValue value, int depth)
{
    CvBuffer out = cv_buffer(printer->arena);
    print_flat(printer, &out, value, depth);
    return cv_buffer_slice(&out);
}

static CvSlice text_repr(Printer *printer, CvSlice text)
{
    return cv_value_repr(printer->arena, cv_value_slice(text));
}

/* ---- texts ---- */

/* `max` goes for lines, `last` is what must stay free behind the end of the text. */
typedef struct Pieces {
    Printer *printer;
    CV_VECTOR(CvSlice) list; /* each as its repr */
    ptrdiff_t max, last;
} Pieces;

/* A word and the space behind it. */
static CvSlice take_part(CvSlice *rest)
{
    CvSlice start = *rest;
    while (rest->length && !cv_utf8_is_space(cv_utf8_next(rest)))
        continue;
    while (rest->length) {
        CvSlice before = *rest;
        if (!cv_utf8_is_space(cv_utf8_next(rest))) {
            *rest = before;
            break;
        }
    }
    return cv_slice_of(start.data, start.length - rest->length);
}

static void add_piece(Pieces *pieces, CvSlice text)
{
    if (text.length)
        cv_vector_push(pieces->printer->arena, &pieces->list, text_repr(pieces->printer, text));
}

/* A line that is too long: as many words to a piece as there is room for. */
static void split_line(Pieces *pieces, CvSlice line, bool is_last)
{
    CvSlice rest = line, current = {line.data, 0};
    while (rest.length) {
        CvSlice part = take_part(&rest);
        CvSlice longer = {current.data, current.length + part.length};
        ptrdiff_t room = pieces->max - (is_last && !rest.length ? pieces->last : 0);
        if ((ptrdiff_t)cv_utf8_count(text_repr(pieces->printer, longer)) > room) {
            add_piece(pieces, current);
            current = part;
        } else {
            current = longer;
        }
    }
    add_piece(pieces, current);
}

static void print_text(Printer *printer, CvValue value, size_t indent, size_t allowance, int level)
{
    CvSlice rest = cv_value_as_slice(value), line = {0};
    bool outermost = level == 1;
    indent += outermost;
    Pieces pieces = {
        .printer = printer, .max = (ptrdiff_t)WIDTH - (ptrdiff_t)indent, .last = (ptrdiff_t)allowance + outermost};
    while (rest.length) {
        const char *start = rest.data;
        (void)cv_utf8_split_line(&rest, &line);
        line = cv_slice_of(start, value.length - rest.length - (size_t)(start - value.text)); /* with its end */
        bool is_last = rest.length == 0;
        CvSlice whole = text_repr(printer, line);
        if ((ptrdiff_t)cv_utf8_count(whole) <= pieces.max - (is_last ? pieces.last : 0))
            cv_vector_push(printer->arena, &pieces.list, whole);
        else
            split_line(&pieces, line, is_last);
    }
    if (pieces.list.count == 1) {
        cv_buffer_append_slice(printer->out, text_repr(printer, line));
        return;
    }
    cv_buffer_append_string(printer->out, outermost ? "(" : "");
    for (size_t i = 0; i < pieces.list.count; i++) {
        if (i) {
            cv_buffer_append_byte(printer->out, '\n');
            cv_buffer_append_repeated(printer->out, ' ', indent);
        }
        cv_buffer_append_slice(printer->out, pieces.list.items[i]);
    }
    cv_buffer_append_string(printer->out, outermost ? ")" : "");
}

/* ---- lists and dicts ---- */

static void print(Printer *printer, CvValue value, size_t indent, size_t allowance, int level);

static void next_line(Printer *printer, size_t indent)
{
    cv_buffer_append_string(printer->out, ",\n");
    cv_buffer_append_repeated(printer->out, ' ', indent);
}

static void print_items(Printer *printer, const CvList *list, size_t indent, size_t allowance, int level)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            next_line(printer, indent);
        print(printer, list->items[i], indent, i + 1 == list->count ? allowance : 1, level);
    }
}

static void print_entries(Printer *printer, const CvDict *dict, size_t indent, size_t allowance, int level)
{
    const CvDictEntry **entries = sorted_entries(printer->arena, dict);
    for (size_t i = 0; entries[i]; i++) {
        CvSlice key = flat(printer, entries[i]->key, level);
        if (i)
            next_line(printer, indent);
        cv_buffer_append_slice(printer->out, key);
        cv_buffer_append_string(printer->out, ": ");
        print(printer, entries[i]->value, indent + cv_utf8_count(key) + 2, entries[i + 1] ? 1 : allowance, level);
    }
}

/* `indent` columns stand before the value, `allowance` must stay free behind it. */
static void print(Printer *printer, CvValue value, size_t indent, size_t allowance, int level)
{
    CvBuffer *out = printer->out;
    CvSlice line = flat(printer, value, level);
    bool fits = level > DEPTH_MAX || cv_utf8_count(line) + indent + allowance <= WIDTH;
    level++;
    if (fits) {
        cv_buffer_append_slice(out, line);
    } else if (value.kind == CV_DICT) {
        cv_buffer_append_byte(out, '{');
        print_entries(printer, value.dict, indent + 1, allowance + 1, level);
        cv_buffer_append_byte(out, '}');
    } else if (value.kind == CV_LIST) {
        cv_buffer_append_byte(out, '[');
        print_items(printer, value.list, indent + 1, allowance + 1, level);
        cv_buffer_append_byte(out, ']');
    } else if (value.kind == CV_TUPLE) {
        bool one = value.list->count == 1;
        cv_buffer_append_byte(out, '(');
        print_items(printer, value.list, indent + 1, allowance + 1 + one, level);
        cv_buffer_append_string(out, one ? ",)" : ")");
    } else if (value.kind == CV_STRING && value.length) {
        print_text(printer, value, indent, allowance, level);
    } else {
        cv_buffer_append_slice(out, line);
    }
}

CvSlice cv_value_pprint(CvArena *arena, CvValue value)
{
    CvBuffer out = cv_buffer(arena);
    print(&(Printer){arena, &out}, value, 0, 0, 0);
    return cv_slice(cv_buffer_string(&out));
}
