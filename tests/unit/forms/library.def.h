/* library.def.h: the forms of the tests of model forms. */
MODEL_FORM(VolumeForm, Volume, .fields = CV_LIST("title", "slug", "writer", "price", "pages", "topics", "binding"),
           .labels = CV_LIST("price", "Price in euros"), .help_texts = CV_LIST("slug", "For the address"),
           .error_messages = CV_LIST("title.required", "A volume has a title.",
                                     "__all__.unique_together", "That writer has that title."),
           .widgets = CV_WIDGETS({"title", CV_TEXTAREA}), .clean = volume_form_clean)
    BooleanField (notify, .required = false)
END

MODEL_FORM(EveryForm, Volume, .fields = CV_ALL_FIELDS)
END

MODEL_FORM(CopyForm, Copy, .exclude = CV_LIST("volume"))
END

FORM(ChoiceForm)
    ModelChoiceField         (writer, Writer, .queryset = living_writers, .label_from = writer_label, .group_from = writer_group)
    ModelMultipleChoiceField (topics, Topic,  .required = false, .to_field_name = "name")
END

FORMSET(CopyFormSet, CopyForm, .extra = 1, .can_delete = true)
INLINE_FORMSET(VolumeCopies, Volume, CopyForm, .extra = 2)
