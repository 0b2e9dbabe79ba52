/* Of Django's history of these tables. */
MIGRATION(0010_alter_group_name_max_length, .dependencies = CV_LIST("auth.0009_alter_user_last_name_max_length"))

AlterField      (Group, CharField(name, .max_length = 150, .unique = true))
