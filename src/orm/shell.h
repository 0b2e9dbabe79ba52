/* shell.h: the query language at work: one expression in, a value or a line of JSON out.
 *
 *     CvBuffer out = cv_buffer(arena);
 *     cv_shell_answer(&out, cv_slice("Book.objects.filter(price__lt=10).count()"));
 *     puts(cv_buffer_string(&out));                     // {"result": 25, "queries": 1, "sql": ["SELECT ..."]}
 *
 * In scope are the models of all apps by name, Django's expressions, functions and field classes, and what Python
 * gives to write values with (date, datetime, time, timedelta, utc, ZoneInfo, Decimal, UUID, list, len, bool, str).
 * Whatever an expression builds goes through the run-time API of query.h, expr.h and model.h: the same descriptors and
 * the same compiler as a site's own calls. There is no way out of it to files, processes or memory. */
#ifndef CV_ORM_SHELL_H
#define CV_ORM_SHELL_H

#include "orm/expr.h"
#include "orm/syntax.h"

CV_API_BEGIN

/* The value of an expression, in the current arena: query sets and rows are objects. Raises what the expression raises,
 * CV_ERROR_SYNTAX and CV_ERROR_NAME too. */
CvValue cv_shell_evaluate(CvSlice text);
/* The same as a condition or expression for a query (what list files write in .condition, .expressions, .db_default):
 * "Q(price__gte=0)", "Lower('name')", "Now()". Raises CV_ERROR_TYPE if it is none. */
CvExpr *cv_expression_of_text(const char *text);

/* Evaluates, fetches what is to be fetched, and appends one line of JSON (without the line's end): "result", "queries"
 * (statements sent, transaction control excepted) and "sql". What is raised is the result, as {"$error": class,
 * "message": text}. Everything happens in a transaction that is rolled back. Dates, decimals, rows and so on are
 * objects with one key ("$date", "$decimal", "$model"). */
void cv_shell_answer(CvBuffer *out, CvSlice text);
/* The JSON form of a value; query sets in it are fetched now. Raises. */
void cv_shell_write(CvBuffer *out, CvValue value);

/* The form for people, without a line's end: query sets and lists of rows as tables (the first 20 rows; no more are
 * fetched), a row as its members, None as nothing, all else as Python's repr(). Raises. */
void cv_shell_show(CvBuffer *out, CvValue value);

/* What stands before a file's name in its .url (MEDIA_URL); NULL only asks. */
const char *cv_shell_media_url(const char *url);

/* Names that may stand where an identifier begins, for completion: ends in NULL. */
const char *const *cv_shell_names(CvArena *arena);

CV_API_END

#endif
