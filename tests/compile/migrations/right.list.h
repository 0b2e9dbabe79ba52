MIGRATION(0001_initial)
CreateModel(Author, .ordering = CV_LIST("-name"), .verbose_name = "writer", .db_table = "people",
            .constraints = Constraints(Index(.fields = CV_LIST("name"), .name = "author_name_idx")
                                       UniqueConstraint(.fields = CV_LIST("name"), .name = "author_name")))
    CharField       (name,   .max_length = 100, .default = "", .choices = Choices(TextChoice("a", "A") TextChoice("b", "B", .group = "g")))
    IntegerField    (size,   .choices = Choices(IntegerChoice(1, "small")), .default_call = CV_OF_PROGRAM)
    CharField       (isbn,   .max_length = 13, .own = CV_OWN("IsbnField", "char(13)"))
    ForeignKey      (user,   auth.User, .on_delete = CV_CASCADE, .related_name = "+")
    ManyToManyField (tags,   Tag, .through_label = "shop.Tagged")
END
CreateModelKey(Tag, UUIDField(code), .unique_together = CV_LIST("a", "b"))
    IntegerField    (a)
    IntegerField    (b)
END
CreateModelKey(Line, CompositePrimaryKey("a", "b"))
    IntegerField    (a)
    IntegerField    (b)
END
CreateChildModel(Writer, Author)
END
CreateProxyModel(Poet, Author)
END
DeleteModel             (Poet)
RenameModel             (Writer, Novelist)
AlterModelTable         (Tag, "tags")
AlterModelTable         (Tag, NULL)
AlterModelTableComment  (Tag, "what people say")
AlterModelOptions       (Tag, .ordering = CV_LIST("a"), .unmanaged = true)
AlterUniqueTogether     (Tag, UniqueTogether("a", "b") UniqueTogether("a", "code"))
AlterUniqueTogether     (Tag)
AlterOrderWithRespectTo (Tag, a)
AlterOrderWithRespectTo (Tag, )
AddField                (Tag, NullIntegerField(c, .default = 3), .forget_default = true)
AlterField              (Tag, IntegerField(c))
RenameField             (Tag, c, d)
RemoveField             (Tag, d)
AddIndex                (Tag, Index(.fields = CV_LIST("a"), .name = "i"))
RenameIndex             (Tag, "i", "j")
RenameUnnamedIndex      (Tag, CV_LIST("a", "b"), "k")
RemoveIndex             (Tag, "j")
AddConstraint           (Tag, CheckConstraint(.name = "c", .condition = "Q(a__gt=0)"))
AlterConstraint         (Tag, CheckConstraint(.name = "c", .condition = "Q(a__gt=0)", .violation_error_message = "No."))
RemoveConstraint        (Tag, "c")
RunSQL                  ("SELECT 1", .reverse_sql = "", .elidable = true)
RunC                    (fill, .reverse = cv_run_nothing, .elidable = true)
StateOperations
    DeleteModel         (Tag)
END
DatabaseOperations
    RunSQL              ("DROP TABLE shop_tag")
END
MIGRATION(0002_squashed, .replaces = CV_LIST("shop.0001_initial"), .run_before = CV_LIST("x.0001_initial"), .not_atomic = true)
