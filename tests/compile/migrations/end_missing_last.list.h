MIGRATION(0001_initial)
CreateModel(Book)
    CharField(name, .max_length = 3)
