/* storage.c: where messages wait for the next page: a cookie, the session, or the first and then the second. */
#include "contrib/messages/messages_private.h"

#include "contrib/sessions/sessions.h"

static unsigned places;
static CvCookieOptions cookie;

static const struct {
    const char *name, *django_name;
    unsigned places;
} storages[] = {
    {"fallback", "django.contrib.messages.storage.fallback.FallbackStorage",
     CV_MESSAGES_IN_COOKIE | CV_MESSAGES_IN_SESSION},
    {"cookie", "django.contrib.messages.storage.cookie.CookieStorage", CV_MESSAGES_IN_COOKIE},
    {"session", "django.contrib.messages.storage.session.SessionStorage", CV_MESSAGES_IN_SESSION},
};

unsigned cv_message_storage_init(const CvSettings *settings, CvErrors *errors)
{
    places = 0;
    for (size_t i = 0; i < CV_COUNT_OF(storages); i++)
        if (strcmp(settings->message_storage, storages[i].name) == 0 ||
            strcmp(settings->message_storage, storages[i].django_name) == 0)
            places = storages[i].places;
    if (!places)
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "MESSAGE_STORAGE: there is no storage '%s'. There are fallback, cookie and session.",
                         settings->message_storage);
    cookie =
        (CvCookieOptions){.domain = settings->session_cookie_domain,
                          .samesite = *settings->session_cookie_samesite ? settings->session_cookie_samesite : NULL,
                          .secure = settings->session_cookie_secure,
                          .httponly = cv_is_on(settings->session_cookie_httponly)};
    return places;
}

/* ---- loading ---- */

static void take(CvMessages *messages, const CvMessageList *list)
{
    for (size_t i = 0; i < list->count; i++)
        cv_vector_push(messages->request->arena, &messages->loaded, list->items[i]);
}

/* Whether the session has to be asked too. */
static bool load_cookie(CvMessages *messages)
{
    const char *text = cv_request_cookie(messages->request, CV_MESSAGES_COOKIE);
    if (!text)
        return false;
    CvMessageList *list = cv_messages_decode(messages->request->arena, cv_slice(text));
    messages->in_cookie = true;
    if (!list) { /* tampered with, or of another key: it goes */
        messages->used = true;
        return false;
    }
    take(messages, list);
    return list->unfinished;
}

static void load_session(CvMessages *messages)
{
    CvValue text = cv_session_get(cv_session(messages->request), CV_MESSAGES_SESSION_KEY);
    CvMessageList *list =
        text.kind == CV_STRING ? cv_messages_deserialize(messages->request->arena, cv_value_as_slice(text)) : NULL;
    messages->in_session = text.kind != CV_NULL;
    if (list)
        take(messages, list);
}

void cv_messages_load(CvMessages *messages)
{
    bool more = true;
    if (places & CV_MESSAGES_IN_COOKIE)
        more = load_cookie(messages);
    if (more && places & CV_MESSAGES_IN_SESSION)
        load_session(messages);
}

/* ---- storing ---- */

static CvMessageList store_in_cookie(const CvMessage *const *items, size_t count, CvResponse *response)
{
    CvMessageList unstored;
    bool last_place = !(places & CV_MESSAGES_IN_SESSION); /* then the newest are worth most */
    CvSlice text =
        cv_messages_encode_to_fit(response->arena, items, count, CV_MESSAGES_COOKIE_SIZE, last_place, &unstored);
    if (text.data)
        cv_response_set_cookie(response, CV_MESSAGES_COOKIE, cv_slice_string(response->arena, text), &cookie);
    else
        cv_response_delete_cookie(response, CV_MESSAGES_COOKIE, &cookie);
    return unstored;
}

static void store_in_session(CvMessages *messages, const CvMessage *const *items, size_t count)
{
    CvSession *session = cv_session(messages->request);
    if (count)
        cv_session_set(session, CV_MESSAGES_SESSION_KEY, cv_messages_serialize(messages->request->arena, items, count));
    else
        (void)cv_session_delete(session, CV_MESSAGES_SESSION_KEY);
}

size_t cv_messages_store(CvMessages *messages, const CvMessage *const *items, size_t count, CvResponse *response)
{
    CvMessageList left = {(const CvMessage **)(uintptr_t)items, count, false};
    if (places & CV_MESSAGES_IN_COOKIE && (count || messages->in_cookie))
        left = store_in_cookie(items, count, response);
    if (places & CV_MESSAGES_IN_SESSION && (left.count || messages->in_session)) {
        store_in_session(messages, left.items, left.count);
        left.count = 0;
    }
    return left.count;
}
