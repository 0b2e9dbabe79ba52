/* attributes.c: looks up the attributes of tables. */
#include "forms/attributes_private.h"

static void read_attribute(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    const CvAttribute *row = accessor->data;
    *out = row->read((void *)(uintptr_t)object, arena);
}

bool cv_attribute_resolve(const CvAttribute *table, CvSlice name, CvAccessor *out)
{
    while (table->name && !cv_slice_is(name, table->name))
        table++;
    if (table->name)
        *out = (CvAccessor){.read = read_attribute, .data = table};
    return table->name != NULL;
}

bool cv_attribute_get(const CvAttribute *table, const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvAccessor accessor;
    if (!cv_attribute_resolve(table, name, &accessor))
        return false;
    accessor.read(&accessor, object, arena, out);
    return out->kind != CV_MISSING;
}

bool cv_always_true(const void *object)
{
    (void)object;
    return true;
}
