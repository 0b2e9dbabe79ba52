/* Of Django's history of these tables. */
MIGRATION(0002_alter_permission_name_max_length, .dependencies = CV_LIST("auth.0001_initial"))

AlterField      (Permission, CharField(name, .max_length = 255))
