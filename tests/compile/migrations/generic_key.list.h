MIGRATION(0001_initial)
CreateModel(Note)
    GenericForeignKey(target)
END
