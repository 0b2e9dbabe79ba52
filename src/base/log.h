/* log.h: log records with a level and a logger's name ("caravan.request", Django's names with caravan for django).
 *
 *     cv_log(CV_LOG_WARNING, "caravan.request", "Not Found: %s", path);
 *
 * One line a record, to standard error unless a sink is set; control characters are escaped so that a visitor cannot
 * forge lines. */
#ifndef CV_BASE_LOG_H
#define CV_BASE_LOG_H

#include "base/error.h"

CV_API_BEGIN

typedef enum CvLogLevel {
    CV_LOG_DEBUG = 10,
    CV_LOG_INFO = 20,
    CV_LOG_WARNING = 30,
    CV_LOG_ERROR = 40,
    CV_LOG_CRITICAL = 50
} CvLogLevel;

void cv_log(CvLogLevel level, const char *logger, const char *format, ...) CV_PRINTF(3, 4);
/* The error with class, place, detail, hint, causes and the resolved C stack. */
void cv_log_error(const char *logger, const CvError *error);
/* True if records of this level are kept: ask before computing an expensive text. */
bool cv_log_enabled(CvLogLevel level);
void cv_log_set_level(CvLogLevel least);

typedef void CvLogSink(void *argument, CvLogLevel level, const char *logger, CvSlice message);
/* Where records go; NULL: standard error. The sink must not log. */
void cv_log_set_sink(CvLogSink *sink, void *argument);

CV_API_END

#endif
