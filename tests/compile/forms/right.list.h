FORM(ReviewForm, .clean = review_clean, .prefix = "review", .field_order = CV_LIST("text"))
    IntegerField        (stars,  .min_value = 1, .max_value = 5, .help_text = "From 1 to 5", .initial = 3)
    CharField           (text,   .widget = CV_TEXTAREA, .required = false, .clean = text_clean)
    CharField           (title,  .widget = CV_WIDGET(text_input, .attrs = CV_ATTRS("class", "big")),
                                 .validators = CV_VALIDATORS(CV_MIN_LENGTH(3), CV_VALIDATOR(not_rude)))
    DecimalField        (price,  .min_value = "0.01", .max_digits = 6, .decimal_places = 2)
    ChoiceField         (kind,   .choices = CV_CHOICES("b", "Book", "m", "Magazine"), .widget = CV_RADIO_SELECT)
    MultipleChoiceField (tags,   .options_function = tags)
    NullIntegerField    (year)
    FloatField          (weight, .max_value = 2.5)
    BooleanField        (terms,  .error_messages = CV_LIST("required", "You must agree."))
    NullBooleanField    (again)
    DateField           (day,    .input_formats = CV_LIST("%d.%m.%Y"), .initial_function = today)
    FileField           (cover,  .required = false, .validators = CV_VALIDATORS(CV_FILE_EXTENSIONS("png", "jpg")))
    JSONField           (data)
    FilePathField       (drink,  .path = "/srv/drinks", .match = "txt$", .recursive = true, .initial = "/srv/drinks/tea.txt")
    ComboField          (mail,   .fields = CV_FIELDS(CharField (short_one, .max_length = 20) EmailField (address)))
    MultiValueField     (phone,  .fields = CV_FIELDS(CharField (area, .validators = CV_VALIDATORS(CV_MIN_LENGTH(3)))
                                                     IntegerField (number)),
                                 .compress = joined,
                                 .widget = CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT, CV_NUMBER_INPUT)))
    ChoiceField         (fruit,  .empty_value = "none",
                                 .options = CV_OPTIONS(CV_OPTION("x", "Other"),
                                                       CV_OPTION_GROUP("Sour", CV_OPTION("l", "Lemon"), CV_OPTION("q", "Quince"))))
END
