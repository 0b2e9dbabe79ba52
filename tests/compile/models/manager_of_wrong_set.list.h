MODEL(Author)
    CharField (name,  .max_length = 9)
END
MODEL(Book)
    CharField (title, .max_length = 9)
    Manager   (old,   old_authors)
END
