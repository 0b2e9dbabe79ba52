/* autodetector_models.c: models that came, went or have another name; options of those that stayed. */
#include "migrations/autodetector_private.h"

/* ---- who leads to a model ---- */

/* The model behind a proxy, or the label itself. */
static const char *concrete(const CvDetector *detector, const CvProjectState *state, const char *label)
{
    for (size_t depth = 0; depth < 64; depth++) {
        const char *app, *name;
        cv_label_split(detector->arena, label, &app, &name);
        const CvModelState *model = cv_state_model(state, app, name);
        if (!model || !model->proxy || !model->parent)
            break;
        label = model->parent;
    }
    return label;
}

static bool leads_to(const CvDetector *detector, const CvProjectState *state, const CvField *field, const char *label)
{
    const char *labels[] = {field->to_label, field->through_label};
    for (size_t i = 0; field->kind->relation && i < CV_COUNT_OF(labels); i++)
        if (labels[i] && cv_name_is(concrete(detector, state, labels[i]), label))
            return true;
    return false;
}

static const char *label_of(const CvDetector *detector, const CvModelState *model)
{
    return cv_arena_printf(detector->arena, "%s.%s", model->app_label, model->name);
}

typedef void Visit(CvDetector *detector, CvFound *found, const CvModelState *model, const CvField *field);

/* Visits every field of the state that leads to the model, or to a proxy of it. */
static void visit_referrers(CvDetector *detector, CvFound *found, const CvProjectState *state,
                            const CvModelState *target, Visit *visit)
{
    const char *label = concrete(detector, state, label_of(detector, target));
    for (const CvModelState *model = NULL; (model = cv_state_next(state, model));)
        for (size_t i = 0; i < model->field_count; i++)
            if (leads_to(detector, state, &model->fields[i], label))
                visit(detector, found, model, &model->fields[i]);
}

/* ---- another name ---- */

static void sort_fields(const CvField **fields, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const CvField *field = fields[i];
        size_t at = i;
        for (; at > 0 && strcmp(fields[at - 1]->name, field->name) > 0; at--)
            fields[at] = fields[at - 1];
        fields[at] = field;
    }
}

/* The same fields by position in the order of their names; neither names nor targets count. */
static bool look_alike(const CvDetector *detector, const CvModelState *a, const CvModelState *b)
{
    if (a->field_count != b->field_count || !a->parent != !b->parent || a->plain_key != b->plain_key)
        return false;
    const CvField **x = cv_arena_new_array(detector->arena, const CvField *, a->field_count + 1);
    const CvField **y = cv_arena_new_array(detector->arena, const CvField *, a->field_count + 1);
    for (size_t i = 0; i < a->field_count; i++) {
        x[i] = &a->fields[i];
        y[i] = &b->fields[i];
    }
    sort_fields(x, a->field_count);
    sort_fields(y, a->field_count);
    for (size_t i = 0; i < a->field_count; i++)
        if (cv_field_is_key(a, x[i]) != cv_field_is_key(b, y[i]) ||
            !cv_detector_fields_same(detector, NULL, x[i], y[i], false))
            return false;
    return true;
}

/* The state in which a model gets another name must have those of other apps that lead to it or that it leads to. In
 * its own app it is the first of all; what is new and leads to it comes later. */
static void need_neighbour(CvDetector *detector, CvFound *found, const char *label)
{
    const char *app, *name;
    cv_label_split(detector->arena, label, &app, &name);
    if (cv_state_model(detector->from, app, name))
        cv_need(detector, found, CV_NEEDS_CREATED, app, name, NULL);
}

static void need_referrer(CvDetector *detector, CvFound *found, const CvModelState *model, const CvField *field)
{
    (void)field;
    need_neighbour(detector, found, label_of(detector, model));
}

static bool other_parent(const CvDetector *detector, const CvModelPair *pair)
{
    const char *was = cv_label_now(detector, pair->old->parent), *is = pair->now->parent;
    return was && is ? !cv_name_is(was, is) : was != is;
}

/* Rows of a child stand for rows of its parent: no other can take them over. */
static void refuse_other_parents(const CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (cv_pair_is_kept_as(pair, CV_MANAGED) && other_parent(detector, pair))
            cv_raise(CV_ERROR_MIGRATION,
                     "The parent of %s.%s was %s and is %s: its rows cannot go over to another. Remove the model in "
                     "one migration and add it in the next.",
                     pair->app_label, pair->now->name, pair->old->parent ? pair->old->parent : "none",
                     pair->now->parent ? pair->now->parent : "none");
    }
}

static void rename_model(CvDetector *detector, CvModelPair *gone, CvModelPair *pair)
{
    const char *old_label = label_of(detector, gone->old);
    CvFound *found =
        cv_found(detector, pair->app_label,
                 (CvOperation){.kind = &cv_op_rename_model, .model = gone->old->name, .to = pair->now->name});
    for (size_t i = 0; i < gone->old->field_count; i++)
        if (gone->old->fields[i].to_label)
            need_neighbour(detector, found, gone->old->fields[i].to_label);
    visit_referrers(detector, found, detector->from, gone->old, need_referrer);
    for (const CvModelState *heir = NULL; (heir = cv_state_next(detector->from, heir));)
        if (heir->parent && cv_name_is(heir->parent, old_label))
            need_referrer(detector, found, heir, NULL);
    pair->old = gone->old;
    pair->was = CV_MANAGED;
    pair->renamed = true;
    gone->old = NULL;
    gone->was = CV_ABSENT;
}

static void detect_renames(CvDetector *detector)
{
    const CvQuestioner *questioner = detector->questioner;
    for (size_t i = 0; questioner->renamed_model && i < detector->pairs.count; i++) {
        CvModelPair *pair = &detector->pairs.items[i];
        if (pair->is != CV_MANAGED || pair->was == CV_MANAGED || pair->was == CV_PROXY)
            continue;
        for (size_t j = 0; j < detector->pairs.count; j++) {
            CvModelPair *gone = &detector->pairs.items[j];
            if (gone->was == CV_MANAGED && gone->is != CV_MANAGED && strcmp(gone->app_label, pair->app_label) == 0 &&
                look_alike(detector, gone->old, pair->now) && questioner->renamed_model(gone->old, pair->now)) {
                rename_model(detector, gone, pair);
                break;
            }
        }
    }
}

void cv_detect_renamed_models(CvDetector *detector)
{
    detect_renames(detector);
    refuse_other_parents(detector);
}

/* ---- models that went ---- */

static bool is_there(CvModelClass class)
{
    return class == CV_MANAGED || class == CV_UNMANAGED;
}

static void need_way_gone(CvDetector *detector, CvFound *found, const CvModelState *model, const CvField *field)
{
    cv_need(detector, found, CV_NEEDS_REMOVED, model->app_label, model->name, field->name);
    if (!field->kind->many)
        cv_need(detector, found, CV_NEEDS_ALTERED, model->app_label, model->name, field->name);
}

/* Children and proxies go before it. */
static void need_heirs_gone(CvDetector *detector, CvFound *found, const CvModelState *parent)
{
    const char *label = label_of(detector, parent);
    for (const CvModelState *model = NULL; (model = cv_state_next(detector->from, model));)
        if (model->parent && cv_name_is(model->parent, label))
            cv_need(detector, found, CV_NEEDS_REMOVED, model->app_label, model->name, NULL);
}

static void remove_rows(CvDetector *detector, const CvModelPair *pair)
{
    const CvModelState *old = pair->old;
    if (old->together->kind)
        (void)cv_found(detector, pair->app_label,
                       (CvOperation){.kind = &cv_op_alter_unique_together, .model = old->name});
    for (int indexes = 1; indexes >= 0; indexes--)
        for (const CvConstraint *row = old->constraints; row->kind; row++)
            if ((row->kind == CV_INDEX) == indexes)
                (void)cv_found(detector, pair->app_label,
                               (CvOperation){.kind = indexes ? &cv_op_remove_index : &cv_op_remove_constraint,
                                             .model = old->name,
                                             .name = row->name});
}

static void delete_model(CvDetector *detector, const CvModelPair *pair)
{
    const CvModelState *old = pair->old;
    const CvField **related = cv_arena_new_array(detector->arena, const CvField *, old->field_count + 1);
    size_t count = 0;
    remove_rows(detector, pair);
    for (size_t i = 0; i < old->field_count; i++)
        if (old->fields[i].kind->relation && !cv_field_is_key(old, &old->fields[i]))
            related[count++] = &old->fields[i];
    sort_fields(related, count);
    for (size_t i = 0; i < count; i++) {
        CvFound *found =
            cv_found(detector, pair->app_label,
                     (CvOperation){.kind = &cv_op_remove_field, .model = old->name, .name = related[i]->name});
        cv_need(detector, found, CV_NEEDS_INDEX_REMOVED, pair->app_label, old->name, related[i]->name);
    }
    CvFound *found =
        cv_found(detector, pair->app_label, (CvOperation){.kind = &cv_op_delete_model, .model = old->name});
    visit_referrers(detector, found, detector->from, old, need_way_gone);
    for (size_t i = 0; i < count; i++)
        cv_need(detector, found, CV_NEEDS_REMOVED, pair->app_label, old->name, related[i]->name);
    if (old->parent) { /* who is waited for may be met before them */
        cv_need(detector, found, CV_NEEDS_INDEX_REMOVED, pair->app_label, old->name, "");
        cv_need(detector, found, CV_NEEDS_TOGETHER, pair->app_label, old->name, "");
    }
    need_heirs_gone(detector, found, old);
}

/* A proxy that goes for good goes when nothing leads to it by its own name. */
static void delete_proxy(CvDetector *detector, const CvModelPair *pair)
{
    const char *label = label_of(detector, pair->old);
    CvFound *found =
        cv_found(detector, pair->app_label, (CvOperation){.kind = &cv_op_delete_model, .model = pair->old->name});
    for (const CvModelState *model = NULL; pair->is == CV_ABSENT && (model = cv_state_next(detector->from, model));)
        for (size_t i = 0; i < model->field_count; i++)
            if (model->fields[i].to_label && cv_name_is(model->fields[i].to_label, label))
                need_way_gone(detector, found, model, &model->fields[i]);
}

void cv_detect_deleted_models(CvDetector *detector)
{
    static const CvModelClass classes[] = {CV_MANAGED, CV_UNMANAGED};
    for (size_t class = 0; class < CV_COUNT_OF(classes); class ++)
        for (size_t i = 0; i < detector->pairs.count; i++) {
            const CvModelPair *pair = &detector->pairs.items[i];
            if (pair->was == classes[class] && !is_there(pair->is))
                delete_model(detector, pair);
        }
}

/* ---- models that came ---- */

static void need_parent(CvDetector *detector, CvFound *found, const CvModelState *model)
{
    const char *app, *name;
    if (!model->parent)
        return;
    cv_need_model(detector, found, model->parent);
    cv_label_split(detector->arena, model->parent, &app, &name);
    const CvModelState *old = cv_state_model(detector->from, app, name), *now = cv_state_model(detector->to, app, name);
    for (size_t i = 0; old && now && i < old->field_count; i++) { /* a field that moves down to the child */
        const char *field = old->fields[i].name;
        if (!cv_model_state_field(now, field) && cv_model_state_field(model, field))
            cv_need(detector, found, CV_NEEDS_REMOVED, app, name, field);
    }
}

static CvFound *create_model(CvDetector *detector, const CvModelPair *pair, const CvField **related, size_t *count)
{
    CvArena *arena = detector->arena;
    const CvModelState *now = pair->now;
    CvField *fields = cv_arena_new_array(arena, CvField, now->field_count + 1);
    CvModelOptions *options = cv_arena_memdup(arena, now->options, sizeof *options);
    size_t kept = 0;
    options->order_with_respect_to = NULL;
    CvFound *found = cv_found(detector, pair->app_label,
                              (CvOperation){.kind = &cv_op_create_model,
                                            .model = now->name,
                                            .to = now->parent,
                                            .fields = fields,
                                            .options = options,
                                            .proxy = now->proxy,
                                            .own_key = !now->plain_key && !now->parent});
    cv_need(detector, found, CV_NEEDS_REMOVED, pair->app_label, now->name, NULL); /* if it was a proxy, or is one now */
    need_parent(detector, found, now);
    for (size_t i = 0; i < now->field_count; i++) {
        const CvField *field = &now->fields[i];
        if (field->kind->relation && !cv_field_is_key(now, field)) {
            related[(*count)++] = field;
            continue;
        }
        fields[kept++] = *field;
        cv_need_targets(detector, found, pair->app_label, field);
    }
    sort_fields(related, *count);
    return found;
}

static CvFound *found_of_new(CvDetector *detector, const CvModelPair *pair, CvOperation operation,
                             const CvField **related, size_t count)
{
    operation.model = pair->now->name;
    CvFound *found = cv_found(detector, pair->app_label, operation);
    for (size_t i = 0; i < count; i++)
        cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, pair->now->name, related[i]->name);
    cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, pair->now->name, NULL);
    return found;
}

/* A field that led to a proxy leads to a table of its own. */
static void alter_way(CvDetector *detector, CvFound *target, const CvModelState *model, const CvField *field)
{
    const CvNeed *need = &target->needs.items[0];
    const CvModelState *old = cv_state_model(detector->from, model->app_label, model->name);
    if (!old || !cv_model_state_field(old, field->name))
        return; /* what is made anew says it by itself */
    CvFound *found =
        cv_found(detector, model->app_label,
                 (CvOperation){
                     .kind = &cv_op_alter_field, .model = model->name, .fields = cv_one_field(detector->arena, field)});
    cv_need(detector, found, CV_NEEDS_CREATED, need->app_label, need->model, NULL);
}

static void add_rest(CvDetector *detector, const CvModelPair *pair, const CvField **related, size_t count)
{
    const CvModelState *now = pair->now;
    for (size_t i = 0; i < count; i++) {
        CvFound *found = cv_found(detector, pair->app_label,
                                  (CvOperation){.kind = &cv_op_add_field,
                                                .model = now->name,
                                                .fields = cv_one_field(detector->arena, related[i])});
        cv_need_targets(detector, found, pair->app_label, related[i]);
        cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, now->name, NULL);
    }
    if (now->options->order_with_respect_to) {
        const char *field = now->options->order_with_respect_to;
        CvFound *found = found_of_new(detector, pair,
                                      (CvOperation){.kind = &cv_op_alter_order_with_respect_to, .to = field}, NULL, 0);
        cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, now->name, field);
    }
    for (int indexes = 1; indexes >= 0; indexes--)
        for (const CvConstraint *row = now->constraints; row->kind; row++)
            if ((row->kind == CV_INDEX) == indexes)
                (void)found_of_new(detector, pair,
                                   (CvOperation){.kind = indexes ? &cv_op_add_index : &cv_op_add_constraint,
                                                 .constraints = cv_one_row(detector->arena, row)},
                                   related, count);
    if (now->together->kind)
        (void)found_of_new(detector, pair,
                           (CvOperation){.kind = &cv_op_alter_unique_together, .constraints = now->together}, related,
                           count);
}

void cv_detect_created_models(CvDetector *detector)
{
    static const CvModelClass classes[] = {CV_MANAGED, CV_UNMANAGED};
    for (size_t class = 0; class < CV_COUNT_OF(classes); class ++)
        for (size_t i = detector->pairs.count; i-- > 0;) {
            const CvModelPair *pair = &detector->pairs.items[i];
            if (pair->is != classes[class] || is_there(pair->was))
                continue;
            const CvField **related = cv_arena_new_array(detector->arena, const CvField *, pair->now->field_count + 1);
            size_t count = 0;
            CvFound *made = create_model(detector, pair, related, &count);
            cv_found_first(detector, pair->app_label, made);
            if (pair->is == CV_UNMANAGED)
                continue; /* nothing that changes the database */
            add_rest(detector, pair, related, count);
            if (pair->was == CV_PROXY)
                visit_referrers(detector, made, detector->to, pair->now, alter_way);
        }
}

void cv_detect_proxies(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (pair->was == CV_PROXY && (pair->is != CV_PROXY || other_parent(detector, pair)))
            delete_proxy(detector, pair);
    }
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        const CvField **related = NULL;
        size_t count = 0;
        if (pair->is != CV_PROXY || (pair->was == CV_PROXY && !other_parent(detector, pair)))
            continue;
        related = cv_arena_new_array(detector->arena, const CvField *, pair->now->field_count + 1);
        (void)create_model(detector, pair, related, &count);
    }
}

/* ---- options ---- */

static bool options_same(const CvModelOptions *a, const CvModelOptions *b)
{
    return cv_text_lists_same(a->ordering, b->ordering) && cv_text_lists_same(a->permissions, b->permissions) &&
           cv_text_lists_same(a->default_permissions, b->default_permissions) &&
           cv_texts_same(a->verbose_name, b->verbose_name) &&
           cv_texts_same(a->verbose_name_plural, b->verbose_name_plural) &&
           cv_texts_same(a->get_latest_by, b->get_latest_by) &&
           cv_texts_same(a->default_related_name, b->default_related_name) && a->unmanaged == b->unmanaged &&
           a->select_on_save == b->select_on_save;
}

void cv_detect_options(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        bool looked_at = cv_pair_is_kept(pair) || (is_there(pair->was) && is_there(pair->is));
        if (!looked_at || !pair->old || !pair->now || options_same(pair->old->options, pair->now->options))
            continue;
        CvModelOptions *options = cv_arena_new(detector->arena, CvModelOptions);
        *options = cv_model_options_altered(options, pair->now->options);
        (void)cv_found(detector, pair->app_label,
                       (CvOperation){.kind = &cv_op_alter_model_options, .model = pair->now->name, .options = options});
    }
}

static void detect_texts(CvDetector *detector, const CvOperationKind *kind, size_t offset)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (!cv_pair_is_kept(pair) || !pair->old || !pair->now)
            continue;
        const char *was = *(const char *const *)(const void *)((const char *)pair->old->options + offset);
        const char *is = *(const char *const *)(const void *)((const char *)pair->now->options + offset);
        if (!cv_texts_same(was, is))
            (void)cv_found(detector, pair->app_label, (CvOperation){.kind = kind, .model = pair->now->name, .to = is});
    }
}

void cv_detect_tables(CvDetector *detector)
{
    detect_texts(detector, &cv_op_alter_model_table, offsetof(CvModelOptions, db_table));
}

void cv_detect_table_comments(CvDetector *detector)
{
    detect_texts(detector, &cv_op_alter_model_table_comment, offsetof(CvModelOptions, db_table_comment));
}
