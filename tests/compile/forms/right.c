/* expect none */
#define CV_FORMS "right.list.h"
#include "forms/forms.h"
static void review_clean(ReviewForm *form)
{
    if (form->stars < 3 && !form->text)
        cv_add_error(form, "text", "Please say why you gave %d.", (int)form->stars);
}
static void text_clean(CvForm *form)
{
    (void)form;
}
static bool not_rude(CvArena *arena, CvValue value, CvInvalid *invalid)
{
    return value.length > 1 || cv_invalid(arena, invalid, "rude", "%(value)s is short.", "value", value);
}
static CvOptions tags(CvArena *arena)
{
    (void)arena;
    return (CvOptions){0};
}
static CvValue today(CvArena *arena)
{
    (void)arena;
    return CV_VALUE(cv_datetime_clock(cv_now(), NULL).date);
}
static CvValue joined(const CvFormField *field, CvArena *arena, const CvList *values)
{
    (void)field;
    (void)arena;
    return values->count ? values->items[0] : CV_NONE;
}
#define CV_FORMS "right.list.h"
#include "forms/forms_define.h"
const char *use(CvRequest *request);
const char *use(CvRequest *request)
{
    ReviewForm *form = cv_bind(ReviewForm, request, .initial = cv_initial("stars", 4, "text", "Good"));
    ReviewForm *search = cv_bind_query(ReviewForm, request), *empty = cv_unbound(ReviewForm, request, .auto_id = "");
    if (cv_is_valid(form) && cv_is_valid(search) && form->year.set && form->day.year > 2000 && form->tags)
        return form->phone.kind == CV_STRING ? form->drink : form->price.text;
    return empty->cover ? empty->cover->name : form->text;
}
