/* Of Django's history of these tables. */
MIGRATION(0003_alter_user_email_max_length, .dependencies = CV_LIST("auth.0002_alter_permission_name_max_length"))

AlterField      (User, EmailField(email, .verbose_name = "email address", .blank = true))
