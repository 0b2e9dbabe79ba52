/* desk.def.h: models with every kind of relation, for the tests of relations, prefetching and deletions. */
MODEL_KEY(Kind, AutoField(id, .blank = true), .unique_together = CV_LIST("app_label", "model"))
    CharField            (app_label, .max_length = 100)
    CharField            (model,     .max_length = 100)
END

MODEL(Note)
    ForeignKey           (content_type, Kind, .on_delete = CV_CASCADE)
    PositiveIntegerField (object_id)
    GenericForeignKey    (target)
    TextField            (text)
END

MODEL(Mark)
    ForeignKey           (kind,      Kind, .null = true, .on_delete = CV_CASCADE, .related_name = "+")
    CharField            (of,        .max_length = 40)
    GenericForeignKey    (about,     .content_type = "kind", .object_id = "of")
END

MODEL(Desk, .str = desk_str, .ordering = CV_LIST("id"))
    CharField            (name,      .max_length = 40)
    GenericRelation      (notes,     Note, .related_query_name = "desk")
    GenericRelation      (marks,     Mark, .content_type = "kind", .object_id = "of")
    Related              (drawers,   Drawer)
    Related              (things,    Thing)
END

CHILD_MODEL(StandingDesk, Desk)
    IntegerField         (height)
END

PROXY_MODEL(OldDesk, Desk)
END

MODEL(Drawer, .ordering = CV_LIST("id"))
    ForeignKey           (desk,      Desk, .null = true, .on_delete = CV_CASCADE, .related_name = "drawers")
    CharField            (label,     .max_length = 40)
    Related              (files,     File)
END

MODEL(File, .ordering = CV_LIST("id"))
    ForeignKey           (drawer,    Drawer, .on_delete = CV_CASCADE, .related_name = "files")
    CharField            (title,     .max_length = 40)
END

MODEL(Seal)
    OneToOneField        (drawer,    Drawer, .on_delete = CV_PROTECT, .related_name = "seal")
END

MODEL(Chair)
    ForeignKey           (desk,      Desk, .null = true, .on_delete = CV_SET_NULL, .related_name = "chairs")
END

MODEL(Lamp)
    ForeignKey           (desk,      Desk, .default = 1, .on_delete = CV_SET_DEFAULT, .related_name = "lamps")
END

MODEL(Plug)
    ForeignKey           (desk,      Desk, .on_delete = CV_SET, .on_delete_call = first_desk, .related_name = "plugs")
END

MODEL(Cable)
    ForeignKey           (desk,      Desk, .on_delete = CV_DB_CASCADE, .related_name = "cables")
    ForeignKey           (spare,     Desk, .null = true, .on_delete = CV_DB_SET_NULL, .related_name = "+")
END

MODEL(Lock)
    ForeignKey           (desk,      Desk, .on_delete = CV_CASCADE, .related_name = "locks")
    ForeignKey           (drawer,    Drawer, .on_delete = CV_RESTRICT, .related_name = "locks")
END

MODEL(Thing, .ordering = CV_LIST("name"))
    CharField            (name,      .max_length = 40)
    ManyToManyField      (desks,     Desk, .through = &Placed_model, .related_name = "things")
    ManyToManyField      (likes,     Thing)
    ManyToManyField      (beats,     Thing, .symmetrical = false, .related_name = "+")
END

MODEL(Placed)
    ForeignKey           (thing,     Thing, .on_delete = CV_CASCADE)
    ForeignKey           (desk,      Desk, .on_delete = CV_CASCADE)
    IntegerField         (count,     .default = 1)
END
