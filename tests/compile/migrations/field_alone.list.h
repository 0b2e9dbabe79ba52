MIGRATION(0001_initial)
CharField(name, .max_length = 3)
