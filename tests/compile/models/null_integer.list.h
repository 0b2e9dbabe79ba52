MODEL(Book)
    IntegerField (pages,  .null = true)
END
