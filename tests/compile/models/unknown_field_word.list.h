MODEL(Book)
    StringField  (title,  .max_length = 3)
END
