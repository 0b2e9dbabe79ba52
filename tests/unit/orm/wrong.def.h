/* wrong.def.h: mistakes that the compiler cannot see; a test counts the lines. */
MODEL(Pen)
    IntegerField (inks)
    CharField    (colour)
    ForeignKey   (maker, Pen)
END
