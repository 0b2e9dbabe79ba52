/* The table as Django's first migration makes it: with a name, which the next one takes away. */
MIGRATION(0001_initial, .initial = true)

CreateModelKey(ContentType, AutoField(id, .blank = true, .verbose_name = "ID"), .db_table = "django_content_type",
               .verbose_name = "content type", .verbose_name_plural = "content types")
    CharField       (name,      .max_length = 100)
    CharField       (app_label, .max_length = 100)
    CharField       (model,     .max_length = 100, .verbose_name = "python model class name")
END
AlterUniqueTogether(ContentType, UniqueTogether("app_label", "model"))
