/* autodetector.c: models of two states side by side; the steps in which their differences are found. */
#include "migrations/autodetector_private.h"

#include "base/site.h"

/* ---- what the steps share ---- */

CvAppChanges *cv_app_changes(CvDetector *detector, const char *app_label)
{
    size_t at = 0;
    while (at < detector->apps.count && strcmp(detector->apps.items[at]->app_label, app_label) < 0)
        at++;
    if (at < detector->apps.count && strcmp(detector->apps.items[at]->app_label, app_label) == 0)
        return detector->apps.items[at];
    CvAppChanges *made = cv_arena_new(detector->arena, CvAppChanges);
    made->app_label = app_label;
    cv_vector_push(detector->arena, &detector->apps, made);
    for (size_t i = detector->apps.count - 1; i > at; i--)
        detector->apps.items[i] = detector->apps.items[i - 1];
    detector->apps.items[at] = made;
    return made;
}

CvFound *cv_found(CvDetector *detector, const char *app_label, CvOperation operation)
{
    CvFound *found = cv_arena_new(detector->arena, CvFound);
    found->app_label = app_label;
    found->operation = operation;
    cv_vector_push(detector->arena, &cv_app_changes(detector, app_label)->operations, found);
    return found;
}

void cv_found_first(CvDetector *detector, const char *app_label, CvFound *found)
{
    CvAppChanges *app = cv_app_changes(detector, app_label);
    for (size_t i = app->operations.count - 1; i > 0; i--)
        app->operations.items[i] = app->operations.items[i - 1];
    app->operations.items[0] = found;
}

void cv_need(CvDetector *detector, CvFound *found, CvNeedKind kind, const char *app_label, const char *model,
             const char *field)
{
    cv_vector_push(detector->arena, &found->needs, ((CvNeed){kind, app_label, model, field}));
}

void cv_need_model(CvDetector *detector, CvFound *found, const char *label)
{
    const CvModelPair *pair = cv_pair_of(detector, label);
    const char *app, *model;
    cv_label_split(detector->arena, label, &app, &model);
    cv_need(detector, found, CV_NEEDS_CREATED, app, model, NULL);
    /* In its own app a model gets its name before all but other models are made. */
    if (pair && pair->renamed && (found->operation.kind == &cv_op_create_model || strcmp(app, found->app_label) != 0))
        cv_need(detector, found, CV_NEEDS_RENAMED, app, model, NULL);
}

void cv_need_targets(CvDetector *detector, CvFound *found, const char *app_label, const CvField *field)
{
    const char *labels[] = {field->to_label, field->through_label};
    for (size_t i = 0; field->kind->relation && i < CV_COUNT_OF(labels); i++)
        if (labels[i])
            cv_need_model(detector, found, cv_label_full(detector->arena, app_label, labels[i]));
}

const CvModelPair *cv_pair_of(const CvDetector *detector, const char *label)
{
    for (size_t i = 0; i < detector->pairs.count; i++)
        if (cv_label_is(label, detector->pairs.items[i].app_label, detector->pairs.items[i].lower))
            return &detector->pairs.items[i];
    return NULL;
}

const char *cv_label_now(const CvDetector *detector, const char *label)
{
    for (size_t i = 0; label && i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (pair->renamed && cv_label_is(label, pair->app_label, pair->old->name))
            return cv_arena_printf(detector->arena, "%s.%s", pair->app_label, pair->now->name);
    }
    return label;
}

const CvField *cv_one_field(CvArena *arena, const CvField *field)
{
    CvField *list = cv_arena_new_array(arena, CvField, 2);
    list[0] = *field;
    return list;
}

const CvConstraint *cv_one_row(CvArena *arena, const CvConstraint *row)
{
    CvConstraint *list = cv_arena_new_array(arena, CvConstraint, 2);
    list[0] = *row;
    return list;
}

bool cv_field_is_key(const CvModelState *model, const CvField *field)
{
    return !model->parent && !model->keyless && field == &model->fields[0];
}

/* Names of fields are words of the expression, "price", F('price'), Q(price__gte=0), or begin one of its paths. */
bool cv_expression_names(const char *expression, const char *field)
{
    size_t length = strlen(field);
    for (const char *at = expression; at && (at = strstr(at, field)); at++) {
        char before = at == expression ? ' ' : at[-1], after = at[length];
        bool inside =
            before == '_' || (before >= '0' && before <= '9') || ((before | 32) >= 'a' && (before | 32) <= 'z');
        bool ends = !(after == '_' || (after >= '0' && after <= '9') || ((after | 32) >= 'a' && (after | 32) <= 'z'));
        if (!inside && (ends || (after == '_' && at[length + 1] == '_')))
            return true;
    }
    return false;
}

/* ---- models side by side ---- */

static CvModelClass class_of(const CvModelState *model, bool looked_at)
{
    if (!looked_at)
        return CV_ABSENT;
    if (model->options->unmanaged)
        return CV_UNMANAGED;
    return model->proxy ? CV_PROXY : CV_MANAGED;
}

static CvModelPair *pair_at(CvDetector *detector, const CvModelState *model)
{
    const char *lower = cv_ascii_lower(detector->arena, model->name);
    size_t at = 0;
    for (; at < detector->pairs.count; at++) {
        CvModelPair *pair = &detector->pairs.items[at];
        int order = strcmp(pair->app_label, model->app_label);
        order = order ? order : strcmp(pair->lower, lower);
        if (order == 0)
            return pair;
        if (order > 0)
            break;
    }
    (void)cv_vector_add(detector->arena, &detector->pairs);
    for (size_t i = detector->pairs.count - 1; i > at; i--)
        detector->pairs.items[i] = detector->pairs.items[i - 1];
    detector->pairs.items[at] = (CvModelPair){.app_label = model->app_label, .lower = lower};
    return &detector->pairs.items[at];
}

/* Apps without migrations are no matter of the autodetector, unless somebody asks for them. */
static bool looked_at(const CvDetector *detector, const char *app_label, const char *const *apps)
{
    bool named = false;
    for (; apps && *apps; apps++)
        named |= strcmp(*apps, app_label) == 0;
    return named || !detector->loader || cv_migrations_app_has(app_label);
}

static void pair_models(CvDetector *detector, const char *const *apps)
{
    for (const CvModelState *model = NULL; (model = cv_state_next(detector->from, model));) {
        CvModelPair *pair = pair_at(detector, model);
        pair->old = model;
        pair->was = class_of(model, true);
    }
    for (const CvModelState *model = NULL; (model = cv_state_next(detector->to, model));) {
        CvModelPair *pair = pair_at(detector, model);
        pair->now = model;
        pair->is = class_of(model, looked_at(detector, model->app_label, apps));
    }
}

const CvNewMigration *cv_autodetect(CvArena *arena, const CvProjectState *from, const CvProjectState *to,
                                    const CvMigrationLoader *loader, const CvQuestioner *questioner,
                                    const char *const *apps, const char *name)
{
    static const CvQuestioner nobody;
    CvDetector detector = {
        .arena = arena, .from = from, .to = to, .loader = loader, .questioner = questioner ? questioner : &nobody};
    pair_models(&detector, apps);
    cv_detect_renamed_models(&detector);
    cv_detect_fields(&detector);
    cv_detect_rows(&detector);
    cv_detect_deleted_models(&detector);
    cv_detect_created_models(&detector);
    cv_detect_proxies(&detector);
    cv_detect_options(&detector);
    cv_detect_table_comments(&detector);
    cv_detect_removed_rows(&detector);
    cv_detect_renamed_fields(&detector);
    cv_detect_renamed_indexes(&detector);
    cv_detect_removed_together(&detector);
    cv_detect_removed_fields(&detector);
    cv_detect_added_fields(&detector);
    cv_detect_altered_fields(&detector);
    cv_detect_orders(&detector);
    cv_detect_added_together(&detector);
    cv_detect_added_rows(&detector);
    cv_detect_tables(&detector);
    cv_detector_sort(&detector);
    cv_detector_cut(&detector);
    return cv_detector_finish(&detector, apps, name);
}
