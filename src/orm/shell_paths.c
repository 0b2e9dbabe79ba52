/* shell_paths.c: the names that may follow in a lookup path: fields, relations, transforms, lookups. */
#include "orm/model_private.h"
#include "orm/shell_complete.h"

static const char *const any_lookups[] = {"exact", "gt", "gte", "lt", "lte", "in", "range", "isnull", NULL};
static const char *const text_lookups[] = {"iexact",   "contains",  "icontains", "startswith", "istartswith",
                                           "endswith", "iendswith", "regex",     "iregex",     NULL};
static const char *const date_transforms[] = {"year",     "iso_year",     "month",   "day", "week",
                                              "week_day", "iso_week_day", "quarter", NULL};
static const char *const time_transforms[] = {"hour", "minute", "second", NULL};
static const char *const moment_transforms[] = {"date", "time", NULL};
static const char *const json_lookups[] = {"contains", "contained_by", "has_key", "has_keys", "has_any_keys", NULL};

static void add_all(CvShellWords *words, const char *const *names)
{
    for (; names && *names; names++)
        cv_vector_push(cv_arena(), words, *names);
}

static void add_lookups(CvShellWords *words, CvStorage storage)
{
    add_all(words, any_lookups);
    if (storage == CV_STORE_TEXT)
        add_all(words, text_lookups);
    if (storage == CV_STORE_JSON)
        add_all(words, json_lookups);
    if (storage == CV_STORE_DATE || storage == CV_STORE_DATETIME)
        add_all(words, date_transforms);
    if (storage == CV_STORE_TIME || storage == CV_STORE_DATETIME)
        add_all(words, time_transforms);
    if (storage == CV_STORE_DATETIME)
        add_all(words, moment_transforms);
}

static void add_members(CvShellWords *words, const CvModel *model)
{
    const CvMapEntry *entry = NULL;
    while ((entry = cv_map_next(cv_model_info(model)->members, entry)))
        cv_vector_push(cv_arena(), words, cv_slice_string(cv_arena(), entry->key));
    cv_vector_push(cv_arena(), words, "pk");
}

static const CvMember *member_named(const CvModel *model, CvSlice name)
{
    return cv_model_member(model, cv_slice_is(name, "pk") ? cv_slice(cv_model_key(model)->name) : name);
}

static bool take_part(CvSlice *rest, CvSlice *part)
{
    const char *end = rest->length ? memmem(rest->data, rest->length, "__", 2) : NULL;
    if (!end)
        return false;
    *part = cv_slice_of(rest->data, (size_t)(end - rest->data));
    *rest = cv_slice_skip(*rest, part->length + 2);
    return true;
}

/* What transforms give: years and hours are numbers. */
static bool is_named(CvSlice name, const char *const *names)
{
    for (; *names; names++)
        if (cv_slice_is(name, *names))
            return true;
    return false;
}

static CvStorage transformed(CvStorage storage, CvSlice name)
{
    if (storage == CV_STORE_DATETIME && cv_slice_is(name, "date"))
        return CV_STORE_DATE;
    if (storage == CV_STORE_DATETIME && cv_slice_is(name, "time"))
        return CV_STORE_TIME;
    if (storage == CV_STORE_JSON)
        return is_named(name, any_lookups) || is_named(name, json_lookups) ? CV_STORE_NONE : CV_STORE_JSON;
    return is_named(name, date_transforms) || is_named(name, time_transforms) ? CV_STORE_INTEGER : CV_STORE_NONE;
}

void cv_shell_path_words(CvShellWords *words, const CvModel *model, const char *const *annotations, CvSlice before,
                         bool lookups)
{
    CvSlice part;
    const CvMember *member = NULL;
    CvStorage storage = CV_STORE_NONE;
    bool first = true, inside = false; /* inside: behind a column that leads nowhere else */
    while (take_part(&before, &part)) {
        const CvMember *next = inside ? NULL : member_named(member ? member->to : model, part);
        first = false;
        if (next) {
            member = next;
            inside = !member->to;
            storage = inside ? member->column->storage : CV_STORE_INTEGER;
        } else if (inside) {
            storage = transformed(storage, part);
            if (storage == CV_STORE_NONE)
                return;
        } else {
            return;
        }
    }
    if (first) {
        add_members(words, model);
        add_all(words, annotations);
        return;
    }
    if (!inside)
        add_members(words, member->to);
    if (lookups)
        add_lookups(words, inside ? storage : CV_STORE_INTEGER);
}

void cv_shell_member_words(CvShellWords *words, const CvModel *model)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    for (size_t i = 0; i < count; i++) {
        if (!columns[i].column)
            continue;
        cv_vector_push(cv_arena(), words, columns[i].name);
        if (strcmp(columns[i].name, columns[i].attribute) != 0)
            cv_vector_push(cv_arena(), words, columns[i].attribute);
    }
}
