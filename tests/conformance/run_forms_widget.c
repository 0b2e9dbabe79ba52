/* run_forms_widget.c: single widgets: written, read, their attributes. */
#include "run_forms.h"

bool check_widget(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvWidget *widget = widget_of(arena, record_get(record, "widget"));
    CvAttrs attrs = attrs_of(arena, record_get(record, "attrs"));
    CvSlice name = record_text(record, "name");
    CvBuffer html = cv_buffer(arena);
    cv_widget_render(widget, arena, name, form_value(arena, record_get(record, "value")), &attrs, &html);
    const char *id = cv_arena_printf(arena, "id_%.*s", CV_SLICE_ARG(name));
    bool same = same_html(why, "html", record_get(record, "html"), cv_buffer_slice(&html));
    same &= same_html(why, "id_for_label", record_get(record, "id_for_label"),
                      cv_slice(cv_widget_id_for_label(widget, arena, id)));
    same &= same_bool(why, "is_hidden", record_get(record, "is_hidden"), cv_widget_is_hidden(widget));
    same &= same_bool(why, "multipart", record_get(record, "needs_multipart_form"), cv_widget_needs_multipart(widget));
    same &= same_bool(why, "use_fieldset", record_get(record, "use_fieldset"), widget->kind->fieldset);
    return same;
}

bool check_widget_data(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvWidget *widget = widget_of(arena, record_get(record, "widget"));
    CvFormData data = {data_of(arena, record_get(record, "data")), files_of(arena, record_get(record, "files"))};
    CvSlice name = record_text(record, "name");
    CvValue value = cv_widget_read(widget, arena, &data, name), expected = record_get(record, "value");
    bool same = same_bool(why, "omitted", record_get(record, "omitted"), cv_widget_omitted(widget, arena, &data, name));
    if (expected.kind == CV_DICT && record_has(expected.dict, "$contradiction"))
        return same && value.kind == CV_OBJECT && value.object == &cv_file_contradiction;
    return same_cleaned(arena, why, "value", expected, value) && same;
}

bool check_flatatt(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvAttrs attrs = attrs_of(arena, record_get(record, "attrs"));
    CvBuffer html = cv_buffer(arena);
    cv_flatatt(&html, &attrs);
    return same_html(why, "html", record_get(record, "html"), cv_buffer_slice(&html));
}

bool check_pretty_name(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return same_html(why, "label", record_get(record, "label"),
                     cv_slice(cv_pretty_name(arena, record_text(record, "name"))));
}
