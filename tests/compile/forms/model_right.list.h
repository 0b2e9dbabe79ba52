MODEL_FORM(BookForm, Book, .fields = CV_LIST("title", "author"), .labels = CV_LIST("title", "Name"),
           .widgets = CV_WIDGETS({"title", CV_TEXTAREA}), .field_classes = CV_FIELD_CLASSES({"title", &cv_slug_form_field}),
           .clean = book_clean, .prefix = "book")
    BooleanField (notify, .required = false)
    ModelChoiceField (rival, Author, .required = false, .queryset = rivals)
    ModelMultipleChoiceField (friends, Author)
END
MODEL_FORM(EveryForm, Book, .fields = CV_ALL_FIELDS)
END
FORMSET(BookSet, BookForm, .can_delete = true)
INLINE_FORMSET(AuthorBooks, Author, BookForm, .extra = 5, .fk_name = "author")
