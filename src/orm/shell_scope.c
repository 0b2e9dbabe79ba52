/* shell_scope.c: names in scope, and attributes of values. */
#include "base/vector.h"
#include "orm/generic_private.h"
#include "orm/model_private.h"
#include "orm/set_private.h"
#include "orm/shell_complete.h"

static CvSlice model_repr(const void *object, CvArena *arena)
{
    const CvModel *model = ((const CvShellModel *)object)->model;
    return cv_slice(cv_arena_printf(arena, "<class '%s'>", cv_model_label(model)));
}

/* Each time that a model is named makes an object of it. */
static bool model_equal(const void *a, CvValue b)
{
    return cv_shell_is(b, &cv_shell_model_type) &&
           ((const CvShellModel *)a)->model == ((const CvShellModel *)b.object)->model;
}
const CvType cv_shell_model_type = {
    .magic = CV_TYPE_MAGIC, .name = "ModelBase", .repr = model_repr, .str = model_repr, .equal = model_equal};

static CvSlice manager_repr(const void *object, CvArena *arena)
{
    const CvShellManager *manager = object;
    return cv_slice(cv_arena_printf(arena, "%s.%s", cv_model_label(manager->model),
                                    manager->relation ? manager->relation : "objects"));
}
const CvType cv_shell_manager_type = {
    .magic = CV_TYPE_MAGIC, .name = "Manager", .repr = manager_repr, .str = manager_repr};

static CvValue model_value(const CvModel *model)
{
    CvShellModel *object = cv_new(CvShellModel);
    *object = (CvShellModel){.type = &cv_shell_model_type, .model = model};
    return cv_value_object(object);
}

static CvValue zone_value(const CvZone *zone)
{
    CvShellZone *object = cv_new(CvShellZone);
    *object = (CvShellZone){.type = &cv_shell_zone_type, .zone = zone};
    return cv_value_object(object);
}

/* A model by its bare name: the last of that name that a person wrote. */
static const CvModel *model_named(CvSlice name)
{
    const CvModel *found = NULL;
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        if (!cv_model_is_automatic(model) && cv_slice_is(name, model->name))
            found = model;
    return found;
}

bool cv_shell_lookup(CvSlice name, CvValue *out)
{
    const CvModel *model = model_named(name);
    const CvShellMethod *function = cv_shell_find_method(cv_shell_python_functions, name);
    if (!function)
        function = cv_shell_find_method(cv_shell_expression_functions, name);
    if (model)
        *out = model_value(model);
    else if (function)
        *out = cv_shell_method_value(function, NULL, cv_value_null());
    else if (cv_slice_is(name, "FETCH_ONE"))
        *out = cv_value_int(CV_FETCH_ONE);
    else if (cv_slice_is(name, "FETCH_PEERS"))
        *out = cv_value_int(CV_FETCH_PEERS);
    else if (cv_slice_is(name, "FETCH_RAISE"))
        *out = cv_value_int(CV_FETCH_RAISE);
    else if (cv_slice_is(name, "utc"))
        *out = zone_value(cv_zone_utc);
    else
        return cv_shell_expression_class(name, out) || cv_shell_custom_function(name, out);
    return true;
}

const char *const *cv_shell_names(CvArena *arena)
{
    CV_VECTOR(const char *) names = {0};
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        if (!cv_model_is_automatic(model))
            cv_vector_push(arena, &names, model->name);
    for (const CvShellMethod *row = cv_shell_python_functions; row->name; row++)
        cv_vector_push(arena, &names, row->name);
    for (const CvShellMethod *row = cv_shell_expression_functions; row->name; row++)
        cv_vector_push(arena, &names, row->name);
    for (const char *const *class_name = cv_shell_expression_class_names(); *class_name; class_name++)
        cv_vector_push(arena, &names, *class_name);
    cv_vector_push(arena, &names, "utc");
    cv_vector_push(arena, &names, "FETCH_ONE");
    cv_vector_push(arena, &names, "FETCH_PEERS");
    cv_vector_push(arena, &names, "FETCH_RAISE");
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

/* ---- attributes ---- */

/* Book.Status: the choices of one of its fields, called Status or BookStatus in the list. */
typedef struct ChoicesObject {
    const CvType *type;
    const CvChoices *choices;
} ChoicesObject;

/* Book.Status.DRAFT: the constant of that name, or what its name ends in: BOOK_DRAFT. */
static bool choices_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvChoices *choices = ((const ChoicesObject *)object)->choices;
    (void)arena;
    for (size_t i = 0; i < choices->count; i++) {
        CvSlice constant = cv_slice(choices->items[i].name);
        bool same = cv_slice_equal(constant, name);
        if (!same && constant.length > name.length + 1 && cv_slice_ends_with(constant, name))
            same = constant.data[constant.length - name.length - 1] == '_';
        if (same) {
            *out = choices->items[i].text ? cv_value_string(choices->items[i].text)
                                          : cv_value_int(choices->items[i].number);
            return true;
        }
    }
    return false;
}
static const CvType choices_type = {.magic = CV_TYPE_MAGIC, .name = "ChoicesType", .get = choices_get};

static bool model_choices(const CvModel *model, CvSlice name, CvValue *out)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    for (size_t i = 0; i < count; i++) {
        const CvChoices *choices = columns[i].field->choices;
        if (!choices || !cv_slice_ends_with(cv_slice(choices->name), name))
            continue;
        CvSlice before = cv_slice_of(choices->name, strlen(choices->name) - name.length);
        if (before.length && !cv_slice_is(before, model->name))
            continue;
        ChoicesObject *object = cv_new(ChoicesObject);
        *object = (ChoicesObject){&choices_type, choices};
        *out = cv_value_object(object);
        return true;
    }
    return false;
}

/* Book.authors: what stands behind a relation's name on the class; only its `through` is of use. */
typedef struct Descriptor {
    const CvType *type;
    const CvMember *member;
} Descriptor;

static bool descriptor_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvMember *member = ((const Descriptor *)object)->member;
    (void)arena;
    if (!cv_slice_is(name, "through") || !member->through)
        return false;
    *out = model_value(member->through);
    return true;
}
static const CvType descriptor_type = {.magic = CV_TYPE_MAGIC, .name = "ManyToManyDescriptor", .get = descriptor_get};

static bool model_attribute(const CvModel *model, CvSlice name, CvValue *out)
{
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, name);
    if (member && member->kind == CV_MEMBER_MANY) {
        Descriptor *descriptor = cv_new(Descriptor);
        *descriptor = (Descriptor){&descriptor_type, member};
        *out = cv_value_object(descriptor);
        return true;
    }
    const CvManager *named = cv_model_manager(model, name);
    if (!named && !cv_slice_is(name, "objects") && !cv_slice_is(name, "_base_manager") &&
        !cv_slice_is(name, "_default_manager"))
        return model_choices(model, name, out);
    CvShellManager *manager = cv_new(CvShellManager);
    *manager = (CvShellManager){.type = &cv_shell_manager_type,
                                .model = model,
                                .set = named                                ? named->narrow(cv_everything_of(model))
                                       : cv_slice_is(name, "_base_manager") ? cv_everything_of(model)
                                                                            : cv_objects_of(model)};
    *out = cv_value_object(manager);
    return true;
}

static bool method_of(const CvShellMethod *methods, const char *owner, CvValue self, CvSlice name, CvValue *out)
{
    const CvShellMethod *method = cv_shell_find_method(methods, name);
    if (method)
        *out = cv_shell_method_value(method, owner, self);
    return method != NULL;
}

static bool database_attribute(CvQuerySet *set, CvSlice name, CvValue *out)
{
    if (cv_slice_is(name, "db"))
        *out = cv_value_string(cv_database_alias(cv_set_database(set)));
    return cv_slice_is(name, "db");
}

static bool manager_attribute(CvValue value, CvSlice name, CvValue *out)
{
    const CvShellManager *manager = value.object;
    if (manager->row && cv_slice_is(name, "through")) {
        const CvModelInfo *info = cv_model_info(cv_row_model(manager->row));
        const CvMember *member = cv_map_get(info->accessors, cv_slice(manager->relation));
        if (member && member->through) {
            *out = model_value(member->through);
            return true;
        }
    }
    if (database_attribute(cv_shell_query(value), name, out))
        return true;
    return (manager->row && method_of(cv_shell_related_methods, "RelatedManager", value, name, out)) ||
           (cv_model_holds_types(manager->model) &&
            method_of(cv_shell_types_methods, "ContentTypeManager", value, name, out)) ||
           method_of(cv_shell_chain_methods, "QuerySet", value, name, out) ||
           method_of(cv_shell_result_methods, "QuerySet", value, name, out) ||
           (!cv_slice_is(name, "delete") && method_of(cv_shell_write_methods, "QuerySet", value, name, out));
}

static bool set_attribute(CvValue value, CvSlice name, CvValue *out)
{
    if (database_attribute(cv_shell_query(value), name, out))
        return true;
    if (cv_slice_is(name, "ordered")) {
        *out = cv_value_bool(cv_shell_set_is_ordered(cv_shell_query(value)));
        return true;
    }
    return method_of(cv_shell_chain_methods, "QuerySet", value, name, out) ||
           method_of(cv_shell_result_methods, "QuerySet", value, name, out) ||
           method_of(cv_shell_write_methods, "QuerySet", value, name, out);
}

static bool moment_attribute(CvValue value, CvSlice name, CvValue *out)
{
    CvClock clock = {0};
    if (value.kind == CV_DURATION) {
        int64_t days = value.duration / CV_DAY - (value.duration % CV_DAY < 0), rest = value.duration - days * CV_DAY;
        *out = cv_slice_is(name, "days")           ? cv_value_int(days)
               : cv_slice_is(name, "seconds")      ? cv_value_int(rest / CV_SECOND)
               : cv_slice_is(name, "microseconds") ? cv_value_int(rest % CV_SECOND)
                                                   : cv_value_null();
        return out->kind != CV_NULL;
    }
    if (value.kind == CV_DATETIME)
        clock = cv_datetime_clock(value.datetime, NULL);
    else if (value.kind == CV_DATE)
        clock.date = value.date;
    else
        clock.time = value.time;
    const struct {
        const char *name;
        bool here;
        int64_t value;
    } parts[] = {{"year", value.kind != CV_TIME, clock.date.year},
                 {"month", value.kind != CV_TIME, clock.date.month},
                 {"day", value.kind != CV_TIME, clock.date.day},
                 {"hour", value.kind != CV_DATE, clock.time.hour},
                 {"minute", value.kind != CV_DATE, clock.time.minute},
                 {"second", value.kind != CV_DATE, clock.time.second},
                 {"microsecond", value.kind != CV_DATE, clock.time.microsecond}};
    for (size_t i = 0; i < CV_COUNT_OF(parts); i++)
        if (parts[i].here && cv_slice_is(name, parts[i].name)) {
            *out = cv_value_int(parts[i].value);
            return true;
        }
    return false;
}

static bool object_attribute(CvValue value, CvSlice name, CvValue *out)
{
    const CvType *type = cv_type_of(value.object);
    CvAccessor accessor = {0};
    if (type->resolve && type->resolve(type, name, &accessor)) {
        accessor.read(&accessor, value.object, cv_arena(), out);
        return out->kind != CV_MISSING;
    }
    return type->get && type->get(value.object, name, cv_arena(), out) && out->kind != CV_MISSING;
}

static CV_NORETURN void no_attribute(CvValue value, CvSlice name)
{
    CvError error = {.kind = CV_ERROR_ATTRIBUTE};
    CvShellThing thing = cv_shell_thing_of(value);
    CvShellWords words = {0};
    cv_shell_attribute_words(&words, &thing);
    cv_vector_push(cv_arena(), &words, NULL);
    const char *near = cv_nearest(name, words.items);
    if (thing.kind == CV_THING_CLASS)
        error.message = cv_printf("type object '%s' has no attribute '%.*s'", thing.model->name, CV_SLICE_ARG(name));
    else
        error.message = cv_printf("'%s' object has no attribute '%.*s'", cv_shell_type_name(value), CV_SLICE_ARG(name));
    error.hint = near ? cv_printf("Did you mean '%s'?", near) : NULL;
    cv_raise_error(&error);
}

CvValue cv_shell_attribute(CvValue value, CvSlice name)
{
    CvValue found;
    bool ok = false;
    if (value.kind == CV_DATE || value.kind == CV_TIME || value.kind == CV_DATETIME || value.kind == CV_DURATION)
        ok = moment_attribute(value, name, &found);
    else if (cv_shell_is(value, &cv_shell_model_type))
        ok = model_attribute(((const CvShellModel *)value.object)->model, name, &found);
    else if (cv_shell_is(value, &cv_shell_manager_type))
        ok = manager_attribute(value, name, &found);
    else if (cv_shell_is_query(value))
        ok = set_attribute(value, name, &found);
    else if (cv_shell_is_expression(value))
        ok = method_of(cv_shell_expression_methods, NULL, value, name, &found);
    else if (cv_shell_is_row(value))
        ok = cv_shell_row_attribute(value, name, &found);
    else if (value.kind == CV_OBJECT)
        ok = object_attribute(value, name, &found);
    if (ok)
        return found;
    no_attribute(value, name);
}
