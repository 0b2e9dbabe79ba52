/* date_private.h: a place in a text that is being read, shared by the parsers of dates. */
#ifndef CV_TEXT_DATE_PRIVATE_H
#define CV_TEXT_DATE_PRIVATE_H

#include "text/date.h"

#define CV_CURSOR_ROOM 256 /* texts with digits of other scripts may have this many bytes */

typedef struct CvCursor {
    const char *at, *end;
} CvCursor;

/* At the start of the text; digits of other scripts become ASCII in `room`. False if that is too small. */
bool cv_cursor_open(CvCursor *cursor, CvSlice text, char room[CV_CURSOR_ROOM]);
bool cv_cursor_take(CvCursor *cursor, char byte);
/* From `least` to `most` digits (at most 9). */
bool cv_cursor_digits(CvCursor *cursor, int least, int most, int *out);
bool cv_cursor_fraction(CvCursor *cursor, int most, int *microseconds);
/* At the end, or at a line feed that is the last byte. */
bool cv_cursor_is_done(const CvCursor *cursor);

#endif
