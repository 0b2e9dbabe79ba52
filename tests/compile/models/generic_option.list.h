MODEL_KEY(Kind, AutoField(id), .unique_together = CV_LIST("app_label", "model"))
    CharField            (app_label, .max_length = 100)
    CharField            (model,     .max_length = 100)
END
MODEL(Note)
    ForeignKey           (content_type, Kind, .on_delete = CV_CASCADE)
    PositiveIntegerField (object_id)
    GenericForeignKey    (target,    .on_delete = CV_CASCADE)
END
