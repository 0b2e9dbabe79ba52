/* related_change.c: changing sets of related rows: many-to-many links, rows over foreign keys, generic relations. */
#include "orm/related_private.h"
#include "orm/signals.h"

#include "base/vector.h"

/* ---- what is being changed ---- */

typedef struct Change {
    CvQuerySet *set;
    const CvMember *member;
    CvRow *owner;
    CvDatabase *database;
    const CvLinkOptions *how; /* never NULL */
} Change;

static Change begin(CvQuerySet *related, const CvLinkOptions *how)
{
    static const CvLinkOptions plain;
    if (!related->member || !related->owner)
        cv_raise(CV_ERROR_TYPE, "only what cv_related() gives can be changed");
    CvDatabase *database = related->database ? related->database : cv_row_home(related->owner);
    CvRow *owner = (CvRow *)(uintptr_t)related->owner;
    if (related->of_unsaved)
        cv_raise(CV_ERROR_VALUE,
                 "\"%.*s\" needs to have a value for field \"%s\" before this relationship can be used.",
                 CV_SLICE_ARG(cv_row_type_repr(owner, cv_arena())), related->member->hops[0].near->attribute);
    cv_related_forget(owner, related->member);
    related->fetched = false;
    return (Change){related, related->member, owner, database ? database : cv_database_or_raise(NULL),
                    how ? how : &plain};
}

static CvValue owner_key(const Change *change)
{
    return cv_row_get(change->owner, change->member->hops[0].near);
}

static CvQuerySet *everything(const Change *change, const CvModel *model)
{
    CvQuerySet *set = cv_everything_of(model);
    set->database = change->database;
    return set;
}

/* The set as the database has it now. */
static CvQuerySet *fresh(const Change *change)
{
    return cv_related_of(change->owner, change->member->accessor);
}

static bool is_of(const CvModel *model, const CvModel *wanted)
{
    for (; model; model = model->parent)
        if (cv_model_info(model)->concrete == cv_model_info(wanted)->concrete)
            return true;
    return false;
}

CV_NORETURN static void wrong_row(const Change *change, CvValue value)
{
    CvSlice shown = cv_value_repr(cv_arena(), value);
    cv_raise(CV_ERROR_TYPE, "'%s' instance expected, got %.*s", change->member->to->name, CV_SLICE_ARG(shown));
}

/* Arguments one by one: lists and sets among them are taken apart. */
static CvList *flat(size_t count, const CvValue *values)
{
    CvList *all = cv_list_create(cv_arena());
    for (size_t i = 0; i < count; i++) {
        CvQuerySet *set = cv_value_set_of(values[i]);
        if (set)
            for (size_t j = 0; j < cv_length_of(set); j++)
                cv_list_add(cv_arena(), all, cv_item_of(set, j));
        else if (values[i].kind == CV_LIST || values[i].kind == CV_TUPLE)
            for (size_t j = 0; j < values[i].list->count; j++)
                cv_list_add(cv_arena(), all, values[i].list->items[j]);
        else
            cv_list_add(cv_arena(), all, values[i]);
    }
    return all;
}

/* Values, each once. */
typedef struct Keys {
    CvList *list;
    CvMap *seen;
} Keys;

static Keys no_keys(void)
{
    return (Keys){cv_list_create(cv_arena()), cv_map_create(cv_arena())};
}

static bool has_key(const Keys *keys, CvValue key)
{
    return cv_map_get(keys->seen, cv_related_key(key)) != NULL;
}

static void add_key(Keys *keys, CvValue key)
{
    if (has_key(keys, key))
        return;
    cv_map_set(keys->seen, cv_related_key(key), keys->list);
    cv_list_add(cv_arena(), keys->list, key);
}

/* ---- many-to-many: rows of the table between ---- */

/* The key that the table between holds for a row, or for a key as it stands. */
static CvValue target_key(const Change *change, CvValue value)
{
    const CvColumn *target = change->member->target;
    const CvRow *row = cv_value_row(value);
    if (!row)
        return cv_column_convert(cv_arena(), target, value);
    if (!is_of(cv_row_model(row), change->member->to))
        wrong_row(change, value);
    return cv_row_get(row, target->to_column);
}

static Keys target_keys(const Change *change, const CvList *values)
{
    Keys keys = no_keys();
    for (size_t i = 0; i < values->count; i++) {
        const CvRow *row = cv_value_row(values->items[i]);
        CvValue key = target_key(change, values->items[i]);
        if (row && row->database != change->database)
            cv_raise(CV_ERROR_VALUE, "Cannot add \"%.*s\": instance is on database \"%s\", value is on database \"%s\"",
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), values->items[i])), cv_database_alias(change->database),
                     row->database ? cv_database_alias(row->database) : "None");
        if (row && key.kind == CV_NULL) /* a null key that is given goes to the database */
            cv_raise(CV_ERROR_VALUE, "Cannot add \"%.*s\": the value for field \"%s\" is None",
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), values->items[i])), change->member->target->name);
        add_key(&keys, key);
    }
    return keys;
}

/* Which of the keys are linked already. */
static Keys linked_keys(const Change *change, const CvColumn *near, const CvColumn *far, CvList *wanted)
{
    const char *names[] = {near->name, cv_printf("%s__in", far->name), NULL}, *asked[] = {far->name, NULL};
    const CvValue values[] = {owner_key(change), cv_value_list(wanted)};
    CvQuerySet *links = cv_filter_at(everything(change, change->member->through), NULL, 2, names, values);
    CvList *there = cv_list_of_set(cv_values_list_at(links, NULL, asked, true));
    Keys keys = no_keys();
    for (size_t i = 0; i < there->count; i++)
        add_key(&keys, there->items[i]);
    return keys;
}

static void *new_link(const Change *change, const CvColumn *near, const CvColumn *far, CvValue key)
{
    const CvModel *through = change->member->through;
    void *row = cv_row_new(through);
    bool automatic = cv_model_info(through)->owner != NULL; /* has nothing that defaults could fill in */
    for (size_t i = 0; !automatic && i < change->how->default_count; i++) {
        const CvColumn *column = cv_model_column(through, cv_slice(change->how->default_names[i]));
        if (!column)
            cv_raise(CV_ERROR_TYPE, "%s() got unexpected keyword arguments: '%s'", through->name,
                     change->how->default_names[i]);
        cv_row_set(row, column, change->how->default_values[i]);
    }
    cv_row_set(row, near, owner_key(change));
    cv_row_set(row, far, key);
    return row;
}

/* The relation as its field has it, not its way back. */
static bool is_forward(const CvMember *member)
{
    const CvModelInfo *home = cv_model_info(member->column->model);
    return cv_map_get(home->accessors, cv_slice(member->column->name)) == member;
}

static void tell(const Change *change, const char *action, const CvList *keys)
{
    const CvMember *member = change->member;
    if (!cv_row_signal_wanted(&cv_m2m_changed, member->through))
        return;
    cv_row_signal_send(&cv_m2m_changed, &(CvRowEvent){.sender = member->through,
                                                      .row = change->owner,
                                                      .database = cv_database_alias(change->database),
                                                      .action = action,
                                                      .reverse = !is_forward(member),
                                                      .model = member->to,
                                                      .keys = keys ? keys->items : NULL,
                                                      .key_count = keys ? keys->count : 0});
}

/* The library's own tables let the database leave out what is there; others are asked first, and so are all where
 * somebody wants to hear what is new. `told`: this is the way that is told of. */
static void add_links(const Change *change, const Keys *keys, const CvColumn *near, const CvColumn *far, bool told)
{
    bool automatic = cv_model_is_automatic(change->member->through);
    bool wanted = told && cv_row_signal_wanted(&cv_m2m_changed, change->member->through);
    Keys there = automatic && !wanted ? no_keys() : linked_keys(change, near, far, keys->list);
    CvList *missing = cv_list_create(cv_arena());
    for (size_t i = 0; i < keys->list->count; i++)
        if (!has_key(&there, keys->list->items[i]))
            cv_list_add(cv_arena(), missing, keys->list->items[i]);
    void **rows = cv_arena_new_array(cv_arena(), void *, missing->count + 1);
    for (size_t i = 0; i < missing->count; i++)
        rows[i] = new_link(change, near, far, missing->items[i]);
    if (wanted)
        tell(change, "pre_add", missing);
    cv_bulk_create(rows, missing->count, .ignore_conflicts = automatic, .using = cv_database_alias(change->database));
    if (wanted)
        tell(change, "post_add", missing);
}

static void add_many(const Change *change, const CvList *values)
{
    const CvMember *member = change->member;
    Keys keys = target_keys(change, values);
    if (!keys.list->count)
        return;
    add_links(change, &keys, member->source, member->target, true);
    if (member->symmetrical)
        add_links(change, &keys, member->target, member->source, false);
}

static CvExpr *link_condition(const CvColumn *near, CvValue owner, const CvColumn *far, CvList *keys)
{
    const char *names[] = {near->name, cv_printf("%s__in", far->name), NULL};
    const CvValue values[] = {owner, cv_value_list(keys)};
    return cv_q_of(NULL, keys ? 2 : 1, names, values);
}

/* Deletes the links to these keys; all of them where `keys` is NULL. */
static void remove_links(const Change *change, CvList *keys)
{
    const CvMember *member = change->member;
    CvExpr *which = link_condition(member->source, owner_key(change), member->target, keys);
    if (member->symmetrical)
        which = cv_or(which, link_condition(member->target, owner_key(change), member->source, keys));
    tell(change, keys ? "pre_remove" : "pre_clear", keys);
    cv_delete(cv_where_at(everything(change, member->through), which, false));
    tell(change, keys ? "post_remove" : "post_clear", keys);
}

static void remove_many(const Change *change, const CvList *values)
{
    Keys keys = no_keys();
    for (size_t i = 0; i < values->count; i++)
        add_key(&keys, target_key(change, values->items[i]));
    if (keys.list->count)
        remove_links(change, keys.list);
}

static void set_many(const Change *change, const CvList *values)
{
    const char *names[] = {change->member->target->to_column->attribute, NULL};
    CvList *there = cv_list_of_set(cv_values_list_at(fresh(change), NULL, names, true));
    CvList *gone = cv_list_create(cv_arena()), *missing = cv_list_create(cv_arena());
    Keys before = no_keys(), wanted = no_keys();
    for (size_t i = 0; i < there->count; i++)
        add_key(&before, there->items[i]);
    for (size_t i = 0; i < values->count; i++) {
        CvValue key = target_key(change, values->items[i]);
        add_key(&wanted, key);
        if (!has_key(&before, key))
            cv_list_add(cv_arena(), missing, values->items[i]);
    }
    for (size_t i = 0; i < before.list->count; i++)
        if (!has_key(&wanted, before.list->items[i]))
            cv_list_add(cv_arena(), gone, before.list->items[i]);
    if (gone->count)
        remove_links(change, gone);
    add_many(change, missing);
}

/* ---- rows that point here: over a foreign key, or generic ---- */

/* Makes a row refer to the owner, in memory. */
static void refer(const Change *change, void *row)
{
    if (change->member->kind == CV_MEMBER_GENERIC) {
        const CvGeneric *generic = change->member->generic;
        cv_row_set(row, generic->type, cv_generic_type(generic, cv_row_model(change->owner), change->database));
        cv_row_set(row, generic->id, cv_row_key(change->owner));
    } else if (change->member->kind == CV_MEMBER_REVERSE) {
        cv_row_set(row, change->member->column, cv_value_object(change->owner));
    }
}

/* The same in the database, for all rows of a set. */
static void refer_all(const Change *change, CvQuerySet *rows)
{
    if (change->member->kind == CV_MEMBER_GENERIC) {
        const CvGeneric *generic = change->member->generic;
        const char *names[] = {generic->type->name, generic->id->name, NULL};
        const CvValue values[] = {cv_generic_type(generic, cv_row_model(change->owner), change->database),
                                  cv_row_key(change->owner)};
        cv_update_at(rows, NULL, 2, names, values);
        return;
    }
    const char *names[] = {change->member->column->name, NULL};
    CvValue owner = cv_value_object(change->owner);
    cv_update_at(rows, NULL, 1, names, &owner);
}

static void *row_of(const Change *change, CvValue value)
{
    const CvRow *row = cv_value_row(value);
    if (!row || !is_of(cv_row_model(row), change->member->to))
        wrong_row(change, value);
    return (void *)(uintptr_t)row;
}

static CvQuerySet *with_keys(CvQuerySet *set, CvList *keys)
{
    const char *in = "pk__in";
    CvValue list = cv_value_list(keys);
    return cv_filter_at(set, NULL, 1, &in, &list);
}

static void add_rows(const Change *change, const CvList *values)
{
    CvList *keys = cv_list_create(cv_arena());
    for (size_t i = 0; i < values->count; i++) {
        CvRow *row = row_of(change, values->items[i]);
        if (!change->how->one_by_one && row->database != change->database)
            cv_raise(CV_ERROR_VALUE, "%.*s instance isn't saved. Use bulk=False or save the object first.",
                     CV_SLICE_ARG(cv_row_type_repr(row, cv_arena())));
        refer(change, row);
        if (change->how->one_by_one)
            cv_save(row);
        else
            cv_list_add(cv_arena(), keys, cv_row_key(row));
    }
    if (keys->count)
        refer_all(change, with_keys(everything(change, change->member->to), keys));
}

/* Takes rows out: their foreign key is cleared; rows of a generic relation are deleted. */
static void take_out(const Change *change, CvQuerySet *rows)
{
    bool generic = change->member->kind == CV_MEMBER_GENERIC;
    if (!change->how->one_by_one) {
        const char *names[] = {generic ? "" : change->member->column->name, NULL};
        CvValue none = cv_value_null();
        if (generic)
            cv_delete(rows);
        else
            cv_update_at(rows, NULL, 1, names, &none);
        return;
    }
    for (size_t i = 0; i < cv_length_of(rows); i++) {
        void *row = cv_row_at(rows, i);
        if (generic) {
            cv_delete(row);
            continue;
        }
        cv_row_set(row, change->member->column, cv_value_null());
        cv_save_fields(row, change->member->column->name);
    }
}

static void check_removable(const Change *change, const char *method)
{
    if (change->member->kind == CV_MEMBER_REVERSE && !change->member->column->null)
        cv_raise(CV_ERROR_ATTRIBUTE, "'RelatedManager' object has no attribute '%s'", method);
}

static void remove_rows(const Change *change, const CvList *values)
{
    CvList *keys = cv_list_create(cv_arena());
    for (size_t i = 0; i < values->count; i++) {
        void *row = row_of(change, values->items[i]);
        if (change->member->kind == CV_MEMBER_REVERSE &&
            !cv_value_equal(cv_row_get(row, change->member->column), owner_key(change)))
            cv_raise(CV_ERROR_DOES_NOT_EXIST, "%.*s is not related to %.*s.",
                     CV_SLICE_ARG(cv_row_type_repr(row, cv_arena())),
                     CV_SLICE_ARG(cv_row_type_repr(change->owner, cv_arena())));
        cv_list_add(cv_arena(), keys, cv_row_key(row));
    }
    if (keys->count)
        take_out(change, with_keys(fresh(change), keys));
}

static void set_rows(const Change *change, const CvList *values)
{
    if (change->member->kind == CV_MEMBER_REVERSE && !change->member->column->null) {
        add_rows(change, values);
        return;
    }
    CvQuerySet *there = fresh(change);
    CvList *gone = cv_list_create(cv_arena()), *missing = cv_list_create(cv_arena());
    Keys before = no_keys(), wanted = no_keys();
    for (size_t i = 0; i < cv_length_of(there); i++)
        add_key(&before, cv_row_key(cv_row_at(there, i)));
    for (size_t i = 0; i < values->count; i++) {
        CvValue key = cv_row_key(row_of(change, values->items[i]));
        if (key.kind != CV_NULL)
            add_key(&wanted, key);
        if (key.kind == CV_NULL || !has_key(&before, key))
            cv_list_add(cv_arena(), missing, values->items[i]);
    }
    for (size_t i = 0; i < cv_length_of(there); i++)
        if (!has_key(&wanted, cv_row_key(cv_row_at(there, i))))
            cv_list_add(cv_arena(), gone, cv_value_object(cv_row_at(there, i)));
    remove_rows(change, gone);
    add_rows(change, missing);
}

/* ---- the verbs ---- */

static bool is_many(const Change *change)
{
    return change->member->kind == CV_MEMBER_MANY;
}

/* Rows of a foreign key are changed by one statement, unless they are saved one by one. */
static bool is_one_statement(const Change *change)
{
    return !is_many(change) && !change->how->one_by_one;
}

static void add_now(const Change *change, const CvList *values)
{
    if (is_many(change))
        add_many(change, values);
    else
        add_rows(change, values);
}

static void clear_now(const Change *change)
{
    if (is_many(change))
        remove_links(change, NULL);
    else
        take_out(change, fresh(change));
}

void cv_related_add(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how)
{
    Change change = begin(related, how);
    CvList *all = flat(count, values);
    if (is_one_statement(&change))
        add_now(&change, all);
    else
        CV_ATOMIC_PART(change.database)
        {
            add_now(&change, all);
        }
}

void cv_related_remove(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how)
{
    Change change = begin(related, how);
    CvList *all = flat(count, values);
    check_removable(&change, "remove");
    if (is_one_statement(&change))
        remove_rows(&change, all);
    else
        CV_ATOMIC_PART(change.database)
        {
            if (is_many(&change))
                remove_many(&change, all);
            else
                remove_rows(&change, all);
        }
}

void cv_related_clear(CvQuerySet *related, const CvLinkOptions *how)
{
    Change change = begin(related, how);
    check_removable(&change, "clear");
    if (is_one_statement(&change))
        clear_now(&change);
    else
        CV_ATOMIC_PART(change.database)
        {
            clear_now(&change);
        }
}

void cv_related_set(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how)
{
    Change change = begin(related, how);
    CvList *all = flat(count, values);
    bool keeps = change.member->kind == CV_MEMBER_REVERSE && !change.member->column->null;
    CV_ATOMIC_PART(change.database)
    {
        if (change.how->clear && !keeps) {
            clear_now(&change);
            add_now(&change, all);
        } else if (is_many(&change)) {
            set_many(&change, all);
        } else {
            set_rows(&change, all);
        }
    }
}

void *cv_related_new(CvQuerySet *related)
{
    Change change = begin(related, NULL);
    void *row = cv_row_new(related->model);
    refer(&change, row);
    return row;
}

void *cv_related_save(CvQuerySet *related, void *row, const CvLinkOptions *how)
{
    Change change = begin(related, how);
    CvValue value = cv_value_object(row);
    refer(&change, row);
    if (!is_many(&change)) {
        cv_save_with(row, .force_insert = true, .using = cv_database_alias(change.database));
        return row;
    }
    CV_ATOMIC_PART(change.database)
    {
        cv_save_with(row, .force_insert = true, .using = cv_database_alias(change.database));
        add_many(&change, flat(1, &value));
    }
    return row;
}
