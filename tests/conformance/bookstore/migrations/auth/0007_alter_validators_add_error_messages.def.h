/* Of Django's history of these tables. */
MIGRATION(0007_alter_validators_add_error_messages, .dependencies = CV_LIST("auth.0006_require_contenttypes_0002"))

AlterField      (User, CharField(username, .max_length = 30, .unique = true))
