/* template_reference.c: writes docs/reference/templates from the rows of the engine's tags and filters.
 *
 * usage: template_reference FOLDER            writes the pages
 *        template_reference --check FOLDER    says which pages are not what would be written; exit status 1 */
#include <errno.h>

#include "base/base.h"
#include "template/template.h"

static const char mark[] = "<!-- Written by tools/template_reference.c from the rows in src/template; `make reference` "
                           "writes it anew. -->\n";

typedef struct Site {
    CvArena *arena;
    const char *folder;
    bool check;
    int bad;
} Site;

/* ---- pages ---- */

static void fence(CvBuffer *out, const char *language, const char *text)
{
    cv_buffer_printf(out, "```%s\n%s\n```\n", language, text);
}

static void write_example(CvBuffer *out, const CvExample *example)
{
    bool plain = !example->context && !example->other && !strchr(example->source, '`') &&
                 !strchr(example->source, '\n') && !strchr(example->output, '\n') && example->output[0] &&
                 !strchr(example->output, '`');
    if (plain) {
        cv_buffer_printf(out, "\n`%s` gives `%s`\n", example->source, example->output);
        return;
    }
    cv_buffer_append_string(out, "\n");
    fence(out, "django", example->source);
    if (example->other) {
        cv_buffer_append_string(out, "where `other.html` is\n");
        fence(out, "django", example->other);
    }
    if (example->context) {
        cv_buffer_append_string(out, "with\n");
        fence(out, "json", example->context);
    }
    if (*example->output) {
        cv_buffer_append_string(out, "gives\n");
        fence(out, "html", example->output);
    } else {
        cv_buffer_append_string(out, "gives nothing.\n");
    }
}

/* Template syntax inside a docstring becomes code. */
static void write_doc(CvBuffer *out, const char *doc)
{
    for (const char *at = doc; *at;) {
        bool variable = strncmp(at, "{{", 2) == 0;
        const char *end = variable ? strstr(at, "}}") : strncmp(at, "{%", 2) == 0 ? strstr(at, "%}") : NULL;
        for (const char *next; end && (next = strstr(end, "{%")) && next == end + 2;)
            end = strstr(next, "%}");
        if (end) {
            cv_buffer_printf(out, "`%.*s`", (int)(end + 2 - at), at);
            at = end + 2;
        } else {
            if (*at == '<' || *at == '*')
                cv_buffer_append_byte(out, '\\');
            cv_buffer_append_byte(out, *at++);
        }
    }
    cv_buffer_append_string(out, "\n");
}

static void write_tag(CvBuffer *out, const CvTag *tag)
{
    bool takes = tag->parameters && *tag->parameters;
    cv_buffer_printf(out, "\n### `{%% %s%s%s %%}`\n", tag->name, takes ? " " : "", takes ? tag->parameters : "");
    write_doc(out, tag->doc);
    for (const CvExample *example = tag->examples; example->source; example++)
        write_example(out, example);
}

static void write_filter(CvBuffer *out, const CvFilter *filter)
{
    const char *takes = filter->flags & CV_FILTER_NEEDS_ARGUMENT   ? ":argument"
                        : filter->flags & CV_FILTER_TAKES_ARGUMENT ? "[:argument]"
                                                                   : "";
    cv_buffer_printf(out, "\n### `%s%s`\n", filter->name, takes);
    write_doc(out, filter->doc);
    for (const CvExample *example = filter->examples; example->source; example++)
        write_example(out, example);
}

/* ---- rows in alphabetical order ---- */

static int compare_tags(const void *a, const void *b)
{
    return strcmp((*(const CvTag *const *)a)->name, (*(const CvTag *const *)b)->name);
}

static int compare_filters(const void *a, const void *b)
{
    return strcmp((*(const CvFilter *const *)a)->name, (*(const CvFilter *const *)b)->name);
}

/* The tags and filters of all libraries of that name, under their headings. */
static void write_rows(CvArena *arena, CvBuffer *out, const char *library, bool tags, bool filters)
{
    CV_VECTOR(const CvTag *) all_tags = {0};
    CV_VECTOR(const CvFilter *) all_filters = {0};
    for (const CvLibrary *const *one = cv_template_libraries(); *one; one++) {
        if (strcmp((*one)->name, library) != 0)
            continue;
        for (const CvTag *tag = (*one)->tags; tags && tag && tag->name; tag++)
            cv_vector_push(arena, &all_tags, tag);
        for (const CvFilter *filter = (*one)->filters; filters && filter && filter->name; filter++)
            cv_vector_push(arena, &all_filters, filter);
    }
    if (all_tags.count) {
        qsort(all_tags.items, all_tags.count, sizeof *all_tags.items, compare_tags);
        cv_buffer_append_string(out, *library ? "\n## Tags\n" : "");
        for (size_t i = 0; i < all_tags.count; i++)
            write_tag(out, all_tags.items[i]);
    }
    if (all_filters.count) {
        qsort(all_filters.items, all_filters.count, sizeof *all_filters.items, compare_filters);
        cv_buffer_append_string(out, *library ? "\n## Filters\n" : "");
        for (size_t i = 0; i < all_filters.count; i++)
            write_filter(out, all_filters.items[i]);
    }
}

/* ---- files ---- */

static void put(Site *site, const char *name, CvBuffer *page)
{
    const char *path = cv_arena_printf(site->arena, "%s/%s.md", site->folder, name);
    FILE *file = fopen(path, site->check ? "rb" : "wb");
    CvBuffer present = cv_buffer(site->arena);
    bool good = file != NULL;
    if (file && site->check) {
        for (size_t got = 1; got; present.length += got)
            got = fread(cv_buffer_reserve(&present, 65536), 1, 65536, file);
        good = cv_slice_equal(cv_buffer_slice(&present), cv_buffer_slice(page));
    } else if (file) {
        good = fwrite(page->data, 1, page->length, file) == page->length;
    }
    if (file && fclose(file) != 0)
        good = false;
    if (!good) {
        fprintf(stderr, "%s: %s\n", path, site->check ? "not what `make reference` writes" : strerror(errno));
        site->bad++;
    }
}

static CvBuffer begin(Site *site, const char *title, const char *text)
{
    CvBuffer page = cv_buffer(site->arena);
    cv_buffer_printf(&page, "%s# %s\n\n%s\n", mark, title, text);
    return page;
}

static void write_all(Site *site)
{
    CvBuffer index = begin(site, "Template reference",
                           "What every template may use: [tags](tags.md) and [filters](filters.md). These libraries "
                           "come with `{% load %}`:\n");
    CvBuffer page = begin(site, "Tags", "Every template has these. The examples are run by the tests.");
    write_rows(site->arena, &page, "", true, false);
    put(site, "tags", &page);
    page = begin(site, "Filters", "Every template has these. The examples are run by the tests.");
    write_rows(site->arena, &page, "", false, true);
    put(site, "filters", &page);
    for (const CvLibrary *const *library = cv_template_libraries(); *library; library++) {
        const char *name = (*library)->name, *doc = (*library)->doc ? (*library)->doc : "";
        if (!*name)
            continue;
        cv_buffer_printf(&index, "- [%s](%s.md): %s\n", name, name, doc);
        page = begin(site, name, cv_arena_printf(site->arena, "`{%% load %s %%}`: %s", name, doc));
        write_rows(site->arena, &page, name, true, true);
        put(site, name, &page);
    }
    cv_buffer_append_string(&index, "\n`./manage help templates` says the same, with the site's own libraries.\n");
    put(site, "index", &index);
}

int main(int argc, char **argv)
{
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
    if (argc != 2 + check) {
        fputs("usage: template_reference [--check] FOLDER\n", stderr);
        return 2;
    }
    Site site = {.arena = cv_arena_create(0), .folder = argv[argc - 1], .check = check};
    write_all(&site);
    cv_arena_destroy(site.arena);
    return site.bad ? 1 : 0;
}
