/* messages.c: translations: single messages, plural forms and their rule, compiled gettext catalogs. */
#include "template/locale_private.h"
#include "template/plural_private.h"
#include "template/program_private.h"

#include "base/self.h"
#include "text/utf8.h"

/* The key of a message: its context, an EOT byte, the message. */
static CvSlice key_of(CvArena *arena, const char *context, CvSlice message)
{
    if (!context)
        return message;
    CvBuffer key = cv_buffer(arena);
    cv_buffer_append_string(&key, context);
    cv_buffer_append_byte(&key, '\4');
    cv_buffer_append_slice(&key, message);
    return cv_buffer_slice(&key);
}

static void add(CvLocale *locale, CvMap *map, CvSlice key, const CvSlice *forms, size_t count, const CvPluralRule *rule)
{
    CvMessage *message = cv_arena_new(locale->arena, CvMessage);
    *message = (CvMessage){count, forms, rule};
    cv_map_set(map, key, message);
}

void cv_locale_add_message(CvLocale *locale, const char *context, CvSlice message, CvSlice translation)
{
    const CvSlice *form = cv_arena_memdup(locale->arena, &translation, sizeof translation);
    add(locale, locale->messages, key_of(locale->arena, context, message), form, 1, NULL);
}

void cv_locale_add_plural(CvLocale *locale, const char *context, CvSlice message, const CvSlice *forms, size_t count)
{
    add(locale, locale->plurals, key_of(locale->arena, context, message),
        cv_arena_memdup(locale->arena, forms, cv_size_multiply(count, sizeof *forms)), count, NULL);
}

/* The locale that is asked after `at`, on the way that begins with `locale`; NULL: none is left. */
static const CvLocale *next(const CvLocale *locale, const CvLocale *at, bool *at_last)
{
    if (at->shorter)
        return at->shorter;
    if (*at_last)
        return NULL;
    *at_last = true;
    return locale->last;
}

bool cv_locale_translates(const CvLocale *locale)
{
    bool at_last = false;
    for (const CvLocale *at = locale; at; at = next(locale, at, &at_last))
        if (at->messages && cv_map_count(at->messages) + cv_map_count(at->plurals) > 0)
            return true;
    return false;
}

bool cv_locale_set_plural_rule(CvLocale *locale, CvSlice rule)
{
    const CvPluralRule *parsed = cv_plural_parse(locale->arena, rule);
    if (parsed)
        locale->plural = parsed;
    return parsed != NULL;
}

static const CvSlice *form_for(const CvLocale *locale, const CvMessage *message, int64_t count)
{
    const CvPluralRule *rule = message->rule ? message->rule : locale->plural;
    size_t form = rule ? cv_plural_form(rule, count) : (size_t)(count != 1);
    return form < message->count ? &message->forms[form] : NULL;
}

/* What the first locale says that has the message; NULL: none has. A message that only stands there with plural
 * forms is asked for one, as gettext does. */
static const CvSlice *find(const CvLocale *locale, CvSlice key, bool counted, int64_t count)
{
    bool at_last = false;
    for (const CvLocale *at = locale->language ? locale : NULL; at; at = next(locale, at, &at_last)) {
        const CvMessage *found = !counted && at->messages ? cv_map_get(at->messages, key) : NULL;
        if (found)
            return found->forms;
        found = at->plurals ? cv_map_get(at->plurals, key) : NULL;
        const CvSlice *form = found ? form_for(at, found, count) : NULL;
        if (form)
            return form;
    }
    return NULL;
}

static const CvSlice *find_in(const CvLocale *locale, const char *context, CvSlice message, bool counted, int64_t count)
{
    if (!context)
        return find(locale, message, counted, count);
    CvScratch scratch = cv_scratch_begin(NULL);
    const CvSlice *found = find(locale, key_of(scratch.arena, context, message), counted, count);
    cv_scratch_end(scratch);
    return found;
}

CvSlice cv_locale_message(const CvLocale *locale, const char *context, CvSlice message)
{
    const CvSlice *found = message.length ? find_in(locale, context, message, false, 1) : NULL;
    return found ? *found : message;
}

CvSlice cv_locale_plural(const CvLocale *locale, const char *context, CvSlice singular, CvSlice plural, int64_t count)
{
    const CvSlice *found = find_in(locale, context, singular, true, count);
    if (!found && context) /* as Django's npgettext() */
        found = find(locale, singular, true, count);
    return found ? *found : count == 1 ? singular : plural;
}

CvSlice cv_locale_ask_message(const CvTranslator *translator, const char *context, CvSlice message)
{
    return cv_locale_message((const CvLocale *)translator, context, message);
}

CvSlice cv_locale_ask_plural(const CvTranslator *translator, const char *context, CvSlice singular, CvSlice plural,
                             int64_t count)
{
    return cv_locale_plural((const CvLocale *)translator, context, singular, plural, count);
}

/* ---- compiled catalogs ---- */

typedef struct Catalog {
    CvLocale *locale;
    CvSlice bytes;
    const CvPluralRule *rule;
    const char *fault; /* what is wrong with it */
    bool swapped;
} Catalog;

static bool number_at(const Catalog *catalog, size_t at, uint32_t *out)
{
    if (at > catalog->bytes.length || catalog->bytes.length - at < 4)
        return false;
    uint32_t number;
    memcpy(&number, catalog->bytes.data + at, 4);
    *out = catalog->swapped ? __builtin_bswap32(number) : number;
    return true;
}

static bool text_at(const Catalog *catalog, size_t table, CvSlice *out)
{
    uint32_t length, offset;
    if (!number_at(catalog, table, &length) || !number_at(catalog, table + 4, &offset) ||
        offset > catalog->bytes.length || catalog->bytes.length - offset < length)
        return false;
    *out = cv_slice_of(catalog->bytes.data + offset, length);
    return true;
}

static bool refuse(Catalog *catalog, const char *fault)
{
    catalog->fault = fault;
    return false;
}

static bool read_header(Catalog *catalog, CvSlice header)
{
    CvSlice line;
    while (cv_slice_split(&header, '\n', &line)) {
        ptrdiff_t charset = cv_slice_find(line, CV_SLICE("charset="));
        CvSlice name = charset < 0 ? CV_SLICE("utf-8") : cv_slice_trim(cv_slice_skip(line, (size_t)charset + 8));
        if (cv_slice_starts_with(line, CV_SLICE("Content-Type:")) && !cv_slice_equal_fold(name, CV_SLICE("utf-8")) &&
            !cv_slice_equal_fold(name, CV_SLICE("us-ascii")) && !cv_slice_equal_fold(name, CV_SLICE("charset")))
            return refuse(catalog, "it is not in UTF-8");
        if (!cv_slice_starts_with(line, CV_SLICE("Plural-Forms:")))
            continue;
        catalog->rule = cv_plural_parse(catalog->locale->arena, cv_slice_skip(line, 13));
        if (!catalog->rule)
            return refuse(catalog, "its Plural-Forms cannot be read");
        if (!catalog->locale->plural)
            catalog->locale->plural = catalog->rule;
    }
    return true;
}

static void add_entry(const Catalog *catalog, CvSlice key, CvSlice text)
{
    CvLocale *locale = catalog->locale;
    size_t count = 1, filled = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == '\0';
    CvSlice *forms = cv_arena_new_array(locale->arena, CvSlice, count), form;
    ptrdiff_t zero = cv_slice_find_byte(key, '\0'); /* the plural stands behind the singular */
    if (zero < 0) {
        forms[0] = text;
        add(locale, locale->messages, key, forms, 1, NULL);
        return;
    }
    while (cv_slice_split(&text, '\0', &form))
        forms[filled++] = form;
    add(locale, locale->plurals, cv_slice_range(key, 0, (size_t)zero), forms, filled, catalog->rule);
}

static bool read_catalog(Catalog *catalog)
{
    uint32_t magic, count, keys, texts;
    if (!number_at(catalog, 0, &magic))
        return refuse(catalog, "it is too short");
    catalog->swapped = magic == 0xde120495u;
    if (!catalog->swapped && magic != 0x950412deu)
        return refuse(catalog, "it does not begin as one");
    if (!number_at(catalog, 8, &count) || !number_at(catalog, 12, &keys) || !number_at(catalog, 16, &texts) ||
        count > catalog->bytes.length / 16)
        return refuse(catalog, "it is too short");
    for (uint32_t i = 0; i < count; i++) {
        CvSlice key, text;
        if (!text_at(catalog, (size_t)keys + (size_t)i * 8, &key) ||
            !text_at(catalog, (size_t)texts + (size_t)i * 8, &text))
            return refuse(catalog, "a text lies outside of it");
        if (!cv_utf8_valid(key) || !cv_utf8_valid(text))
            return refuse(catalog, "a text is not UTF-8");
        if (key.length == 0 && !read_header(catalog, text))
            return false;
        if (key.length)
            add_entry(catalog, key, text);
    }
    return true;
}

bool cv_locale_add_catalog(CvLocale *locale, CvSlice mo, CvError *error)
{
    Catalog catalog = {.locale = locale, .bytes = mo};
    if (read_catalog(&catalog))
        return true;
    return error ? cv_fail(locale->arena, error, CV_ERROR_VALUE, "The catalog cannot be read: %s.", catalog.fault)
                 : false;
}
