/* writer_field.c: fields, constraints and options of models as the words of a list file. */
#include <inttypes.h>

#include "migrations/writer_private.h"
#include "orm/own_field.h"

static const char *const on_deletes[] = {
    [CV_CASCADE] = "CV_CASCADE",
    [CV_PROTECT] = "CV_PROTECT",
    [CV_SET_NULL] = "CV_SET_NULL",
    [CV_SET_DEFAULT] = "CV_SET_DEFAULT",
    [CV_RESTRICT] = "CV_RESTRICT",
    [CV_DO_NOTHING] = "CV_DO_NOTHING",
    [CV_SET] = "CV_SET",
    [CV_DB_CASCADE] = "CV_DB_CASCADE",
    [CV_DB_SET_NULL] = "CV_DB_SET_NULL",
    [CV_DB_SET_DEFAULT] = "CV_DB_SET_DEFAULT",
};

const char *cv_field_word(CvArena *arena, const CvField *field)
{
    return field->nullable_word ? cv_arena_printf(arena, "Null%s", field->kind->name) : field->kind->name;
}

static const char *choices_text(CvArena *arena, const CvChoices *choices, size_t column)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_string(&out, "Choices(");
    for (size_t i = 0; i < choices->count; i++) {
        const CvChoice *choice = &choices->items[i];
        CvCallText call = cv_call_text(arena, choice->text ? "TextChoice" : "IntegerChoice", 0);
        cv_call_add(&call, choice->text ? cv_literal(arena, choice->text, column)
                                        : cv_arena_printf(arena, "%" PRId64, choice->number));
        cv_call_add(&call, cv_literal(arena, choice->label ? choice->label : "", column));
        if (choice->group)
            cv_call_option(&call, "group", cv_literal(arena, choice->group, column));
        if (i) {
            cv_buffer_append_byte(&out, '\n');
            cv_buffer_append_repeated(&out, ' ', column + strlen(".choices = Choices("));
        }
        cv_buffer_append_string(&out, cv_call_end(&call, 0));
    }
    cv_buffer_append_byte(&out, ')');
    return cv_buffer_string(&out);
}

static const char *own_text(CvArena *arena, const CvOwnField *own)
{
    CvCallText call = cv_call_text(arena, "CV_OWN", 0);
    cv_call_add(&call, cv_literal(arena, own->name, 0));
    cv_call_add(&call, own->column_type ? cv_literal(arena, own->column_type, 0) : "NULL");
    return cv_call_end(&call, 0);
}

static const char *option_value(CvArena *arena, const char *app_label, const CvOptionRow *row, const CvField *field,
                                size_t column)
{
    const void *at = (const char *)field + row->offset;
    switch (row->shape) {
    case CV_OPTION_TEXT:
        return cv_literal(arena, *(const char *const *)at, column + 4 + strlen(row->name));
    case CV_OPTION_LABEL:
        return cv_arena_printf(arena, "\"%s\"", cv_label_in(arena, app_label, *(const char *const *)at));
    case CV_OPTION_LIST:
        return cv_literal_list(arena, *(const char *const *const *)at);
    case CV_OPTION_FLAG:
        return *(const bool *)at ? "true" : "false";
    case CV_OPTION_CHOICE:
        return *(const signed char *)at ? "true" : "false";
    case CV_OPTION_SIZE:
        return cv_arena_printf(arena, "%d", *(const int *)at);
    case CV_OPTION_CALL:
        return "CV_OF_PROGRAM";
    case CV_OPTION_OWN:
        return own_text(arena, field->own);
    case CV_OPTION_CHOICES:
        return choices_text(arena, *(const CvChoices *const *)at, column);
    default:
        return on_deletes[*(const CvOnDelete *)at];
    }
}

/* What the list file would have without it is left out. */
static bool is_plain(const CvOptionRow *row, const CvField *field, const CvField *plain)
{
    const char *at = (const char *)field + row->offset, *other = (const char *)plain + row->offset;
    if (row->offset == offsetof(CvField, null))
        return field->nullable_word || !field->null;
    if (row->offset == offsetof(CvField, db_constraint) && !field->kind->relation && !field->kind->many)
        return true; /* no option of theirs */
    if (row->shape == CV_OPTION_CHOICE)
        return *at == *other;
    if ((field->auto_now || field->auto_now_add) &&
        (row->offset == offsetof(CvField, blank) || row->offset == offsetof(CvField, editable)))
        return true;
    if (row->shape == CV_OPTION_DELETE)
        return !field->on_delete;
    if (row->shape == CV_OPTION_CHOICES)
        return !field->choices;
    return cv_option_same(row, field, plain);
}

static const char *real_text(CvArena *arena, double number)
{
    CvBuffer out = cv_buffer(arena);
    if (__builtin_isinf(number))
        return number < 0 ? "-__builtin_inf()" : "__builtin_inf()";
    cv_buffer_append_double(&out, number);
    return cv_buffer_string(&out);
}

static void add_default(CvCallText *call, const CvField *field, size_t column)
{
    CvArena *arena = call->arena;
    CvField plain = *field;
    plain.default_call = NULL;
    if (!cv_field_has_default(&plain))
        return;
    const char *text = NULL;
    switch (cv_field_default_shape(field)) {
    case CV_DEFAULT_INTEGER:
        text = cv_arena_printf(arena, "%" PRId64, field->default_integer);
        break;
    case CV_DEFAULT_REAL:
        text = real_text(arena, field->default_real);
        break;
    case CV_DEFAULT_BOOLEAN:
        text = field->default_boolean ? "true" : "false";
        break;
    default:
        text = cv_literal(arena, field->default_text, column + strlen(".default = "));
    }
    cv_call_option(call, "default", text);
}

const char *cv_field_text(CvArena *arena, const char *app_label, const CvField *field, size_t width, size_t column)
{
    CvCallText call = cv_call_text(arena, cv_field_word(arena, field), width);
    size_t inside = cv_call_column(&call, column);
    if (field->key_fields) {
        for (const char *const *name = field->key_fields; *name; name++)
            cv_call_add(&call, cv_literal(arena, *name, inside));
        return cv_call_end(&call, column);
    }
    CvField plain = cv_field_of(field->name, field->kind, NULL);
    cv_call_add(&call, field->name);
    if (field->kind->relation)
        cv_call_add(&call, cv_label_in(arena, app_label, field->to_label));
    for (const CvOptionRow *row = cv_field_option_rows; row->name; row++) {
        if (row->offset == offsetof(CvField, default_call))
            add_default(&call, field, inside);
        if (!is_plain(row, field, &plain))
            cv_call_option(&call, row->name, option_value(arena, app_label, row, field, inside));
    }
    return cv_call_end(&call, column);
}

const char *cv_constraint_text(CvArena *arena, const CvConstraint *constraint, size_t column)
{
    static const char *const words[] = {
        [CV_INDEX] = "Index", [CV_UNIQUE] = "UniqueConstraint", [CV_CHECK] = "CheckConstraint"};
    CvCallText call = cv_call_text(arena, constraint->together ? "UniqueTogether" : words[constraint->kind], 0);
    size_t inside = cv_call_column(&call, column);
    if (constraint->together) {
        for (const char *const *name = constraint->fields; name && *name; name++)
            cv_call_add(&call, cv_literal(arena, *name, inside));
        return cv_call_end(&call, column);
    }
    const struct {
        const char *name;
        const char *const *list;
    } lists[] = {
        {"fields", constraint->fields}, {"expressions", constraint->expressions}, {"include", constraint->include}};
    const struct {
        const char *name, *text;
    } texts[] = {{"condition", constraint->condition},
                 {"name", constraint->name},
                 {"violation_error_message", constraint->violation_error_message},
                 {"violation_error_code", constraint->violation_error_code}};
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        if (lists[i].list)
            cv_call_option(&call, lists[i].name, cv_literal_list(arena, lists[i].list));
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        if (texts[i].text)
            cv_call_option(&call, texts[i].name, cv_literal(arena, texts[i].text, inside + 4 + strlen(texts[i].name)));
    if (constraint->deferrable)
        cv_call_option(&call, "deferrable", "true");
    if (constraint->nulls_not_distinct)
        cv_call_option(&call, "nulls_not_distinct", "true");
    return cv_call_end(&call, column);
}

static const char *constraints_text(CvArena *arena, const CvConstraint *constraints, size_t column)
{
    CvBuffer out = cv_buffer(arena);
    size_t indent = column + strlen(".constraints = Constraints(");
    cv_buffer_append_string(&out, "Constraints(");
    for (const CvConstraint *constraint = constraints; constraint->kind; constraint++) {
        if (constraint != constraints) {
            cv_buffer_append_byte(&out, '\n');
            cv_buffer_append_repeated(&out, ' ', indent);
        }
        cv_buffer_append_string(&out, cv_constraint_text(arena, constraint, indent));
    }
    cv_buffer_append_byte(&out, ')');
    return cv_buffer_string(&out);
}

void cv_call_model_options(CvCallText *call, const CvModelOptions *options, size_t column)
{
    CvArena *arena = call->arena;
    size_t inside = cv_call_column(call, column);
    const struct {
        const char *name, *text;
    } texts[] = {{"db_table", options->db_table},
                 {"db_table_comment", options->db_table_comment},
                 {"verbose_name", options->verbose_name},
                 {"verbose_name_plural", options->verbose_name_plural},
                 {"get_latest_by", options->get_latest_by},
                 {"default_related_name", options->default_related_name},
                 {"order_with_respect_to", options->order_with_respect_to}};
    const struct {
        const char *name;
        const char *const *list;
    } lists[] = {{"ordering", options->ordering},
                 {"unique_together", options->unique_together},
                 {"permissions", options->permissions},
                 {"default_permissions", options->default_permissions}};
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        if (texts[i].text)
            cv_call_option(call, texts[i].name, cv_literal(arena, texts[i].text, inside + 4 + strlen(texts[i].name)));
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        if (lists[i].list)
            cv_call_option(call, lists[i].name, cv_literal_list(arena, lists[i].list));
    if (options->unmanaged)
        cv_call_option(call, "unmanaged", "true");
    if (options->select_on_save)
        cv_call_option(call, "select_on_save", "true");
    if (options->constraints && options->constraints->kind)
        cv_call_option(call, "constraints", constraints_text(arena, options->constraints, inside));
}
