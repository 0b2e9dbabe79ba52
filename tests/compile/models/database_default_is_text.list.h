MODEL(Parcel)
    IntegerField (weight,  .db_default = 5)
END
