/* stored.h: the text forms in which Django keeps dates, times and numbers in SQLite: read and written fast. */
#ifndef CV_DB_STORED_H
#define CV_DB_STORED_H

#include "base/base.h"

CV_API_BEGIN

/* "2024-02-29", "23:59:59[.ffffff]", "2024-02-29 23:59:59[.ffffff]" (T between is read too). False: something else. */
bool cv_stored_read_date(const char *text, size_t length, CvDate *out) CV_NODISCARD;
bool cv_stored_read_time(const char *text, size_t length, CvTime *out) CV_NODISCARD;
bool cv_stored_read_datetime(const char *text, size_t length, CvDate *date, CvTime *time) CV_NODISCARD;
/* 32 hexadecimal digits, hyphens allowed. */
bool cv_stored_read_uuid(const char *text, size_t length, uint8_t out[16]) CV_NODISCARD;
/* A real column as a decimal of 15 significant digits, cut to `scale` places (half even) unless it is -1. */
CvDecimal cv_stored_decimal(CvArena *arena, double number, int scale);
CvDecimal cv_stored_decimal_integer(CvArena *arena, int64_t number, int scale);

/* Into `out` (at least 32 bytes); the length. */
size_t cv_stored_write_date(char *out, CvDate date);
size_t cv_stored_write_time(char *out, CvTime time);
size_t cv_stored_write_datetime(char *out, CvDate date, CvTime time);
/* A moment as a database keeps it: a naive one as it is, an aware one as a clock of the database's zone reads. */
size_t cv_stored_write_moment(char *out, CvDateTime moment, const CvZone *zone);
/* With USE_TZ off an aware moment raises CV_ERROR_VALUE: the text has no room for its zone. */
void cv_stored_check_moment(CvDateTime moment);
size_t cv_stored_write_uuid(char *out, const uint8_t uuid[16]);

CV_API_END

#endif
