/* poll.def.h: models whose rows stand in an order of their own. */
MODEL_KEY(Kind, AutoField(id, .blank = true), .unique_together = CV_LIST("app_label", "model"))
    CharField            (app_label, .max_length = 100)
    CharField            (model,     .max_length = 100)
END

MODEL(Question)
    CharField            (text,      .max_length = 40)
    Related              (answers,   Answer)
END

MODEL(Answer, .str = answer_str)
    OrderWithRespectTo   (question)
    ForeignKey           (question,  Question, .null = true, .on_delete = CV_CASCADE, .related_name = "answers")
    CharField            (text,      .max_length = 40)
    ManyToManyField      (also,      Question, .related_name = "+")
END

CHILD_MODEL(LongAnswer, Answer)
    IntegerField         (pages,     .default = 0)
END

PROXY_MODEL(OldAnswer, Answer)
END

MODEL(Step)
    IntegerField         (part)
    OrderWithRespectTo   (part)
END

MODEL(Remark)
    ForeignKey           (content_type, Kind, .on_delete = CV_CASCADE)
    PositiveIntegerField (object_id)
    GenericForeignKey    (target)
    OrderWithRespectTo   (target)
END
