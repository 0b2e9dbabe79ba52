/* models.def.h: Django's table of sessions. */

MODEL_KEY(CvStoredSession, CharField(session_key, .max_length = 40, .verbose_name = "session key"),
          .str = stored_session_str, .db_table = "django_session", .verbose_name = "session",
          .verbose_name_plural = "sessions")
    TextField     (session_data, .verbose_name = "session data")
    DateTimeField (expire_date,  .db_index = true, .verbose_name = "expire date")
END
