/* kinds.c: the table of the kinds of operations: what each is called and which functions are its own. */
#include "migrations/words_private.h"

const CvOperationKind cv_op_create_model = {
    .name = "CreateModel",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_create_model_describe,
    .fragment = cv_create_model_fragment,
    .state = cv_create_model_state,
    .forwards = cv_database_forwards_create_model,
    .backwards = cv_database_backwards_create_model,
    .reduce = cv_reduce_create_model,
    .references_model = cv_create_model_references_model,
};

const CvOperationKind cv_op_delete_model = {
    .name = "DeleteModel",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_delete_model_describe,
    .fragment = cv_delete_model_fragment,
    .state = cv_delete_model_state,
    .forwards = cv_database_forwards_delete_model,
    .backwards = cv_database_backwards_delete_model,
    .reduce = cv_reduce_delete_model,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_rename_model = {
    .name = "RenameModel",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_rename_model_describe,
    .fragment = cv_rename_model_fragment,
    .state = cv_rename_model_state,
    .forwards = cv_database_forwards_rename_model,
    .backwards = cv_database_backwards_rename_model,
    .reduce = cv_reduce_rename_model,
    .references_model = cv_rename_model_references_model,
};

const CvOperationKind cv_op_alter_model_table = {
    .name = "AlterModelTable",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_table_describe,
    .fragment = cv_alter_model_table_fragment,
    .state = cv_alter_model_table_state,
    .forwards = cv_database_forwards_alter_model_table,
    .backwards = cv_database_backwards_alter_model_table,
    .reduce = cv_reduce_alter_model_table,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_model_table_comment = {
    .name = "AlterModelTableComment",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_table_comment_describe,
    .fragment = cv_alter_model_table_comment_fragment,
    .state = cv_alter_model_table_comment_state,
    .forwards = cv_database_forwards_alter_model_table_comment,
    .backwards = cv_database_backwards_alter_model_table_comment,
    .reduce = cv_reduce_alter_model_table_comment,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_model_options = {
    .name = "AlterModelOptions",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_model_options_describe,
    .fragment = cv_alter_model_options_fragment,
    .state = cv_alter_model_options_state,
    .forwards = cv_database_forwards_alter_model_options,
    .backwards = cv_database_backwards_alter_model_options,
    .reduce = cv_reduce_alter_model_options,
    .references_model = cv_references_its_model,
};

const CvOperationKind cv_op_alter_unique_together = {
    .name = "AlterUniqueTogether",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_unique_together_describe,
    .fragment = cv_alter_unique_together_fragment,
    .state = cv_alter_unique_together_state,
    .forwards = cv_database_forwards_alter_unique_together,
    .backwards = cv_database_backwards_alter_unique_together,
    .reduce = cv_reduce_alter_unique_together,
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
    .forwards = cv_database_forwards_alter_order_with_respect_to,
    .backwards = cv_database_backwards_alter_order_with_respect_to,
    .reduce = cv_reduce_alter_order_with_respect_to,
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
    .forwards = cv_database_forwards_add_field,
    .backwards = cv_database_backwards_add_field,
    .reduce = cv_reduce_add_field,
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
    .forwards = cv_database_forwards_alter_field,
    .backwards = cv_database_backwards_alter_field,
    .reduce = cv_reduce_alter_field,
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
    .forwards = cv_database_forwards_remove_field,
    .backwards = cv_database_backwards_remove_field,
    .reduce = cv_reduce_remove_field,
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
    .forwards = cv_database_forwards_rename_field,
    .backwards = cv_database_backwards_rename_field,
    .reduce = cv_reduce_rename_field,
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
    .forwards = cv_database_forwards_add_index,
    .backwards = cv_database_backwards_add_index,
    .reduce = cv_reduce_add_index,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_remove_index = {
    .name = "RemoveIndex",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_remove_index_describe,
    .fragment = cv_remove_index_fragment,
    .state = cv_remove_index_state,
    .forwards = cv_database_forwards_remove_index,
    .backwards = cv_database_backwards_remove_index,
    .reduce = cv_reduce_remove_index,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_rename_index = {
    .name = "RenameIndex",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_rename_index_describe,
    .fragment = cv_rename_index_fragment,
    .state = cv_rename_index_state,
    .forwards = cv_database_forwards_rename_index,
    .backwards = cv_database_backwards_rename_index,
    .reduce = cv_reduce_rename_index,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_add_constraint = {
    .name = "AddConstraint",
    .symbol = "+",
    .reduces_to_sql = true,
    .describe = cv_add_constraint_describe,
    .fragment = cv_add_constraint_fragment,
    .state = cv_add_constraint_state,
    .forwards = cv_database_forwards_add_constraint,
    .backwards = cv_database_backwards_add_constraint,
    .reduce = cv_reduce_add_constraint,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_remove_constraint = {
    .name = "RemoveConstraint",
    .symbol = "-",
    .reduces_to_sql = true,
    .describe = cv_remove_constraint_describe,
    .fragment = cv_remove_constraint_fragment,
    .state = cv_remove_constraint_state,
    .forwards = cv_database_forwards_remove_constraint,
    .backwards = cv_database_backwards_remove_constraint,
    .reduce = cv_reduce_remove_constraint,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_alter_constraint = {
    .name = "AlterConstraint",
    .symbol = "~",
    .reduces_to_sql = true,
    .describe = cv_alter_constraint_describe,
    .fragment = cv_alter_constraint_fragment,
    .state = cv_alter_constraint_state,
    .forwards = cv_database_forwards_alter_constraint,
    .backwards = cv_database_backwards_alter_constraint,
    .reduce = cv_reduce_alter_constraint,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_run_sql = {
    .name = "RunSQL",
    .symbol = "s",
    .reduces_to_sql = true,
    .elidable = true,
    .describe = cv_run_sql_describe,
    .forwards = cv_database_forwards_run_sql,
    .backwards = cv_database_backwards_run_sql,
    .reversible = cv_run_sql_reversible,
    .reduce = cv_reduce_run_sql,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_run_c = {
    .name = "RunC",
    .symbol = "p",
    .reduces_to_sql = false,
    .elidable = true,
    .describe = cv_run_c_describe,
    .forwards = cv_database_forwards_run_c,
    .backwards = cv_database_backwards_run_c,
    .reversible = cv_run_c_reversible,
    .reduce = cv_reduce_run_c,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_state_operations = {
    .name = "StateOperations",
    .symbol = "?",
    .reduces_to_sql = true,
    .describe = cv_separate_describe,
    .state = cv_state_operations_state,
    .forwards = cv_database_forwards_state_operations,
    .backwards = cv_database_backwards_state_operations,
    .reduce = cv_reduce_state_operations,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_database_operations = {
    .name = "DatabaseOperations",
    .symbol = "?",
    .reduces_to_sql = true,
    .describe = cv_separate_describe,
    .forwards = cv_database_forwards_database_operations,
    .backwards = cv_database_backwards_database_operations,
    .reversible = cv_database_operations_reversible,
    .reduce = cv_reduce_database_operations,
    .references_model = cv_references_any_model,
};

const CvOperationKind cv_op_migration = {.name = "MIGRATION", .symbol = ""};
