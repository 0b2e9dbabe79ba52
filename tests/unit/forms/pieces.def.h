/* pieces.def.h: the forms that test_renderer.c tries. */
FORM(PlainForm)
    CharField   (title)
    ChoiceField (kind, .choices = CV_CHOICES("b", "Book", "m", "Magazine"))
END
FORM(NamedForm, .template_name = "named.html", .template_name_label = "label_of_named.html")
    CharField    (title, .template_name = "title_group.html")
    IntegerField (stars, .widget = CV_WIDGET(number_input, .template_name = "stars.html"))
    ChoiceField  (kind, .choices = CV_CHOICES("b", "Book"), .widget = CV_WIDGET(select, .option_template_name = "option.html"))
END
FORM(OwnForm)
    DecimalField (price, .widget = &price_widget)
    CharField    (code,  .widget = &code_widget)
    CharField    (level, .widget = &range_widget, .required = false)
END
FORM(SeenForm)
    CharField    (title,  .max_length = 10, .help_text = "Short.")
    ChoiceField  (kind,   .choices = CV_CHOICES("b", "Book", "m", "Magazine"))
    IntegerField (amount, .min_value = 1, .required = false,
                  .widget = CV_WIDGET(number_input, .css = CV_LIST("all", "stars.css"), .js = CV_LIST("stars.js")))
END
FORMSET(PlainFormSet, PlainForm, .extra = 1)
FORMSET(NamedFormSet, PlainForm, .extra = 1, .template_name = "set.html")
