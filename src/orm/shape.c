/* shape.c: fingerprints of query sets, and the values that they hold.
 *
 * A fingerprint says all that decides how the SQL looks: model, steps, names, the kinds of values, which are null, how
 * long lists are. Values themselves stand in slots, in the order of the steps; a plan says which slot goes where. */
#include "base/hash.h"
#include "orm/set_private.h"

CV_WRAPS uint64_t cv_mix(uint64_t a, uint64_t b)
{
    uint64_t mixed = (a ^ (b + UINT64_C(0x9e3779b97f4a7c15) + (a << 6) + (a >> 2))) * UINT64_C(0xff51afd7ed558ccd);
    return mixed ^ (mixed >> 32);
}

const CvExpr *cv_value_expr(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object) == &cv_expr_type ? value.object : NULL;
}

CvQuerySet *cv_value_set_of(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object) == &cv_query_set_type
               ? (CvQuerySet *)(uintptr_t)value.object
               : NULL;
}

const CvRow *cv_value_row(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object)->resolve == cv_row_type_resolve ? value.object : NULL;
}

/* Up to DOUBLED places lengths double. Up to EXACT, the least that a database takes, nothing is added; from there on to
 * MOST_PADDED they are rounded, so that few plans serve all. */
#define DOUBLED 16384
#define EXACT 32765
#define MOST_PADDED (15 * DOUBLED)

size_t cv_list_places(size_t count)
{
    if (count <= 8 || (count > DOUBLED && count <= EXACT) || count > MOST_PADDED)
        return count;
    if (count > EXACT)
        return (count + DOUBLED - 1) / DOUBLED * DOUBLED;
    size_t places = 16;
    while (places < count)
        places *= 2;
    return places;
}

size_t cv_most_keys(CvDatabase *database, size_t lists)
{
    size_t most = cv_database_dialect(database)->most_parameters / lists, size = 1;
    while (size * 2 <= most)
        size *= 2;
    return size;
}

const CvList *cv_list_part(const CvList *list, size_t from, size_t count)
{
    if (from == 0 && list->count <= count)
        return list;
    CvList *part = cv_list_create(cv_arena());
    part->items = list->items + from;
    part->count = part->capacity = list->count - from < count ? list->count - from : count;
    return part;
}

/* Nulls, truths and integers beyond 64 bits are written into the SQL or left out of it: where they stand counts. */
bool cv_list_is_plain(const CvList *list)
{
    static const uint64_t shaping = UINT64_C(1) << CV_NULL | UINT64_C(1) << CV_BOOL | UINT64_C(1) << CV_BIGINT |
                                    UINT64_C(1) << CV_OBJECT | UINT64_C(1) << CV_LIST | UINT64_C(1) << CV_TUPLE;
    for (size_t i = 0; i < list->count; i++)
        if (shaping >> list->items[i].kind & 1)
            return false;
    return true;
}

static uint64_t list_shape(const CvList *list)
{
    uint64_t shape = cv_mix(CV_LIST, cv_list_places(list->count));
    uint64_t kinds = 0;
    if (cv_list_is_plain(list)) {
        for (size_t i = 0; i < list->count; i++)
            kinds |= UINT64_C(1) << list->items[i].kind;
        return cv_mix(shape, kinds);
    }
    shape = cv_mix(shape, list->count);
    for (size_t i = 0; i < list->count; i++)
        shape = cv_mix(shape, cv_value_shape(list->items[i]));
    return shape;
}

CvValue cv_value_for_key(const char *key, CvValue value)
{
    if (value.kind == CV_INT && (uint64_t)value.integer <= 1 && key &&
        cv_slice_ends_with(cv_slice(key), CV_SLICE("__isnull")))
        return cv_value_bool(value.integer == 1);
    return value;
}

uint64_t cv_value_shape(CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_INT: { /* its sign, and whether it fits the ranges that columns have */
        int64_t n = value.integer;
        uint64_t size = n == (int16_t)n ? 1 : n == (int32_t)n ? 2 : 3;
        return cv_mix(CV_INT, size * 2 + (n < 0));
    }
    case CV_BIGINT: /* beyond all columns, above or below */
        return cv_mix(CV_BIGINT, value.length && value.text[0] == '-');
    case CV_BOOL:
        return cv_mix(CV_BOOL, value.boolean);
    case CV_LIST:
    case CV_TUPLE:
        return list_shape(value.list);
    case CV_OBJECT: {
        const CvExpr *expr = cv_value_expr(value);
        const CvQuerySet *set = cv_value_set_of(value);
        const CvRow *row = cv_value_row(value);
        if (expr)
            return expr->shape;
        if (set)
            return cv_mix(set->fingerprint, 77);
        if (row)
            return cv_mix((uintptr_t)row->type, cv_row_key(row).kind);
        return cv_mix(CV_OBJECT, (uintptr_t)cv_type_of(value.object));
    }
    default:
        return cv_mix(value.kind, 0);
    }
}

/* The hash of a site's names is computed once. */
uint64_t cv_names_shape(const CvSite *site, const char *const *names, size_t count)
{
    uint64_t shape = count;
    if (site && site->hint)
        return (uint64_t)(uintptr_t)site->hint;
    for (size_t i = 0; i < count; i++)
        shape = cv_mix(shape, names[i] ? cv_hash(cv_slice(names[i])) : 1);
    return shape;
}

bool cv_value_is_query(CvValue value)
{
    return cv_value_expr(value) || cv_value_set_of(value);
}

uint32_t cv_value_slots(CvValue value)
{
    const CvExpr *expr = cv_value_expr(value);
    const CvQuerySet *set = cv_value_set_of(value);
    uint32_t slots = expr ? expr->slots : set ? set->slots : 1;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE) /* the list, then what its expressions hold */
        for (size_t i = 0; i < value.list->count; i++)
            if (cv_value_is_query(value.list->items[i]))
                slots += cv_value_slots(value.list->items[i]);
    return slots;
}

static CvValue *gather_expr(const CvExpr *expr, CvValue *out)
{
    for (uint32_t i = 0; expr->values && i < expr->count; i++)
        out = cv_value_gather(expr->values[i], out);
    for (uint32_t i = 0; expr->items && i < expr->count; i++)
        out = gather_expr(expr->items[i], out);
    if (expr->filter)
        out = gather_expr(expr->filter, out);
    if (expr->fallback)
        out = gather_expr(expr->fallback, out);
    if (expr->set) {
        cv_set_gather(expr->set, out);
        out += expr->set->slots;
    }
    return out;
}

CvValue *cv_value_gather(CvValue value, CvValue *out)
{
    const CvExpr *expr = cv_value_expr(value);
    const CvQuerySet *set = expr ? NULL : cv_value_set_of(value);
    if (expr)
        return gather_expr(expr, out);
    if (set) {
        cv_set_gather(set, out);
        return out + set->slots;
    }
    *out++ = value;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        for (size_t i = 0; i < value.list->count; i++)
            if (cv_value_is_query(value.list->items[i]))
                out = cv_value_gather(value.list->items[i], out);
    return out;
}

void cv_set_gather(const CvQuerySet *set, CvValue *out)
{
    for (const CvStep *step = set->last; step; step = step->previous) {
        CvValue *at = out + step->first_slot;
        for (uint32_t i = 0; step->values && i < step->count; i++)
            at = cv_value_gather(step->values[i], at);
    }
}
