MODEL(Book)
    ForeignKey   (author, Writer, .on_delete = CV_CASCADE)
END
