MODEL(Author, .ordering = CV_LIST("name"))
    CharField    (name,   .max_length = 100)
    Related      (books,  Book)
END
MODEL(Book)
    CharField    (title,  .max_length = 200)
    ForeignKey   (author, Author, .on_delete = CV_CASCADE, .related_name = "books")
    IntegerField (pages,  .default = 0)
    Manager      (thick,  thick_books)
END
