/* admin.def.h: the admin's log of changes. */

Choices(ActionFlag)
    IntegerChoice(LOG_ADDITION, 1, "Addition")
    IntegerChoice(LOG_CHANGE,   2, "Change")
    IntegerChoice(LOG_DELETION, 3, "Deletion")
END

MODEL_KEY(LogEntry, AutoField(id, .blank = true), .db_table = "django_admin_log", .verbose_name = "log entry", .verbose_name_plural = "log entries", .ordering = CV_LIST("-action_time"))
    DateTimeField             (action_time, .default_call = cv_now_default, .verbose_name = "action time")
    ForeignKey                (user,       User, .on_delete = CV_CASCADE)
    ForeignKey                (content_type, CvContentType, .null = true, .blank = true, .on_delete = CV_SET_NULL, .verbose_name = "content type")
    TextField                 (object_id,  .null = true, .blank = true, .verbose_name = "object id")
    CharField                 (object_repr, .max_length = 200, .verbose_name = "object repr")
    PositiveSmallIntegerField (action_flag, .choices = &ActionFlag_choices, .verbose_name = "action flag")
    TextField                 (change_message, .blank = true, .verbose_name = "change message")
END
