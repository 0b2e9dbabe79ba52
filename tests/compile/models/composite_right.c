/* expect none */
#define CV_MODELS "composite_right.list.h"
#include "orm/models.h"
#define CV_MODELS "composite_right.list.h"
#define CV_MODELS_TABLE shop_models
#include "orm/models_define.h"
void use(void);
void use(void)
{
    CvRowErrors errors = {0};
    Line *line = cv_create(Line, .order_no = 1, .number = 2);
    cv_assign(line, number, cv_plus(cv_f("number"), cv_value(1)));
    if (cv_full_clean(line, &errors, .exclude = CV_LIST("twice"), .skip_unique = true))
        cv_save_with(line, .update_fields = CV_LIST("number"));
    cv_full_clean_or_raise(line);
    cv_bulk_create(&line, 1, .batch_size = 5);
    cv_bulk_update(&line, 1, .update_fields = CV_LIST("number"));
}
