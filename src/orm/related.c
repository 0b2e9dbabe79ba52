/* related.c: from one row to others: references, ways back, many-to-many sets and changing them; prefetching. */
#include "orm/set_private.h"

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
    if (!column)
        cv_raise(CV_ERROR_TYPE, "%s has no reference at that member", model->name);
    CvValue key = cv_row_get(row, column);
    void **cached = column->storage == CV_STORE_REFERENCE ? cv_reference_row(column, reference) : NULL;
    if (key.kind == CV_NULL)
        return cached && *cached && !cv_row_is_saved(*cached) ? *cached : NULL; /* given before it has a key */
    if (cached && *cached) {
        const CvColumn *target = column->to_column;
        if (cv_value_equal(cv_row_get(*cached, target), key))
            return *cached;
        *cached = NULL; /* somebody gave the reference another key */
    }
    const char *keys[] = {column->to_column->name, NULL};
    CvQuerySet *set = cv_everything_of(column->to);
    set->database = (CvDatabase *)(uintptr_t)((const CvRow *)row)->database;
    void *found = cv_get_at(set, NULL, 1, keys, &key);
    if (!found)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", column->to->name);
    if (cached)
        *cached = found;
    return found;
}

/* ---- sets of related rows ---- */

static CvPrefetched *find_prefetched(const CvRow *row, const CvMember *member)
{
    CvPrefetched *entry = row->extra ? row->extra->prefetched : NULL;
    while (entry && strcmp(entry->member->accessor, member->accessor) != 0)
        entry = entry->next;
    return entry;
}

/* A set that already has one row, or none. */
static CvQuerySet *set_of_row(const CvModel *model, void *row)
{
    CvQuerySet *set = cv_set_create(model, NULL);
    set->rows = row;
    set->row_count = row != NULL;
    set->row_size = model->size;
    set->fetched = true;
    return set;
}

CvQuerySet *cv_related_of(const void *row, const char *name)
{
    const CvModel *model = cv_row_model(row);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, cv_slice(name));
    if (!member || member->kind == CV_MEMBER_COLUMN)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", model->name, name);
    CvPrefetched *cached = find_prefetched(row, member);
    if (cached)
        return member->one ? set_of_row(member->to, cached->value) : cached->value;
    const CvColumn *far = member->hops[0].near;
    CvValue key = cv_row_get(row, far);
    if (key.kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE,
                 "'%s' instance needs to have a primary key value before this relationship can be used.", model->name);
    CvQuerySet *set = cv_objects_of(member->to);
    set->database = (CvDatabase *)(uintptr_t)((const CvRow *)row)->database;
    const char *lookup;
    if (member->kind == CV_MEMBER_REVERSE) {
        lookup = member->column->name;
    } else { /* through the table between: its far end's way back */
        const CvMember *back = NULL;
        const CvMapEntry *entry = NULL;
        const CvModelInfo *to = cv_model_info(member->to);
        while (!back && (entry = cv_map_next(to->members, entry))) {
            const CvMember *other = entry->value;
            if (other->kind == CV_MEMBER_MANY && other->through == member->through && other->source == member->target &&
                other->target == member->source)
                back = other;
        }
        if (!back && member->symmetrical)
            back = member;
        lookup = back ? back->name : NULL;
    }
    if (lookup) {
        CvQuerySet *sticky = cv_set_step(set, CV_STEP_STICKY, NULL, 0, NULL, NULL);
        sticky = cv_filter_at(sticky, NULL, 1, &lookup, &key);
        set = cv_set_step(sticky, CV_STEP_STICKY, NULL, 0, NULL, NULL);
    } else { /* a hidden way back */
        const char *through_key = member->source->name, *in = "pk__in", *values[] = {member->target->name, NULL};
        CvQuerySet *keys = cv_filter_at(cv_everything_of(member->through), NULL, 1, &through_key, &key);
        CvValue inner = cv_value_object(cv_values_list_at(keys, NULL, values, true));
        set = cv_filter_at(set, NULL, 1, &in, &inner);
    }
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

/* ---- changing them ---- */

static const CvMember *many_member(const CvQuerySet *set)
{
    if (!set->member)
        cv_raise(CV_ERROR_TYPE, "only what cv_related() gives can be changed");
    return set->member;
}

static CvValue key_of(const CvMember *member, CvValue value)
{
    const CvRow *row = cv_value_row(value);
    if (row && cv_model_info(cv_row_model(row))->concrete != cv_model_info(member->to)->concrete) {
        CvSlice shown = cv_value_repr(cv_arena(), value);
        cv_raise(CV_ERROR_TYPE, "'%s' instance expected, got %.*s", member->to->name, CV_SLICE_ARG(shown));
    }
    const CvColumn *target = member->kind == CV_MEMBER_MANY ? member->target : member->hops[0].far;
    return cv_column_convert(cv_arena(), target, value);
}

/* The rows of the table between that belong to the owner. */
static CvQuerySet *links(const CvQuerySet *set, const CvMember *member)
{
    const char *source = member->source->name;
    CvValue key = cv_row_key(set->owner);
    CvQuerySet *rows = cv_everything_of(member->through);
    rows->database = set->database;
    return cv_filter_at(rows, NULL, 1, &source, &key);
}

/* Which of the keys are linked already. */
static CvList *linked(const CvQuerySet *set, const CvMember *member, CvList *keys)
{
    const char *target = cv_arena_printf(cv_arena(), "%s__in", member->target->name);
    const char *names[] = {member->target->name, NULL};
    CvValue list = cv_value_list(keys);
    return cv_list_of_set(
        cv_values_list_at(cv_filter_at(links(set, member), NULL, 1, &target, &list), NULL, names, true));
}

static bool contains(const CvList *list, CvValue value, size_t most)
{
    for (size_t i = 0; i < list->count && i < most; i++)
        if (cv_value_equal(list->items[i], value))
            return true;
    return false;
}

/* The library's own tables let the database leave out what is there; others are asked first. */
static void add_links(const CvQuerySet *set, const CvMember *member, CvValue source, CvList *keys, bool mirrored)
{
    bool automatic = cv_model_is_automatic(member->through);
    CvList *there = automatic || !keys->count ? cv_list_create(cv_arena()) : linked(set, member, keys);
    void **rows = cv_arena_new_array(cv_arena(), void *, keys->count + 1);
    for (int way = 0; way <= mirrored; way++) {
        size_t count = 0;
        for (size_t i = 0; i < keys->count; i++) {
            if (contains(there, keys->items[i], SIZE_MAX) || contains(keys, keys->items[i], i))
                continue;
            void *row = cv_row_new(member->through);
            cv_row_set(row, way ? member->target : member->source, source);
            cv_row_set(row, way ? member->source : member->target, keys->items[i]);
            rows[count++] = row;
        }
        cv_insert_rows_or(rows, count, automatic);
    }
}

static void add_now(CvQuerySet *related, CvList *keys)
{
    const CvMember *member = many_member(related);
    if (member->kind == CV_MEMBER_MANY) {
        add_links(related, member, cv_row_key(related->owner), keys, member->symmetrical);
        return;
    }
    const char *in = "pk__in", *name = member->column->name;
    CvValue list = cv_value_list(keys), owner = cv_value_object(related->owner);
    if (keys->count)
        cv_update_at(cv_filter_at(cv_everything_of(member->to), NULL, 1, &in, &list), NULL, 1, &name, &owner);
}

static CvList *keys_of(const CvQuerySet *related, size_t count, const CvValue *values)
{
    CvList *keys = cv_list_create(cv_arena());
    for (size_t i = 0; i < count; i++)
        if (values[i].kind == CV_LIST || values[i].kind == CV_TUPLE)
            for (size_t j = 0; j < values[i].list->count; j++)
                cv_list_add(cv_arena(), keys, key_of(many_member(related), values[i].list->items[j]));
        else
            cv_list_add(cv_arena(), keys, key_of(many_member(related), values[i]));
    return keys;
}

/* What has no key yet cannot be linked. */
static CvList *saved_keys_of(const CvQuerySet *related, size_t count, const CvValue *values)
{
    CvList *keys = keys_of(related, count, values);
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "Cannot add a row of %s that is not saved.", many_member(related)->to->name);
    return keys;
}

void cv_related_add(CvQuerySet *related, size_t count, const CvValue *values)
{
    CvList *keys = saved_keys_of(related, count, values);
    CV_ATOMIC
    {
        add_now(related, keys);
    }
    related->fetched = false;
}

static void remove_links(CvQuerySet *related, CvList *keys)
{
    const CvMember *member = many_member(related);
    CvValue list = cv_value_list(keys);
    if (member->kind == CV_MEMBER_REVERSE) {
        const char *in = "pk__in", *name = member->column->name;
        CvQuerySet *rows = cv_related_of(related->owner, member->accessor);
        CvValue none = cv_value_null();
        if (!member->column->null)
            cv_raise(CV_ERROR_ATTRIBUTE, "'RelatedManager' object has no attribute 'remove'");
        cv_update_at(keys ? cv_filter_at(rows, NULL, 1, &in, &list) : rows, NULL, 1, &name, &none);
        return;
    }
    for (int way = 0; way <= member->symmetrical; way++) {
        const CvColumn *near = way ? member->target : member->source, *far = way ? member->source : member->target;
        const char *name = near->name, *in = cv_arena_printf(cv_arena(), "%s__in", far->name);
        CvValue owner = cv_row_key(related->owner);
        CvQuerySet *rows = cv_filter_at(cv_everything_of(member->through), NULL, 1, &name, &owner);
        cv_delete(keys ? cv_filter_at(rows, NULL, 1, &in, &list) : rows);
    }
}

void cv_related_remove(CvQuerySet *related, size_t count, const CvValue *values)
{
    CvList *keys = keys_of(related, count, values);
    if (keys->count)
        CV_ATOMIC
        {
            remove_links(related, keys);
        }
    related->fetched = false;
}

void cv_related_clear(CvQuerySet *related)
{
    CV_ATOMIC
    {
        remove_links(related, NULL);
    }
    related->fetched = false;
}

void cv_related_set(CvQuerySet *related, size_t count, const CvValue *values)
{
    CvList *wanted = saved_keys_of(related, count, values), *gone = cv_list_create(cv_arena());
    static const char *const pk[] = {"pk", NULL};
    CV_ATOMIC
    {
        CvList *there = cv_list_of_set(cv_values_list_at(related, NULL, pk, true));
        for (size_t i = 0; i < there->count; i++) {
            bool keep = false;
            for (size_t j = 0; j < wanted->count && !keep; j++)
                keep = cv_value_equal(there->items[i], wanted->items[j]);
            if (!keep)
                cv_list_add(cv_arena(), gone, there->items[i]);
        }
        if (gone->count)
            remove_links(related, gone);
        add_now(related, wanted);
    }
    related->fetched = false;
}

/* ---- prefetching ---- */

static bool same_key(CvValue a, CvValue b)
{
    return a.kind != CV_NULL && cv_value_equal(a, b);
}

static void keep(CvRow *row, const CvMember *member, void *value)
{
    CvRowExtra *extra = cv_row_extra(row);
    CvPrefetched *entry = cv_new(CvPrefetched);
    *entry = (CvPrefetched){member, value, extra->prefetched};
    extra->prefetched = entry;
}

/* The rows that go with `key`, as a set that needs no query any more. */
static CvQuerySet *subset(const CvQuerySet *all, const CvValue *keys, CvValue key)
{
    CvQuerySet *set = cv_set_create(all->model, all->database);
    size_t count = 0;
    for (size_t i = 0; i < all->row_count; i++)
        count += same_key(keys[i], key);
    set->rows = cv_arena_alloc_raw(cv_arena(), cv_size_multiply(count ? count : 1, all->row_size), 16);
    set->row_size = all->row_size;
    set->fetched = true;
    for (size_t i = 0; i < all->row_count; i++)
        if (same_key(keys[i], key))
            memcpy(set->rows + all->row_size * set->row_count++, all->rows + i * all->row_size, all->row_size);
    return set;
}

/* One level: `count` rows of a model get what `member` leads to, with one query (two for many-to-many). */
static CvQuerySet *prefetch_level(CvRow *const *rows, size_t count, const CvMember *member)
{
    CvArena *arena = cv_arena();
    CvList *wanted = cv_list_create(arena);
    const CvColumn *near = member->kind == CV_MEMBER_COLUMN ? member->column : member->hops[0].near;
    for (size_t i = 0; i < count; i++) {
        CvValue key = cv_row_get(rows[i], near);
        if (key.kind != CV_NULL)
            cv_list_add(arena, wanted, key);
    }
    CvValue list = cv_value_list(wanted);
    CvQuerySet *found = cv_objects_of(member->to);
    if (member->kind == CV_MEMBER_COLUMN) {
        const char *in = cv_arena_printf(arena, "%s__in", member->column->to_column->name);
        found = cv_filter_at(cv_everything_of(member->to), NULL, 1, &in, &list);
        cv_set_fetch(found);
        for (size_t i = 0; i < count; i++) {
            void **slot = cv_reference_row(near, (char *)rows[i] + near->offset);
            CvValue key = cv_row_get(rows[i], near);
            for (size_t j = 0; j < found->row_count && !*slot; j++)
                if (same_key(cv_row_get(found->rows + j * found->row_size, member->column->to_column), key))
                    *slot = found->rows + j * found->row_size;
        }
        return found;
    }
    const char *annotation = "_prefetch_related_val", *path;
    if (member->kind == CV_MEMBER_REVERSE) {
        path = member->column->name;
    } else {
        const CvMember *back = NULL;
        const CvMapEntry *entry = NULL;
        while (!back && (entry = cv_map_next(cv_model_info(member->to)->members, entry))) {
            const CvMember *other = entry->value;
            if (other->kind == CV_MEMBER_MANY && other->through == member->through && other->target == member->source)
                back = other;
        }
        if (!back)
            cv_raise(CV_ERROR_NOT_SUPPORTED, "'%s' has no way back to prefetch over", member->accessor);
        path = back->name;
    }
    const char *in = cv_arena_printf(arena, "%s__in", path);
    CvValue *keys = NULL;
    found = cv_filter_at(cv_set_step(found, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &in, &list);
    if (member->kind == CV_MEMBER_MANY) {
        CvValue value = cv_value_object(cv_f(path));
        found = cv_annotate_at(cv_set_step(found, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &annotation, &value);
    }
    cv_set_fetch(found);
    keys = cv_arena_new_array(arena, CvValue, found->row_count + 1);
    for (size_t i = 0; i < found->row_count; i++) {
        char *row = found->rows + i * found->row_size;
        keys[i] = member->kind == CV_MEMBER_MANY ? cv_annotation(row, annotation) : cv_row_get(row, member->column);
    }
    for (size_t i = 0; i < count; i++) {
        CvQuerySet *set = subset(found, keys, cv_row_get(rows[i], near));
        set->owner = rows[i];
        set->member = member;
        keep(rows[i], member, member->one ? (set->row_count ? set->rows : NULL) : (void *)set);
        for (size_t j = 0; member->kind == CV_MEMBER_REVERSE && j < set->row_count; j++)
            *cv_reference_row(member->column, set->rows + j * set->row_size + member->column->offset) = rows[i];
    }
    return found;
}

static void prefetch_path(CvRow **rows, size_t count, const CvModel *model, const char *path, int depth)
{
    const char *end = strstr(path, "__");
    CvSlice name = end ? cv_slice_of(path, (size_t)(end - path)) : cv_slice(path);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, name);
    if (!member || !member->to)
        cv_raise(
            CV_ERROR_ATTRIBUTE,
            member ? "'%2$.*1$s' does not resolve to an item that supports prefetching - this is an invalid "
                     "parameter to prefetch_related()."
                   : "Cannot find '%2$.*1$s' on %3$s object, '%2$.*1$s' is an invalid parameter to prefetch_related()",
            (int)name.length, name.data, model->name);
    if (!count || depth > 16)
        return;
    bool done = member->kind == CV_MEMBER_COLUMN ? false : find_prefetched(rows[0], member) != NULL;
    if (!done)
        prefetch_level(rows, count, member);
    if (!end)
        return;
    CvArena *arena = cv_arena();
    CV_VECTOR(CvRow *) next = {0};
    for (size_t i = 0; i < count; i++) {
        if (member->kind == CV_MEMBER_COLUMN) {
            CvRow *row = *cv_reference_row(member->column, (char *)rows[i] + member->column->offset);
            if (row)
                *cv_vector_add(arena, &next) = row;
            continue;
        }
        CvPrefetched *entry = find_prefetched(rows[i], member);
        CvQuerySet *set = member->one ? NULL : entry->value;
        for (size_t j = 0; set && j < set->row_count; j++)
            *cv_vector_add(arena, &next) = (CvRow *)(void *)(set->rows + j * set->row_size);
        if (member->one && entry->value)
            *cv_vector_add(arena, &next) = entry->value;
    }
    prefetch_path(next.items, next.count, member->to, end + 2, depth + 1);
}

void cv_prefetch_rows(CvQuerySet *set);
void cv_prefetch_rows(CvQuerySet *set)
{
    CvRow **rows = cv_arena_new_array(cv_arena(), CvRow *, set->row_count + 1);
    const CvStep *steps[64];
    size_t count = 0;
    if (set->rows_kind != CV_ROWS_MODEL)
        return;
    for (size_t i = 0; i < set->row_count; i++)
        rows[i] = (CvRow *)(void *)(set->rows + i * set->row_size);
    for (const CvStep *step = set->last; step && count < CV_COUNT_OF(steps); step = step->previous)
        if (step->kind == CV_STEP_PREFETCH)
            steps[count++] = step;
    while (count--)
        for (uint32_t i = 0; i < steps[count]->count; i++)
            prefetch_path(rows, set->row_count, set->model, steps[count]->keys[i], 0);
}
