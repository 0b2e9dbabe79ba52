/* user_token.c: tokens that depend on a user's password. */
#include "crypto/user_token.h"

#include "base/buffer.h"
#include "base/self.h"
#include "crypto/base62.h"
#include "crypto/digest.h"

#define TOKEN_SALT "django.contrib.auth.tokens.PasswordResetTokenGenerator"
#define SESSION_SALT "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
#define DAYS_TO_2001 INT64_C(11323) /* since 1970 */

/* Seconds since 2001 on the clock of the wall. */
static int64_t stamp_of(CvDateTime now)
{
    CvClock clock = cv_datetime_clock(now, cv_default_zone());
    return (cv_date_to_days(clock.date) - DAYS_TO_2001) * 86400 + clock.time.hour * 3600 + clock.time.minute * 60 +
           clock.time.second;
}

/* Whatever changes when the token is used: the password, the last login. */
static CvSlice state_of(CvArena *arena, const CvTokenUser *user, int64_t stamp)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, user->pk);
    cv_buffer_append_slice(&out, user->password);
    if (user->last_login) {
        CvClock at = cv_datetime_clock(*user->last_login, NULL);
        cv_buffer_printf(&out, "%04d-%02d-%02d %02d:%02d:%02d", at.date.year, at.date.month, at.date.day, at.time.hour,
                         at.time.minute, at.time.second);
    }
    cv_buffer_append_int(&out, stamp);
    cv_buffer_append_slice(&out, user->email);
    return cv_buffer_slice(&out);
}

static CvSlice token_of(CvArena *arena, const CvTokenUser *user, int64_t stamp, CvSlice secret)
{
    uint8_t mac[CV_SHA256_SIZE];
    cv_salted_hmac(CV_SHA256, CV_SLICE(TOKEN_SALT), state_of(arena, user, stamp), secret, mac);
    CvSlice digits = cv_hex(arena, mac, sizeof mac);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, cv_base36_encode(arena, stamp));
    cv_buffer_append_byte(&out, '-');
    for (size_t i = 0; i < digits.length; i += 2) /* every second one keeps links short */
        cv_buffer_append_byte(&out, digits.data[i]);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_user_token(CvArena *arena, const CvTokenUser *user, CvSlice secret)
{
    return token_of(arena, user, stamp_of(cv_now_utc()), secret);
}

bool cv_user_token_check(const CvTokenUser *user, CvSlice token, CvSlice secret, const char *const *fallbacks,
                         int64_t timeout)
{
    ptrdiff_t dash = cv_slice_find_byte(token, '-');
    int64_t stamp;
    if (dash < 0 || !cv_base36_decode(cv_slice_range(token, 0, (size_t)dash), &stamp))
        return false;
    CvScratch scratch = cv_scratch_begin(NULL);
    bool same = cv_constant_time_equal(token_of(scratch.arena, user, stamp, secret), token);
    for (; fallbacks && *fallbacks && !same; fallbacks++)
        same = cv_constant_time_equal(token_of(scratch.arena, user, stamp, cv_slice(*fallbacks)), token);
    cv_scratch_end(scratch);
    return same && stamp_of(cv_now_utc()) - stamp <= timeout;
}

CvSlice cv_session_auth_hash(CvArena *arena, CvSlice password, CvSlice secret)
{
    uint8_t mac[CV_SHA256_SIZE];
    cv_salted_hmac(CV_SHA256, CV_SLICE(SESSION_SALT), password, secret, mac);
    return cv_hex(arena, mac, sizeof mac);
}
