/* shell_rows.c: model instances: made, read, assigned, saved. */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "orm/validate.h"

/* ---- assignment ---- */

static bool is_kind_of(const CvModel *model, const CvModel *wanted)
{
    for (; model; model = model->parent)
        if (model == wanted || cv_model_info(model)->concrete == cv_model_info(wanted)->concrete)
            return true;
    return false;
}

/* book.publisher = x: only a row of the right model, or None. */
static void check_reference(const CvModel *model, const CvColumn *column, CvValue value)
{
    if (value.kind == CV_NULL || (cv_shell_is_row(value) && is_kind_of(cv_row_model(value.object), column->to)))
        return;
    cv_raise(CV_ERROR_VALUE, "Cannot assign \"%.*s\": \"%s.%s\" must be a \"%s\" instance.",
             CV_SLICE_ARG(cv_value_repr(cv_arena(), value)), model->name, column->name, column->to->name);
}

const char *const *cv_shell_texts(CvValue names)
{
    const CvList *items = names.kind == CV_MISSING || names.kind == CV_NULL ? NULL : cv_shell_items(names);
    const char **out = cv_new_array(const char *, (items ? items->count : 0) + 1);
    for (size_t i = 0; items && i < items->count; i++)
        out[i] = cv_shell_text(items->items[i]);
    return out;
}

/* The member has no room for null. */
static bool cannot_be_null(const CvColumn *column)
{
    return column->storage == CV_STORE_INTEGER || column->storage == CV_STORE_FLOAT || column->storage == CV_STORE_BOOL;
}

/* What has no default is None, as in Python, until it is assigned. */
static void give_nulls(void *row)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(cv_row_model(row), &count);
    for (size_t i = 0; i < count; i++)
        if (columns[i].concrete && !columns[i].primary_key && cannot_be_null(&columns[i]) &&
            !columns[i].field->kind->automatic && !columns[i].field->db_default && !columns[i].field->generated &&
            cv_column_default(cv_arena(), &columns[i]).kind == CV_NULL)
            cv_row_give(row, &columns[i], cv_value_null());
}

/* The attribute is what was given until the row is read again, as in Python; what does not fit is found by saving. */
static void give(void *row, const CvColumn *column, CvValue value)
{
    CvInvalid why;
    CvValue fits;
    if (cv_value_expr(value)) {
        cv_row_give(row, column, value);
        return;
    }
    if (cv_shell_is_row(value) || value.kind == CV_OBJECT) {
        cv_row_set(row, column, value);
        return;
    }
    if (value.kind == CV_NULL && cannot_be_null(column)) {
        cv_row_give(row, column, value);
        return;
    }
    bool valid = cv_column_accepts(cv_arena(), column, value, &fits, &why) && fits.kind != CV_BIGINT;
    if (valid)
        cv_row_set(row, column, value);
    if (!valid || fits.kind != value.kind || !cv_value_equal(fits, value))
        cv_row_give(row, column, value);
}

bool cv_shell_assign(void *row, const char *name, CvValue value)
{
    const CvModel *model = cv_row_model(row);
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    if (!column)
        return cv_shell_assign_relation(row, name, value);
    if (column->field->kind->many)
        cv_raise(CV_ERROR_TYPE,
                 "Direct assignment to the forward side of a many-to-many set is prohibited. Use %s.set() instead.",
                 name);
    bool whole = column->to && !strcmp(name, column->name) && strcmp(name, column->attribute) != 0;
    if (whole && !cv_shell_is_expression(value))
        check_reference(model, column, value);
    give(row, column, cv_shell_plain(value));
    return true;
}

void *cv_shell_new_row(const CvModel *model, const CvShellArguments *arguments)
{
    void *row = cv_row_new(model);
    size_t columns;
    const CvColumn *all = cv_model_columns(model, &columns);
    CvBuffer unknown = cv_buffer(cv_arena());
    size_t position = 0;
    give_nulls(row);
    for (size_t i = 0; i < arguments->count; i++) {
        while (position < columns && !all[position].column)
            position++;
        if (position == columns)
            cv_raise(CV_ERROR_INDEX, "Number of args exceeds number of fields");
        give(row, &all[position++], cv_shell_plain(arguments->values[i]));
    }
    for (size_t i = 0; i < arguments->keyword_count; i++) {
        if (cv_shell_assign(row, arguments->keywords[i], arguments->keyword_values[i]))
            continue;
        cv_buffer_printf(&unknown, "%s'%s'", unknown.length ? ", " : "", arguments->keywords[i]);
    }
    if (unknown.length)
        cv_raise(CV_ERROR_TYPE, "%s() got unexpected keyword arguments: %s", model->name, cv_buffer_string(&unknown));
    return row;
}

/* ---- reading ---- */

const CvMember *cv_shell_member(const void *row, const char *name)
{
    return cv_map_get(cv_model_info(cv_row_model(row))->accessors, cv_slice(name));
}

static CV_NORETURN void no_related(const void *row, CvSlice name)
{
    cv_raise(CV_ERROR_RELATED_DOES_NOT_EXIST, "%s has no %.*s.", cv_row_model(row)->name, CV_SLICE_ARG(name));
}

static CvValue manager_of(const void *row, const CvMember *member, CvSlice name)
{
    CvShellManager *manager = cv_new(CvShellManager);
    *manager = (CvShellManager){
        .type = &cv_shell_manager_type, .model = member->to, .row = row, .relation = cv_slice_string(cv_arena(), name)};
    manager->set = cv_related_of(row, manager->relation);
    return cv_value_object(manager);
}

static bool display_method(CvValue row, CvSlice name, CvValue *out);
static bool neighbour_method(CvValue row, CvSlice name, CvValue *out);

bool cv_shell_row_attribute(CvValue value, CvSlice name, CvValue *out)
{
    const void *row = value.object;
    const CvModel *model = cv_row_model(row);
    const CvColumn *column = cv_model_column(model, name);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, name);
    CvAccessor accessor = {0};
    if (cv_shell_kept_attribute(row, name, out))
        return true;
    if (cv_type_of(row)->get && cv_type_of(row)->get(row, name, cv_arena(), out))
        return true;
    const CvValue *given = column ? cv_row_given(row, column) : NULL;
    if (given && !cv_slice_is(name, "pk")) {
        *out = *given;
        return true;
    }
    if (column && !column->field->kind->many) {
        (void)cv_row_type_resolve(&model->type, name, &accessor);
        accessor.read(&accessor, row, cv_arena(), out);
        bool whole = column->to && cv_slice_is(name, column->name);
        if (whole && out->kind == CV_NULL && (!column->null || cv_row_get(row, column).kind != CV_NULL))
            no_related(row, name);
        return true;
    }
    if (member && member->kind != CV_MEMBER_COLUMN) {
        if (member->one) {
            (void)cv_row_type_resolve(&model->type, name, &accessor);
            accessor.read(&accessor, row, cv_arena(), out);
            if (out->kind == CV_NULL && member->kind != CV_MEMBER_TARGET)
                no_related(row, name);
        } else {
            *out = manager_of(row, member, name);
        }
        return true;
    }
    const CvShellMethod *method = cv_shell_find_method(cv_shell_row_methods, name);
    if (!method && cv_model_holds_types(model))
        method = cv_shell_find_method(cv_shell_type_methods, name);
    if (method) {
        *out = cv_shell_method_value(method, model->name, value);
        return true;
    }
    if (display_method(value, name, out) || neighbour_method(value, name, out) ||
        cv_shell_order_method(value, name, out))
        return true;
    if (cv_row_type_resolve(&model->type, name, &accessor)) {
        accessor.read(&accessor, row, cv_arena(), out);
        return out->kind != CV_MISSING;
    }
    return false;
}

bool cv_shell_row_has_method(CvValue row, CvSlice name)
{
    const CvModel *model = cv_row_model(row.object);
    if (cv_slice_is(name, "get_absolute_url"))
        return model->options->get_absolute_url;
    for (; model; model = model->parent)
        for (const CvRowMethod *method = model->methods; method && method->name; method++)
            if (cv_slice_is(name, method->name))
                return true;
    return false;
}

/* ---- methods ---- */

static CvValue get_display(CvValue self, const CvShellCall *call)
{
    size_t length = strlen(call->name);
    const char *field = cv_slice_string(cv_arena(), cv_slice_of(call->name + 4, length - 12));
    return cv_value_string(cv_row_display(self.object, field));
}

static bool display_method(CvValue row, CvSlice name, CvValue *out)
{
    if (!cv_slice_starts_with(name, CV_SLICE("get_")) || !cv_slice_ends_with(name, CV_SLICE("_display")) ||
        name.length <= 12)
        return false;
    const CvColumn *column = cv_model_column(cv_row_model(row.object), cv_slice_range(name, 4, name.length - 8));
    if (!column || !column->field->choices)
        return false;
    const CvShellMethod method = {cv_slice_string(cv_arena(), name), "", get_display};
    *out = cv_shell_method_value(&method, NULL, row);
    return true;
}

/* get_next_by_FOO(lookups), get_previous_by_FOO(lookups). */
static const char *neighbour_field(CvSlice name, bool *next)
{
    *next = cv_slice_starts_with(name, CV_SLICE("get_next_by_"));
    if (!*next && !cv_slice_starts_with(name, CV_SLICE("get_previous_by_")))
        return NULL;
    return cv_slice_string(cv_arena(), cv_slice_skip(name, *next ? 12 : 16));
}

static CvValue get_neighbour(CvValue self, const CvShellCall *call)
{
    bool next;
    const CvModel *model = cv_row_model(self.object);
    const char *field = neighbour_field(cv_slice(call->name), &next);
    CvQuerySet *among = cv_objects_of(model);
    if (call->keyword_count)
        among = cv_where_at(
            among, cv_shell_condition(NULL, call->keyword_count, call->keywords, call->keyword_values, "&"), false);
    void *row = cv_neighbour_of(self.object, field, next, among);
    if (!row)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->name);
    return cv_value_object(row);
}

static bool neighbour_method(CvValue row, CvSlice name, CvValue *out)
{
    bool next;
    const char *field = neighbour_field(name, &next);
    if (!field || !cv_row_has_neighbours(cv_row_model(row.object), field))
        return false;
    const CvShellMethod method = {cv_slice_string(cv_arena(), name), "**", get_neighbour};
    *out = cv_shell_method_value(&method, NULL, row);
    return true;
}

static CvValue serializable_value(CvValue self, const CvShellCall *call)
{
    CvSlice name = cv_value_as_slice(call->given[0]);
    const CvColumn *column = cv_model_column(cv_row_model(self.object), name);
    CvValue out;
    CvSlice attribute = column && column->attribute ? cv_slice(column->attribute) : name;
    if (!cv_shell_row_attribute(self, attribute, &out))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%.*s'", cv_row_model(self.object)->name,
                 CV_SLICE_ARG(name));
    return out;
}

static bool flag(CvValue value)
{
    return value.kind != CV_MISSING && cv_shell_truth(value);
}

/* given: force_insert, force_update, using, update_fields */
static CvValue save(CvValue self, const CvShellCall *call)
{
    void *row = (void *)(uintptr_t)self.object;
    CvSaveOptions options = {.force_insert = flag(call->given[0]), .force_update = flag(call->given[1])};
    if (call->given[2].kind != CV_MISSING && call->given[2].kind != CV_NULL)
        options.using = cv_shell_text(call->given[2]);
    if (call->given[3].kind != CV_MISSING && call->given[3].kind != CV_NULL)
        options.update_fields = cv_shell_texts(call->given[3]);
    cv_save_row(row, &options);
    return cv_value_null();
}

static const char *text_or_null(CvValue value)
{
    return value.kind == CV_MISSING || value.kind == CV_NULL ? NULL : cv_shell_text(value);
}

static CvValue delete_row(CvValue self, const CvShellCall *call)
{
    const void *row = self.object;
    return cv_shell_delete(
        row, &(CvDeleteOptions){.keep_parents = flag(call->given[1]), .using = text_or_null(call->given[0])});
}

static CvValue refresh(CvValue self, const CvShellCall *call)
{
    if (call->given[1].kind != CV_MISSING && call->given[1].kind != CV_NULL)
        cv_reload_fields_of((void *)(uintptr_t)self.object, cv_shell_texts(call->given[1]));
    else
        cv_reload((void *)(uintptr_t)self.object);
    return cv_value_null();
}

static CvValue deferred_fields(CvValue self, const CvShellCall *call)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(cv_row_model(self.object), &count);
    CvList *names = cv_list_create(cv_arena());
    (void)call;
    for (size_t i = 0; i < count; i++)
        if (columns[i].column && cv_row_is_deferred(self.object, &columns[i]))
            cv_list_add(cv_arena(), names, cv_value_string(columns[i].attribute));
    CvShellSet *set = cv_new(CvShellSet);
    *set = (CvShellSet){.type = &cv_shell_set_type, .items = names};
    return cv_value_object(set);
}

/* given: exclude, validate_unique, validate_constraints */
static CvValue full_clean(CvValue self, const CvShellCall *call)
{
    cv_full_clean_or_raise((void *)(uintptr_t)self.object, .exclude = cv_shell_texts(call->given[0]),
                           .skip_unique = call->given[1].kind != CV_MISSING && !flag(call->given[1]),
                           .skip_constraints = call->given[2].kind != CV_MISSING && !flag(call->given[2]));
    return cv_value_null();
}

static CvValue one_step(CvValue self, CvValue names, bool (*step)(void *, const char *const *, CvRowErrors *))
{
    CvRowErrors errors = {0};
    if (!step((void *)(uintptr_t)self.object, cv_shell_texts(names), &errors))
        cv_raise(CV_ERROR_VALIDATION, "%s", cv_row_errors_text(&errors));
    return cv_value_null();
}

static CvValue clean(CvValue self, const CvShellCall *call)
{
    CvRowErrors errors = {0};
    (void)call;
    if (!cv_clean_row((void *)(uintptr_t)self.object, &errors))
        cv_raise(CV_ERROR_VALIDATION, "%s", cv_row_errors_text(&errors));
    return cv_value_null();
}

static CvValue clean_fields(CvValue self, const CvShellCall *call)
{
    return one_step(self, call->given[0], cv_clean_fields);
}

static CvValue validate_unique(CvValue self, const CvShellCall *call)
{
    return one_step(self, call->given[0], cv_validate_unique);
}

static CvValue validate_constraints(CvValue self, const CvShellCall *call)
{
    return one_step(self, call->given[0], cv_validate_constraints);
}

const CvShellMethod cv_shell_row_methods[] = {
    {"save", "force_insert? force_update? using? update_fields?", save},
    {"delete", "using? keep_parents?", delete_row},
    {"refresh_from_db", "using? fields?", refresh},
    {"get_deferred_fields", "", deferred_fields},
    {"serializable_value", "field_name", serializable_value},
    {"full_clean", "exclude? validate_unique? validate_constraints?", full_clean},
    {"clean", "", clean},
    {"clean_fields", "exclude?", clean_fields},
    {"validate_unique", "exclude?", validate_unique},
    {"validate_constraints", "exclude?", validate_constraints},
    {0},
};
