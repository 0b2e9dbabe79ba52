/* filters_list.c: filters on sequences: first, last, join, length, slice, sorting, random. */
#include "template/tags_private.h"
#include "text/html.h"
#include "text/utf8.h"

static CV_NORETURN void not_subscriptable(CvValue value)
{
    cv_raise(CV_ERROR_TYPE, "'%s' object is not subscriptable", cv_value_kind_name(value));
}

static bool is_sequence(CvValue value)
{
    return value.kind == CV_LIST || value.kind == CV_TUPLE || value.kind == CV_STRING || value.kind == CV_BYTES ||
           (value.kind == CV_OBJECT && cv_type_of(value.object)->item);
}

static CvValue item_or_empty(CvRender *render, CvValue value, int64_t index)
{
    CvValue item;
    if (value.kind == CV_DICT) {
        if (cv_dict_get(value.dict, cv_value_int(index), &item))
            return item;
        cv_raise(CV_ERROR_KEY, "%lld", (long long)index);
    }
    if (!is_sequence(value))
        not_subscriptable(value);
    return cv_value_item(render->arena, value, index, &item) ? item : cv_value_slice(CV_SLICE(""));
}

static CvValue first(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return item_or_empty(render, value, 0);
}

static CvValue last(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return item_or_empty(render, value, -1);
}

static CvValue pick_random(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    static __thread uint64_t counter;
    size_t length;
    if (!cv_value_length(value, &length))
        cv_raise(CV_ERROR_TYPE, "object of type '%s' has no len()", cv_value_kind_name(value));
    if (length == 0)
        return cv_value_slice(CV_SLICE(""));
    uint64_t mixed = (cv_monotonic_ns() ^ (++counter << 32)) % UINT64_C(0xffffffffffffffc5) >> 7;
    return item_or_empty(render, value, (int64_t)(mixed % length));
}

static CvValue length(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    size_t count;
    return cv_value_int(cv_value_length(value, &count) ? (int64_t)count : 0);
}

static CvValue make_list(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvList *list = cv_list_create(render->arena);
    CvWalk walk;
    CvValue item;
    if (cv_walk_begin_keeping(&walk, render->arena, value))
        while (cv_walk_next(&walk, &item))
            cv_list_add(render->arena, list, item);
    return cv_value_list(list);
}

static CvValue join(CvRender *render, CvValue value, CvValue argument)
{
    CvWalk walk;
    CvValue item;
    bool autoescape = render->context->autoescape;
    if (!autoescape && argument.kind != CV_STRING)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'join'", cv_value_kind_name(argument));
    if (!cv_walk_begin(&walk, render->arena, value))
        return value;
    CvBuffer out = cv_buffer(render->arena);
    CvValue glue = autoescape ? cv_render_to_value(render, cv_render_text(render, argument)) : argument;
    for (bool more = false; cv_walk_next(&walk, &item); more = true) {
        if (more)
            cv_buffer_append(&out, glue.text, glue.length);
        if (!autoescape && item.kind != CV_STRING)
            return value; /* str.join() takes texts alone */
        CvValue text = cv_render_text(render, item);
        if (autoescape && !(text.flags & CV_SAFE))
            cv_html_escape(&out, cv_value_as_slice(text));
        else
            cv_buffer_append(&out, text.text, text.length);
    }
    return cv_value_safe(cv_slice_of(out.data ? out.data : "", out.length));
}

/* ---- slice ---- */

typedef struct Cut {
    bool has[3];
    int64_t at[3]; /* start, stop, step */
} Cut;

static bool read_cut(CvRender *render, CvValue argument, Cut *cut)
{
    CvSlice rest = cv_value_as_slice(cv_render_text(render, argument)), bit;
    CvValue bits[3];
    size_t count = 0;
    while (cv_slice_split(&rest, ':', &bit)) {
        if (count == 3)
            return false;
        bits[count] = cv_value_null();
        if (bit.length && !cv_value_to_integer(render->arena, cv_value_slice(bit), &bits[count]))
            return false;
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        size_t place = count == 1 ? 1 : i; /* "n" alone is the stop */
        cut->has[place] = bits[i].kind != CV_NULL;
        cut->at[place] = bits[i].kind == CV_INT                                ? bits[i].integer
                         : bits[i].kind == CV_BIGINT && bits[i].text[0] == '-' ? -INT64_C(0x3fffffffffffffff)
                                                                               : INT64_C(0x3fffffffffffffff);
        if (cut->at[place] > INT64_C(0x3fffffffffffffff))
            cut->at[place] = INT64_C(0x3fffffffffffffff);
        if (cut->at[place] < -INT64_C(0x3fffffffffffffff))
            cut->at[place] = -INT64_C(0x3fffffffffffffff);
    }
    if (!cut->has[2])
        cut->at[2] = 1;
    return cut->at[2] != 0;
}

/* Python's slice.indices(). */
static void settle(Cut *cut, int64_t length)
{
    int64_t step = cut->at[2], low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
    for (size_t i = 0; i < 2; i++) {
        int64_t at = cut->at[i];
        if (!cut->has[i])
            at = (i == 0) == (step > 0) ? low : high;
        else if (at < 0)
            at = at + length < low ? low : at + length;
        else if (at > high)
            at = high;
        cut->at[i] = at;
    }
}

static CvValue slice(CvRender *render, CvValue value, CvValue argument)
{
    Cut cut = {0};
    CvList items;
    if (!is_sequence(value) || !read_cut(render, argument, &cut))
        return value;
    if (value.kind == CV_STRING && cut.at[2] == 1 && (!cut.has[0] || cut.at[0] >= 0) &&
        (!cut.has[1] || cut.at[1] >= 0)) { /* without a list of characters */
        CvSlice text = cv_value_as_slice(value);
        size_t start = cut.has[0] ? (size_t)cut.at[0] : 0;
        if (cut.has[1])
            text = cv_utf8_take(text, (size_t)cut.at[1]);
        return cv_value_slice(cv_utf8_drop(text, start));
    }
    if (!cv_value_items(render->arena, value, &items))
        return value;
    settle(&cut, (int64_t)items.count);
    CvList *list = cv_list_create(render->arena);
    CvBuffer text = cv_buffer(render->arena);
    for (int64_t at = cut.at[0]; cut.at[2] > 0 ? at < cut.at[1] : at > cut.at[1]; at += cut.at[2]) {
        CvValue item = items.items[at];
        if (value.kind == CV_STRING)
            cv_buffer_append(&text, item.text, item.length);
        else
            cv_list_add(render->arena, list, item);
    }
    if (value.kind == CV_STRING)
        return cv_value_slice(cv_slice_of(text.data ? text.data : "", text.length));
    return (CvValue){.kind = value.kind == CV_TUPLE ? CV_TUPLE : CV_LIST, .list = list};
}

/* ---- dictsort ---- */

typedef struct Keyed {
    CvValue key, item;
} Keyed;

/* The property of an item; false where Python raises AttributeError or TypeError. */
static bool property(CvRender *render, CvValue item, CvValue argument, CvValue *key)
{
    double number;
    if (cv_value_to_float(argument, &number)) { /* operator.itemgetter(argument) */
        if (item.kind == CV_DICT) {
            if (!cv_dict_get(item.dict, argument, key))
                cv_raise(CV_ERROR_KEY, "%.*s", CV_SLICE_ARG(cv_value_repr(render->arena, argument)));
            return true;
        }
        if (argument.kind != CV_INT || !is_sequence(item))
            return false;
        if (!cv_value_item(render->arena, item, argument.integer, key))
            cv_raise(CV_ERROR_INDEX, "list index out of range");
        return true;
    }
    CvSlice rest = cv_value_as_slice(argument), part;
    *key = item;
    while (cv_slice_split(&rest, '.', &part)) {
        CvValue inner;
        if (key->kind == CV_LIST || key->kind == CV_TUPLE || key->kind == CV_STRING)
            return false; /* text is no index */
        if (!cv_render_lookup(render, *key, part, &inner))
            return false;
        *key = inner;
    }
    return true;
}

/* Stable; false if two keys have no order. */
static bool merge_sort(Keyed *items, Keyed *spare, size_t count, bool reversed)
{
    if (count < 2)
        return true;
    size_t half = count / 2;
    if (!merge_sort(items, spare, half, reversed) || !merge_sort(items + half, spare, count - half, reversed))
        return false;
    memcpy(spare, items, half * sizeof *items);
    size_t left = 0, right = half, to = 0;
    while (left < half && right < count) {
        int order;
        if (!cv_value_compare(spare[left].key, items[right].key, &order))
            return false;
        items[to++] = (reversed ? order >= 0 : order <= 0) ? spare[left++] : items[right++];
    }
    while (left < half)
        items[to++] = spare[left++];
    return true;
}

static CvValue sort(CvRender *render, CvValue value, CvValue argument, bool reversed)
{
    CvList items;
    CvArena *arena = render->arena;
    CvValue failed = cv_value_slice(CV_SLICE(""));
    if (argument.kind == CV_STRING && argument.length == 0)
        cv_raise(CV_ERROR_INDEX, "string index out of range");
    if (argument.kind == CV_BOOL)
        argument = cv_value_int(argument.boolean);
    if (!cv_value_items(arena, value, &items))
        return failed;
    double unused;
    if (!cv_value_to_float(argument, &unused)) {
        if (argument.kind != CV_STRING)
            return failed;
        CvSlice path = cv_value_as_slice(argument);
        if (cv_slice_starts_with(path, CV_SLICE("_")) || cv_slice_find(path, CV_SLICE("._")) >= 0)
            return failed;
    }
    Keyed *keyed = cv_arena_new_array(arena, Keyed, items.count);
    for (size_t i = 0; i < items.count; i++) {
        keyed[i].item = items.items[i];
        if (!property(render, keyed[i].item, argument, &keyed[i].key))
            return failed;
    }
    Keyed *spare = cv_arena_new_array(arena, Keyed, items.count);
    if (!merge_sort(keyed, spare, items.count, reversed))
        return failed;
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < items.count; i++)
        cv_list_add(arena, list, keyed[i].item);
    return cv_value_list(list);
}

static CvValue dictsort(CvRender *render, CvValue value, CvValue argument)
{
    return sort(render, value, argument, false);
}

static CvValue dictsortreversed(CvRender *render, CvValue value, CvValue argument)
{
    return sort(render, value, argument, true);
}

static const CvFilter filters[] = {
    CV_FILTER("first", first, .doc = "The first item.", .examples = CV_EXAMPLES({"{{ \"abc\"|first }}", "a"})),
    CV_FILTER("last", last, .flags = CV_FILTER_SAFE, .doc = "The last item.",
              .examples = CV_EXAMPLES({"{{ \"abc\"|last }}", "c"})),
    CV_FILTER("random", pick_random, .flags = CV_FILTER_SAFE, .doc = "Any item.",
              .examples = CV_EXAMPLES({"{{ \"aaa\"|random }}", "a"})),
    CV_FILTER("length", length, .doc = "How many items or characters.",
              .examples = CV_EXAMPLES({"{{ \"abc\"|length }}", "3"})),
    CV_FILTER("make_list", make_list, .flags = CV_FILTER_TEXT, .doc = "A list of the characters.",
              .examples = CV_EXAMPLES({"{{ \"ab\"|make_list|join:\"-\" }}", "a-b"})),
    CV_FILTER("join", join, .flags = CV_FILTER_SAFE | CV_FILTER_NEEDS_ARGUMENT,
              .doc = "The items with a text between them.",
              .examples = CV_EXAMPLES({"{{ \"abc\"|make_list|join:\", \" }}", "a, b, c"})),
    CV_FILTER("slice", slice, .flags = CV_FILTER_SAFE | CV_FILTER_NEEDS_ARGUMENT, .doc = "A part, by Python's rules.",
              .examples = CV_EXAMPLES({"{{ \"abcd\"|slice:\"1:3\" }}", "bc"})),
    CV_FILTER(
        "dictsort", dictsort, .flags = CV_FILTER_NEEDS_ARGUMENT,
        .doc = "The items sorted by a property: {{ people|dictsort:\"name\" }}.",
        .examples = CV_EXAMPLES(
            {"{% for p in people|dictsort:\"name\" %}{{ p.name }} {% endfor %}", "Ada Bob ",
             .context =
                 "{\"people\": [{\"name\": \"Bob\", \"city\": \"Rome\"}, {\"name\": \"Ada\", \"city\": \"Oslo\"}]}"})),
    CV_FILTER(
        "dictsortreversed", dictsortreversed, .flags = CV_FILTER_NEEDS_ARGUMENT, .doc = "The same, the greatest first.",
        .examples = CV_EXAMPLES(
            {"{% for p in people|dictsortreversed:\"name\" %}{{ p.name }} {% endfor %}", "Bob Ada ",
             .context =
                 "{\"people\": [{\"name\": \"Bob\", \"city\": \"Rome\"}, {\"name\": \"Ada\", \"city\": \"Oslo\"}]}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_list_filters = {.name = "", .filters = filters};
