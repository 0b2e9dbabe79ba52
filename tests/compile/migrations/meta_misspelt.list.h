MIGRATION(0001_initial)
CreateModel(Book, .odering = CV_LIST("name"))
END
