/* run_http_facts.h: the runner of http.jsonl: a table of kinds (and of functions, for kind "call") for each floor. */
#ifndef CV_TESTS_RUN_HTTP_FACTS_H
#define CV_TESTS_RUN_HTTP_FACTS_H

#include "http/http.h"
#include "records.h"

typedef struct FactCheck {
    const char *name;
    RecordCheck *check;
} FactCheck;

/* A function of Django's and ours of the same meaning: gives the result, or false and an error. */
typedef bool FactCall(CvArena *arena, const CvList *args, const CvDict *kwargs, CvValue *out, CvError *error);
typedef struct FactFunction {
    const char *name;
    FactCall *call;
} FactFunction;

/* Each ends in a row without a name. Floors above http hand theirs over while the program starts (facts_add). */
extern const FactCheck http_message_checks[], http_request_checks[], http_body_checks[];
extern const FactFunction http_calls[], text_calls[];
void facts_add(const FactCheck *checks, const FactFunction *calls);

/* ---- helpers ---- */

/* The settings that a record overrides. */
CvHttpSettings *facts_settings(CvArena *arena, const CvDict *record);
/* Argument `index`, decoded; CV_MISSING if there is none. */
CvValue facts_arg(CvArena *arena, const CvList *args, size_t index);
CvSlice facts_text_arg(CvArena *arena, const CvList *args, size_t index);
CvValue facts_kwarg(CvArena *arena, const CvDict *kwargs, const char *name);
/* name, value, ..., NULL of a dict of headers. */
const char *const *facts_headers(CvArena *arena, CvValue dict);
/* Headers as recorded: a list of pairs; `sorted`: ours are sorted by name first. */
bool facts_same_headers(CvArena *arena, CvBuffer *why, CvValue expected, const CvResponse *response, bool sorted);
/* status, reason, headers, charset, set_cookie, content, where the record has them. */
bool facts_same_response(CvArena *arena, const CvDict *record, CvBuffer *why, const CvResponse *response);
/* The error of a failed check against the record; with `done` the record must not expect a failure. */
bool facts_outcome(CvBuffer *why, const CvDict *record, bool done, const CvError *error);

#endif
