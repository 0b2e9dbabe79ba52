/* Made by Caravan on 2026-11-22 21:11. */
MIGRATION(0001_initial, .initial = true)

CreateModel(Author, .ordering = CV_LIST("sort_name"))
    CharField       (name, .max_length = 100)
    CharField       (sort_name, .max_length = 100, .help_text = "As on a library card: Austen, Jane")
    SlugField       (slug, .unique = true)
    NullIntegerField(born, .blank = true, .help_text = "Year; negative before Christ")
    NullIntegerField(died, .blank = true, .help_text = "Year; negative before Christ")
    CharField       (country, .max_length = 40)
    TextField       (bio, .blank = true)
END

CreateModel(Order, .ordering = CV_LIST("-created"))
    CharField    (token, .max_length = 24, .unique = true, .default_call = CV_OF_PROGRAM, .editable = false)
    CharField    (name, .max_length = 80)
    EmailField   (email, .max_length = 120)
    CharField    (street, .max_length = 100)
    CharField    (postcode, .max_length = 12)
    CharField    (city, .max_length = 60)
    CharField    (delivery, .max_length = 8, .choices = Choices(TextChoice("post", "By post, in four days")
                                     TextChoice("courier", "By courier, tomorrow")
                                     TextChoice("collect", "I come to the shop")), .default = "post")
    CharField    (note, .max_length = 200, .blank = true, .help_text = "A wish, or a word for the parcel")
    DateTimeField(created, .auto_now_add = true)
END

CreateModel(Publisher, .ordering = CV_LIST("name"))
    CharField       (name, .max_length = 100)
    SlugField       (slug, .unique = true)
    CharField       (city, .max_length = 60)
    NullIntegerField(founded, .blank = true)
END

CreateModel(Tag, .ordering = CV_LIST("name"))
    CharField(name, .max_length = 40, .unique = true)
    SlugField(slug, .unique = true)
END

CreateModel(Book, .ordering = CV_LIST("-added", "title"))
    CharField      (title, .max_length = 200)
    SlugField      (slug, .unique = true)
    IntegerField   (year, .db_index = true, .help_text = "Of first publication; negative before Christ")
    CharField      (language, .max_length = 2, .choices = Choices(TextChoice("ar", "Arabic")
                                       TextChoice("bn", "Bengali")
                                       TextChoice("zh", "Chinese")
                                       TextChoice("cs", "Czech")
                                       TextChoice("da", "Danish")
                                       TextChoice("nl", "Dutch")
                                       TextChoice("en", "English")
                                       TextChoice("fr", "French")
                                       TextChoice("de", "German")
                                       TextChoice("el", "Greek")
                                       TextChoice("it", "Italian")
                                       TextChoice("ja", "Japanese")
                                       TextChoice("la", "Latin")
                                       TextChoice("no", "Norwegian")
                                       TextChoice("fa", "Persian")
                                       TextChoice("pl", "Polish")
                                       TextChoice("pt", "Portuguese")
                                       TextChoice("ru", "Russian")
                                       TextChoice("sa", "Sanskrit")
                                       TextChoice("es", "Spanish")
                                       TextChoice("sv", "Swedish")
                                       TextChoice("yi", "Yiddish")))
    TextField      (summary)
    DecimalField   (price, .max_digits = 6, .decimal_places = 2)
    DateField      (added, .db_index = true)
    ImageField     (cover, .upload_to = "covers/", .blank = true, .help_text = "Without one the shop draws a cover.")
    ForeignKey     (author, Author, .on_delete = CV_CASCADE, .related_name = "books")
    ForeignKey     (sequel_to, Book, .null = true, .blank = true, .on_delete = CV_SET_NULL,
                    .related_name = "sequels")
    ForeignKey     (publisher, Publisher, .null = true, .blank = true, .on_delete = CV_SET_NULL,
                    .related_name = "books")
    ManyToManyField(tags, Tag, .blank = true, .related_name = "books")
END

CreateModel(Excerpt)
    TextField    (text, .help_text = "The first sentence, in the original or an old translation")
    OneToOneField(book, Book, .on_delete = CV_CASCADE, .related_name = "excerpt")
END

CreateModel(Review, .ordering = CV_LIST("-created"))
    CharField    (name, .max_length = 60)
    EmailField   (email)
    IntegerField (stars)
    TextField    (text)
    DateTimeField(created, .auto_now_add = true)
    ForeignKey   (book, Book, .on_delete = CV_CASCADE, .related_name = "reviews")
END

CreateModel(OrderLine, .ordering = CV_LIST("pk"), .constraints = Constraints(UniqueTogether("order", "book")))
    IntegerField(quantity, .default = 1)
    DecimalField(price, .max_digits = 6, .decimal_places = 2, .editable = false,
                 .help_text = "Of one, when it was ordered")
    ForeignKey  (book, Book, .on_delete = CV_PROTECT)
    ForeignKey  (order, Order, .on_delete = CV_CASCADE, .related_name = "lines")
END

