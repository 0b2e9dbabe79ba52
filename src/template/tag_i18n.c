/* tag_i18n.c: the library i18n: translate, blocktranslate, language, and what is known of languages. */
#include "template/languages_private.h"
#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/utf8.h"

/* ---- languages ---- */

static const CvLanguage *find_code(CvSlice code)
{
    for (const CvLanguage *at = cv_languages; at->code; at++)
        if (cv_slice_equal_fold(code, cv_slice(at->code)))
            return at->fallback ? find_code(cv_slice(at->fallback)) : at;
    return NULL;
}

const CvLanguage *cv_language_find(CvSlice code)
{
    const CvLanguage *found = find_code(code);
    ptrdiff_t dash = cv_slice_find_byte(code, '-');
    return found || dash < 0 ? found : find_code(cv_slice_range(code, 0, (size_t)dash));
}

bool cv_language_names(CvSlice code, const char **found_code, const char **name, const char **local_name, bool *bidi)
{
    const CvLanguage *found = cv_language_find(code);
    if (!found)
        return false;
    *found_code = found->code;
    *name = found->name;
    *local_name = found->local;
    *bidi = found->bidi;
    return true;
}

bool cv_language_is_bidi(const char *language)
{
    CvSlice code = cv_slice(language);
    ptrdiff_t dash = cv_slice_find_byte(code, '-');
    const CvLanguage *found = find_code(dash < 0 ? code : cv_slice_range(code, 0, (size_t)dash));
    return found && found->bidi;
}

static const CvLanguage *known_language(CvRender *render, CvValue code)
{
    CvSlice text = cv_value_as_slice(cv_render_text(render, code));
    const CvLanguage *found = cv_language_find(text);
    if (found)
        return found;
    ptrdiff_t dash = cv_slice_find_byte(text, '-');
    if (dash < 0)
        cv_raise(CV_ERROR_KEY, "Unknown language code %.*s.", CV_SLICE_ARG(text));
    cv_raise(CV_ERROR_KEY, "Unknown language code %.*s and %.*s.", CV_SLICE_ARG(text), (int)dash, text.data);
}

static CvSlice translated(const CvRender *render, const char *english)
{
    return cv_locale_message(render->locale, NULL, cv_slice(english));
}

static CvValue language_info(CvRender *render, CvValue code)
{
    const CvLanguage *found = known_language(render, code);
    CvDict *info = cv_dict_create(cv_render_keep(render));
    cv_dict_set_name(info, "bidi", cv_value_bool(found->bidi));
    cv_dict_set_name(info, "code", cv_value_string(found->code));
    cv_dict_set_name(info, "name", cv_value_string(found->name));
    cv_dict_set_name(info, "name_local", cv_value_string(found->local));
    cv_dict_set_name(info, "name_translated", cv_value_slice(translated(render, found->name)));
    return cv_value_dict(info);
}

static CvValue filter_name(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return cv_value_string(known_language(render, value)->name);
}

static CvValue filter_name_translated(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return cv_value_slice(translated(render, known_language(render, value)->name));
}

static CvValue filter_name_local(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return cv_value_string(known_language(render, value)->local);
}

static CvValue filter_bidi(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return cv_value_bool(known_language(render, value)->bidi);
}

/* ---- tags that set a name ---- */

typedef struct Info {
    const CvExpression *source;
    CvSlice name;
} Info;

static const CvCode *run_available(CvRender *render, const CvCode *code)
{
    const Info *data = code->data;
    const char *const *languages = cv_locale_settings(render->locale)->languages;
    CvArena *keep = cv_render_keep(render);
    CvList *list = cv_list_create(keep);
    for (const CvLanguage *at = cv_languages; !languages && at->code; at++) {
        if (!at->listed)
            continue;
        CvList *pair = cv_list(keep, at->code, translated(render, at->name));
        cv_list_add(keep, list, (CvValue){.kind = CV_TUPLE, .list = pair});
    }
    for (; languages && languages[0] && languages[1]; languages += 2) {
        CvList *pair = cv_list(keep, languages[0], translated(render, languages[1]));
        cv_list_add(keep, list, (CvValue){.kind = CV_TUPLE, .list = pair});
    }
    cv_context_set_slice(render->context, data->name, cv_value_list(list));
    return code + 1;
}

static const CvCode *run_info(CvRender *render, const CvCode *code)
{
    const Info *data = code->data;
    CvValue language = cv_expression_value(render, data->source, false);
    cv_context_set_slice(render->context, data->name, language_info(render, language));
    return code + 1;
}

static const CvCode *run_info_list(CvRender *render, const CvCode *code)
{
    const Info *data = code->data;
    CvArena *keep = cv_render_keep(render);
    CvList *list = cv_list_create(keep);
    CvValue languages = cv_expression_value(render, data->source, false), item, first;
    CvWalk walk;
    if (!cv_walk_begin(&walk, render->arena, languages))
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(languages));
    while (cv_walk_next(&walk, &item)) { /* a code, or a pair that begins with one */
        if (item.kind != CV_STRING && cv_value_item(render->arena, item, 0, &first))
            item = first;
        cv_list_add(keep, list, language_info(render, item));
    }
    cv_context_set_slice(render->context, data->name, cv_value_list(list));
    return code + 1;
}

static const CvCode *run_current(CvRender *render, const CvCode *code)
{
    const Info *data = code->data;
    cv_context_set_slice(render->context, data->name, cv_value_string(cv_locale_language(render->locale)));
    return code + 1;
}

static const CvCode *run_current_bidi(CvRender *render, const CvCode *code)
{
    const Info *data = code->data;
    const char *language = cv_locale_language(render->locale);
    cv_context_set_slice(render->context, data->name, cv_value_bool(language && cv_language_is_bidi(language)));
    return code + 1;
}

static CvSlice words_repr(CvParser *parser, const CvSlice *words, size_t count)
{
    CvList *list = cv_list_create(parser->scratch);
    for (size_t i = 0; i < count; i++)
        cv_list_add(parser->scratch, list, cv_value_slice(words[i]));
    return cv_value_repr(parser->scratch, cv_value_list(list));
}

/* {% tag as name %} */
static void compile_as(CvParser *parser, CvRunCode *run)
{
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    if (count != 3 || !cv_slice_is(words[1], "as"))
        cv_parser_fail(parser, "'%.*s' requires 'as variable' (got %.*s)", CV_SLICE_ARG(words[0]),
                       CV_SLICE_ARG(words_repr(parser, words, count)));
    Info *data = cv_arena_new(parser->arena, Info);
    data->name = words[2];
    cv_parser_emit(parser, run, data, 0);
    cv_parser_bind(parser, data->name);
}

static void compile_available(CvParser *parser)
{
    compile_as(parser, run_available);
}

static void compile_current(CvParser *parser)
{
    compile_as(parser, run_current);
}

static void compile_current_bidi(CvParser *parser)
{
    compile_as(parser, run_current_bidi);
}

/* {% tag for source as name %} */
static void compile_for_as(CvParser *parser, CvRunCode *run, const char *what)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count != 5 || !cv_slice_is(words[1], "for") || !cv_slice_is(words[3], "as"))
        cv_parser_fail(parser, "'%.*s' requires 'for %s as variable' (got %.*s)", CV_SLICE_ARG(words[0]), what,
                       CV_SLICE_ARG(words_repr(parser, words + 1, count - 1)));
    Info *data = cv_arena_new(parser->arena, Info);
    data->source = cv_parser_expression(parser, words[2]);
    data->name = words[4];
    cv_parser_emit(parser, run, data, 0);
    cv_parser_bind(parser, data->name);
}

static void compile_info(CvParser *parser)
{
    compile_for_as(parser, run_info, "string");
}

static void compile_info_list(CvParser *parser)
{
    compile_for_as(parser, run_info_list, "sequence");
}

/* ---- language ---- */

static const CvCode *run_language(CvRender *render, const CvCode *code)
{
    CvValue language = cv_render_text(render, cv_expression_value(render, code->data, false));
    const CvLocale *outer = render->locale;
    const char *name =
        language.length ? cv_arena_strndup(cv_render_keep(render), language.text, language.length) : NULL;
    bool plain = render->plain;
    render->locale = cv_locale_for(outer, cv_render_keep(render), name);
    render->plain = cv_locale_is_plain(render->locale);
    (void)cv_locale_activate(render->locale);
    cv_render_run(render, code + 1, code + code->next);
    (void)cv_locale_activate(outer);
    render->locale = outer;
    render->plain = plain;
    return code + code->next;
}

static void compile_language(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_words(parser, &words) != 2)
        cv_parser_fail(parser, "'%.*s' takes one argument (language)", CV_SLICE_ARG(words[0]));
    cv_parser_simple_body(parser, run_language, cv_parser_expression(parser, words[1]), "endlanguage");
}

/* ---- translate ---- */

typedef struct Translate {
    const CvExpression *message, *context;
    CvSlice name;
    bool noop;
} Translate;

/* Each "%" as "%%", or the other way round. */
static CvSlice replace_percent(CvArena *arena, CvSlice text, bool doubled)
{
    if (cv_slice_find_byte(text, '%') < 0)
        return text;
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        cv_buffer_append_byte(&out, text.data[i]);
        if (text.data[i] != '%')
            continue;
        if (doubled)
            cv_buffer_append_byte(&out, '%');
        else if (i + 1 < text.length && text.data[i + 1] == '%')
            i++;
    }
    return cv_buffer_slice(&out);
}

static const char *context_text(CvRender *render, const CvExpression *context)
{
    if (!context)
        return NULL;
    CvValue value = cv_expression_value(render, context, false);
    if (!cv_value_truth(value))
        return NULL;
    return cv_slice_string(render->arena, cv_value_as_slice(cv_render_text(render, value)));
}

static CvValue translate(CvRender *render, const Translate *data)
{
    CvArena *arena = render->arena;
    CvValue value;
    const char *context = context_text(render, data->context);
    const CvValue *invalid;
    CvValue storage;
    value = cv_render_operand(render, &data->message->base);
    if (value.kind == CV_MISSING) {
        invalid = cv_render_string_if_invalid(render, data->message, &storage);
        if (invalid->length)
            return *invalid;
        return cv_expression_filtered(render, data->message, *invalid);
    }
    if (data->message->base.kind != CV_OPERAND_MESSAGE && !data->noop) {
        if (value.kind != CV_STRING)
            cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'replace'", cv_value_kind_name(value));
        CvSlice text = replace_percent(arena, cv_value_as_slice(value), true);
        unsigned flags = value.flags;
        value = cv_value_slice(cv_locale_message(render->locale, context, text));
        value.flags = (uint8_t)(flags & CV_SAFE);
    }
    return cv_expression_filtered(render, data->message, value);
}

static const CvCode *run_translate(CvRender *render, const CvCode *code)
{
    const Translate *data = code->data;
    CvWork work = cv_work_begin(render);
    CvValue text = cv_render_to_value(render, translate(render, data));
    unsigned flags = text.flags;
    text = cv_value_slice(replace_percent(render->arena, cv_value_as_slice(text), false));
    text.flags = (uint8_t)flags;
    cv_render_result(render, data->name, text);
    cv_work_end(render, work);
    return code + 1;
}

static CvSlice option_value(CvParser *parser, const CvSlice *words, size_t count, size_t *at, const char *option)
{
    if (*at == count)
        cv_parser_fail(parser, "No argument provided to the '%.*s' tag for the %s option.", CV_SLICE_ARG(words[0]),
                       option);
    return words[(*at)++];
}

static void compile_translate(CvParser *parser)
{
    static const char *const reserved[] = {"as", "noop", NULL};
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count < 2)
        cv_parser_fail(parser, "'%.*s' takes at least one argument", CV_SLICE_ARG(words[0]));
    Translate *data = cv_arena_new(parser->arena, Translate);
    data->message = cv_parser_expression(parser, words[1]);
    for (size_t at = 2; at < count;) {
        CvSlice option = words[at++];
        if ((cv_slice_is(option, "noop") && data->noop) || (cv_slice_is(option, "context") && data->context) ||
            (cv_slice_is(option, "as") && data->name.data))
            cv_parser_fail(parser, "The '%.*s' option was specified more than once.", CV_SLICE_ARG(option));
        if (cv_slice_is(option, "noop")) {
            data->noop = true;
        } else if (cv_slice_is(option, "context")) {
            CvSlice value = option_value(parser, words, count, &at, "context");
            if (cv_word_in(value, reserved))
                cv_parser_fail(parser, "Invalid argument '%.*s' provided to the '%.*s' tag for the context option",
                               CV_SLICE_ARG(value), CV_SLICE_ARG(words[0]));
            data->context = cv_parser_expression(parser, value);
        } else if (cv_slice_is(option, "as")) {
            data->name = option_value(parser, words, count, &at, "as");
        } else {
            cv_parser_fail(parser,
                           "Unknown argument for '%.*s' tag: '%.*s'. The only options available are 'noop', 'context' "
                           "\"xxx\", and 'as VAR'.",
                           CV_SLICE_ARG(words[0]), CV_SLICE_ARG(option));
        }
    }
    cv_parser_emit(parser, run_translate, data, 0);
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

static const CvTag tags[] = {
    CV_TAG("translate", compile_translate,
           .doc = "The translation of a text: {% translate \"Yes\" context \"answer\" as yes %}; `noop` leaves it.",
           .examples = CV_EXAMPLES({"{% translate \"Yes\" as yes %}{{ yes }}!", "Yes!"})),
    CV_TAG("trans", compile_translate, .doc = "The old name of translate.",
           .examples = CV_EXAMPLES({"{% trans \"Yes\" %}", "Yes"})),
    CV_TAG("blocktranslate", cv_compile_blocktranslate,
           .doc = "The translation of a text with names in it, and of its plural. Options: with name=value, count "
                  "name=value, context \"text\", trimmed, asvar name.",
           .examples = CV_EXAMPLES(
               {"{% blocktranslate count n=books|length %}one book{% plural %}{{ n }} books{% endblocktranslate %}",
                "3 books", .context = "{\"books\": [1, 2, 3]}"})),
    CV_TAG("blocktrans", cv_compile_blocktranslate, .doc = "The old name of blocktranslate.",
           .examples =
               CV_EXAMPLES({"{% blocktrans with name=\"Ada\" %}Hello, {{ name }}{% endblocktrans %}", "Hello, Ada"})),
    CV_TAG("language", compile_language, .doc = "Another language for its body.",
           .examples = CV_EXAMPLES(
               {"{% language \"de\" %}{% get_current_language as code %}{{ code }}{% endlanguage %}", "de"})),
    CV_TAG("get_available_languages", compile_available, .doc = "Sets a name to the (code, name) pairs of LANGUAGES.",
           .examples =
               CV_EXAMPLES({"{% get_available_languages as all %}{{ all.0.0 }} {{ all.0.1 }}", "af Afrikaans"})),
    CV_TAG("get_language_info", compile_info,
           .doc = "Sets a name to what is known of a language: code, name, name_local, name_translated, bidi.",
           .examples = CV_EXAMPLES({"{% get_language_info for \"de\" as info %}{{ info.name_local }}", "Deutsch"})),
    CV_TAG("get_language_info_list", compile_info_list, .doc = "The same for a list of languages.",
           .examples = CV_EXAMPLES(
               {"{% get_language_info_list for codes as infos %}{% for info in infos %}{{ info.name }} {% endfor %}",
                "German Greek ", .context = "{\"codes\": [\"de\", \"el\"]}"})),
    CV_TAG("get_current_language", compile_current, .doc = "Sets a name to the active language.",
           .examples = CV_EXAMPLES({"{% get_current_language as code %}{{ code }}", "en-us"})),
    CV_TAG("get_current_language_bidi", compile_current_bidi,
           .doc = "Sets a name to whether the active language is written from right to left.",
           .examples = CV_EXAMPLES({"{% get_current_language_bidi as bidi %}{{ bidi }}", "False"})),
    CV_LIBRARY_END,
};
static const CvFilter filters[] = {
    CV_FILTER("language_name", filter_name, .doc = "English name of a language.",
              .examples = CV_EXAMPLES({"{{ \"de\"|language_name }}", "German"})),
    CV_FILTER("language_name_translated", filter_name_translated, .doc = "Its name in the active language.",
              .examples = CV_EXAMPLES({"{{ \"de\"|language_name_translated }}", "German"})),
    CV_FILTER("language_name_local", filter_name_local, .doc = "Its own name.",
              .examples = CV_EXAMPLES({"{{ \"de\"|language_name_local }}", "Deutsch"})),
    CV_FILTER("language_bidi", filter_bidi, .doc = "True if it is written from right to left.",
              .examples = CV_EXAMPLES({"{{ \"he\"|language_bidi }}", "True"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_i18n = {
    .name = "i18n", .tags = tags, .filters = filters, .doc = "Translations and languages."};
