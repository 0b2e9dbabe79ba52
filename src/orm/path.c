/* path.c: lookup paths: "author__name__icontains" followed over relations as far as it names something. */
#include "orm/query_private.h"

/* Takes the next name off a path. */
static CvSlice next_name(const char **path)
{
    const char *start = *path, *end = strstr(start, "__");
    if (!end || !end[2]) {
        *path = start + strlen(start);
        return cv_slice(start);
    }
    *path = end + 2;
    return cv_slice_of(start, (size_t)(end - start));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of a model's fields and of annotations, in order; `named`: only of annotations that the step names. */
static const char **names_of(CvQuery *query, const CvModel *model, const CvStep *named, size_t *count)
{
    const CvModelInfo *info = cv_model_info(model);
    size_t most = cv_map_count(info->members) + query->annotations.count + query->filtered.count, at = 0;
    const char **names = cv_arena_new_array(query->arena, const char *, most + 1);
    const CvMapEntry *entry = NULL;
    while ((entry = cv_map_next(info->members, entry)))
        if (!cv_slice_ends_with(entry->key, CV_SLICE("+"))) /* hidden ways back */
            names[at++] = cv_slice_string(query->arena, entry->key);
    for (size_t i = 0; i < query->annotations.count; i++) {
        bool listed = !named;
        for (uint32_t j = 0; named && j < named->count; j++)
            listed |= strcmp(named->keys[j], query->annotations.items[i].name) == 0;
        if (listed)
            names[at++] = query->annotations.items[i].name;
    }
    for (size_t i = 0; i < query->filtered.count; i++)
        names[at++] = query->filtered.items[i]->name;
    qsort(names, at, sizeof *names, by_name);
    *count = at;
    return names;
}

CV_NORETURN CV_COLD static void unknown(CvQuery *query, CvSlice name, const CvModel *model, const CvStep *named)
{
    size_t count;
    const char **names = names_of(query, model, named, &count);
    CvBuffer text = cv_buffer(query->arena);
    for (size_t i = 0; i < count; i++) {
        cv_buffer_append_string(&text, i ? ", " : "");
        cv_buffer_append_string(&text, names[i]);
    }
    CvError error;
    const char *near = cv_nearest(name, names);
    (void)cv_fail(cv_arena(), &error, CV_ERROR_FIELD, "Cannot resolve keyword '%.*s' into field. Choices are: %s",
                  CV_SLICE_ARG(name), cv_buffer_string(&text));
    error.hint = near ? cv_arena_printf(cv_arena(), "Did you mean '%s'?", near) : NULL;
    cv_raise_error(&error);
}

void cv_query_unknown(CvQuery *query, CvSlice name, const CvModel *model)
{
    unknown(query, name, model, NULL);
}

static const CvAnnotation *find_annotation(const CvQuery *query, CvSlice name)
{
    for (size_t i = query->annotations.count; i-- > 0;)
        if (cv_slice_is(name, query->annotations.items[i].name))
            return &query->annotations.items[i];
    return NULL;
}

const CvAnnotation *cv_query_annotation(const CvQuery *query, const char *name)
{
    return find_annotation(query, cv_slice(name));
}

/* An annotation's name may have several parts ("books__count"): the shortest that there is. */
static bool annotation_at(const CvQuery *query, const char *text, CvPath *path)
{
    const char *rest = text;
    while (query->annotations.count && *rest) {
        CvSlice name = next_name(&rest);
        name = cv_slice_of(text, (size_t)(name.data + name.length - text));
        path->annotation = find_annotation(query, name);
        if (path->annotation) {
            path->rest = rest;
            return true;
        }
    }
    return false;
}

/* "pk" is the key's name. */
static const CvMember *member_named(const CvModel *model, CvSlice name)
{
    if (cv_slice_is(name, "pk"))
        name = cv_slice(cv_model_key(model)->name);
    return cv_model_member(model, name);
}

CV_NORETURN CV_COLD static void no_way_back(const CvMember *member)
{
    cv_raise(CV_ERROR_FIELD,
             "Field '%s' does not generate an automatic reverse relation and therefore cannot be used for reverse "
             "querying. If it is a GenericForeignKey, consider adding a GenericRelation.",
             member->name);
}

/* The model behind it; NULL: its name is a column's. */
static const CvModel *target_of(const CvQuery *query, const CvFiltered *filtered)
{
    const CvModel *model = query->model;
    for (const char *rest = filtered->relation; *rest && model;) {
        const CvMember *member = member_named(model, next_name(&rest));
        model = member ? member->to : NULL;
    }
    return model;
}

size_t cv_query_field_names(CvQuery *query, const char *path)
{
    CvPath annotated = {0};
    const CvModel *model = query->model;
    size_t count = 0;
    if (annotation_at(query, path, &annotated))
        return 0;
    for (; *path && model; count++) {
        CvSlice name = next_name(&path);
        const CvMember *member = member_named(model, name);
        const CvFiltered *filtered = count == 0 && !member ? cv_query_filtered(query, name) : NULL;
        if (!member && !filtered && count == 0)
            cv_query_unknown(query, name, model);
        if (!member && !filtered)
            break;
        if (member && member->kind == CV_MEMBER_TARGET)
            no_way_back(member);
        model = filtered ? target_of(query, filtered) : member->to;
    }
    return count;
}

void cv_query_check_names(CvQuery *query, const char *path)
{
    const CvModel *model = query->model;
    for (bool first = true; first || (*path && model); first = false) {
        CvSlice name = next_name(&path);
        const CvMember *member = member_named(model, name);
        const CvAnnotation *annotation = first && !member ? find_annotation(query, name) : NULL;
        const CvFiltered *filtered = first && !member && !annotation ? cv_query_filtered(query, name) : NULL;
        if (filtered) {
            model = target_of(query, filtered);
            continue;
        }
        if (first && !member && !(annotation && annotation->selected))
            cv_query_unknown(query, name, model);
        if (member && member->kind == CV_MEMBER_TARGET)
            no_way_back(member);
        model = member ? member->to : NULL;
    }
}

void cv_query_check_field(CvQuery *query, const char *name, const CvStep *step)
{
    const CvMember *member = member_named(query->model, cv_slice(name));
    if (!member && cv_query_filtered(query, cv_slice(name)))
        return;
    if (!member || member->kind == CV_MEMBER_TARGET) /* which has no value in the database */
        unknown(query, cv_slice(name), query->model, step);
}

static bool goes_on(const CvModel *to, const char *rest)
{
    if (!*rest)
        return false;
    const char *ahead = rest;
    return member_named(to, next_name(&ahead)) != NULL;
}

static void take_hop(CvQuery *query, CvPath *path, const CvHop *hop, const uint64_t *reuse, const CvFiltered *filtered)
{
    path->before = path->join;
    path->join = filtered ? cv_query_hop_filtered(query, path->join, hop, reuse, filtered)
                          : cv_query_hop(query, path->join, hop, reuse);
    path->last = hop;
    path->used |= UINT64_C(1) << path->join;
    if (query->joins.items[path->join].parent >= 0)
        path->used |= UINT64_C(1) << query->joins.items[path->join].parent;
}

/* Follows a relation; true: a hop that meets many rows must not be taken here. */
static bool follow(CvQuery *query, CvPath *path, const CvMember *member, const uint64_t *reuse, bool stop_at_many)
{
    for (uint8_t i = 0; i < member->hop_count; i++) {
        const CvHop *hop = &member->hops[i];
        if (hop->multi && !path->many) {
            path->many = hop;
            path->many_from = path->join;
            path->many_rest = path->rest;
            path->member = member;
            if (stop_at_many)
                return true;
        }
        take_hop(query, path, hop, reuse, NULL);
    }
    return false;
}

/* Follows the relation that the path begins with, its last hop on the condition; true: stopped, as follow(). */
static bool follow_filtered(CvQuery *query, CvPath *path, const uint64_t *reuse, bool stop_at_many)
{
    const CvModel *model = query->model;
    const char *relation = path->filtered->relation;
    while (*relation) {
        const CvMember *member = member_named(model, next_name(&relation));
        path->member = member;
        path->column = member->column;
        for (uint8_t i = 0; i < member->hop_count; i++) {
            const CvHop *hop = &member->hops[i];
            if (hop->multi && !path->many) {
                path->many = hop;
                path->many_from = path->join;
                path->many_rest = path->rest;
            }
            if (*relation || i + 1 < member->hop_count)
                take_hop(query, path, hop, reuse, NULL);
            else if (!path->many || !stop_at_many)
                take_hop(query, path, hop, reuse, path->filtered);
        }
        if (!member->to)
            return true;
        model = member->to;
        if (!*relation)
            path->column = member->kind == CV_MEMBER_COLUMN ? member->hops[0].far : cv_model_key(model);
    }
    return path->many && stop_at_many;
}

CvPath cv_query_path(CvQuery *query, const char *text, const uint64_t *reuse, bool stop_at_many)
{
    CvPath path = {.join = cv_query_base(query), .before = -1, .rest = text};
    const CvModel *model = query->model;
    path.used = 1;
    for (int depth = 0; *path.rest || !depth; depth++) {
        const char *after = path.rest;
        CvSlice name = next_name(&after);
        if (depth > CV_MOST_NESTED)
            cv_raise(CV_ERROR_FIELD, "a lookup path has at most %d names", CV_MOST_NESTED);
        if (depth == 0 && annotation_at(query, text, &path))
            return path;
        const CvMember *member = member_named(model, name);
        path.filtered = !member && depth == 0 ? cv_query_filtered(query, name) : path.filtered;
        if (depth == 0 && path.filtered) {
            path.rest = after;
            if (follow_filtered(query, &path, reuse, stop_at_many))
                return path;
            model = path.member->to;
            continue;
        }
        if (!member && depth == 0)
            cv_query_unknown(query, name, model);
        if (!member)
            return path;
        path.rest = after;
        path.member = member;
        path.column = member->column;
        if (member->kind == CV_MEMBER_COLUMN) {
            if (!member->to || !goes_on(member->to, after))
                return path;
            /* the key over there is here too */
            take_hop(query, &path, &member->hops[0], reuse, NULL);
            model = member->to;
            continue;
        }
        if (member->kind == CV_MEMBER_TARGET)
            no_way_back(member);
        if (follow(query, &path, member, reuse, stop_at_many))
            return path;
        model = member->to;
        path.column = cv_model_key(model);
    }
    return path;
}

CvSql *cv_path_column(CvQuery *query, CvPath *path, CvTerm *term)
{
    const CvColumn *column = path->column;
    int join = path->join;
    /* A column that the join is made by stands on its near side too; a forward join that nothing else needs is left
     * out. */
    while (query->joins.items[join].parent >= 0) {
        const CvHop *hop = &query->joins.items[join].hop;
        if (hop->multi || query->joins.items[join].filtered || hop->near->to_column == NULL ||
            hop->near->to_column->column != hop->far->column || strcmp(hop->far->column, column->column) != 0 ||
            cv_model_info(hop->far->model)->concrete != cv_model_info(column->model)->concrete)
            break;
        column = hop->near;
        join = query->joins.items[join].parent;
    }
    CvSql *sql = cv_query_column(query, join, column);
    *term = cv_column_term(path->column, sql);
    if (path->member && (path->member->kind != CV_MEMBER_COLUMN || path->column != path->member->column))
        term->relation = path->member;
    term->nullable = column->null || query->joins.items[join].left;
    path->join = join;
    return sql;
}
