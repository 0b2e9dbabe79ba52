/* models.def.h: the models of the conformance site, as MODELS.md of the conformance folder tells them. */

Choices(Country)
    TextChoice(COUNTRY_GERMANY, "de", "Germany")
    TextChoice(COUNTRY_FRANCE,  "fr", "France")
    TextChoice(COUNTRY_US,      "us", "United States")
    TextChoice(COUNTRY_JAPAN,   "jp", "Japan")
    TextChoice(COUNTRY_GREECE,  "gr", "Greece")
    TextChoice(COUNTRY_TURKEY,  "tr", "Turkey")
    TextChoice(COUNTRY_BRAZIL,  "br", "Brazil")
END

Choices(BookStatus)
    TextChoice(BOOK_DRAFT,        "draft", "Draft")
    TextChoice(BOOK_PUBLISHED,    "pub",   "Published")
    TextChoice(BOOK_GONE,         "oop",   "Out of print")
END

Choices(Language)
    TextChoice(LANGUAGE_ENGLISH,  "en", "English")
    TextChoice(LANGUAGE_GERMAN,   "de", "German")
    TextChoice(LANGUAGE_FRENCH,   "fr", "French")
    TextChoice(LANGUAGE_GREEK,    "el", "Greek")
    TextChoice(LANGUAGE_JAPANESE, "ja", "Japanese")
END

Choices(EBookFormat)
    TextChoice(EBOOK_EPUB, "epub", "EPUB")
    TextChoice(EBOOK_PDF,  "pdf",  "PDF")
    TextChoice(EBOOK_MOBI, "mobi", "Mobipocket")
END

Choices(OrderState)
    IntegerChoice(ORDER_CART,     0, "Cart")
    IntegerChoice(ORDER_PAID,     1, "Paid")
    IntegerChoice(ORDER_SHIPPED,  2, "Shipped")
    IntegerChoice(ORDER_RETURNED, 3, "Returned")
END

MODEL(Publisher, .str = publisher_str, .ordering = CV_LIST("name"))
    CharField                 (name,       .max_length = 120, .unique = true)
    CharField                 (country,    .max_length = 2, .db_index = true, .choices = &Country_choices)
    URLField                  (website,    .blank = true)
    EmailField                (email,      .null = true, .blank = true)
    NullIntegerField          (founded,    .blank = true)
    NullBooleanField          (is_indie)
    ForeignKey                (parent,     Publisher, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "imprints")
END

MODEL(Author, .str = author_str, .db_table = "people_author", .ordering = CV_LIST("last_name", "first_name", "id"))
    CharField                 (first_name, .max_length = 60)
    CharField                 (last_name,  .max_length = 60)
    EmailField                (email,      .unique = true)
    DateField                 (born,       .null = true, .blank = true)
    DateField                 (died,       .null = true, .blank = true)
    TextField                 (bio,        .blank = true, .default = "")
    NullFloatField            (score,      .blank = true)
    DecimalField              (royalty,    .max_digits = 5, .decimal_places = 2, .default = "7.50")
    ForeignKey                (mentor,     Author, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "students")
    ManyToManyField           (friends,    Author, .blank = true)
    ManyToManyField           (follows,    Author, .symmetrical = false, .related_name = "followers", .blank = true)
    Index                     (.fields = CV_LIST("last_name", "-first_name"))
END

MODEL_KEY(Profile, OneToOneField(author, Author, .on_delete = CV_CASCADE, .related_name = "profile"))
    CharField                 (nickname,   .max_length = 40, .blank = true)
    URLField                  (homepage,   .max_length = 250, .null = true, .blank = true)
    NullBooleanField          (newsletter)
    PositiveBigIntegerField   (followers_count, .default = 0)
END

MODEL(Category, .verbose_name_plural = "categories", .ordering = CV_LIST("position", "name"))
    CharField                 (name,       .max_length = 80)
    SlugField                 (slug,       .unique = true)
    ForeignKey                (parent,     Category, .null = true, .blank = true, .on_delete = CV_CASCADE, .related_name = "children")
    SmallIntegerField         (position,   .default = 0)
END

MODEL(Tag, .ordering = CV_LIST("name"))
    CharField                 (name,       .max_length = 40, .unique = true)
    CharField                 (color,      .max_length = 7, .default = "#000000")
END

MODEL(Book, .str = book_str, .ordering = CV_LIST("name", "id"), .get_latest_by = "published")
    CharField                 (name,       .max_length = 200, .db_index = true, .verbose_name = "title")
    CharField                 (subtitle,   .max_length = 200, .null = true, .blank = true)
    SlugField                 (slug,       .max_length = 80, .unique = true)
    CharField                 (isbn,       .max_length = 13, .null = true, .blank = true, .unique = true)
    ForeignKey                (publisher,  Publisher, .on_delete = CV_PROTECT, .related_name = "books")
    ForeignKey                (category,   Category, .null = true, .blank = true, .on_delete = CV_SET_NULL)
    OneToOneField             (sequel_of,  Book, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "sequel")
    DecimalField              (price,      .max_digits = 10, .decimal_places = 2)
    DecimalField              (discount,   .max_digits = 5, .decimal_places = 3, .null = true, .blank = true)
    IntegerField              (pages,      .default = 0)
    SmallIntegerField         (stock,      .default = 0)
    BigIntegerField           (sold,       .default = 0)
    NullFloatField            (rating,     .blank = true)
    CharField                 (status,     .max_length = 5, .db_column = "state", .choices = &BookStatus_choices, .default = BOOK_DRAFT)
    CharField                 (language,   .max_length = 2, .choices = &Language_choices, .default = LANGUAGE_ENGLISH)
    DateField                 (published,  .null = true, .blank = true)
    DateTimeField             (released_at, .null = true, .blank = true)
    TimeField                 (on_air,     .null = true, .blank = true)
    DurationField             (reading_time, .null = true, .blank = true)
    JSONField                 (metadata,   .blank = true, .default = "{}")
    TextField                 (blurb,      .blank = true, .default = "")
    FileField                 (cover,      .blank = true, .upload_to = "covers/")
    NullBooleanField          (in_print)
    BinaryField               (digest,     .null = true, .blank = true)
    ManyToManyField           (authors,    Author, .related_name = "books")
    ManyToManyField           (tags,       Tag, .blank = true, .db_table = "bookstore_labels")
    GenericRelation           (notes,      Note, .related_query_name = "book")
    UniqueConstraint          (.fields = CV_LIST("publisher", "name"), .condition = "Q(status='pub')", .name = "uniq_published_title")
    CheckConstraint           (.condition = "Q(price__gte=0)", .name = "book_price_not_negative")
    Index                     (.fields = CV_LIST("publisher", "-published"), .name = "book_pub_date_idx")
    Index                     (.expressions = CV_LIST("Lower('name')"), .name = "book_lower_name_idx")
    Index                     (.fields = CV_LIST("rating"), .condition = "Q(rating__isnull=False)", .name = "book_rated_idx")
END

CHILD_MODEL(EBook, Book, .str = ebook_str, .ordering = CV_LIST("-file_size"), .get_latest_by = "published")
    CharField                 (format,     .max_length = 4, .choices = &EBookFormat_choices)
    PositiveIntegerField      (file_size)
    BooleanField              (drm,        .default = false)
END

PROXY_MODEL(PublishedBook, Book, .str = book_str, .default_manager = only_published, .ordering = CV_LIST("-published", "id"), .get_latest_by = "published")
END

MODEL(Note)
    ForeignKey                (content_type, CvContentType, .on_delete = CV_CASCADE)
    PositiveIntegerField      (object_id)
    GenericForeignKey         (target)
    TextField                 (text)
    IntegerField              (weight,     .default = 0)
    Index                     (.fields = CV_LIST("content_type", "object_id"))
END

MODEL_KEY(Customer, UUIDField(id, .default_call = cv_uuid_random), .ordering = CV_LIST("name", "id"))
    CharField                 (name,       .max_length = 100)
    EmailField                (email,      .unique = true)
    CharField                 (city,       .max_length = 60, .blank = true, .default = "")
    DateField                 (joined)
    DecimalField              (balance,    .max_digits = 14, .decimal_places = 2, .default = "0")
    JSONField                 (preferences, .null = true, .blank = true)
    ForeignKey                (referrer,   Customer, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "referred")
    GenericIPAddressField     (last_ip,    .null = true, .blank = true)
END

MODEL(Store, .ordering = CV_LIST("name"))
    CharField                 (name,       .max_length = 80)
    CharField                 (city,       .max_length = 60)
    DateField                 (opened)
    TimeField                 (opens_at)
    TimeField                 (closes_at,  .null = true, .blank = true)
    FloatField                (latitude)
    FloatField                (longitude)
    CharField                 (tz,         .max_length = 40, .default = "UTC")
    GenericIPAddressField     (ip,         .null = true, .blank = true, .unpack_ipv4 = true)
    ForeignKey                (manager,    User, .null = true, .blank = true, .on_delete = CV_SET_NULL, .related_name = "stores")
    ManyToManyField           (books,      Book, .related_name = "stores", .through = &Stock_model)
END

MODEL(Stock, .unique_together = CV_LIST("store", "book"))
    ForeignKey                (store,      Store, .on_delete = CV_CASCADE)
    ForeignKey                (book,       Book, .on_delete = CV_CASCADE, .related_name = "stock_rows", .related_query_name = "stocked")
    PositiveSmallIntegerField (quantity,   .default = 0)
    CharField                 (shelf,      .max_length = 10, .null = true, .blank = true)
END

MODEL(Aisle)
    ForeignKey                (store,      Store, .on_delete = CV_CASCADE, .related_name = "aisles")
    CharField                 (code,       .max_length = 8)
END

MODEL(ShelfItem)
    ForeignKey                (store,      Store, .on_delete = CV_CASCADE)
    ForeignKey                (aisle,      Aisle, .on_delete = CV_RESTRICT, .related_name = "items")
    CharField                 (label,      .max_length = 40)
END

MODEL(Review, .get_latest_by = "created_at")
#include "bookstore/stamped.def.h"
    ForeignKey                (book,       Book, .on_delete = CV_CASCADE, .related_name = "reviews")
    ForeignKey                (customer,   Customer, .null = true, .blank = true, .on_delete = CV_CASCADE, .related_name = "reviews")
    PositiveSmallIntegerField (stars,      .min_value = 1, .max_value = 5)
    CharField                 (title,      .max_length = 80, .null = true, .blank = true)
    BooleanField              (verified,   .default = false)
    IntegerField              (helpful,    .default = 0)
    CheckConstraint           (.condition = "Q(stars__gte=1) & Q(stars__lte=5)", .name = "review_stars_range")
    Index                     (.fields = CV_LIST("book", "stars"))
END

MODEL(Order, .db_table = "sales_order", .ordering = CV_LIST("-created_at", "id"), .get_latest_by = "created_at")
#include "bookstore/stamped.def.h"
    CharField                 (number,     .max_length = 12, .unique = true)
    ForeignKey                (customer,   Customer, .on_delete = CV_RESTRICT, .related_name = "orders")
    ForeignKey                (store,      Store, .default_call = default_store, .on_delete = CV_SET_DEFAULT, .related_name = "orders")
    PositiveSmallIntegerField (state,      .default = ORDER_CART, .choices = &OrderState_choices)
    DateTimeField             (shipped_at, .null = true, .blank = true)
    DecimalField              (total,      .max_digits = 12, .decimal_places = 2, .default = "0")
    CharField                 (gift_note,  .max_length = 200, .blank = true, .default = "")
    ManyToManyField           (books,      Book, .related_name = "orders", .through = &OrderLine_model)
    CheckConstraint           (.condition = "Q(shipped_at__isnull=True) | Q(shipped_at__gte=F('created_at'))", .name = "order_shipped_after_created")
END

MODEL(OrderLine, .db_table = "sales_line")
    ForeignKey                (order,      Order, .on_delete = CV_CASCADE, .related_name = "lines")
    ForeignKey                (book,       Book, .db_column = "book_ref", .on_delete = CV_PROTECT, .related_name = "lines")
    PositiveIntegerField      (quantity,   .default = 1)
    DecimalField              (unit_price, .max_digits = 10, .decimal_places = 2)
    DecimalField              (rebate,     .max_digits = 6, .decimal_places = 2, .null = true, .blank = true)
    UniqueConstraint          (.fields = CV_LIST("order", "book"), .name = "line_once_per_order")
END

MODEL(AuditEntry, .verbose_name_plural = "audit entries")
    ForeignKey                (book,       Book, .null = true, .blank = true, .on_delete = CV_DO_NOTHING, .related_name = "+", .db_constraint = false)
    CharField                 (action,     .max_length = 20)
    DateTimeField             (at,         .db_index = true)
    JSONField                 (payload,    .null = true, .blank = true)
END

MODEL(Measure)
    CharField                 (label,      .max_length = 40)
    UUIDField                 (token,      .unique = true)
    SmallIntegerField         (small)
    NullIntegerField          (normal,     .blank = true)
    BigIntegerField           (big)
    PositiveSmallIntegerField (pos_small,  .default = 0)
    PositiveIntegerField      (pos,        .default = 0)
    PositiveBigIntegerField   (pos_big,    .default = 0)
    NullFloatField            (ratio,      .blank = true)
    DecimalField              (exact,      .max_digits = 30, .decimal_places = 10)
    DurationField             (span,       .null = true, .blank = true)
    DateField                 (day,        .null = true, .blank = true)
    DateTimeField             (moment,     .null = true, .blank = true)
    TimeField                 (clock,      .null = true, .blank = true)
    NullBooleanField          (flag)
END
