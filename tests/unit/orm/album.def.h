/* album.def.h: models with files, for test_file.c. */

MODEL(Photo)
    CharField        (title,   .max_length = 40)
    ImageField       (picture, .blank = true, .upload_to = "photos/%Y/", .width_field = "width", .height_field = "height")
    NullIntegerField (width,   .blank = true)
    NullIntegerField (height,  .blank = true)
    FileField        (notes,   .blank = true, .null = true, .upload_to_call = notes_path, .max_length = 30)
END
