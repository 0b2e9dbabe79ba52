/* template_test.h: rendering in one line, for the tests of template. */
#ifndef CV_TESTS_TEMPLATE_TEST_H
#define CV_TESTS_TEMPLATE_TEST_H

#include "base/base.h"
#include "template/template.h"
#include "unit.h"

typedef struct Site {
    CvArena *arena;
    CvEngine *engine;
    CvContext *context;
    CvError error;
} Site;

/* An engine over embedded files (name, source, name, source, ..., NULL) and an empty context. */
static inline Site site_of(const char *const *files, CvEngineOptions options)
{
    Site site = {.arena = cv_arena_create(0)};
    size_t count = 0;
    while (files && files[count])
        count++;
    CvTemplateFile *table = cv_arena_new_array(site.arena, CvTemplateFile, count / 2 + 1);
    for (size_t i = 0; i + 1 < count; i += 2)
        table[i / 2] = (CvTemplateFile){files[i], files[i + 1], strlen(files[i + 1])};
    options.files = table;
    site.engine = cv_engine_create(&options);
    site.context = cv_context_create(site.arena);
    return site;
}
#define SITE(...) site_of((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL}, (CvEngineOptions){0})

/* The page, or "Class: message". */
static inline const char *render_name(Site *site, const char *name)
{
    CvBuffer out = cv_buffer(site->arena);
    const CvTemplate *page = cv_engine_get(site->engine, name, &site->error);
    if (page && cv_template_render(page, site->context, &out, &site->error))
        return cv_buffer_string(&out);
    return cv_arena_printf(site->arena, "%s: %s", cv_error_class(site->error.kind), site->error.message);
}

static inline const char *render_text(Site *site, const char *source)
{
    CvBuffer out = cv_buffer(site->arena);
    const CvTemplate *page = cv_engine_compile(site->engine, cv_slice(source), NULL, &site->error);
    if (page && cv_template_render(page, site->context, &out, &site->error))
        return cv_buffer_string(&out);
    return cv_arena_printf(site->arena, "%s: %s", cv_error_class(site->error.kind), site->error.message);
}

static inline void site_close(Site *site)
{
    cv_engine_destroy(site->engine);
    cv_arena_destroy(site->arena);
}

#define expect_render(site, source, expected) ck_assert_str_eq(render_text((site), (source)), (expected))

#endif
