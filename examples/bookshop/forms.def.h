/* forms.def.h: what visitors may send. */

FORM(ReviewForm)
    CharField    (name,  .max_length = 60)
    EmailField   (email, .help_text = "Not shown to anybody.")
    IntegerField (stars, .min_value = 1, .max_value = 5, .help_text = "From 1 to 5")
    CharField    (text,  .widget = CV_TEXTAREA, .label = "Your review", .max_length = 2000)
END
