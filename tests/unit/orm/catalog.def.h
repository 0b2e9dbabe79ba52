/* catalog.def.h: models with what the shop's do not have: every kind of field, constraints, defaults of the database. */
Choices(Grade)
    IntegerChoice(GRADE_LOW, 1, "Low")
    IntegerChoice(GRADE_HIGH, 2, "High")
END

MODEL(Maker, .str = maker_str)
    CharField        (name,      .max_length = 20, .unique = true, .error_messages = CV_LIST("unique", "Taken."))
    CharField        (country,   .max_length = 2, .blank = true)
END

MODEL(Item, .clean = item_clean)
    CharField        (name,      .max_length = 10)
    SlugField        (slug,      .unique = true)
    EmailField       (mail,      .null = true, .blank = true)
    URLField         (site,      .blank = true)
    GenericIPAddressField (ip,   .null = true, .blank = true, .unpack_ipv4 = true)
    ForeignKey       (maker,     Maker, .on_delete = CV_CASCADE, .limit_choices_to = "Q(country='de')")
    IntegerField     (grade,     .choices = &Grade_choices, .default = GRADE_LOW)
    PositiveIntegerField (stock, .max_value = 99)
    DecimalField     (price,     .max_digits = 5, .decimal_places = 2)
    NullIntegerField (rank,      .blank = true)
    CharField        (code,      .max_length = 9, .null = true, .blank = true,
                                 .validators = CV_VALIDATORS(CV_REGEX_VALIDATOR("^[A-Z]*$", .message = "Capitals.")))
    DateField        (sold,      .null = true, .blank = true)
    CharField        (title,     .max_length = 9, .blank = true, .unique_for_date = "sold")
    CharField        (secret,    .max_length = 3, .editable = false)
    UniqueTogether   ("name", "maker")
    UniqueConstraint (.fields = CV_LIST("code"), .condition = "Q(stock__gt=0)", .name = "one_code_in_stock")
    UniqueConstraint (.expressions = CV_LIST("Lower('mail')"), .name = "mail_any_case")
    UniqueConstraint (.fields = CV_LIST("rank"), .name = "one_rank", .violation_error_message = "Rank %(name)s.",
                      .violation_error_code = "rank")
    CheckConstraint  (.condition = "Q(price__gte=0)", .name = "price_not_negative")
    CheckConstraint  (.condition = "Q(rank__lt=F('stock'))", .name = "rank_below_stock")
END

MODEL(Parcel)
    IntegerField     (weight,    .db_default = "5")
    CharField        (label,     .max_length = 10, .db_default = "'it\\'s'")
    DateTimeField    (made,      .db_default = "Now()")
    NullIntegerField (doubled,   .generated = "F('weight') * 2")
    CharField        (loud,      .max_length = 10, .null = true, .generated = "Upper('label')", .generated_virtual = true)
    IntegerField     (rest)
    CheckConstraint  (.condition = "Q(doubled__lt=1000)", .name = "doubled_below")
END

MODEL(Kinds, .select_on_save = true)
    SmallIntegerField (small)
    BigIntegerField  (big)
    PositiveBigIntegerField (pos_big)
    PositiveSmallIntegerField (pos_small)
    FloatField       (ratio)
    BooleanField     (flag)
    NullBooleanField (maybe)
    TextField        (body)
    TimeField        (clock,     .null = true)
    DurationField    (span,      .null = true)
    UUIDField        (token,     .null = true)
    BinaryField      (raw,       .null = true)
    JSONField        (data,      .null = true)
    FilePathField    (path)
END

MODEL_KEY(Line, CompositePrimaryKey("order_no", "number"), .ordering = CV_LIST("-pk"))
    IntegerField     (order_no)
    IntegerField     (number)
    CharField        (text,      .max_length = 5)
END
