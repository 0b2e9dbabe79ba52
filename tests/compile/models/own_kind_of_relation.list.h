MODEL(Coin)
    ForeignKey (other, Coin, .on_delete = CV_CASCADE, .own = &code_field)
END
