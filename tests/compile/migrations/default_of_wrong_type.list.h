MIGRATION(0001_initial)
AddField(Book, CharField(isbn, .max_length = 3, .default = 3))
