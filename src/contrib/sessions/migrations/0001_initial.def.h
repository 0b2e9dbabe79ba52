/* The table as Django's migration makes it. */
MIGRATION(0001_initial, .initial = true)

CreateModelKey(Session, CharField(session_key, .max_length = 40, .verbose_name = "session key"), .db_table = "django_session",
               .verbose_name = "session", .verbose_name_plural = "sessions")
    TextField       (session_data, .verbose_name = "session data")
    DateTimeField   (expire_date,  .db_index = true, .verbose_name = "expire date")
END
