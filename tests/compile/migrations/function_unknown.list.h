MIGRATION(0001_initial)
RunC(fil)
