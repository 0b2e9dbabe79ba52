/* autodetector_rows.c: indexes, constraints, unique_together and order_with_respect_to of kept models. */
#include "migrations/autodetector_private.h"

static bool holds_same(const CvConstraint *rows, const CvConstraint *row)
{
    for (; rows->kind; rows++)
        if (cv_constraint_same(rows, row, true))
            return true;
    return false;
}

/* Only what people read differs, or names of fields whose columns stayed: nothing for the database. */
static bool only_words_differ(const CvDetector *detector, const CvModelPair *pair, const CvConstraint *old,
                              const CvConstraint *now)
{
    CvConstraint plain = *old;
    plain.violation_error_code = now->violation_error_code;
    plain.violation_error_message = now->violation_error_message;
    for (size_t i = 0; plain.fields && i < pair->fields.count; i++) {
        const CvFieldPair *field = &pair->fields.items[i];
        if (field->old_name && field->now->db_column && cv_texts_same(field->old->db_column, field->now->db_column))
            plain.fields = cv_names_renamed(detector->arena, plain.fields, field->old_name, field->name);
    }
    return old->kind != CV_INDEX && cv_constraint_same(&plain, now, true);
}

static void add_fate(const CvDetector *detector, CvModelPair *pair, bool new, CvRowFate fate)
{
    if (new)
        cv_vector_push(detector->arena, &pair->new_rows, fate);
    else
        cv_vector_push(detector->arena, &pair->old_rows, fate);
}

static void pair_rows(const CvDetector *detector, CvModelPair *pair)
{
    for (const CvConstraint *row = pair->old->constraints; row->kind; row++)
        add_fate(detector, pair, false,
                 (CvRowFate){.is = holds_same(pair->now->constraints, row) ? CV_ROW_KEPT : CV_ROW_GONE, .row = row});
    for (const CvConstraint *row = pair->now->constraints; row->kind; row++)
        add_fate(detector, pair, true,
                 (CvRowFate){.is = holds_same(pair->old->constraints, row) ? CV_ROW_KEPT : CV_ROW_NEW, .row = row});
    for (size_t i = 0; i < pair->new_rows.count; i++)
        for (size_t j = 0; j < pair->old_rows.count; j++) {
            CvRowFate *now = &pair->new_rows.items[i], *old = &pair->old_rows.items[j];
            if (now->is != CV_ROW_NEW || old->is != CV_ROW_GONE)
                continue;
            if (now->row->kind == CV_INDEX && cv_constraint_same(now->row, old->row, false)) {
                now->is = old->is = CV_ROW_RENAMED;
                now->other = old->row;
            } else if (only_words_differ(detector, pair, old->row, now->row)) {
                now->is = old->is = CV_ROW_ALTERED;
            }
        }
}

void cv_detect_rows(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++)
        if (cv_pair_is_kept_as(&detector->pairs.items[i], CV_MANAGED))
            pair_rows(detector, &detector->pairs.items[i]);
}

void cv_detect_removed_rows(CvDetector *detector)
{
    for (int indexes = 0; indexes <= 1; indexes++)
        for (size_t i = 0; i < detector->pairs.count; i++) {
            const CvModelPair *pair = &detector->pairs.items[i];
            for (size_t j = 0; j < pair->old_rows.count; j++) {
                const CvRowFate *fate = &pair->old_rows.items[j];
                if (fate->is == CV_ROW_GONE && (fate->row->kind == CV_INDEX) == indexes)
                    (void)cv_found(detector, pair->app_label,
                                   (CvOperation){.kind = indexes ? &cv_op_remove_index : &cv_op_remove_constraint,
                                                 .model = pair->now->name,
                                                 .name = fate->row->name});
            }
        }
}

void cv_detect_renamed_indexes(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        for (size_t j = 0; j < pair->new_rows.count; j++)
            if (pair->new_rows.items[j].is == CV_ROW_RENAMED)
                (void)cv_found(detector, pair->app_label,
                               (CvOperation){.kind = &cv_op_rename_index,
                                             .model = pair->now->name,
                                             .name = pair->new_rows.items[j].other->name,
                                             .to = pair->new_rows.items[j].row->name});
    }
}

static void add_row(CvDetector *detector, const CvModelPair *pair, const CvOperationKind *kind, const CvConstraint *row)
{
    CvFound *found = cv_found(detector, pair->app_label,
                              (CvOperation){.kind = kind,
                                            .model = pair->now->name,
                                            .name = kind == &cv_op_alter_constraint ? row->name : NULL,
                                            .constraints = cv_one_row(detector->arena, row)});
    for (size_t i = 0; i < pair->now->field_count; i++)
        cv_need_targets(detector, found, pair->app_label, &pair->now->fields[i]);
    if (pair->now->parent)
        cv_need_model(detector, found, pair->now->parent);
}

void cv_detect_added_rows(CvDetector *detector)
{
    enum { INDEXES, CONSTRAINTS, ALTERED, ROUNDS };
    static const CvOperationKind *const kinds[] = {&cv_op_add_index, &cv_op_add_constraint, &cv_op_alter_constraint};
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < detector->pairs.count; i++) {
            const CvModelPair *pair = &detector->pairs.items[i];
            for (size_t j = 0; j < pair->new_rows.count; j++) {
                const CvRowFate *fate = &pair->new_rows.items[j];
                int of = fate->is == CV_ROW_ALTERED    ? ALTERED
                         : fate->is != CV_ROW_NEW      ? ROUNDS
                         : fate->row->kind == CV_INDEX ? INDEXES
                                                       : CONSTRAINTS;
                if (of == round)
                    add_row(detector, pair, kinds[round], fate->row);
            }
        }
}

/* ---- unique_together ---- */

static bool holds_set(const CvConstraint *sets, const char *const *fields)
{
    for (; sets->kind; sets++)
        if (cv_text_lists_same(sets->fields, fields))
            return true;
    return false;
}

/* The sets of `a` that are in `b` too. */
static CvConstraint *shared(const CvDetector *detector, const CvConstraint *a, const CvConstraint *b, size_t *count)
{
    CvConstraint *sets = cv_arena_new_array(detector->arena, CvConstraint, cv_constraint_count(a) + 1);
    *count = 0;
    for (; a->kind; a++)
        if (holds_set(b, a->fields))
            sets[(*count)++] = *a;
    return sets;
}

static void alter_together(CvDetector *detector, const CvModelPair *pair, const CvConstraint *sets)
{
    CvFound *found =
        cv_found(detector, pair->app_label,
                 (CvOperation){.kind = &cv_op_alter_unique_together, .model = pair->now->name, .constraints = sets});
    for (const CvConstraint *set = pair->now->together; set->kind; set++)
        for (const char *const *name = set->fields; name && *name; name++) {
            const CvField *field = cv_model_state_field(pair->now, *name);
            if (field)
                cv_need_targets(detector, found, pair->app_label, field);
        }
}

/* First the sets that go, later, when their fields are there, those that come. Names of fields that were renamed are
 * taken as they were, as in Django: sets with such a field are said once more. */
static void detect_together(CvDetector *detector, bool removed)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (!cv_pair_is_kept_as(pair, CV_MANAGED))
            continue;
        const CvConstraint *old = pair->old->together, *now = pair->now->together;
        size_t in_both, was = cv_constraint_count(old), is = cv_constraint_count(now);
        CvConstraint *left = shared(detector, now, old, &in_both);
        if (in_both == was && in_both == is)
            continue;
        if (removed ? was > 0 : in_both != is)
            alter_together(detector, pair, removed ? left : now);
    }
}

void cv_detect_removed_together(CvDetector *detector)
{
    detect_together(detector, true);
}

void cv_detect_added_together(CvDetector *detector)
{
    detect_together(detector, false);
}

void cv_detect_orders(CvDetector *detector)
{
    for (size_t i = 0; i < detector->pairs.count; i++) {
        const CvModelPair *pair = &detector->pairs.items[i];
        if (!cv_pair_is_kept_as(pair, CV_MANAGED))
            continue;
        const char *was = pair->old->options->order_with_respect_to;
        const char *is = pair->now->options->order_with_respect_to;
        if (cv_texts_same(was, is))
            continue;
        CvFound *found =
            cv_found(detector, pair->app_label,
                     (CvOperation){.kind = &cv_op_alter_order_with_respect_to, .model = pair->now->name, .to = is});
        if (is)
            cv_need(detector, found, CV_NEEDS_CREATED, pair->app_label, pair->now->name, is);
    }
}
