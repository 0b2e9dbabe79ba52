/* forms.def.h: forms that name templates which are not there, and others. */
FORM(OrderForm, .template_name = "ordr_form.html")
    CharField    (name,  .template_name = "order_feild.html", .hidden_widget = CV_WIDGET(hidden_input, .template_name = "hiden.html"))
    IntegerField (stars, .widget = CV_WIDGET(number_input, .template_name = "django/forms/widgets/numbr.html"))
    CharField    (code,  .widget = &code_widget)
    ChoiceField  (kind,  .choices = CV_CHOICES("a", "A"), .widget = CV_WIDGET(select, .option_template_name = "optoin.html"))
END
FORM(GoodForm, .template_name = "order_form.html")
    CharField    (name,  .template_name = "django/forms/field.html")
END
FORMSET(OrderFormSet, GoodForm, .template_name = "ordres.html")
