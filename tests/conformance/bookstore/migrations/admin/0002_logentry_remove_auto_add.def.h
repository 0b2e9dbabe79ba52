/* Of Django's history of these tables. */
MIGRATION(0002_logentry_remove_auto_add, .dependencies = CV_LIST("admin.0001_initial"))

AlterField      (LogEntry, DateTimeField(action_time, .verbose_name = "action time", .default_call = cv_now_default))
