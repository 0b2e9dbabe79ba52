FORM(CallForm)
    MultiValueField (phone, .fields = CV_FIELDS(CharField (area, .path = "/") IntegerField (number)))
END
