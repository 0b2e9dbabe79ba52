/* codec.h: messages as text: in a cookie, and in a session. Django's formats, byte for byte.
 *
 *     CvSlice text = cv_messages_encode(arena, messages, count, false);
 *     CvMessageList *list = cv_messages_decode(arena, text);          // NULL: tampered with
 *
 * A message is the JSON list ["__json_message", safe, level, text, extra_tags]. */
#ifndef CV_CONTRIB_MESSAGES_CODEC_H
#define CV_CONTRIB_MESSAGES_CODEC_H

#include "contrib/messages/messages.h"

CV_API_BEGIN

#define CV_MESSAGES_COOKIE "messages"
#define CV_MESSAGES_SALT "django.contrib.messages"
#define CV_MESSAGES_SESSION_KEY "_messages"
/* The last item of a cookie that could not hold all: the rest is elsewhere. */
#define CV_MESSAGES_NOT_FINISHED "__messagesnotfinished__"
/* Bytes of a cookie's value: half of what browsers and proxies take, so that other cookies have room. */
enum { CV_MESSAGES_COOKIE_SIZE = 2048 };

typedef struct CvMessageList {
    const CvMessage **items;
    size_t count;
    bool unfinished; /* the cookie could not hold all */
} CvMessageList;

/* A message in `arena`; the text is borrowed. */
CvMessage *cv_message_create(CvArena *arena, int level, CvValue message, const char *extra_tags);

/* The value of the cookie: signed by SECRET_KEY with the time, deflated where that is shorter. */
CvSlice cv_messages_encode(CvArena *arena, const CvMessage *const *messages, size_t count, bool unfinished);
/* As many as a cookie of at most `size` bytes holds: the newest with `remove_oldest`, else the first ones. What does
 * not fit is in `unstored`; the value is {NULL, 0} where there is nothing to be stored. */
CvSlice cv_messages_encode_to_fit(CvArena *arena, const CvMessage *const *messages, size_t count, size_t size,
                                  bool remove_oldest, CvMessageList *unstored);
/* NULL: signed by nobody here, or no messages. */
CvMessageList *cv_messages_decode(CvArena *arena, CvSlice text);

/* The text that a session keeps. */
CvSlice cv_messages_serialize(CvArena *arena, const CvMessage *const *messages, size_t count);
/* NULL: no messages. */
CvMessageList *cv_messages_deserialize(CvArena *arena, CvSlice json);

CV_API_END

#endif
