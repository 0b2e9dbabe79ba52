/* relations.c: joins models: what each name in a lookup path leads to, ways back, many-to-many tables, generic
 * relations. */
#include "orm/generic_private.h"
#include "orm/registry_private.h"

#include "base/vector.h"

static CvMember *add_member(CvModelInfo *info, CvMember member, CvErrors *errors)
{
    CvMember *added = cv_arena_memdup(cv_registry_arena(), &member, sizeof member);
    bool taken = member.name && cv_map_get(info->members, cv_slice(member.name));
    if (taken && cv_registry->past)
        return added;
    if (taken)
        cv_registry_wrong(errors, info, NULL, "%s: the name \"%s\" is taken twice (by a way back from %s)", info->label,
                          member.name, member.to ? member.to->name : "?")
            ->hint = "give one of the relations a related_name";
    else if (member.name)
        cv_map_set(info->members, cv_slice(member.name), added);
    if (member.accessor)
        cv_map_set(info->accessors, cv_slice(member.accessor), added);
    return added;
}

static CvHop hop(const CvColumn *near, const CvModel *from, const CvColumn *far, const CvModel *to, bool multi,
                 bool nullable)
{
    return (CvHop){.from = from, .to = to, .near = near, .far = far, .multi = multi, .nullable = nullable};
}

static CvHop forward_hop(const CvModel *from, const CvColumn *column)
{
    return hop(column, from, column->to_column, column->to, false, column->null);
}

static CvHop backward_hop(const CvModel *from, const CvColumn *column)
{
    return hop(column->to_column, from, column, column->model, !column->unique, true);
}

static const char *replaced(CvArena *arena, const char *name, const CvModelInfo *info)
{
    CvSlice rest = cv_slice(name);
    CvBuffer out = cv_buffer(arena);
    while (rest.length) {
        if (cv_slice_starts_with(rest, CV_SLICE("%(class)s"))) {
            cv_buffer_append_string(&out, info->lower);
            rest = cv_slice_skip(rest, 9);
        } else if (cv_slice_starts_with(rest, CV_SLICE("%(app_label)s"))) {
            cv_buffer_append_string(&out, info->app_label);
            rest = cv_slice_skip(rest, 13);
        } else {
            cv_buffer_append_byte(&out, rest.data[0]);
            rest = cv_slice_skip(rest, 1);
        }
    }
    return cv_buffer_string(&out);
}

/* The names of a way back: what queries and attributes call it; both NULL for a hidden one. */
static void way_back_names(const CvModelInfo *info, const CvField *field, bool one, const char **query,
                           const char **accessor)
{
    CvArena *arena = cv_registry_arena();
    const char *related = field->related_name ? field->related_name : info->model->options->default_related_name;
    *query = *accessor = NULL;
    if (related && related[0] && related[strlen(related) - 1] == '+')
        return;
    if (related)
        related = replaced(arena, related, info);
    *query = field->related_query_name ? field->related_query_name : related ? related : info->lower;
    *accessor = related ? related : one ? info->lower : cv_arena_printf(arena, "%s_set", info->lower);
}

static const CvColumn *target_of(const CvColumn *column, CvErrors *errors)
{
    const CvModelInfo *to = *column->to->info;
    const CvColumn *target = to->key;
    if (column->field->to_field)
        target = cv_map_get(to->attributes, cv_slice(column->field->to_field));
    if (!target)
        cv_registry_wrong(errors, *column->model->info, column->field,
                          "%s.%s: the to_field \"%s\" does not exist on %s", column->model->name, column->name,
                          column->field->to_field, to->label);
    return target;
}

static void join_foreign_key(CvModelInfo *info, CvColumn *column, CvErrors *errors)
{
    const char *query, *accessor;
    if (!*column->to->info) {
        cv_registry_wrong(errors, info, column->field, "%s.%s: the model %s is in no installed app", info->label,
                          column->name, column->to->name);
        return;
    }
    column->to_column = target_of(column, errors);
    if (!column->to_column || column->model != info->model)
        return;
    way_back_names(info, column->field, column->unique, &query, &accessor);
    CvModelInfo *to = *column->to->info;
    CvMember back = {.kind = CV_MEMBER_REVERSE,
                     .name = query,
                     .accessor = accessor,
                     .column = column,
                     .to = info->model,
                     .hop_count = 1,
                     .one = column->unique};
    CvMember *added = add_member(to, back, errors);
    if (to->way_back_count == to->way_back_capacity)
        to->ways_back =
            cv_vector_grow(cv_registry_arena(), to->ways_back, &to->way_back_capacity, sizeof *to->ways_back);
    to->ways_back[to->way_back_count++] = added;
}

/* The foreign key of `through` that points to `to`; the second such one if `skip`. */
static const CvColumn *key_towards(const CvModelInfo *through, const CvModel *to, const char *named, bool skip)
{
    if (named)
        return cv_map_get(through->attributes, cv_slice(named));
    for (size_t i = 0; i < through->concrete_count; i++) {
        const CvColumn *column = &through->columns[i];
        if (column->to && !column->field->kind->many && (*column->to->info)->concrete == (*to->info)->concrete) {
            if (!skip)
                return column;
            skip = false;
        }
    }
    return NULL;
}

static void join_many(CvModelInfo *info, const CvColumn *column, CvErrors *errors)
{
    const CvField *field = column->field;
    const CvModel *through = field->through ? field->through : cv_registry_through(info, field);
    const CvModelInfo *between = *through->info;
    const char *query, *accessor;
    bool self = field->to == info->model;
    if (!between) {
        cv_registry_wrong(errors, info, field, "%s.%s: the model %s is in no installed app", info->label, column->name,
                          through->name);
        return;
    }
    const char *const *named = field->through_fields;
    CvMember member = {.kind = CV_MEMBER_MANY,
                       .name = column->name,
                       .accessor = column->name,
                       .column = column,
                       .to = field->to,
                       .hop_count = 2,
                       .through = through,
                       .source = key_towards(between, info->model, named ? named[0] : NULL, false),
                       .target = key_towards(between, field->to, named ? named[1] : NULL, self),
                       .symmetrical = self && field->symmetrical != 0};
    if ((!member.source || !member.target) && cv_registry->past)
        return; /* they come with a later operation */
    if (!member.source || !member.target) {
        cv_registry_wrong(errors, info, field, "%s.%s: the model %s has no foreign keys to both %s and %s", info->label,
                          column->name, through->name, info->label, field->to->name);
        return;
    }
    way_back_names(info, field, false, &query, &accessor);
    if (!query) /* no name that a person could write, but queries need one */
        query = cv_arena_printf(cv_registry_arena(), "_%s_%s_%s_+", info->app_label, info->lower, field->name);
    member.back_name = member.symmetrical ? column->name : query;
    add_member(info, member, errors);
    if (member.symmetrical)
        return;
    CvMember back = member;
    back.back_name = column->name;
    back.name = query;
    back.accessor = accessor;
    back.to = info->model;
    back.source = member.target;
    back.target = member.source;
    add_member(*field->to->info, back, errors);
}

/* The hops of ways back and many-to-many fields, once every foreign key knows its target. */
static void fill_hops(CvModelInfo *info)
{
    const CvMapEntry *entry = NULL;
    CvMap *const maps[] = {info->members, info->accessors};
    for (size_t i = 0; i < CV_COUNT_OF(maps); i++)
        while ((entry = cv_map_next(maps[i], entry))) {
            CvMember *member = entry->value;
            if (member->kind == CV_MEMBER_GENERIC || member->kind == CV_MEMBER_TARGET) {
                continue; /* complete from the start */
            } else if (member->kind == CV_MEMBER_REVERSE) {
                member->hops[0] = backward_hop(info->model, member->column);
            } else if (member->kind == CV_MEMBER_MANY) {
                member->hops[0] = backward_hop(info->model, member->source);
                member->hops[1] = forward_hop(member->through, member->target);
            } else if (member->column->to_column) {
                member->hops[0] = forward_hop(info->model, member->column);
                member->hop_count = 1;
            }
        }
    for (size_t i = 0; i < info->way_back_count; i++)
        info->ways_back[i]->hops[0] = backward_hop(info->model, info->ways_back[i]->column);
    if (info->parent_link)
        info->parent_hop = forward_hop(info->model, info->parent_link);
}

/* Names that reach a child or proxy from its parent. */
static void inherit(CvModelInfo *info)
{
    const CvModelInfo *parent = info->model->parent ? *info->model->parent->info : NULL;
    const CvMapEntry *entry = NULL;
    if (!parent)
        return;
    while ((entry = cv_map_next(parent->members, entry))) {
        const CvMember *member = entry->value;
        bool child = member->kind == CV_MEMBER_REVERSE && /* another child, or this one */
                     member->column == cv_model_info(member->column->model)->parent_link;
        if (!cv_map_get(info->members, entry->key) && member->kind != CV_MEMBER_COLUMN && !(child && info->parent_link))
            cv_map_set(info->members, entry->key, entry->value);
    }
    while ((entry = cv_map_next(parent->accessors, entry)))
        if (!cv_map_get(info->accessors, entry->key))
            cv_map_set(info->accessors, entry->key, entry->value);
}

static void check_related_names(const CvModelInfo *info, CvErrors *errors)
{
    for (const CvRelatedName *related = info->model->related; related && related->name; related++) {
        const CvMember *member = cv_map_get(info->accessors, cv_slice(related->name));
        if (!member)
            cv_registry_wrong(errors, info, NULL,
                              "%s: Related(%s, %s) names no way back; a foreign key of %s needs .related_name = \"%s\"",
                              info->label, related->name, related->model->name, related->model->name, related->name);
        else if (member->to != related->model)
            cv_registry_wrong(errors, info, NULL, "%s: Related(%s, %s) leads to %s", info->label, related->name,
                              related->model->name, member->to->name);
    }
}

static void check_columns(const CvModelInfo *info, CvErrors *errors)
{
    for (size_t i = 0; i < info->column_count; i++) {
        const CvColumn *column = &info->columns[i];
        const CvField *field = column->field;
        cv_own_check(column, info->label, errors);
        if (field->kind == &cv_char_field && field->max_length <= 0)
            cv_registry_wrong(errors, info, field, "%s.%s: CharFields must define a 'max_length' attribute.",
                              info->label, column->name);
        if (field->kind == &cv_decimal_field && (field->max_digits <= 0 || field->decimal_places > field->max_digits))
            cv_registry_wrong(errors, info, field,
                              "%s.%s: DecimalFields must define a 'max_digits' attribute of at least 'decimal_places'.",
                              info->label, column->name);
        if (field->kind->relation && !field->kind->many && !field->on_delete)
            cv_registry_wrong(errors, info, field, "%s.%s: a %s needs .on_delete", info->label, column->name,
                              field->kind->name);
        if (field->kind->relation && field->to && *field->to->info && (*field->to->info)->key_parts)
            cv_registry_wrong(
                errors, info, field,
                "%s.%s: Field defines a relation involving model '%s' which has a CompositePrimaryKey and "
                "such relations are not supported.",
                info->label, column->name, field->to->name);
        if (field->on_delete == CV_SET_NULL && !column->null)
            cv_registry_wrong(errors, info, field, "%s.%s: Field specifies on_delete=SET_NULL, but cannot be null.",
                              info->label, column->name);
    }
}

/* ---- generic relations ---- */

static const char *type_name(const CvField *field)
{
    return field->content_type ? field->content_type : "content_type";
}

static const char *id_name(const CvField *field)
{
    return field->object_id ? field->object_id : "object_id";
}

/* The two columns behind a GenericForeignKey, in the model that has it. */
static bool find_target_columns(const CvModelInfo *holder, CvGeneric *generic, CvErrors *errors)
{
    const CvField *field = generic->field;
    const char *at = cv_model_info(generic->model)->label;
    generic->type = cv_map_get(holder->attributes, cv_slice(type_name(field)));
    generic->id = cv_map_get(holder->attributes, cv_slice(id_name(field)));
    if (!generic->id)
        cv_registry_wrong(errors, holder, field,
                          "%s.%s: The GenericForeignKey object ID references the nonexistent field '%s'.", at,
                          field->name, id_name(field));
    if (!generic->type)
        cv_registry_wrong(errors, holder, field,
                          "%s.%s: The GenericForeignKey content type references the nonexistent field '%s.%s'.", at,
                          field->name, holder->model->name, type_name(field));
    else if (generic->type->field->kind != &cv_foreign_key_field || !cv_model_holds_types(generic->type->to))
        cv_registry_wrong(errors, holder, field,
                          "%s.%s: '%s.%s' is not a ForeignKey to a model of content types (app_label, model).", at,
                          field->name, holder->model->name, type_name(field));
    else if (generic->type->field->on_delete >= CV_DB_CASCADE)
        cv_registry_wrong(errors, holder, field, "%s.%s: '%s.%s' cannot use the database-level on_delete variant.", at,
                          field->name, holder->model->name, type_name(field));
    else
        return generic->id != NULL;
    return false;
}

static bool has_target_for(const CvModelInfo *holder, const CvField *relation)
{
    for (size_t i = 0; i < holder->generic_count; i++) {
        const CvField *field = holder->generics[i].field;
        if (field->kind == &cv_generic_key_field && strcmp(type_name(field), type_name(relation)) == 0 &&
            strcmp(id_name(field), id_name(relation)) == 0)
            return true;
    }
    return false;
}

static void join_generic_relation(CvModelInfo *info, CvGeneric *generic, CvErrors *errors)
{
    const CvField *field = generic->field;
    CvModelInfo *holder = *field->to->info;
    if (!holder) {
        cv_registry_wrong(errors, info, field, "%s.%s: the model %s is in no installed app", info->label, field->name,
                          field->to->name);
        return;
    }
    if (!has_target_for(holder, field)) {
        cv_registry_wrong(errors, info, field,
                          "%s.%s: The GenericRelation defines a relation with the model '%s', but that model does not "
                          "have a GenericForeignKey.",
                          info->label, field->name, holder->label);
        return;
    }
    if (!find_target_columns(holder, generic, errors))
        return;
    CvHop over = hop(info->key, info->model, generic->id, field->to, true, true);
    over.type = generic->type;
    over.type_model = generic->concrete_model ? info->concrete : info->model;
    add_member(info,
               (CvMember){.kind = CV_MEMBER_GENERIC,
                          .name = field->name,
                          .accessor = field->name,
                          .to = field->to,
                          .hops = {over},
                          .hop_count = 1,
                          .generic = generic},
               errors);
    if (!field->related_query_name || generic->inherited)
        return;
    CvHop back = over;
    back.from = over.to;
    back.to = over.from;
    back.near = over.far;
    back.far = over.near;
    back.multi = false;
    back.type_near = true;
    add_member(holder,
               (CvMember){.kind = CV_MEMBER_GENERIC,
                          .name = field->related_query_name,
                          .to = info->model,
                          .hops = {back},
                          .hop_count = 1,
                          .generic = generic},
               errors);
}

static void join_generics(CvModelInfo *info, CvErrors *errors)
{
    for (size_t i = 0; i < info->generic_count; i++) {
        CvGeneric *generic = &info->generics[i];
        const char *name = generic->field->name;
        if (generic->field->kind == &cv_generic_relation_field)
            join_generic_relation(info, generic, errors);
        else if (find_target_columns(info, generic, errors))
            add_member(
                info,
                (CvMember){.kind = CV_MEMBER_TARGET, .name = name, .accessor = name, .one = true, .generic = generic},
                errors);
    }
}

void cv_registry_relations(CvModelInfo *info, CvErrors *errors)
{
    join_generics(info, errors);
    for (size_t i = 0; i < info->column_count; i++) {
        CvColumn *column = &info->columns[i];
        CvMember member = {.kind = CV_MEMBER_COLUMN,
                           .name = column->name,
                           .accessor = column->name,
                           .column = column,
                           .to = column->to,
                           .one = true};
        if (column->field->kind->many) {
            if (column->model == info->model)
                join_many(info, column, errors);
            continue;
        }
        CvMember *added = add_member(info, member, errors);
        if (column->attribute != column->name) {
            cv_map_set(info->members, cv_slice(column->attribute), added);
            cv_map_set(info->accessors, cv_slice(column->attribute), added);
        }
        if (column->to)
            join_foreign_key(info, column, errors);
    }
}

static bool joined(CvErrors *errors)
{
    size_t before = errors->count;
    for (CvModelInfo *info = cv_registry->first; info; info = info->next)
        if (!info->ready)
            cv_registry_labels(info, errors);
    if (errors->count > before)
        return false;
    for (CvModelInfo *info = cv_registry->first; info; info = info->next)
        if (cv_registry_key_storage(info->model) == CV_STORE_REFERENCE)
            cv_registry_wrong(errors, info, NULL,
                              "%s: its key leads over more than %d other models' keys, or back to itself.", info->label,
                              CV_MOST_KEYS);
    if (errors->count > before)
        return false;
    for (CvModelInfo *info = cv_registry->first; info; info = info->next)
        cv_registry_lay_out(info->model);
    for (CvModelInfo *info = cv_registry->first; info; info = info->next)
        if (!cv_registry_columns(info, errors))
            return false;
    for (CvModelInfo *info = cv_registry->first; info; info = info->next) {
        if (info->ready)
            continue;
        info->members = cv_map_create(cv_registry_arena());
        info->accessors = cv_map_create(cv_registry_arena());
    }
    /* Models of many-to-many tables are added to the end as they turn up. */
    for (CvModelInfo *info = cv_registry->first; info; info = info->next)
        if (!info->ready && errors->count == before)
            cv_registry_relations(info, errors);
    for (CvModelInfo *info = cv_registry->first; info && errors->count == before; info = info->next) {
        fill_hops(info);
        if (!info->ready)
            check_columns(info, errors);
    }
    for (CvModelInfo *info = cv_registry->first; info && errors->count == before; info = info->next) {
        inherit(info);
        check_related_names(info, errors);
        if (!info->ready && !cv_registry->past)
            cv_registry_check_meta(info, errors);
        info->ready = true;
    }
    return errors->count == before;
}

bool cv_models_ready(CvErrors *errors)
{
    CvErrors own = {.arena = cv_registry_arena()};
    bool good = joined(errors ? errors : &own);
    if (!good && !errors)
        cv_raise_error(own.items[0]);
    return good;
}
