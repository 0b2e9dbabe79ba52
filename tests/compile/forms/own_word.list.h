FORM(StockForm)
    IsbnField (isbn, .label = "ISBN", .max_length = 20)
END
