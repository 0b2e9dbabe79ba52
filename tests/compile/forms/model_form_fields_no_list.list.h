MODEL_FORM(BookForm, Book, .fields = "title")
END
