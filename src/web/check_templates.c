/* check_templates.c: holds every template against what it mentions and what it is given. */
#include "base/map.h"
#include "base/site.h"
#include "template/template.h"
#include "urls/urls.h"
#include "web/checks_private.h"
#include "web/context.h"
#include "web/project_private.h"

void cv_check_names_add(void *names, const char *name)
{
    CvCheckNames *to = names;
    cv_vector_push(to->arena, &to->items, cv_arena_strdup(to->arena, name));
}

static const char *text_of(CvChecks *checks, CvSlice slice)
{
    return cv_slice_string(checks->arena, slice);
}

/* ---- what a template mentions ---- */

static void check_url(CvChecks *checks, const char *file, const CvTemplateMention *mention)
{
    const char **keys = cv_arena_new_array(checks->arena, const char *, mention->key_count + 1);
    for (size_t i = 0; i < mention->key_count; i++)
        keys[i] = text_of(checks, mention->keys[i]);
    CvError error;
    if (mention->positional && mention->key_count)
        return; /* refused when it runs, as in Django */
    size_t count = mention->positional ? mention->positional : mention->key_count;
    const char *const *named = mention->positional ? NULL : keys;
    if (cv_reverse_check(cv_request_resolver(NULL), checks->arena, text_of(checks, mention->name), count, named,
                         &error))
        return;
    CvCheckMessage *message =
        cv_checks_add(checks, CV_CHECK_ERROR, "templates.E004", file, mention->line, "%s", error.message);
    message->column = mention->column;
    message->hint = error.hint;
}

static void check_file(CvChecks *checks, const CvCheckNames *known, const char *file, const CvTemplateMention *mention)
{
    CvError error;
    const char *name = text_of(checks, mention->name);
    if (cv_engine_get(cv_engine(), name, &error) || error.kind != CV_ERROR_TEMPLATE_DOES_NOT_EXIST)
        return;
    CvCheckMessage *message = cv_checks_add(checks, CV_CHECK_ERROR, "templates.E002", file, mention->line,
                                            "There is no template '%s'.", name);
    message->column = mention->column;
    message->hint = cv_checks_did_you_mean(checks, mention->name, known->items.items);
}

static void check_static(CvChecks *checks, const char *file, const CvTemplateMention *mention)
{
    const char *path = text_of(checks, mention->name);
    if (!cv_project.static_finder || cv_project.static_finder(checks->arena, path))
        return;
    CvCheckMessage *message = cv_checks_add(checks, CV_CHECK_ERROR, "templates.E005", file, mention->line,
                                            "There is no static file '%s'.", path);
    message->column = mention->column;
}

static void check_mentions(CvChecks *checks, const CvCheckNames *known, const CvTemplate *page)
{
    size_t count;
    const CvTemplateMention *mentions = cv_template_mentions(page, &count);
    for (size_t i = 0; i < count; i++) {
        const CvTemplateMention *mention = &mentions[i];
        if (!mention->name.length)
            continue;
        if (mention->kind == CV_MENTION_URL)
            check_url(checks, cv_template_file(page), mention);
        else if (mention->kind == CV_MENTION_STATIC)
            check_static(checks, cv_template_file(page), mention);
        else if (mention->kind == CV_MENTION_EXTENDS || mention->kind == CV_MENTION_INCLUDE)
            check_file(checks, known, cv_template_file(page), mention);
    }
}

/* ---- what a template reads ---- */

static bool is_in(const char *const *list, CvSlice name)
{
    for (; list && *list; list++)
        if (cv_slice_is(name, *list))
            return true;
    return false;
}

/* The names that the calls which render `name` give it, and how many such calls there are. */
static size_t given_names(CvChecks *checks, const char *name, CvCheckNames *given, const CvSite **first)
{
    size_t calls = 0;
    for (CvSite *site = NULL; (site = cv_sites_next(site));) {
        const char *subject;
        if (site->kind != CV_SITE_RENDER || !cv_literal_text(checks->arena, site->subject, &subject) ||
            strcmp(subject, name) != 0)
            continue;
        if (calls++ == 0)
            *first = site;
        for (int i = 0; i < site->count; i++)
            cv_check_names_add(given, site->keys[i]);
    }
    for (const CvContextProcessor *const *one = cv_project.processors; one && *one; one++)
        for (const char *const *provided = (*one)->provides; provided && *provided; provided++)
            cv_check_names_add(given, *provided);
    cv_vector_push(given->arena, &given->items, NULL);
    return calls;
}

static void check_reads(CvChecks *checks, const CvTemplate *page, const char *name)
{
    CvCheckNames given = {.arena = checks->arena};
    const CvSite *site = NULL;
    CvTemplateReads reads = {0};
    CvError error;
    if (given_names(checks, name, &given, &site) == 0)
        return;
    if (!cv_template_reads(checks->arena, page, &reads, &error)) {
        /* A parent or an included template is missing, which is said elsewhere: what it reads itself. */
        size_t count;
        const CvTemplateRead *own = cv_template_own_reads(page, &count);
        reads.items = cv_arena_memdup(checks->arena, own, cv_size_multiply(count, sizeof *own));
        reads.count = count;
    }
    CvMap *seen = cv_map_create(checks->arena);
    for (size_t i = 0; i < reads.count; i++) {
        const CvTemplateRead *read = &reads.items[i];
        bool again = cv_map_find(seen, read->name, NULL);
        cv_map_set(seen, read->name, NULL);
        if (again || read->optional || is_in(given.items.items, read->name))
            continue;
        CvCheckMessage *message =
            cv_checks_add(checks, CV_CHECK_ERROR, "templates.E003", cv_template_file(read->page), read->line,
                          "'%.*s' is read, but no cv_render of '%s' gives it.", CV_SLICE_ARG(read->name), name);
        message->column = read->column;
        message->hint = cv_checks_did_you_mean(checks, read->name, given.items.items);
        if (!message->hint)
            message->hint =
                cv_arena_printf(checks->arena, "Give it at %s:%d, or say {# optional: %.*s #} in the template.",
                                site->file, site->line, CV_SLICE_ARG(read->name));
    }
}

/* ---- what cannot be compiled ---- */

static void add_words(CvCheckNames *names, const CvLibrary *const *libraries, bool filters)
{
    for (; *libraries; libraries++) {
        for (const CvFilter *one = (*libraries)->filters; filters && one && one->name; one++)
            cv_check_names_add(names, one->name);
        for (const CvTag *one = (*libraries)->tags; !filters && one && one->name; one++)
            cv_check_names_add(names, one->name);
    }
}

/* For a tag or filter that does not exist: the nearest one of all libraries. */
static const char *nearest_word(CvChecks *checks, const char *message)
{
    bool filter = cv_slice_starts_with(cv_slice(message), CV_SLICE("Invalid filter: '"));
    if (!filter && !cv_slice_starts_with(cv_slice(message), CV_SLICE("Invalid block tag")))
        return NULL;
    CvSlice rest = cv_slice(message), word;
    if (!cv_slice_split(&rest, '\'', &word) || !cv_slice_split(&rest, '\'', &word))
        return NULL;
    CvCheckNames names = {.arena = checks->arena};
    add_words(&names, cv_template_libraries(), filter);
    for (int builtins = 0; builtins < 2; builtins++)
        add_words(&names, cv_app_libraries(checks->arena, builtins), filter);
    cv_vector_push(names.arena, &names.items, NULL);
    return cv_checks_did_you_mean(checks, word, names.items.items);
}

/* ---- examples of the site's own tags and filters ---- */

static void check_examples(CvChecks *checks, const CvLibrary *const *more, const CvLibrary *library, const char *kind,
                           const char *name, const CvExample *example)
{
    for (; example && example->source; example++) {
        CvSlice output;
        CvError error;
        const char *fault = NULL;
        if (!cv_example_render(checks->arena, example, library, more, &output, &error))
            fault = error.message;
        else if (!cv_slice_is(output, example->output))
            fault = cv_arena_printf(checks->arena, "it gives '%.*s'", CV_SLICE_ARG(output));
        if (fault)
            cv_checks_add(checks, CV_CHECK_ERROR, "templates.E007",
                          cv_arena_printf(checks->arena, "library %s", library->name), 0,
                          "The example of the %s '%s' does not give '%s': %s.", kind, name, example->output, fault)
                ->hint = cv_arena_printf(checks->arena, "The example: %s", example->source);
    }
}

static void check_libraries(CvChecks *checks)
{
    const CvLibrary *const *loaded = cv_app_libraries(checks->arena, false);
    for (int builtins = 0; builtins < 2; builtins++)
        for (const CvLibrary *const *one = cv_app_libraries(checks->arena, builtins); *one; one++) {
            for (const CvTag *tag = (*one)->tags; tag && tag->name; tag++)
                check_examples(checks, loaded, *one, "tag", tag->name, tag->examples);
            for (const CvFilter *filter = (*one)->filters; filter && filter->name; filter++)
                check_examples(checks, loaded, *one, "filter", filter->name, filter->examples);
        }
}

void cv_check_templates(CvChecks *checks)
{
    check_libraries(checks);
    CvCheckNames names = {.arena = checks->arena};
    cv_engine_names(cv_engine(), cv_check_names_add, &names);
    cv_vector_push(checks->arena, &names.items, NULL);
    for (size_t i = 0; names.items.items[i]; i++) {
        CvError error;
        const CvTemplate *page = cv_engine_get(cv_engine(), names.items.items[i], &error);
        if (!page) {
            CvCheckMessage *message = cv_checks_add_error(checks, "templates.E006", &error);
            if (!message->hint)
                message->hint = nearest_word(checks, error.message);
            continue;
        }
        check_mentions(checks, &names, page);
        check_reads(checks, page, names.items.items[i]);
    }
}
