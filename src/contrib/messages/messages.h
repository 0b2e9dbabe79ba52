/* messages.h: short notes for a visitor that the next page shows once: Django's messages.
 *
 *     .apps       = CV_APPS(&cv_sessions, &cv_messages, &bookstore),
 *     .middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_session_middleware, &cv_common_middleware,
 *                                 &cv_csrf_middleware, &cv_message_middleware, &cv_xframe_middleware),
 *     .context_processors = CV_CONTEXT_PROCESSORS(&cv_messages_context),
 *
 *     cv_message(request, CV_SUCCESS, "Thank you for the review of %s.", book->title);
 *     return cv_redirect(request, "book-detail", "slug", book->slug);
 *
 *     {% for message in messages %}<p class="{{ message.tags }}">{{ message }}</p>{% endfor %}
 *
 * A template's message has message, level, level_tag, extra_tags and tags; it is escaped as any text. Messages that
 * were walked through are gone with that response; the others wait. They wait in a signed cookie, and in the session if
 * they are more than that holds (MESSAGE_STORAGE=fallback); the formats are Django's. */
#ifndef CV_CONTRIB_MESSAGES_MESSAGES_H
#define CV_CONTRIB_MESSAGES_MESSAGES_H

#include "web/web.h"

CV_API_BEGIN

extern const CvApp cv_messages;
/* Gives requests their messages: MESSAGE_... settings. After the sessions' middleware. What is said after the response
 * has gone out (a long page that is sent while it is rendered, a stream) is lost, what is shown then is shown again;
 * both are told in the log. */
extern const CvMiddleware cv_message_middleware;
/* Gives templates `messages` and `DEFAULT_MESSAGE_LEVELS` ({% if message.level == DEFAULT_MESSAGE_LEVELS.ERROR %}). */
extern const CvContextProcessor cv_messages_context;

/* Levels; any number may be one. What is below MESSAGE_LEVEL is not kept. */
enum { CV_DEBUG = 10, CV_INFO = 20, CV_SUCCESS = 25, CV_WARNING = 30, CV_ERROR = 40 };

/* The tag of a level, for style sheets: .message_tags = CV_MESSAGE_TAGS({CV_ERROR, "danger"}, {60, "alarm"}). Levels
 * that are not named have their own: debug, info, success, warning, error. */
typedef struct CvMessageTag {
    int level;
    const char *tag;
} CvMessageTag;
#define CV_MESSAGE_TAGS(...) ((const CvMessageTag[]){__VA_ARGS__, {0, NULL}})

typedef struct CvMessage {
    CvObject object;
    int level;
    CvValue message;        /* text; with CV_SAFE it is HTML already */
    const char *extra_tags; /* "" or NULL: none */
} CvMessage;

/* The messages of a request: an object that templates walk through. */
typedef struct CvMessages CvMessages;

/* ---- saying ---- */

/* Keeps a message, by printf's rules; an empty one is not kept. Raises CV_ERROR_CONFIGURATION where the middleware does
 * not run. */
void cv_message(CvRequest *request, int level, const char *format, ...) CV_PRINTF(3, 4);
/* The same with Django's keywords: cv_add_message(request, CV_INFO, text, .extra_tags = "sticky"). The message is text,
 * or HTML where it is cv_value_safe(). */
typedef struct CvMessageOptions {
    const char *extra_tags;
    bool fail_silently; /* where the middleware does not run, nothing happens: for apps that others install */
} CvMessageOptions;
#define cv_add_message(request, level, message, ...) \
    cv_add_message_with((request), (level), CV_VALUE(message), &(const CvMessageOptions){__VA_ARGS__})
void cv_add_message_with(CvRequest *request, int level, CvValue message, const CvMessageOptions *options);

/* The least level that is kept in this request. */
int cv_get_message_level(CvRequest *request);
/* Another one for the rest of the request; 0: as MESSAGE_LEVEL says. False where the middleware does not run. */
bool cv_set_message_level(CvRequest *request, int level);

/* ---- reading ---- */

/* All messages, for views that are no templates (JSON): they count as shown. *count may be 0. */
const CvMessage *const *cv_get_messages(CvRequest *request, size_t *count);
/* How many there are; they do not count as shown. */
size_t cv_message_count(CvRequest *request);
/* Messages that were shown are kept for the next page all the same. */
void cv_keep_messages(CvRequest *request);
/* "info", or what MESSAGE_TAGS say; "" for a level without a tag. */
const char *cv_message_level_tag(int level);
/* extra_tags and level_tag, with a blank between. */
const char *cv_message_tags(CvArena *arena, const CvMessage *message);

CV_API_END

#endif
