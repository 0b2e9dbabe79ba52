/* models.def.h: Django's table of models. */

MODEL_KEY(CvContentType, AutoField(id, .blank = true, .verbose_name = "ID"), .str = content_type_str, .db_table = "django_content_type",
          .verbose_name = "content type", .verbose_name_plural = "content types",
          .unique_together = CV_LIST("app_label", "model"), .natural_key = CV_LIST("app_label", "model"))
CharField(app_label, .max_length = 100) CharField(model, .max_length = 100, .verbose_name = "python model class name")
    Method(name, content_type_name) END
