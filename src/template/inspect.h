/* inspect.h: what a template reads, extends, includes and links to: for checks before serving.
 *
 *     CvTemplateReads reads;
 *     if (cv_template_reads(arena, page, &reads, &error))
 *         for (size_t i = 0; i < reads.count; i++)
 *             ... reads.items[i].name must be among the context names of every cv_render() of the page ...
 *
 * A comment {# optional: name other #} anywhere in a template says that these names may be missing. */
#ifndef CV_TEMPLATE_INSPECT_H
#define CV_TEMPLATE_INSPECT_H

#include "base/vector.h"
#include "template/engine.h"

CV_API_BEGIN

/* A name that a template takes from its context (first part of a dotted path; names that loops, with, blocks and tags
 * set are not among them). */
typedef struct CvTemplateRead {
    CvSlice name;
    const CvTemplate *page; /* where it is read: this template, a parent or an included one */
    int line, column;
    bool optional; /* silenced by a comment */
    CvSlice block; /* the block that reads it, or empty */
} CvTemplateRead;
typedef CV_VECTOR(CvTemplateRead) CvTemplateReads;

/* All names that rendering `page` reads: its own, its parents' and those of templates that it includes, as far as their
 * names are literal, with what they bind around blocks and includes taken off. False: a parent or an included template
 * is missing or has an error. */
bool cv_template_reads(CvArena *arena, const CvTemplate *page, CvTemplateReads *reads, CvError *error);

/* Might rendering `page` read that name: false only if all templates that it reaches are known and none reads it. */
bool cv_template_may_read(const CvTemplate *page, CvSlice name);

typedef enum CvMentionKind {
    CV_MENTION_EXTENDS = 1, /* name: a template */
    CV_MENTION_INCLUDE,     /* name: a template */
    CV_MENTION_LOAD,        /* name: a library */
    CV_MENTION_URL,         /* name: a URL name; with arguments */
    CV_MENTION_STATIC,      /* name: a path under STATIC_URL */
} CvMentionKind;

/* What one template mentions; a name that is not literal is empty. */
typedef struct CvTemplateMention {
    CvMentionKind kind;
    CvSlice name;
    int line, column;
    size_t positional;   /* CV_MENTION_URL: arguments without a name */
    const CvSlice *keys; /* and the names of the others */
    size_t key_count;
    bool only;            /* CV_MENTION_INCLUDE: {% include ... only %} */
    const CvSlice *bound; /* CV_MENTION_INCLUDE: names that are set around it or by its `with` */
    size_t bound_count;
    CvSlice block; /* the block it stands in, or empty */
} CvTemplateMention;

/* Of this template alone, in source order. */
const CvTemplateMention *cv_template_mentions(const CvTemplate *page, size_t *count);
const CvTemplateRead *cv_template_own_reads(const CvTemplate *page, size_t *count);
/* Names that are set around a block of that name: what a child's block may read without asking its context. */
const CvSlice *cv_template_block_names(const CvTemplate *page, CvSlice block, size_t *count);

CV_API_END

#endif
