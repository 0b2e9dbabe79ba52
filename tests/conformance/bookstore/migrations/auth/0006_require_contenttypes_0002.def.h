/* Of Django's history of these tables. */
MIGRATION(0006_require_contenttypes_0002,
                    .dependencies = CV_LIST("auth.0005_alter_user_last_login_null", "contenttypes.0002_remove_content_type_name"))
