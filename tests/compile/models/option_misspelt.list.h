MODEL(Book)
    CharField    (title,  .max_lenght = 200)
END
