/* head_private.h: what the parts of the head parser share. */
#ifndef CV_HTTP_HEAD_PRIVATE_H
#define CV_HTTP_HEAD_PRIVATE_H

#include "http/parser.h"

/* Notes status and reason; returns NULL. */
const char *cv_head_refuse(CvHead *head, int status, const char *reason);
/* cv_header_id() of what is known to be a token. */
CvHeaderId cv_header_id_of_token(CvSlice name);
/* Takes the target apart and names the method. False when refused. */
bool cv_head_read_target(CvHead *head);
/* What all fields together mean: host, length of the body, persistence, expectation. False when refused. */
bool cv_head_finish(CvHead *head);

#endif
