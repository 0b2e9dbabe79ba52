/* message.c: one message: its text, its level, its tags. */
#include "contrib/messages/messages_private.h"

static const CvMessageTag own_tags[] = {{CV_DEBUG, "debug"},     {CV_INFO, "info"},   {CV_SUCCESS, "success"},
                                        {CV_WARNING, "warning"}, {CV_ERROR, "error"}, {0, NULL}};

static const char *find_tag(const CvMessageTag *tags, int level)
{
    for (; tags && tags->tag; tags++)
        if (tags->level == level)
            return tags->tag;
    return NULL;
}

const char *cv_message_level_tag(int level)
{
    const char *tag = find_tag(cv_settings()->message_tags, level);
    tag = tag ? tag : find_tag(own_tags, level);
    return tag ? tag : "";
}

const char *cv_message_tags(CvArena *arena, const CvMessage *message)
{
    const char *extra = message->extra_tags ? message->extra_tags : "", *tag = cv_message_level_tag(message->level);
    return cv_arena_printf(arena, "%s%s%s", extra, *extra && *tag ? " " : "", tag);
}

static bool message_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvMessage *message = object;
    if (cv_slice_is(name, "message"))
        *out = message->message;
    else if (cv_slice_is(name, "level"))
        *out = cv_value_int(message->level);
    else if (cv_slice_is(name, "level_tag"))
        *out = cv_value_string(cv_message_level_tag(message->level));
    else if (cv_slice_is(name, "tags"))
        *out = cv_value_string(cv_message_tags(arena, message));
    else if (cv_slice_is(name, "extra_tags"))
        *out = cv_value_string(message->extra_tags);
    else
        return false;
    return true;
}

static CvSlice message_str(const void *object, CvArena *arena)
{
    return cv_value_str(arena, ((const CvMessage *)object)->message);
}

static CvSlice message_repr(const void *object, CvArena *arena)
{
    const CvMessage *message = object;
    const char *extra = message->extra_tags && *message->extra_tags ? message->extra_tags : NULL;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_printf(&out, "Message(level=%d, message=", message->level);
    cv_value_append_repr(&out, message->message);
    if (extra) {
        cv_buffer_append_string(&out, ", extra_tags=");
        cv_value_append_repr(&out, cv_value_string(extra));
    }
    cv_buffer_append_byte(&out, ')');
    return cv_buffer_slice(&out);
}

static bool message_equal(const void *a, CvValue b);

#define MESSAGE_TYPE                                                                                         \
    .magic = CV_TYPE_MAGIC, .name = "Message", .get = message_get, .str = message_str, .repr = message_repr, \
    .equal = message_equal
static const CvType text_type = {MESSAGE_TYPE};
static const CvType html_type = {MESSAGE_TYPE, .str_is_safe = true};

static bool message_equal(const void *a, CvValue b)
{
    const CvMessage *one = a, *other = b.object;
    return b.kind == CV_OBJECT && (other->object.type == &text_type || other->object.type == &html_type) &&
           one->level == other->level && cv_value_equal(one->message, other->message);
}

CvMessage *cv_message_create(CvArena *arena, int level, CvValue message, const char *extra_tags)
{
    CvMessage *made = cv_arena_new(arena, CvMessage);
    *made = (CvMessage){.object = {message.flags & CV_SAFE ? &html_type : &text_type},
                        .level = level,
                        .message = message,
                        .extra_tags = extra_tags};
    return made;
}
