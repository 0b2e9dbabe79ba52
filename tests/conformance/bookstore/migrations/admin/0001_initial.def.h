/* Of Django's history of these tables. */
MIGRATION(0001_initial, .dependencies = CV_LIST("auth.__first__", "contenttypes.__first__"), .initial = true)

CreateModelKey(LogEntry, AutoField(id, .blank = true), .ordering = CV_LIST("-action_time"),
                    .db_table = "django_admin_log", .verbose_name = "log entry", .verbose_name_plural = "log entries")
    DateTimeField   (action_time, .verbose_name = "action time", .auto_now = true)
    TextField       (object_id, .verbose_name = "object id", .blank = true, .null = true)
    CharField       (object_repr, .verbose_name = "object repr", .max_length = 200)
    PositiveSmallIntegerField (action_flag, .verbose_name = "action flag")
    TextField       (change_message, .verbose_name = "change message", .blank = true)
    ForeignKey      (content_type, contenttypes.ContentType, .verbose_name = "content type", .blank = true,
                    .null = true, .on_delete = CV_SET_NULL)
    ForeignKey      (user, auth.User, .on_delete = CV_CASCADE)
END
