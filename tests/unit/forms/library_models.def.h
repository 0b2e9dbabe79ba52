/* library_models.def.h: the models of the tests of model forms. */
Choices(Binding)
    TextChoice(BINDING_HARD, "hard", "Hard cover", .group = "Paper")
    TextChoice(BINDING_SOFT, "soft", "Soft cover", .group = "Paper")
    TextChoice(BINDING_FILE, "file", "File")
END

Choices(Size)
    IntegerChoice(SIZE_SMALL, 1, "Small")
    IntegerChoice(SIZE_LARGE, 2, "Large")
END

MODEL(Writer, .str = writer_str, .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 40, .verbose_name = "full name", .help_text = "As on the cover")
    NullIntegerField (born,      .blank = true)
END

MODEL(Topic, .str = topic_str, .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 20, .unique = true)
END

MODEL(Volume, .str = volume_str, .clean = volume_clean)
    CharField        (title,     .max_length = 30)
    SlugField        (slug,      .unique = true)
    ForeignKey       (writer,    Writer, .on_delete = CV_CASCADE, .related_name = "volumes")
    ForeignKey       (editor,    Writer, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "+")
    CharField        (binding,   .max_length = 4, .choices = &Binding_choices, .default = BINDING_HARD)
    DecimalField     (price,     .max_digits = 6, .decimal_places = 2)
    IntegerField     (pages,     .default = 100, .min_value = 1)
    BooleanField     (in_print,  .default = true)
    DateField        (published, .null = true, .blank = true)
    DateTimeField    (added,     .auto_now_add = true)
    ManyToManyField  (topics,    Topic, .blank = true)
    UniqueTogether   ("title", "writer")
    CheckConstraint  (.name = "pages_not_666", .condition = "~Q(pages=666)")
END

MODEL(Copy)
    ForeignKey       (volume,    Volume, .on_delete = CV_CASCADE, .related_name = "copies")
    CharField        (shelf,     .max_length = 10)
    CharField        (number,    .max_length = 5, .unique = true)
    UniqueTogether   ("volume", "shelf")
END

MODEL_KEY(Box, CharField(code, .max_length = 5, .editable = false))
    IntegerField     (weight,    .default = 1)
    IntegerField     (size,      .blank = true, .choices = &Size_choices, .default = SIZE_SMALL)
END
