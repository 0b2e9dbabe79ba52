/* shell_table.h: tables of text for a terminal: columns aligned by display width, numbers to the right, long cells cut.
 *
 *     CvShellTable table = {.arena = arena};
 *     cv_table_heading(&table, "name");
 *     cv_table_row(&table);
 *     cv_table_cell(&table, 0, cv_value_string("Emma"));
 *     cv_table_write(&out, &table, &(CvShellLook){.width = 80});
 */
#ifndef CV_ORM_SHELL_TABLE_H
#define CV_ORM_SHELL_TABLE_H

#include "base/vector.h"
#include "orm/shell.h"

#define CV_TABLE_COLUMNS 64 /* what is behind them is left out, and said to be */

typedef struct CvTableColumn {
    const char *name; /* NULL: the table has no headings */
    size_t width;
    bool numeric; /* all its values are numbers, but for nulls */
    bool other;   /* there is a value that is none */
} CvTableColumn;

typedef struct CvTableCell {
    CvSlice text; /* without control characters */
    bool null;
} CvTableCell;

typedef struct CvShellTable {
    CvArena *arena;
    CvTableColumn columns[CV_TABLE_COLUMNS];
    size_t column_count;
    bool headed;
    CV_VECTOR(CvTableCell *) rows;
} CvShellTable;

/* One more column with a name. */
void cv_table_heading(CvShellTable *table, const char *name);
/* One more row, its cells empty. */
void cv_table_row(CvShellTable *table);
/* Fills a cell of the last row; a column without a heading comes into being. */
void cv_table_cell(CvShellTable *table, size_t column, CvValue value);
/* The rows with the headings, every line ended. What is too wide for look->width is cut, the widest columns first;
 * columns that have no place are left out, and a line names them. */
void cv_table_write(CvBuffer *out, const CvShellTable *table, const CvShellLook *look);
/* The first row from top to bottom, name and value; no line's end behind the last. */
void cv_table_write_members(CvBuffer *out, const CvShellTable *table, const CvShellLook *look);

/* Text of any origin, made safe for a terminal: control characters are shown as spaces. */
CvSlice cv_table_text(CvArena *arena, CvSlice text);

#endif
