/* filters_html.c: filters that make or read HTML: escaping, line breaks, links, lists, stripping tags, JSON. */
#include "base/self.h"
#include "template/tags_private.h"
#include "text/html.h"
#include "text/words.h"

static CvValue safe_text(CvSlice text)
{
    return cv_value_safe(cv_slice_of(text.data ? text.data : "", text.length));
}

/* conditional_escape(): safe text stays. */
static CvValue escaped(CvRender *render, CvValue value)
{
    CvValue text = cv_render_text(render, value);
    if (text.flags & CV_SAFE)
        return text;
    return safe_text(cv_html_escaped(render->arena, cv_value_as_slice(text)));
}

static CvValue escape(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return escaped(render, value);
}

static CvValue force_escape(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return safe_text(cv_html_escaped(render->arena, cv_value_as_slice(value)));
}

static CvValue mark_safe(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    value.flags |= CV_SAFE;
    return value;
}

static CvValue each(CvRender *render, CvValue value, bool escape_each)
{
    CvWalk walk;
    CvValue item;
    if (!cv_walk_begin_keeping(&walk, render->arena, value))
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(value));
    CvList *list = cv_list_create(render->arena);
    while (cv_walk_next(&walk, &item)) {
        if (escape_each) {
            item = escaped(render, item);
        } else {
            item = cv_render_text(render, item);
            item.flags |= CV_SAFE;
        }
        cv_list_add(render->arena, list, item);
    }
    return cv_value_list(list);
}

static CvValue escapeseq(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return each(render, value, true);
}

static CvValue safeseq(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return each(render, value, false);
}

static bool must_escape(const CvRender *render, CvValue value)
{
    return render->context->autoescape && !(value.flags & CV_SAFE);
}

static CvValue linebreaks(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return safe_text(cv_html_linebreaks(render->arena, cv_value_as_slice(value), must_escape(render, value)));
}

static CvValue linebreaksbr(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return safe_text(cv_html_linebreaksbr(render->arena, cv_value_as_slice(value), must_escape(render, value)));
}

static CvValue linenumbers(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvSlice text = cv_value_as_slice(value), line;
    size_t count = 1;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == '\n';
    int width = 1;
    for (size_t rest = count; rest >= 10; rest /= 10)
        width++;
    CvBuffer out = cv_buffer(render->arena);
    for (size_t number = 1; number <= count; number++) {
        if (!cv_slice_split(&text, '\n', &line))
            line = (CvSlice){0};
        cv_buffer_printf(&out, "%s%0*zu. ", number > 1 ? "\n" : "", width, number);
        if (must_escape(render, value))
            cv_html_escape(&out, line);
        else
            cv_buffer_append_slice(&out, line);
    }
    return safe_text(cv_buffer_slice(&out));
}

static CvValue striptags(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvSlice text;
    CvError error;
    if (!cv_html_strip_tags(render->arena, cv_value_as_slice(value), &text, &error))
        cv_raise_error(&error);
    return cv_value_slice(text);
}

static CvValue urlize_with(CvRender *render, CvValue value, bool limited, int64_t limit)
{
    CvUrlizeOptions options = {.limited = limited,
                               .limit = limit,
                               .nofollow = true,
                               .autoescape = render->context->autoescape,
                               .safe = (value.flags & CV_SAFE) != 0};
    return safe_text(cv_html_urlize(render->arena, cv_value_as_slice(value), options));
}

static CvValue urlize(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return urlize_with(render, value, false, 0);
}

static CvValue urlizetrunc(CvRender *render, CvValue value, CvValue argument)
{
    CvValue whole;
    if (!cv_value_to_integer(render->arena, argument, &whole))
        cv_raise(CV_ERROR_VALUE, "invalid literal for int() with base 10: %.*s",
                 CV_SLICE_ARG(cv_value_repr(render->arena, argument)));
    int64_t limit = whole.kind == CV_INT ? whole.integer : whole.text[0] == '-' ? INT64_MIN : INT64_MAX;
    return urlize_with(render, value, true, limit);
}

static CvValue json_script(CvRender *render, CvValue value, CvValue argument)
{
    CvBuffer out = cv_buffer(render->arena);
    CvError error;
    CvValue id =
        argument.kind == CV_MISSING || !cv_value_truth(argument) ? cv_value_null() : cv_render_text(render, argument);
    if (!cv_html_json_script(render->arena, &out, value, id, &error))
        cv_raise_error(&error);
    return safe_text(cv_buffer_slice(&out));
}

/* ---- unordered_list ---- */

#define LIST_DEPTH_MAX 100

static void indent(CvBuffer *out, size_t tabs)
{
    cv_buffer_append_repeated(out, '\t', tabs);
}

static void append_list(CvRender *render, CvBuffer *out, CvValue list, size_t tabs)
{
    CvWalk walk;
    CvValue item, next;
    if (tabs > LIST_DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "maximum recursion depth exceeded: a list is nested more than %d deep",
                 LIST_DEPTH_MAX);
    if (!cv_walk_begin(&walk, render->arena, list))
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(list));
    bool more = cv_walk_next(&walk, &item);
    for (bool first = true; more; first = false) {
        more = cv_walk_next(&walk, &next);
        bool children = more && (next.kind == CV_LIST || next.kind == CV_TUPLE);
        cv_buffer_append_string(out, first ? "" : "\n");
        indent(out, tabs);
        cv_buffer_append_string(out, "<li>");
        CvValue text = render->context->autoescape ? escaped(render, item) : cv_render_text(render, item);
        cv_buffer_append(out, text.text, text.length);
        if (children && next.list->count) {
            cv_buffer_append_byte(out, '\n');
            indent(out, tabs);
            cv_buffer_append_string(out, "<ul>\n");
            append_list(render, out, next, tabs + 1);
            cv_buffer_append_byte(out, '\n');
            indent(out, tabs);
            cv_buffer_append_string(out, "</ul>\n");
            indent(out, tabs);
        }
        cv_buffer_append_string(out, "</li>");
        if (children)
            more = cv_walk_next(&walk, &next);
        item = next;
    }
}

static CvValue unordered_list(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvBuffer out = cv_buffer(render->arena);
    append_list(render, &out, value, 1);
    return safe_text(cv_buffer_slice(&out));
}

#define TEXT (CV_FILTER_SAFE | CV_FILTER_TEXT)
static const CvFilter filters[] = {
    CV_FILTER("escape", escape, .flags = TEXT, .doc = "Escaped for HTML, unless it is safe already.",
              .examples = CV_EXAMPLES({"{% autoescape off %}{{ text|escape }}{% endautoescape %}", "&lt;",
                                       .context = "{\"text\": \"<\"}"})),
    CV_FILTER("force_escape", force_escape, .flags = TEXT, .doc = "Escaped here and now.",
              .examples = CV_EXAMPLES({"{{ \"<\"|force_escape }}", "&lt;"})),
    CV_FILTER("safe", mark_safe, .flags = TEXT, .doc = "Not to be escaped: it is HTML.",
              .examples = CV_EXAMPLES({"{{ \"<b>\"|safe }}", "<b>"})),
    CV_FILTER("escapeseq", escapeseq, .flags = CV_FILTER_SAFE, .doc = "Each item of a sequence escaped.",
              .examples = CV_EXAMPLES({"{% autoescape off %}{{ parts|escapeseq|join:\", \" }}{% endautoescape %}",
                                       "&lt;a&gt;, b", .context = "{\"parts\": [\"<a>\", \"b\"]}"})),
    CV_FILTER("safeseq", safeseq, .flags = CV_FILTER_SAFE, .doc = "Each item of a sequence marked safe.",
              .examples = CV_EXAMPLES(
                  {"{{ parts|safeseq|join:\", \" }}", "<a>, b", .context = "{\"parts\": [\"<a>\", \"b\"]}"})),
    CV_FILTER("linebreaks", linebreaks, .flags = TEXT | CV_FILTER_REFUSES_ARGUMENT,
              .doc = "Paragraphs and <br> for line ends.",
              .examples = CV_EXAMPLES(
                  {"{{ text|linebreaks }}", "<p>a<br>b</p>\n\n<p>c</p>", .context = "{\"text\": \"a\\nb\\n\\nc\"}"})),
    CV_FILTER("linebreaksbr", linebreaksbr, .flags = TEXT | CV_FILTER_REFUSES_ARGUMENT, .doc = "<br> for line ends.",
              .examples = CV_EXAMPLES({"{{ text|linebreaksbr }}", "a<br>b", .context = "{\"text\": \"a\\nb\"}"})),
    CV_FILTER("linenumbers", linenumbers, .flags = TEXT | CV_FILTER_REFUSES_ARGUMENT,
              .doc = "Each line with its number.", .examples = CV_EXAMPLES({"{{ \"a\"|linenumbers }}", "1. a"})),
    CV_FILTER("striptags", striptags, .flags = TEXT, .doc = "Without tags; not a way to make HTML safe.",
              .examples = CV_EXAMPLES({"{{ \"<b>x</b>\"|striptags }}", "x"})),
    CV_FILTER("urlize", urlize, .flags = TEXT | CV_FILTER_REFUSES_ARGUMENT, .doc = "URLs and mail addresses as links.",
              .examples = CV_EXAMPLES({"{{ \"see www.example.com\"|urlize }}",
                                       "see <a href=\"http://www.example.com\" rel=\"nofollow\">www.example.com</a>"})),
    CV_FILTER("urlizetrunc", urlizetrunc, .flags = TEXT | CV_FILTER_NEEDS_ARGUMENT,
              .doc = "The same, with link texts of at most that many characters.",
              .examples = CV_EXAMPLES({"{{ \"see www.example.com\"|urlizetrunc:8 }}",
                                       "see <a href=\"http://www.example.com\" rel=\"nofollow\">www.exa…</a>"})),
    CV_FILTER("json_script", json_script, .flags = CV_FILTER_SAFE | CV_FILTER_TAKES_ARGUMENT,
              .doc = "The value as JSON in a script element with that id.",
              .examples = CV_EXAMPLES({"{{ data|json_script:\"numbers\" }}",
                                       "<script id=\"numbers\" type=\"application/json\">{\"a\": 1}</script>",
                                       .context = "{\"data\": {\"a\": 1}}"})),
    CV_FILTER("unordered_list", unordered_list, .flags = CV_FILTER_SAFE | CV_FILTER_REFUSES_ARGUMENT,
              .doc = "Nested lists as HTML, without the outer <ul>.",
              .examples = CV_EXAMPLES({"{{ places|unordered_list }}",
                                       "\t<li>Italy\n\t<ul>\n\t\t<li>Rome</li>\n\t</ul>\n\t</li>",
                                       .context = "{\"places\": [\"Italy\", [\"Rome\"]]}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_html_filters = {.name = "", .filters = filters};
