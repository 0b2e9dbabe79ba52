MIGRATION(0001_initial)
MIGRATION(0002_x, .dependencies = "shop.0001_initial")
