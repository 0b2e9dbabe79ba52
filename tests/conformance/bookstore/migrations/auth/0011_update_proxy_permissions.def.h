/* Of Django's history of these tables. */
MIGRATION(0011_update_proxy_permissions,
                    .dependencies = CV_LIST("auth.0010_alter_group_name_max_length", "contenttypes.0002_remove_content_type_name"))

RunC            (cv_run_nothing, .reverse = cv_run_nothing)
