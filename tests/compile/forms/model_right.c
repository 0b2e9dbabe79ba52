/* expect none */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_right.list.h"
#include "forms/forms.h"
static void book_clean(BookForm *form)
{
    if (form->notify && !form->rival)
        cv_add_error(form, "rival", "Whose?");
}
static CvQuerySet *rivals(CvForm *form)
{
    (void)form;
    return (CvQuerySet *)cv_filter(cv_objects(Author), "name", "X");
}
#define CV_FORMS "model_right.list.h"
#include "forms/forms_define.h"
const char *use(CvRequest *request, Book *book, Author *author);
const char *use(CvRequest *request, Book *book, Author *author)
{
    BookForm *form = cv_bind(BookForm, request, .instance = book, .prefix = "b");
    AuthorBooks *set = cv_bind_formset(AuthorBooks, request, .instance = author);
    BookSet *all = cv_bind_formset(BookSet, request, .queryset = cv_filter(cv_objects(Book), "title", "x"));
    cv_set_queryset(form, "rival", cv_objects(Author));
    if (cv_is_valid(form) && cv_formset_is_valid(&set->set)) {
        Book *saved = cv_save_form(form);
        cv_save_m2m(form);
        cv_save_formset(set, .no_commit = true);
        CV_EACH_FORM (one, all)
            if (one->instance == saved)
                return one->instance->title;
    }
    return form->friends && cv_count(form->friends) ? cv_form_at(set, 0)->instance->title : form->rival->name;
}
