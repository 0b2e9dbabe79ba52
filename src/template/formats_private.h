/* formats_private.h: the table of formats by language. */
#ifndef CV_TEMPLATE_FORMATS_PRIVATE_H
#define CV_TEMPLATE_FORMATS_PRIVATE_H

#include <stdint.h>

#include "template/locale.h"

/* In this order: DATE_FORMAT, TIME_FORMAT, DATETIME_FORMAT, YEAR_MONTH_FORMAT, MONTH_DAY_FORMAT, SHORT_DATE_FORMAT,
 * SHORT_DATETIME_FORMAT, DECIMAL_SEPARATOR, THOUSAND_SEPARATOR; NULL: the settings say. */
#define CV_FORMAT_COUNT 9

typedef struct CvLanguageFormats {
    const char *language; /* "de", "pt-br" */
    const char *formats[CV_FORMAT_COUNT];
    int8_t grouping[4];       /* sizes from the right; -1: the settings say */
    int8_t first_day_of_week; /* 0 Sunday; -1: the settings say */
} CvLanguageFormats;
extern const CvLanguageFormats cv_language_formats[]; /* by language; ends in a NULL */

/* By CvInputFormat; NULL: the settings say. */
typedef struct CvLanguageInput {
    const char *language;
    const char *const *formats[CV_INPUT_FORMAT_COUNT];
} CvLanguageInput;
extern const CvLanguageInput cv_language_input[];                      /* by language; ends in a NULL */
extern const char *const *const cv_usual_input[CV_INPUT_FORMAT_COUNT]; /* Django's default settings */

#endif
