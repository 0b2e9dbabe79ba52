/* fuzz_template_parse.c: any bytes as a template's source: cut, compiled and asked what it reads. */
#include "base/base.h"
#include "template/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static CvEngine *engine;
    if (size > 20000)
        return 0;
    engine = cv_engine_create(NULL);
    CvArena *arena = cv_arena_create(0);
    CvError error;
    const CvTemplate *page = cv_engine_compile(engine, cv_slice_of((const char *)data, size), "fuzz.html", &error);
    CvTemplateReads reads;
    if (page)
        (void)!cv_template_reads(arena, page, &reads, &error);
    cv_engine_destroy(engine);
    cv_arena_destroy(arena);
    cv_arena_reset(cv_arena());
    return 0;
}
