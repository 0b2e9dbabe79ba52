MODEL(Book)
    CharField (title, .max_length = 5, .upload_to = "covers/")
END
