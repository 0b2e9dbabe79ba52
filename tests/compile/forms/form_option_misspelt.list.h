FORM(ReviewForm, .prefixx = "r")
    CharField    (text)
END
