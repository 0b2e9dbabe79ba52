/* forms.def.h: what visitors may send. */

FORM(SearchForm)
    CharField        (q,        .label = "Title or author", .required = false, .max_length = 100,
                                .widget = CV_WIDGET(search_input, .attrs = CV_ATTRS("autocomplete", "off")))
    ModelChoiceField (tag,      Tag, .label = "Subject", .required = false, .to_field_name = "slug", .empty_label = "Any subject")
    ChoiceField      (language, .label = "Original language", .required = false, .options_function = any_language)
    ChoiceField      (century,  .label = "Century", .required = false,
                                .choices = CV_CHOICES("", "Any time", "15", "Before 1501", "16", "16th century", "17", "17th century",
                                                      "18", "18th century", "19", "19th century", "20", "20th century"))
END

FORM(ReviewForm)
    CharField    (name,  .max_length = 60)
    EmailField   (email, .help_text = "Not shown to anybody.")
    IntegerField (stars, .min_value = 1, .max_value = 5, .help_text = "From 1 to 5")
    CharField    (text,  .widget = CV_TEXTAREA, .label = "Your review", .max_length = 2000)
END

MODEL_FORM(BookForm, Book, .clean = book_form_clean,
           .fields = CV_LIST("title", "slug", "author", "publisher", "year", "language", "price", "added", "cover", "summary", "tags"),
           .labels = CV_LIST("slug", "Address", "added", "In the shop since", "tags", "Subjects"),
           .help_texts = CV_LIST("slug", "The end of the page’s address: small letters, digits, hyphens."),
           .widgets = CV_WIDGETS({"added", CV_WIDGET(date_input, .input = "date", .format = "%Y-%m-%d")},
                                 {"tags", CV_CHECKBOX_SELECT_MULTIPLE}))
END

MODEL_FORM(OrderForm, Order, .fields = CV_LIST("name", "email", "street", "postcode", "city", "delivery", "note"),
           .widgets = CV_WIDGETS({"delivery", CV_RADIO_SELECT}))
END

MODEL_FORM(LineForm, OrderLine, .fields = CV_LIST("book", "quantity"))
END

INLINE_FORMSET(LineFormSet, Order, LineForm, .extra = 2, .can_delete = true, .min_num = 1, .validate_min = true, .max_num = 20,
               .absolute_max = 25, .validate_max = true)

/* The steps of the checkout: the basket, parts of an order. */

FORM(BasketLineForm)
    SlugField    (slug,     .widget = CV_HIDDEN_INPUT)
    IntegerField (quantity, .min_value = 1, .max_value = 99)
END

FORMSET(BasketFormSet, BasketLineForm, .extra = 0, .can_delete = true, .max_num = 20, .absolute_max = 20)

MODEL_FORM(AddressForm, Order, .fields = CV_LIST("name", "email", "street", "postcode", "city"))
END

MODEL_FORM(DeliveryForm, Order, .fields = CV_LIST("delivery", "note"), .widgets = CV_WIDGETS({"delivery", CV_RADIO_SELECT}))
END
