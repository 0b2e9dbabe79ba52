/* auth.def.h: Django's users, groups and permissions. */

MODEL_KEY(Permission, AutoField(id, .blank = true), .str = permission_str, .unique_together = CV_LIST("content_type", "codename"),
          .ordering = CV_LIST("content_type__app_label", "content_type__model", "codename"))
    CharField                 (name,       .max_length = 255)
    ForeignKey                (content_type, CvContentType, .on_delete = CV_CASCADE, .verbose_name = "content type")
    CharField                 (codename,   .max_length = 100)
END

MODEL_KEY(Group, AutoField(id, .blank = true), .str = group_str, .natural_key = CV_LIST("name"))
    CharField                 (name,       .max_length = 150, .unique = true)
    ManyToManyField           (permissions, Permission, .blank = true)
END

MODEL_KEY(User, AutoField(id, .blank = true), .str = user_str, .natural_key = CV_LIST("username"))
    CharField                 (password,   .max_length = 128)
    DateTimeField             (last_login, .null = true, .blank = true, .verbose_name = "last login")
    BooleanField              (is_superuser, .default = false, .verbose_name = "superuser status")
    CharField                 (username,   .max_length = 150, .unique = true)
    CharField                 (first_name, .max_length = 150, .blank = true, .verbose_name = "first name")
    CharField                 (last_name,  .max_length = 150, .blank = true, .verbose_name = "last name")
    EmailField                (email,      .blank = true, .verbose_name = "email address")
    BooleanField              (is_staff,   .default = false, .verbose_name = "staff status")
    BooleanField              (is_active,  .default = true, .verbose_name = "active")
    DateTimeField             (date_joined, .default_call = cv_now_default, .verbose_name = "date joined")
    ManyToManyField           (groups,     Group, .blank = true, .related_name = "user_set", .related_query_name = "user")
    ManyToManyField           (user_permissions, Permission, .blank = true, .related_name = "user_set", .related_query_name = "user", .verbose_name = "user permissions")
END
