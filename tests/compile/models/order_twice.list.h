MODEL(Answer)
    IntegerField       (part)
    OrderWithRespectTo (part)
    OrderWithRespectTo (part)
END
