/* neighbours.c: the row after or before a row by a date (Django's get_next_by_FOO() and get_previous_by_FOO()). */
#include "orm/set_private.h"
#include "orm/write_private.h"

bool cv_row_has_neighbours(const CvModel *model, const char *field)
{
    const CvColumn *column = cv_model_column(model, cv_slice(field));
    return column && (column->storage == CV_STORE_DATE || column->storage == CV_STORE_DATETIME) && !column->null &&
           !strcmp(column->name, field);
}

void *cv_neighbour_of(const void *row, const char *field, bool next, CvQuerySet *among)
{
    const CvModel *model = cv_row_model(row);
    if (!cv_row_has_neighbours(model, field))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'get_%s_by_%s'", model->name,
                 next ? "next" : "previous", field);
    if (cv_row_key(row).kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE, "get_next/get_previous cannot be used on unsaved objects.");
    const char *beyond = cv_printf("%s__%s", field, next ? "gt" : "lt");
    CvValue moment = cv_row_get(row, cv_model_column(model, cv_slice(field)));
    CvExpr *same = cv_q_of(NULL, 2, (const char *const[]){field, next ? "pk__gt" : "pk__lt", NULL},
                           (CvValue[]){moment, cv_row_key(row)});
    CvExpr *other = cv_q_of(NULL, 1, (const char *const[]){beyond, NULL}, &moment);
    if (!among) {
        among = cv_objects_of(model);
        among->database = cv_write_database(row);
    }
    const char *order[] = {next ? field : cv_printf("-%s", field), next ? "pk" : "-pk", NULL};
    return cv_first_of(cv_order_by_at(cv_where_at(among, cv_or(same, other), false), NULL, order));
}
