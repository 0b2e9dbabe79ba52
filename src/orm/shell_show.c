/* shell_show.c: results for people: rows as tables, one row from top to bottom, all else as repr(). */
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "orm/shell_table.h"

#define ROWS_SHOWN 20

/* ---- rows of each kind ---- */

/* A row's own columns, those that were not deferred, and its annotations. */
static void add_model_row(CvShellTable *table, const void *row)
{
    size_t count, at = 0;
    const CvColumn *columns = cv_model_columns(cv_row_model(row), &count);
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    bool first = table->rows.count == 0;
    cv_table_row(table);
    for (size_t i = 0; i < count; i++) {
        if (!columns[i].column || cv_row_is_deferred(row, &columns[i]))
            continue;
        if (first)
            cv_table_heading(table, columns[i].attribute);
        cv_table_cell(table, at++, cv_row_get(row, &columns[i]));
    }
    for (size_t i = 0; extra && i < extra->count; i++) {
        if (first)
            cv_table_heading(table, extra->names[i]);
        cv_table_cell(table, at++, extra->values[i]);
    }
}

static void add_record(CvShellTable *table, const CvRecord *record)
{
    bool first = table->rows.count == 0;
    cv_table_row(table);
    for (size_t i = 0; i < record->shape->count; i++) {
        if (first)
            cv_table_heading(table, record->shape->names[i]);
        cv_table_cell(table, i, record->values[i]);
    }
}

static void add_list(CvShellTable *table, const CvList *items)
{
    cv_table_row(table);
    for (size_t i = 0; i < items->count; i++)
        cv_table_cell(table, i, items->items[i]);
}

/* False: not all items are of one kind that makes a table. */
static bool add_item(CvShellTable *table, CvValue item, CvValue first)
{
    if (cv_shell_is_row(item) && cv_shell_is_row(first) && cv_row_model(item.object) == cv_row_model(first.object))
        add_model_row(table, item.object);
    else if (cv_shell_is_record(item) && cv_shell_is_record(first))
        add_record(table, item.object);
    else if (item.kind == CV_TUPLE && first.kind == CV_TUPLE)
        add_list(table, item.list);
    else
        return false;
    return true;
}

/* ---- lists and sets ---- */

static void write_count(CvBuffer *out, size_t shown, uint64_t total)
{
    if (total > shown)
        cv_buffer_printf(out, "(the first %zu of %llu rows)", shown, (unsigned long long)total);
    else
        cv_buffer_printf(out, "(%zu row%s)", shown, shown == 1 ? "" : "s");
}

static void write_plain(CvBuffer *out, const CvList *items, size_t shown, uint64_t total)
{
    CvList *part = cv_list_create(cv_arena());
    for (size_t i = 0; i < shown; i++)
        cv_list_add(cv_arena(), part, items->items[i]);
    cv_buffer_append_slice(out, cv_table_text(cv_arena(), cv_value_repr(cv_arena(), cv_value_list(part))));
    if (total > shown) {
        cv_buffer_append_byte(out, '\n');
        write_count(out, shown, total);
    }
}

/* `total`: how many there are, of which `items` may be the first. */
static void show_items(CvBuffer *out, const CvList *items, uint64_t total, const CvShellLook *look)
{
    CvShellTable *table = cv_new(CvShellTable);
    size_t shown = items->count < ROWS_SHOWN ? items->count : ROWS_SHOWN;
    table->arena = cv_arena();
    for (size_t i = 0; i < shown; i++)
        if (!add_item(table, items->items[i], items->items[0])) {
            write_plain(out, items, shown, total);
            return;
        }
    if (table->column_count == 0) {
        write_plain(out, items, shown, total);
        return;
    }
    cv_table_write(out, table, look);
    write_count(out, shown, total);
}

/* No more rows are fetched than are shown. */
static void show_query(CvBuffer *out, CvQuerySet *set, const CvShellLook *look)
{
    uint64_t total = 0;
    CvQuerySet *part = set;
    if (!set->fetched) {
        part = cv_slice_at(set, 0, ROWS_SHOWN + 1);
        if (cv_length_of(part) > ROWS_SHOWN)
            total = (uint64_t)cv_count_of_set(set);
    }
    const CvList *items = cv_shell_items(cv_value_object(part));
    if (items->count == 0)
        cv_buffer_append_string(out, "(no rows)");
    else
        show_items(out, items, total > items->count ? total : items->count, look);
}

static void show_row(CvBuffer *out, CvValue value, const CvShellLook *look)
{
    CvShellTable *table = cv_new(CvShellTable);
    table->arena = cv_arena();
    add_model_row(table, value.object);
    cv_buffer_append_slice(out, cv_table_text(cv_arena(), cv_value_repr(cv_arena(), value)));
    cv_buffer_append_byte(out, '\n');
    cv_table_write_members(out, table, look);
}

void cv_shell_show(CvBuffer *out, CvValue value, const CvShellLook *look)
{
    static const CvShellLook plain = {0};
    if (!look)
        look = &plain;
    if (value.kind == CV_NULL)
        return;
    if (cv_shell_is(value, &cv_shell_text_type))
        cv_buffer_append_slice(out, ((const CvShellText *)value.object)->text);
    else if (cv_shell_is(value, &cv_shell_function_type) &&
             ((const CvShellFunction *)value.object)->method.run == cv_shell_help)
        cv_buffer_append_slice(out, cv_shell_help_text());
    else if (cv_shell_is_row(value))
        show_row(out, value, look);
    else if (cv_shell_is_query(value))
        show_query(out, cv_shell_query(value), look);
    else if (value.kind == CV_LIST && value.list->count)
        show_items(out, value.list, value.list->count, look);
    else
        cv_buffer_append_slice(out, cv_table_text(cv_arena(), cv_value_repr(cv_arena(), value)));
}
