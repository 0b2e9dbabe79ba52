/* words.def.h: the form that test_words.c tries: words of fields made of others, initial and empty values of each group. */
FORM(WordsForm)
    FilePathField      (drink,  .path = drinks, .match = "\\.txt$", .required = false, .initial = "tea.txt")
    ComboField         (mail,   .fields = CV_FIELDS(CharField (short_one, .max_length = 12)
                                                    EmailField (address)))
    MultiValueField    (phone,  .compress = join,
                                .fields = CV_FIELDS(RegexField   (area,   .regex = "^[0-9]+$")
                                                    IntegerField (number, .min_value = 100,
                                                                  .validators = CV_VALIDATORS(CV_MAX_VALUE(999)))),
                                .widget = CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT, CV_NUMBER_INPUT)))
    MultiValueField    (pair,   .compress = join, .require_all_fields = false, .required = false,
                                .fields = CV_FIELDS(CharField (left) CharField (right, .required = false)),
                                .widget = CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT, CV_TEXT_INPUT)))
    CharField          (colour, .required = false, .empty_value = "none")
    TypedChoiceField   (size,   .required = false, .choices = CV_CHOICES("1", "Small", "2", "Large"), .coerce = to_int,
                                .empty_value = "none")
    ChoiceField        (fruit,  .required = false,
                                .options = CV_OPTIONS(CV_OPTION_GROUP("Sour", CV_OPTION("l", "Lemon"), CV_OPTION("q", "Quince")),
                                                      CV_OPTION("p", "Pear")))
    DateField          (day,    .required = false, .initial = "2024-02-29")
    SplitDateTimeField (moment, .required = false)
    DurationField      (time,   .required = false, .initial = "1 02:00:00")
    NullBooleanField   (again,  .required = false, .initial = "true")
    UUIDField          (key,    .required = false, .initial = "0c8ff5a2-2f7c-4d5f-9c64-6e2c0a8f1f11")
END
