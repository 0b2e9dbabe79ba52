/* orm_items.def.h: the model of bench/orm.c. */
MODEL(Item)
    CharField     (name,    .max_length = 100)
    CharField     (slug,    .max_length = 100)
    IntegerField  (stock)
    FloatField    (weight)
    DecimalField  (price,   .max_digits = 8, .decimal_places = 2)
    DateField     (made)
    DateTimeField (changed)
    BooleanField  (active)
END
