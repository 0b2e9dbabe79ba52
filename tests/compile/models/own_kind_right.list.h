MODEL_KEY(Coin, CodeField(code, .db_index = 1))
    CodeField    (other, .null = true, .default = "x", .unique = true)
    IntegerField (worth, .own = &code_field)
END
