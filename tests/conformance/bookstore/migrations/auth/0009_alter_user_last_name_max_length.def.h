/* Of Django's history of these tables. */
MIGRATION(0009_alter_user_last_name_max_length, .dependencies = CV_LIST("auth.0008_alter_user_username_max_length"))

AlterField      (User, CharField(last_name, .verbose_name = "last name", .max_length = 150, .blank = true))
