MIGRATION(0001_initial)
AddField(Book, IntegerField(isbn, .max_length = 3))
