MIGRATION(0001_initial)
AddField(Book, isbn)
