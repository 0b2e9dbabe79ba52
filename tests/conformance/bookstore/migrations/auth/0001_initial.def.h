/* Of Django's history of these tables. */
MIGRATION(0001_initial, .dependencies = CV_LIST("contenttypes.__first__"), .initial = true)

CreateModelKey(Permission, AutoField(id, .blank = true),
                    .ordering = CV_LIST("content_type__app_label", "content_type__model", "codename"),
                    .constraints = Constraints(UniqueTogether("content_type", "codename")))
    CharField       (name, .max_length = 50)
    ForeignKey      (content_type, contenttypes.ContentType, .verbose_name = "content type", .on_delete = CV_CASCADE)
    CharField       (codename, .max_length = 100)
END
CreateModelKey(Group, AutoField(id, .blank = true))
    CharField       (name, .max_length = 80, .unique = true)
    ManyToManyField (permissions, Permission, .blank = true)
END
CreateModelKey(User, AutoField(id, .blank = true))
    CharField       (password, .max_length = 128)
    DateTimeField   (last_login, .verbose_name = "last login", .default_call = cv_now_default)
    BooleanField    (is_superuser, .verbose_name = "superuser status", .default = false)
    CharField       (username, .max_length = 30, .unique = true)
    CharField       (first_name, .verbose_name = "first name", .max_length = 30, .blank = true)
    CharField       (last_name, .verbose_name = "last name", .max_length = 30, .blank = true)
    EmailField      (email, .verbose_name = "email address", .max_length = 75, .blank = true)
    BooleanField    (is_staff, .verbose_name = "staff status", .default = false)
    BooleanField    (is_active, .verbose_name = "active", .default = true)
    DateTimeField   (date_joined, .verbose_name = "date joined", .default_call = cv_now_default)
    ManyToManyField (groups, Group, .blank = true, .related_name = "user_set", .related_query_name = "user")
    ManyToManyField (user_permissions, Permission, .verbose_name = "user permissions", .blank = true,
                    .related_name = "user_set", .related_query_name = "user")
END
