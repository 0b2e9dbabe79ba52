MODEL(Photo)
    CharField  (title,   .max_length = 40)
    ImageField (picture, .blank = true, .upload_to = "photos/%Y/", .width_field = "title", .storage = &photos)
END
