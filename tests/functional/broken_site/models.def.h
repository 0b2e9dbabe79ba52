/* models.def.h: the tables that the mistakes are about. */
MODEL(Author)
    CharField    (name,      .max_length = 100)
END

MODEL(Book)
    CharField    (title,     .max_length = 200)
    ForeignKey   (author,    Author, .on_delete = CV_CASCADE, .related_name = "books")
    IntegerField (stock)
    DateField    (published)
END
