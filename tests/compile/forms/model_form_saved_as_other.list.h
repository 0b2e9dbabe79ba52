MODEL_FORM(BookForm, Book, .fields = CV_LIST("title"))
END
MODEL_FORM(AuthorForm, Author, .fields = CV_ALL_FIELDS)
END
