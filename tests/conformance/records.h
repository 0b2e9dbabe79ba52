/* records.h: what conformance runners share: reading JSON lines, values in the records' notation, counting.
 *
 *     static bool check(CvArena *arena, const CvDict *record, CvBuffer *why) { ... }
 *     int main(int argc, char **argv) { return run_records(argc, argv, check); }
 *
 * run_NAME [-v] FILE... prints with -v each failed record's id and why to standard error, and as the last line of each
 * file "NAME.jsonl: passed N of M". */
#ifndef CV_TESTS_RECORDS_H
#define CV_TESTS_RECORDS_H

#include "base/base.h"

/* True if the library answers what the record says; else says why not. A raise is a failure. */
typedef bool RecordCheck(CvArena *arena, const CvDict *record, CvBuffer *why);

int run_records(int argc, char **argv, RecordCheck *check);

/* Runs a check whose record may want a raise ("raises"): the class and message must be the record's. */
bool passes_or_raises(RecordCheck *check, CvArena *arena, const CvDict *record, CvBuffer *why);

/* The member, or CV_MISSING. */
CvValue record_get(const CvDict *record, const char *name);
/* Its text, "" if it is null or missing. */
CvSlice record_text(const CvDict *record, const char *name);
const char *record_string(CvArena *arena, const CvDict *record, const char *name);
bool record_is(const CvDict *record, const char *name, const char *text);
bool record_has(const CvDict *record, const char *name);
/* A number of any kind as a double; `otherwise` if it is none. */
double record_number(const CvDict *record, const char *name, double otherwise);

/* Parses one JSON text; raises CV_ERROR_VALUE. */
CvValue records_parse(CvArena *arena, CvSlice json);
/* The value that the notation of FORMATS.md means ({"$date": ...} and so on); tags of files and objects stay dicts. */
CvValue records_decode(CvArena *arena, CvValue raw);
/* Decodes base64. */
CvSlice records_bytes(CvArena *arena, CvSlice base64);

/* Compares texts; on a difference says what, expected and got. */
bool same_text(CvBuffer *why, const char *what, CvSlice expected, CvSlice got);
bool same_value(CvArena *arena, CvBuffer *why, const char *what, CvValue expected, CvValue got);
/* Whether an error is of the class (and message, unless that is Python's own) that the record says. */
bool same_error(CvBuffer *why, const CvDict *record, const CvError *error);

#endif
