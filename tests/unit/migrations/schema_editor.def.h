/* schema_editor.def.h: what may go wrong while tables change, and what has to go together. */
/* clang-format off */
MIGRATION(0001_initial, .initial = true)
CreateModel(Author)
    CharField            (name, .max_length = 20)
END
CreateModel(Book, .constraints = Constraints(Index(.fields = CV_LIST("title"), .name = "book_title")))
    CharField            (title, .max_length = 20)
    ForeignKey           (author, Author, .on_delete = CV_CASCADE)
    IntegerField         (pages, .default = 1)
    IntegerField         (twice, .generated = "F('pages') * 2", .generated_virtual = true)
    ManyToManyField      (authors, Author, .related_name = "+")
END
CreateModel(Foreign, .unmanaged = true, .db_table = "somebody's")
    CharField            (name, .max_length = 20)
END
CreateProxyModel(ProxyBook, Book)
END
RunSQL("INSERT INTO shop_author (name) VALUES ('Ann'); INSERT INTO shop_book (title, author_id, pages) VALUES ('One', 1, 7)")

MIGRATION(0002_no_default, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Book, IntegerField(first, .default = 3))
AddField                 (Book, IntegerField(second))

MIGRATION(0002_orphan, .dependencies = CV_LIST("shop.0001_initial"))
RunSQL                   ("UPDATE shop_book SET author_id = 9")

MIGRATION(0002_commit, .dependencies = CV_LIST("shop.0001_initial"))
RunSQL                   ("UPDATE shop_book SET title = 'Two'; COMMIT; BEGIN")

MIGRATION(0002_commit_free, .dependencies = CV_LIST("shop.0001_initial"), .not_atomic = true)
RunSQL                   ("BEGIN; UPDATE shop_book SET title = 'Two'; COMMIT")

MIGRATION(0002_generated, .dependencies = CV_LIST("shop.0001_initial"))
AlterField               (Book, IntegerField(twice, .generated = "F('pages') * 3", .generated_virtual = true))

MIGRATION(0002_through, .dependencies = CV_LIST("shop.0001_initial"))
CreateModel(Link)
    ForeignKey           (book, Book, .on_delete = CV_CASCADE, .related_name = "+")
    ForeignKey           (author, Author, .on_delete = CV_CASCADE, .related_name = "+")
END
AlterField               (Book, ManyToManyField(authors, Author, .through_label = "shop.Link"))

MIGRATION(0002_not_ours, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Foreign, IntegerField(size, .default = 1))
AlterField               (Foreign, CharField(name, .max_length = 30))
AddIndex                 (Foreign, Index(.fields = CV_LIST("name"), .name = "foreign_name"))
RenameModel              (Foreign, Stranger)
DeleteModel              (Stranger)
DeleteModel              (ProxyBook)

MIGRATION(0002_taken_back, .dependencies = CV_LIST("shop.0001_initial"))
CreateModel(Shop, .unique_together = CV_LIST("name", "town"),
            .constraints = Constraints(Index(.fields = CV_LIST("town", "-name"), .name = "shop_town")
                                       Index(.fields = CV_LIST("name"), .condition = "Q(size__gt=1)", .name = "shop_big")
                                       Index(.fields = CV_LIST("size"), .name = "shop_size")))
    CharField            (name, .max_length = 10)
    CharField            (town, .max_length = 10)
    IntegerField         (size, .default = 1, .db_index = true)
END
RemoveIndex              (Shop, "shop_size")
RenameField              (Shop, name, label)
AlterUniqueTogether      (Shop, UniqueTogether("town", "label"))
RenameModel              (Shop, Store)
CreateModel(Gone)
    CharField            (name, .max_length = 10, .db_index = true)
END
DeleteModel              (Gone)

MIGRATION(0002_half, .dependencies = CV_LIST("shop.0001_initial"), .not_atomic = true)
AddField                 (Book, IntegerField(first, .default = 3))
AddField                 (Book, IntegerField(second))

MIGRATION(0002_c, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Book, CharField(isbn, .max_length = 13, .blank = true))
RunC                     (fill_isbn, .reverse = cv_run_nothing)

MIGRATION(0002_c_raises, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Book, CharField(isbn, .max_length = 13, .blank = true))
RunC                     (raise_one)

MIGRATION(0002_killed, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Book, IntegerField(first, .default = 3))
AlterField               (Book, CharField(title, .max_length = 30))
RunC                     (die)

MIGRATION(0002_killed_free, .dependencies = CV_LIST("shop.0001_initial"), .not_atomic = true)
AddField                 (Book, IntegerField(first, .default = 3))
AlterField               (Book, CharField(title, .max_length = 30))
RunC                     (die)

MIGRATION(0002_called, .dependencies = CV_LIST("shop.0001_initial"))
AddField                 (Book, UUIDField(code, .default_call = fixed_uuid), .forget_default = true)
AddField                 (Book, DateTimeField(made, .auto_now_add = true))
AddField                 (Book, DateField(day, .auto_now = true))

MIGRATION(0002_unnamed, .dependencies = CV_LIST("shop.0001_initial"))
RunSQL                   ("CREATE INDEX \"of once\" ON shop_book (title, pages)", .reverse_sql = "")
RenameUnnamedIndex       (Book, CV_LIST("title", "pages"), "book_named")

MIGRATION(0002_none_to_name, .dependencies = CV_LIST("shop.0001_initial"))
RenameUnnamedIndex       (Book, CV_LIST("pages", "title"), "book_named")

MIGRATION(0002_other_name, .dependencies = CV_LIST("shop.0001_initial"))
AlterUniqueTogether      (Book, UniqueTogether("title", "pages"))
RunSQL                   ("DROP INDEX shop_book_title_pages_f2d71c4a_uniq; CREATE UNIQUE INDEX mine ON shop_book (title, pages)")
AlterUniqueTogether      (Book)

MIGRATION(0002_nothing_to_drop, .dependencies = CV_LIST("shop.0001_initial"))
AlterUniqueTogether      (Book, UniqueTogether("title", "pages"))
RunSQL                   ("DROP INDEX shop_book_title_pages_f2d71c4a_uniq")
AlterUniqueTogether      (Book)

MIGRATION(0002_explicit, .dependencies = CV_LIST("shop.0001_initial"))
CreateModel(Link)
    ForeignKey           (book, Book, .on_delete = CV_CASCADE, .related_name = "+")
    ForeignKey           (author, Author, .on_delete = CV_CASCADE, .related_name = "+")
END
AddField                 (Book, ManyToManyField(linked, Author, .through_label = "shop.Link", .related_name = "+"))
AlterField               (Book, ManyToManyField(linked, Author, .through_label = "shop.Link", .related_name = "x", .blank = true))
RenameField              (Book, linked, joined)
RemoveField              (Book, joined)

MIGRATION(0002_follows, .dependencies = CV_LIST("shop.0001_initial"))
AddConstraint            (Book, UniqueConstraint(.fields = CV_LIST("title", "pages"), .name = "book_once"))
RenameField              (Book, title, name)
AlterField               (Book, CharField(name, .max_length = 40))
