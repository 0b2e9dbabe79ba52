/* media.def.h: the form whose files test_media.c looks at. */
FORM(MediaForm, .media = CV_MEDIA({"form.css", "all"}, {"form.js"}))
    CharField (plain, .widget = CV_WIDGET(text_input, .css = CV_LIST("all", "a.css")))
    CharField (place, .widget = CV_WIDGET(text_input, .css = CV_LIST("all", "b.css", "all", "a.css"),
                                          .media = CV_MEDIA({"map.js", .attrs = CV_ATTRS("type", "module")})))
END
