/* library.h: tags and filters of your own, and how the engine's are made.
 *
 * A filter is a C function and a row of a table. The row records the function's type, so that the engine converts the
 * value and the argument and the function never sees a kind it did not ask for:
 *
 *     static CvSlice shout(CvArena *arena, CvSlice text) { ... }
 *     static const CvFilter my_filters[] = {
 *         CV_FILTER("shout", shout, .doc = "With a mark.", .examples = CV_EXAMPLES({"{{ \"Hey\"|shout }}", "Hey!"})),
 *         CV_LIBRARY_END
 *     };
 *
 * A simple tag is a function that takes arguments and gives a value; a block tag also gets what stands between it and
 * its end tag; an inclusion tag fills a context and names a template:
 *
 *     static CvValue current_year(CvRender *render, const CvTagArguments *arguments) { ... }
 *     static const CvTag my_tags[] = {
 *         CV_SIMPLE_TAG("current_year", current_year, .parameters = "zone=None", .doc = "..."),
 *         CV_LIBRARY_END
 *     };
 *     const CvLibrary my_library = {.name = "my_tags", .tags = my_tags, .filters = my_filters};
 *
 * What is more than that has a compile function: it reads tokens, parses bodies and emits instructions.
 *
 * Functions of this header that cannot go on raise (cv_raise); the engine turns that into the error of the render with
 * template, line and column. */
#ifndef CV_TEMPLATE_LIBRARY_H
#define CV_TEMPLATE_LIBRARY_H

#include "base/error.h"
#include "base/value.h"
#include "base/vector.h"
#include "template/context.h"
#include "template/engine.h"

CV_API_BEGIN

typedef struct CvRender CvRender;
typedef struct CvParser CvParser;
typedef struct CvExpression CvExpression;
typedef struct CvCode CvCode;

/* ---- examples ---- */

/* An example that belongs to a row's docstring: `help templates` and the reference show it, tests render it and
 * `./manage check` does so for the site's own libraries. The row's own library is loaded. */
typedef struct CvExample {
    const char *source;  /* a template */
    const char *output;  /* its page, exactly */
    const char *context; /* what it may name, a JSON object; {"$date": "2007-03-02"}, {"$time": "09:30:00"} and
                          * {"$datetime": "2007-03-02T09:30:00Z"} are what they say, {"$now": -60} was a minute ago */
    const char *other;   /* the source of a second template, "other.html" */
} CvExample;
#define CV_EXAMPLES(...) ((const CvExample[]){__VA_ARGS__, {.source = NULL}})

/* ---- filters ---- */

typedef enum CvFilterFlags {
    CV_FILTER_SAFE = 1,      /* safe text stays safe (Django's is_safe) */
    CV_FILTER_TEXT = 2,      /* the value becomes text first (Django's stringfilter) */
    CV_FILTER_LOCALTIME = 4, /* date-times come in the current zone (expects_localtime) */
    CV_FILTER_NEEDS_ARGUMENT = 8,
    CV_FILTER_TAKES_ARGUMENT = 16, /* the argument may be left out */
} CvFilterFlags;

/* The general form: any value, any argument (CV_MISSING if there is none). render->context->autoescape tells whether
 * output is being escaped. */
typedef CvValue CvFilterFunction(CvRender *render, CvValue value, CvValue argument);

typedef enum CvFilterKind {
    CV_FILTER_VALUE,     /* CvFilterFunction */
    CV_FILTER_TEXT_ONLY, /* CvSlice (CvArena *, CvSlice text): text in, text out */
    CV_FILTER_TEXT_TEXT, /* CvSlice (CvArena *, CvSlice text, CvSlice argument) */
    CV_FILTER_TEXT_INT,  /* CvSlice (CvArena *, CvSlice text, int64_t argument) */
    CV_FILTER_INT_ONLY,  /* CvSlice (CvArena *, int64_t number): what is no integer is left as it is */
    CV_FILTER_FLOAT_ONLY /* CvSlice (CvArena *, double number) */
} CvFilterKind;

typedef struct CvFilter {
    const char *name;
    uint8_t kind;  /* CvFilterKind */
    uint8_t flags; /* CvFilterFlags */
    union {
        CvFilterFunction *value;
        CvSlice (*text)(CvArena *arena, CvSlice text);
        CvSlice (*text_text)(CvArena *arena, CvSlice text, CvSlice argument);
        CvSlice (*text_int)(CvArena *arena, CvSlice text, int64_t argument);
        CvSlice (*integer)(CvArena *arena, int64_t number);
        CvSlice (*real)(CvArena *arena, double number);
        void *any;
    };
    const char *doc;           /* what it does: printed by help, made into the reference */
    const CvExample *examples; /* CV_EXAMPLES(...) */
} CvFilter;

#define CV_FILTER_KIND_OF(function)                                         \
    _Generic((function), CvValue(*)(CvRender *, CvValue, CvValue)           \
             : CV_FILTER_VALUE, CvSlice(*)(CvArena *, CvSlice)              \
             : CV_FILTER_TEXT_ONLY, CvSlice(*)(CvArena *, CvSlice, CvSlice) \
             : CV_FILTER_TEXT_TEXT, CvSlice(*)(CvArena *, CvSlice, int64_t) \
             : CV_FILTER_TEXT_INT, CvSlice(*)(CvArena *, int64_t)           \
             : CV_FILTER_INT_ONLY, CvSlice(*)(CvArena *, double)            \
             : CV_FILTER_FLOAT_ONLY)
#define CV_FILTER(filter_name, function, ...)                                                              \
    {                                                                                                      \
        .name = (filter_name), .kind = CV_FILTER_KIND_OF(function), .any = (void *)(function), __VA_ARGS__ \
    }

/* ---- tags ---- */

/* The arguments of a simple tag after Python's rules: one value for each named parameter, then what is left over. */
typedef struct CvTagArguments {
    const CvValue *values; /* in the order of `parameters`; CV_MISSING where none was given and none is the default */
    const CvValue *more;   /* for "*args" */
    size_t more_count;
    const CvDict *named; /* for "**kwargs", or NULL */
    CvSlice content;     /* of a block tag: what its body rendered, safe HTML */
} CvTagArguments;

typedef CvValue CvSimpleTag(CvRender *render, const CvTagArguments *arguments);
/* Fills the new, isolated context; the tag's `file` is rendered with it. */
typedef void CvInclusionTag(CvRender *render, const CvTagArguments *arguments, CvContext *context);
/* Compiles one tag: called with the parser behind the tag. */
typedef void CvCompileTag(CvParser *parser);

typedef struct CvTag {
    const char *name;
    CvCompileTag *compile; /* one of these four */
    CvSimpleTag *simple;
    CvSimpleTag *block; /* ends at `end`, "end" + name if that is NULL */
    CvInclusionTag *inclusion;
    const char *parameters; /* "value width=100 *args **kwargs": names, defaults as template literals */
    const char *file;       /* the inclusion tag's template */
    const char *end;
    const char *doc;
    const CvExample *examples;
} CvTag;

#define CV_TAG(tag_name, function, ...)                        \
    {                                                          \
        .name = (tag_name), .compile = (function), __VA_ARGS__ \
    }
#define CV_SIMPLE_TAG(tag_name, function, ...)                \
    {                                                         \
        .name = (tag_name), .simple = (function), __VA_ARGS__ \
    }
#define CV_BLOCK_TAG(tag_name, function, ...)                \
    {                                                        \
        .name = (tag_name), .block = (function), __VA_ARGS__ \
    }
#define CV_INCLUSION_TAG(tag_name, function, template_name, ...)                          \
    {                                                                                     \
        .name = (tag_name), .inclusion = (function), .file = (template_name), __VA_ARGS__ \
    }
#define CV_LIBRARY_END \
    {                  \
        .name = NULL   \
    }

struct CvLibrary {
    const char *name; /* what {% load %} says */
    const CvTag *tags;
    const CvFilter *filters;
    const char *doc;
};

/* The libraries that an engine has from the start: builtins ("" is their name), then those for {% load %}. Ends in
 * NULL. */
const CvLibrary *const *cv_template_libraries(void);

/* Appends what the engine's libraries offer, with docstrings and examples: all of it, or one library, or the tags and
 * filters of that name; false: there is none. */
bool cv_engine_help(const CvEngine *engine, CvBuffer *out, const char *name);
/* Renders an example of a library (in an engine of its own, which knows `more`, too: ends in NULL, or NULL). Routes are
 * "/NAME/ARGUMENTS/", the request's query is q=tea. False: *error. */
bool cv_example_render(CvArena *arena, const CvExample *example, const CvLibrary *library, const CvLibrary *const *more,
                       CvSlice *output, CvError *error);

/* ---- compiling: what a compile function may call ---- */

/* The words of the tag being compiled, the tag's name first. A quoted string is one word, with its quotes. */
size_t cv_parser_words(CvParser *parser, const CvSlice **words);
/* The same split at white space only. */
size_t cv_parser_plain_words(CvParser *parser, const CvSlice **words);
/* The whole of the tag's text, trimmed. */
CvSlice cv_parser_contents(const CvParser *parser);
int cv_parser_line(const CvParser *parser);
/* Memory that lives as long as the template. */
CvArena *cv_parser_arena(CvParser *parser);
CvEngine *cv_parser_engine(CvParser *parser);
/* Stops with a TemplateSyntaxError at the tag being compiled. */
CV_NORETURN CV_COLD void cv_parser_fail(CvParser *parser, const char *format, ...) CV_PRINTF(2, 3);

/* A variable with filters: `book.title|upper`. */
const CvExpression *cv_parser_expression(CvParser *parser, CvSlice text);
/* name=value pairs off the front of the words: an array of `*count` names and expressions; stops at the first word that
 * is no pair. With `legacy` also "value as name [and ...]". `*words` and `*word_count` move on. */
typedef struct CvAssignment {
    CvSlice name;
    const CvExpression *value;
    uint32_t hash; /* of the name, see cv_context_put() */
} CvAssignment;
const CvAssignment *cv_parser_assignments(CvParser *parser, const CvSlice **words, size_t *word_count, bool legacy,
                                          size_t *count);

/* Compiles up to a tag that begins with one of the names (ending in NULL); that tag becomes the current one: see
 * cv_parser_contents(). The instructions stand behind what was emitted before. */
void cv_parser_body(CvParser *parser, const char *const *until);
/* Throws away everything up to the tag whose whole text is `end`. */
void cv_parser_skip(CvParser *parser, const char *end);

/* Runs one instruction; returns the one to go on with (code + code->next to leave its body out). */
typedef const CvCode *CvRunCode(CvRender *render, const CvCode *code);

/* One instruction of a compiled template; bodies stand behind it. */
struct CvCode {
    CvRunCode *run;
    const void *data;
    uint32_t next;     /* instructions from this one to the one behind it and its bodies */
    uint32_t extra;    /* the instruction's own: length of a text, number of a state slot */
    uint32_t position; /* where its tag begins in the source, in bytes */
    uint32_t length;   /* of the tag */
};

/* Emits an instruction and returns its index, which cv_parser_end() takes when its bodies are complete. */
size_t cv_parser_emit(CvParser *parser, CvRunCode *run, const void *data, uint32_t extra);
/* The index of the next instruction. */
size_t cv_parser_here(const CvParser *parser);
/* Says that the bodies of instruction `index` are complete. */
void cv_parser_end(CvParser *parser, size_t index);
/* A slot for state that this tag keeps during a render of the template (see cv_render_state). */
uint32_t cv_parser_slot(CvParser *parser);

/* For checks (inspect.h): names that a tag sets, from here to the end of the enclosing body or, between these two, only
 * inside. */
void cv_parser_bind(CvParser *parser, CvSlice name);
void cv_parser_scope_begin(CvParser *parser);
void cv_parser_scope_end(CvParser *parser);
/* The tag mentions a URL name or a static file (literal; see CvTemplateMention). */
void cv_parser_mention_url(CvParser *parser, const CvExpression *name, size_t positional, const CvAssignment *named,
                           size_t named_count);
void cv_parser_mention_static(CvParser *parser, const CvExpression *path);

/* True and the text if the expression is a literal without filters. */
bool cv_expression_literal(const CvExpression *expression, CvValue *value);
/* Its source text. */
CvSlice cv_expression_text(const CvExpression *expression);

/* ---- rendering: what an instruction or a tag's function may use ---- */

struct CvRender {
    CvContext *context;
    CvArena *arena; /* temporaries; they may be gone when the output that needed them is written */
    CvBuffer *out;
    CvEngine *engine;
    const CvTemplate *page; /* whose instructions run */
    const CvLocale *locale;
    struct CvRenderFrame *frame; /* the engine's own */
    const CvCode *code;          /* the instruction that runs, for messages */
    uint64_t stores;             /* counts what was put where it outlives a loop's turn */
    uint64_t escapes;            /* counts what was kept where it outlives an {% include %} */
    struct CvLoopState *spare;   /* states of loops that have ended: the next loop takes them */
    size_t depth;                /* nested bodies and templates */
    struct CvRenderSink *sink;   /* streaming, or NULL */
    size_t held;                 /* > 0: output is being captured */
    bool plain;                  /* the locale writes whole numbers as plain digits */
    size_t flush_at;             /* length of `out` at which there is something to do: stream, limit */
    size_t start;                /* bytes in `out` before the render */
};

/* The value; what is not found is string_if_invalid, or with `quiet` CV_NULL. */
CvValue cv_expression_value(CvRender *render, const CvExpression *expression, bool quiet);
/* Writes a value as a template does: localised, in the current zone, escaped if that is on. */
void cv_render_value(CvRender *render, CvValue value);
/* The same as text that is marked safe where it was escaped. */
CvValue cv_render_to_value(CvRender *render, CvValue value);
/* Runs instructions. */
void cv_render_run(CvRender *render, const CvCode *from, const CvCode *to);
/* Runs them and takes their output: safe HTML in render->arena. */
CvSlice cv_render_capture(CvRender *render, const CvCode *from, const CvCode *to);
/* Sets a name in the newest scope to a value that may live in render->arena. */
void cv_render_set(CvRender *render, CvSlice name, CvValue value);
/* The state of a slot: NULL until it is set; kept until the template's render ends. */
void **cv_render_state(CvRender *render, uint32_t slot);
/* Renders another template with the current context, as {% include %} does. */
void cv_render_include(CvRender *render, const CvTemplate *page);
/* What {{ value.name }} gives, after Django's rules; false: there is no such thing. */
bool cv_render_lookup(CvRender *render, CvValue value, CvSlice name, CvValue *out);
/* str(value) as text; the safe flag stays. */
CvValue cv_render_text(CvRender *render, CvValue value);

CV_API_END

#endif
