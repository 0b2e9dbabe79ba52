/* session.c: a session as an object: read when it is first asked for, told apart whether it was changed. */
#include "contrib/sessions/session_private.h"

#include "base/log.h"
#include "crypto/random.h"
#include "text/json.h"

/* As Django's: what is shorter cannot be a key; letters and digits that are safe in any file name. No two keys of 165
 * bits are the same: a store that says so again and again is broken. */
enum { SHORTEST_KEY = 8, KEY_LENGTH = 32, MOST_TRIES = 100 };
#define KEY_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"
#define TEST_COOKIE "testcookie"
#define TEST_COOKIE_VALUE "worked"

/* ---- templates: {{ request.session.visits }} ---- */

static CvValue columns(const CvDict *data, CvArena *arena, bool keys, bool values)
{
    CvList *list = cv_list_create(arena);
    for (const CvDictEntry *entry = cv_dict_next(data, NULL); entry; entry = cv_dict_next(data, entry)) {
        CvValue pair = cv_value_list(cv_list(arena, entry->key, entry->value));
        pair.kind = CV_TUPLE;
        cv_list_add(arena, list, keys && values ? pair : keys ? entry->key : entry->value);
    }
    return cv_value_list(list);
}

static bool session_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvSession *session = (CvSession *)(uintptr_t)object;
    const CvDict *data = cv_session_data(session);
    if (cv_dict_get_slice(data, name, out))
        return true;
    if (cv_slice_is(name, "session_key"))
        *out = cv_value_string(session->key);
    else if (cv_slice_is(name, "items"))
        *out = columns(data, arena, true, true);
    else if (cv_slice_is(name, "keys"))
        *out = columns(data, arena, true, false);
    else if (cv_slice_is(name, "values"))
        *out = columns(data, arena, false, true);
    else
        return false;
    return true;
}

static const CvType session_type = {.magic = CV_TYPE_MAGIC, .name = "SessionStore", .get = session_get};

/* ---- making and reading ---- */

CvSession *cv_session_create(CvArena *arena, const CvSessionEngine *engine, const char *key)
{
    CvSession *session = cv_arena_new(arena, CvSession);
    *session = (CvSession){.object = {&session_type},
                           .arena = arena,
                           .engine = engine,
                           .key = key && strlen(key) >= SHORTEST_KEY ? key : NULL};
    return session;
}

bool cv_session_key_is_plain(const char *key)
{
    return key[strspn(key, KEY_LETTERS)] == '\0';
}

CvDict *cv_session_data(CvSession *session)
{
    session->accessed = true;
    if (session->data)
        return session->data;
    if (session->key)
        session->data = session->engine->load(session);
    if (!session->data) {
        session->key = NULL; /* it is not taken over: whoever sent it may have chosen it */
        session->data = cv_dict_create(session->arena);
    }
    return session->data;
}

const CvDict *cv_session_items(CvSession *session)
{
    return cv_session_data(session);
}

CvValue cv_session_get(CvSession *session, const char *key)
{
    CvValue value = CV_NONE;
    (void)cv_dict_get_slice(cv_session_data(session), cv_slice(key), &value);
    return value;
}

bool cv_session_has(CvSession *session, const char *key)
{
    CvValue value;
    return cv_dict_get_slice(cv_session_data(session), cv_slice(key), &value);
}

int64_t cv_session_int(CvSession *session, const char *key, int64_t otherwise)
{
    CvValue value = cv_session_get(session, key);
    return value.kind == CV_INT ? value.integer : otherwise;
}

const char *cv_session_text(CvSession *session, const char *key, const char *otherwise)
{
    CvValue value = cv_session_get(session, key);
    return value.kind == CV_STRING ? cv_slice_string(session->arena, cv_value_as_slice(value)) : otherwise;
}

bool cv_session_bool(CvSession *session, const char *key, bool otherwise)
{
    CvValue value = cv_session_get(session, key);
    return value.kind == CV_BOOL ? value.boolean : otherwise;
}

/* ---- changing ---- */

/* Where the mistake is made, not where the session is written; in a list, because the session is a level too. */
static void check_value(CvSession *session, const char *key, CvValue value)
{
    static const CvJsonWriteOptions plain = {.plain = true, .nan = true};
    CvError error;
    if (value.kind == CV_NULL || value.kind == CV_BOOL || value.kind == CV_INT || value.kind == CV_STRING)
        return;
    CvScratch scratch = cv_scratch_begin(session->arena);
    CvBuffer out = cv_buffer(scratch.arena);
    bool good = cv_json_write(session->arena, &out, cv_value_list(cv_list(scratch.arena, value)), &plain, &error);
    cv_scratch_end(scratch);
    if (!good)
        cv_raise(CV_ERROR_TYPE, "A session cannot hold '%s': %s", key, error.message);
}

/* Nobody writes it any more where the response is on its way: that must not go unnoticed. */
static void changed(CvSession *session, const char *what)
{
    session->modified = true;
    if (session->gone_out)
        cv_log(
            CV_LOG_ERROR, "caravan.sessions",
            "The session's %s was changed after the response to %s had gone out: the change is lost. Change it before "
            "the page is rendered.",
            what, session->gone_out);
}

void cv_session_set_value(CvSession *session, const char *key, CvValue value)
{
    check_value(session, key, value);
    CvDict *data = cv_session_data(session);
    cv_dict_set(data, cv_value_string(cv_arena_strdup(session->arena, key)), cv_value_copy(session->arena, value));
    changed(session, key);
}

CvValue cv_session_setdefault_value(CvSession *session, const char *key, CvValue value)
{
    if (!cv_session_has(session, key))
        cv_session_set_value(session, key, value);
    return cv_session_get(session, key);
}

void cv_session_update(CvSession *session, const CvDict *items)
{
    for (const CvDictEntry *entry = cv_dict_next(items, NULL); entry; entry = cv_dict_next(items, entry))
        cv_session_set_value(session, cv_slice_string(session->arena, cv_value_str(session->arena, entry->key)),
                             entry->value);
    session->modified = true;
}

bool cv_session_delete(CvSession *session, const char *key)
{
    if (!cv_dict_remove(cv_session_data(session), cv_value_string(key)))
        return false;
    changed(session, key);
    return true;
}

CvValue cv_session_pop(CvSession *session, const char *key)
{
    CvValue value = cv_session_get(session, key);
    (void)cv_session_delete(session, key);
    return value;
}

void cv_session_clear(CvSession *session)
{
    session->data = cv_dict_create(session->arena);
    session->accessed = true;
    changed(session, "data");
}

/* ---- the session itself ---- */

static bool keeps_data_in_key(const CvSession *session)
{
    return !session->engine->remove;
}

void cv_session_flush(CvSession *session)
{
    if (session->key && !keeps_data_in_key(session))
        session->engine->remove(session->key);
    cv_session_clear(session);
    session->key = NULL;
}

static void save_under_new_key(CvSession *session)
{
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        session->key = cv_random_string(session->arena, KEY_LENGTH, KEY_LETTERS);
        if (session->engine->save(session, true) != CV_SESSION_TAKEN) {
            changed(session, "key");
            return;
        }
    }
    cv_raise(CV_ERROR_OS, "The store of sessions (%s) takes no new key.", session->engine->name);
}

void cv_session_cycle_key(CvSession *session)
{
    (void)cv_session_data(session);
    const char *old = session->key;
    save_under_new_key(session);
    if (old && !keeps_data_in_key(session))
        session->engine->remove(old);
}

bool cv_session_is_empty(const CvSession *session)
{
    return !session->key && (!session->data || cv_dict_count(session->data) == 0);
}

void cv_session_save(CvSession *session)
{
    (void)cv_session_data(session);
    if (!session->key)
        save_under_new_key(session);
    else if (session->engine->save(session, false) == CV_SESSION_GONE)
        cv_raise(CV_ERROR_BAD_REQUEST, "The request's session was deleted before the request completed. The user may "
                                       "have logged out in a concurrent request, for example.");
}

/* ---- does the visitor take cookies ---- */

void cv_session_set_test_cookie(CvSession *session)
{
    cv_session_set(session, TEST_COOKIE, TEST_COOKIE_VALUE);
}

bool cv_session_test_cookie_worked(CvSession *session)
{
    return strcmp(cv_session_text(session, TEST_COOKIE, ""), TEST_COOKIE_VALUE) == 0;
}

void cv_session_delete_test_cookie(CvSession *session)
{
    (void)cv_session_delete(session, TEST_COOKIE);
}
