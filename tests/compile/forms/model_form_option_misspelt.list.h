MODEL_FORM(BookForm, Book, .feilds = CV_LIST("title"))
END
