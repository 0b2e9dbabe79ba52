/* library.h: a database in memory with authors and books, and the shell's answers about it. */
#ifndef TESTS_ORM_LIBRARY_H
#define TESTS_ORM_LIBRARY_H

/* The JSON of the expression's result alone, without count and SQL. */
const char *answer(const char *text);

#define ANSWERS(text, expected) ck_assert_str_eq(answer(text), expected)
#define FAILS(text, kind, message) ANSWERS(text, "{\"$error\": \"" kind "\", \"message\": \"" message "\"}")

#endif
