/* review.def.h: the form that test_form.c tries. */
FORM(ReviewForm, .clean = review_clean)
    IntegerField     (stars,  .min_value = 1, .max_value = 5, .help_text = "From 1 to 5")
    CharField        (text,   .widget = CV_TEXTAREA, .required = false)
    CharField        (title,  .max_length = 5, .clean = title_clean)
    DecimalField     (price,  .min_value = "0.50", .max_digits = 5, .decimal_places = 2, .required = false)
    ChoiceField      (kind,   .choices = CV_CHOICES("b", "Book", "m", "Magazine"), .widget = CV_RADIO_SELECT)
    NullIntegerField (year)
    BooleanField     (terms,  .required = false, .initial = true)
    DateField        (day,    .required = false)
    MultipleChoiceField (tags, .options_function = tag_options, .required = false)
END
