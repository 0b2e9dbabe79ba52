MODEL(Question)
    CharField          (text,     .max_length = 3)
END
MODEL(Answer)
    ForeignKey         (question, Question, .on_delete = CV_CASCADE)
    OrderWithRespectTo (question)
END
