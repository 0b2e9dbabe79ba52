MODEL(Book)
    IntegerField (pages,  .max_length = 200)
END
