/* Of Django's history of these tables. */
MIGRATION(0008_alter_user_username_max_length, .dependencies = CV_LIST("auth.0007_alter_validators_add_error_messages"))

AlterField      (User, CharField(username, .max_length = 150, .unique = true))
