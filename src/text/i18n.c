/* i18n.c: asks the running context's translator. */
#include "text/i18n.h"

#include "base/self.h"

const CvTranslator *cv_translator_set(const CvTranslator *translator)
{
    CvSelf *self = cv_self();
    const CvTranslator *outer = self->translator;
    self->translator = translator;
    return outer;
}

CvSlice cv_gettext(const char *context, CvSlice message)
{
    const CvTranslator *translator = cv_self()->translator;
    return translator ? translator->message(translator, context, message) : message;
}

CvSlice cv_ngettext(const char *context, CvSlice singular, CvSlice plural, int64_t count)
{
    const CvTranslator *translator = cv_self()->translator;
    if (translator)
        return translator->plural(translator, context, singular, plural, count);
    return count == 1 ? singular : plural;
}
