/* meta_checks.c: mistakes in a model's options that the compiler cannot see, with Django's messages. */
#include "orm/registry_private.h"
#include "orm/schema.h"
#include "orm/shell.h"
#include "orm/verify.h"

#define MOST_INDEX_NAME 30

typedef struct Check {
    const CvModelInfo *info;
    CvErrors *errors;
    const char *text; /* of cv_model_verify(): what is compiled */
    bool is_default;
} Check;

#define wrong(check, format, ...) \
    cv_registry_wrong((check)->errors, (check)->info, NULL, "%s: " format, (check)->info->label, __VA_ARGS__)

/* ---- names of fields ---- */

static void check_field(const Check *check, const char *option, const char *name)
{
    const CvModelInfo *info = check->info;
    const CvColumn *column = cv_map_get(info->attributes, cv_slice(name));
    if (!column)
        wrong(check, "'%s' refers to the nonexistent field '%s'.", option, name);
    else if (column->field->kind->many)
        wrong(check, "'%s' refers to a ManyToManyField '%s', but ManyToManyFields are not permitted in '%s'.", option,
              name, option);
    else if (column->concrete && cv_model_info(column->model)->concrete != info->concrete)
        wrong(check, "'%s' refers to field '%s' which is not local to model '%s'.", option, name, info->model->name);
}

static void check_fields(const Check *check, const char *option, const char *const *names)
{
    for (; names && *names; names++)
        check_field(check, option, **names == '-' ? *names + 1 : *names);
}

static void check_ordering(const Check *check)
{
    const char *const *names = check->info->model->options->ordering;
    if (check->info->order && names && *names) {
        wrong(check, "%s", "'ordering' and 'order_with_respect_to' cannot be used together.");
        return;
    }
    for (; names && *names; names++) {
        const char *name = **names == '-' ? *names + 1 : *names, *end = strstr(name, "__");
        CvSlice first = end ? cv_slice_of(name, (size_t)(end - name)) : cv_slice(name);
        if (cv_slice_is(first, "pk") || cv_slice_is(first, "?") || cv_map_get(check->info->members, first) ||
            cv_map_get(check->info->attributes, first))
            continue;
        wrong(check, "'ordering' refers to the nonexistent field, related field, or lookup '%s'.", name);
    }
}

static void check_dates(const Check *check, const CvColumn *column)
{
    const CvField *field = column->field;
    const char *const names[] = {field->unique_for_date, field->unique_for_month, field->unique_for_year};
    static const char *const options[] = {"unique_for_date", "unique_for_month", "unique_for_year"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++) {
        const CvColumn *other = names[i] ? cv_map_get(check->info->attributes, cv_slice(names[i])) : NULL;
        if (names[i] && (!other || (other->storage != CV_STORE_DATE && other->storage != CV_STORE_DATETIME)))
            wrong(check, "'%s' of '%s' refers to '%s', which is no date of the model.", options[i], column->name,
                  names[i]);
    }
}

static bool has_default(const CvField *field)
{
    return field->default_call || field->default_text;
}

static void check_column(const Check *check, const CvColumn *column)
{
    const CvField *field = column->field;
    check_dates(check, column);
    if (field->kind == &cv_ip_address_field && field->blank && !column->null)
        wrong(check,
              "'%s': GenericIPAddressFields cannot have blank=True if null=False, as blank values are stored as nulls.",
              column->name);
    if (field->auto_now + field->auto_now_add + ((field->auto_now || field->auto_now_add) && has_default(field)) > 1)
        wrong(check,
              "'%s': The options auto_now, auto_now_add, and default are mutually exclusive. Only one of these options "
              "may be present.",
              column->name);
    if (field->generated && field->db_default)
        wrong(check, "'%s': a generated field has no database default.", column->name);
}

/* A manager's name is no field's and no relation's, and not one that all models have. */
static void check_managers(const Check *check)
{
    const CvModelInfo *info = check->info;
    for (const CvManager *manager = info->model->managers; manager && manager->name; manager++)
        if (cv_map_get(info->attributes, cv_slice(manager->name)) ||
            cv_map_get(info->accessors, cv_slice(manager->name)) || strcmp(manager->name, "objects") == 0)
            wrong(check, "the manager '%s' has the name of a field, a relation or of all managers.", manager->name);
}

/* ---- indexes and constraints ---- */

static bool named_before(const CvConstraint *constraint, const CvModelInfo *info)
{
    for (const CvConstraint *c = info->model->constraints; c && c != constraint; c++)
        if (c->name && constraint->name && (c->kind == CV_INDEX) == (constraint->kind == CV_INDEX) &&
            strcmp(c->name, constraint->name) == 0)
            return true;
    return false;
}

static void check_name(const Check *check, const CvConstraint *c)
{
    bool index = c->kind == CV_INDEX;
    if (!c->name) {
        if (!index && !c->together)
            wrong(check, "a %s needs .name", c->kind == CV_UNIQUE ? "UniqueConstraint" : "CheckConstraint");
        else if (c->expressions || c->condition)
            wrong(check, "An index must be named to use %s.", c->expressions ? "expressions" : "condition");
        return;
    }
    if (named_before(c, check->info))
        wrong(check, "%s name '%s' is not unique for model %s.", index ? "index" : "constraint", c->name,
              check->info->label);
    if (index && (c->name[0] == '_' || (c->name[0] >= '0' && c->name[0] <= '9')))
        wrong(check, "The index name '%s' cannot start with an underscore or a number.", c->name);
    if (index && strlen(c->name) > MOST_INDEX_NAME)
        wrong(check, "The index name '%s' cannot be longer than %d characters.", c->name, MOST_INDEX_NAME);
}

static void check_constraint(const Check *check, const CvConstraint *c)
{
    const char *what = c->kind == CV_INDEX ? "Index" : "UniqueConstraint";
    check_name(check, c);
    if (c->kind == CV_CHECK) {
        if (!c->condition)
            wrong(check, "the CheckConstraint '%s' needs .condition", c->name ? c->name : "");
        return;
    }
    bool fields = c->fields && *c->fields, expressions = c->expressions && *c->expressions;
    if (!fields && !expressions)
        wrong(check, "At least one field or expression is required to define %s.",
              c->kind == CV_INDEX ? "an index" : "a unique constraint");
    if (fields && expressions)
        wrong(check, "%s.fields and expressions are mutually exclusive.", what);
    if (c->deferrable && (c->condition || expressions))
        wrong(check, "UniqueConstraint with %s cannot be deferred.", c->condition ? "conditions" : "expressions");
    check_fields(check, c->kind == CV_INDEX ? "indexes" : c->together ? "unique_together" : "constraints", c->fields);
    check_fields(check, c->kind == CV_INDEX ? "indexes" : "constraints", c->include);
}

void cv_registry_check_meta(const CvModelInfo *info, CvErrors *errors)
{
    const Check check = {.info = info, .errors = errors};
    check_managers(&check);
    if (info->model->proxy || info->automatic)
        return;
    check_ordering(&check);
    check_fields(&check, "unique_together", info->model->options->unique_together);
    for (const CvConstraint *c = info->model->constraints; c && c->kind; c++)
        check_constraint(&check, c);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].model == info->model)
            check_column(&check, &info->columns[i]);
}

/* ---- what is written in the shell's syntax ---- */

static void compile_text(void *argument)
{
    const Check *check = argument;
    CvExpr *expr = check->is_default ? cv_default_of_text(check->text) : cv_expression_of_text(check->text);
    (void)cv_schema_expression(cv_arena(), check->info->model, expr, check->text);
}

static void check_text(Check *check, const char *place, const char *text, bool is_default)
{
    CvError *error;
    if (!text)
        return;
    check->text = text;
    check->is_default = is_default;
    if (!cv_try(compile_text, check, &error))
        wrong(check, "%s \"%s\": %s", place, text, error->message);
}

bool cv_model_verify(const CvModel *model, CvErrors *errors)
{
    Check check = {.info = cv_model_info(model), .errors = errors};
    size_t before = errors->count;
    for (const CvConstraint *c = model->constraints; c && c->kind; c++) {
        check_text(&check, c->name ? c->name : "condition", c->condition, false);
        for (const char *const *text = c->expressions; text && *text; text++)
            check_text(&check, c->name ? c->name : "expression", *text, false);
    }
    for (size_t i = 0; i < check.info->concrete_count; i++) {
        const CvColumn *column = &check.info->columns[i];
        if (column->model != model)
            continue;
        check_text(&check, column->name, column->field->generated, false);
        check_text(&check, column->name, column->field->db_default, true);
    }
    return errors->count == before;
}
