/* state.def.h: the migrations that test_state.c reads. */
MIGRATION(0001_initial, .initial = true)
CreateModel(Author, .ordering = CV_LIST("name"), .verbose_name = "writer",
            .constraints = Constraints(Index(.fields = CV_LIST("-name"), .name = "name_idx")))
    CharField        (name,    .max_length = 100, .default = "x")
    ManyToManyField  (friends, Author, .symmetrical = true)
END
CreateModelKey(Customer, UUIDField(code), .unique_together = CV_LIST("first", "last"),
               .constraints = Constraints(UniqueTogether("last", "first")))
    CharField        (first,   .max_length = 9)
    CharField        (last,    .max_length = 9)
END
CreateModel(Book)
    ForeignKey       (author,  shop.Author, .on_delete = CV_CASCADE, .db_index = true, .db_constraint = true)
    ForeignKey       (buyer,   Customer, .to_field = "code", .on_delete = CV_SET_NULL, .null = true)
    DateTimeField    (made,    .auto_now_add = true)
    NullIntegerField (stars,   .default = 3, .min_value = 1)
    CharField        (status,  .max_length = 2, .choices = Choices(TextChoice("a", "A") TextChoice("b", "B", .group = "g")))
END
CreateChildModel(EBook, Book)
    CharField        (format,  .max_length = 9)
END
CreateProxyModel(Cheap, shop.EBook, .ordering = CV_LIST("format"))
END
MIGRATION(0002_more)
RunC(no_step)
