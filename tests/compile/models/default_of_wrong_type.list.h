MODEL(Book)
    IntegerField (pages,  .default = "none")
END
