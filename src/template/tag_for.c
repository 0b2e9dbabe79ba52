/* tag_for.c: {% for %} and its forloop. */
#include "template/parser_private.h"

typedef struct For {
    const CvExpression *sequence;
    const CvSlice *names;
    size_t name_count;
    uint32_t *hashes; /* of the names */
    bool reversed;
    bool needs_length;              /* the body may ask how long the sequence is, or keep items beyond their turn */
    uint32_t body, body_end, empty; /* counted from the tag's instruction; empty 0: there is none */
} For;

/* ---- forloop ---- */

typedef enum Member { COUNTER, COUNTER0, REVCOUNTER, REVCOUNTER0, FIRST, LAST, LENGTH, PARENTLOOP } Member;
static const char *const members[] = {"counter", "counter0", "revcounter", "revcounter0",
                                      "first",   "last",     "length",     "parentloop"};

static void read_member(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    const CvForLoop *loop = object;
    int64_t index = (int64_t)loop->index, length = (int64_t)loop->length;
    switch ((Member)accessor->offset) {
    case COUNTER:
        *out = cv_value_int(index + 1);
        return;
    case COUNTER0:
        *out = cv_value_int(index);
        return;
    case REVCOUNTER:
        *out = cv_value_int(length - index);
        return;
    case REVCOUNTER0:
        *out = cv_value_int(length - index - 1);
        return;
    case FIRST:
        *out = cv_value_bool(index == 0);
        return;
    case LAST:
        *out = cv_value_bool(index == length - 1);
        return;
    case LENGTH:
        *out = cv_value_int(length);
        return;
    case PARENTLOOP:
        *out =
            loop->parent ? (CvValue){.kind = CV_OBJECT, .object = loop->parent} : cv_value_dict(cv_dict_create(arena));
        return;
    }
}

static bool resolve_member(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    for (size_t i = 0; i < CV_COUNT_OF(members); i++)
        if (cv_slice_is(name, members[i])) {
            *out = (CvAccessor){.read = read_member, .offset = i};
            return true;
        }
    return false;
}

/* As the dict that Django has there. */
static CvSlice loop_str(const void *object, CvArena *arena)
{
    static const Member order[] = {PARENTLOOP, LENGTH, COUNTER0, COUNTER, REVCOUNTER, REVCOUNTER0, FIRST, LAST};
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < CV_COUNT_OF(order); i++) {
        CvValue value;
        read_member(&(CvAccessor){.offset = order[i]}, object, arena, &value);
        cv_dict_set_name(dict, members[order[i]], value);
    }
    return cv_value_str(arena, cv_value_dict(dict));
}

const CvType cv_forloop_type = {
    .magic = CV_TYPE_MAGIC, .name = "dict", .resolve = resolve_member, .str = loop_str, .repr = loop_str};

/* ---- rendering ---- */

typedef struct Turn {
    CvRender *render;
    const For *data;
    const CvCode *code;
    CvForLoop *loop;
    size_t name_at; /* where the loop's name stands among the context's entries */
} Turn;

/* a, b, c of an item that has as many parts. */
static void unpack(CvRender *render, const For *data, CvValue item)
{
    size_t length;
    if (!cv_value_length(item, &length))
        length = 1;
    if (length != data->name_count)
        cv_raise(CV_ERROR_VALUE, "Need %zu values to unpack in for loop; got %zu. ", data->name_count, length);
    CvWalk walk;
    CvValue part;
    if (!cv_walk_begin(&walk, render->arena, item))
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(item));
    for (size_t i = 0; i < data->name_count && cv_walk_next(&walk, &part); i++)
        cv_context_put(render->context, data->names[i], data->hashes[i], part);
}

/* One name: the entry in the context is written in place from the second item on. */
static inline void turn_one(Turn *at, const CvValue *item)
{
    CvContext *context = at->render->context;
    if (CV_LIKELY(at->loop->index))
        context->entries[at->name_at].value = *item;
    else
        at->name_at = cv_context_put(context, at->data->names[0], at->data->hashes[0], *item);
    cv_render_steps(at->render, at->code + at->data->body, at->code + at->data->body_end);
    at->loop->index++;
}

static void turn_many(Turn *at, CvValue item)
{
    cv_context_push(at->render->context);
    unpack(at->render, at->data, item);
    cv_render_run(at->render, at->code + at->data->body, at->code + at->data->body_end);
    cv_context_pop(at->render->context);
    at->loop->index++;
}

/* A body of nothing but outputs, as tables have it: each knows the item without asking the context. */
static void run_rows(Turn *at, const CvList *list)
{
    CvRender *render = at->render;
    CvContext *context = render->context;
    const For *data = at->data;
    const CvCode *body = at->code + data->body;
    const char *name = data->names[0].data;
    size_t count = list->count;
    for (size_t i = 0; i < count; i++) {
        const CvValue *item = &list->items[data->reversed ? count - 1 - i : i];
        if (CV_LIKELY(i))
            context->entries[at->name_at].value = *item;
        else
            at->name_at = cv_context_put(context, data->names[0], data->hashes[0], *item);
        render->code = body;
        cv_run_outputs_of(render, body, name, item);
        if (CV_UNLIKELY(render->out->length >= render->flush_at))
            cv_render_flush(render);
        at->loop->index++;
    }
}

static void run_list(Turn *at, const CvList *list)
{
    CvRender *render = at->render;
    size_t count = list->count;
    bool reversed = at->data->reversed, one = at->data->name_count == 1;
    at->loop->length = count;
    if (one && at->data->body + 1 == at->data->body_end && at->code[at->data->body].run == cv_run_outputs) {
        run_rows(at, list);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        CvWork work = cv_work_begin(render);
        const CvValue *item = &list->items[reversed ? count - 1 - i : i];
        if (CV_LIKELY(one))
            turn_one(at, item);
        else
            turn_many(at, *item);
        cv_work_end(render, work);
    }
}

/* Item by item, without a list of them. */
static void run_walk(Turn *at, CvWalk *walk)
{
    CvRender *render = at->render;
    for (;;) {
        CvWork work = cv_work_begin(render);
        CvValue item;
        if (!cv_walk_next(walk, &item))
            return;
        if (at->data->name_count == 1)
            turn_one(at, &item);
        else
            turn_many(at, item);
        cv_work_end(render, work);
    }
}

static void run_items(Turn *at, CvValue sequence)
{
    CvRender *render = at->render;
    if (sequence.kind == CV_LIST || sequence.kind == CV_TUPLE) {
        run_list(at, sequence.list);
        return;
    }
    bool known = !at->data->needs_length || cv_value_length(sequence, &at->loop->length);
    if (at->data->reversed || !known) {
        CvList list;
        if (!cv_value_items(render->arena, sequence, &list))
            cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(sequence));
        run_list(at, &list);
    } else {
        CvWalk walk CV_UNINITIALIZED;
        if (!cv_walk_begin(&walk, render->arena, sequence))
            cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(sequence));
        run_walk(at, &walk);
    }
}

/* So that a loop within a loop keeps nothing of the turns of the outer one. */
static void give_back_states(CvRender *render, CvForLoop *loop)
{
    while (loop->states) {
        CvLoopState *state = loop->states;
        loop->states = state->next;
        state->next = render->spare;
        render->spare = state;
    }
}

static const CvCode *run_for(CvRender *render, const CvCode *code)
{
    const For *data = code->data;
    CvContext *context = render->context;
    CvWork work = cv_work_begin(render);
    CvForLoop loop = {.object.type = &cv_forloop_type};
    static uint32_t forloop_hash;
    if (CV_UNLIKELY(!forloop_hash))
        forloop_hash = cv_context_hash(CV_SLICE("forloop"));
    const CvContextEntry *outer = cv_context_find(context, CV_SLICE("forloop"), forloop_hash);
    if (outer && outer->value.kind == CV_OBJECT && cv_type_of(outer->value.object) == &cv_forloop_type)
        loop.parent = outer->value.object;
    cv_context_push(context);
    CvValue sequence = cv_expression_value(render, data->sequence, true);
    if (sequence.kind != CV_NULL) {
        cv_context_put(context, CV_SLICE("forloop"), forloop_hash, (CvValue){.kind = CV_OBJECT, .object = &loop});
        if (CV_UNLIKELY(++render->depth > CV_RENDER_DEPTH_MAX))
            cv_raise(CV_ERROR_RECURSION, "maximum recursion depth exceeded");
        run_items(&(Turn){.render = render, .data = data, .code = code, .loop = &loop}, sequence);
        render->depth--;
        render->code = code;
        give_back_states(render, &loop);
    }
    if (loop.index == 0 && data->empty) {
        cv_context_pop(context);
        cv_context_push(context); /* without the forloop that never turned */
        cv_render_run(render, code + data->empty, code + code->next);
    }
    cv_context_pop(context);
    cv_work_end(render, work);
    return code + code->next;
}

/* ---- compiling ---- */

/* "a, b,c" of the words between `for` and `in`: names by commas with blanks around them. */
static const CvSlice *loop_names(CvParser *parser, const CvSlice *words, size_t count, size_t *name_count)
{
    CvBuffer joined = cv_buffer(parser->arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_byte(&joined, ' ');
        cv_buffer_append_slice(&joined, words[i]);
    }
    CV_VECTOR(CvSlice) names = {0};
    CvSlice rest = cv_slice_of(joined.data ? joined.data : "", joined.length), name;
    while (cv_slice_split(&rest, ',', &name)) {
        size_t index = names.count;
        if (index) /* blanks around the comma alone */
            while (name.length && name.data[0] == ' ')
                name = cv_slice_skip(name, 1);
        if (rest.data)
            while (name.length && name.data[name.length - 1] == ' ')
                name.length--;
        bool bad = name.length == 0;
        for (size_t i = 0; i < name.length; i++)
            bad |= strchr(" \"'|", name.data[i]) != NULL;
        if (bad)
            cv_parser_fail(parser, "'for' tag received an invalid argument: %.*s",
                           CV_SLICE_ARG(cv_parser_contents(parser)));
        cv_vector_push(parser->arena, &names, cv_parser_intern(parser, name));
    }
    *name_count = names.count;
    return names.items;
}

static void compile_for(CvParser *parser)
{
    static const char *const with_empty[] = {"empty", "endfor", NULL};
    static const char *const only_end[] = {"endfor", NULL};
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    CvSlice contents = cv_parser_contents(parser);
    if (count < 4)
        cv_parser_fail(parser, "'for' statements should have at least four words: %.*s", CV_SLICE_ARG(contents));
    For *data = cv_arena_new(parser->arena, For);
    data->reversed = cv_slice_is(words[count - 1], "reversed");
    size_t in = count - (data->reversed ? 3 : 2);
    if (!cv_slice_is(words[in], "in"))
        cv_parser_fail(parser, "'for' statements should use the format 'for x in y': %.*s", CV_SLICE_ARG(contents));
    data->names = loop_names(parser, words + 1, in - 1, &data->name_count);
    data->hashes = cv_arena_new_array(parser->arena, uint32_t, data->name_count);
    for (size_t i = 0; i < data->name_count; i++)
        data->hashes[i] = cv_context_hash(data->names[i]);
    data->sequence = cv_parser_expression(parser, words[in + 1]);
    size_t index = cv_parser_emit(parser, run_for, data, 0);
    data->body = (uint32_t)(cv_parser_here(parser) - index);
    uint32_t peeks = parser->loop_peeks;
    cv_parser_scope_begin(parser);
    cv_parser_bind(parser, CV_SLICE("forloop"));
    for (size_t i = 0; i < data->name_count; i++)
        cv_parser_bind(parser, data->names[i]);
    cv_parser_body(parser, with_empty);
    cv_parser_scope_end(parser);
    data->body_end = (uint32_t)(cv_parser_here(parser) - index);
    data->needs_length = peeks != parser->loop_peeks;
    if (cv_slice_is(cv_parser_contents(parser), "empty")) {
        data->empty = data->body_end;
        cv_parser_body(parser, only_end);
    }
    cv_parser_end(parser, index);
}

static const CvTag tags[] = {
    CV_TAG("for", compile_for,
           .doc = "Renders its body once for each item of a sequence, under one or more names; `reversed` goes "
                  "backwards; {% empty %} stands in for a sequence without items. Inside, forloop has counter, "
                  "counter0, revcounter, revcounter0, first, last, length and parentloop.",
           .examples = CV_EXAMPLES(
               {"{% for c in \"abc\" %}{{ forloop.counter }}{{ c }} {% endfor %}", "1a 2b 3c "},
               {"{% for key, value in sizes.items reversed %}{{ key }}={{ value }} {% empty %}none{% endfor %}",
                "b=2 a=1 ", .context = "{\"sizes\": {\"a\": 1, \"b\": 2}}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_for = {.name = "", .tags = tags};
