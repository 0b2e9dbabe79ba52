/* sql_script.h: SQL that a person wrote, statement by statement.
 *
 *     CvSlice rest = cv_slice("CREATE TABLE a (b); -- done\nDROP TABLE c");
 *     for (const char *one; (one = cv_sql_script_next(arena, &rest));)
 *         run(one);                                                        // "CREATE TABLE a (b)", "DROP TABLE c"
 *
 * A semicolon ends a statement outside of texts, quoted names, comments and the body of CREATE TRIGGER, which ends with
 * "; END;" as for SQLite itself. */
#ifndef CV_MIGRATIONS_SQL_SCRIPT_H
#define CV_MIGRATIONS_SQL_SCRIPT_H

#include "base/base.h"

CV_API_BEGIN

/* The next statement without its semicolon, comments and the space around it; NULL: there is none left. Any text is
 * taken: what has no end reaches up to the end of the text. */
const char *cv_sql_script_next(CvArena *arena, CvSlice *rest);
/* The statement begins or ends a transaction: BEGIN, COMMIT, END, ROLLBACK (but not ROLLBACK TO). */
bool cv_sql_script_ends_transaction(const char *statement);

CV_API_END

#endif
