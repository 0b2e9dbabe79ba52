MODEL_KEY(Line, CompositePrimaryKey("order_no", "number"))
    IntegerField (order_no)
    IntegerField (number, .error_messages = CV_LIST("null", "Which?"), .validators = CV_VALIDATORS(CV_MIN_VALUE(1)))
    NullIntegerField (twice, .generated = "F('number') * 2")
END
