/* kinds.c: the table of the kinds of operations: what each is called and which functions are its own. */
#include "migrations/operations_words.h"

const CvOperationKind cv_op_create_model = {
    .name = "CreateModel",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_create_model_describe,
    .fragment = cv_create_model_fragment,
    .state = cv_create_model_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_create_model_references_model,
};

const CvOperationKind cv_op_delete_model = {
    .name = "DeleteModel",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_delete_model_describe,
    .fragment = cv_delete_model_fragment,
    .state = cv_delete_model_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_rename_model = {
    .name = "RenameModel",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_rename_model_describe,
    .fragment = cv_rename_model_fragment,
    .state = cv_rename_model_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_rename_model_references_model,
};

const CvOperationKind cv_op_alter_model_table = {
    .name = "AlterModelTable",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_table_describe,
    .fragment = cv_alter_model_table_fragment,
    .state = cv_alter_model_table_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_model_table_comment = {
    .name = "AlterModelTableComment",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_table_comment_describe,
    .fragment = cv_alter_model_table_comment_fragment,
    .state = cv_alter_model_table_comment_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_model_options = {
    .name = "AlterModelOptions",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_options_describe,
    .fragment = cv_alter_model_options_fragment,
    .state = cv_alter_model_options_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_unique_together = {
    .name = "AlterUniqueTogether",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_unique_together_describe,
    .fragment = cv_alter_unique_together_fragment,
    .state = cv_alter_unique_together_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_its_model,
    .references_field = cv_together_references_field,
};

const CvOperationKind cv_op_alter_order_with_respect_to = {
    .name = "AlterOrderWithRespectTo",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_order_with_respect_to_describe,
    .fragment = cv_alter_order_with_respect_to_fragment,
    .state = cv_alter_order_with_respect_to_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_its_model,
    .references_field = cv_order_references_field,
};

const CvOperationKind cv_op_add_field = {
    .name = "AddField",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_add_field_describe,
    .fragment = cv_add_field_fragment,
    .state = cv_add_field_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_field_operation_references_model,
    .references_field = cv_field_operation_references_field,
};

const CvOperationKind cv_op_alter_field = {
    .name = "AlterField",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_field_describe,
    .fragment = cv_alter_field_fragment,
    .state = cv_alter_field_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_field_operation_references_model,
    .references_field = cv_field_operation_references_field,
};

const CvOperationKind cv_op_remove_field = {
    .name = "RemoveField",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_remove_field_describe,
    .fragment = cv_remove_field_fragment,
    .state = cv_remove_field_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_field_operation_references_model,
    .references_field = cv_field_operation_references_field,
};

const CvOperationKind cv_op_rename_field = {
    .name = "RenameField",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_rename_field_describe,
    .fragment = cv_rename_field_fragment,
    .state = cv_rename_field_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_field_operation_references_model,
    .references_field = cv_rename_field_references_field,
};

const CvOperationKind cv_op_add_index = {
    .name = "AddIndex",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_add_index_describe,
    .fragment = cv_add_index_fragment,
    .state = cv_add_index_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_remove_index = {
    .name = "RemoveIndex",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_remove_index_describe,
    .fragment = cv_remove_index_fragment,
    .state = cv_remove_index_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_rename_index = {
    .name = "RenameIndex",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_rename_index_describe,
    .fragment = cv_rename_index_fragment,
    .state = cv_rename_index_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_add_constraint = {
    .name = "AddConstraint",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_add_constraint_describe,
    .fragment = cv_add_constraint_fragment,
    .state = cv_add_constraint_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_remove_constraint = {
    .name = "RemoveConstraint",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_remove_constraint_describe,
    .fragment = cv_remove_constraint_fragment,
    .state = cv_remove_constraint_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_alter_constraint = {
    .name = "AlterConstraint",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_constraint_describe,
    .fragment = cv_alter_constraint_fragment,
    .state = cv_alter_constraint_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_run_sql = {
    .name = "RunSQL",
    .symbol = "s",
    .reduces_to_sql = true,
    .elidable = true,
    .describe = cv_run_sql_describe,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_run_c = {
    .name = "RunC",
    .symbol = "p",
    .reduces_to_sql = false,
    .elidable = true,
    .describe = cv_run_c_describe,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_state_operations = {
    .name = "StateOperations",
    .symbol = "?",
    .reduces_to_sql = true,
    .describe = cv_separate_describe,
    .state = cv_state_operations_state,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_database_operations = {
    .name = "DatabaseOperations",
    .symbol = "?",
    .reduces_to_sql = true,
    .describe = cv_separate_describe,
    .forwards = NULL,
    .backwards = NULL,
    .reversible = NULL,
    .reduce = NULL,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_migration = {.name = "MIGRATION", .symbol = ""};
