"""How the models of one shop change over eleven versions, in our words and in Django's; what a person answers to
makemigrations; the rows that are put in between. Read by migrations_test.py."""

MODELS_BEFORE = 'from django.db import models\n'


class Version:
    def __init__(self, ours, django, answers='', rows=(), name=None, later=()):
        self.ours, self.django = ours, django
        self.answers = answers  # a line each
        self.rows = rows        # SQL that puts rows into the tables of this version
        self.name = name        # of the migration, if a person gives one
        self.later = later      # SQL that a person could only run here


FIRST = Version(
    '''
MODEL(Author, .ordering = CV_LIST("name"))
    CharField    (name,   .max_length = 100)
END

MODEL(Book)
    CharField    (title,  .max_length = 200)
    ForeignKey   (author, Author, .on_delete = CV_CASCADE)
    DecimalField (price,  .max_digits = 6, .decimal_places = 2)
END
''', '''
class Author(models.Model):
    name = models.CharField(max_length=100)
    class Meta:
        ordering = ["name"]

class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    price = models.DecimalField(max_digits=6, decimal_places=2)
''', rows=("INSERT INTO shop_author (id, name) VALUES (1, 'Jane Austen'), (2, 'Leo Tolstoy')",
           "INSERT INTO shop_book (id, title, author_id, price) VALUES (1, 'Emma', 1, 9.5), (2, 'Persuasion', 1, 8),"
           " (3, 'War and Peace', 2, 19.99)"))

TAGS = Version(
    '''
MODEL(Author, .ordering = CV_LIST("name"))
    CharField       (name,   .max_length = 100)
END

MODEL(Tag)
    CharField       (word,   .max_length = 30, .unique = true)
END

MODEL(Book)
    CharField       (title,  .max_length = 200)
    ForeignKey      (author, Author, .on_delete = CV_CASCADE)
    DecimalField    (price,  .max_digits = 6, .decimal_places = 2)
    CharField       (isbn,   .max_length = 13, .default = "", .blank = true)
    ManyToManyField (tags,   Tag, .blank = true)
END
''', '''
class Author(models.Model):
    name = models.CharField(max_length=100)
    class Meta:
        ordering = ["name"]

class Tag(models.Model):
    word = models.CharField(max_length=30, unique=True)

class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    price = models.DecimalField(max_digits=6, decimal_places=2)
    isbn = models.CharField(max_length=13, default="", blank=True)
    tags = models.ManyToManyField(Tag, blank=True)
''', rows=("INSERT INTO shop_tag (id, word) VALUES (1, 'long'), (2, 'short')",
           "INSERT INTO shop_book_tags (id, book_id, tag_id) VALUES (1, 3, 1), (2, 1, 2), (3, 2, 2)",
           "UPDATE shop_book SET isbn = '9780141439587' WHERE id = 1"))

RENAMED_FIELD = Version(TAGS.ours.replace('(title, ', '(name,  '), TAGS.django.replace('    title =', '    name ='), answers='y\n')

# A field that may not be null and has no default, and a moment.
WITHOUT_DEFAULT = Version(
    RENAMED_FIELD.ours.replace('    ManyToManyField', '    IntegerField    (pages)\n    DateTimeField   (added,  .auto_now_add = true)\n    ManyToManyField'),
    RENAMED_FIELD.django.replace('    tags =', '    pages = models.IntegerField()\n    added = models.DateTimeField(auto_now_add=True)\n    tags ='),
    answers='1\n\n1\n100\n')

CONSTRAINED = Version(
    WITHOUT_DEFAULT.ours.replace('MODEL(Book)', 'MODEL(Book, .ordering = CV_LIST("-added", "name"), .verbose_name = "printed book")')
    .replace('.max_length = 200', '.max_length = 300').replace('.blank = true)\n    Integer', '.blank = true, .db_index = true)\n    Integer')
    .replace('    ManyToManyField (tags,   Tag, .blank = true)\n', '''\
    ManyToManyField (tags,   Tag, .blank = true)
    Index           (.fields = CV_LIST("author", "-name"))
    UniqueConstraint(.fields = CV_LIST("author", "name"), .name = "one_name")
    CheckConstraint (.condition = "Q(price__gte=0)", .name = "not_below_zero")
'''),
    WITHOUT_DEFAULT.django.replace('max_length=200', 'max_length=300').replace('default="", blank=True', 'default="", blank=True, db_index=True') +
    '''    class Meta:
        ordering = ["-added", "name"]
        verbose_name = "printed book"
        indexes = [models.Index(fields=["author", "-name"])]
        constraints = [
            models.UniqueConstraint(fields=["author", "name"], name="one_name"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="not_below_zero"),
        ]
''')

RENAMED_MODEL = Version(CONSTRAINED.ours.replace('Author', 'Writer'), CONSTRAINED.django.replace('Author', 'Writer'), answers='y\n')

NULLABLE = Version(
    RENAMED_MODEL.ours.replace('    CharField       (isbn', '    CharField       (subtitle, .max_length = 80, .null = true, .blank = true)\n    CharField       (isbn'),
    RENAMED_MODEL.django.replace('    isbn =', '    subtitle = models.CharField(max_length=80, null=True, blank=True)\n    isbn ='),
    rows=("UPDATE shop_book SET subtitle = 'A novel' WHERE id = 2",))

NOT_NULL = Version(NULLABLE.ours.replace('.max_length = 80, .null = true, .blank = true', '.max_length = 80, .blank = true'),
                   NULLABLE.django.replace('max_length=80, null=True, blank=True', 'max_length=80, blank=True'),
                   answers='1\n""\n')

# A data migration: written by hand.
DATA = Version(NOT_NULL.ours, NOT_NULL.django, name='shout')
DATA_OURS = ('RunC            (shout, .reverse = whisper)\n', '''
static void shout(CvModels *models, CvSchemaEditor *editor)
{
    (void)editor;
    CV_EACH (book, cv_rows(cv_models_model(models, "shop.Book"))) {
        cv_put(book, "name", cv_printf("%s!", cv_member(book, "name").text));
        cv_save(book);
    }
}

static void whisper(CvModels *models, CvSchemaEditor *editor)
{
    (void)models;
    cv_schema_execute(editor, "UPDATE shop_book SET name = substr(name, 1, length(name) - 1)");
}
''')
DATA_DJANGO = ('        migrations.RunPython(shout, whisper),\n', '''
def shout(apps, schema_editor):
    for book in apps.get_model("shop", "Book").objects.all():
        book.name += "!"
        book.save()


def whisper(apps, schema_editor):
    schema_editor.execute("UPDATE shop_book SET name = substr(name, 1, length(name) - 1)")
''')

# Removed and made: a field, a model; a child, a proxy, other keys, an order within a row.
REBUILT = Version(
    DATA.ours.replace('MODEL(Tag)\n    CharField       (word,   .max_length = 30, .unique = true)\nEND\n\n', '')
    .replace('    ManyToManyField (tags,   Tag, .blank = true)\n', '')
    .replace('    CharField       (isbn,   .max_length = 13, .default = "", .blank = true, .db_index = true)\n', '') + '''
CHILD_MODEL(EBook, Book)
    IntegerField    (bytes,  .default = 0)
END

PROXY_MODEL(LongBook, Book, .ordering = CV_LIST("-pages"))
END

MODEL_KEY(Customer, UUIDField(id), .db_table = "people")
    EmailField      (email,  .unique = true)
    ManyToManyField (books,  Book)
END

MODEL(Chapter, .unique_together = CV_LIST("book", "number"))
    ForeignKey      (book,   Book, .on_delete = CV_CASCADE, .related_name = "chapters")
    SmallIntegerField (number)
    TextField       (text,   .db_default = "'...'")
    OrderWithRespectTo (book)
END
''',
    DATA.django.replace('class Tag(models.Model):\n    word = models.CharField(max_length=30, unique=True)\n\n', '')
    .replace('    tags = models.ManyToManyField(Tag, blank=True)\n', '')
    .replace('    isbn = models.CharField(max_length=13, default="", blank=True, db_index=True)\n', '') + '''
class EBook(Book):
    bytes = models.IntegerField(default=0)

class LongBook(Book):
    class Meta:
        proxy = True
        ordering = ["-pages"]

class Customer(models.Model):
    id = models.UUIDField(primary_key=True)
    email = models.EmailField(unique=True)
    books = models.ManyToManyField(Book)
    class Meta:
        db_table = "people"

class Chapter(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="chapters")
    number = models.SmallIntegerField()
    text = models.TextField(db_default="...")
    class Meta:
        unique_together = [("book", "number")]
        order_with_respect_to = "book"
''', rows=("INSERT INTO shop_ebook (book_ptr_id, bytes) VALUES (2, 4096)",
           "INSERT INTO people (id, email) VALUES ('00000000000000000000000000000001', 'ann@example.org')",
           "INSERT INTO people_books (id, customer_id, book_id) VALUES (1, '00000000000000000000000000000001', 3)",
           "INSERT INTO shop_chapter (id, book_id, number, _order) VALUES (1, 3, 1, 0), (2, 3, 2, 1)"))

# A changed key's kind and everything that points to it; a field becomes a relation; a unique one; options.
TURNED = Version(
    REBUILT.ours.replace('UUIDField(id)', 'CharField(id, .max_length = 40)').replace('"people"', '"shop_people"')
    .replace('.unique_together = CV_LIST("book", "number")', '.unique_together = CV_LIST("number", "book")')
    .replace('SmallIntegerField (number)', 'IntegerField    (number, .db_column = "no")')
    .replace('(name,   .max_length = 100)', '(name,   .max_length = 100, .unique = true)'),
    REBUILT.django.replace('UUIDField(primary_key=True)', 'CharField(primary_key=True, max_length=40)').replace('"people"', '"shop_people"')
    .replace('("book", "number")', '("number", "book")').replace('SmallIntegerField()', 'IntegerField(db_column="no")')
    .replace('(max_length=100)', '(max_length=100, unique=True)'))

VERSIONS = [FIRST, TAGS, RENAMED_FIELD, WITHOUT_DEFAULT, CONSTRAINED, RENAMED_MODEL, NULLABLE, NOT_NULL, DATA, REBUILT, TURNED]
