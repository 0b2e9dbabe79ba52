/* fuzz_template_html.c: any UTF-8 text through every filter that walks HTML or words. */
#include "base/base.h"
#include "template/template.h"
#include "text/utf8.h"

static const char *const pages[] = {
    "{{ v|striptags }}",
    "{{ v|truncatechars_html:7 }}",
    "{{ v|truncatewords_html:3 }}",
    "{{ v|truncatechars:5 }}{{ v|truncatewords:2 }}",
    "{{ v|urlize }}",
    "{{ v|urlizetrunc:9 }}",
    "{{ v|linebreaks }}{{ v|linebreaksbr }}{{ v|linenumbers }}",
    "{{ v|escapejs }}{{ v|force_escape }}{{ v|json_script:v }}",
    "{{ v|wordwrap:6 }}{{ v|slugify }}{{ v|title }}{{ v|wordcount }}",
    "{% spaceless %}{{ v|safe }}{% endspaceless %}{{ v|iriencode }}{{ v|urlencode }}{{ v|pprint }}",
    "{{ v|floatformat:2 }}{{ v|add:v }}{{ v|filesizeformat }}{{ v|stringformat:v }}",
    "{{ d|date:v }}{{ d|time:v }}{{ v|slice:v }}{{ v|yesno:v }}{{ v|pluralize:v }}"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static CvEngine *engine;
    static const CvTemplate *compiled[CV_COUNT_OF(pages)];
    CvError error;
    if (!engine) {
        engine = cv_engine_create(NULL);
        for (size_t i = 0; i < CV_COUNT_OF(pages); i++)
            if (!(compiled[i] = cv_engine_compile(engine, cv_slice(pages[i]), NULL, &error)))
                abort();
    }
    CvSlice text = cv_slice_of((const char *)data, size);
    if (size > 20000 || !cv_utf8_valid(text))
        return 0;
    CvArena *arena = cv_arena_create(256 << 20);
    for (size_t i = 0; i < CV_COUNT_OF(pages); i++) {
        CvBuffer out = cv_buffer(arena);
        CvContext *context = cv_context_create(arena);
        cv_context_set(context, "v", cv_value_slice(text));
        cv_context_set(context, "d",
                       CV_VALUE(cv_datetime_in(cv_date(2024, 3, 31), cv_time(1, 30, 0, 0), cv_zone_utc, false)));
        (void)cv_template_render(compiled[i], context, &out, &error);
    }
    cv_arena_destroy(arena);
    cv_arena_reset(cv_arena());
    return 0;
}
