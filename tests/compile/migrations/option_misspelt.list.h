MIGRATION(0001_initial)
AddField(Book, CharField(isbn, .max_lenght = 3))
