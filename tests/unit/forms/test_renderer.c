/* test_renderer.c: templates of a site in place of the pieces of forms, what they find, and what they may not do. */
#include "unit.h"

#include "base/self.h"
#define CV_FORMS "pieces.def.h"
#include "forms/forms.h"
#include "loop/fiber.h"
#include "template/template.h"

/* A kind with a template and a context of its own. */
static void price_context(CvWidgetUse *use)
{
    cv_widget_use_set(use, "sign", CV_VALUE("<€>"));
    cv_attrs_set(&use->attrs, CV_SLICE("step"), CV_VALUE("0.01"));
}
static const CvWidgetKind price_kind = {
    .name = "PriceInput", .input = "number", .template_name = "price.html", .context = price_context};

/* A kind that shows another value, in an input of another type. */
static void range_context(CvWidgetUse *use)
{
    cv_widget_use_set(use, "value", CV_VALUE("<7>"));
    cv_widget_use_set(use, "type", CV_VALUE("range"));
}
static const CvWidgetKind range_kind = {.name = "RangeInput", .input = "number", .context = range_context};
static const CvWidget range_widget = {.kind = &range_kind};
static const CvWidget price_widget = {.kind = &price_kind};

/* A kind that C writes. */
static void code_render(CvWidgetUse *use, CvBuffer *out)
{
    cv_buffer_printf(out, "<code>%.*s</code>", CV_SLICE_ARG(use->name));
}
static const CvWidgetKind code_kind = {.name = "CodeInput", .render = code_render};
static const CvWidget code_widget = {.kind = &code_kind};

#define CV_FORMS "pieces.def.h"
#include "forms/forms_define.h"

/* ---- a site with templates: name, source, ..., NULL ---- */

static CvEngine *engine;

static void use_templates(const char *const *files, const CvFormRenderer *renderer)
{
    size_t count = 0;
    while (files[count])
        count++;
    CvTemplateFile *table = cv_new_array(CvTemplateFile, count / 2 + 1);
    for (size_t i = 0; i + 1 < count; i += 2)
        table[i / 2] = (CvTemplateFile){files[i], files[i + 1], strlen(files[i + 1])};
    engine = cv_engine_create(&(CvEngineOptions){.files = table, .natives = cv_form_natives});
    cv_forms_set_renderer(engine, renderer);
}
#define TEMPLATES(...) use_templates((const char *const[]){__VA_ARGS__, NULL}, NULL)

static void no_templates(void)
{
    cv_forms_set_renderer(NULL, NULL);
    cv_engine_destroy(engine);
    engine = NULL;
}

static CvForm *form_of(const CvFormType *type, const char *query)
{
    CvError error;
    CvQueryDict *data = query ? cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error) : NULL;
    return cv_form_create(type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
}

/* What a page that prints the object shows: "form", "form.title". */
static const char *page_of(const void *object, const char *source)
{
    CvError error;
    CvBuffer out = cv_buffer(cv_arena());
    CvEngine *plain = engine ? NULL : cv_engine_create(&(CvEngineOptions){.natives = cv_form_natives});
    CvContext *context = cv_context_create(cv_arena());
    cv_context_set(context, "form", cv_value_object(object));
    const CvTemplate *page = cv_engine_compile(plain ? plain : engine, cv_slice(source), "page.html", &error);
    if (!page || !cv_template_render(page, context, &out, &error)) {
        out.length = 0;
        cv_buffer_printf(&out, "%s: %s", cv_error_class(error.kind), error.message);
    }
    cv_engine_destroy(plain);
    return cv_buffer_string(&out);
}

#define PLAIN(query) form_of(&PlainForm_type, (query))
#define expect_page(object, source, expected) ck_assert_str_eq(page_of((object), (source)), (expected))

/* ---- pieces by their names ---- */

START_TEST(an_input_is_written_by_the_sites_template)
{
    TEMPLATES("django/forms/widgets/input.html",
              "[{{ widget.type }} {{ widget.name }} {{ widget.value }} {{ widget.attrs.maxlength }} "
              "{{ widget.required }} {{ widget.is_hidden }} {{ widget.template_name }}]");
    expect_page(PLAIN("title=%3Cb%3E&kind=b"), "{{ form.title }}",
                "[text title &lt;b&gt;  True False django/forms/widgets/text.html]");
    no_templates();
    expect_page(PLAIN("title=x&kind=b"), "{{ form.title }}",
                "<input type=\"text\" name=\"title\" value=\"x\" required id=\"id_title\">");
}
END_TEST

START_TEST(a_piece_that_another_includes_is_replaced_in_it)
{
    TEMPLATES("django/forms/widgets/attrs.html",
              "{% for name, value in widget.attrs.items %} {{ forloop.counter }}:{{ name }}={{ value }}{% endfor %}");
    expect_page(PLAIN(NULL), "{{ form.title }}|{{ form.kind }}",
                "<input type=\"text\" name=\"title\" 1:required=True 2:id=id_title>|"
                "<select name=\"kind\" 1:id=id_kind>\n  <option value=\"b\">Book</option>\n\n"
                "  <option value=\"m\">Magazine</option>\n\n</select>");
    no_templates();
}
END_TEST

START_TEST(a_template_may_include_the_built_in_piece)
{
    TEMPLATES("django/forms/widgets/text.html", "<i>{% include 'django/forms/widgets/input.html' %}</i>",
              "django/forms/label.html", "<b{% include 'django/forms/attrs.html' %}>{{ label }}</b>",
              "django/forms/div.html", "<main>{% include 'django/forms/ul.html' %}</main>");
    expect_page(PLAIN(NULL), "{{ form.title }}",
                "<i><input type=\"text\" name=\"title\" required id=\"id_title\">\n</i>");
    expect_page(PLAIN(NULL), "{{ form.title.label_tag }}", "<b for=\"id_title\">Title:</b>");
    const char *page = page_of(PLAIN(NULL), "{{ form }}");
    ck_assert(strncmp(page, "<main>", 6) == 0 && strstr(page, "<li>") && strstr(page, "<b for=\"id_kind\">"));
    no_templates();
}
END_TEST

START_TEST(a_select_finds_groups_and_choices)
{
    TEMPLATES("django/forms/widgets/select.html",
              "{% for group, options, index in widget.optgroups %}{{ index }}{{ group }}:{% for option in options %}"
              "{{ option.value }}/{{ option.label }}/{{ option.selected }}/{{ option.index }}/{{ option.type }}"
              "{% include option.template_name with widget=option %}{% endfor %};{% endfor %}{{ widget.value }}",
              "django/forms/widgets/select_option.html", "({{ widget.value }}{{ widget.attrs.items }})");
    expect_page(PLAIN("kind=m"), "{{ form.kind }}",
                "0None:b/Book/False/0/select(bdict_items([]));"
                "1None:m/Magazine/True/1/select(mdict_items([(&#x27;selected&#x27;, True)]));[&#x27;m&#x27;]");
    no_templates();
}
END_TEST

START_TEST(errors_are_written_by_templates)
{
    TEMPLATES("django/forms/errors/list/ul.html",
              "{{ error_class }}|{{ errors.field_id }}|{% for error in errors %}{{ error }}{% endfor %}",
              "django/forms/errors/dict/ul.html",
              "{{ error_class }}{% for name, list in errors %} {{ name }}={{ list.0 }}{% endfor %}",
              "django/forms/errors/list/text.txt", "{{ errors|length }}");
    CvForm *form = PLAIN("kind=b");
    expect_page(form, "{{ form.title.errors }}", "errorlist|id_title|This field is required.");
    expect_page(form, "{{ form.errors }}", "errorlist title=This field is required.");
    expect_page(form, "{{ form.title.errors.as_text }}", "1");
    cv_form_add_error(form, NULL, "Not so.");
    expect_page(form, "{{ form.non_field_errors }}", "errorlist nonfield|None|Not so.");
    no_templates();
}
END_TEST

START_TEST(a_default_of_errors_may_differ_from_the_list)
{
    TEMPLATES("django/forms/errors/list/default.html", "{% for error in errors %}<p>{{ error }}</p>{% endfor %}");
    CvForm *form = PLAIN("kind=b");
    expect_page(form, "{{ form.title.errors }}", "<p>This field is required.</p>");
    expect_page(form, "{{ form.title.errors.as_ul }}",
                "<ul class=\"errorlist\" id=\"id_title_error\"><li>This field is required.</li></ul>");
    no_templates();
}
END_TEST

START_TEST(a_layout_finds_fields_hidden_ones_and_errors)
{
    TEMPLATES("django/forms/p.html",
              "{{ errors }}{% for field, errors in fields %}{{ field.name }}{{ errors|length }},{% endfor %}"
              "{{ hidden_fields|length }}{{ form.is_bound }}");
    expect_page(PLAIN("kind=b"), "{{ form.as_p }}", "title1,kind0,0True");
    no_templates();
}
END_TEST

START_TEST(a_field_group_and_a_formset_are_replaced)
{
    TEMPLATES("django/forms/field.html", "[{{ field.name }}]", "django/forms/formsets/div.html",
              "{% for form in formset %}{{ form.prefix }}{{ form.title.as_field_group }}{% endfor %}");
    CvFormSet *set = cv_formset_create(&PlainFormSet_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    expect_page(set, "{{ form }}", "form-0[title]");
    no_templates();
}
END_TEST

/* ---- names of their own ---- */

START_TEST(forms_fields_widgets_and_options_name_templates)
{
    TEMPLATES("named.html", "N:{% for field, errors in fields %}{{ field.as_field_group }};{% endfor %}",
              "title_group.html", "T{{ field.label_tag }}", "label_of_named.html", "{{ tag }}-{{ label }}",
              "stars.html", "*{% include 'django/forms/widgets/number.html' %}", "option.html", "o{{ widget.value }}");
    CvForm *form = form_of(&NamedForm_type, NULL);
    const char *page = page_of(form, "{{ form }}");
    ck_assert_msg(strncmp(page, "N:Tlabel-Title:;", 16) == 0, "%s", page);
    ck_assert_ptr_nonnull(strstr(page, "*<input type=\"number\" name=\"stars\" required id=\"id_stars\">"));
    ck_assert_ptr_nonnull(strstr(page, "<select name=\"kind\" id=\"id_kind\">\n  ob\n</select>"));
    ck_assert(strncmp(page_of(form, "{{ form.as_p }}"), "<p>", 3) == 0);
    no_templates();
}
END_TEST

START_TEST(options_of_one_form_go_first)
{
    TEMPLATES("a.html", "A", "named.html", "N");
    CvFormOptions options = {.template_name = "a.html"};
    CvForm *form = cv_form_create(&NamedForm_type, &(CvFormInput){.arena = cv_arena()}, &options);
    expect_page(form, "{{ form }}", "A");
    no_templates();
}
END_TEST

START_TEST(a_formset_names_a_template)
{
    TEMPLATES("set.html", "{{ formset.total_form_count }} forms");
    CvFormSet *set = cv_formset_create(&NamedFormSet_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    expect_page(set, "{{ form }}", "1 forms");
    no_templates();
}
END_TEST

START_TEST(the_renderer_names_templates_for_all)
{
    static const CvFormRenderer renderer = {"all_forms.html", "all_sets.html", "all_fields.html"};
    use_templates((const char *const[]){"all_forms.html", "F", "all_sets.html", "S", "all_fields.html", "G", NULL},
                  &renderer);
    CvFormSet *set = cv_formset_create(&PlainFormSet_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    expect_page(PLAIN(NULL), "{{ form }}{{ form.title.as_field_group }}", "FG");
    expect_page(set, "{{ form }}", "S");
    ck_assert(strncmp(page_of(PLAIN(NULL), "{{ form.as_p }}"), "<p>", 3) == 0);
    no_templates();
    ck_assert(strncmp(page_of(PLAIN(NULL), "{{ form }}"), "<div>", 5) == 0);
}
END_TEST

START_TEST(a_kind_gives_its_template_a_context)
{
    TEMPLATES("price.html", "{{ widget.sign }}{% include 'django/forms/widgets/input.html' %}");
    expect_page(
        form_of(&OwnForm_type, "price=9.90"), "{{ form.price }}",
        "&lt;€&gt;<input type=\"number\" name=\"price\" value=\"9.90\" step=\"0.01\" required id=\"id_price\">");
    no_templates();
}
END_TEST

START_TEST(what_a_context_sets_stands_for_value_and_type)
{
    static const char written[] = "<input type=\"range\" name=\"level\" value=\"&lt;7&gt;\" id=\"id_level\">";
    expect_page(form_of(&OwnForm_type, "level=3"), "{{ form.level }}", written);
    TEMPLATES("django/forms/widgets/input.html", "{{ widget.type }}{{ widget.value }}");
    expect_page(form_of(&OwnForm_type, "level=3"), "{{ form.level }}", "range&lt;7&gt;");
    no_templates();
}
END_TEST

START_TEST(a_kind_that_c_writes_is_included_like_the_others)
{
    TEMPLATES("django/forms/field.html", "{{ field }}{{ field.subwidgets.0.template_name }}");
    expect_page(form_of(&OwnForm_type, NULL), "{{ form.code.as_field_group }}",
                "<code>code</code>caravan/forms/widgets/own.html");
    no_templates();
}
END_TEST

/* ---- what templates see of forms ---- */

START_TEST(a_bound_field_tells_of_its_field_and_widget)
{
    CvForm *form = form_of(&SeenForm_type, "title=x&kind=m&amount=3");
    expect_page(form,
                "{{ form.title.html_initial_name }} {{ form.title.html_initial_id }} {{ form.title.template_name }}",
                "initial-title initial-id_title django/forms/field.html");
    expect_page(form,
                "{{ form.title.field.required }} {{ form.title.field.max_length }} {{ form.title.field.strip }} "
                "{{ form.title.field.label }} {{ form.title.field.help_text }} {{ form.title.required }}",
                "True 10 True None Short. ");
    expect_page(form,
                "{{ form.title.field.widget.input_type }} {{ form.title.field.widget.attrs.maxlength }} "
                "{{ form.title.field.widget.is_required }} {{ form.title.field.widget.template_name }}",
                "text 10 True django/forms/widgets/text.html");
    expect_page(
        form, "{{ form.title.field.widget.attrs }}{% for one in form.title.subwidgets %}{{ one.tag }}{% endfor %}",
        "{&#x27;maxlength&#x27;: &#x27;10&#x27;}<input type=\"text\" name=\"title\" value=\"x\" maxlength=\"10\" "
        "id=\"id_title\" required aria-describedby=\"id_title_helptext\">");
    expect_page(form,
                "{{ form.kind.field.widget.allow_multiple_selected }}{% for value, label in form.kind.field.choices %}"
                " {{ value }}={{ label }}{% endfor %}{{ form.kind.field.max_length }}",
                "False b=Book m=Magazine");
    expect_page(form,
                "{{ form.amount.field.min_value }} {{ form.amount.field.max_value }} {{ form.amount.field.strip }}",
                "1 None ");
}
END_TEST

START_TEST(an_attribute_says_what_type_an_input_has)
{
    CvAttrs attrs = {.arena = cv_arena()};
    cv_attrs_set(&attrs, CV_SLICE("type"), CV_VALUE("range"));
    ck_assert(cv_widget_is_hidden(CV_HIDDEN_INPUT));
    ck_assert(!cv_widget_is_hidden(CV_WIDGET(hidden_input, .attrs = CV_ATTRS("type", "range"))));
    ck_assert(!cv_widget_is_hidden(CV_WIDGET(hidden_input, .more_attrs = &attrs)));
    cv_attrs_set(&attrs, CV_SLICE("type"), CV_VALUE("hidden"));
    ck_assert(cv_widget_is_hidden(CV_WIDGET(text_input, .more_attrs = &attrs)));
}
END_TEST

START_TEST(a_widget_tells_its_type_its_choices_and_who_describes_it)
{
    CvFormField fields[] = {cv_form_field("day", &cv_date_form_field), cv_form_field("kind", &cv_choice_form_field),
                            cv_form_field("file", &cv_file_form_field)};
    fields[0].widget =
        CV_WIDGET(date_input, .attrs = CV_ATTRS("type", "date", "class", "a", "aria-describedby", "note"));
    fields[1].widget = CV_HIDDEN_INPUT;
    fields[1].choices = CV_CHOICES("b", "Book");
    CvFormType *type = cv_form_type_build(cv_arena(), "Told", fields, CV_COUNT_OF(fields), NULL);
    CvForm *form = form_of(type, NULL);
    expect_page(form, "{{ form.day.field.widget.input_type }} {{ form.day.field.widget.attrs.class }}", "date a");
    expect_page(form, "{% for name, value in form.day.field.widget.attrs.items %}{{ name }} {% endfor %}",
                "class aria-describedby ");
    expect_page(form, "{{ form.day.aria_describedby }} {{ form.kind.aria_describedby }}.", "None .");
    expect_page(form, "{% for value, label in form.kind.field.widget.choices %}{{ label }}{% endfor %}", "Book");
    expect_page(form, "{{ form.kind.field.widget.allow_multiple_selected }}", "");
    expect_page(form, "{{ form.file.field.widget.allow_multiple_selected }}", "False");
}
END_TEST

START_TEST(what_is_no_input_has_no_type)
{
    TEMPLATES("django/forms/widgets/textarea.html", "[{{ widget.type }}]", "django/forms/widgets/select.html",
              "[{{ widget.type }}]", "django/forms/widgets/input.html", "[{{ widget.type }}]");
    CvForm *form = form_of(&SeenForm_type, "title=x&kind=m");
    expect_page(form, "{{ form.title.as_textarea }}{{ form.kind }}{{ form.title }}", "[][][text]");
    expect_page(form, "{{ form.kind.field.widget.input_type }}", "select");
    no_templates();
}
END_TEST

START_TEST(a_hidden_date_and_time_stays_hidden)
{
    const CvWidget *widget = CV_WIDGET(split_hidden_datetime, .attrs = CV_ATTRS("type", "date", "class", "k"));
    CvBuffer out = cv_buffer(cv_arena());
    cv_widget_render(widget, cv_arena(), CV_SLICE("at"), cv_value_null(), NULL, &out);
    ck_assert_str_eq(cv_buffer_string(&out), "<input type=\"hidden\" name=\"at_0\" class=\"k\">"
                                             "<input type=\"hidden\" name=\"at_1\" class=\"k\">");
    ck_assert(cv_widget_is_hidden(widget));
}
END_TEST

START_TEST(a_label_with_its_suffix_is_safe)
{
    TEMPLATES("django/forms/label.html", "{{ label|safe }}|{{ label|length }}", "again.html",
              "{% include 'django/forms/attrs.html' %}");
    CvFormField field = cv_form_field("a", &cv_char_form_field);
    field.label = "<b>";
    CvForm *form = form_of(cv_form_type_build(cv_arena(), "Own", &field, 1, NULL), NULL);
    expect_page(form, "{{ form.a.label_tag }}", "&lt;b&gt;:|10");
    no_templates();
    TEMPLATES("again.html", "");
    expect_page(form,
                "{% with label='<i>'|safe %}{% include 'django/forms/label.html' with attrs=form.a.field.widget.attrs "
                "%}{% endwith %}",
                "<i>\n");
    no_templates();
}
END_TEST

START_TEST(a_single_control_has_its_id_first)
{
    expect_page(PLAIN("title=x&kind=b"), "{% for one in form.title %}{{ one }}{% endfor %}",
                "<input type=\"text\" name=\"title\" value=\"x\" id=\"id_title\" required>");
}
END_TEST

START_TEST(a_file_that_came_with_clear_may_be_printed)
{
    static CvUploadedFile file = {
        .object = {&cv_uploaded_file_type}, .field = "cover", .name = "a.txt", .content_type = "text/plain"};
    static CvUploadedFile *items[] = {&file};
    static CvFiles files = {.object = {&cv_files_type}, .items = items, .count = 1};
    CvFormField field = cv_form_field("cover", &cv_file_form_field);
    CvError error;
    field.required = false;
    CvFormInput input = {.arena = cv_arena(), .files = &files};
    input.data = cv_querydict_parse(cv_arena(), CV_SLICE("cover-clear=on"), NULL, 0, &error);
    CvForm *form = cv_form_create(cv_form_type_build(cv_arena(), "Own", &field, 1, NULL), &input, NULL);
    const char *page = page_of(form, "{{ form.cover.data }}{{ form.cover.errors.0 }}");
    ck_assert_msg(strstr(page, "object") && strstr(page, "check the clear checkbox, not both."), "%s", page);
}
END_TEST

START_TEST(a_form_tells_of_itself)
{
    CvForm *form = form_of(&SeenForm_type, "title=x&kind=m");
    expect_page(form, "{% for name, field in form.fields.items %}{{ name }}{{ field.required }} {% endfor %}",
                "titleTrue kindTrue amountFalse ");
    expect_page(form,
                "{{ form.auto_id }} {{ form.label_suffix }} {{ form.use_required_attribute }} {{ form.prefix }} "
                "{{ form.empty_permitted }} {{ form.template_name }} {{ form.data.title }} {{ form.error_css_class }}",
                "id_%s : True None False django/forms/div.html x ");
    expect_page(form, "{{ form.media.css }}|{{ form.media.js }}",
                "<link href=\"stars.css\" media=\"all\" rel=\"stylesheet\">|<script src=\"stars.js\"></script>");
    expect_page(form, "{{ form.render|length }}{{ form.nothing }}",
                cv_printf("%zu", cv_form_html(form, CV_FORM_DIV).length));
}
END_TEST

START_TEST(errors_tell_of_themselves)
{
    CvForm *form = form_of(&SeenForm_type, "kind=m");
    expect_page(form,
                "{{ form.title.errors.as_json|safe }} {{ form.title.errors.error_class }} "
                "{% for one in form.title.errors.get_json_data %}{{ one.code }}{% endfor %}",
                "[{\"message\": \"This field is required.\", \"code\": \"required\"}] errorlist required");
    expect_page(form,
                "{{ form.errors.as_json|safe }} {% for name in form.errors %}{{ name }}{% endfor %} "
                "{{ form.errors.title.0 }} {{ form.errors.keys }} {{ form.errors.values|length }}",
                "{\"title\": [{\"message\": \"This field is required.\", \"code\": \"required\"}]} title "
                "This field is required. [&#x27;title&#x27;] 1");
}
END_TEST

START_TEST(errors_as_text_are_escaped_once)
{
    CvForm *form = form_of(&SeenForm_type, "kind=m&title=a");
    cv_form_add_error(form, "title", "It's <wrong>.");
    expect_page(form, "{{ form.errors.as_text }}|{{ form.title.errors.as_text }}",
                "* title\n  * It&#x27;s &lt;wrong&gt;.|* It&#x27;s &lt;wrong&gt;.");
}
END_TEST

START_TEST(a_control_of_several_parts_has_no_type)
{
    CvFormField fields[] = {cv_form_field("text", &cv_char_form_field),
                            cv_form_field("moment", &cv_split_datetime_form_field),
                            cv_form_field("day", &cv_date_form_field)};
    fields[0].widget = CV_TEXTAREA;
    fields[1].widget = &cv_split_hidden_datetime_widget;
    fields[2].widget = CV_SELECT_DATE;
    CvForm *form = form_of(cv_form_type_build(cv_arena(), "Made", fields, CV_COUNT_OF(fields), NULL), NULL);
    expect_page(form,
                "{% for field in form %}{{ field.field.widget.input_type }}"
                "{% for one in field.subwidgets %},{{ one.data.type }} {% endfor %}{% endfor %}",
                ", , select, ");
}
END_TEST

START_TEST(a_list_without_errors_has_no_id_and_text_is_not_escaped_twice)
{
    CvForm *form = form_of(&SeenForm_type, "title=x&kind=%3Cb%3E");
    expect_page(form, "{{ form.title.errors.field_id }} {{ form.kind.errors.field_id }}", "None id_kind");
    expect_page(form, "{{ form.kind.errors.as_text }}",
                "* Select a valid choice. &lt;b&gt; is not one of the available choices.");
}
END_TEST

START_TEST(a_formset_tells_of_itself)
{
    CvError error;
    CvQueryDict *data = cv_querydict_parse(
        cv_arena(), CV_SLICE("form-TOTAL_FORMS=2&form-INITIAL_FORMS=1&form-0-title=a&form-0-kind=b&form-1-kind=b"),
        NULL, 0, &error);
    CvFormSet *set = cv_formset_create(&PlainFormSet_type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
    expect_page(
        set,
        "{{ form.is_valid }} {{ form.errors|length }} {{ form.errors.1.title.0 }} {{ form.initial_forms|length }}"
        " {{ form.extra_forms.0.prefix }} {{ form.extra }} {{ form.max_num }} {{ form.absolute_max }} "
        "{{ form.min_num }} {{ form.can_delete_extra }} {{ form.deleted_forms }} {{ form.template_name }}",
        "False 2 This field is required. 1 form-1 1 1000 2000 0 True [] django/forms/formsets/div.html");
    expect_page(set, "{{ form.errors|safe }}", "[{}, {'title': ['This field is required.']}]");
    set = cv_formset_create(&PlainFormSet_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    expect_page(set, "{{ form.errors }}", "[]");
}
END_TEST

/* A number below zero, which nobody's page sends, cuts as Python's slices do. */
START_TEST(a_tampered_number_of_initial_forms_cuts_from_the_end)
{
    const struct {
        const char *sent, *cut;
    } cases[] = {{"-1", "1 1"}, {"-2", "0 2"}, {"-5", "0 2"}, {"-9223372036854775808", "0 2"},
                 {"5", "2 0"},  {"0", "0 2"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvError error;
        const char *query = cv_printf("form-TOTAL_FORMS=2&form-INITIAL_FORMS=%s", cases[i].sent);
        CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error);
        CvFormInput input = {.arena = cv_arena(), .data = data};
        expect_page(cv_formset_create(&PlainFormSet_type, &input, NULL),
                    "{{ form.initial_forms|length }} {{ form.extra_forms|length }}", cases[i].cut);
    }
}
END_TEST

/* ---- what goes wrong ---- */

START_TEST(a_template_that_is_not_there_is_named)
{
    expect_page(form_of(&OwnForm_type, NULL), "{{ form.price }}", "TemplateDoesNotExist: price.html");
}
END_TEST

START_TEST(an_error_in_a_piece_tells_its_place)
{
    TEMPLATES("django/forms/widgets/text.html", "one\n{{ widget.name|divisibleby:0 }}");
    CvError error;
    CvBuffer out = cv_buffer(cv_arena());
    CvContext *context = cv_context_create(cv_arena());
    cv_context_set(context, "form", cv_value_object(PLAIN(NULL)));
    const CvTemplate *page = cv_engine_compile(engine, CV_SLICE("{{ form.title }}"), "page.html", &error);
    ck_assert(!cv_template_render(page, context, &out, &error));
    ck_assert_str_eq(error.file, "embedded:django/forms/widgets/text.html");
    ck_assert_int_eq(error.line, 2);
    no_templates();
}
END_TEST

START_TEST(a_piece_without_its_thing_is_an_error)
{
    TEMPLATES("x.html", "");
    expect_page(PLAIN(NULL), "{% include 'django/forms/widgets/input.html' with widget=form %}",
                "ValueError: django/forms/widgets/input.html writes a widget of a form; no name of the template stands "
                "for one.");
    no_templates();
}
END_TEST

START_TEST(a_template_of_another_thing_is_an_error)
{
    TEMPLATES("named.html", "{{ form.title }}", "x.html", "");
    CvFormOptions options = {.template_name = "django/forms/field.html"};
    CvForm *form = cv_form_create(&PlainForm_type, &(CvFormInput){.arena = cv_arena()}, &options);
    expect_page(
        form, "{{ form }}",
        "ValueError: django/forms/field.html writes a field of a form; no name of the template stands for one.");
    no_templates();
}
END_TEST

START_TEST(a_piece_that_prints_itself_ends)
{
    TEMPLATES("django/forms/field.html", "{{ field.as_field_group }}", "django/forms/div.html", "{{ form }}");
    const char *page = page_of(PLAIN(NULL), "{{ form.title.as_field_group }}");
    ck_assert_msg(strncmp(page, "RecursionError: maximum recursion depth exceeded", 48) == 0, "%s", page);
    page = page_of(PLAIN(NULL), "{{ form }}");
    ck_assert_msg(strncmp(page, "RecursionError: maximum recursion depth exceeded", 48) == 0, "%s", page);
    no_templates();
}
END_TEST

static void print_itself(void *result)
{
    const char *page = page_of(PLAIN(NULL), "{{ form }}"); /* in the fiber's arena */
    *(bool *)result = strncmp(page, "RecursionError: maximum recursion depth exceeded", 48) == 0;
}

START_TEST(a_piece_that_prints_itself_ends_before_a_fibers_stack)
{
    bool ended = false;
    CvFiber *waiting = NULL;
    TEMPLATES(
        "django/forms/div.html", "{% for field, errors in fields %}{{ field.as_field_group }}{% endfor %}",
        "django/forms/field.html", "{% include 'group.html' %}", "group.html",
        "{% with a=1 %}{% if a %}{% spaceless %}{{ field.form.as_div }}{% endspaceless %}{% endif %}{% endwith %}");
    ck_assert(cv_fiber_run(print_itself, &ended, NULL, &waiting));
    ck_assert(ended);
    no_templates();
}
END_TEST

START_TEST(single_choices_are_written_with_and_without_their_label)
{
    TEMPLATES("django/forms/widgets/select_option.html", "{{ widget.wrap_label }}{{ widget.label }}");
    expect_page(PLAIN(NULL), "{% for one in form.kind %}{{ one }},{{ one.tag }},{{ one.choice_label }};{% endfor %}",
                "TrueBook,FalseBook,Book;TrueMagazine,FalseMagazine,Magazine;");
    expect_page(PLAIN(NULL), "{{ form.kind.1.data.value }}{{ form.kind|length }}{{ form.title|length }}", "m21");
    no_templates();
}
END_TEST

UNIT_TESTS("forms/renderer", an_input_is_written_by_the_sites_template, a_piece_that_another_includes_is_replaced_in_it,
           a_template_may_include_the_built_in_piece, a_select_finds_groups_and_choices,
           errors_are_written_by_templates, a_default_of_errors_may_differ_from_the_list,
           a_layout_finds_fields_hidden_ones_and_errors, a_field_group_and_a_formset_are_replaced,
           forms_fields_widgets_and_options_name_templates, options_of_one_form_go_first, a_formset_names_a_template,
           the_renderer_names_templates_for_all, a_kind_gives_its_template_a_context,
           what_a_context_sets_stands_for_value_and_type, a_kind_that_c_writes_is_included_like_the_others,
           a_bound_field_tells_of_its_field_and_widget, an_attribute_says_what_type_an_input_has,
           what_is_no_input_has_no_type, a_widget_tells_its_type_its_choices_and_who_describes_it,
           a_hidden_date_and_time_stays_hidden, a_label_with_its_suffix_is_safe, a_single_control_has_its_id_first,
           a_list_without_errors_has_no_id_and_text_is_not_escaped_twice, a_file_that_came_with_clear_may_be_printed,
           a_form_tells_of_itself, errors_tell_of_themselves, a_control_of_several_parts_has_no_type,
           errors_as_text_are_escaped_once, a_formset_tells_of_itself,
           a_tampered_number_of_initial_forms_cuts_from_the_end, a_template_that_is_not_there_is_named,
           an_error_in_a_piece_tells_its_place, a_piece_without_its_thing_is_an_error,
           a_template_of_another_thing_is_an_error, a_piece_that_prints_itself_ends,
           a_piece_that_prints_itself_ends_before_a_fibers_stack,
           single_choices_are_written_with_and_without_their_label)
