MODEL(Coin)
    CodeField (other, .max_digits = 3)
END
