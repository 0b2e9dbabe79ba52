/* state_copy.c: descriptions of fields, options and constraints, copied into a state and brought to one form. */
#include "migrations/state_private.h"

#include "orm/own_field.h"

CvValue cv_of_program(CvArena *arena)
{
    (void)arena;
    cv_raise(CV_ERROR_CONFIGURATION, "this default is a function of a field that the program no longer has");
}

const char *cv_text_copy(CvArena *arena, const char *text)
{
    return text ? cv_arena_strdup(arena, text) : NULL;
}

static const char *const *copied(CvArena *arena, const char *const *names, const char *name, const char *new_name)
{
    size_t count = 0;
    while (names && names[count])
        count++;
    if (!names)
        return NULL;
    const char **copy = cv_arena_new_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool minus = names[i][0] == '-';
        if (name && cv_name_is(names[i] + minus, name))
            copy[i] = cv_arena_printf(arena, "%s%s", minus ? "-" : "", new_name);
        else
            copy[i] = cv_arena_strdup(arena, names[i]);
    }
    return copy;
}

const char *const *cv_names_copy(CvArena *arena, const char *const *names)
{
    return copied(arena, names, NULL, NULL);
}

const char *const *cv_names_renamed(CvArena *arena, const char *const *names, const char *name, const char *new_name)
{
    return copied(arena, names, name, new_name);
}

static const CvChoices *choices_copy(CvArena *arena, const CvChoices *choices)
{
    if (!choices)
        return NULL;
    CvChoices *copy = cv_arena_new(arena, CvChoices);
    CvChoice *items = cv_arena_new_array(arena, CvChoice, choices->count + 1);
    for (size_t i = 0; i < choices->count; i++) {
        const CvChoice *from = &choices->items[i];
        items[i] = (CvChoice){.name = "",
                              .text = cv_text_copy(arena, from->text),
                              .number = from->text ? 0 : from->number,
                              .label = cv_text_copy(arena, from->label),
                              .group = cv_text_copy(arena, from->group)};
    }
    *copy = (CvChoices){.name = "", .items = items, .count = choices->count};
    return copy;
}

static const CvOwnField *own_copy(CvArena *arena, const CvOwnField *own)
{
    if (!own)
        return NULL;
    CvOwnField *copy = cv_arena_new(arena, CvOwnField);
    *copy = (CvOwnField){.name = cv_text_copy(arena, own->name), .column_type = cv_text_copy(arena, own->column_type)};
    return copy;
}

/* What stands in the union of defaults. */
static bool default_is_text(const CvField *field)
{
    const CvFieldKind *kind = field->kind;
    return kind->storage != CV_STORE_NONE && !kind->least && !kind->most && !kind->relation &&
           kind->storage != CV_STORE_FLOAT && kind->storage != CV_STORE_BOOL;
}

CvField cv_field_without_default(const CvField *field)
{
    CvField copy = *field, blank = cv_field_of(field->name, field->kind, NULL);
    copy.default_call = NULL;
    copy.default_integer = blank.default_integer;
    return copy;
}

static void settle(CvField *field)
{
    const CvFieldKind *kind = field->kind;
    field->null |= field->nullable_word;
    field->nullable_word = field->null && kind->null_storage != kind->storage;
    bool indexed = kind == &cv_slug_field || (kind->relation && !kind->many);
    if (field->db_index == indexed)
        field->db_index = -1;
    if (field->db_constraint > 0 || (!kind->relation && !kind->many)) /* the others have no such option */
        field->db_constraint = -1;
    if (field->symmetrical > 0 || !kind->many)
        field->symmetrical = -1;
    field->for_concrete_model = -1;
    if (field->auto_now || field->auto_now_add) {
        field->editable = false;
        field->blank = true;
    }
    field->blank |= kind->automatic;
    field->min_value = field->max_value = CV_NO_NUMBER;
    field->validators = NULL;
    field->default_call = field->default_call ? CV_OF_PROGRAM : NULL;
    field->on_delete_call = NULL;
    field->upload_to_call = NULL;
    field->storage = NULL;
    field->offset = field->line = 0;
}

CvField cv_field_copy(CvArena *arena, const char *app_label, const CvField *field)
{
    CvField copy = *field;
#define TEXT(member) copy.member = cv_text_copy(arena, copy.member)
    TEXT(name);
    TEXT(order_within);
    TEXT(verbose_name);
    TEXT(help_text);
    TEXT(db_column);
    TEXT(db_comment);
    TEXT(db_default);
    TEXT(generated);
    TEXT(unique_for_date);
    TEXT(unique_for_month);
    TEXT(unique_for_year);
    TEXT(db_collation);
    TEXT(protocol);
    TEXT(upload_to);
    TEXT(width_field);
    TEXT(height_field);
    TEXT(path);
    TEXT(match);
    TEXT(related_name);
    TEXT(to_field);
    TEXT(limit_choices_to);
    TEXT(related_query_name);
    TEXT(content_type);
    TEXT(object_id);
    TEXT(db_table);
#undef TEXT
    if (default_is_text(&copy))
        copy.default_text = cv_text_copy(arena, copy.default_text);
    copy.key_fields = cv_names_copy(arena, copy.key_fields);
    copy.error_messages = cv_names_copy(arena, copy.error_messages);
    copy.through_fields = cv_names_copy(arena, copy.through_fields);
    copy.choices = choices_copy(arena, copy.choices);
    copy.own = own_copy(arena, copy.own);
    if (copy.to)
        copy.to_label = cv_model_label(copy.to);
    if (copy.through)
        copy.through_label = cv_model_label(copy.through);
    copy.to = copy.through = NULL;
    copy.to_label = copy.to_label ? cv_label_full(arena, app_label, copy.to_label) : NULL;
    copy.through_label = copy.through_label ? cv_label_full(arena, app_label, copy.through_label) : NULL;
    settle(&copy);
    return copy;
}

CvModelOptions cv_options_copy(CvArena *arena, const CvModelOptions *options)
{
    CvModelOptions copy = options ? *options : (CvModelOptions){0};
    copy.str = NULL;
    copy.get_absolute_url = NULL;
    copy.clean = NULL;
    copy.before_save = NULL;
    copy.default_manager = NULL;
    copy.natural_key = NULL;
    copy.constraints = NULL;
    copy.managers = NULL;
    copy.unique_together = NULL;
    copy.ordering = cv_names_copy(arena, copy.ordering);
    copy.permissions = cv_names_copy(arena, copy.permissions);
    copy.default_permissions = cv_names_copy(arena, copy.default_permissions);
#define TEXT(member) copy.member = cv_text_copy(arena, copy.member)
    TEXT(db_table);
    TEXT(db_table_comment);
    TEXT(verbose_name);
    TEXT(verbose_name_plural);
    TEXT(get_latest_by);
    TEXT(default_related_name);
    TEXT(order_with_respect_to);
#undef TEXT
    return copy;
}

CvConstraint cv_constraint_copy(CvArena *arena, const CvConstraint *constraint)
{
    CvConstraint copy = *constraint;
    copy.fields = cv_names_copy(arena, copy.fields);
    copy.expressions = cv_names_copy(arena, copy.expressions);
    copy.include = cv_names_copy(arena, copy.include);
#define TEXT(member) copy.member = cv_text_copy(arena, copy.member)
    TEXT(name);
    TEXT(condition);
    TEXT(violation_error_message);
    TEXT(violation_error_code);
#undef TEXT
    return copy;
}
