/* password.h: which passwords a visitor may choose: Django's four rules, in the order of a table.
 *
 *     static const CvPasswordRule rules[] = {
 *         {.kind = CV_PASSWORD_UNLIKE_USER},
 *         {.kind = CV_PASSWORD_MIN_LENGTH, .min_length = 12},
 *         {.kind = CV_PASSWORD_NOT_COMMON, .common = words},        // cv_common_passwords()
 *         {.kind = CV_PASSWORD_NOT_NUMERIC},
 *         {.kind = CV_PASSWORD_RULES_END}};
 *     CvInvalids invalids = {.arena = arena};
 *     if (!cv_password_obeys(rules, arena, cv_slice("12345"), user_facts, &invalids)) ...     // all that is wrong
 *
 * All rules are asked; each says at most one thing. */
#ifndef CV_VALIDATORS_PASSWORD_H
#define CV_VALIDATORS_PASSWORD_H

#include "base/error.h"
#include "base/map.h"
#include "validators/invalid.h"

CV_API_BEGIN

typedef enum CvPasswordRuleKind {
    CV_PASSWORD_RULES_END,
    CV_PASSWORD_UNLIKE_USER, /* not too similar to the user's facts, or to a word of one */
    CV_PASSWORD_MIN_LENGTH,  /* characters */
    CV_PASSWORD_NOT_COMMON,  /* in small letters, without white space at the ends */
    CV_PASSWORD_NOT_NUMERIC, /* not digits alone, of any script */
} CvPasswordRuleKind;

typedef struct CvPasswordRule {
    uint8_t kind;
    int32_t min_length;    /* 0: 8; negative: none */
    double max_similarity; /* from 0.1 to 1, shared letters as a part of all; 0: 0.7 */
    const char *const
        *attributes;     /* the facts that count, ends in NULL; NULL: username, first_name, last_name, email */
    const CvMap *common; /* its keys must not be passwords */
    const char *password_list_path; /* a text file, a password a line, where `common` is not given */
} CvPasswordRule;

/* What is known of the user who chooses. */
typedef struct CvUserFact {
    const char *name;  /* "first_name"; NULL ends a table */
    const char *label; /* "first name", translated in the message; NULL: the name */
    const char *value; /* NULL or "": unknown */
} CvUserFact;

/* False with what is wrong. `facts` may be NULL: then no password is like the user. */
bool cv_password_obeys(const CvPasswordRule *rules, CvArena *arena, CvSlice password, const CvUserFact *facts,
                       CvInvalids *invalids);
/* What a form tells before the visitor chooses. */
CvSlice cv_password_rule_help(CvArena *arena, const CvPasswordRule *rule);
/* All of it as an HTML list; "" where there is no rule. */
CvSlice cv_password_rules_html(CvArena *arena, const CvPasswordRule *rules);

/* CV_PASSWORD_RULES({CV_PASSWORD_MIN_LENGTH, .min_length = 12}, {CV_PASSWORD_NOT_NUMERIC}) */
#define CV_PASSWORD_RULES(...) ((const CvPasswordRule[]){__VA_ARGS__, {CV_PASSWORD_RULES_END}})

/* The rule by Django's name, with or without its module ("MinimumLengthValidator"), and Django's options by theirs:
 * min_length, max_similarity, user_attributes, password_list_path. `options` may be NULL. False with
 * CV_ERROR_CONFIGURATION for an unknown name, CV_ERROR_TYPE for an unknown option, CV_ERROR_VALUE for a value that the
 * rule refuses. Options are borrowed. */
bool cv_password_rule_named(CvArena *arena, CvSlice name, const CvDict *options, CvPasswordRule *rule,
                            CvError *error) CV_NODISCARD;
/* A copy of the rules with their lists of passwords read; what is wrong with them is added to `errors`. */
CvPasswordRule *cv_password_rules_load(CvArena *arena, const CvPasswordRule *rules, CvErrors *errors);

/* A set of the lines of a text, as lists of common passwords come; the keys are borrowed from it. */
CvMap *cv_common_passwords(CvArena *arena, CvSlice text);

CV_API_END

#endif
