MIGRATION(0001_initial)
RunC(fill_wrong)
