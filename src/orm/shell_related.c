/* shell_related.c: relations in the query language: managers of related rows, Prefetch, generic keys, content types. */
#include "base/vector.h"
#include "orm/related_private.h"
#include "orm/shell_private.h"

static bool is_given(CvValue value)
{
    return value.kind != CV_MISSING && value.kind != CV_NULL;
}

static bool flag(CvValue value)
{
    return value.kind != CV_MISSING && cv_shell_truth(value);
}

/* ---- managers of relations ---- */

static const CvMember *member_of(CvValue manager)
{
    return ((const CvShellManager *)manager.object)->set->member;
}

/* Python spreads what is many with a star. */
static CvValue one_value(CvValue value)
{
    value = cv_shell_plain(value);
    if (value.kind == CV_LIST || value.kind == CV_TUPLE || cv_shell_is_query(value))
        cv_raise(CV_ERROR_TYPE, "Field 'id' expected a number but got %.*s.",
                 CV_SLICE_ARG(cv_value_repr(cv_arena(), value)));
    return value;
}

static const CvValue *plain_values(const CvList *items)
{
    CvValue *values = cv_new_array(CvValue, items->count);
    for (size_t i = 0; i < items->count; i++)
        values[i] = one_value(items->items[i]);
    return values;
}

/* bulk=, clear=, through_defaults= of a call; Python's words where a kind of manager does not take them. */
static CvLinkOptions options_of(CvValue manager, const char *method, CvValue bulk, CvValue clear, CvValue defaults)
{
    CvLinkOptions how = {.one_by_one = bulk.kind != CV_MISSING && !cv_shell_truth(bulk), .clear = flag(clear)};
    bool many = member_of(manager) && member_of(manager)->kind == CV_MEMBER_MANY;
    if (many ? bulk.kind != CV_MISSING : defaults.kind != CV_MISSING)
        cv_raise(CV_ERROR_TYPE, "%s() got an unexpected keyword argument '%s'", method,
                 many ? "bulk" : "through_defaults");
    if (!is_given(defaults))
        return how;
    if (defaults.kind != CV_DICT)
        cv_raise(CV_ERROR_TYPE, "through_defaults must be a dict, not %s", cv_shell_type_name(defaults));
    size_t most = cv_dict_count(defaults.dict);
    const char **names = cv_new_array(const char *, most + 1);
    CvValue *values = cv_new_array(CvValue, most + 1);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(defaults.dict, entry));) {
        names[how.default_count] = cv_shell_text(entry->key);
        values[how.default_count++] = cv_shell_plain(entry->value);
    }
    how.default_names = names;
    how.default_values = values;
    return how;
}

static const CvValue missing = {.kind = CV_MISSING};

/* given: bulk, through_defaults */
static CvValue add(CvValue self, const CvShellCall *call)
{
    CvLinkOptions how = options_of(self, "add", call->given[0], missing, call->given[1]);
    cv_related_add(cv_shell_query(self), call->rest->count, plain_values(call->rest), &how);
    return cv_value_null();
}

static CvValue remove_rows(CvValue self, const CvShellCall *call)
{
    CvLinkOptions how = options_of(self, "remove", call->given[0], missing, missing);
    cv_related_remove(cv_shell_query(self), call->rest->count, plain_values(call->rest), &how);
    return cv_value_null();
}

/* given: objs, bulk, clear, through_defaults */
static CvValue set_rows(CvValue self, const CvShellCall *call)
{
    CvLinkOptions how = options_of(self, "set", call->given[1], call->given[2], call->given[3]);
    const CvList *items = cv_shell_items(call->given[0]);
    cv_related_set(cv_shell_query(self), items->count, plain_values(items), &how);
    return cv_value_null();
}

static CvValue clear(CvValue self, const CvShellCall *call)
{
    CvLinkOptions how = options_of(self, "clear", call->given[0], missing, missing);
    cv_related_clear(cv_shell_query(self), &how);
    return cv_value_null();
}

const CvShellMethod cv_shell_related_methods[] = {
    {"add", "* bulk? through_defaults?", add},
    {"remove", "* bulk?", remove_rows},
    {"set", "objs / bulk? clear? through_defaults?", set_rows},
    {"clear", "bulk?", clear},
    {0},
};

CvValue cv_shell_take_defaults(CvValue manager, CvShellCall *call)
{
    bool related = cv_shell_is(manager, &cv_shell_manager_type) && ((const CvShellManager *)manager.object)->row;
    const char **names = cv_new_array(const char *, call->keyword_count + 1);
    CvValue *values = cv_new_array(CvValue, call->keyword_count + 1), defaults = missing;
    size_t count = 0;
    for (size_t i = 0; i < call->keyword_count; i++) {
        if (related && member_of(manager)->kind == CV_MEMBER_MANY &&
            strcmp(call->keywords[i], "through_defaults") == 0) {
            defaults = call->keyword_values[i];
            continue;
        }
        names[count] = call->keywords[i];
        values[count++] = call->keyword_values[i];
    }
    call->keywords = names;
    call->keyword_values = values;
    call->keyword_count = count;
    return defaults;
}

CvValue cv_shell_create_related(CvValue manager, const CvShellArguments *arguments)
{
    CvShellCall call = {.keyword_count = arguments->keyword_count,
                        .keywords = arguments->keywords,
                        .keyword_values = arguments->keyword_values};
    CvValue defaults = cv_shell_take_defaults(manager, &call);
    CvShellArguments own = {
        .keyword_count = call.keyword_count, .keywords = call.keywords, .keyword_values = call.keyword_values};
    CvQuerySet *set = cv_shell_query(manager);
    CvLinkOptions how = options_of(manager, "create", missing, missing, defaults);
    return cv_value_object(cv_related_save(set, cv_shell_new_row(set->model, &own), &how));
}

/* ---- generic foreign keys ---- */

bool cv_shell_assign_relation(void *row, const char *name, CvValue value)
{
    const CvModel *model = cv_row_model(row);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, cv_slice(name));
    if (!member || !cv_model_member(model, cv_slice(name)))
        return false;
    if (member->kind == CV_MEMBER_REVERSE && member->one)
        cv_raise(CV_ERROR_VALUE, "Cannot assign \"%.*s\": \"%s.%s\" must be a \"%s\" instance.",
                 CV_SLICE_ARG(cv_value_repr(cv_arena(), value)), model->name, name, member->to->name);
    if (member->kind != CV_MEMBER_TARGET)
        cv_raise(CV_ERROR_TYPE,
                 "Direct assignment to the reverse side of a %s set is prohibited. Use %s.set() instead.",
                 member->kind == CV_MEMBER_MANY ? "many-to-many" : "related",
                 member->kind == CV_MEMBER_GENERIC ? member->generic->field->related_query_name : name);
    if (value.kind != CV_NULL && !cv_shell_is_row(value))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '_state'", cv_shell_type_name(value));
    cv_target_set(row, name, value.kind == CV_NULL ? NULL : value.object);
    return true;
}

bool cv_shell_kept_attribute(const void *row, CvSlice name, CvValue *out)
{
    const CvPrefetched *kept = cv_related_kept_as(row, name);
    if (!kept)
        return false;
    *out = kept->many    ? cv_value_list(cv_list_of_set(kept->value))
           : kept->value ? cv_value_object(kept->value)
                         : cv_value_null();
    return true;
}

/* ---- Prefetch ---- */

static CvQuerySet *set_for(CvValue value)
{
    CvQuerySet *set = cv_shell_query(value);
    if (!set)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '_iterable_class'", cv_shell_type_name(value));
    return set;
}

static const char *attribute_name(CvValue value)
{
    return is_given(value) ? cv_shell_text(value) : NULL;
}

/* given: lookup, queryset, to_attr */
CvValue cv_shell_make_prefetch(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = is_given(call->given[1]) ? set_for(call->given[1]) : NULL;
    (void)self;
    return cv_value_object(
        cv_prefetch_of(cv_shell_text(call->given[0]), attribute_name(call->given[2]), set != NULL, &set));
}

/* given: lookup, querysets, to_attr */
CvValue cv_shell_make_generic_prefetch(CvValue self, const CvShellCall *call)
{
    const CvList *items = cv_shell_items(call->given[1]);
    CvQuerySet **sets = cv_new_array(CvQuerySet *, items->count + 1);
    (void)self;
    for (size_t i = 0; i < items->count; i++)
        sets[i] = set_for(items->items[i]);
    return cv_value_object(
        cv_prefetch_of(cv_shell_text(call->given[0]), attribute_name(call->given[2]), items->count, sets));
}

/* given: model_instances; then lookups */
CvValue cv_shell_prefetch_objects(CvValue self, const CvShellCall *call)
{
    const CvList *items = cv_shell_items(call->given[0]);
    void **rows = cv_new_array(void *, items->count + 1);
    (void)self;
    for (size_t i = 0; i < items->count; i++) {
        if (!cv_shell_is_row(items->items[i]))
            cv_raise(CV_ERROR_TYPE, "prefetch_related_objects() takes rows, not %s",
                     cv_shell_type_name(items->items[i]));
        rows[i] = (void *)(uintptr_t)items->items[i].object;
    }
    const CvPrefetch **lookups = cv_new_array(const CvPrefetch *, call->rest->count + 1);
    for (size_t i = 0; i < call->rest->count; i++)
        lookups[i] = cv_shell_is(call->rest->items[i], &cv_prefetch_type)
                         ? call->rest->items[i].object
                         : cv_prefetch_of(cv_shell_text(call->rest->items[i]), NULL, 0, NULL);
    cv_prefetch_objects_with(rows, items->count, lookups);
    return cv_value_null();
}

/* ---- content types ---- */

/* A model, or the model of a row. */
static const CvModel *model_of(CvValue value)
{
    if (cv_shell_is(value, &cv_shell_model_type))
        return ((const CvShellModel *)value.object)->model;
    if (!cv_shell_is_row(value))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '_meta'", cv_shell_type_name(value));
    return cv_row_model(value.object);
}

static bool concrete_flag(CvValue value)
{
    return value.kind == CV_MISSING || cv_shell_truth(value);
}

/* given: model, for_concrete_model */
static CvValue get_for_model(CvValue self, const CvShellCall *call)
{
    const CvQuerySet *set = cv_shell_query(self);
    return cv_value_object(
        cv_content_type_row(set->model, model_of(call->given[0]), concrete_flag(call->given[1]), cv_set_database(set)));
}

/* given: for_concrete_models; then models */
static CvValue get_for_models(CvValue self, const CvShellCall *call)
{
    const CvQuerySet *set = cv_shell_query(self);
    CvDict *types = cv_dict_create(cv_arena());
    const CvModel **models = cv_new_array(const CvModel *, call->rest->count + 1);
    for (size_t i = 0; i < call->rest->count; i++)
        models[i] = model_of(call->rest->items[i]);
    cv_content_types_load(set->model, models, call->rest->count, concrete_flag(call->given[0]), cv_set_database(set));
    for (size_t i = 0; i < call->rest->count; i++)
        cv_dict_set(types, call->rest->items[i],
                    cv_value_object(cv_content_type_row(set->model, models[i], concrete_flag(call->given[0]),
                                                        cv_set_database(set))));
    return cv_value_dict(types);
}

static CvValue get_for_id(CvValue self, const CvShellCall *call)
{
    const CvQuerySet *set = cv_shell_query(self);
    return cv_value_object(cv_content_type_by_key(set->model, call->given[0], cv_set_database(set)));
}

static CvValue clear_cache(CvValue self, const CvShellCall *call)
{
    (void)self;
    (void)call;
    cv_content_types_forget();
    return cv_value_null();
}

const CvShellMethod cv_shell_types_methods[] = {
    {"get_for_model", "model for_concrete_model?", get_for_model},
    {"get_for_models", "* for_concrete_models?", get_for_models},
    {"get_for_id", "id", get_for_id},
    {"clear_cache", "", clear_cache},
    {0},
};

static const CvModel *named_model(CvValue type)
{
    const CvModel *model = cv_content_type_names(type.object);
    if (!model)
        cv_raise(CV_ERROR_ATTRIBUTE, "'NoneType' object has no attribute '_base_manager'");
    return model;
}

static CvValue model_class(CvValue self, const CvShellCall *call)
{
    const CvModel *model = cv_content_type_names(self.object);
    (void)call;
    if (!model)
        return cv_value_null();
    CvShellModel *object = cv_new(CvShellModel);
    *object = (CvShellModel){.type = &cv_shell_model_type, .model = model};
    return cv_value_object(object);
}

static CvQuerySet *objects_of_type(CvValue type, const CvShellCall *call)
{
    CvQuerySet *set = cv_everything_of(named_model(type));
    CvValue *values = cv_new_array(CvValue, call->keyword_count + 1);
    set->database = cv_row_home(type.object);
    for (size_t i = 0; i < call->keyword_count; i++)
        values[i] = cv_shell_plain(call->keyword_values[i]);
    return call->keyword_count ? cv_filter_at(set, NULL, call->keyword_count, call->keywords, values) : set;
}

static CvValue get_object_for_this_type(CvValue self, const CvShellCall *call)
{
    static const char *const none[] = {NULL};
    CvQuerySet *set = objects_of_type(self, call);
    void *row = cv_get_at(set, NULL, 0, none, NULL);
    if (!row)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", set->model->name);
    return cv_value_object(row);
}

static CvValue get_all_objects_for_this_type(CvValue self, const CvShellCall *call)
{
    return cv_value_object(objects_of_type(self, call));
}

const CvShellMethod cv_shell_type_methods[] = {
    {"model_class", "", model_class},
    {"get_object_for_this_type", "using? / **", get_object_for_this_type},
    {"get_all_objects_for_this_type", "**", get_all_objects_for_this_type},
    {0},
};
