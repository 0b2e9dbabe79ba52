MODEL(Coin)
    CodField (other)
END
