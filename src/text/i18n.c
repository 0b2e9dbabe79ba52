/* i18n.c: asks the running context's translator. */
#include "text/i18n.h"

#include "base/self.h"

static const CvTranslator *default_translator;

static const CvTranslator *active(void)
{
    const CvTranslator *translator = cv_self()->translator;
    return translator ? translator : default_translator;
}

void cv_translator_set_default(const CvTranslator *translator)
{
    default_translator = translator;
}

const CvTranslator *cv_translator_set(const CvTranslator *translator)
{
    CvSelf *self = cv_self();
    const CvTranslator *outer = self->translator;
    self->translator = translator;
    return outer;
}

CvSlice cv_gettext(const char *context, CvSlice message)
{
    const CvTranslator *translator = active();
    return translator ? translator->message(translator, context, message) : message;
}

CvSlice cv_ngettext(const char *context, CvSlice singular, CvSlice plural, int64_t count)
{
    const CvTranslator *translator = active();
    if (translator)
        return translator->plural(translator, context, singular, plural, count);
    return count == 1 ? singular : plural;
}

const char *cv_translated(CvArena *arena, const char *message)
{
    if (!message)
        return NULL;
    CvSlice text = cv_gettext(NULL, cv_slice(message));
    return text.data == message ? message : cv_slice_string(arena, text);
}

CvValue cv_lazy_text(const char *message)
{
    CvValue value = cv_value_string(message);
    if (value.kind == CV_STRING)
        value.flags |= CV_LAZY;
    return value;
}

CvValue cv_value_translated(CvValue value)
{
    if (value.kind != CV_STRING || !(value.flags & CV_LAZY))
        return value;
    CvValue text = cv_value_slice(cv_gettext(NULL, cv_value_as_slice(value)));
    text.flags = (uint8_t)(value.flags & ~CV_LAZY);
    return text;
}
