FORM(PlainForm)
    ModelChoiceField (author, Autor)
END
