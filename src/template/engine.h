/* engine.h: finds, compiles and renders templates.
 *
 * Templates are looked for among the files that the build embedded, then in `dirs`, then in `app_dirs`, then among
 * those that C writes; the first hit wins and is kept. With `debug` the folders come first, and a file whose time or
 * size changed is read again. A template is compiled to a flat program and never changes; it lives as long as its
 * engine, so a `const CvTemplate *` may be kept (in debug it may be stale).
 *
 * Every function that can fail returns false (or NULL) and fills *error: class (CV_ERROR_TEMPLATE_SYNTAX,
 * CV_ERROR_TEMPLATE_DOES_NOT_EXIST, or whatever a tag, filter or object raised), Django's message, the template's file,
 * line and column, and in `detail` the lines around. An engine may be shared by fibers, not by threads. */
#ifndef CV_TEMPLATE_ENGINE_H
#define CV_TEMPLATE_ENGINE_H

#include "base/embedded.h"
#include "base/error.h"
#include "base/value.h"
#include "template/context.h"

CV_API_BEGIN

typedef struct CvTemplate CvTemplate;
typedef struct CvLibrary CvLibrary;

/* A file inside the program; tables end in a NULL name. */
typedef CvEmbeddedFile CvTemplateFile;

/* A template that C writes. It is found under its name where no file has it, so that a site can put a file in its
 * place, and is included and rendered like any other.
 *
 *     static void write_rating(const CvNativeTemplate *native, CvContext *context, CvBuffer *out)
 *     {
 *         CvValue stars;
 *         (void)native;
 *         if (cv_context_get(context, CV_SLICE("stars"), &stars))
 *             cv_buffer_printf(out, "<b>%" PRId64 "</b>", stars.integer);
 *     }
 *     static const CvNativeTemplate natives[] = {{.name = "shop/rating.html", .render = write_rating}, {0}}; */
typedef struct CvNativeTemplate {
    const char *name;
    /* Appends to `out`; escapes what must be. May raise. */
    void (*render)(const struct CvNativeTemplate *native, CvContext *context, CvBuffer *out);
    const void *data; /* its own */
} CvNativeTemplate;

/* A list of names that ends in NULL: .dirs = CV_NAMES("templates", "more") */
#define CV_NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Zero gives Django's defaults. What the pointers lead to must live as long as the engine, texts are not copied. */
typedef struct CvEngineOptions {
    const char *const *dirs;           /* folders, searched in this order; ends in NULL */
    const char *const *app_dirs;       /* "templates" folders of the apps; ends in NULL */
    const CvTemplateFile *files;       /* embedded templates */
    const CvNativeTemplate *natives;   /* behind all files; ends in a NULL name */
    const CvLibrary *const *libraries; /* more libraries for {% load %}, by their names; ends in NULL */
    const CvLibrary *const *builtins;  /* more libraries that every template has; ends in NULL */
    const char *const *withhold;       /* names of the engine's own libraries that {% load %} must not find */
    const char *string_if_invalid;     /* may contain %s */
    const CvLocale *locale;            /* where none is activated; NULL: en-us with Django's default settings */
    size_t output_limit;               /* bytes that one render may hold; 0: no limit */
    bool debug;                        /* changed files are read again; {% debug %} prints */
    bool no_autoescape;
    void *user_data; /* for tags of other floors, cv_engine_user_data() */
} CvEngineOptions;

CvEngine *cv_engine_create(const CvEngineOptions *options);
/* Frees the engine and all its templates. */
void cv_engine_destroy(CvEngine *engine);
/* More libraries after creation, before the first template is compiled: for floors that own tags. A later library's
 * tag or filter replaces an earlier one of the same name. `builtin`: every template has it without {% load %}. */
void cv_engine_add_library(CvEngine *engine, const CvLibrary *library, bool builtin);
void *cv_engine_user_data(const CvEngine *engine);
const CvEngineOptions *cv_engine_options(const CvEngine *engine);

/* The template of that name ("polls/index.html", or "polls/index.html#row" for a partial of it). Names must be
 * relative, without "..", "\\" or NUL. NULL: see *error, whose detail lists the places that were tried. */
const CvTemplate *cv_engine_get(CvEngine *engine, const char *name, CvError *error);
/* The first of the names (ending in NULL) that exists. */
const CvTemplate *cv_engine_select(CvEngine *engine, const char *const *names, CvError *error);
/* Compiles text (copied) that is in no file; `name` (NULL: none) is for messages and relative parents. */
const CvTemplate *cv_engine_compile(CvEngine *engine, CvSlice source, const char *name, CvError *error);
/* Calls visit(argument, name) for every template name that has a file, sorted, each once. */
void cv_engine_names(CvEngine *engine, void (*visit)(void *argument, const char *name), void *argument);

/* ---- what higher floors answer ----
 *
 * The tags {% url %}, {% static %} and {% cache %} are compiled here; the floors that own the facts answer them. */

/* {% url name args %}: the URL; false with *error of kind CV_ERROR_NO_REVERSE_MATCH (silent with "as") or another.
 * `current_app` may be NULL. */
typedef bool CvTemplateReverse(void *argument, CvArena *arena, CvValue name, const CvList *args, const CvDict *kwargs,
                               const char *current_app, CvSlice *url, CvError *error);
void cv_engine_set_reverse(CvEngine *engine, CvTemplateReverse *reverse, void *argument);
/* {% static path %}: the URL of a static file; without this it is STATIC_URL and the quoted path. */
typedef CvSlice CvTemplateStatic(void *argument, CvArena *arena, CvSlice path);
void cv_engine_set_static(CvEngine *engine, CvTemplateStatic *find, void *argument);
/* {% cache seconds name vary... %}: `key` is Django's key (template.cache.NAME.MD5 of what it varies on: the vary-on
 * texts, quoted and joined with ":", are given instead of the digest). get: false if it is not there. seconds < 0: for
 * good. Without this nothing is kept. */
typedef struct CvTemplateCache {
    bool (*get)(void *argument, CvArena *arena, CvSlice cache, CvSlice fragment, CvSlice vary, CvSlice *html);
    void (*set)(void *argument, CvSlice cache, CvSlice fragment, CvSlice vary, int64_t seconds, CvSlice html);
    void *argument;
} CvTemplateCache;
void cv_engine_set_cache(CvEngine *engine, CvTemplateCache cache);

const char *cv_template_name(const CvTemplate *page);
/* The path of the file, or the name where there is none. */
const char *cv_template_file(const CvTemplate *page);
/* The native one behind it, or NULL: it has a source. */
const CvNativeTemplate *cv_template_native(const CvTemplate *page);
/* The engine that compiled it. */
CvEngine *cv_template_engine(const CvTemplate *page);
/* The template as a value: what {% extends variable %} and {% include variable %} accept. */
CvValue cv_template_value(const CvTemplate *page);

/* Appends the rendered page to `out`. On failure `out` keeps what was written so far. */
bool cv_template_render(const CvTemplate *page, CvContext *context, CvBuffer *out, CvError *error);

/* Takes the output piece by piece as it comes; a false ends the render without an error. */
typedef bool CvTemplateWrite(void *argument, CvSlice piece);
/* Renders in pieces of about `chunk` bytes (0: 16 KiB); a long {% for %} keeps neither its output nor what its rows
 * needed. Blocks that need their whole output (filter, spaceless, cache) are held back to their end. */
bool cv_template_stream(const CvTemplate *page, CvContext *context, CvTemplateWrite *write, void *argument,
                        size_t chunk, CvError *error);

/* Renders into `out`, which is empty at first; when it holds `first` bytes they are written and `out` is empty again,
 * then whenever it holds `chunk` bytes. What is left at the end stays in `out`: a page shorter than `first` is not
 * written at all. `output_limit` counts what is in memory, not what was written. */
typedef struct CvTemplateSink {
    CvTemplateWrite *write;
    void *argument;
    size_t first, chunk;
} CvTemplateSink;
bool cv_template_render_to(const CvTemplate *page, CvContext *context, CvBuffer *out, const CvTemplateSink *sink,
                           CvError *error);

CV_API_END

#endif
