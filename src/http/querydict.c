/* querydict.c: names with several values, in order. Few names are compared one by one, many are found by a hash map. */
#include "http/querydict.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/vector.h"
#include "http/charset.h"
#include "http/component_private.h"
#include "http/querydict_private.h"
#include "text/url.h"
#include "text/utf8.h"

#define MAP_FROM 24 /* comparing so many lengths is quicker than hashing a name */

CvQueryDict *cv_querydict_create(CvArena *arena)
{
    CvQueryDict *dict = cv_arena_new(arena, CvQueryDict);

    dict->object.type = &cv_querydict_type;
    dict->arena = arena;
    return dict;
}

static CvQueryItem *find(const CvQueryDict *dict, CvSlice name)
{
    if (dict->map) {
        uintptr_t place = (uintptr_t)cv_map_get(dict->map, name);
        return place ? &dict->items.items[place - 1] : NULL;
    }
    for (size_t i = 0; i < dict->items.count; i++)
        if (!dict->items.items[i].removed && cv_slice_equal(dict->items.items[i].name, name))
            return &dict->items.items[i];
    return NULL;
}

static void make_map(CvQueryDict *dict)
{
    dict->map = cv_map_create(dict->arena);
    for (size_t i = 0; i < dict->items.count; i++)
        if (!dict->items.items[i].removed)
            cv_map_set(dict->map, dict->items.items[i].name, (void *)(uintptr_t)(i + 1));
}

/* Adds texts that already live long enough. */
static void add_kept(CvQueryDict *dict, CvSlice name, CvSlice value)
{
    CvQueryItem *item = find(dict, name);

    if (!item) {
        item = cv_vector_add(dict->arena, &dict->items);
        item->name = name;
        dict->count++;
        if (dict->map)
            cv_map_set(dict->map, name, (void *)(uintptr_t)dict->items.count);
        else if (dict->items.count > MAP_FROM)
            make_map(dict);
    }
    if (item->count == item->capacity)
        item->values = cv_vector_grow(dict->arena, item->values, &item->capacity, sizeof *item->values);
    item->values[item->count++] = value;
}

/* NUL-terminated: decoded texts may be parts of the source. */
static CvSlice terminated(CvArena *arena, CvSlice text)
{
    return text.length ? cv_slice_copy(arena, text) : CV_SLICE("");
}

static bool count_fields(CvArena *arena, CvSlice text, size_t limit, CvError *error)
{
    size_t fields = 1;

    for (size_t i = 0; i < text.length; i++)
        fields += text.data[i] == '&';
    if (limit == 0 || (limit != CV_NO_FIELDS && fields <= limit))
        return true;
    return cv_fail(arena, error, CV_ERROR_TOO_MANY_FIELDS,
                   "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.");
}

CvQueryDict *cv_querydict_parse(CvArena *arena, CvSlice text, const char *charset, size_t field_limit, CvError *error)
{
    CvQueryDict *dict = cv_querydict_create(arena);
    CvSlice encoding = cv_slice(charset), rest, pair;

    if (charset && !cv_charset_is_utf8(encoding)) {
        if (!cv_charset_is_known(encoding)) {
            cv_fail(arena, error, CV_ERROR_VALUE, "unknown encoding: %s", charset);
            return NULL;
        }
        dict->charset = cv_arena_strdup(arena, charset);
    }
    if (text.length == 0)
        return dict;
    if (!count_fields(arena, text, field_limit, error))
        return NULL;
    if (!cv_utf8_valid(text) && !cv_charset_decode(arena, CV_SLICE("iso-8859-1"), text, &text))
        return dict; /* cannot be: Latin-1 takes all bytes */
    rest = text;
    while (rest.data && cv_slice_split(&rest, '&', &pair)) {
        ptrdiff_t equals = cv_slice_find_byte(pair, '=');
        CvSlice name = equals < 0 ? pair : cv_slice_range(pair, 0, (size_t)equals), value = {NULL, 0};
        if (pair.length == 0)
            continue;
        if (equals >= 0)
            value = cv_slice_skip(pair, (size_t)equals + 1);
        if (!cv_component_decode(arena, name, true, encoding, &name) ||
            !cv_component_decode(arena, value, true, encoding, &value)) {
            cv_fail(arena, error, CV_ERROR_VALUE, "unknown encoding: %s", charset);
            return NULL;
        }
        add_kept(dict, terminated(arena, name), terminated(arena, value));
    }
    return dict;
}

const CvQueryItem *cv_querydict_find(const CvQueryDict *dict, CvSlice name)
{
    return find(dict, name);
}

bool cv_querydict_get_slice(const CvQueryDict *dict, CvSlice name, CvSlice *value)
{
    const CvQueryItem *item = find(dict, name);

    if (!item || item->count == 0)
        return false;
    *value = item->values[item->count - 1];
    return true;
}

const char *cv_querydict_get(const CvQueryDict *dict, const char *name)
{
    CvSlice value;

    return cv_querydict_get_slice(dict, cv_slice(name), &value) ? value.data : NULL;
}

const char *cv_querydict_value(const CvQueryDict *dict, const char *name, size_t index)
{
    const CvQueryItem *item = find(dict, cv_slice(name));

    return item && index < item->count ? item->values[index].data : NULL;
}

bool cv_querydict_has(const CvQueryDict *dict, const char *name)
{
    return find(dict, cv_slice(name)) != NULL;
}

size_t cv_querydict_count(const CvQueryDict *dict)
{
    return dict->count;
}

const CvQueryItem *cv_querydict_next(const CvQueryDict *dict, const CvQueryItem *item)
{
    size_t index = item ? (size_t)(item - dict->items.items) + 1 : 0;

    while (index < dict->items.count && dict->items.items[index].removed)
        index++;
    return index < dict->items.count ? &dict->items.items[index] : NULL;
}

void cv_querydict_add(CvQueryDict *dict, CvSlice name, CvSlice value)
{
    const CvQueryItem *item = find(dict, name);

    add_kept(dict, item ? item->name : terminated(dict->arena, name), terminated(dict->arena, value));
}

void cv_querydict_set(CvQueryDict *dict, const char *name, const char *value)
{
    CvQueryItem *item = find(dict, cv_slice(name));

    if (item)
        item->count = 0;
    cv_querydict_add(dict, cv_slice(name), cv_slice(value));
}

bool cv_querydict_remove(CvQueryDict *dict, const char *name)
{
    CvQueryItem *item = find(dict, cv_slice(name));

    if (!item)
        return false;
    item->removed = true;
    dict->count--;
    if (dict->map)
        cv_map_remove(dict->map, item->name);
    return true;
}

CvQueryDict *cv_querydict_copy(CvArena *arena, const CvQueryDict *dict)
{
    CvQueryDict *copy = cv_querydict_create(arena);

    copy->charset = cv_arena_strdup(arena, dict->charset);
    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(dict, item));)
        for (size_t i = 0; i < item->count; i++)
            cv_querydict_add(copy, item->name, item->values[i]);
    return copy;
}

static bool append_component(CvBuffer *out, const CvQueryDict *dict, CvSlice text, const char *safe)
{
    CvSlice bytes = text;

    if (dict->charset && !cv_charset_encode(dict->arena, cv_slice(dict->charset), text, &bytes))
        return false;
    if (safe && *safe)
        cv_url_quote(out, bytes, safe);
    else
        cv_url_quote_plus(out, bytes, "");
    return true;
}

CvSlice cv_querydict_urlencode(CvArena *arena, const CvQueryDict *dict, const char *safe)
{
    CvBuffer out = cv_buffer(arena);

    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(dict, item));)
        for (size_t i = 0; i < item->count; i++) {
            if (out.length)
                cv_buffer_append_byte(&out, '&');
            if (!append_component(&out, dict, item->name, safe))
                return (CvSlice){NULL, 0};
            cv_buffer_append_byte(&out, '=');
            if (!append_component(&out, dict, item->values[i], safe))
                return (CvSlice){NULL, 0};
        }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
