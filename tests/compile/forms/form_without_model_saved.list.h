FORM(PlainForm)
    CharField (name)
END
