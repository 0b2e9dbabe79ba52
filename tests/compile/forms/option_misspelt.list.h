FORM(ReviewForm)
    CharField    (text,  .max_lenght = 200)
END
