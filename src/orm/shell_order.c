/* shell_order.c: methods of rows that are kept in order, and of those whose rows are (order.c). */
#include "orm/set_private.h"
#include "orm/shell_complete.h"
#include "orm/shell_private.h"

/* get_answer_order: the model of "answer"; NULL: it is no such name. */
static const CvModel *model_of_method(const void *owner, CvSlice name)
{
    bool verb = cv_slice_starts_with(name, CV_SLICE("get_")) || cv_slice_starts_with(name, CV_SLICE("set_"));
    if (!verb || !cv_slice_ends_with(name, CV_SLICE("_order")) || name.length <= 10)
        return NULL;
    return cv_model_ordered_by(cv_row_model(owner), cv_slice_range(name, 4, name.length - 6));
}

static CvValue get_order(CvValue self, const CvShellCall *call)
{
    return cv_value_object(cv_order_of(model_of_method(self.object, cv_slice(call->name)), self.object));
}

static CvValue set_order(CvValue self, const CvShellCall *call)
{
    const CvList *keys = cv_shell_items(call->given[0]);
    cv_set_order_of(model_of_method(self.object, cv_slice(call->name)), self.object, keys->count, keys->items);
    return cv_value_null();
}

static CvValue neighbour(CvValue self, const CvShellCall *call)
{
    void *row = cv_neighbour_in_order(self.object, strcmp(call->name, "get_next_in_order") == 0);
    if (!row)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", cv_row_model(self.object)->name);
    return cv_value_object(row);
}

bool cv_shell_order_method(CvValue row, CvSlice name, CvValue *out)
{
    CvShellMethod method = {cv_slice_string(cv_arena(), name), "", neighbour};
    bool next = cv_slice_is(name, "get_next_in_order") || cv_slice_is(name, "get_previous_in_order");
    if (!next || !cv_model_is_ordered(cv_row_model(row.object))) {
        if (!model_of_method(row.object, name))
            return false;
        bool sets = name.data[0] == 's';
        method.run = sets ? set_order : get_order;
        method.signature = sets ? "id_list" : "";
    }
    *out = cv_shell_method_value(&method, NULL, row);
    return true;
}

void cv_shell_order_words(CvShellWords *words, const CvModel *model)
{
    CvArena *arena = cv_arena();
    if (cv_model_is_ordered(model)) {
        cv_vector_push(arena, words, "get_next_in_order");
        cv_vector_push(arena, words, "get_previous_in_order");
    }
    for (const CvModel *other = NULL; (other = cv_models_next(other));)
        if (cv_model_orders(model, other)) {
            cv_vector_push(arena, words, cv_printf("get_%s_order", cv_model_lower(other)));
            cv_vector_push(arena, words, cv_printf("set_%s_order", cv_model_lower(other)));
        }
}
