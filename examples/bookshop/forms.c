/* forms.c: the descriptors of the shop's forms, and what they check themselves. */
#include "forms.h"

static CvOptions any_language(CvArena *arena)
{
    CvOption *options = cv_arena_new_array(arena, CvOption, Language_choices.count + 1);
    options[0] = (CvOption){.value = CV_VALUE(""), .label = CV_VALUE("Any language")};
    for (size_t i = 0; i < Language_choices.count; i++)
        options[i + 1] = (CvOption){.value = CV_VALUE(Language_choices.items[i].text),
                                    .label = CV_VALUE(Language_choices.items[i].label)};
    return (CvOptions){options, Language_choices.count + 1};
}

static void book_form_clean(BookForm *form)
{
    CvValue chosen = cv_cleaned(&form->form, "author"), year = cv_cleaned(&form->form, "year");
    const Author *author = chosen.kind == CV_OBJECT ? chosen.object : NULL;
    if (author && author->born.set && year.kind == CV_INT && year.integer < author->born.value)
        cv_add_error(form, "year", "%s was born in %d only.", author->name, (int)author->born.value);
}

#define CV_FORMS "forms.def.h"
#include <caravan/forms_define.h>
