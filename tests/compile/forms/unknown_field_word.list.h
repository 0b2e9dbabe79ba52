FORM(ReviewForm)
    TextField    (text)
END
