/* engine.c: an engine and its libraries; templates by name; errors with their place. */
#include "base/self.h"
#include "template/parser_private.h"

static CvSlice template_str(const void *object, CvArena *arena)
{
    const CvTemplate *page = object;
    return cv_slice(cv_arena_printf(arena, "<Template %s>", page->name ? page->name : ""));
}

const CvType cv_template_type = {.magic = CV_TYPE_MAGIC, .name = "Template", .str = template_str};

CvValue cv_template_value(const CvTemplate *page)
{
    return page ? (CvValue){.kind = CV_OBJECT, .object = page} : cv_value_null();
}

const char *cv_template_name(const CvTemplate *page)
{
    return page->name;
}

const char *cv_template_file(const CvTemplate *page)
{
    return page->file;
}

const CvNativeTemplate *cv_template_native(const CvTemplate *page)
{
    return page->native;
}

CvEngine *cv_template_engine(const CvTemplate *page)
{
    return page->engine;
}

/* ---- libraries ---- */

static CvLibraryIndex index_library(CvArena *arena, const CvLibrary *library)
{
    CvLibraryIndex index = {.library = library, .tags = cv_map_create(arena), .filters = cv_map_create(arena)};
    for (const CvTag *tag = library->tags; tag && tag->name; tag++)
        cv_map_set(index.tags, cv_slice(tag->name), (void *)tag);
    for (const CvFilter *filter = library->filters; filter && filter->name; filter++)
        cv_map_set(index.filters, cv_slice(filter->name), (void *)filter);
    return index;
}

void cv_engine_add_library(CvEngine *engine, const CvLibrary *library, bool builtin)
{
    CvLibraryIndex index = index_library(engine->arena, library);
    if (builtin)
        cv_vector_push(engine->arena, &engine->builtins, index);
    else
        cv_vector_push(engine->arena, &engine->libraries, index);
}

const CvLibraryIndex *cv_engine_library(const CvEngine *engine, CvSlice name)
{
    for (size_t i = engine->libraries.count; i-- > 0;)
        if (cv_slice_is(name, engine->libraries.items[i].library->name))
            return &engine->libraries.items[i];
    return NULL;
}

CvEngine *cv_engine_create(const CvEngineOptions *options)
{
    CvArena *arena = cv_arena_create(0);
    CvEngine *engine = cv_arena_new(arena, CvEngine);
    engine->arena = arena;
    if (options)
        engine->options = *options;
    engine->locale = engine->options.locale ? engine->options.locale : cv_locale_default();
    engine->pages = cv_map_create(arena);
    engine->files = cv_map_create(arena);
    for (const CvLibrary *const *library = cv_template_libraries(); *library; library++) {
        bool builtin = (*library)->name[0] == '\0';
        if (builtin || !cv_word_in(cv_slice((*library)->name), engine->options.withhold))
            cv_engine_add_library(engine, *library, builtin);
    }
    for (const CvLibrary *const *library = engine->options.libraries; library && *library; library++)
        cv_engine_add_library(engine, *library, false);
    for (const CvLibrary *const *library = engine->options.builtins; library && *library; library++)
        cv_engine_add_library(engine, *library, true);
    return engine;
}

void cv_engine_destroy(CvEngine *engine)
{
    if (!engine)
        return;
    cv_arena_destroy(engine->spare);
    cv_arena_destroy(engine->arena);
}

void cv_engine_set_reverse(CvEngine *engine, CvTemplateReverse *reverse, void *argument)
{
    engine->reverse = reverse;
    engine->reverse_argument = argument;
}

void cv_engine_set_static(CvEngine *engine, CvTemplateStatic *find_static, void *argument)
{
    engine->find_static = find_static;
    engine->static_argument = argument;
}

void cv_engine_set_cache(CvEngine *engine, CvTemplateCache cache)
{
    engine->cache = cache;
}

void *cv_engine_user_data(const CvEngine *engine)
{
    return engine->options.user_data;
}

const CvEngineOptions *cv_engine_options(const CvEngine *engine)
{
    return &engine->options;
}

/* ---- errors ---- */

void cv_template_place(CvSlice source, size_t position, int *line, int *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < position && i < source.length; i++) {
        if (source.data[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)source.data[i] & 0xc0) != 0x80) {
            ++*column;
        }
    }
}

/* Three lines before and after, numbered, the one at fault marked. */
static const char *lines_around(CvArena *arena, CvSlice source, int line)
{
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = source, text;
    if (!rest.data)
        return NULL;
    for (int number = 1; number <= line + 3 && cv_slice_split(&rest, '\n', &text); number++)
        if (number >= line - 3)
            cv_buffer_printf(&out, "%s%c %4d  %.*s", out.length ? "\n" : "", number == line ? '>' : ' ', number,
                             text.length > 300 ? 300 : (int)text.length, text.data);
    return cv_buffer_string(&out);
}

void cv_template_blame(CvArena *arena, CvError *error, const char *file, CvSlice source, size_t position)
{
    if (error->column)
        return;
    error->file = file;
    cv_template_place(source, position, &error->line, &error->column);
    if (!error->detail)
        error->detail = lines_around(arena, source, error->line);
}

void cv_engine_keep_error(CvEngine *engine, CvError *out, const CvError *error)
{
    (void)engine;
    CvArena *arena = cv_arena();
    *out = *error;
    out->message = cv_arena_strdup(arena, error->message);
    out->detail = cv_arena_strdup(arena, error->detail);
    out->hint = cv_arena_strdup(arena, error->hint);
    out->file = cv_arena_strdup(arena, error->file);
    if (error->cause)
        out->cause = cv_arena_memdup(arena, error->cause, sizeof *error->cause);
}

/* ---- templates by name ---- */

typedef struct Request {
    CvEngine *engine;
    CvSlice name;
    const CvTemplate *found;
} Request;

static void find(void *argument)
{
    Request *request = argument;
    request->found = cv_engine_find(request->engine, request->name, NULL, 0);
}

const CvTemplate *cv_engine_get(CvEngine *engine, const char *name, CvError *error)
{
    Request request = {.engine = engine, .name = cv_slice(name)};
    CvError *raised;
    if (cv_try(find, &request, &raised))
        return request.found;
    cv_engine_keep_error(engine, error, raised);
    return NULL;
}

const CvTemplate *cv_engine_select(CvEngine *engine, const char *const *names, CvError *error)
{
    *error = (CvError){.kind = CV_ERROR_TEMPLATE_DOES_NOT_EXIST, .message = "No template names provided"};
    for (; *names; names++) {
        const CvTemplate *page = cv_engine_get(engine, *names, error);
        if (page || error->kind != CV_ERROR_TEMPLATE_DOES_NOT_EXIST)
            return page;
    }
    return NULL;
}

static void drop_arena(void *arena)
{
    cv_arena_destroy(arena);
}

typedef struct Compilation {
    CvTemplate *page;
    CvSlice source;
    const char *name;
} Compilation;

static void compile(void *argument)
{
    Compilation *compilation = argument;
    CvTemplate *page = compilation->page;
    CvSlice source = compilation->source;
    page->name = cv_arena_strdup(page->arena, compilation->name);
    page->file = page->name ? page->name : "<unknown source>";
    char *copy = cv_arena_alloc(page->arena, cv_size_add(source.length, CV_TEXT_SLACK));
    if (source.length)
        memcpy(copy, source.data, source.length);
    page->source = cv_slice_of(copy, source.length);
    cv_template_compile(page);
    cv_arena_defer(page->engine->arena, drop_arena, page->arena);
}

const CvTemplate *cv_engine_compile(CvEngine *engine, CvSlice source, const char *name, CvError *error)
{
    CvArena *arena = cv_arena_create(0);
    CvTemplate *page = cv_arena_new(arena, CvTemplate);
    page->engine = engine;
    page->arena = arena;
    CvError *raised;
    if (cv_try(compile, &(Compilation){page, source, name}, &raised)) {
        cv_engine_link(engine, page);
        return page;
    }
    cv_engine_keep_error(engine, error, raised);
    cv_arena_destroy(arena);
    return NULL;
}

const CvBlockPart *cv_template_block(const CvTemplate *page, CvSlice name)
{
    uintptr_t place = (uintptr_t)cv_map_get(page->block_places, name);
    return place ? &page->blocks.items[place - 1] : NULL;
}

const CvPartialPart *cv_template_part(const CvTemplate *page, CvSlice name)
{
    uintptr_t place = (uintptr_t)cv_map_get(page->partial_places, name);
    return place ? &page->partials.items[place - 1] : NULL;
}

const CvTemplate *cv_template_partial(const CvTemplate *page, CvSlice name)
{
    const CvPartialPart *part = cv_template_part(page, name);
    return part ? part->page : NULL;
}
