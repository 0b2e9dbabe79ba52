/* Tests that running out of memory anywhere is an error and nothing else, and that a render needs none of its own. */
#include "template_test.h"

typedef struct Work {
    Site site;
    bool rendered;
} Work;

static const char *const files[] = {
    "base",
    "[{% block a %}{{ x|upper }}{% endblock %}]",
    "page",
    "{% extends 'base' %}{% block a %}{{ block.super }}{% for i in rows %}{% cycle 1 2 as c %}{% ifchanged i %}{{ "
    "i|add:1 }}"
    "{% endifchanged %}{% filter lower %}{% include 'part' with y=i only %}{% endfilter %}{% endfor %}{% endblock %}",
    "part",
    "{% if y in \"12\" %}{{ y|floatformat:2 }}{% else %}{% lorem 50 w %}{% endif %}",
    NULL};

static void work(void *argument)
{
    Work *result = argument;
    Site *site = &result->site;
    CvBuffer out = cv_buffer(site->arena);
    const CvTemplate *page = cv_engine_get(site->engine, "page", &site->error);
    result->rendered = page && cv_template_render(page, site->context, &out, &site->error);
}

/* A new site each time: nothing is compiled yet. True: rendered. */
static bool try_at(uint64_t k, uint64_t *count)
{
    Work result = {.site = site_of(files, (CvEngineOptions){0})};
    Site *site = &result.site;
    CvError *error = NULL;
    CvList *rows = cv_list_create(site->arena);
    for (int i = 0; i < 300; i++)
        cv_list_add(site->arena, rows, cv_value_int(i / 2));
    cv_context_set(site->context, "rows", CV_VALUE(rows));
    cv_context_set(site->context, "x", CV_VALUE("abc"));
    cv_arena_trim(); /* blocks come from malloc again */
    cv_memory_fail_at(k);
    bool returned = cv_try(work, &result, &error);
    *count = cv_memory_count();
    cv_memory_fail_at(0);
    bool rendered = returned && result.rendered;
    ck_assert(rendered || (returned ? site->error.kind : error->kind) == CV_ERROR_MEMORY);
    site_close(site);
    return rendered;
}

START_TEST(every_allocation_may_fail)
{
    uint64_t count;
    int failures = 0;
    ck_assert(try_at(0, &count));
    for (uint64_t k = 1, last = count; k <= last; k++)
        failures += !try_at(k, &count);
    ck_assert_int_gt(failures, 5);
    ck_assert(try_at(0, &count));
}
END_TEST

/* Allocations of the third render of an example; the first two warm up what is kept. */
static uint64_t allocations(Site *site, const CvLibrary *library, const CvExample *example)
{
    const char *load = *library->name ? cv_arena_printf(site->arena, "{%% load %s %%}", library->name) : "";
    const char *source =
        cv_arena_printf(site->arena, "%s{%% for turn in \"abc\" %%}%s{%% endfor %%}", load, example->source);
    const CvTemplate *page = cv_engine_compile(site->engine, cv_slice(source), NULL, &site->error);
    CvArena *arena = cv_arena_create(0);
    uint64_t count = 0;
    for (int run = 0; page && run < 3; run++) {
        cv_arena_reset(arena);
        cv_memory_fail_at(0);
        CvContext *context = cv_context_create(arena);
        CvBuffer out = cv_buffer(arena);
        (void)!cv_template_render(page, context, &out, &site->error);
        count = cv_memory_count();
    }
    cv_arena_destroy(arena);
    return count;
}

START_TEST(the_steady_state_calls_no_malloc)
{
    Site site = SITE();
    int examples = 0;
    for (const CvLibrary *const *library = cv_template_libraries(); *library; library++) {
        for (const CvTag *tag = (*library)->tags; tag && tag->name; tag++)
            for (const CvExample *example = tag->examples; example->source; example++, examples++)
                ck_assert_msg(allocations(&site, *library, example) == 0, "%s", example->source);
        for (const CvFilter *filter = (*library)->filters; filter && filter->name; filter++)
            for (const CvExample *example = filter->examples; example->source; example++, examples++)
                ck_assert_msg(allocations(&site, *library, example) == 0, "%s", example->source);
    }
    ck_assert_int_gt(examples, 120);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/memory", every_allocation_may_fail, the_steady_state_calls_no_malloc)
