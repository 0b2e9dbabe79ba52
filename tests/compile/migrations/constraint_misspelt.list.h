MIGRATION(0001_initial)
AddConstraint(Book, CheckConstraint(.nome = "x"))
