/* bookshop/models.def.h: what the shop stores. One list: struct, columns, migration, form, admin. */

MODEL(Author, .str = author_str, .ordering = CV_LIST("sort_name"))
    CharField        (name,      .max_length = 100)
    CharField        (sort_name, .max_length = 100, .help_text = "As on a library card: Austen, Jane")
    SlugField        (slug,      .unique = true)
    NullIntegerField (born,      .blank = true, .help_text = "Year; negative before Christ")
    NullIntegerField (died,      .blank = true, .help_text = "Year; negative before Christ")
    CharField        (country,   .max_length = 40)
    TextField        (bio,       .blank = true)
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
    CharField        (language,  .max_length = 2, .choices = CV_CHOICES(
                                     "ar", "Arabic",    "bn", "Bengali",    "cs", "Czech",      "da", "Danish",
                                     "nl", "Dutch",     "en", "English",    "fr", "French",     "de", "German",
                                     "el", "Greek",     "it", "Italian",    "ja", "Japanese",   "la", "Latin",
                                     "no", "Norwegian", "fa", "Persian",    "pl", "Polish",     "pt", "Portuguese",
                                     "ru", "Russian",   "sa", "Sanskrit",   "es", "Spanish",    "sv", "Swedish",
                                     "yi", "Yiddish",   "zh", "Chinese"))
    TextField        (summary)
    DecimalField     (price,     .max_digits = 6, .decimal_places = 2)
    DateField        (added,     .db_index = true)
    ManyToManyField  (tags,      Tag, .blank = true, .related_name = "books")
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
