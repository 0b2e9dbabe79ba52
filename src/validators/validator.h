/* validator.h: validators as data, so that lists of fields, models and run-time descriptors name them alike.
 *
 *     CharField (code, .validators = CV_VALIDATORS(CV_REGEX_VALIDATOR("^[A-Z]{3}$", .message = "Three capitals."),
 *                                                  CV_VALIDATOR(validate_known)))
 *
 *     CvInvalid invalid;
 *     if (!cv_validate(&cv_validate_email, arena, CV_VALUE("a@b.co"), &invalid))
 *         show(cv_invalid_text(arena, &invalid));
 *
 * A site's own validator is a function (see invalid.h), or one with parameters: a CvValidator whose `check` reads its
 * own members of it. Values are those that a field has converted: text, numbers, dates; null and empty text reach no
 * validator of a field. Comparing what has no order (text with a number) raises CV_ERROR_TYPE. Everything runs in time
 * linear in the value. */
#ifndef CV_VALIDATORS_VALIDATOR_H
#define CV_VALIDATORS_VALIDATOR_H

#include "base/error.h"
#include "validators/invalid.h"

CV_API_BEGIN

typedef struct CvValidator CvValidator;

/* False with *invalid filled in. */
typedef bool CvValidateFunction(CvArena *arena, CvValue value, CvInvalid *invalid);
typedef bool CvCheckFunction(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);

struct CvValidator {
    CvCheckFunction *check;
    CvValidateFunction *function;              /* of CV_VALIDATOR() */
    const char *message, *code;                /* instead of the validator's own; NULL: its own */
    CvValue limit;                             /* max, min, step, length */
    CvValue (*limit_function)(CvArena *arena); /* asked each time, instead of `limit` */
    CvValue offset;                            /* of a step; CV_NULL: none */
    const char *regex;                         /* Python's syntax */
    unsigned flags;                            /* CvRegexFlags */
    bool inverse_match;                        /* a match is wrong */
    bool ascii_only;                           /* domain names without IDNA letters (accept_idna=False) */
    bool allow_negative;                       /* integer lists */
    const char *separator;                     /* integer lists; NULL: "," */
    const char *const *names;       /* URL schemes, mail domains, file extensions; ended by NULL; NULL: the default */
    int max_digits, decimal_places; /* decimals; -1: no limit */
    const void *data;               /* a site's own */
};

/* clang-format off */

/* A list for `.validators`, ended by a zero one. */
#define CV_VALIDATORS(...) ((const CvValidator[]){__VA_ARGS__, {0}})
#define CV_VALIDATOR(validate_function) {.check = cv_check_function, .function = (validate_function)}
#define CV_REGEX_VALIDATOR(pattern, ...) {.check = cv_check_regex, .regex = (pattern), __VA_ARGS__}
#define CV_MIN_LENGTH(characters, ...) {.check = cv_check_min_length, .limit = CV_LIMIT_INT(characters), __VA_ARGS__}
#define CV_MAX_LENGTH(characters, ...) {.check = cv_check_max_length, .limit = CV_LIMIT_INT(characters), __VA_ARGS__}
#define CV_MIN_VALUE(number, ...) {.check = cv_check_min_value, .limit = CV_LIMIT_INT(number), __VA_ARGS__}
#define CV_MAX_VALUE(number, ...) {.check = cv_check_max_value, .limit = CV_LIMIT_INT(number), __VA_ARGS__}
#define CV_STEP_VALUE(number, ...) {.check = cv_check_step, .limit = CV_LIMIT_INT(number), __VA_ARGS__}
#define CV_FILE_EXTENSIONS(...) {.check = cv_check_file_extension, .names = CV_LIST(__VA_ARGS__)}
#define CV_URL_SCHEMES(...) {.check = cv_check_url, .names = CV_LIST(__VA_ARGS__)}
/* A constant integer, or decimal by its text, as a limit. */
#define CV_LIMIT_INT(number) {.kind = CV_INT, .integer = (number)}
#define CV_LIMIT_DECIMAL(digits) {.kind = CV_DECIMAL, .decimal = {digits}}

/* clang-format on */

/* Django's ready-made ones. */
extern const CvValidator cv_validate_email, cv_validate_url, cv_validate_domain_name, cv_validate_slug,
    cv_validate_unicode_slug, cv_validate_ipv4_address, cv_validate_ipv6_address, cv_validate_ipv46_address,
    cv_validate_integer, cv_validate_comma_separated_integer_list, cv_validate_image_file_extension,
    cv_prohibit_null_characters;

/* What CvValidator.check may be. */
bool cv_check_function(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_regex(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_email(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_url(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_domain_name(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_slug(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_unicode_slug(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_ipv4(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_ipv6(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_ipv46(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_integer(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_integer_list(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_limit(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_max_value(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_min_value(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_step(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_min_length(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_max_length(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_decimal(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_file_extension(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);
bool cv_check_null_characters(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid);

/* Runs one. */
static inline bool cv_validate(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    return validator->check(validator, arena, value, invalid);
}
/* Runs a list (NULL: empty), collecting what fails; false if any did. */
bool cv_validate_all(const CvValidator *validators, CvArena *arena, CvValue value, CvInvalids *invalids);

/* Whether the pattern of a regex validator compiles; for checks when the program starts. */
bool cv_validator_prepare(const CvValidator *validator, CvArena *arena, CvError *error) CV_NODISCARD;

/* The shared compiled form of a pattern, for the life of the process; raises CV_ERROR_VALUE for a bad one. */
struct CvRegex;
const struct CvRegex *cv_regex_shared(const char *pattern, unsigned flags);

/* The parts of addresses, for others that take them apart. */
bool cv_is_domain_name(CvSlice name, bool ascii_only, bool trailing_dot);

CV_API_END

#endif
