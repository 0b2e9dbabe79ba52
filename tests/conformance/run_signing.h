/* run_signing.h: what the parts of run_signing share. */
#ifndef CV_TESTS_RUN_SIGNING_H
#define CV_TESTS_RUN_SIGNING_H

#include "records.h"

/* Sets cv_now() to the record's `now`. */
void freeze_clock(CvArena *arena, const CvDict *record);

/* The csrf middleware's answer to a request. */
RecordCheck check_csrf_request;

/* run_signing_messages.c */
RecordCheck check_messages_encode, check_messages_decode, check_messages_session, check_messages_overflow,
    check_messages_constants, check_session_encode, check_session_decode;

/* run_signing_users.c */
RecordCheck check_session_auth_hash, check_reset_token, check_check_token, check_signed_cookie_set,
    check_signed_cookie_get;

#endif
