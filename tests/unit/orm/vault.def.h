/* vault.def.h: models with own kinds of fields, for test_own_field.c. */
MODEL_KEY(Coin, CodeField(code), .ordering = CV_LIST("code"))
    SealedField      (secret,    .null = true)
    CentsField       (price,     .default = "1.50")
    StampField       (stamp)
    CodeField        (other,     .null = true, .blank = true, .default = "x-1")
END

MODEL(Slot)
    ForeignKey       (coin,      Coin, .on_delete = CV_CASCADE, .related_name = "slots")
END
