/* active_locale.c: which locale the running context has, and which the site has. */
#include "base/self.h"
#include "template/locale_private.h"

static const CvLocale *site;

const CvLocale *cv_locale_site(void)
{
    return site ? site : cv_locale_default();
}

void cv_locale_set_site(const CvLocale *locale)
{
    site = locale;
    cv_translator_set_default(locale ? &locale->translator : NULL);
}

const CvLocale *cv_locale(void)
{
    const CvLocale *active = cv_self()->locale;
    return active ? active : cv_locale_site();
}

const CvLocale *cv_locale_activate(const CvLocale *locale)
{
    CvSelf *self = cv_self();
    const CvLocale *outer = self->locale;
    self->locale = locale;
    self->translator = locale ? &locale->translator : NULL;
    return outer;
}

/* ---- by language ---- */

const char *cv_language(void)
{
    return cv_locale_language(cv_locale());
}

void cv_activate_language(const char *language)
{
    if (language && *language)
        (void)cv_locale_activate(cv_locale_for(cv_locale_site(), cv_arena(), language));
}

void cv_deactivate_language(void)
{
    (void)cv_locale_activate(NULL);
}

struct CvLanguageBlock {
    const CvLocale *outer;
    bool left;
};

/* Runs when the block was raised out of, and once more, for nothing, when the arena ends. */
static void give_back(void *argument)
{
    CvLanguageBlock *block = argument;
    if (!block->left)
        (void)cv_locale_activate(block->outer);
    block->left = true;
}

CvLanguageBlock *cv_language_enter(const char *language)
{
    CvLanguageBlock *block = cv_new(CvLanguageBlock);
    block->outer = cv_self()->locale;
    cv_defer(give_back, block);
    cv_activate_language(language);
    return block;
}

CvLanguageBlock *cv_language_leave(CvLanguageBlock *block)
{
    give_back(block);
    return NULL;
}
