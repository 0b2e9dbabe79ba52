/* run_urls.h: what the parts of run_urls share. */
#ifndef CV_TESTS_RUN_URLS_H
#define CV_TESTS_RUN_URLS_H

#include "records.h"

/* APPEND_SLASH and PREPEND_WWW of the common middleware. */
RecordCheck check_append_slash;

#endif
