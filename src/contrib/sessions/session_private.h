/* session_private.h: what the files of this folder tell each other. */
#ifndef CV_CONTRIB_SESSIONS_SESSION_PRIVATE_H
#define CV_CONTRIB_SESSIONS_SESSION_PRIVATE_H

#include "contrib/sessions/engine.h"

#define CV_SESSION_EXPIRY_KEY "_session_expiry"

/* The data, read if it was not; counts as looking into it. */
CvDict *cv_session_data(CvSession *session);
/* When a session of this data ends that was changed at `changed`. */
CvDateTime cv_session_expiry_of(const CvDict *data, CvDateTime changed);
/* Keys are letters and digits that an engine may use as a file's name. */
bool cv_session_key_is_plain(const char *key);

#endif
