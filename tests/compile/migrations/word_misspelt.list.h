MIGRATION(0001_initial)
AddFeild(Book, CharField(isbn, .max_length = 3))
