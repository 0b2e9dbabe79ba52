MODEL_KEY(Coin, CodeField(code))
END
