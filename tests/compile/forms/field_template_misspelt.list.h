FORM(ReviewForm)
    CharField    (text,  .templat_name = "x.html")
END
