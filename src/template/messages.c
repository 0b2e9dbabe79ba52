/* messages.c: translations: single messages, plural forms and their rule, compiled gettext catalogs. */
#include "template/locale_private.h"
#include "template/plural_private.h"
#include "template/program_private.h"

#include "base/self.h"

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

static void add(CvLocale *locale, CvSlice key, const CvSlice *forms, size_t count)
{
    CvMessage *message = cv_arena_new(locale->arena, CvMessage);
    message->forms = forms;
    message->count = count;
    cv_map_set(locale->messages, key, message);
}

void cv_locale_add_message(CvLocale *locale, const char *context, CvSlice message, CvSlice translation)
{
    cv_locale_add_plural(locale, context, message, &translation, 1);
}

void cv_locale_add_plural(CvLocale *locale, const char *context, CvSlice message, const CvSlice *forms, size_t count)
{
    add(locale, key_of(locale->arena, context, message),
        cv_arena_memdup(locale->arena, forms, cv_size_multiply(count, sizeof *forms)), count);
}

bool cv_locale_translates(const CvLocale *locale)
{
    return locale->messages && cv_map_count(locale->messages) > 0;
}

bool cv_locale_set_plural_rule(CvLocale *locale, CvSlice rule)
{
    CvPluralRule *parsed = cv_plural_parse(locale->arena, rule);
    if (parsed)
        locale->plural = parsed;
    return parsed != NULL;
}

static const CvMessage *find(const CvLocale *locale, const char *context, CvSlice message)
{
    if (!locale->messages || !locale->language)
        return NULL;
    if (!context)
        return cv_map_get(locale->messages, message);
    CvScratch scratch = cv_scratch_begin(NULL);
    const CvMessage *found = cv_map_get(locale->messages, key_of(scratch.arena, context, message));
    cv_scratch_end(scratch);
    return found;
}

CvSlice cv_locale_message(const CvLocale *locale, const char *context, CvSlice message)
{
    const CvMessage *found = message.length ? find(locale, context, message) : NULL;
    return found && found->count ? found->forms[0] : message;
}

CvSlice cv_locale_plural(const CvLocale *locale, const char *context, CvSlice singular, CvSlice plural, int64_t count)
{
    const CvMessage *found = find(locale, context, singular);
    if (!found || found->count == 0)
        return count == 1 ? singular : plural;
    size_t form = locale->plural ? cv_plural_form(locale->plural, count) : (size_t)(count != 1);
    if (form < found->count)
        return found->forms[form];
    return count == 1 ? singular : plural;
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
    CvSlice bytes;
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

static bool read_header(CvLocale *locale, CvSlice header)
{
    CvSlice line;
    while (cv_slice_split(&header, '\n', &line)) {
        if (!cv_slice_starts_with(line, CV_SLICE("Plural-Forms:")))
            continue;
        if (!cv_locale_set_plural_rule(locale, cv_slice_skip(line, 13)))
            return false;
    }
    return true;
}

static void add_entry(CvLocale *locale, CvSlice key, CvSlice text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == '\0';
    CvSlice *forms = cv_arena_new_array(locale->arena, CvSlice, count), form;
    size_t filled = 0;
    while (cv_slice_split(&text, '\0', &form))
        forms[filled++] = form;
    ptrdiff_t zero = cv_slice_find_byte(key, '\0'); /* the plural stands behind the singular */
    add(locale, zero < 0 ? key : cv_slice_range(key, 0, (size_t)zero), forms, filled);
}

bool cv_locale_add_catalog(CvLocale *locale, CvSlice mo)
{
    Catalog catalog = {.bytes = mo};
    uint32_t magic, count, keys, texts;
    if (!number_at(&catalog, 0, &magic))
        return false;
    catalog.swapped = magic == 0xde120495u;
    if (!catalog.swapped && magic != 0x950412deu)
        return false;
    if (!number_at(&catalog, 8, &count) || !number_at(&catalog, 12, &keys) || !number_at(&catalog, 16, &texts) ||
        count > mo.length / 16)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        CvSlice key, text;
        if (!text_at(&catalog, (size_t)keys + (size_t)i * 8, &key) ||
            !text_at(&catalog, (size_t)texts + (size_t)i * 8, &text))
            return false;
        if (key.length == 0 && !read_header(locale, text))
            return false;
        if (key.length)
            add_entry(locale, key, text);
    }
    return true;
}
