/* shell_table.c: rows of values as aligned text: widths by display columns, long cells cut, what does not fit named. */
#include "orm/shell_table.h"
#include "text/utf8.h"

#define CELL_WIDTH 40    /* columns of the terminal; what is longer is cut */
#define CELL_LEAST 10    /* narrower than this nothing is cut to make room */
#define MEMBER_WIDTH 400 /* of a value in a row shown from top to bottom, where the width is not known */
#define ELLIPSIS "\xe2\x80\xa6"
#define NULL_SIGN "\xe2\x88\x85" /* the empty set: no text looks like it */
#define RULE "\xe2\x94\x80"
#define GAP 2

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

CvSlice cv_table_text(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    for (CvSlice rest = text; rest.length;) {
        CvSlice before = rest;
        uint32_t point = cv_utf8_next(&rest);
        bool control = point < ' ' || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
                       (point >= 0x2066 && point <= 0x2069);
        if (control)
            cv_buffer_append_byte(&out, ' ');
        else
            cv_buffer_append(&out, before.data, before.length - rest.length);
    }
    return cv_buffer_slice(&out);
}

/* The text in at most `width` columns. */
static CvSlice cut(CvArena *arena, CvSlice text, size_t width)
{
    size_t used = 0;
    CvSlice rest = text;
    if (cv_utf8_width(text) <= width)
        return text;
    while (rest.length) {
        CvSlice before = rest;
        cv_utf8_next(&rest);
        size_t more = cv_utf8_width(cv_slice_of(before.data, before.length - rest.length));
        if (used + more + 1 > width) {
            rest = before;
            break;
        }
        used += more;
    }
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append(&out, text.data, text.length - rest.length);
    cv_buffer_append_string(&out, ELLIPSIS);
    return cv_buffer_slice(&out);
}

static void widen(CvTableColumn *column, CvSlice text)
{
    size_t width = cv_utf8_width(text);
    if (width > CELL_WIDTH)
        width = CELL_WIDTH;
    if (width > column->width)
        column->width = width;
}

static CvTableColumn *add_column(CvShellTable *table)
{
    CvTableColumn *column = &table->columns[table->column_count++];
    *column = (CvTableColumn){0};
    return column;
}

void cv_table_heading(CvShellTable *table, const char *name)
{
    if (table->column_count == CV_TABLE_COLUMNS)
        return;
    CvTableColumn *column = add_column(table);
    column->name = cv_slice_string(table->arena, cv_table_text(table->arena, cv_slice(name)));
    table->headed = true;
    widen(column, cv_slice(column->name));
}

void cv_table_row(CvShellTable *table)
{
    CvTableCell *row = cv_arena_new_array(table->arena, CvTableCell, CV_TABLE_COLUMNS);
    cv_vector_push(table->arena, &table->rows, row);
}

void cv_table_cell(CvShellTable *table, size_t column, CvValue value)
{
    if (column >= CV_TABLE_COLUMNS)
        return;
    while (table->column_count <= column)
        add_column(table);
    CvTableCell *cell = &table->rows.items[table->rows.count - 1][column];
    cell->null = value.kind == CV_NULL;
    CvSlice text = value.kind == CV_NULL    ? CV_SLICE(NULL_SIGN)
                   : value.kind == CV_BYTES ? cv_value_repr(table->arena, value)
                                            : cv_value_str(table->arena, value);
    cell->text = cv_table_text(table->arena, text);
    widen(&table->columns[column], cell->text);
    if (value.kind != CV_NULL && !(value.kind >= CV_INT && value.kind <= CV_DECIMAL))
        table->columns[column].other = true;
    if (value.kind != CV_NULL)
        table->columns[column].numeric = !table->columns[column].other;
}

/* ---- making it fit ---- */

static size_t total_width(const size_t *widths, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += widths[i] + (i ? GAP : 0);
    return total;
}

/* Widths of the columns that are shown; how many those are. Cutting numbers would make other numbers of them. */
static size_t fit(const CvShellTable *table, size_t available, size_t *widths)
{
    size_t count = table->column_count;
    for (size_t i = 0; i < count; i++)
        widths[i] = table->columns[i].width;
    while (available && count > 1 && total_width(widths, count) > available) {
        size_t widest = count;
        for (size_t i = 0; i < count; i++)
            if (!table->columns[i].numeric && widths[i] > CELL_LEAST && (widest == count || widths[i] > widths[widest]))
                widest = i;
        if (widest < count)
            widths[widest]--;
        else
            count--;
    }
    if (available && count == 1 && widths[0] > available)
        widths[0] = available;
    return count;
}

/* ---- writing ---- */

static void put(CvBuffer *out, CvSlice text, const char *colour, bool colours)
{
    if (colours && colour)
        cv_buffer_append_string(out, colour);
    cv_buffer_append_slice(out, text);
    if (colours && colour)
        cv_buffer_append_string(out, PLAIN);
}

static void put_cell(CvBuffer *out, CvArena *arena, CvSlice text, size_t width, bool right, bool last,
                     const char *colour, bool colours)
{
    CvSlice shown = cut(arena, text, width);
    size_t used = cv_utf8_width(shown), gap = width > used ? width - used : 0;
    if (right)
        cv_buffer_append_repeated(out, ' ', gap);
    put(out, shown, colour, colours);
    if (!right && !last)
        cv_buffer_append_repeated(out, ' ', gap);
    if (last)
        cv_buffer_append_byte(out, '\n');
    else
        cv_buffer_append_repeated(out, ' ', GAP);
}

static void put_headings(CvBuffer *out, const CvShellTable *table, const size_t *widths, size_t count, bool colours)
{
    for (size_t i = 0; i < count; i++)
        put_cell(out, table->arena, cv_slice(table->columns[i].name ? table->columns[i].name : ""), widths[i],
                 table->columns[i].numeric, i + 1 == count, BOLD, colours);
    for (size_t i = 0; i < count; i++) {
        CvBuffer rule = cv_buffer(table->arena);
        for (size_t k = 0; k < widths[i]; k++)
            cv_buffer_append_string(&rule, RULE);
        put_cell(out, table->arena, cv_buffer_slice(&rule), widths[i], false, i + 1 == count, DIM, colours);
    }
}

static void name_hidden(CvBuffer *out, const CvShellTable *table, size_t shown, bool colours)
{
    CvBuffer line = cv_buffer(table->arena);
    size_t hidden = table->column_count - shown;
    cv_buffer_printf(&line, "(%zu more column%s", hidden, hidden == 1 ? "" : "s");
    for (size_t i = shown; table->headed && i < table->column_count; i++)
        cv_buffer_printf(&line, "%s%s", i == shown ? ": " : ", ", table->columns[i].name ? table->columns[i].name : "");
    cv_buffer_append_string(&line, ")\n");
    put(out, cv_buffer_slice(&line), DIM, colours);
}

void cv_table_write(CvBuffer *out, const CvShellTable *table, const CvShellLook *look)
{
    size_t widths[CV_TABLE_COLUMNS], count = fit(table, look->width, widths);
    if (table->headed)
        put_headings(out, table, widths, count, look->colours);
    for (size_t r = 0; r < table->rows.count; r++)
        for (size_t i = 0; i < count; i++) {
            const CvTableCell *cell = &table->rows.items[r][i];
            put_cell(out, table->arena, cell->text, widths[i], table->columns[i].numeric, i + 1 == count,
                     cell->null ? DIM : NULL, look->colours);
        }
    if (count < table->column_count)
        name_hidden(out, table, count, look->colours);
}

void cv_table_write_members(CvBuffer *out, const CvShellTable *table, const CvShellLook *look)
{
    size_t names = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t width = cv_utf8_width(cv_slice(table->columns[i].name ? table->columns[i].name : ""));
        names = width > names ? width : names;
    }
    size_t room = look->width > names + 2 * GAP + CELL_LEAST ? look->width - names - 2 * GAP : MEMBER_WIDTH;
    for (size_t i = 0; i < table->column_count; i++) {
        const CvTableCell *cell = &table->rows.items[0][i];
        CvSlice name = cv_slice(table->columns[i].name ? table->columns[i].name : "");
        if (i)
            cv_buffer_append_byte(out, '\n');
        cv_buffer_append_repeated(out, ' ', GAP);
        put(out, name, BOLD, look->colours);
        cv_buffer_append_repeated(out, ' ', names - cv_utf8_width(name) + GAP);
        put(out, cut(table->arena, cell->text, room), cell->null ? DIM : NULL, look->colours);
    }
}
