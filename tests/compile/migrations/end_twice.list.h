MIGRATION(0001_initial)
CreateModel(Book)
END
END
