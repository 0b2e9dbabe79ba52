MIGRATION(0001_initial)
RenameField(Book, title)
