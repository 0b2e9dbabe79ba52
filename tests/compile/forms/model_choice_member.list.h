FORM(PlainForm)
    ModelChoiceField (author, Author)
END
