MODEL(Author)
    CharField    (name,   .max_length = 80)

MODEL(Book, .ordering = CV_LIST("title"))
    CharField    (title,  .max_length = 120)
END

MODEL(Review)
    TextField    (text)
END
