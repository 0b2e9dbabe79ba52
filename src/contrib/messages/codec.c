/* codec.c: messages as JSON, and as the signed value of a cookie. */
#include "contrib/messages/messages_private.h"

#include "crypto/signing.h"
#include "text/json.h"

#define MARK "__json_message"

/* ---- JSON ---- */

static CvValue as_json(CvArena *arena, const CvMessage *message)
{
    bool safe = message->message.flags & CV_SAFE;
    CvList *list = cv_list(arena, MARK, safe ? 1 : 0, message->level, message->message);
    if (message->extra_tags)
        cv_list_add(arena, list, cv_value_string(message->extra_tags));
    return cv_value_list(list);
}

static CvSlice json_of(CvArena *arena, CvValue value, bool compact)
{
    CvJsonWriteOptions options = {.compact = compact};
    CvBuffer out = cv_buffer(arena);
    CvError error;
    if (!cv_json_write(arena, &out, value, &options, &error))
        cv_raise_error(&error);
    return cv_buffer_slice(&out);
}

/* NULL for what is no message. */
static const CvMessage *from_json(CvArena *arena, CvValue value)
{
    if (value.kind != CV_LIST || value.list->count < 4)
        return NULL;
    const CvValue *item = value.list->items;
    if (!cv_value_equal(item[0], CV_VALUE(MARK)) || item[2].kind != CV_INT || item[2].integer < INT32_MIN ||
        item[2].integer > INT32_MAX)
        return NULL;
    CvValue text = item[3].kind == CV_STRING ? item[3] : cv_value_slice(cv_value_str(arena, item[3]));
    if (cv_value_truth(item[1]))
        text.flags |= CV_SAFE;
    const char *tags =
        value.list->count > 4 && item[4].kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(item[4])) : NULL;
    return cv_message_create(arena, (int)item[2].integer, text, tags);
}

CvSlice cv_messages_serialize(CvArena *arena, const CvMessage *const *messages, size_t count)
{
    CvList *all = cv_list_create(arena);
    for (size_t i = 0; i < count; i++)
        cv_list_add(arena, all, as_json(arena, messages[i]));
    return json_of(arena, cv_value_list(all), false);
}

CvMessageList *cv_messages_deserialize(CvArena *arena, CvSlice json)
{
    CvValue all;
    CvError error;
    if (!cv_json_parse(arena, json, NULL, &all, &error) || all.kind != CV_LIST)
        return NULL;
    CvMessageList *list = cv_arena_new(arena, CvMessageList);
    list->items = cv_arena_new_array(arena, const CvMessage *, all.list->count + 1);
    for (size_t i = 0; i < all.list->count; i++) {
        const CvMessage *message = from_json(arena, all.list->items[i]);
        if (message)
            list->items[list->count++] = message;
        else if (i + 1 == all.list->count)
            list->unfinished = cv_value_equal(all.list->items[i], CV_VALUE(CV_MESSAGES_NOT_FINISHED));
    }
    return list;
}

/* ---- the cookie ---- */

/* Django signs cookies with a key of their own. */
static CvSigner signer(CvArena *arena)
{
    const CvSettings *settings = cv_settings();
    size_t count = 0;
    while (settings->secret_key_fallbacks[count])
        count++;
    const char **older = cv_arena_new_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        older[i] = cv_arena_printf(arena, "django.http.cookies%s", settings->secret_key_fallbacks[i]);
    return (CvSigner){.key = cv_arena_printf(arena, "django.http.cookies%s", settings->secret_key),
                      .fallback_keys = older,
                      .salt = CV_MESSAGES_SALT};
}

/* "[part,part]", signed. */
static CvSlice seal(CvArena *arena, const CvSlice *parts, size_t count, bool unfinished)
{
    CvSigner own = signer(arena);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_byte(&out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_byte(&out, ',');
        cv_buffer_append_slice(&out, parts[i]);
    }
    if (unfinished)
        cv_buffer_printf(&out, "%s\"%s\"", count ? "," : "", CV_MESSAGES_NOT_FINISHED);
    cv_buffer_append_byte(&out, ']');
    return cv_sign_bytes(&own, arena, cv_buffer_slice(&out), CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS);
}

static CvSlice *parts_of(CvArena *arena, const CvMessage *const *messages, size_t count)
{
    CvSlice *parts = cv_arena_new_array(arena, CvSlice, count + 1);
    for (size_t i = 0; i < count; i++)
        parts[i] = json_of(arena, as_json(arena, messages[i]), true);
    return parts;
}

CvSlice cv_messages_encode(CvArena *arena, const CvMessage *const *messages, size_t count, bool unfinished)
{
    return seal(arena, parts_of(arena, messages, count), count, unfinished);
}

/* How many of the newest (or first) parts fit, by halves, as Django looks for it: where deflating makes more parts
 * smaller than fewer, both must find the same number. */
static size_t fitting(CvArena *arena, const CvSlice *parts, size_t count, size_t size, bool newest)
{
    size_t low = 0, high = count;
    while (low < high) {
        CvScratch scratch = cv_scratch_begin(arena);
        size_t middle = (low + high) / 2;
        CvSlice text = newest ? seal(scratch.arena, parts + middle, count - middle, true)
                              : seal(scratch.arena, parts, middle + 1, true);
        bool too_long = text.length > size;
        cv_scratch_end(scratch);
        if (too_long == newest)
            low = middle + 1;
        else
            high = middle;
    }
    return newest ? count - low : low;
}

CvSlice cv_messages_encode_to_fit(CvArena *arena, const CvMessage *const *messages, size_t count, size_t size,
                                  bool remove_oldest, CvMessageList *unstored)
{
    CvSlice *parts = parts_of(arena, messages, count);
    *unstored = (CvMessageList){0};
    if (!count)
        return (CvSlice){0};
    CvSlice whole = seal(arena, parts, count, false);
    if (whole.length <= size)
        return whole;
    size_t kept = fitting(arena, parts, count, size, remove_oldest);
    const CvMessage *const *left = remove_oldest ? messages : messages + kept;
    unstored->count = count - kept;
    unstored->items = cv_arena_memdup(arena, left, unstored->count * sizeof *left);
    return seal(arena, remove_oldest ? parts + (count - kept) : parts, kept, true);
}

CvMessageList *cv_messages_decode(CvArena *arena, CvSlice text)
{
    CvSigner own = signer(arena);
    CvSlice json;
    CvError error;
    if (!text.length || !cv_unsign_bytes(&own, arena, text, CV_SIGN_TIMESTAMP, CV_ANY_AGE, &json, &error))
        return NULL;
    return cv_messages_deserialize(arena, json);
}
