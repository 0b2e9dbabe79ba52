/* related.c: from one row to others: what references and generic keys point to, ways back, many-to-many sets. */
#include "orm/fetch_mode.h"

/* ---- references ---- */

static const CvColumn *reference_at(const CvModelInfo *info, size_t offset)
{
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].offset == offset && info->columns[i].to)
            return &info->columns[i];
    return NULL;
}

void *cv_load(const void *row, const void *reference)
{
    const CvModel *model = cv_row_model(row);
    size_t offset = (size_t)((const char *)reference - (const char *)row);
    const CvColumn *column = reference_at(cv_model_info(model), offset);
    const CvGeneric *generic = column ? NULL : cv_generic_at(cv_model_info(model), offset);
    if (generic)
        return cv_generic_load(generic, row);
    if (!column)
        cv_raise(CV_ERROR_TYPE, "%s has no reference at that member", model->name);
    void **cached = column->storage == CV_STORE_REFERENCE ? cv_reference_row(column, reference) : NULL;
    if (cached && *cached && cv_row_is_deferred(row, column))
        return *cached; /* it came with the row, its key did not */
    CvValue key = cv_row_get(row, column);
    if (key.kind == CV_NULL)
        return cached && *cached && !cv_row_is_saved(*cached) ? *cached : NULL; /* given before it has a key */
    if (cached && *cached) {
        const CvColumn *target = column->to_column;
        if (cv_value_equal(cv_row_get(*cached, target), key))
            return *cached;
        *cached = NULL; /* somebody gave the reference another key */
    }
    const CvMember *member = cv_map_get(cv_model_info(model)->members, cv_slice(column->name));
    if (cv_fetch_relation(row, member) && cached && *cached)
        return *cached;
    const char *keys[] = {column->to_column->name, NULL};
    CvQuerySet *set = cv_everything_of(column->to);
    set->database = cv_row_home(row);
    set->fetch_mode = cv_fetch_mode_of(row);
    void *found = cv_get_at(set, NULL, 1, keys, &key);
    cv_fetch_counted(row, member);
    if (!found)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", column->to->name);
    if (cached)
        *cached = found;
    return found;
}

/* ---- what a row keeps ---- */

CvPrefetched *cv_related_kept(const CvRow *row, const CvMember *member)
{
    CvPrefetched *entry = row->extra ? row->extra->prefetched : NULL;
    while (entry && (entry->attribute || strcmp(entry->member->accessor, member->accessor) != 0))
        entry = entry->next;
    return entry;
}

CvPrefetched *cv_related_kept_as(const CvRow *row, CvSlice attribute)
{
    CvPrefetched *entry = row->extra ? row->extra->prefetched : NULL;
    while (entry && !(entry->attribute && cv_slice_is(attribute, entry->attribute)))
        entry = entry->next;
    return entry;
}

void cv_related_keep(CvRow *row, const CvMember *member, const char *attribute, void *value, bool many)
{
    CvRowExtra *extra = cv_row_extra(row);
    CvPrefetched *entry = cv_new(CvPrefetched);
    *entry = (CvPrefetched){
        .member = member, .attribute = attribute, .value = value, .many = many, .next = extra->prefetched};
    extra->prefetched = entry;
}

void cv_related_forget(CvRow *row, const CvMember *member)
{
    CvPrefetched **at = row->extra ? &row->extra->prefetched : NULL;
    while (at && *at)
        if (!(*at)->attribute && strcmp((*at)->member->accessor, member->accessor) == 0)
            *at = (*at)->next;
        else
            at = &(*at)->next;
}

CvQuerySet *cv_related_rows(const CvModel *model, CvDatabase *database, void *rows, size_t count)
{
    CvQuerySet *set = cv_set_create(model, database);
    set->rows = rows;
    set->row_count = count;
    set->row_size = model->size;
    set->fetched = true;
    return set;
}

CvSlice cv_related_key(CvValue key)
{
    if (key.kind == CV_INT)
        return cv_slice_of(cv_arena_memdup(cv_arena(), &key.integer, sizeof key.integer), sizeof key.integer);
    return cv_value_str(cv_arena(), key);
}

/* ---- sets of related rows ---- */

/* Of a row without a key there is nothing to be asked; a set over a foreign key says so when it is asked. */
static CvQuerySet *of_no_key(const void *row, const CvMember *member, CvQuerySet *set)
{
    if (member->kind == CV_MEMBER_MANY)
        cv_raise(CV_ERROR_VALUE,
                 "\"%.*s\" needs to have a value for field \"%s\" before this many-to-many relationship can be used.",
                 CV_SLICE_ARG(cv_row_type_repr(row, cv_arena())), member->source->to_column->attribute);
    set = cv_none_at(set);
    set->of_unsaved = member->kind == CV_MEMBER_REVERSE && !member->one;
    return set;
}

/* The rows behind a relation of any kind that meets many. */
CvQuerySet *cv_related_narrow(CvQuerySet *set, const void *row, const CvMember *member)
{
    CvValue key = cv_row_get(row, member->hops[0].near);
    if (member->kind == CV_MEMBER_GENERIC) {
        const char *names[] = {member->generic->type->name, member->generic->id->name, NULL};
        const CvValue values[] = {cv_generic_type(member->generic, cv_row_model(row), set->database), key};
        return cv_filter_at(set, NULL, 2, names, values);
    }
    const char *names[] = {member->kind == CV_MEMBER_MANY ? member->back_name : member->column->name, NULL};
    if (key.kind == CV_NULL)
        return of_no_key(row, member, set);
    set = cv_set_step(set, CV_STEP_STICKY, NULL, 0, NULL, NULL);
    set = cv_filter_at(set, NULL, 1, names, &key);
    return cv_set_step(set, CV_STEP_STICKY, NULL, 0, NULL, NULL);
}

static CvQuerySet *kept_set(const CvPrefetched *kept)
{
    if (kept->many)
        return kept->value;
    const CvRow *row = kept->value;
    const CvModel *model = row ? cv_row_model(row) : kept->member->to;
    return cv_related_rows(model, row ? cv_row_home(row) : NULL, kept->value, row != NULL);
}

CvQuerySet *cv_related_of(const void *row, const char *name)
{
    const CvModel *model = cv_row_model(row);
    const CvPrefetched *kept = cv_related_kept_as(row, cv_slice(name));
    if (kept)
        return kept_set(kept);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, cv_slice(name));
    if (!member || member->kind == CV_MEMBER_COLUMN || member->kind == CV_MEMBER_TARGET)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", model->name, name);
    kept = cv_related_kept(row, member);
    if (!kept && member->one && cv_fetch_relation(row, member))
        kept = cv_related_kept(row, member);
    if (kept)
        return kept_set(kept);
    CvQuerySet *set = cv_objects_of(member->to);
    set->database = cv_row_home(row);
    set->fetch_mode = cv_fetch_mode_of(row);
    set = cv_related_narrow(set, row, member);
    set->owner = row;
    set->member = member;
    return set;
}

CvQuerySet *cv_related_checked(const void *row, const char *name, const CvModel *model)
{
    CvQuerySet *set = cv_related_of(row, name);
    if (set->model != model)
        cv_raise(CV_ERROR_TYPE, "%s.%s leads to %s, not to %s", cv_row_model(row)->name, name, set->model->name,
                 model->name);
    return set;
}

void cv_related_refer_back(const CvQuerySet *set)
{
    const CvColumn *column = set->member && set->member->kind == CV_MEMBER_REVERSE ? set->member->column : NULL;
    if (!column || column->storage != CV_STORE_REFERENCE)
        return;
    CvValue key = cv_row_get(set->owner, column->to_column);
    for (size_t i = 0; i < set->row_count; i++) {
        CvRow *row = (CvRow *)(void *)(set->rows + i * set->row_size);
        void **place = cv_reference_row(column, (char *)row + column->offset);
        if (!cv_row_is_deferred(row, column) && !*place && cv_value_equal(cv_row_get(row, column), key))
            *place = (void *)(uintptr_t)set->owner;
    }
}

void *cv_related_row(const void *row, const CvMember *member)
{
    const CvPrefetched *kept = cv_related_kept(row, member);
    if (kept)
        return kept->value;
    CvQuerySet *set = cv_related_of(row, member->accessor);
    void *found = cv_length_of(set) ? cv_row_at(set, 0) : NULL;
    cv_related_keep((CvRow *)(uintptr_t)row, member, NULL, found, false);
    return found;
}

void *cv_related_one(const void *row, const char *name, const CvModel *model)
{
    const CvMember *member = cv_map_get(cv_model_info(cv_row_model(row))->accessors, cv_slice(name));
    if (!member || member->kind != CV_MEMBER_REVERSE || !member->one)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", cv_row_model(row)->name, name);
    if (member->to != model)
        cv_raise(CV_ERROR_TYPE, "%s.%s leads to %s, not to %s", cv_row_model(row)->name, name, member->to->name,
                 model->name);
    return cv_related_row(row, member);
}

/* The way back from the parent over `link`; NULL if it has no name. */
static const CvMember *way_back_over(const CvColumn *link)
{
    const CvModelInfo *info = cv_model_info(link->to);
    for (size_t i = 0; i < info->way_back_count; i++)
        if (info->ways_back[i]->column == link)
            return info->ways_back[i]->accessor ? info->ways_back[i] : NULL;
    return NULL;
}

void *cv_related_parent(const void *row)
{
    static const char *const pk[] = {"pk", NULL};
    const CvModelInfo *info = cv_model_info(cv_model_info(cv_row_model(row))->concrete);
    const CvColumn *link = info->parent_link;
    const CvMember *member = cv_map_get(info->accessors, cv_slice(link->name)), *back = way_back_over(link);
    const CvPrefetched *kept = cv_related_kept(row, member);
    if (kept)
        return kept->value;
    CvRow *parent;
    if (((const CvRow *)row)->extra && ((const CvRow *)row)->extra->deferred) {
        CvValue key = cv_row_key(row);
        CvQuerySet *set = cv_everything_of(link->to);
        set->database = cv_row_home(row);
        parent = cv_get_at(set, NULL, 1, pk, &key);
    } else {
        parent = cv_arena_memdup(cv_arena(), row, link->to->size);
        parent->type = &link->to->type;
        parent->extra = NULL;
    }
    cv_related_keep((CvRow *)(uintptr_t)row, member, NULL, parent, false);
    if (parent && back)
        cv_related_keep(parent, back, NULL, (void *)(uintptr_t)row, false);
    return parent;
}

void cv_related_refer(CvRow *row, const CvColumn *column, void *target)
{
    if (column->storage == CV_STORE_REFERENCE) {
        *cv_reference_row(column, (char *)row + column->offset) = target;
        return;
    }
    const CvMember *member = cv_map_get(cv_model_info(cv_row_model(row))->accessors, cv_slice(column->name));
    cv_related_keep(row, member, NULL, target, false);
}
