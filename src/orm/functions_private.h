/* functions_private.h: database functions, Case, Window, Cast and the like as SQL, by the name of the expression. */
#ifndef CV_ORM_FUNCTIONS_PRIVATE_H
#define CV_ORM_FUNCTIONS_PRIVATE_H

#include "orm/query_private.h"

/* Compiles a CV_EXPR_FUNCTION; false if its name is not known. What stands behind `|` in the name are parameters that
 * change the SQL ("Cast|IntegerField|0|0", "TruncMonth|Asia/Tokyo"). */
bool cv_query_function(CvQuery *query, const CvExpr *expr, uint32_t slot, CvTerm *out);

/* The parts of a function's name: the name itself, then the parameters; empty slices where there are none. */
#define CV_FUNCTION_PARTS 6
typedef struct CvFunctionName {
    CvSlice name, parts[CV_FUNCTION_PARTS];
    size_t count;
} CvFunctionName;
CvFunctionName cv_function_name(const char *text);

/* One that stands in files of its own; `name` is split already, `any_type`: the caller says the type. */
typedef struct CvFunctionCall {
    CvQuery *query;
    const CvExpr *expr;
    uint32_t slot;
    CvFunctionName name;
    bool any_type;
    uint8_t wanted; /* CvRead of the output_field, if any_type */
} CvFunctionCall;

/* cv_query_function() for a call that is taken apart already. */
bool cv_function_compile(const CvFunctionCall *call, CvTerm *out);
CvTerm cv_function_case(const CvFunctionCall *call);
/* Outside of a Case, where databases do not know it. */
CvTerm cv_function_when(const CvFunctionCall *call);
CvTerm cv_function_window(const CvFunctionCall *call);
/* A window's frame where it stands alone: checked, and no SQL that a database takes. */
CvTerm cv_function_frame(const CvFunctionCall *call);
/* "ExtractX", "TruncX", "Dates", "DateTimes"; false if the name is none of them. */
bool cv_function_of_dates(const CvFunctionCall *call, CvTerm *out);
CvTerm cv_function_key_text(const CvFunctionCall *call);

/* The call of StringAgg: its first item holds the text, the delimiter and the order. */
CvTerm cv_query_string_agg(CvQuery *query, const CvExpr *expr, uint32_t slot);

/* Resolves all items; terms and SQL side by side. */
typedef struct CvFunctionItems {
    CvArena *arena;
    CvTerm *terms;
    CvSql **sql;
    size_t count;
} CvFunctionItems;
CvFunctionItems cv_function_items(const CvFunctionCall *call);

/* ---- JSON (json.c) ---- */

/* The value behind a key or index of a JSON term ("edition", "0"); `sql` is NULL if the term is no JSON. */
CvTerm cv_json_key(CvQuery *query, const CvTerm *term, CvSlice key);
/* A lookup on a JSON column or on what stands behind its keys; `rest`: keys, then perhaps a lookup's name. False: it is
 * for others. */
bool cv_json_lookup(CvQuery *query, const CvTerm *left, const char *rest, CvValue value, uint32_t slot,
                    bool *is_null_test, CvSql **out);

/* ---- types ---- */

CvTerm cv_term_of(CvSql *sql, CvRead read);
/* Django's field class of what a term gives; NULL: unknown (a null). */
const char *cv_term_class(const CvTerm *term);
/* Arithmetic (arithmetic.c). What came of two types that do not go together has a message instead of a type. */
CvTerm cv_query_arithmetic(CvQuery *query, const CvExpr *expr, uint32_t slot);
/* The message of what has no type because nothing in it has one: nulls. */
extern const char cv_no_output_field[];
/* Raises the message of a term without a type, as CV_ERROR_FIELD or CV_ERROR_OUTPUT_FIELD: where values are to be read.
 */
void cv_term_require_type(const CvTerm *term);
/* The type that all have; a message instead of one if they differ as Django minds. */
CvTerm cv_common_type(const CvFunctionItems *items);
/* A term of a field class ("DecimalField"). */
CvTerm cv_term_of_kind(CvSql *sql, const CvFieldKind *kind, int decimal_places);
/* A text literal, quoted. */
CvSql *cv_sql_literal(CvArena *arena, CvSlice text);

#endif
