/* run_signing_users.c: signing.jsonl: what proves a user, signed cookies. */
#include "run_signing.h"

#include "crypto/crypto.h"
#include "http/http.h"

bool check_session_auth_hash(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice password = record_text(record, "password");
    CvValue fallbacks = record_get(record, "fallbacks"), hashes = record_get(record, "fallback_hashes");
    bool same = same_text(why, "hash", record_text(record, "hash"),
                          cv_session_auth_hash(arena, password, record_text(record, "secret_key")));
    for (size_t i = 0; same && fallbacks.kind == CV_LIST && i < fallbacks.list->count; i++)
        same = same_text(why, "fallback", cv_value_as_slice(hashes.list->items[i]),
                         cv_session_auth_hash(arena, password, cv_value_as_slice(fallbacks.list->items[i])));
    return same;
}

static CvTokenUser user_of(CvArena *arena, const CvDict *record, CvDateTime *last_login)
{
    const CvDict *user = record_get(record, "user").dict;
    CvValue login = records_decode(arena, record_get(user, "last_login"));
    *last_login = login.kind == CV_DATETIME ? login.datetime : (CvDateTime){0};
    return (CvTokenUser){.pk = cv_value_str(arena, records_decode(arena, record_get(user, "pk"))),
                         .password = record_text(user, "password"),
                         .email = record_text(user, "email"),
                         .last_login = login.kind == CV_DATETIME ? last_login : NULL};
}

bool check_reset_token(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvDateTime last_login;
    CvTokenUser user = user_of(arena, record, &last_login);
    return same_text(why, "token", record_text(record, "token"),
                     cv_user_token(arena, &user, record_text(record, "secret")));
}

bool check_check_token(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvDateTime last_login;
    CvTokenUser user = user_of(arena, record, &last_login);
    CvValue fallbacks = record_get(record, "fallbacks");
    const char **keys =
        cv_arena_new_array(arena, const char *, fallbacks.kind == CV_LIST ? fallbacks.list->count + 1 : 1);
    for (size_t i = 0; fallbacks.kind == CV_LIST && i < fallbacks.list->count; i++)
        keys[i] = cv_slice_string(arena, cv_value_as_slice(fallbacks.list->items[i]));
    bool valid = cv_user_token_check(&user, record_text(record, "token"), record_text(record, "secret"), keys,
                                     (int64_t)record_number(record, "timeout", 0));
    return same_value(arena, why, "valid", record_get(record, "valid"), cv_value_bool(valid));
}

bool check_signed_cookie_set(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *response = cv_response_create(arena, 200, NULL, (CvSlice){"", 0});
    const char *name = record_string(arena, record, "name");
    cv_response_set_signed_cookie(response, name, record_string(arena, record, "value"),
                                  record_string(arena, record, "salt"), record_string(arena, record, "secret_key"),
                                  NULL);
    const CvCookie *cookie = &response->cookies.items[0];
    return same_text(why, "cookie_value", record_text(record, "cookie_value"), cv_slice(cookie->value)) &&
           same_text(why, "header", record_text(record, "header"), cv_slice(cookie->header));
}

/* The cookie comes back as a browser sends it. */
bool check_signed_cookie_get(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvHttpSettings settings = {.secret_key = record_string(arena, record, "secret_key")};
    const char *name = record_string(arena, record, "name"), *header;
    CvSlice value = record_text(record, "cookie_value"), pair;
    CvError error = {0};
    if (!cv_cookie_format(arena, cv_slice(name), value, &(CvCookieOptions){0}, &header, &error))
        return false;
    CvSlice rest = cv_slice(header);
    (void)cv_slice_split(&rest, ';', &pair);
    const char *const headers[] = {"Cookie", cv_slice_string(arena, pair), NULL};
    CvRequest *request = cv_request_make(arena, "GET", "/", headers, (CvSlice){"", 0}, &settings);
    const char *got = cv_request_load_signed_cookie(request, name, record_string(arena, record, "salt"),
                                                    record_number(record, "max_age", CV_ANY_AGE), &error);
    if (got && !record_has(record, "raises"))
        return same_text(why, "result", record_text(record, "result"), cv_slice(got));
    if (!got && record_has(record, "raises"))
        return same_error(why, record, &error);
    cv_buffer_printf(why, "got %s", got ? got : error.message);
    return false;
}
