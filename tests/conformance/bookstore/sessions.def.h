/* sessions.def.h: Django's sessions. */

MODEL_KEY(Session, CharField(session_key, .max_length = 40, .verbose_name = "session key"), .db_table = "django_session")
    TextField                 (session_data, .verbose_name = "session data")
    DateTimeField             (expire_date, .db_index = true, .verbose_name = "expire date")
END
