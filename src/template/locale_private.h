/* locale_private.h: what a locale is made of. */
#ifndef CV_TEMPLATE_LOCALE_PRIVATE_H
#define CV_TEMPLATE_LOCALE_PRIVATE_H

#include "template/locale.h"
#include "text/i18n.h"
#include "text/number.h"

typedef struct CvPluralRule CvPluralRule;
typedef struct CvLanguageFormats CvLanguageFormats;
typedef struct CvLanguageInput CvLanguageInput;

/* A message's translations: one text, or one for each plural form. */
typedef struct CvMessage {
    size_t count;
    const CvSlice *forms;
    const CvPluralRule *rule; /* of its catalog; NULL: the locale's */
} CvMessage;

struct CvLocale {
    CvTranslator translator;
    CvArena *arena;
    const char *language; /* NULL: translations are deactivated */
    const CvTemplateSettings *settings;
    CvDict *formats;                 /* set for this locale alone */
    const CvLanguageFormats *own[2]; /* the table's rows for "de-at" and "de"; NULL: none */
    const CvLanguageInput *input[2]; /* the same of input formats */
    CvMap *messages, *plurals;       /* by "context\4message" or "message"; those with plural forms apart */
    const CvPluralRule *plural;      /* NULL: 1 is singular, all else plural */
    /* Asked for what is not in the maps, or NULL: the language without its last part (and what that one's `shorter`
     * leads to), then the site's (and its `shorter`). */
    const CvLocale *shorter, *last;
    const CvLocale *(*find)(void *argument, const char *language);
    void *find_argument;
    bool plain; /* whole numbers are written as plain digits */
};

/* What a locale answers as a CvTranslator. */
CvSlice cv_locale_ask_message(const CvTranslator *translator, const char *context, CvSlice message);
CvSlice cv_locale_ask_plural(const CvTranslator *translator, const char *context, CvSlice singular, CvSlice plural,
                             int64_t count);

CvNumberFormat cv_locale_number_format(CvArena *arena, const CvLocale *locale, bool localized);

#endif
