/* i18n.h: the running context's translations. Whatever writes words for people (dates, file sizes, "3 days ago") asks
 * here; who renders for a language says who answers.
 *
 *     cv_gettext("abbrev. month", CV_SLICE("Feb."))               // "Feb.", or what the active language says
 *     const CvTranslator *outer = cv_translator_set(&german);
 *     ...
 *     cv_translator_set(outer); */
#ifndef CV_TEXT_I18N_H
#define CV_TEXT_I18N_H

#include "base/value.h"

CV_API_BEGIN

/* The first member of whatever holds messages. Both give the text itself where there is no translation. */
typedef struct CvTranslator {
    CvSlice (*message)(const struct CvTranslator *translator, const char *context, CvSlice message);
    CvSlice (*plural)(const struct CvTranslator *translator, const char *context, CvSlice singular, CvSlice plural,
                      int64_t count);
} CvTranslator;

/* Sets the running context's translator (NULL: the process's own); returns what was. Locales do it themselves, see
 * cv_locale_activate() in template/locale.h. */
const CvTranslator *cv_translator_set(const CvTranslator *translator);
/* Who answers where the running context has none: the site's language. NULL: nobody, texts stay as they are. */
void cv_translator_set_default(const CvTranslator *translator);
/* The translation of a message; `context` may be NULL. */
CvSlice cv_gettext(const char *context, CvSlice message);
/* The translation for a number; without one `singular` for 1 and `plural` for all else. */
CvSlice cv_ngettext(const char *context, CvSlice singular, CvSlice plural, int64_t count);

/* The translation as a string: `message` itself where there is none, else in `arena`. NULL gives NULL. */
const char *cv_translated(CvArena *arena, const char *message);

/* Text that is translated when it is shown, as Django's gettext_lazy() gives it: labels of choices, names of things.
 * Templates translate such a value by themselves. NULL gives CV_NULL. */
CvValue cv_lazy_text(const char *message);
/* What a lazy text is now, without the mark; other values come back as they are. */
CvValue cv_value_translated(CvValue value);

CV_API_END

#endif
