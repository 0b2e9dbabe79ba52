/* error.h: errors as values, and raise and try for what nobody asked to handle.
 *
 * Low floors return errors (a false and a CvError * filled in). From the ORM up, what the caller did not ask to handle
 * is raised: it unwinds to the nearest cv_try(), in a site the one handler of the request, which rolls back, runs the
 * clean-ups and answers the right page.
 *
 *     static void work(void *argument) { ... cv_raise(CV_ERROR_NOT_FOUND, "No %s matches.", name); ... }
 *
 *     CvError *error;
 *     if (!cv_try(work, argument, &error))
 *         cv_log_error(error);
 *
 * cv_try is function-shaped because locals of a function that calls setjmp are lost under optimisation. A raise must
 * not cross a frame that is not Caravan's or the site's own (a callback of SQLite, of libuv, a qsort comparator): such
 * a callback wraps what it calls in cv_try. */
#ifndef CV_BASE_ERROR_H
#define CV_BASE_ERROR_H

#include "base/slice.h"

struct CvBuffer;

CV_API_BEGIN

/* One row a kind: name, Django's (or Python's) class, the HTTP status that answers it when nobody handles it. */
#define CV_ERROR_KINDS(X)                                        \
    X(NONE, "", 500)                                             \
    X(ERROR, "Exception", 500)                                   \
    X(MEMORY, "MemoryError", 503)                                \
    X(TYPE, "TypeError", 500)                                    \
    X(VALUE, "ValueError", 500)                                  \
    X(KEY, "KeyError", 500)                                      \
    X(INDEX, "IndexError", 500)                                  \
    X(ATTRIBUTE, "AttributeError", 500)                          \
    X(NAME, "NameError", 500)                                    \
    X(OVERFLOW, "OverflowError", 500)                            \
    X(ZERO_DIVISION, "ZeroDivisionError", 500)                   \
    X(ASSERTION, "AssertionError", 500)                          \
    X(SYNTAX, "SyntaxError", 500)                                \
    X(OS, "OSError", 500)                                        \
    X(TIMEOUT, "TimeoutError", 503)                              \
    X(RUNTIME, "RuntimeError", 500)                              \
    X(RECURSION, "RecursionError", 500)                          \
    X(BUSY, "ServiceUnavailable", 503)                           \
    X(CONFIGURATION, "ImproperlyConfigured", 500)                \
    X(SUSPICIOUS, "SuspiciousOperation", 400)                    \
    X(DISALLOWED_HOST, "DisallowedHost", 400)                    \
    X(DISALLOWED_REDIRECT, "DisallowedRedirect", 400)            \
    X(SUSPICIOUS_FILE, "SuspiciousFileOperation", 400)           \
    X(TOO_MANY_FIELDS, "TooManyFieldsSent", 400)                 \
    X(TOO_MANY_FILES, "TooManyFilesSent", 400)                   \
    X(REQUEST_TOO_BIG, "RequestDataTooBig", 400)                 \
    X(BAD_REQUEST, "BadRequest", 400)                            \
    X(MULTIPART, "MultiPartParserError", 400)                    \
    X(BAD_HEADER, "BadHeaderError", 500)                         \
    X(PERMISSION_DENIED, "PermissionDenied", 403)                \
    X(NOT_FOUND, "Http404", 404)                                 \
    X(METHOD_NOT_ALLOWED, "MethodNotAllowed", 405)               \
    X(CONFLICT, "Conflict", 409)                                 \
    X(HTTP, "HttpError", 500)                                    \
    X(NO_REVERSE_MATCH, "NoReverseMatch", 500)                   \
    X(RESOLVER_404, "Resolver404", 404)                          \
    X(BAD_SIGNATURE, "BadSignature", 500)                        \
    X(SIGNATURE_EXPIRED, "SignatureExpired", 500)                \
    X(VALIDATION, "ValidationError", 500)                        \
    X(FIELD, "FieldError", 500)                                  \
    X(OUTPUT_FIELD, "OutputFieldIsNoneError", 500)               \
    X(FIELD_DOES_NOT_EXIST, "FieldDoesNotExist", 500)            \
    X(FIELD_FETCH_BLOCKED, "FieldFetchBlocked", 500)             \
    X(DOES_NOT_EXIST, "DoesNotExist", 500)                       \
    X(RELATED_DOES_NOT_EXIST, "RelatedObjectDoesNotExist", 500)  \
    X(MULTIPLE_OBJECTS, "MultipleObjectsReturned", 500)          \
    X(NOT_SUPPORTED, "NotSupportedError", 500)                   \
    X(DATABASE, "DatabaseError", 500)                            \
    X(NOT_UPDATED, "NotUpdated", 409)                            \
    X(OPERATIONAL, "OperationalError", 503)                      \
    X(INTEGRITY, "IntegrityError", 409)                          \
    X(DATA, "DataError", 500)                                    \
    X(PROGRAMMING, "ProgrammingError", 500)                      \
    X(TRANSACTION_MANAGEMENT, "TransactionManagementError", 500) \
    X(PROTECTED, "ProtectedError", 409)                          \
    X(RESTRICTED, "RestrictedError", 409)                        \
    X(EMPTY_RESULT_SET, "EmptyResultSet", 500)                   \
    X(MIGRATION, "BadMigrationError", 500)                       \
    X(TEMPLATE_SYNTAX, "TemplateSyntaxError", 500)               \
    X(TEMPLATE_DOES_NOT_EXIST, "TemplateDoesNotExist", 500)      \
    X(VARIABLE_DOES_NOT_EXIST, "VariableDoesNotExist", 500)      \
    X(PAGE_NOT_AN_INTEGER, "PageNotAnInteger", 404)              \
    X(EMPTY_PAGE, "EmptyPage", 404)

typedef enum CvErrorKind {
#define X(name, class_name, status) CV_ERROR_##name,
    CV_ERROR_KINDS(X)
#undef X
        CV_ERROR_KIND_COUNT
} CvErrorKind;

#define CV_BACKTRACE_MAX 48

typedef struct CvError {
    CvErrorKind kind;
    int status;          /* the HTTP answer if it is not the kind's (0: the kind's) */
    const char *message; /* one sentence, for the developer or, where the kind says so, the visitor */
    const char *detail;  /* more lines, or NULL */
    const char *hint;    /* what to try, or NULL */
    const char *file;    /* where it was raised, or the place in a template or list that is at fault */
    int line, column;    /* 0: unknown */
    const struct CvError *cause;
    const void *subject; /* what it is about, where the kind says so: the CvList of rows that forbid a deletion */
    void *frames[CV_BACKTRACE_MAX]; /* the C stack when it was raised */
    int frame_count;
} CvError;

/* Django's class name of the kind: "FieldError". */
const char *cv_error_class(CvErrorKind kind);
/* The HTTP status that answers the error. */
int cv_error_status(const CvError *error);

/* Fills *error (not NULL; texts in `arena`) and returns false, so that a low floor can say
 * `return cv_fail(arena, error, CV_ERROR_VALUE, "...")`. */
#ifndef __clang_analyzer__
#define cv_fail(arena, error, kind, ...) cv_fail_at((arena), (error), (kind), __FILE__, __LINE__, __VA_ARGS__)
#else /* which does not see that it is always false */
#define cv_fail(arena, error, kind, ...) \
    ((void)cv_fail_at((arena), (error), (kind), __FILE__, __LINE__, __VA_ARGS__), false)
#endif
bool cv_fail_at(CvArena *arena, CvError *error, CvErrorKind kind, const char *file, int line, const char *format, ...)
    CV_PRINTF(6, 7);

/* Raises. The text goes to the arena of the running context. */
#define cv_raise(kind, ...) cv_raise_at((kind), __FILE__, __LINE__, __VA_ARGS__)
CV_NORETURN CV_COLD void cv_raise_at(CvErrorKind kind, const char *file, int line, const char *format, ...)
    CV_PRINTF(4, 5);
/* The arena whose clean-ups run when a raise is handled, for what must be undone at once even if it began in the arena
 * of a CV_IN_ARENA; the current one where nothing handles raises. */
CvArena *cv_handler_arena(void);
/* Raises an error that already has its parts (copied; texts must outlive the handler's context). */
CV_NORETURN CV_COLD void cv_raise_error(const CvError *error);

/* Calls run(argument). True: it returned. False: it raised; *error (if not NULL) is the error, valid until the
 * context's arena is reset or a later raise of the same context is caught. The clean-ups that were registered with the
 * context's arena since the call have run, scratch scopes are closed. */
bool cv_try(void (*run)(void *argument), void *argument, CvError **error) CV_NODISCARD;
/* True inside a cv_try of the running context: a raise has somewhere to go. */
bool cv_can_raise(void);

/* ---- several errors: input and checks collect them all ---- */

typedef struct CvErrors {
    CvArena *arena;
    CvError **items;
    size_t count, capacity;
} CvErrors;

#define cv_errors_add(errors, kind, ...) cv_errors_add_at((errors), (kind), __FILE__, __LINE__, __VA_ARGS__)
/* Adds one and returns it, for hint and place to be filled in. */
CvError *cv_errors_add_at(CvErrors *errors, CvErrorKind kind, const char *file, int line, const char *format, ...)
    CV_PRINTF(5, 6);

/* ---- what went wrong, for people ---- */

/* "file:line: Class: message" with detail, hint and causes on lines of their own. */
void cv_error_describe(struct CvBuffer *out, const CvError *error);

CV_API_END

#endif
