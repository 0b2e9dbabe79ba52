/* shop.def.h: the models of the ORM's unit tests. */
Choices(BookStatus)
    TextChoice(BOOK_DRAFT, "draft", "Draft")
    TextChoice(BOOK_PUBLISHED, "pub", "Published")
END

MODEL(Author, .str = author_str, .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 100)
    EmailField       (email,     .null = true, .unique = true)
    NullIntegerField (born)
    Related          (books,     Book)
    Method           (shout,     author_shout)
END

MODEL_KEY(Tag, UUIDField(id, .default_call = cv_uuid_random), .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 40, .unique = true)
END

MODEL_KEY(Profile, OneToOneField(author, Author, .on_delete = CV_CASCADE, .related_name = "profile"))
    CharField        (nickname,  .max_length = 40)
END

MODEL(Book, .ordering = CV_LIST("title"))
    CharField        (title,     .max_length = 200)
    CharField        (status,    .max_length = 5, .choices = &BookStatus_choices, .default = BOOK_DRAFT)
    ForeignKey       (author,    Author, .on_delete = CV_CASCADE, .related_name = "books")
    ForeignKey       (editor,    Author, .null = true, .on_delete = CV_SET_NULL, .related_name = "edited")
    DecimalField     (price,     .max_digits = 8, .decimal_places = 2, .default = "0.00")
    IntegerField     (pages,     .default = 100)
    NullFloatField   (rating)
    BooleanField     (in_print,  .default = true)
    DateField        (published, .null = true)
    DateTimeField    (created,   .auto_now_add = true)
    DurationField    (reading,   .null = true)
    JSONField        (metadata,  .default = "{}")
    ManyToManyField  (tags,      Tag, .blank = true)
    Index            (.fields = CV_LIST("author", "-title"), .name = "book_author_idx")
    Manager          (short_ones, short_books)
    Manager          (rated,     rated_books)
END

MODEL(Review)
    ForeignKey       (book,      Book, .on_delete = CV_CASCADE, .related_name = "reviews")
    PositiveSmallIntegerField (stars)
    TextField        (text,      .blank = true)
END

MODEL(Loan)
    ForeignKey       (book,      Book, .on_delete = CV_PROTECT, .related_name = "loans", .related_query_name = "borrowing")
END

MODEL(Person)
    CharField        (name,      .max_length = 40)
    ForeignKey       (boss,      Person, .null = true, .on_delete = CV_SET_NULL, .related_name = "staff")
    ManyToManyField  (friends,   Person)
END

CHILD_MODEL(EBook, Book, .ordering = CV_LIST("-size"))
    IntegerField     (size)
END

PROXY_MODEL(CheapBook, Book, .ordering = CV_LIST("-price", "id"))
    Manager          (cheapest,  cheapest_books)
END
