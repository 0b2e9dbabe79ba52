/* custom.c: the functions, transforms and lookups that sites add. */
#include "orm/custom.h"

#define MOST_TABLES 32

static const CvCustom *tables[MOST_TABLES];
static size_t table_count;

void cv_custom_add(const CvCustom *rows)
{
    for (size_t i = 0; i < table_count; i++)
        if (tables[i] == rows)
            return;
    if (table_count == MOST_TABLES)
        cv_raise(CV_ERROR_CONFIGURATION, "there are more than %d tables of custom functions and lookups", MOST_TABLES);
    tables[table_count++] = rows;
}

const CvCustom *cv_custom_find(CvCustomKind kind, CvSlice name, const CvFieldKind *of)
{
    for (size_t i = 0; i < table_count; i++)
        for (const CvCustom *row = tables[i]; row->kind; row++)
            if (row->kind == kind && cv_slice_is(name, row->name) && (!row->of || row->of == of))
                return row;
    return NULL;
}

bool cv_custom_is_lookup(CvSlice name)
{
    for (size_t i = 0; i < table_count; i++)
        for (const CvCustom *row = tables[i]; row->kind; row++)
            if (row->kind == CV_CUSTOM_LOOKUP && cv_slice_is(name, row->name))
                return true;
    return false;
}
