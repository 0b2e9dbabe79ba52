/* Of Django's history of these tables. */
MIGRATION(0005_alter_user_last_login_null, .dependencies = CV_LIST("auth.0004_alter_user_username_opts"))

AlterField      (User, DateTimeField(last_login, .verbose_name = "last login", .blank = true, .null = true))
