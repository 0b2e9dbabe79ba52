/* expect none */
#include "forms/forms.h"

static const CvFormFieldKind isbn_field = {.name = "IsbnField", .base = &cv_char_form_field, .storage = CV_FORM_TEXT};
#define IsbnField(name, ...) CV_FORM_FIELD(isbn_field, TEXT, const char *, text, name, __VA_ARGS__)

#define CV_FORMS "own_word.list.h"
#include "forms/forms.h"
#define CV_FORMS "own_word.list.h"
#include "forms/forms_define.h"
const char *use(StockForm *form);
const char *use(StockForm *form)
{
    return cv_is_valid(form) ? form->isbn : NULL;
}
