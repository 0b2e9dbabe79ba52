/* fuzz_template_render.c: any bytes as a template's source, rendered with names of every kind. */
#include "base/base.h"
#include "template/template.h"

static CvContext *fixed_context(CvArena *arena)
{
    CvContext *context = cv_context_create(arena);
    CvDict *inner = cv_dict_create(arena);
    cv_dict_set_name(inner, "n", cv_value_int(7));
    cv_dict_set_name(inner, "t", cv_value_string("<b>\xc3\xa9 & 'q'</b>"));
    cv_context_set(context, "i", cv_value_int(-42));
    cv_context_set(context, "big", cv_value_integer_text(arena, CV_SLICE("123456789012345678901234567890")));
    cv_context_set(context, "f", cv_value_float(3.5));
    cv_context_set(context, "d", cv_value_decimal((CvDecimal){"1.50"}));
    cv_context_set(context, "s", cv_value_string("Hello <i>World</i> http://example.com/?a=1&b=2"));
    cv_context_set(context, "safe", cv_value_safe(CV_SLICE("<p>one</p> <p>two</p>")));
    cv_context_set(context, "l", CV_VALUE(cv_list(arena, 3, 1, "two", inner)));
    cv_context_set(context, "m", cv_value_dict(inner));
    cv_context_set(context, "day", CV_VALUE(cv_date(2024, 2, 29)));
    cv_context_set(context, "at", CV_VALUE(cv_time(9, 5, 7, 0)));
    cv_context_set(context, "when",
                   CV_VALUE(cv_datetime_in(cv_date(2024, 3, 31), cv_time(1, 30, 0, 0), cv_zone_utc, false)));
    cv_context_set(context, "none", cv_value_null());
    return context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4000)
        return 0;
    static const char base[] = "[{% block a %}A{% endblock %}{% block b %}{% endblock %}]", part[] = "({{ s }}{{ x }})";
    static const CvTemplateFile files[] = {
        {"base", base, sizeof base - 1}, {"part", part, sizeof part - 1}, {NULL, NULL, 0}};
    CvEngine *engine = cv_engine_create(&(CvEngineOptions){.files = files, .output_limit = 1 << 20});
    CvArena *arena = cv_arena_create(64 << 20);
    CvError error;
    CvBuffer out = cv_buffer(NULL);
    const CvTemplate *page = cv_engine_compile(engine, cv_slice_of((const char *)data, size), "fuzz.html", &error);
    if (page)
        (void)cv_template_render(page, fixed_context(arena), &out, &error);
    cv_buffer_free(&out);
    cv_engine_destroy(engine);
    cv_arena_destroy(arena);
    cv_arena_reset(cv_arena());
    return 0;
}
