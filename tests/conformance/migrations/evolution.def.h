/* evolution.def.h: a history of tables with all that can happen to them; evolution.py has the same in Django. */
/* clang-format off */
MIGRATION(0001_initial, .initial = true)
CreateModel(Tag)
    CharField            (name, .max_length = 20, .unique = true)
END
CreateModel(Author)
    CharField            (name, .max_length = 100)
    EmailField           (email, .unique = true, .null = true)
    ForeignKey           (mentor, Author, .null = true, .on_delete = CV_SET_NULL)
    ManyToManyField      (friends, Author)
END
CreateModel(Book, .db_table_comment = "All books", .ordering = CV_LIST("-title"),
            .unique_together = CV_LIST("author", "title"),
            .constraints = Constraints(
                Index(.fields = CV_LIST("title", "-year"), .name = "book_title_idx")
                Index(.fields = CV_LIST("year"), .condition = "Q(year__gt=1900)", .name = "book_year_idx")
                CheckConstraint(.condition = "Q(year__gte=-3000)", .name = "book_year_old")
                UniqueConstraint(.fields = CV_LIST("slug", "year"), .name = "book_slug_year")
                UniqueConstraint(.fields = CV_LIST("slug"), .condition = "Q(year__gt=2000)", .name = "book_slug_new")))
    CharField            (title, .max_length = 200)
    SlugField            (slug)
    IntegerField         (year, .default = 2000)
    ForeignKey           (author, Author, .on_delete = CV_CASCADE)
    DecimalField         (price, .max_digits = 8, .decimal_places = 2)
    ManyToManyField      (tags, Tag)
END
CreateChildModel(EBook, Book)
    CharField            (format, .max_length = 10)
END
CreateProxyModel(OldBook, Book)
END
CreateModelKey(Country, CharField(code, .max_length = 2))
    CharField            (name, .max_length = 50)
END
CreateModel(City)
    CharField            (name, .max_length = 50)
    ForeignKey           (country, Country, .on_delete = CV_PROTECT)
END
CreateModelKey(Line, CompositePrimaryKey("order_no", "number"),
               .constraints = Constraints(CheckConstraint(.condition = "Q(number__gt=0)", .name = "line_number")))
    IntegerField         (order_no)
    IntegerField         (number)
    TextField            (text, .blank = true)
END
RunSQL("INSERT INTO shop_tag (name) VALUES ('red'), ('blue'); -- two tags; no more\n"
       "INSERT INTO shop_author (name, email, mentor_id) VALUES ('Ann', 'a;b@x.org', NULL), ('Bob', NULL, 1);"
       "INSERT INTO shop_author_friends (from_author_id, to_author_id) VALUES (1, 2), (2, 1);"
       "INSERT INTO shop_book (title, slug, year, author_id, price) VALUES ('One', 'one', 2001, 1, 9.5), ('Two', 'two', 1999, 2, 12);"
       "INSERT INTO shop_book_tags (book_id, tag_id) VALUES (1, 1), (1, 2), (2, 2);"
       "INSERT INTO shop_ebook (book_ptr_id, format) VALUES (2, 'epub');"
       "INSERT INTO shop_country (code, name) VALUES ('de', 'Germany'), ('fr', 'France');"
       "INSERT INTO shop_city (name, country_id) VALUES ('Berlin', 'de'), ('Paris', 'fr');"
       "INSERT INTO shop_line (order_no, number, text) VALUES (1, 1, 'a'), (1, 2, 'b')",
       .reverse_sql = "DELETE FROM shop_line; DELETE FROM shop_city")

MIGRATION(0002_add_nullable, .dependencies = CV_LIST("shop.0001_initial"))
AddField(Book, CharField(isbn, .max_length = 13, .null = true))
AddField(Book, NullPositiveSmallIntegerField(rating))
AddField(Book, JSONField(data, .null = true))
AddField(Book, NullIntegerField(extra, .db_default = "7"))
AddField(Book, ForeignKey(editor, Author, .null = true, .on_delete = CV_SET_NULL, .related_name = "edited"))
AddField(Book, ForeignKey(translator, Author, .null = true, .on_delete = CV_DB_SET_NULL, .related_name = "+"))
AddField(Book, ForeignKey(loose, Author, .null = true, .on_delete = CV_DO_NOTHING, .db_constraint = false, .related_name = "+"))
AddField(Book, ForeignKey(sequel_of, Book, .null = true, .on_delete = CV_CASCADE))
AddField(Book, SlugField(short, .null = true, .db_collation = "NOCASE"))
AddField(Book, DateTimeField(seen, .null = true, .db_column = "seen at"))
AddField(Book, ManyToManyField(fans, Author, .related_name = "fan_of"))
CreateProxyModel(OldTag, Tag)
END
AddField(City, ForeignKey(sign, OldTag, .null = true, .on_delete = CV_CASCADE))

MIGRATION(0003_add_filled, .dependencies = CV_LIST("shop.0002_add_nullable"))
AddField(Book, IntegerField(pages, .default = 10))
AddField(Book, CharField(note, .max_length = 20, .default = "it's"), .forget_default = true)
AddField(Book, CharField(code, .max_length = 20, .blank = true))
AddField(Book, IntegerField(stock, .db_default = "5"))
AddField(Book, BooleanField(sold, .default = false))
AddField(Book, FloatField(weight, .default = 1.5))
AddField(Book, DateField(born, .default = "2024-02-29"))
AddField(Book, DateTimeField(made, .default = "2024-02-29T12:30:00+00:00"))
AddField(Book, TimeField(opens, .default = "09:30:00"))
AddField(Book, DurationField(takes, .default = "1 02:00:00"))
AddField(Book, UUIDField(uuid, .default = "12345678-1234-5678-1234-567812345678"))
AddField(Book, DecimalField(tax, .max_digits = 5, .decimal_places = 2, .default = "7.50"))
AddField(Book, TextField(about, .null = true, .default = "nothing"))
AddField(Book, OneToOneField(cover, Tag, .null = true, .on_delete = CV_CASCADE))
AddField(Author, ForeignKey(likes, Tag, .default = 1, .on_delete = CV_CASCADE))
AddField(Author, JSONField(settings, .default = "{}"))
AddField(Author, BinaryField(face, .blank = true))
AddField(EBook, IntegerField(size, .default = 3))
AddField(Line, IntegerField(amount, .default = 1))
AddField(City, CharField(kind, .max_length = 9, .unique = true, .null = true))

MIGRATION(0004_alter, .dependencies = CV_LIST("shop.0003_add_filled"))
AlterField(Book, CharField(isbn, .max_length = 13, .default = "none"), .forget_default = true)
AlterField(Book, PositiveSmallIntegerField(rating, .default = 0))
AlterField(Book, NullIntegerField(pages))
AlterField(Book, TextField(title))
AlterField(Book, CharField(code, .max_length = 40, .blank = true))
AlterField(Book, CharField(code, .max_length = 40, .blank = true, .help_text = "seen by nobody", .verbose_name = "the code"))
AlterField(Book, CharField(note, .max_length = 20, .db_index = true, .blank = true))
AlterField(Book, SlugField(slug, .db_index = false))
AlterField(Book, SlugField(short, .null = true, .unique = true))
AlterField(Book, IntegerField(stock, .default = 5))
AlterField(Book, ForeignKey(author, Author, .on_delete = CV_PROTECT))
AlterField(Book, ForeignKey(loose, Author, .null = true, .on_delete = CV_DO_NOTHING, .related_name = "+"))
AlterField(Book, ForeignKey(sequel_of, Book, .null = true, .on_delete = CV_CASCADE, .db_index = false))
AlterField(Book, ForeignKey(cover, Tag, .null = true, .on_delete = CV_CASCADE))
AlterField(Book, DateTimeField(seen, .null = true))
AlterField(Book, IntegerField(extra, .db_default = "8"))
AlterField(Author, EmailField(email, .null = true))
AlterField(Author, ForeignKey(mentor, Author, .null = true, .on_delete = CV_CASCADE, .db_column = "teacher"))
AlterField(Line, BigIntegerField(amount, .default = 1))
AlterField(Book, ManyToManyField(tags, Tag, .blank = true))

MIGRATION(0005_alter_keys, .dependencies = CV_LIST("shop.0004_alter"))
AlterField(Country, CharField(code, .max_length = 3), .own_key = true)
AlterField(Country, CharField(name, .max_length = 50, .unique = true))
AlterField(City, ForeignKey(country, Country, .on_delete = CV_PROTECT, .to_field = "name", .db_constraint = false))
AlterField(Country, CharField(name, .max_length = 60, .unique = true))
AlterField(Tag, IntegerField(id), .own_key = true)

MIGRATION(0006_rename_fields, .dependencies = CV_LIST("shop.0005_alter_keys"))
RenameField(Book, pages, leaves)
RenameField(Book, price, cost)
RenameField(Book, about, summary)
RenameField(Book, author, writer)
RenameField(Book, sequel_of, follows)
RenameField(Book, tags, marks)
RenameField(Book, rating, stars)
RenameField(Author, friends, mates)
RenameField(EBook, format, layout)
RenameField(Line, text, words)
RemoveField(EBook, size)
DeleteModel(OldBook)
DeleteModel(EBook)
RemoveField(City, sign)
DeleteModel(OldTag)

MIGRATION(0007_rename_any_order, .dependencies = CV_LIST("shop.0006_rename_fields"))
RenameModel(Author, Person)
RenameModel(Tag, Mark)
RenameModel(Book, Volume)
RenameModel(Country, Land)

MIGRATION(0008_tables, .dependencies = CV_LIST("shop.0007_rename_any_order"))
AlterModelTable(Person, "people")
AlterModelTable(Volume, "shop volumes")
AlterModelTable(Volume, NULL)
AlterModelTableComment(Person, "They")
AlterModelOptions(Person, .ordering = CV_LIST("name"))

MIGRATION(0009_indexes, .dependencies = CV_LIST("shop.0008_tables"))
AddIndex(Volume, Index(.fields = CV_LIST("writer", "-title"), .name = "vol_writer"))
AddIndex(Volume, Index(.expressions = CV_LIST("Lower('title')", "F('year').desc()"), .name = "vol_lower"))
AddIndex(Volume, Index(.fields = CV_LIST("stock"), .condition = "Q(stock__lt=3) & ~Q(code='x')", .name = "vol_low"))
RenameIndex(Volume, "vol_writer", "vol_by")
RemoveIndex(Volume, "book_title_idx")
AddConstraint(Volume, CheckConstraint(.condition = "Q(stock__gte=0) | Q(sold=True)", .name = "vol_stock"))
AddConstraint(Volume, UniqueConstraint(.fields = CV_LIST("uuid", "slug"), .name = "vol_uuid"))
AddConstraint(Volume, UniqueConstraint(.expressions = CV_LIST("Lower('slug')", "F('year')"), .name = "vol_slug"))
AddConstraint(Volume, UniqueConstraint(.fields = CV_LIST("title"), .condition = "Q(sold=False)", .name = "vol_name"))
AlterConstraint(Volume, CheckConstraint(.condition = "Q(stock__gte=0) | Q(sold=True)", .name = "vol_stock", .violation_error_message = "Too few."))
RemoveConstraint(Volume, "book_year_old")
RemoveConstraint(Volume, "book_slug_new")
RemoveConstraint(Volume, "book_slug_year")

MIGRATION(0010_together, .dependencies = CV_LIST("shop.0009_indexes"))
AlterUniqueTogether(Volume)
AlterUniqueTogether(Volume, UniqueTogether("title", "slug"))
AlterUniqueTogether(City, UniqueTogether("name", "country"))

MIGRATION(0011_order, .dependencies = CV_LIST("shop.0010_together"))
AlterOrderWithRespectTo(City, country)
AddField(City, IntegerField(people, .default = 0))
AlterOrderWithRespectTo(City)

MIGRATION(0012_remove, .dependencies = CV_LIST("shop.0011_order"))
RemoveField(Volume, opens)
RemoveField(Volume, note)
RemoveField(Volume, editor)
RemoveField(Volume, short)
RemoveField(Volume, fans)
RemoveField(Volume, loose)
RemoveField(Volume, extra)
RemoveField(Line, amount)
RemoveField(Person, mates)
RemoveField(Person, mentor)

MIGRATION(0013_one_go, .dependencies = CV_LIST("shop.0012_remove"))
CreateModel(Shop, .unique_together = CV_LIST("name", "town"),
            .constraints = Constraints(Index(.fields = CV_LIST("town"), .name = "shop_town_idx")))
    CharField            (name, .max_length = 10)
    CharField            (town, .max_length = 10, .db_index = true)
END
AddField(Shop, ForeignKey(owner, Person, .null = true, .on_delete = CV_CASCADE))
CreateModel(Shelf)
    ForeignKey           (shop, Shop, .on_delete = CV_CASCADE)
END
AddField(Shop, IntegerField(size, .default = 1))
RenameModel(Shelf, Rack)
AddField(Rack, CharField(label, .max_length = 5, .null = true, .db_index = true))
AlterField(Shop, CharField(town, .max_length = 20))
DatabaseOperations
    AddField(Rack, NullIntegerField(hidden))
    RunSQL("INSERT INTO shop_shop (name, town, size) VALUES ('a', 'b', 1)", .reverse_sql = "DELETE FROM shop_shop")
END
StateOperations
    AddField(Rack, NullIntegerField(hidden))
END
AlterField(Rack, IntegerField(hidden, .default = 4))

MIGRATION(0014_delete, .dependencies = CV_LIST("shop.0013_one_go"))
DeleteModel(Rack)
DeleteModel(Line)
RunSQL("CREATE TRIGGER shop_once AFTER INSERT ON shop_shop BEGIN UPDATE shop_shop SET size = 2; SELECT CASE WHEN 1 THEN 2 END; END; /* a; */ UPDATE shop_shop SET name = 'x;y'",
       .reverse_sql = "DROP TRIGGER shop_once")
