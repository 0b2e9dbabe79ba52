MODEL_FORM(BookForm, Bok, .fields = CV_LIST("title"))
END
