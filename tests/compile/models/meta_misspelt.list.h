MODEL(Book,
      .orderin = CV_LIST("title"))
    CharField    (title,  .max_length = 3)
END
