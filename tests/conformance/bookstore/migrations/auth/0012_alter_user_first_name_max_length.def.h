/* Of Django's history of these tables. */
MIGRATION(0012_alter_user_first_name_max_length, .dependencies = CV_LIST("auth.0011_update_proxy_permissions"))

AlterField      (User, CharField(first_name, .verbose_name = "first name", .max_length = 150, .blank = true))
