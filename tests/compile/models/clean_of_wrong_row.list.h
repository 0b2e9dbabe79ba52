MODEL(Author)
    CharField (name,  .max_length = 9)
END
MODEL(Book, .clean = author_clean)
    CharField (title, .max_length = 9)
END
