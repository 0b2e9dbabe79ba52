/* reads.c: the names that rendering a template takes from its context: its own, its parents' and those of what it
 * includes. Each template is looked at once, and once more for each name: however the templates include each other, the
 * work is at most names times includes. */
#include "base/self.h"
#include "template/inspect.h"
#include "template/parser_private.h"

#define NONE SIZE_MAX
#define PARENTS_MAX 50 /* extends that are followed to find what is set around a block */

/* From a template to one that it extends or includes. */
typedef struct Edge {
    size_t to;
    const CvTemplateMention *include; /* NULL: extends */
} Edge;

typedef struct Node {
    const CvTemplate *page;
    size_t parent; /* or NONE */
    CV_VECTOR(Edge) edges;
    bool reached;
} Node;

typedef struct Graph {
    CvArena *arena;
    CV_VECTOR(Node) nodes; /* the template itself, then what it leads to */
    CvMap *places;         /* by the address of a template: the place in nodes, from 1, as a pointer's number */
    CV_VECTOR(size_t) open;
    bool dynamic; /* a template is reached by a name that is not literal */
} Graph;

/* ---- the templates that a page leads to ---- */

static size_t node_of(Graph *graph, const CvTemplate *page)
{
    CvSlice key = cv_slice_of((const char *)&page->base, sizeof(const CvTemplate *));
    uintptr_t place = (uintptr_t)cv_map_get(graph->places, key);
    if (place)
        return place - 1;
    cv_vector_push(graph->arena, &graph->nodes, ((Node){.page = page->base, .parent = NONE}));
    cv_map_set(graph->places, key, (void *)(uintptr_t)graph->nodes.count);
    return graph->nodes.count - 1;
}

static void add_edge(Graph *graph, size_t from, const CvTemplateMention *mention)
{
    bool extends = mention->kind == CV_MENTION_EXTENDS;
    if (!extends && mention->kind != CV_MENTION_INCLUDE)
        return;
    if (mention->name.length == 0) {
        graph->dynamic = true;
        return;
    }
    size_t to = node_of(graph, cv_engine_find(graph->nodes.items[from].page->engine, mention->name, NULL, 0));
    Node *node = &graph->nodes.items[from];
    cv_vector_push(graph->arena, &node->edges, ((Edge){to, extends ? NULL : mention}));
    if (extends)
        node->parent = to;
}

/* Raises where a parent or an included template is missing or has an error. */
static void collect(Graph *graph, const CvTemplate *page)
{
    graph->places = cv_map_create(graph->arena);
    node_of(graph, page);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        const CvTemplate *at = graph->nodes.items[i].page;
        for (size_t j = 0; j < at->mentions.count; j++)
            add_edge(graph, i, &at->mentions.items[j]);
    }
}

/* ---- whom a name reaches ---- */

static bool has(const CvSlice *names, size_t count, CvSlice name)
{
    for (size_t i = 0; i < count; i++)
        if (cv_slice_equal(names[i], name))
            return true;
    return false;
}

/* Do the parents of the page set the name around that block? */
static bool is_set_around(const Graph *graph, const Node *node, CvSlice block, CvSlice name)
{
    for (int depth = 0; block.length && node->parent != NONE && depth < PARENTS_MAX; depth++) {
        node = &graph->nodes.items[node->parent];
        const CvBlockPart *part = cv_template_block(node->page, block);
        if (part && has(part->bound, part->bound_count, name))
            return true;
    }
    return false;
}

static bool is_hidden(const Graph *graph, const Node *node, const CvTemplateMention *include, CvSlice name)
{
    return include->only || has(include->bound, include->bound_count, name) ||
           is_set_around(graph, node, include->block, name);
}

/* Marks the templates to which a name of the context comes without being set on the way. */
static void reach(Graph *graph, CvSlice name)
{
    for (size_t i = 0; i < graph->nodes.count; i++)
        graph->nodes.items[i].reached = i == 0;
    graph->open.count = 0;
    cv_vector_push(graph->arena, &graph->open, (size_t)0);
    while (graph->open.count) {
        const Node *node = &graph->nodes.items[graph->open.items[--graph->open.count]];
        for (size_t i = 0; i < node->edges.count; i++) {
            Edge edge = node->edges.items[i];
            if (graph->nodes.items[edge.to].reached || (edge.include && is_hidden(graph, node, edge.include, name)))
                continue;
            graph->nodes.items[edge.to].reached = true;
            cv_vector_push(graph->arena, &graph->open, edge.to);
        }
    }
}

/* ---- adding up ---- */

/* One read of one template; those of the same name are a list. */
typedef struct Use {
    const CvTemplateRead *read;
    size_t node;
    struct Use *next;
    bool taken; /* from the context of the page */
    bool optional;
} Use;

typedef CV_VECTOR(Use *) Uses;

/* A template that reads a name in several blocks does it once, and may do without where each of them may. */
static void take(Graph *graph, Use *first)
{
    reach(graph, first->read->name);
    Use *before = NULL;
    for (Use *use = first; use; use = use->next) {
        const Node *node = &graph->nodes.items[use->node];
        if (!node->reached || is_set_around(graph, node, use->read->block, use->read->name))
            continue;
        if (before && before->node == use->node) {
            before->optional &= use->read->optional;
            continue;
        }
        use->taken = true;
        use->optional = use->read->optional;
        before = use;
    }
}

static void add_use(CvArena *arena, Uses *uses, Uses *firsts, CvMap *last, const CvTemplateRead *read, size_t node)
{
    Use *use = cv_arena_new(arena, Use), *before = cv_map_get(last, read->name);
    use->read = read;
    use->node = node;
    cv_vector_push(arena, uses, use);
    if (before)
        before->next = use;
    else
        cv_vector_push(arena, firsts, use);
    cv_map_set(last, read->name, use);
}

typedef struct Question {
    Graph graph;
    const CvTemplate *page;
    CvTemplateReads *reads;
    CvSlice name;
    bool may;
} Question;

static void list_reads(void *argument)
{
    Question *question = argument;
    Graph *graph = &question->graph;
    Uses uses = {0}, firsts = {0};
    CvMap *last = cv_map_create(graph->arena);
    collect(graph, question->page);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        const CvTemplate *page = graph->nodes.items[i].page;
        for (size_t j = 0; j < page->reads.count; j++)
            add_use(graph->arena, &uses, &firsts, last, &page->reads.items[j], i);
    }
    for (size_t i = 0; i < firsts.count; i++)
        take(graph, firsts.items[i]);
    for (size_t i = 0; i < uses.count; i++)
        if (uses.items[i]->taken) {
            CvTemplateRead *read = cv_vector_add(graph->arena, question->reads);
            *read = *uses.items[i]->read;
            read->optional = uses.items[i]->optional;
        }
}

bool cv_template_reads(CvArena *arena, const CvTemplate *page, CvTemplateReads *reads, CvError *error)
{
    Question question = {.graph.arena = arena, .reads = reads, .page = page};
    *reads = (CvTemplateReads){0};
    CvError *raised;
    if (cv_try(list_reads, &question, &raised))
        return true;
    cv_engine_keep_error(page->engine, error, raised);
    return false;
}

static void search_name(void *argument)
{
    Question *question = argument;
    Graph *graph = &question->graph;
    collect(graph, question->page);
    reach(graph, question->name);
    question->may = graph->dynamic;
    for (size_t i = 0; i < graph->nodes.count && !question->may; i++) {
        const Node *node = &graph->nodes.items[i];
        for (size_t j = 0; node->reached && j < node->page->reads.count && !question->may; j++) {
            const CvTemplateRead *read = &node->page->reads.items[j];
            question->may =
                cv_slice_equal(read->name, question->name) && !is_set_around(graph, node, read->block, question->name);
        }
    }
}

bool cv_template_may_read(const CvTemplate *page, CvSlice name)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    Question question = {.graph.arena = scratch.arena, .page = page, .name = name};
    CvError *raised;
    bool may = !cv_try(search_name, &question, &raised) || question.may;
    cv_scratch_end(scratch);
    return may;
}
