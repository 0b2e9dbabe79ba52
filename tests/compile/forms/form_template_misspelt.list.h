FORM(ReviewForm, .templat_name = "x.html")
    CharField    (text)
END
