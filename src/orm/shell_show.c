/* shell_show.c: results for people: rows as tables, one row as a list of its members, all else as repr(). */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "text/utf8.h"

#define ROWS_SHOWN 20
#define COLUMNS_MAX 40
#define CELL_WIDTH 40 /* characters; what is longer is cut */

typedef struct Table {
    const char *names[COLUMNS_MAX]; /* headings; NULL: none */
    bool numeric[COLUMNS_MAX];
    size_t widths[COLUMNS_MAX];
    size_t columns;
    bool headed;
    CV_VECTOR(CvSlice *) rows;
    size_t hidden; /* rows that are there and not shown; SIZE_MAX: some */
} Table;

static CvSlice cell_text(CvValue value)
{
    CvBuffer out = cv_buffer(cv_arena());
    CvSlice text = value.kind == CV_NULL    ? CV_SLICE("-")
                   : value.kind == CV_BYTES ? cv_value_repr(cv_arena(), value)
                                            : cv_value_str(cv_arena(), value);
    bool cut = cv_utf8_count(text) > CELL_WIDTH;
    if (cut)
        text = cv_utf8_take(text, CELL_WIDTH - 1);
    for (size_t i = 0; i < text.length; i++) /* line ends and control characters would break the table */
        cv_buffer_append_byte(&out, (unsigned char)text.data[i] < ' ' || text.data[i] == 127 ? ' ' : text.data[i]);
    if (cut)
        cv_buffer_append_string(&out, "\xe2\x80\xa6");
    return cv_buffer_slice(&out);
}

static void set_cell(Table *table, CvSlice *row, size_t column, CvValue value)
{
    size_t width;
    row[column] = cell_text(value);
    width = cv_utf8_count(row[column]);
    if (width > table->widths[column])
        table->widths[column] = width;
    if (value.kind != CV_NULL && !(value.kind >= CV_INT && value.kind <= CV_DECIMAL))
        table->numeric[column] = false;
}

static CvSlice *add_row(Table *table)
{
    CvSlice *row = cv_new_array(CvSlice, COLUMNS_MAX);
    cv_vector_push(cv_arena(), &table->rows, row);
    return row;
}

static void add_heading(Table *table, const char *name)
{
    size_t width = cv_utf8_count(cv_slice(name));
    if (table->columns == COLUMNS_MAX)
        return;
    table->names[table->columns] = name;
    table->numeric[table->columns] = true;
    table->widths[table->columns++] = width;
    table->headed = true;
}

/* A row's own columns, those that were not deferred. */
static void add_model_row(Table *table, const void *row)
{
    size_t count, at = 0;
    const CvColumn *columns = cv_model_columns(cv_row_model(row), &count);
    CvSlice *cells = add_row(table);
    for (size_t i = 0; i < count && at < COLUMNS_MAX; i++) {
        if (!columns[i].column || cv_row_is_deferred(row, &columns[i]))
            continue;
        if (table->rows.count == 1)
            add_heading(table, columns[i].attribute);
        set_cell(table, cells, at++, cv_row_get(row, &columns[i]));
    }
}

static void add_record(Table *table, const CvRecord *record)
{
    CvSlice *cells = add_row(table);
    for (size_t i = 0; i < record->shape->count && i < COLUMNS_MAX; i++) {
        if (table->rows.count == 1)
            add_heading(table, cv_strdup(record->shape->names[i]));
        set_cell(table, cells, i, record->values[i]);
    }
}

static void add_list(Table *table, const CvList *items)
{
    CvSlice *cells = add_row(table);
    for (size_t i = 0; i < items->count && i < COLUMNS_MAX; i++) {
        if (i >= table->columns) {
            table->numeric[i] = true;
            table->columns = i + 1;
        }
        set_cell(table, cells, i, items->items[i]);
    }
}

/* False: not all items are of one kind that makes a table. */
static bool add_item(Table *table, CvValue item, CvValue first)
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

static void put_cell(CvBuffer *out, const Table *table, size_t column, CvSlice text, bool right)
{
    size_t width = cv_utf8_count(text), gap = table->widths[column] > width ? table->widths[column] - width : 0;
    bool last = column + 1 == table->columns;
    if (right)
        cv_buffer_append_repeated(out, ' ', gap);
    cv_buffer_append_slice(out, text);
    if (!right && !last)
        cv_buffer_append_repeated(out, ' ', gap);
    cv_buffer_append_string(out, last ? "\n" : "  ");
}

static void write_table(CvBuffer *out, const Table *table)
{
    for (size_t i = 0; table->headed && i < table->columns; i++)
        put_cell(out, table, i, cv_slice(table->names[i]), table->numeric[i]);
    for (size_t i = 0; table->headed && i < table->columns; i++) {
        cv_buffer_append_repeated(out, '-', table->widths[i]);
        cv_buffer_append_string(out, i + 1 == table->columns ? "\n" : "  ");
    }
    for (size_t r = 0; r < table->rows.count; r++)
        for (size_t i = 0; i < table->columns; i++)
            put_cell(out, table, i, table->rows.items[r][i], table->numeric[i]);
    if (table->hidden == SIZE_MAX)
        cv_buffer_printf(out, "(the first %zu rows)", table->rows.count);
    else
        cv_buffer_printf(out, "(%zu row%s%s)", table->rows.count + table->hidden,
                         table->rows.count + table->hidden == 1 ? "" : "s",
                         table->hidden ? ", the first are shown" : "");
}

static void show_members(CvBuffer *out, const char *title, const Table *table)
{
    size_t width = 0;
    cv_buffer_append_string(out, title);
    for (size_t i = 0; i < table->columns; i++)
        width = cv_utf8_count(cv_slice(table->names[i])) > width ? cv_utf8_count(cv_slice(table->names[i])) : width;
    for (size_t i = 0; i < table->columns; i++)
        cv_buffer_printf(out, "\n  %-*s  %.*s", (int)width, table->names[i], CV_SLICE_ARG(table->rows.items[0][i]));
}

static bool show_items(CvBuffer *out, const CvList *items, bool more)
{
    Table table = {.hidden = more ? SIZE_MAX : 0};
    if (items->count == 0)
        return false;
    for (size_t i = 0; i < items->count; i++) {
        if (i == ROWS_SHOWN) {
            table.hidden = more ? SIZE_MAX : items->count - i;
            break;
        }
        if (!add_item(&table, items->items[i], items->items[0]))
            return false;
    }
    if (table.columns == 0)
        return false;
    write_table(out, &table);
    return true;
}

/* No more rows are fetched than are shown. */
static bool show_query(CvBuffer *out, CvQuerySet *set)
{
    bool more = false;
    if (!set->fetched) {
        set = cv_slice_at(set, 0, ROWS_SHOWN + 1);
        more = cv_length_of(set) > ROWS_SHOWN;
    }
    const CvList *items = cv_shell_items(cv_value_object(set));
    if (items->count == 0) {
        cv_buffer_append_string(out, "(no rows)");
        return true;
    }
    if (show_items(out, items, more))
        return true;
    cv_value_append_repr(out, cv_value_list(items));
    if (more)
        cv_buffer_printf(out, "\n(the first %d)", ROWS_SHOWN + 1);
    return true;
}

void cv_shell_show(CvBuffer *out, CvValue value)
{
    Table table = {0};
    if (value.kind == CV_NULL)
        return;
    if (cv_shell_is_row(value)) {
        CvSlice title = cv_value_repr(cv_arena(), value);
        add_model_row(&table, value.object);
        show_members(out, cv_slice_string(cv_arena(), title), &table);
        return;
    }
    if (cv_shell_is_query(value) && show_query(out, cv_shell_query(value)))
        return;
    if (value.kind == CV_LIST && show_items(out, value.list, false))
        return;
    cv_value_append_repr(out, value);
}
