MODEL(Desk)
    GenericRelation      (notes,     Remark)
END
