/* bookshop/models.def.h: what the shop stores. One list: struct, columns, migration, form, admin. */

Choices(Language)
    TextChoice(LANGUAGE_ARABIC, "ar", "Arabic")
    TextChoice(LANGUAGE_BENGALI, "bn", "Bengali")
    TextChoice(LANGUAGE_CHINESE, "zh", "Chinese")
    TextChoice(LANGUAGE_CZECH, "cs", "Czech")
    TextChoice(LANGUAGE_DANISH, "da", "Danish")
    TextChoice(LANGUAGE_DUTCH, "nl", "Dutch")
    TextChoice(LANGUAGE_ENGLISH, "en", "English")
    TextChoice(LANGUAGE_FRENCH, "fr", "French")
    TextChoice(LANGUAGE_GERMAN, "de", "German")
    TextChoice(LANGUAGE_GREEK, "el", "Greek")
    TextChoice(LANGUAGE_ITALIAN, "it", "Italian")
    TextChoice(LANGUAGE_JAPANESE, "ja", "Japanese")
    TextChoice(LANGUAGE_LATIN, "la", "Latin")
    TextChoice(LANGUAGE_NORWEGIAN, "no", "Norwegian")
    TextChoice(LANGUAGE_PERSIAN, "fa", "Persian")
    TextChoice(LANGUAGE_POLISH, "pl", "Polish")
    TextChoice(LANGUAGE_PORTUGUESE, "pt", "Portuguese")
    TextChoice(LANGUAGE_RUSSIAN, "ru", "Russian")
    TextChoice(LANGUAGE_SANSKRIT, "sa", "Sanskrit")
    TextChoice(LANGUAGE_SPANISH, "es", "Spanish")
    TextChoice(LANGUAGE_SWEDISH, "sv", "Swedish")
    TextChoice(LANGUAGE_YIDDISH, "yi", "Yiddish")
END

MODEL(Author, .str = author_str, .ordering = CV_LIST("sort_name"))
    CharField        (name,      .max_length = 100)
    CharField        (sort_name, .max_length = 100, .help_text = "As on a library card: Austen, Jane")
    SlugField        (slug,      .unique = true)
    NullIntegerField (born,      .blank = true, .help_text = "Year; negative before Christ")
    NullIntegerField (died,      .blank = true, .help_text = "Year; negative before Christ")
    CharField        (country,   .max_length = 40)
    TextField        (bio,       .blank = true)
    Related          (books,     Book)
END

MODEL(Publisher, .str = publisher_str, .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 100)
    SlugField        (slug,      .unique = true)
    CharField        (city,      .max_length = 60)
    NullIntegerField (founded,   .blank = true)
END

MODEL(Tag, .str = tag_str, .ordering = CV_LIST("name"))
    CharField        (name,      .max_length = 40, .unique = true)
    SlugField        (slug,      .unique = true)
END

MODEL(Book, .str = book_str, .ordering = CV_LIST("-added", "title"))
    CharField        (title,     .max_length = 200)
    SlugField        (slug,      .unique = true)
    ForeignKey       (author,    Author, .on_delete = CV_CASCADE, .related_name = "books")
    ForeignKey       (publisher, Publisher, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "books")
    ForeignKey       (sequel_to, Book, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "sequels")
    IntegerField     (year,      .db_index = true, .help_text = "Of first publication; negative before Christ")
    CharField        (language,  .max_length = 2, .choices = &Language_choices)
    TextField        (summary)
    DecimalField     (price,     .max_digits = 6, .decimal_places = 2)
    DateField        (added,     .db_index = true)
    ImageField       (cover,     .blank = true, .upload_to = "covers/", .help_text = "Without one the shop draws a cover.")
    ManyToManyField  (tags,      Tag, .blank = true, .related_name = "books")
    Related          (reviews,   Review)
END

MODEL(Excerpt)
    OneToOneField    (book,      Book, .on_delete = CV_CASCADE, .related_name = "excerpt")
    TextField        (text,      .help_text = "The first sentence, in the original or an old translation")
END

MODEL(Review, .str = review_str, .ordering = CV_LIST("-created"))
    ForeignKey       (book,      Book, .on_delete = CV_CASCADE, .related_name = "reviews")
    CharField        (name,      .max_length = 60)
    EmailField       (email)
    IntegerField     (stars,     .min_value = 1, .max_value = 5)
    TextField        (text)
    DateTimeField    (created,   .auto_now_add = true)
END

Choices(Delivery)
    TextChoice(DELIVERY_POST, "post", "By post, in four days")
    TextChoice(DELIVERY_COURIER, "courier", "By courier, tomorrow")
    TextChoice(DELIVERY_COLLECT, "collect", "I come to the shop")
END

MODEL(Order, .str = order_str, .ordering = CV_LIST("-created"))
    CharField        (token,     .max_length = 24, .unique = true, .editable = false, .default_call = order_token)
    CharField        (name,      .max_length = 80)
    EmailField       (email,     .max_length = 120)
    CharField        (street,    .max_length = 100)
    CharField        (postcode,  .max_length = 12)
    CharField        (city,      .max_length = 60)
    CharField        (delivery,  .max_length = 8, .choices = &Delivery_choices, .default = "post")
    CharField        (note,      .max_length = 200, .blank = true, .help_text = "A wish, or a word for the parcel")
    DateTimeField    (created,   .auto_now_add = true)
    Related          (lines,     OrderLine)
END

MODEL(OrderLine, .str = order_line_str, .ordering = CV_LIST("pk"), .unique_together = CV_LIST("order", "book"),
      .before_save = order_line_price)
    ForeignKey       (order,     Order, .on_delete = CV_CASCADE, .related_name = "lines")
    ForeignKey       (book,      Book, .on_delete = CV_PROTECT)
    IntegerField     (quantity,  .min_value = 1, .max_value = 99, .default = 1)
    DecimalField     (price,     .max_digits = 6, .decimal_places = 2, .editable = false, .help_text = "Of one, when it was ordered")
END
