/* Of Django's history of these tables. */
MIGRATION(0004_alter_user_username_opts, .dependencies = CV_LIST("auth.0003_alter_user_email_max_length"))

AlterField      (User, CharField(username, .max_length = 30, .unique = true))
