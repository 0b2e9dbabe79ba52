/* render_page.c: an engine, a locale, URLs and a context from options in JSON, and one page rendered with them. */
#include "http/querydict.h"
#include "render.h"
#include "urls/resolver.h"
#include "urls/reverse.h"

/* ---- reading options ---- */

static CvValue option(CvValue options, const char *name)
{
    CvValue value;
    if (options.kind == CV_DICT && cv_dict_get_slice(options.dict, cv_slice(name), &value))
        return value;
    return (CvValue){.kind = CV_MISSING};
}

static const char *text_option(CvArena *arena, CvValue options, const char *name)
{
    CvValue value = option(options, name);
    return value.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(value)) : NULL;
}

static const int *grouping_option(CvArena *arena, CvValue settings)
{
    CvValue value = option(settings, "NUMBER_GROUPING");
    if (value.kind == CV_MISSING)
        return NULL;
    size_t count = value.kind == CV_LIST || value.kind == CV_TUPLE ? value.list->count : 1;
    int *sizes = cv_arena_new_array(arena, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        CvValue size = value.kind == CV_INT ? value : value.list->items[i];
        sizes[i] = size.kind == CV_INT && size.integer >= 0 && size.integer < 100 ? (int)size.integer : 0;
    }
    sizes[count] = -1;
    return sizes;
}

static CvTemplateSettings *read_settings(CvArena *arena, CvValue options)
{
    CvValue settings = option(options, "settings"), use_tz = option(options, "use_tz");
    CvTemplateSettings *out = cv_arena_new(arena, CvTemplateSettings);
    const struct {
        const char *name;
        const char **target;
    } texts[] = {
        {"DATE_FORMAT", &out->date_format},
        {"TIME_FORMAT", &out->time_format},
        {"DATETIME_FORMAT", &out->datetime_format},
        {"YEAR_MONTH_FORMAT", &out->year_month_format},
        {"MONTH_DAY_FORMAT", &out->month_day_format},
        {"SHORT_DATE_FORMAT", &out->short_date_format},
        {"SHORT_DATETIME_FORMAT", &out->short_datetime_format},
        {"DECIMAL_SEPARATOR", &out->decimal_separator},
        {"THOUSAND_SEPARATOR", &out->thousand_separator},
        {"STATIC_URL", &out->static_url},
        {"MEDIA_URL", &out->media_url},
        {"LANGUAGE_CODE", &out->language_code},
    };
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        *texts[i].target = text_option(arena, settings, texts[i].name);
    CvValue grouped = option(settings, "USE_THOUSAND_SEPARATOR");
    out->use_thousand_separator = grouped.kind != CV_MISSING && cv_value_truth(grouped);
    out->number_grouping = grouping_option(arena, settings);
    out->no_tz = use_tz.kind != CV_MISSING && !cv_value_truth(use_tz);
    return out;
}

/* ---- the language ---- */

static void add_message(CvArena *arena, CvLocale *locale, CvSlice key, CvValue text)
{
    const char *context = NULL;
    ptrdiff_t mark = cv_slice_find_byte(key, '\4');
    if (mark >= 0) {
        context = cv_slice_string(arena, cv_slice_range(key, 0, (size_t)mark));
        key = cv_slice_skip(key, (size_t)mark + 1);
    }
    if (text.kind == CV_STRING) {
        cv_locale_add_message(locale, context, key, cv_value_as_slice(text));
    } else if (text.kind == CV_LIST) {
        CvSlice *forms = cv_arena_new_array(arena, CvSlice, text.list->count);
        for (size_t i = 0; i < text.list->count; i++)
            forms[i] = cv_value_as_slice(text.list->items[i]);
        cv_locale_add_plural(locale, context, key, forms, text.list->count);
    }
}

static CvLocale *read_locale(CvArena *arena, CvValue options, const CvTemplateSettings *settings)
{
    CvValue language = option(options, "language"), data = option(options, "locale_data");
    const char *code = language.kind == CV_MISSING  ? "en-us"
                       : language.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(language))
                                                    : NULL;
    CvLocale *locale = cv_locale_create(arena, code, settings);
    CvValue messages = option(data, "messages"), formats = option(data, "formats");
    if (messages.kind == CV_DICT)
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(messages.dict, entry));)
            add_message(arena, locale, cv_value_as_slice(entry->key), entry->value);
    if (formats.kind == CV_DICT)
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(formats.dict, entry));)
            if (!cv_locale_has_format(locale, cv_value_as_slice(entry->key)))
                cv_locale_set_format(locale, cv_slice_string(arena, cv_value_as_slice(entry->key)), entry->value);
    const char *rule = text_option(arena, data, "plural_forms");
    if (rule && !cv_locale_set_plural_rule(locale, cv_slice(rule)))
        cv_raise(CV_ERROR_VALUE, "No plural rule: %s", rule);
    return locale;
}

/* ---- URLs ---- */

static CvResponse *no_view(CvRequest *request)
{
    (void)request;
    return NULL;
}

static CvResolver *read_urls(CvArena *arena, CvValue options)
{
    CvValue urls = option(options, "urls");
    size_t count = urls.kind == CV_LIST ? urls.list->count : 0;
    CvUrl *table = cv_arena_new_array(arena, CvUrl, count + 1);
    for (size_t i = 0; i < count; i++) {
        CvValue row = urls.list->items[i];
        if (row.kind != CV_LIST || row.list->count != 2)
            cv_raise(CV_ERROR_VALUE, "A URL is a list of a name and a route.");
        table[i] = (CvUrl){.kind = CV_URL_PATH,
                           .name = cv_slice_string(arena, cv_value_as_slice(row.list->items[0])),
                           .route = cv_slice_string(arena, cv_value_as_slice(row.list->items[1])),
                           .view = (CvViewFunction)no_view,
                           .signature = -1,
                           .view_name = "view"};
    }
    CvErrors errors = {.arena = arena};
    CvResolver *resolver = cv_resolver_create(arena, table, &errors);
    if (!resolver)
        cv_raise_error(errors.items[0]);
    return resolver;
}

static bool reverse(void *argument, CvArena *arena, CvValue name, const CvList *args, const CvDict *kwargs,
                    const char *current_app, CvSlice *url, CvError *error)
{
    size_t count = cv_dict_count(kwargs), at = 0;
    const char **keys = cv_arena_new_array(arena, const char *, count);
    CvValue *values = cv_arena_new_array(arena, CvValue, count);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(kwargs, entry)); at++) {
        keys[at] = cv_slice_string(arena, cv_value_as_slice(entry->key));
        values[at] = entry->value;
    }
    CvReverse what = {.name = cv_slice_string(arena, cv_value_str(arena, name)),
                      .args = args->items,
                      .arg_count = args->count,
                      .keys = keys,
                      .values = values,
                      .kwarg_count = count,
                      .current_app = current_app};
    const char *path;
    if (!cv_reverse_path(argument, arena, &what, &path, error))
        return false;
    *url = cv_slice(path);
    return true;
}

/* ---- the page ---- */

static const CvZone *zone_option(CvArena *arena, CvValue options, const char *name)
{
    const char *zone_name = text_option(arena, options, name);
    const CvZone *zone = zone_name ? cv_zone(zone_name) : NULL;
    if (zone_name && !zone)
        cv_raise(CV_ERROR_KEY, "'No time zone found with key %s'", zone_name);
    return zone;
}

static CvContextRequest *read_request(CvArena *arena, CvValue options)
{
    CvValue request = option(options, "request");
    if (request.kind != CV_DICT)
        return NULL;
    CvContextRequest *out = cv_arena_new(arena, CvContextRequest);
    const char *query = text_option(arena, request, "query");
    CvError error;
    CvQueryDict *parsed = cv_querydict_parse(arena, cv_slice(query), NULL, 0, &error);
    if (!parsed)
        cv_raise_error(&error);
    out->query = CV_VALUE(parsed);
    return out;
}

/* Without the libraries that `libraries` does not name. */
static void read_libraries(CvArena *arena, CvValue options, CvEngineOptions *engine)
{
    CvValue named = option(options, "libraries");
    CV_VECTOR(const char *) withheld = {0};
    if (named.kind != CV_LIST)
        return;
    for (const CvLibrary *const *library = cv_template_libraries(); *library; library++) {
        bool wanted = (*library)->name[0] == '\0';
        for (size_t i = 0; i < named.list->count; i++)
            wanted |= cv_slice_is(cv_value_as_slice(named.list->items[i]), (*library)->name);
        if (!wanted)
            cv_vector_push(arena, &withheld, (*library)->name);
    }
    cv_vector_push(arena, &withheld, NULL);
    engine->withhold = withheld.items;
}

typedef struct Page {
    CvArena *arena;
    CvEngineOptions engine_options;
    const char *name;
    CvValue context, options;
    CvBuffer *out;
    CvError *error;
    CvEngine *engine;
    bool good;
} Page;

static void prepare_and_render(void *argument)
{
    Page *page = argument;
    CvArena *arena = page->arena;
    CvValue options = page->options, autoescape = option(options, "autoescape");
    CvEngineOptions *engine_options = &page->engine_options;
    engine_options->string_if_invalid = text_option(arena, options, "string_if_invalid");
    engine_options->no_autoescape = autoescape.kind != CV_MISSING && !cv_value_truth(autoescape);
    read_libraries(arena, options, engine_options);
    engine_options->locale = read_locale(arena, options, read_settings(arena, options));
    cv_set_default_zone(zone_option(arena, options, "time_zone"));
    cv_activate_zone(zone_option(arena, options, "active_time_zone"));
    page->engine = cv_engine_create(engine_options);
    cv_engine_set_reverse(page->engine, reverse, read_urls(arena, options));
    CvContext *context = cv_context_create(arena);
    CvValue names = render_value(arena, page->context);
    if (names.kind == CV_DICT)
        cv_context_update(context, names.dict);
    context->request = read_request(arena, options);
    if (context->request && !cv_context_get(context, CV_SLICE("csrf_token"), &(CvValue){0}))
        cv_context_set(context, "csrf_token", CV_VALUE("NOTPROVIDED"));
    const CvTemplate *compiled = cv_engine_get(page->engine, page->name, page->error);
    page->good = compiled && cv_template_render(compiled, context, page->out, page->error);
}

bool render_page(CvArena *arena, CvEngineOptions engine_options, const char *name, CvValue context, CvValue options,
                 CvBuffer *out, CvError *error)
{
    Page page = {.arena = arena,
                 .engine_options = engine_options,
                 .name = name,
                 .context = context,
                 .options = options,
                 .out = out,
                 .error = error};
    CvError *raised;
    if (!cv_try(prepare_and_render, &page, &raised)) {
        page.good = false;
        *error = *raised;
    }
    cv_engine_destroy(page.engine);
    cv_activate_zone(NULL);
    return page.good;
}
