FORM(SearchForm)
    CharField    (q,      .required = false)

FORM(ReviewForm)
    CharField    (text,   .max_length = 200)
END
