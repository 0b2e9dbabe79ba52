/* Tests that running out of memory anywhere is an error and nothing else: every allocation fails once. */
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

UNIT_TESTS("template/memory", every_allocation_may_fail)
