/* Of Django's history of these tables. */
MIGRATION(0003_logentry_add_action_flag_choices, .dependencies = CV_LIST("admin.0002_logentry_remove_auto_add"))

AlterField      (LogEntry, PositiveSmallIntegerField(action_flag, .verbose_name = "action flag",
                    .choices = Choices(IntegerChoice(1, "Addition") IntegerChoice(2, "Change") IntegerChoice(3, "Deletion"))))
