/* migrations_begin.h: begins the list of an app's migrations and gives its words their meaning; see operation.h.
 * CV_MIGRATIONS is the app's label. Included once, by the app's migrations.c; migrations_end.h takes all away. */
#ifndef CV_MIGRATIONS
#error "migrations_begin.h: `#define CV_MIGRATIONS app` must stand before it, with the label of the app"
#endif
#include "migrations/kinds.h"
#include "migrations/operation.h"

#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Winitializer-overrides"
#pragma GCC diagnostic ignored "-Wkeyword-macro"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#pragma GCC diagnostic ignored "-Wmissing-braces"
#endif
/* clang-format off */
#define CV_FIELD_(kind_, group, type, nullable, name_, ...) {.name = #name_, .line = __LINE__, .kind = &cv_##kind_##_field, .nullable_word = nullable, .as_##group = {CV_DEFAULTS_##group, __VA_ARGS__}},
#define CV_REFERENCE_(kind_, name_, To, ...) {.name = #name_, .line = __LINE__, .kind = &cv_##kind_##_field, .to_label = #To, .as_relation = {CV_DEFAULTS_relation, __VA_ARGS__}},
#define CV_COMPOSITE_(...) {.name = "pk", .line = __LINE__, .kind = &cv_composite_field, .key_fields = CV_LIST(__VA_ARGS__), .as_integer = {CV_DEFAULTS_integer}},
#define CV_ORDER_(field_) {.name = "_order", .line = __LINE__, .kind = &cv_integer_field, .order_within = #field_, .as_integer = {CV_DEFAULTS_integer, .editable = false}},
#define CV_MANY_(name_, To, ...) {.name = #name_, .line = __LINE__, .kind = &cv_many_to_many_field, .to_label = #To, .as_many = {CV_DEFAULTS_many, __VA_ARGS__}},
#define CV_TARGET_(...) {.GenericForeignKey_has_no_column_and_stands_in_no_migration = 0},
#define CV_GENERIC_(...) {.GenericRelation_has_no_column_and_stands_in_no_migration = 0},
#define Manager(...) {.Manager_stands_in_no_migration = 0},
#define Method(...) {.Method_stands_in_no_migration = 0},
#define Related(...) {.Related_stands_in_no_migration = 0},
/* .choices = Choices(TextChoice("draft", "Draft") TextChoice("pub", "Published", .group = "Seen")) */
#define Choices(...) (&(const CvChoices){.name = "", .items = (const CvChoice[]){__VA_ARGS__}, .count = CV_COUNT_OF(((const CvChoice[]){__VA_ARGS__}))})
#define TextChoice(value_, label_, ...) {.name = "", .text = value_, .label = label_ __VA_OPT__(, ) __VA_ARGS__},
#define IntegerChoice(value_, label_, ...) {.name = "", .number = value_, .label = label_ __VA_OPT__(, ) __VA_ARGS__},
#define UniqueTogether(...) {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST(__VA_ARGS__)},
#define Index(...) {.kind = CV_INDEX, __VA_ARGS__},
#define UniqueConstraint(...) {.kind = CV_UNIQUE, __VA_ARGS__},
#define CheckConstraint(...) {.kind = CV_CHECK, __VA_ARGS__},
#define END {.name = NULL}}},
#include "orm/fields_words.h"

/* The first designator is for the compiler's message: a field has no such member. */
#define CV_OP_(kind_, ...) {.END_is_missing_above_this_operation = {}, .kind = &cv_op_##kind_, .file = __FILE__, .line = __LINE__, __VA_ARGS__},
#define CV_OP_FIELD_(...) (const CvField[2]){__VA_ARGS__ {.name = NULL}}
#define CV_OP_CONSTRAINT_(...) (const CvConstraint[]){__VA_ARGS__ {.kind = 0}}

#define MIGRATION(name_, ...) CV_OP_(migration, .name = #name_, .migration = &(const CvMigrationOptions){__VA_ARGS__})
/* A body of fields up to END. The key: a BigAutoField `id`; of CreateModelKey the field that is given. */
#define CreateModel(T, ...) {.END_is_missing_above_this_operation = {}, .kind = &cv_op_create_model, .file = __FILE__, .line = __LINE__, .model = #T, .options = &(const CvModelOptions){__VA_ARGS__}, .fields = (const CvField[]){CV_FIELD_(big_auto, integer, int64_t, false, id, .blank = true)
#define CreateModelKey(T, Key, ...) {.END_is_missing_above_this_operation = {}, .kind = &cv_op_create_model, .file = __FILE__, .line = __LINE__, .model = #T, .own_key = true, .options = &(const CvModelOptions){__VA_ARGS__}, .fields = (const CvField[]){Key
#define CreateChildModel(T, Parent, ...) {.END_is_missing_above_this_operation = {}, .kind = &cv_op_create_model, .file = __FILE__, .line = __LINE__, .model = #T, .to = #Parent, .options = &(const CvModelOptions){__VA_ARGS__}, .fields = (const CvField[]){
#define CreateProxyModel(T, Parent, ...) {.END_is_missing_above_this_operation = {}, .kind = &cv_op_create_model, .file = __FILE__, .line = __LINE__, .model = #T, .to = #Parent, .proxy = true, .options = &(const CvModelOptions){__VA_ARGS__}, .fields = (const CvField[]){
/* Indexes and constraints of a model that is made: CreateModel(Book, .constraints = Constraints(Index(...) Index(...))). */
#define Constraints(...) CV_OP_CONSTRAINT_(__VA_ARGS__)
#define DeleteModel(T) CV_OP_(delete_model, .model = #T)
#define RenameModel(Old, New) CV_OP_(rename_model, .model = #Old, .to = #New)
#define AlterModelTable(T, table) CV_OP_(alter_model_table, .model = #T, .to = table)
#define AlterModelTableComment(T, comment) CV_OP_(alter_model_table_comment, .model = #T, .to = comment)
#define AlterModelOptions(T, ...) CV_OP_(alter_model_options, .model = #T, .options = &(const CvModelOptions){__VA_ARGS__})
/* AlterUniqueTogether(Book, UniqueTogether("store", "title") UniqueTogether("isbn", "store")); (Book): none. */
#define AlterUniqueTogether(T, ...) CV_OP_(alter_unique_together, .model = #T, .constraints = CV_OP_CONSTRAINT_(__VA_ARGS__))
/* AlterOrderWithRespectTo(Answer, question); (Answer): in no such order any more. */
#define AlterOrderWithRespectTo(T, ...) CV_OP_(alter_order_with_respect_to, .model = #T, .to = "" #__VA_ARGS__)
#define AddField(T, F, ...) CV_OP_(add_field, .model = #T, .fields = CV_OP_FIELD_(F), __VA_ARGS__)
#define AlterField(T, F, ...) CV_OP_(alter_field, .model = #T, .fields = CV_OP_FIELD_(F), __VA_ARGS__)
#define RemoveField(T, field) CV_OP_(remove_field, .model = #T, .name = #field)
#define RenameField(T, old, new) CV_OP_(rename_field, .model = #T, .name = #old, .to = #new)
#define AddIndex(T, I) CV_OP_(add_index, .model = #T, .constraints = CV_OP_CONSTRAINT_(I))
#define RemoveIndex(T, index) CV_OP_(remove_index, .model = #T, .name = index)
#define RenameIndex(T, old, new) CV_OP_(rename_index, .model = #T, .name = old, .to = new)
#define AddConstraint(T, C) CV_OP_(add_constraint, .model = #T, .constraints = CV_OP_CONSTRAINT_(C))
#define RemoveConstraint(T, constraint) CV_OP_(remove_constraint, .model = #T, .name = constraint)
#define AlterConstraint(T, C) CV_OP_(alter_constraint, .model = #T, .constraints = CV_OP_CONSTRAINT_(C))
/* An index that had no name of its own, by its fields: RenameUnnamedIndex(Book, CV_LIST("author", "title"), "x"). */
#define RenameUnnamedIndex(T, fields_, new) CV_OP_(rename_index, .model = #T, .names = fields_, .to = new)
#define RunSQL(sql_, ...) CV_OP_(run_sql, .sql = sql_, __VA_ARGS__)
#define RunC(step, ...) CV_OP_(run_c, .run = step, .name = #step, .to = #__VA_ARGS__, __VA_ARGS__)
/* Up to END: what is done to the state of the models, or to the database, alone (Django's SeparateDatabaseAndState). */
#define StateOperations {.END_is_missing_above_this_operation = {}, .kind = &cv_op_state_operations, .file = __FILE__, .line = __LINE__, .operations = (const CvOperation[]){
#define DatabaseOperations {.END_is_missing_above_this_operation = {}, .kind = &cv_op_database_operations, .file = __FILE__, .line = __LINE__, .operations = (const CvOperation[]){

static const CvOperation CV_CAT(CV_MIGRATIONS, _operations_)[] = {
