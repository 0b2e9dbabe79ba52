MODEL(Author)
    CharField    (name,   .max_length = 80)
    EmailField   (email,  .blank = true)
END

MODEL(Book, .ordering = CV_LIST("title"))
    CharField    (title,  .max_length = 120)
    CharField    (isbn,   .max_lenght = 13, .blank = true)
    DecimalField (price,  .max_digits = 6, .decimal_places = 2)
    ForeignKey   (author, Author, .on_delete = CV_CASCADE, .related_name = "books")
    ManyToManyField (others, Author, .related_name = "shared")
END
