MIGRATION(0001_initial)
MODEL(Book)
    IntegerField(stars)
END
