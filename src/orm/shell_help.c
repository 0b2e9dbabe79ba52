/* shell_help.c: help in the shell: what can be typed, what a model holds, what a method or function takes. */
#include <stdarg.h>

#include "orm/set_private.h"
#include "orm/shell_help.h"
#include "orm/shell_private.h"
#include "orm/shell_table.h"

static const char general[] =
    "Book.objects.filter(price__lt=10).order_by('-published')[:5]      rows, as a table\n"
    "Book.objects.get(slug='emma')                                     one row\n"
    "book = Book.objects.first(); then book.author, book.tags.all()    names are kept for later lines\n"
    "book.price = 9; then book.save()                                  changes are committed at once\n"
    "Book.objects.annotate(n=Count('reviews')).filter(n__gt=2)         F, Q, Count, Lower, ... are all there\n"
    "\n"
    "help(Book)                  the fields and relations of a model\n"
    "help(Book.objects.filter)   what a method or function takes\n"
    "sql(Book.objects.all())     the statement that a query would send\n"
    "\n"
    "Tab completes names, methods, fields and lookups. An open bracket goes on in the next line.\n"
    "Ctrl-C cancels a line, Ctrl-D ends. A line that begins with a space is not kept in the history.";

CvSlice cv_shell_help_text(void)
{
    return cv_slice(general);
}

/* ---- models ---- */

static void add_word(CvBuffer *out, const char *format, ...) CV_PRINTF(2, 3);
static void add_word(CvBuffer *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cv_buffer_append_string(out, out->length ? ", " : "");
    cv_buffer_append_string(out, cv_arena_vprintf(cv_arena(), format, arguments));
    va_end(arguments);
}

static CvValue options_of(const CvColumn *column)
{
    const CvField *field = column->field;
    CvBuffer out = cv_buffer(cv_arena());
    if (column->to)
        add_word(&out, "to %s", cv_model_label(column->to));
    if (column->primary_key)
        add_word(&out, "primary key");
    else if (column->unique)
        add_word(&out, "unique");
    if (column->null)
        add_word(&out, "null");
    if (field->max_length > 0)
        add_word(&out, "max_length %d", field->max_length);
    if (field->max_digits > 0)
        add_word(&out, "max_digits %d, decimal_places %d", field->max_digits, field->decimal_places);
    for (size_t i = 0; field->choices && i < field->choices->count; i++) {
        const CvChoice *choice = &field->choices->items[i];
        if (choice->text)
            add_word(&out, "%s'%s'", i ? "" : "choices ", choice->text);
        else
            add_word(&out, "%s%lld", i ? "" : "choices ", (long long)choice->number);
    }
    return cv_value_slice(cv_buffer_slice(&out));
}

static void help_fields(CvBuffer *out, const CvModel *model)
{
    CvShellTable *table = cv_new(CvShellTable);
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    table->arena = cv_arena();
    cv_table_heading(table, "field");
    cv_table_heading(table, "kind");
    cv_table_heading(table, "options");
    for (size_t i = 0; i < count; i++) {
        cv_table_row(table);
        cv_table_cell(table, 0, cv_value_string(columns[i].name));
        cv_table_cell(table, 1, cv_value_string(cv_field_class(columns[i].field)));
        cv_table_cell(table, 2, options_of(&columns[i]));
    }
    cv_table_write(out, table, &(CvShellLook){0});
}

/* What other models reach this one by, and how it reaches back. */
static void help_ways_back(CvBuffer *out, const CvModel *model)
{
    CvShellTable *table = cv_new(CvShellTable);
    table->arena = cv_arena();
    cv_table_heading(table, "way back");
    cv_table_heading(table, "in queries");
    cv_table_heading(table, "to");
    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(cv_model_info(model)->accessors, entry));) {
        const CvMember *member = entry->value;
        bool own = member->kind == CV_MEMBER_COLUMN || cv_model_column(model, cv_slice(member->name));
        if (own || !member->accessor)
            continue;
        cv_table_row(table);
        cv_table_cell(table, 0, cv_value_string(member->accessor));
        cv_table_cell(table, 1, cv_value_string(member->name));
        const char *to = member->to ? cv_model_label(member->to) : "any model";
        cv_table_cell(table, 2, cv_value_string(cv_printf("%s%s", to, member->one ? " (one)" : "")));
    }
    if (table->rows.count) {
        cv_buffer_append_byte(out, '\n');
        cv_table_write(out, table, &(CvShellLook){0});
    }
}

static void help_model(CvBuffer *out, const CvModel *model)
{
    cv_buffer_printf(out, "%s, table %s", cv_model_label(model), cv_model_table(model));
    if (model->parent)
        cv_buffer_printf(out, ", %s of %s", model->proxy ? "proxy" : "child", cv_model_label(model->parent));
    const char *const *ordering = cv_own_ordering(model);
    for (size_t i = 0; ordering && ordering[i]; i++)
        cv_buffer_printf(out, "%s%s", i ? ", " : ", ordered by ", ordering[i]);
    cv_buffer_append_byte(out, '\n');
    help_fields(out, model);
    help_ways_back(out, model);
    out->length--; /* the last line's end */
}

/* ---- methods and functions ---- */

/* "expression output_field?" as "expression, output_field=None". */
static void write_signature(CvBuffer *out, const char *name, const char *signature)
{
    CvSlice rest = cv_slice(signature), word;
    bool first = true;
    cv_buffer_printf(out, "%s(", name);
    while (cv_slice_split(&rest, ' ', &word)) {
        if (!word.length)
            continue;
        bool optional = word.data[word.length - 1] == '?';
        cv_buffer_append_string(out, first ? "" : ", ");
        cv_buffer_append_slice(out, cv_slice_range(word, 0, word.length - optional));
        if (cv_slice_is(word, "*"))
            cv_buffer_append_string(out, "args");
        else if (cv_slice_is(word, "**"))
            cv_buffer_append_string(out, "kwargs");
        else if (optional)
            cv_buffer_append_string(out, "=None");
        first = false;
    }
    cv_buffer_append_byte(out, ')');
}

static void help_function(CvBuffer *out, const CvShellFunction *function)
{
    const char *summary = cv_shell_summary(function->method.name);
    const char *owner = function->owner ? cv_printf("%s.", function->owner) : "";
    write_signature(out, cv_printf("%s%s", owner, function->method.name), function->method.signature);
    if (summary)
        cv_buffer_printf(out, "\n%s", summary);
}

CvValue cv_shell_help(CvValue self, const CvShellCall *call)
{
    CvValue thing = call->given[0];
    CvBuffer out = cv_buffer(cv_arena());
    (void)self;
    if (thing.kind == CV_MISSING)
        cv_buffer_append_slice(&out, cv_shell_help_text());
    else if (cv_shell_is(thing, &cv_shell_function_type))
        help_function(&out, thing.object);
    else if (cv_shell_is(thing, &cv_shell_model_type))
        help_model(&out, ((const CvShellModel *)thing.object)->model);
    else if (cv_shell_is(thing, &cv_shell_manager_type))
        help_model(&out, ((const CvShellManager *)thing.object)->model);
    else if (cv_shell_is_query(thing))
        help_model(&out, cv_shell_query(thing)->model);
    else if (cv_shell_is_row(thing))
        help_model(&out, cv_row_model(thing.object));
    else
        cv_buffer_printf(&out, "a value of type %s", cv_shell_type_name(thing));
    CvShellText *text = cv_new(CvShellText);
    *text = (CvShellText){&cv_shell_text_type, cv_buffer_slice(&out)};
    return cv_value_object(text);
}
