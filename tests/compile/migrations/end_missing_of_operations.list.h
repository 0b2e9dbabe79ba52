MIGRATION(0001_initial)
StateOperations
    DeleteModel(Book)
