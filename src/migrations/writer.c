/* writer.c: operations and whole migrations as the text of a list file. */
#include "migrations/kinds.h"
#include "migrations/writer_private.h"

enum { WORD_WIDTH = 16, OPERATIONS_DEPTH_MAX = 8 };

typedef struct Writer {
    CvArena *arena;
    const char *app_label;
    CvBuffer out;
    size_t indent, depth;
} Writer;

static void write_operation(Writer *writer, const CvOperation *operation);

static void begin_line(Writer *writer)
{
    cv_buffer_append_repeated(&writer->out, ' ', writer->indent);
}

static void end_call(Writer *writer, const CvCallText *call)
{
    begin_line(writer);
    cv_buffer_append_string(&writer->out, cv_call_end(call, writer->indent));
    cv_buffer_append_byte(&writer->out, '\n');
}

static CvCallText begin_call(Writer *writer, const CvOperation *operation, const char *word)
{
    CvCallText call = cv_call_text(writer->arena, word, WORD_WIDTH);
    if (operation->model)
        cv_call_add(&call, operation->model);
    return call;
}

/* ---- CreateModel ---- */

static CvCallText model_head(Writer *writer, const CvOperation *operation, const CvField *key)
{
    CvArena *arena = writer->arena;
    const char *word = operation->proxy     ? "CreateProxyModel"
                       : operation->to      ? "CreateChildModel"
                       : operation->own_key ? "CreateModelKey"
                                            : "CreateModel";
    CvCallText call = cv_call_text(arena, word, 0);
    cv_call_add(&call, operation->model);
    if (operation->to)
        cv_call_add(&call, cv_label_in(arena, writer->app_label, operation->to));
    else if (operation->own_key)
        cv_call_add(&call, cv_field_text(arena, writer->app_label, key, 0, cv_call_column(&call, writer->indent)));
    return call;
}

static void write_create_model(Writer *writer, const CvOperation *operation)
{
    CvArena *arena = writer->arena;
    CvModelOptions options = operation->options ? *operation->options : (CvModelOptions){0};
    const CvField *fields = operation->fields, *key = NULL;
    size_t width = 0;
    if (!operation->to)
        key = fields++; /* the key stands in the head, or is not written */
    for (const CvField *field = fields; field && field->name; field++) {
        size_t length = strlen(cv_field_word(arena, field));
        width = length > width ? length : width;
        if (field->order_within)
            options.order_with_respect_to = field->order_within;
    }
    CvCallText call = model_head(writer, operation, key);
    cv_call_model_options(&call, &options, writer->indent);
    end_call(writer, &call);
    writer->indent += 4;
    for (const CvField *field = fields; field && field->name; field++) {
        if (field->order_within)
            continue;
        begin_line(writer);
        cv_buffer_append_string(&writer->out, cv_field_text(arena, writer->app_label, field, width, writer->indent));
        cv_buffer_append_byte(&writer->out, '\n');
    }
    writer->indent -= 4;
    begin_line(writer);
    cv_buffer_append_string(&writer->out, "END\n");
}

/* ---- the other kinds ---- */

static void write_field(Writer *writer, const CvOperation *operation, const char *word)
{
    CvCallText call = begin_call(writer, operation, word);
    size_t column = cv_call_column(&call, writer->indent) + strlen(operation->model) + 2;
    cv_call_add(&call, cv_field_text(writer->arena, writer->app_label, operation->fields, 0, column));
    if (operation->own_key)
        cv_call_option(&call, "own_key", "true");
    if (operation->forget_default)
        cv_call_option(&call, "forget_default", "true");
    end_call(writer, &call);
}

static void write_constraint(Writer *writer, const CvOperation *operation, const char *word)
{
    CvCallText call = begin_call(writer, operation, word);
    size_t column = cv_call_column(&call, writer->indent) + strlen(operation->model) + 2;
    for (const CvConstraint *row = operation->constraints; row && row->kind; row++) {
        const char *text = cv_constraint_text(writer->arena, row, column);
        if (row == operation->constraints)
            cv_call_add(&call, text);
        else /* rows stand behind one another, without commas */
            call.arguments.items[1] =
                cv_arena_printf(writer->arena, "%s\n%*s%s", call.arguments.items[1], (int)column, "", text);
    }
    end_call(writer, &call);
}

/* Names that are identifiers in a list file, or texts. */
static void write_names(Writer *writer, const CvOperation *operation, const char *word, bool texts, const char *one,
                        const char *other)
{
    CvCallText call = begin_call(writer, operation, word);
    const char *names[] = {one, other};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (names[i])
            cv_call_add(&call, texts ? cv_literal(writer->arena, names[i], 0) : names[i]);
    end_call(writer, &call);
}

static void write_text_or_null(Writer *writer, const CvOperation *operation, const char *word)
{
    CvCallText call = begin_call(writer, operation, word);
    size_t column = cv_call_column(&call, writer->indent);
    cv_call_add(&call, operation->to ? cv_literal(writer->arena, operation->to, column) : "NULL");
    end_call(writer, &call);
}

static void write_rename_index(Writer *writer, const CvOperation *operation)
{
    CvCallText call = begin_call(writer, operation, operation->name ? "RenameIndex" : "RenameUnnamedIndex");
    cv_call_add(&call, operation->name ? cv_literal(writer->arena, operation->name, 0)
                                       : cv_literal_list(writer->arena, operation->names));
    cv_call_add(&call, cv_literal(writer->arena, operation->to, 0));
    end_call(writer, &call);
}

static void write_options(Writer *writer, const CvOperation *operation)
{
    CvCallText call = begin_call(writer, operation, "AlterModelOptions");
    if (operation->options)
        cv_call_model_options(&call, operation->options, writer->indent);
    end_call(writer, &call);
}

static void write_sql(Writer *writer, const CvOperation *operation)
{
    CvCallText call = cv_call_text(writer->arena, "RunSQL", WORD_WIDTH);
    size_t column = cv_call_column(&call, writer->indent);
    cv_call_add(&call, cv_literal(writer->arena, operation->sql, column));
    if (operation->reverse_sql)
        cv_call_option(&call, "reverse_sql",
                       cv_literal(writer->arena, operation->reverse_sql, column + strlen(".reverse_sql = ")));
    if (operation->elidable)
        cv_call_option(&call, "elidable", "true");
    end_call(writer, &call);
}

/* A function has no name at run time; the list file's words are kept beside it. */
static void write_c(Writer *writer, const CvOperation *operation)
{
    CvCallText call = cv_call_text(writer->arena, "RunC", WORD_WIDTH);
    if (!operation->name)
        cv_raise(CV_ERROR_VALUE, "A RunC that was not made by a list file cannot be written: its function has no name");
    cv_call_add(&call, operation->name);
    if (operation->to && *operation->to)
        cv_call_add(&call, operation->to);
    else if (operation->reverse == cv_run_nothing)
        cv_call_option(&call, "reverse", "cv_run_nothing");
    end_call(writer, &call);
}

static void write_block(Writer *writer, const CvOperation *operation, const char *word)
{
    if (writer->depth >= OPERATIONS_DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "%s stand more than %d deep in one another", word, OPERATIONS_DEPTH_MAX);
    begin_line(writer);
    cv_buffer_printf(&writer->out, "%s\n", word);
    writer->indent += 4;
    writer->depth++;
    for (const CvOperation *inner = operation->operations; inner && inner->kind; inner++)
        write_operation(writer, inner);
    writer->depth--;
    writer->indent -= 4;
    begin_line(writer);
    cv_buffer_append_string(&writer->out, "END\n");
}

static bool write_model_change(Writer *writer, const CvOperation *operation)
{
    const CvOperationKind *kind = operation->kind;
    if (kind == &cv_op_create_model)
        write_create_model(writer, operation);
    else if (kind == &cv_op_delete_model)
        write_names(writer, operation, "DeleteModel", false, NULL, NULL);
    else if (kind == &cv_op_rename_model)
        write_names(writer, operation, "RenameModel", false, operation->to, NULL);
    else if (kind == &cv_op_alter_model_table)
        write_text_or_null(writer, operation, "AlterModelTable");
    else if (kind == &cv_op_alter_model_table_comment)
        write_text_or_null(writer, operation, "AlterModelTableComment");
    else if (kind == &cv_op_alter_model_options)
        write_options(writer, operation);
    else if (kind == &cv_op_alter_unique_together)
        write_constraint(writer, operation, "AlterUniqueTogether");
    else if (kind == &cv_op_alter_order_with_respect_to)
        write_names(writer, operation, "AlterOrderWithRespectTo", false,
                    operation->to && *operation->to ? operation->to : NULL, NULL);
    else
        return false;
    return true;
}

static bool write_field_change(Writer *writer, const CvOperation *operation)
{
    const CvOperationKind *kind = operation->kind;
    if (kind == &cv_op_add_field)
        write_field(writer, operation, "AddField");
    else if (kind == &cv_op_alter_field)
        write_field(writer, operation, "AlterField");
    else if (kind == &cv_op_remove_field)
        write_names(writer, operation, "RemoveField", false, operation->name, NULL);
    else if (kind == &cv_op_rename_field)
        write_names(writer, operation, "RenameField", false, operation->name, operation->to);
    else if (kind == &cv_op_add_index)
        write_constraint(writer, operation, "AddIndex");
    else if (kind == &cv_op_remove_index)
        write_names(writer, operation, "RemoveIndex", true, operation->name, NULL);
    else if (kind == &cv_op_rename_index)
        write_rename_index(writer, operation);
    else if (kind == &cv_op_add_constraint)
        write_constraint(writer, operation, "AddConstraint");
    else if (kind == &cv_op_remove_constraint)
        write_names(writer, operation, "RemoveConstraint", true, operation->name, NULL);
    else if (kind == &cv_op_alter_constraint)
        write_constraint(writer, operation, "AlterConstraint");
    else
        return false;
    return true;
}

static void write_operation(Writer *writer, const CvOperation *operation)
{
    if (write_model_change(writer, operation) || write_field_change(writer, operation))
        return;
    if (operation->kind == &cv_op_run_sql)
        write_sql(writer, operation);
    else if (operation->kind == &cv_op_run_c)
        write_c(writer, operation);
    else
        write_block(writer, operation,
                    operation->kind == &cv_op_state_operations ? "StateOperations" : "DatabaseOperations");
}

const char *cv_operation_text(CvArena *arena, const char *app_label, const CvOperation *operation)
{
    Writer writer = {.arena = arena, .app_label = app_label, .out = cv_buffer(arena)};
    write_operation(&writer, operation);
    return cv_buffer_string(&writer.out);
}

/* ---- a migration ---- */

static void write_head(Writer *writer, const CvNewMigration *migration)
{
    CvCallText call = cv_call_text(writer->arena, "MIGRATION", 0);
    const CvMigrationOptions *options = &migration->options;
    const struct {
        const char *name;
        const char *const *list;
    } lists[] = {
        {"replaces", options->replaces}, {"dependencies", options->dependencies}, {"run_before", options->run_before}};
    cv_call_add(&call, migration->name);
    if (options->initial)
        cv_call_option(&call, "initial", "true");
    if (options->not_atomic)
        cv_call_option(&call, "not_atomic", "true");
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        if (lists[i].list && *lists[i].list)
            cv_call_list(&call, 0, lists[i].name, lists[i].list);
    end_call(writer, &call);
}

/* A merge: it has nothing to do itself. */
static bool joins(const CvNewMigration *migration)
{
    const char *const *needed = migration->options.dependencies;
    return needed && needed[0] && needed[1];
}

static bool has_body(const CvOperation *operation)
{
    return operation->kind == &cv_op_create_model || operation->kind == &cv_op_state_operations ||
           operation->kind == &cv_op_database_operations;
}

const char *cv_migration_text(CvArena *arena, const CvNewMigration *migration, CvDateTime moment)
{
    Writer writer = {.arena = arena, .app_label = migration->app_label, .out = cv_buffer(arena)};
    if (cv_datetime_is_set(moment)) {
        CvClock clock = cv_datetime_clock(moment, NULL);
        cv_buffer_printf(&writer.out, "/* Made by Caravan on %04d-%02d-%02d %02d:%02d. */\n", (int)clock.date.year,
                         (int)clock.date.month, (int)clock.date.day, (int)clock.time.hour, (int)clock.time.minute);
    }
    write_head(&writer, migration);
    if (!migration->count && !joins(migration))
        cv_buffer_append_string(
            &writer.out, "\n/* RunC(forwards, .reverse = backwards), RunSQL(\"...\", .reverse_sql = \"...\") */\n");
    for (size_t i = 0; i < migration->count; i++) {
        const CvOperation *operation = &migration->operations[i];
        if (i == 0 || has_body(operation) || has_body(operation - 1))
            cv_buffer_append_byte(&writer.out, '\n');
        write_operation(&writer, operation);
    }
    return cv_buffer_string(&writer.out);
}
