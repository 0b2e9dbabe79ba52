MIGRATION(0001_initial)
CreateModel(Note)
    Manager(cheap, cheap_books)
END
