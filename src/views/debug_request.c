/* debug_request.c: the request and the settings on the debug page, with secrets hidden. */
#include "text/html.h"
#include "views/debug_private.h"
#include "web/settings.h"

bool cv_debug_is_secret(CvSlice name)
{
    static const char *const words[] = {"api",    "auth",    "cookie",    "csrf",  "key", "pass",
                                        "secret", "session", "signature", "token", NULL};
    for (const char *const *word = words; *word; word++) {
        CvSlice wanted = cv_slice(*word);
        for (size_t i = 0; i + wanted.length <= name.length; i++)
            if (cv_slice_equal_fold(cv_slice_range(name, i, i + wanted.length), wanted))
                return true;
    }
    return false;
}

static void begin_table(CvBuffer *out, const char *title)
{
    cv_buffer_printf(out, "<h3>%s</h3>\n<table>\n", title);
}

static void row(CvBuffer *out, CvSlice name, CvSlice value)
{
    cv_buffer_append_string(out, "<tr><th>");
    cv_html_escape(out, name);
    cv_buffer_append_string(out, "</th><td><code>");
    if (cv_debug_is_secret(name))
        value = CV_SLICE("********************");
    cv_html_escape(out, value.length > 2000 ? cv_slice_range(value, 0, 2000) : value);
    if (value.length > 2000)
        cv_buffer_append_string(out, "\u2026");
    cv_buffer_append_string(out, "</code></td></tr>\n");
}

static void end_table(CvBuffer *out)
{
    cv_buffer_append_string(out, "</table>\n");
}

static void query_dict(CvBuffer *out, const char *title, const CvQueryDict *dict)
{
    begin_table(out, title);
    size_t rows = 0;
    for (const CvQueryItem *item = NULL; dict && (item = cv_querydict_next(dict, item));)
        for (size_t i = 0; i < item->count && rows < 200; i++, rows++)
            row(out, item->name, item->values[i]);
    end_table(out);
}

static void show_settings(CvBuffer *out)
{
    size_t count;
    const CvSetting *table = cv_settings_table(&count);
    begin_table(out, "Settings");
    for (size_t i = 0; i < count; i++) {
        const char *value = cv_setting_show(out->arena, cv_settings(), &table[i]);
        cv_buffer_append_string(out, "<tr><th>");
        cv_debug_text(out, table[i].name);
        cv_buffer_append_string(out, "</th><td><code>");
        cv_debug_text(out, value);
        cv_buffer_append_string(out, "</code></td></tr>\n");
    }
    end_table(out);
}

void cv_debug_request(CvBuffer *out, CvRequest *request)
{
    CvError error;
    cv_buffer_append_string(out, "<section><h2>Request</h2>\n");
    begin_table(out, "Line");
    row(out, CV_SLICE("Method"), cv_slice(request->method));
    row(out, CV_SLICE("Path"), cv_slice(request->path));
    row(out, CV_SLICE("From"), cv_slice(request->remote_addr));
    end_table(out);
    query_dict(out, "GET", cv_request_load_query(request, &error));
    /* Only what was read already: the page must not wait for a body, nor fail because of it. */
    query_dict(out, "POST", request->post_);
    begin_table(out, "Cookies");
    if (cv_request_header_slice(request, CV_HEADER_COOKIE).data) {
        const CvMap *cookies = cv_request_cookies(request);
        for (const CvMapEntry *entry = NULL; (entry = cv_map_next(cookies, entry));)
            row(out, entry->key, CV_SLICE("********************"));
    }
    end_table(out);
    begin_table(out, "Headers");
    for (size_t i = 0; request->head && i < request->head->count; i++)
        row(out, cv_field_name(&request->head->fields[i]), cv_field_value(&request->head->fields[i]));
    end_table(out);
    show_settings(out);
    cv_buffer_append_string(out, "</section>\n");
}
