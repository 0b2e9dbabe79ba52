MIGRATION(0001_initial)
MIGRATION(0002_x, .dependecies = CV_LIST("shop.0001_initial"))
