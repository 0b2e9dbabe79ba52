/* autodetector_fields.c: fields of kept models that came, went, changed or have another name. */
#include "migrations/autodetector_private.h"

/* ---- side by side ---- */

static CvFieldPair *field_pair(CvDetector *detector, CvModelPair *pair, const char *name)
{
    size_t at = 0;
    for (; at < pair->fields.count; at++) {
        int order = strcmp(pair->fields.items[at].name, name);
        if (order == 0)
            return &pair->fields.items[at];
        if (order > 0)
            break;
    }
    (void)cv_vector_add(detector->arena, &pair->fields);
    for (size_t i = pair->fields.count - 1; i > at; i--)
        pair->fields.items[i] = pair->fields.items[i - 1];
    pair->fields.items[at] = (CvFieldPair){.name = name};
    return &pair->fields.items[at];
}

/* The name that a field of the model has now. */
static const char *name_now(const CvModelPair *pair, const char *name)
{
    for (size_t i = 0; pair && i < pair->fields.count; i++)
        if (pair->fields.items[i].old_name && strcmp(pair->fields.items[i].old_name, name) == 0)
            return pair->fields.items[i].name;
    return name;
}

static const char *const *names_now(const CvDetector *detector, const CvModelPair *pair, const char *const *names)
{
    for (size_t i = 0; pair && i < pair->fields.count; i++)
        if (pair->fields.items[i].old_name)
            names =
                cv_names_renamed(detector->arena, names, pair->fields.items[i].old_name, pair->fields.items[i].name);
    return names;
}

/* The old field with labels and names of today. */
static CvField as_of_today(const CvDetector *detector, const CvModelPair *pair, const CvField *old)
{
    CvField field = *old;
    field.to_label = cv_label_now(detector, old->to_label);
    field.through_label = cv_label_now(detector, old->through_label);
    if (old->key_fields)
        field.key_fields = names_now(detector, pair, old->key_fields);
    if (old->to_field && field.to_label) {
        const CvModelPair *target = cv_pair_of(detector, field.to_label);
        field.to_field = name_now(target, old->to_field);
    }
    return field;
}

bool cv_detector_fields_same(const CvDetector *detector, const CvModelPair *pair, const CvField *old,
                             const CvField *now, bool with_targets)
{
    static const char *const no_targets[] = {"to_label", NULL};
    CvField field = as_of_today(detector, pair, old);
    return cv_field_data_same(&field, now, with_targets ? NULL : no_targets);
}

/* ---- another name ---- */

/* The name of the column that a field without db_column has. */
static const char *column_of(const CvDetector *detector, const CvField *field)
{
    if (field->db_column)
        return field->db_column;
    return field->kind->relation && !field->kind->many ? cv_arena_printf(detector->arena, "%s_id", field->name)
                                                       : field->name;
}

/* The same, or the new name came with the old column's. */
static bool may_be_renamed(const CvDetector *detector, const CvModelPair *pair, const CvField *old, const CvField *now)
{
    CvField kept = *old;
    if (cv_field_is_key(pair->old, old) != cv_field_is_key(pair->now, now))
        return false;
    kept.db_column = column_of(detector, old);
    return cv_detector_fields_same(detector, pair, old, now, true) ||
           cv_detector_fields_same(detector, pair, &kept, now, true);
}

static void detect_rename(CvDetector *detector, CvModelPair *pair, CvFieldPair *added)
{
    for (size_t i = 0; i < pair->fields.count; i++) {
        CvFieldPair *removed = &pair->fields.items[i];
        if (!removed->old || removed->now || !may_be_renamed(detector, pair, removed->old, added->now) ||
            !detector->questioner->renamed_field(pair->now, removed->old, added->now))
            continue;
        added->old = removed->old;
        added->old_name = removed->name;
        removed->old = NULL;
        return;
    }
}

void cv_detect_fields(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        CvModelPair *pair = &detector->pairs.items[i];
        if (!cv_pair_is_kept_as(pair, CV_MANAGED))
            continue;
        for (size_t j = 0; j < pair->old->field_count; j++)
            field_pair(detector, pair, pair->old->fields[j].name)->old = &pair->old->fields[j];
        for (size_t j = 0; j < pair->now->field_count; j++)
            field_pair(detector, pair, pair->now->fields[j].name)->now = &pair->now->fields[j];
    }
    for (size_t i = 0; detector->questioner->renamed_field && i < detector->pairs.count; i++) {
        CvModelPair *pair = &detector->pairs.items[i];
        for (size_t j = 0; j < pair->fields.count; j++)
            if (pair->fields.items[j].now && !pair->fields.items[j].old)
                detect_rename(detector, pair, &pair->fields.items[j]);
    }
}

static void rename_field(CvDetector *detector, const CvModelPair *pair, const CvFieldPair *field)
{
    if (!cv_texts_same(field->old->db_column, field->now->db_column)) {
        /* First the column's name is said, then the field's name may change without it. */
        CvField altered = *field->now;
        altered.name = field->old_name;
        (void)cv_found(detector, pair->app_label,
                       (CvOperation){.kind = &cv_op_alter_field,
                                     .model = pair->now->name,
                                     .fields = cv_one_field(detector->arena, &altered)});
    }
    (void)cv_found(
        detector, pair->app_label,
        (CvOperation){
            .kind = &cv_op_rename_field, .model = pair->now->name, .name = field->old_name, .to = field->name});
}

void cv_detect_renamed_fields(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++)
        for (size_t j = 0; j < detector->pairs.items[i].fields.count; j++)
            if (detector->pairs.items[i].fields.items[j].old_name)
                rename_field(detector, &detector->pairs.items[i], &detector->pairs.items[i].fields.items[j]);
}

/* ---- fields that went ---- */

static void remove_field(CvDetector *detector, const CvModelPair *pair, const CvField *field)
{
    static const CvNeedKind kinds[] = {CV_NEEDS_NO_ORDER, CV_NEEDS_TOGETHER, CV_NEEDS_INDEX_REMOVED};
    const char *model = pair->now->name;
    CvFound *found = cv_found(detector, pair->app_label,
                              (CvOperation){.kind = &cv_op_remove_field, .model = model, .name = field->name});
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        cv_need(detector, found, kinds[i], pair->app_label, model, field->name);
    for (size_t i = 0; i < pair->old->field_count; i++) {
        const CvField *other = &pair->old->fields[i];
        if (other != field && other->generated && cv_expression_names(other->generated, field->name))
            cv_need(detector, found, CV_NEEDS_REMOVED, pair->app_label, model, other->name);
    }
}

void cv_detect_removed_fields(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        for (size_t j = 0; j < pair->fields.count; j++)
            if (pair->fields.items[j].old && !pair->fields.items[j].now)
                remove_field(detector, pair, pair->fields.items[j].old);
    }
}

/* ---- fields that came ---- */

/* Whether rows that are there can get the field as it is declared. */
static bool fits_rows(const CvField *field)
{
    const CvFieldKind *kind = field->kind;
    bool empty_text = (kind->text && kind != &cv_ip_address_field) || kind == &cv_binary_field;
    return cv_field_may_be_null(field) || cv_field_has_default(field) || field->db_default || field->generated ||
           field->key_fields || kind->many || (field->blank && empty_text) || field->auto_now || kind->automatic;
}

CV_NORETURN static void refused(const CvModelPair *pair, const CvField *field)
{
    cv_raise(CV_ERROR_MIGRATION,
             "Field '%s' on model '%s' not migrated: it is impossible to add a non-nullable field without specifying a "
             "default.",
             field->name, pair->now->name);
}

static void need_generated(CvDetector *detector, CvFound *found, const CvModelPair *pair, const CvField *field)
{
    for (size_t i = 0; i < pair->fields.count; i++) {
        const CvFieldPair *other = &pair->fields.items[i];
        if (other->now && !other->old && other->now != field && cv_expression_names(field->generated, other->name))
            cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, pair->now->name, other->name);
    }
}

static void add_field(CvDetector *detector, const CvModelPair *pair, const CvField *now)
{
    const CvQuestioner *questioner = detector->questioner;
    CvField field = *now;
    bool forget = false;
    if (!fits_rows(now) && questioner->default_for) {
        if (!questioner->default_for(pair->now, &field, false))
            refused(pair, now);
        forget = cv_field_has_default(&field);
    }
    if (field.unique && field.default_call && questioner->default_for_unique &&
        !questioner->default_for_unique(pair->now, now))
        cv_raise(CV_ERROR_MIGRATION, "Field '%s' on model '%s' not migrated: its default is not unique.", now->name,
                 pair->now->name);
    CvFound *found = cv_found(detector, pair->app_label,
                              (CvOperation){.kind = &cv_op_add_field,
                                            .model = pair->now->name,
                                            .fields = cv_one_field(detector->arena, &field),
                                            .own_key = cv_field_is_key(pair->now, now),
                                            .forget_default = forget});
    cv_need(detector, found, CV_NEEDS_REMOVED, pair->app_label, pair->now->name, now->name);
    cv_need_targets(detector, found, pair->app_label, now);
    if (now->generated)
        need_generated(detector, found, pair, now);
}

void cv_detect_added_fields(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        for (size_t j = 0; j < pair->fields.count; j++)
            if (pair->fields.items[j].now && !pair->fields.items[j].old)
                add_field(detector, pair, pair->fields.items[j].now);
    }
}

/* ---- fields that changed ---- */

/* A field that may not be null any more needs something for the rows where it is; true: it got a default for them. */
static bool filled(CvDetector *detector, const CvModelPair *pair, const CvField *old, CvField *field)
{
    const CvQuestioner *questioner = detector->questioner;
    if (!cv_field_may_be_null(old) || cv_field_may_be_null(field) || cv_field_has_default(field) || field->db_default ||
        field->kind->many)
        return false;
    if (!questioner->default_for || (questioner->leave_nulls && questioner->leave_nulls(pair->now, field)))
        return false;
    if (!questioner->default_for(pair->now, field, true))
        refused(pair, field);
    return cv_field_has_default(field);
}

static void alter_field(CvDetector *detector, const CvModelPair *pair, const CvFieldPair *both)
{
    const CvField *old = both->old, *now = both->now;
    bool is_key = cv_field_is_key(pair->now, now), was_key = cv_field_is_key(pair->old, old);
    if (is_key == was_key && cv_detector_fields_same(detector, pair, old, now, true))
        return;
    bool many = now->kind->many,
         other_target = many && !cv_name_is(cv_label_now(detector, old->to_label), now->to_label);
    if (many != old->kind->many || other_target) { /* a table between cannot become a column, nor lead elsewhere */
        remove_field(detector, pair, old);
        add_field(detector, pair, now);
        return;
    }
    CvField field = *now;
    bool forget = filled(detector, pair, old, &field);
    CvFound *found = cv_found(detector, pair->app_label,
                              (CvOperation){.kind = &cv_op_alter_field,
                                            .model = pair->now->name,
                                            .fields = cv_one_field(detector->arena, &field),
                                            .own_key = is_key && !was_key,
                                            .forget_default = forget});
    cv_need_targets(detector, found, pair->app_label, now);
}

void cv_detect_altered_fields(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        for (size_t j = 0; j < pair->fields.count; j++) {
            const CvFieldPair *field = &pair->fields.items[j];
            if (field->old && field->now && !field->old_name)
                alter_field(detector, pair, field);
        }
    }
}
