MIGRATION(0001_initial)
CreateModel(Note)
    Index(.fields = CV_LIST("a"))
END
