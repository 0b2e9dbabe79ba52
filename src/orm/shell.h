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
/* The same of a database default, which may be a plain value too: "5", "'draft'", "Now()". */
CvExpr *cv_default_of_text(const char *text);

/* Evaluates, fetches what is to be fetched, and appends one line of JSON (without the line's end): "result", "queries"
 * (statements sent, transaction control excepted) and "sql". What is raised is the result, as {"$error": class,
 * "message": text}. Everything happens in a transaction that is rolled back. Dates, decimals, rows and so on are
 * objects with one key ("$date", "$decimal", "$model"). */
void cv_shell_answer(CvBuffer *out, CvSlice text);
/* The JSON form of a value; query sets in it are fetched now. Raises. */
void cv_shell_write(CvBuffer *out, CvValue value);

/* How results look. All zero: plain text of any width. */
typedef struct CvShellLook {
    size_t width; /* columns of the terminal; 0: any number */
    bool colours; /* escape sequences of a terminal: bold headings, dim nulls */
    bool costs;   /* of cv_shell_line(): a last line tells rows, statements and time */
} CvShellLook;

/* The form for people, without a line's end: query sets and lists of rows as tables (the first 20 rows; no more are
 * fetched, COUNT tells how many there are), a row as its members from top to bottom, nulls as the sign of the empty
 * set, None as nothing, all else as Python's repr(). Control characters of data never reach the terminal. Raises. */
void cv_shell_show(CvBuffer *out, CvValue value, const CvShellLook *look);

/* ---- a session: lines one after the other, with names for values ----
 *
 *     CvShellSession *session = cv_shell_session_create();
 *     cv_shell_line(session, cv_slice("cheap = Book.objects.filter(price__lt=10)"), &look, &out);
 *     cv_shell_line(session, cv_slice("cheap.count()"), &look, &out);        // 25
 *
 * A line is an expression, or `name = expression`, `a, b = expression`, `row.member = expression`. On top of the names
 * of expressions it knows help, help(Book), sql(books) and the names given before. Statements commit as they are sent,
 * as in Django's shell; a line that fails keeps what was committed before. */
typedef struct CvShellSession CvShellSession;

CvShellSession *cv_shell_session_create(void);
void cv_shell_session_destroy(CvShellSession *session);
/* Runs a line and appends what a person reads, without a line's end. False: `out` tells what went wrong, where (the
 * line with a caret) and what may have been meant. What has no name dies with the current arena. */
bool cv_shell_line(CvShellSession *session, CvSlice line, const CvShellLook *look, CvBuffer *out);
/* True if the text ends inside of brackets or a long string: another line has to follow. */
bool cv_shell_is_open(CvSlice text);

/* What may stand at the end of `text`, as far as it is typed: names, attributes and methods, and inside of a call's
 * brackets the fields, relations, lookups and transforms of the model that the call is about, in strings too. */
typedef struct CvShellCompletions {
    size_t start;             /* the byte of `text` where the word begins that they replace */
    size_t count;             /* at most CV_SHELL_COMPLETIONS_MAX */
    const char *const *words; /* in order of the alphabet, each once */
} CvShellCompletions;
#define CV_SHELL_COMPLETIONS_MAX 500
CvShellCompletions cv_shell_complete(CvArena *arena, const CvShellSession *session, CvSlice text);

/* Names that may stand where an identifier begins: ends in NULL. */
const char *const *cv_shell_names(CvArena *arena);

CV_API_END

#endif
