/* models.def.h: a few tables for the tests of fixtures and pages of rows. */
MODEL(Label)
    CharField       (name,    .max_length = 20, .unique = true)
END

MODEL(Shelf, .str = shelf_str)
    CharField       (name,    .max_length = 20)
    DateTimeField   (created, .auto_now_add = true)
END

MODEL(Thing)
    ForeignKey      (shelf,   Shelf, .on_delete = CV_CASCADE, .related_name = "things")
    CharField       (title,   .max_length = 40)
    DateField       (made,    .null = true, .blank = true)
    IntegerField    (count,   .default = 1)
    ManyToManyField (labels,  Label, .blank = true)
END
