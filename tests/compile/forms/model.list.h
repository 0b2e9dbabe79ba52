MODEL(Author)
    CharField  (name,   .max_length = 40)
END

MODEL(Book)
    CharField  (title,  .max_length = 40)
    ForeignKey (author, Author, .on_delete = CV_CASCADE)
END
