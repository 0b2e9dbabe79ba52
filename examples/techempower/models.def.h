/* models.def.h: the tables of the TechEmpower benchmark. */
MODEL(World, .db_table = "world")
    IntegerField (randomnumber)
END

MODEL(Fortune, .db_table = "fortune")
    CharField    (message, .max_length = 2048)
END
