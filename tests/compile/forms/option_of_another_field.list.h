FORM(ReviewForm)
    IntegerField (stars, .max_length = 5)
END
