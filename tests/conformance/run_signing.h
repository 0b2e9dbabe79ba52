/* run_signing.h: what the parts of run_signing share. */
#ifndef CV_TESTS_RUN_SIGNING_H
#define CV_TESTS_RUN_SIGNING_H

#include "records.h"

/* Sets cv_now() to the record's `now`. */
void freeze_clock(CvArena *arena, const CvDict *record);

/* The csrf middleware's answer to a request. */
RecordCheck check_csrf_request;

#endif
