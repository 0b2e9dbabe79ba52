MODEL(Book)
    IntegerField     (pages)
    UniqueConstraint (.fields = CV_LIST("pages"), .nmae = "one")
END
