/* A model's name is the program's to tell. */
MIGRATION(0002_remove_content_type_name, .dependencies = CV_LIST("contenttypes.0001_initial"))

AlterModelOptions(ContentType, .verbose_name = "content type", .verbose_name_plural = "content types")
AlterField      (ContentType, CharField(name, .max_length = 100, .null = true))
RunC            (cv_run_nothing, .reverse = write_names)
RemoveField     (ContentType, name)
