/* program_private.h: the parts of a compiled template and of a render under way, for the folder's own files. */
#ifndef CV_TEMPLATE_PROGRAM_PRIVATE_H
#define CV_TEMPLATE_PROGRAM_PRIVATE_H

#include "base/map.h"
#include "template/template.h"

#define CV_TEMPLATE_SOURCE_MAX (32u << 20) /* bytes of one template */
#define CV_TEMPLATE_NESTING_MAX 200        /* bodies inside bodies */
#define CV_RENDER_DEPTH_MAX 600            /* bodies and templates inside each other while rendering */
#define CV_RENDER_PAGES_MAX 100            /* templates inside each other while rendering */
#define CV_RENDER_INNER_DEPTH 25           /* what a render that a render calls (a form in a page) counts as */
#define CV_EXPRESSION_FILTERS_MAX 200
#define CV_LOOKUP_PARTS_MAX 100

/* ---- expressions ---- */

/* One name of a dotted path, with the accessor of the last type that passed by. */
typedef struct CvPart {
    CvSlice name;
    int64_t index; /* the name as a number, or -1 */
    const CvType *type;
    CvAccessor accessor;
} CvPart;

typedef struct CvVariable {
    CvSlice text;  /* "book.title" */
    uint32_t hash; /* of the first name */
    uint32_t count;
    CvPart *parts;
} CvVariable;

typedef enum CvOperandKind { CV_OPERAND_LITERAL, CV_OPERAND_VARIABLE, CV_OPERAND_MESSAGE } CvOperandKind;

typedef struct CvOperand {
    CvOperandKind kind;
    CvValue literal; /* CV_OPERAND_MESSAGE: the message, percent signs doubled */
    CvVariable variable;
} CvOperand;

/* A flag of filters whose Django function has autoescape as its second parameter: an argument is accepted when the
 * template is compiled and an error when it renders. */
#define CV_FILTER_REFUSES_ARGUMENT 32
/* And of those whose function hands the argument to Python's int() or str.replace(), which take no _("..."). */
#define CV_FILTER_PLAIN_ARGUMENT 64

typedef struct CvFilterCall {
    const CvFilter *filter;
    bool has_argument;
    bool refused; /* it is an error to call the filter with that argument */
    CvOperand argument;
} CvFilterCall;

/* {{ expression }} with the text before it. */
typedef struct CvOutput {
    const char *before; /* never NULL */
    uint32_t before_length;
    bool filtered;
    const CvExpression *expression; /* NULL: a text with nothing behind it */
    const char *name;               /* "{{ name.member }}": the first name, */
    const CvPart *member;           /* and the member; NULL: the expression is something else */
    CvCode place;                   /* for messages */
} CvOutput;

/* Outputs that follow each other, and the text behind them, become one instruction. */
typedef struct CvOutputs {
    CvOutput *items;
    size_t count, capacity;
} CvOutputs;
/* Runs a CvOutputs. */
const CvCode *cv_run_outputs(CvRender *render, const CvCode *code);
/* The same where it is known what stands under a name (of the parser's own copy). */
void cv_run_outputs_of(CvRender *render, const CvCode *code, const char *name, const CvValue *item);

struct CvExpression {
    CvSlice text;
    CvOperand base;
    size_t filter_count;
    CvFilterCall *filters;
};

/* ---- templates ---- */

typedef struct CvBlockPart {
    CvSlice name;
    size_t from, to; /* its body */
    const CvSlice *bound;
    size_t bound_count;
} CvBlockPart;

typedef struct CvPartialPart {
    CvSlice name;
    size_t from, to;
    CvTemplate *page;
} CvPartialPart;

/* A template that is named by a literal: looked up when the one that names it is loaded. NULL: it was not there then,
 * or the engine is in debug, where files may change; it is looked up by each render. */
typedef struct CvLink {
    CvSlice name;
    const CvTemplate *page;
    bool parent; /* of {% extends %}: not the file itself that names it */
} CvLink;

struct CvTemplate {
    CvObject object; /* cv_template_type */
    CvEngine *engine;
    CvArena *arena;
    const char *name; /* NULL: none */
    const char *file;
    CvSlice source;
    CvCode *code;
    size_t from, to; /* what a render runs: all, or a partial's body */
    uint32_t slots;
    bool extends;           /* the first instruction that is no text is {% extends %} */
    const CvTemplate *base; /* a partial's template, else itself */
    CV_VECTOR(CvBlockPart) blocks;
    CV_VECTOR(CvPartialPart) partials;
    CvMap *block_places, *partial_places; /* by name: the place in those lists, from 1, as a pointer's number */
    CV_VECTOR(CvLink *) links;
    CV_VECTOR(CvTemplateMention) mentions;
    CV_VECTOR(CvTemplateRead) reads;
    CV_VECTOR(CvSlice) optional;
    int64_t mtime, size;            /* of the file, to see changes */
    const CvNativeTemplate *native; /* NULL: it has a source */
};
extern const CvType cv_template_type;

const CvBlockPart *cv_template_block(const CvTemplate *page, CvSlice name);
const CvPartialPart *cv_template_part(const CvTemplate *page, CvSlice name);
const CvTemplate *cv_template_partial(const CvTemplate *page, CvSlice name);
/* Line and column (from 1) of a byte of the source. */
void cv_template_place(CvSlice source, size_t position, int *line, int *column);
/* Fills file, line, column and the lines around into an error that has none yet. */
void cv_template_blame(CvArena *arena, CvError *error, const char *file, CvSlice source, size_t position);

/* Compiles into page->arena; raises. */
void cv_template_compile(CvTemplate *page);

/* ---- the context ---- */

typedef struct CvContextIndex CvContextIndex;
typedef struct CvKeptText CvKeptText;
/* Takes off what was set and pushed since the context had so many names and scopes. */
void cv_context_cut(CvContext *context, size_t count, size_t depth);
/* Another context with the settings of `context` and no scope; what it holds lives in `arena`. */
void cv_context_isolate(const CvContext *context, CvArena *arena, CvContext *isolated);

/* ---- the engine ---- */

typedef struct CvLibraryIndex {
    const CvLibrary *library;
    CvMap *tags, *filters; /* by name */
} CvLibraryIndex;

struct CvEngine {
    CvArena *arena;
    CvEngineOptions options;
    CV_VECTOR(CvLibraryIndex) builtins;  /* newest last */
    CV_VECTOR(CvLibraryIndex) libraries; /* for load */
    CvMap *pages;                        /* by name */
    CvMap *files;                        /* by file: a name may stand for several, where one extends its like */
    CV_VECTOR(const CvTemplate *) fresh; /* loaded, links not looked up yet */
    bool linking;
    CvArena *error_arena; /* texts of the errors handed out last */
    const CvLocale *locale;
    CvArena *spare; /* of the last render, for the next one */
    CvTemplateReverse *reverse;
    void *reverse_argument;
    CvTemplateStatic *find_static;
    void *static_argument;
    CvTemplateCache cache;
};

const CvLibraryIndex *cv_engine_library(const CvEngine *engine, CvSlice name);
/* The template; raises. `skip`: templates whose files must not be taken (a parent of the same name). */
const CvTemplate *cv_engine_find(CvEngine *engine, CvSlice name, const CvTemplate *const *skip, size_t skip_count);
/* Looks up what the page and all that it leads to link to; does not raise. */
void cv_engine_link(CvEngine *engine, const CvTemplate *page);
/* The name that "./x" or "../x" means in `page`; other names come back as they are. Raises. */
CvSlice cv_template_relative(CvArena *arena, const char *page_name, CvSlice name, bool may_be_itself);
/* Copies an error whose texts live elsewhere, so that it survives. */
void cv_engine_keep_error(CvEngine *engine, CvError *out, const CvError *error);

/* ---- rendering ---- */

typedef struct CvRenderStates {
    const CvTemplate *base;
    void **slots;
    struct CvRenderStates *next;
} CvRenderStates;

/* One template and its parents being rendered: blocks and states are its own. */
typedef struct CvRenderFrame {
    struct CvRenderFrame *outer;
    const CvTemplate **chain; /* the youngest first; empty unless it extends */
    size_t chain_count, chain_capacity;
    CvRenderStates *states;
    uint64_t path; /* through which {% include %} instructions it was reached */
} CvRenderFrame;

bool cv_locale_is_plain(const CvLocale *locale);
/* It has messages: words may differ from the English ones. */
bool cv_locale_translates(const CvLocale *locale);

typedef struct CvRenderSink {
    CvTemplateWrite *write;
    void *argument;
    size_t chunk, later; /* bytes of the next piece, and of those behind it */
    bool stopped;
} CvRenderSink;

/* What a stretch of work allocated in render->arena goes when the work is done, unless something of it was stored. */
typedef struct CvWork {
    CvArenaMark mark;
    uint64_t stores;
} CvWork;
static inline CvWork cv_work_begin(const CvRender *render)
{
    const CvArena *arena = render->arena;
    return (CvWork){{arena->block, arena->next, arena->defers}, render->stores};
}
static inline void cv_work_end(CvRender *render, CvWork work)
{
    CvArena *arena = render->arena;
    if (CV_UNLIKELY(work.stores != render->stores) || arena->next == work.mark.next)
        return;
    if (!CV_ASAN && CV_LIKELY(arena->block == work.mark.block && arena->defers == work.mark.defers))
        arena->next = work.mark.next;
    else
        cv_arena_rewind(arena, work.mark);
}

/* Texts of templates may be read so many bytes beyond their ends: short copies go in whole chunks. */
#define CV_TEXT_SLACK 32
static inline void cv_render_append_text(CvBuffer *out, const char *text, size_t length)
{
    if (CV_UNLIKELY(out->capacity - out->length < length + CV_TEXT_SLACK))
        cv_buffer_grow(out, length + CV_TEXT_SLACK);
    char *to = out->data + out->length;
    memcpy(to, text, CV_TEXT_SLACK);
    if (CV_UNLIKELY(length > CV_TEXT_SLACK))
        memcpy(to + CV_TEXT_SLACK, text + CV_TEXT_SLACK, length - CV_TEXT_SLACK);
    out->length += length;
}

/* The arena for what lives until the render ends, or until the {% include %} that it belongs to. */
CvArena *cv_render_keep(CvRender *render);
/* An arena for what is being captured: as in a stack, what comes last goes first. */
CvArena *cv_render_captures(CvRender *render);
/* As cv_render_set(), in the newest scope that has the name. */
void cv_render_set_upward(CvRender *render, CvSlice name, CvValue value);
/* A render of its own in the middle of a render: {% include %} in its scope. What it kept goes with it, unless
 * something outside holds on to it (render->escapes counts that). */
typedef struct CvKeep {
    CvArena *arena;
    CvArenaMark mark;
    uint64_t escapes;
} CvKeep;
CvKeep cv_keep_begin(const CvRender *render);
void cv_keep_end(CvRender *render, CvKeep keep);
CvValue cv_render_operand(CvRender *render, const CvOperand *operand);
/* cv_try that puts the render back to where it was on failure. The error of kinds that templates forgive. */
bool cv_render_try(CvRender *render, void (*run)(void *argument), void *argument, CvError **error);
void cv_render_flush(CvRender *render);
/* A date-time as the clocks of another zone show it; raises where that is before the year 1 or behind 9999. */
CvValue cv_value_in_zone(CvValue value, const CvZone *zone);
/* What stands for a name that is not there; not empty: filters are left out. */
const CvValue *cv_render_string_if_invalid(CvRender *render, const CvExpression *expression, CvValue *storage);
/* The filters of an expression on another value. */
CvValue cv_expression_filtered(CvRender *render, const CvExpression *expression, CvValue value);

/* ---- {% for %} ---- */

/* A value that {% ifchanged %} saw; its text has a place of its own, which the next one takes. */
typedef struct CvSeen {
    CvValue value;
    char *text;
    size_t capacity;
} CvSeen;

typedef struct CvLoopState {
    const void *owner;
    uint64_t path;
    bool of_loop; /* it may outlive the {% include %} that made it */
    CvSeen *seen;
    size_t count;
    struct CvLoopState *next;
} CvLoopState;

typedef struct CvForLoop {
    CvObject object; /* cv_forloop_type */
    const struct CvForLoop *parent;
    size_t index, length;
    CvLoopState *states; /* of {% ifchanged %} */
} CvForLoop;
extern const CvType cv_forloop_type;

/* ---- walking values ---- */

/* The items of a list, tuple, text, dict (its keys) or object; raises TypeError for what has none. */
typedef struct CvWalk {
    CvValue value;
    size_t index, position;
    const CvDictEntry *entry;
    CvIterator iterator;
    CvArena *arena;
} CvWalk;
bool cv_walk_begin(CvWalk *walk, CvArena *arena, CvValue value) CV_NODISCARD;
/* The same where items are kept beyond the next: rows of a long query set would be gone by then. */
bool cv_walk_begin_keeping(CvWalk *walk, CvArena *arena, CvValue value) CV_NODISCARD;
bool cv_walk_next(CvWalk *walk, CvValue *item);
/* len(); false where there is none. */
bool cv_value_length(CvValue value, size_t *length) CV_NODISCARD;
/* All items as a list; false where the value has none. */
bool cv_value_items(CvArena *arena, CvValue value, CvList *list) CV_NODISCARD;
/* value[index] with Python's negative indexes. */
bool cv_value_item(CvArena *arena, CvValue value, int64_t index, CvValue *out) CV_NODISCARD;

/* The instructions one after the other; who calls counts the depth. */
static inline void cv_render_steps(CvRender *render, const CvCode *from, const CvCode *to)
{
    for (const CvCode *code = from; code < to;) {
        render->code = code;
        code = code->run(render, code);
        if (CV_UNLIKELY(render->out->length >= render->flush_at))
            cv_render_flush(render);
    }
}

#endif
