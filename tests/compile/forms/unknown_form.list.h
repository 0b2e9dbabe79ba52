FORM(ReviewForm)
    CharField    (text,  .required = false)
    IntegerField (stars, .min_value = 1, .max_value = 5)
END
