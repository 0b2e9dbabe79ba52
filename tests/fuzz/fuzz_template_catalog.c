/* fuzz_template_catalog.c: any bytes as a compiled gettext catalog and as a plural rule. */
#include "base/base.h"
#include "template/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice bytes = cv_slice_of((const char *)data, size);
    CvLocale *locale = cv_locale_create(arena, "de", NULL);
    const CvSlice forms[] = {CV_SLICE_INIT("a"), CV_SLICE_INIT("b")};
    if (cv_locale_add_catalog(locale, bytes, NULL))
        (void)cv_locale_message(locale, "x", CV_SLICE("y"));
    cv_locale_add_plural(locale, NULL, CV_SLICE("m"), forms, 2);
    if (size < 2000 && cv_locale_set_plural_rule(locale, bytes))
        for (int64_t n = -3; n < 200; n++)
            (void)cv_locale_plural(locale, NULL, CV_SLICE("m"), CV_SLICE("ms"), n);
    cv_arena_destroy(arena);
    return 0;
}
