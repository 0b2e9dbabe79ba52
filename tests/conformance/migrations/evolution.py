#!/usr/bin/env python3
"""Writes what Django makes of the history of evolution.def.h: SQL, tables and rows after each migration, forwards and
then backwards.

usage: evolution.py [HISTORY] > evolution.txt   (with Django 6.1 in PYTHONPATH; HISTORY: of random_history.py)
"""
import ast
import datetime
import decimal
import pathlib
import sys
import tempfile
import uuid

FIRST = """
    migrations.CreateModel('Tag', [ID, ('name', models.CharField(max_length=20, unique=True))]),
    migrations.CreateModel('Author', [ID, ('name', models.CharField(max_length=100)), ('email', models.EmailField(unique=True, null=True, max_length=254)),
        ('mentor', models.ForeignKey('shop.Author', null=True, on_delete=models.SET_NULL)), ('friends', models.ManyToManyField('shop.Author'))]),
    migrations.CreateModel('Book', [ID, ('title', models.CharField(max_length=200)), ('slug', models.SlugField()), ('year', models.IntegerField(default=2000)),
        ('author', models.ForeignKey('shop.Author', on_delete=models.CASCADE)), ('price', models.DecimalField(max_digits=8, decimal_places=2)), ('tags', models.ManyToManyField('shop.Tag'))],
        options={'db_table_comment': 'All books', 'ordering': ['-title'], 'unique_together': {('author', 'title')},
        'indexes': [models.Index(fields=['title', '-year'], name='book_title_idx'), models.Index(fields=['year'], condition=Q(year__gt=1900), name='book_year_idx')],
        'constraints': [models.CheckConstraint(condition=Q(year__gte=-3000), name='book_year_old'), models.UniqueConstraint(fields=['slug', 'year'], name='book_slug_year'),
            models.UniqueConstraint(fields=['slug'], condition=Q(year__gt=2000), name='book_slug_new')]}),
    migrations.CreateModel('EBook', [('book_ptr', models.OneToOneField(auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False, to='shop.book')),
        ('format', models.CharField(max_length=10))], bases=('shop.book',)),
    migrations.CreateModel('OldBook', [], options={'proxy': True, 'indexes': [], 'constraints': []}, bases=('shop.book',)),
    migrations.CreateModel('Country', [('code', models.CharField(max_length=2, primary_key=True, serialize=False)), ('name', models.CharField(max_length=50))]),
    migrations.CreateModel('City', [ID, ('name', models.CharField(max_length=50)), ('country', models.ForeignKey('shop.Country', on_delete=models.PROTECT))]),
    migrations.CreateModel('Line', [('pk', models.CompositePrimaryKey('order_no', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
        ('order_no', models.IntegerField()), ('number', models.IntegerField()), ('text', models.TextField(blank=True))],
        options={'constraints': [models.CheckConstraint(condition=Q(number__gt=0), name='line_number')]}),
    migrations.RunSQL("INSERT INTO shop_tag (name) VALUES ('red'), ('blue'); -- two tags; no more\\n"
       "INSERT INTO shop_author (name, email, mentor_id) VALUES ('Ann', 'a;b@x.org', NULL), ('Bob', NULL, 1);"
       "INSERT INTO shop_author_friends (from_author_id, to_author_id) VALUES (1, 2), (2, 1);"
       "INSERT INTO shop_book (title, slug, year, author_id, price) VALUES ('One', 'one', 2001, 1, 9.5), ('Two', 'two', 1999, 2, 12);"
       "INSERT INTO shop_book_tags (book_id, tag_id) VALUES (1, 1), (1, 2), (2, 2);"
       "INSERT INTO shop_ebook (book_ptr_id, format) VALUES (2, 'epub');"
       "INSERT INTO shop_country (code, name) VALUES ('de', 'Germany'), ('fr', 'France');"
       "INSERT INTO shop_city (name, country_id) VALUES ('Berlin', 'de'), ('Paris', 'fr');"
       "INSERT INTO shop_line (order_no, number, text) VALUES (1, 1, 'a'), (1, 2, 'b')",
       reverse_sql="DELETE FROM shop_line; DELETE FROM shop_city"),
"""
add = "    migrations.AddField('%s', '%s', models.%s),\n"
alter = "    migrations.AlterField('%s', '%s', models.%s),\n"
remove = "    migrations.RemoveField('%s', '%s'),\n"
rename = "    migrations.RenameField('%s', '%s', '%s'),\n"


def lines(template, *rows):
    return ''.join(template % row for row in rows)


HISTORY = [
    ('0001_initial', FIRST),
    ('0002_add_nullable', lines(
        add,
        ('book', 'isbn', "CharField(max_length=13, null=True)"),
        ('book', 'rating', "PositiveSmallIntegerField(null=True)"),
        ('book', 'data', "JSONField(null=True)"),
        ('book', 'extra', "IntegerField(null=True, db_default=7)"),
        ('book', 'editor', "ForeignKey('shop.Author', null=True, on_delete=models.SET_NULL, related_name='edited')"),
        ('book', 'translator', "ForeignKey('shop.Author', null=True, on_delete=models.DB_SET_NULL, related_name='+')"),
        ('book', 'loose', "ForeignKey('shop.Author', null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name='+')"),
        ('book', 'sequel_of', "ForeignKey('shop.Book', null=True, on_delete=models.CASCADE)"),
        ('book', 'short', "SlugField(null=True, db_collation='NOCASE')"),
        ('book', 'seen', "DateTimeField(null=True, db_column='seen at')"),
        ('book', 'fans', "ManyToManyField('shop.Author', related_name='fan_of')")) + """
    migrations.CreateModel('OldTag', [], options={'proxy': True, 'indexes': [], 'constraints': []}, bases=('shop.tag',)),
    migrations.AddField('city', 'sign', models.ForeignKey('shop.OldTag', null=True, on_delete=models.CASCADE)),
"""),
    ('0003_add_filled', lines(
        add,
        ('book', 'pages', "IntegerField(default=10)"),
        ('book', 'note', "CharField(max_length=20, default=\"it's\"), preserve_default=False"),
        ('book', 'code', "CharField(max_length=20, blank=True)"),
        ('book', 'stock', "IntegerField(db_default=5)"),
        ('book', 'sold', "BooleanField(default=False)"),
        ('book', 'weight', "FloatField(default=1.5)"),
        ('book', 'born', "DateField(default=datetime.date(2024, 2, 29))"),
        ('book', 'made', "DateTimeField(default=datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.UTC))"),
        ('book', 'opens', "TimeField(default=datetime.time(9, 30))"),
        ('book', 'takes', "DurationField(default=datetime.timedelta(days=1, hours=2))"),
        ('book', 'uuid', "UUIDField(default=uuid.UUID('12345678-1234-5678-1234-567812345678'))"),
        ('book', 'tax', "DecimalField(max_digits=5, decimal_places=2, default=decimal.Decimal('7.50'))"),
        ('book', 'about', "TextField(null=True, default='nothing')"),
        ('book', 'cover', "OneToOneField('shop.Tag', null=True, on_delete=models.CASCADE)"),
        ('author', 'likes', "ForeignKey('shop.Tag', default=1, on_delete=models.CASCADE)"),
        ('author', 'settings', "JSONField(default=dict)"),
        ('author', 'face', "BinaryField(blank=True)"),
        ('ebook', 'size', "IntegerField(default=3)"),
        ('line', 'amount', "IntegerField(default=1)"),
        ('city', 'kind', "CharField(max_length=9, unique=True, null=True)"))),
    ('0004_alter', lines(
        alter,
        ('book', 'isbn', "CharField(max_length=13, default='none'), preserve_default=False"),
        ('book', 'rating', "PositiveSmallIntegerField(default=0)"),
        ('book', 'pages', "IntegerField(null=True)"),
        ('book', 'title', "TextField()"),
        ('book', 'code', "CharField(max_length=40, blank=True)"),
        ('book', 'code', "CharField(max_length=40, blank=True, help_text='seen by nobody', verbose_name='the code')"),
        ('book', 'note', "CharField(max_length=20, db_index=True, blank=True)"),
        ('book', 'slug', "SlugField(db_index=False)"),
        ('book', 'short', "SlugField(null=True, unique=True)"),
        ('book', 'stock', "IntegerField(default=5)"),
        ('book', 'author', "ForeignKey('shop.Author', on_delete=models.PROTECT)"),
        ('book', 'loose', "ForeignKey('shop.Author', null=True, on_delete=models.DO_NOTHING, related_name='+')"),
        ('book', 'sequel_of', "ForeignKey('shop.Book', null=True, on_delete=models.CASCADE, db_index=False)"),
        ('book', 'cover', "ForeignKey('shop.Tag', null=True, on_delete=models.CASCADE)"),
        ('book', 'seen', "DateTimeField(null=True)"),
        ('book', 'extra', "IntegerField(db_default=8)"),
        ('author', 'email', "EmailField(null=True, max_length=254)"),
        ('author', 'mentor', "ForeignKey('shop.Author', null=True, on_delete=models.CASCADE, db_column='teacher')"),
        ('line', 'amount', "BigIntegerField(default=1)"),
        ('book', 'tags', "ManyToManyField('shop.Tag', blank=True)"))),
    ('0005_alter_keys', lines(
        alter,
        ('country', 'code', "CharField(max_length=3, primary_key=True, serialize=False)"),
        ('country', 'name', "CharField(max_length=50, unique=True)"),
        ('city', 'country', "ForeignKey('shop.Country', on_delete=models.PROTECT, to_field='name', db_constraint=False)"),
        ('country', 'name', "CharField(max_length=60, unique=True)"),
        ('tag', 'id', "IntegerField(primary_key=True, serialize=False)"))),
    ('0006_rename_fields', lines(
        rename,
        ('book', 'pages', 'leaves'), ('book', 'price', 'cost'), ('book', 'about', 'summary'),
        ('book', 'author', 'writer'), ('book', 'sequel_of', 'follows'), ('book', 'tags', 'marks'),
        ('book', 'rating', 'stars'), ('author', 'friends', 'mates'), ('ebook', 'format', 'layout'),
        ('line', 'text', 'words')) + """
    migrations.RemoveField('ebook', 'size'),
    migrations.DeleteModel('OldBook'),
    migrations.DeleteModel('EBook'),
    migrations.RemoveField('city', 'sign'),
    migrations.DeleteModel('OldTag'),
"""),
    ('0007_rename_any_order', lines(
        "    migrations.RenameModel('%s', '%s'),\n",
        ('Author', 'Person'), ('Tag', 'Mark'), ('Book', 'Volume'), ('Country', 'Land'))),
    ('0008_tables', """
    migrations.AlterModelTable('person', 'people'),
    migrations.AlterModelTable('volume', 'shop volumes'),
    migrations.AlterModelTable('volume', None),
    migrations.AlterModelTableComment('person', 'They'),
    migrations.AlterModelOptions('person', {'ordering': ['name']}),
"""),
    ('0009_indexes', """
    migrations.AddIndex('volume', models.Index(fields=['writer', '-title'], name='vol_writer')),
    migrations.AddIndex('volume', models.Index(Lower('title'), F('year').desc(), name='vol_lower')),
    migrations.AddIndex('volume', models.Index(fields=['stock'], condition=Q(stock__lt=3) & ~Q(code='x'), name='vol_low')),
    migrations.RenameIndex('volume', old_name='vol_writer', new_name='vol_by'),
    migrations.RemoveIndex('volume', 'book_title_idx'),
    migrations.AddConstraint('volume', models.CheckConstraint(condition=Q(stock__gte=0) | Q(sold=True), name='vol_stock')),
    migrations.AddConstraint('volume', models.UniqueConstraint(fields=['uuid', 'slug'], name='vol_uuid')),
    migrations.AddConstraint('volume', models.UniqueConstraint(Lower('slug'), F('year'), name='vol_slug')),
    migrations.AddConstraint('volume', models.UniqueConstraint(fields=['title'], condition=Q(sold=False), name='vol_name')),
    migrations.AlterConstraint('volume', 'vol_stock', models.CheckConstraint(condition=Q(stock__gte=0) | Q(sold=True), name='vol_stock', violation_error_message='Too few.')),
    migrations.RemoveConstraint('volume', 'book_year_old'),
    migrations.RemoveConstraint('volume', 'book_slug_new'),
    migrations.RemoveConstraint('volume', 'book_slug_year'),
"""),
    ('0010_together', """
    migrations.AlterUniqueTogether('volume', set()),
    migrations.AlterUniqueTogether('volume', {('title', 'slug')}),
    migrations.AlterUniqueTogether('city', {('name', 'country')}),
"""),
    ('0011_order', """
    migrations.AlterOrderWithRespectTo('city', 'country'),
    migrations.AddField('city', 'people', models.IntegerField(default=0)),
    migrations.AlterOrderWithRespectTo('city', None),
"""),
    ('0012_remove', lines(
        remove,
        ('volume', 'opens'), ('volume', 'note'), ('volume', 'editor'), ('volume', 'short'), ('volume', 'fans'),
        ('volume', 'loose'), ('volume', 'extra'), ('line', 'amount'), ('person', 'mates'),
        ('person', 'mentor'))),
    ('0013_one_go', """
    migrations.CreateModel('Shop', [ID, ('name', models.CharField(max_length=10)), ('town', models.CharField(max_length=10, db_index=True))],
        options={'unique_together': {('name', 'town')}, 'indexes': [models.Index(fields=['town'], name='shop_town_idx')]}),
    migrations.AddField('shop', 'owner', models.ForeignKey('shop.Person', null=True, on_delete=models.CASCADE)),
    migrations.CreateModel('Shelf', [ID, ('shop', models.ForeignKey('shop.Shop', on_delete=models.CASCADE))]),
    migrations.AddField('shop', 'size', models.IntegerField(default=1)),
    migrations.RenameModel('Shelf', 'Rack'),
    migrations.AddField('rack', 'label', models.CharField(max_length=5, null=True, db_index=True)),
    migrations.AlterField('shop', 'town', models.CharField(max_length=20)),
    migrations.SeparateDatabaseAndState(database_operations=[
        migrations.AddField('rack', 'hidden', models.IntegerField(null=True)),
        migrations.RunSQL("INSERT INTO shop_shop (name, town, size) VALUES ('a', 'b', 1)", reverse_sql="DELETE FROM shop_shop")]),
    migrations.SeparateDatabaseAndState(state_operations=[
        migrations.AddField('rack', 'hidden', models.IntegerField(null=True))]),
    migrations.AlterField('rack', 'hidden', models.IntegerField(default=4)),
"""),
    ('0014_delete', """
    migrations.DeleteModel('Rack'),
    migrations.DeleteModel('Line'),
    migrations.RunSQL("CREATE TRIGGER shop_once AFTER INSERT ON shop_shop BEGIN UPDATE shop_shop SET size = 2; SELECT CASE WHEN 1 THEN 2 END; END; /* a; */ UPDATE shop_shop SET name = 'x;y'",
       reverse_sql="DROP TRIGGER shop_once"),
"""),
]

HEAD = """import datetime, decimal, uuid
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower
ID = ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID'))
class Migration(migrations.Migration):
    dependencies = %r
    initial = %r
    operations = [
%s    ]
"""


def write_site(folder):
    package = folder / 'shop' / 'migrations'
    package.mkdir(parents=True)
    (folder / 'shop' / '__init__.py').write_text('')
    (package / '__init__.py').write_text('')
    before = None
    for name, operations in HISTORY:
        (package / (name + '.py')).write_text(HEAD % ([('shop', before)] if before else [], not before, operations))
        before = name


def literal(value):
    if value is None:
        return 'NULL'
    if isinstance(value, bytes):
        return "X'%s'" % value.hex().upper()
    return repr(value) if isinstance(value, (int, float)) else "'%s'" % value


def show(connection):
    """All tables, indexes and rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN ('django_migrations', "
                       "'sqlite_sequence') ORDER BY type DESC, name")
        yield from (row[0] for row in cursor.fetchall())
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('django_migrations', "
                       "'sqlite_sequence') ORDER BY name")
        for table, in cursor.fetchall():
            # "+" keeps Python's module from making dates of what may be none.
            cursor.execute('SELECT name FROM pragma_table_info(%s)', [table])
            columns = ', '.join('+"%s"' % name for name, in cursor.fetchall())
            cursor.execute('SELECT %s FROM "%s" ORDER BY 1' % (columns, table))
            for row in cursor.fetchall():
                yield '%s: %s' % (table, ', '.join(map(literal, row)))


def collect(connection, loader, plan):
    """What sqlmigrate says; but with the models rendered first, as when the migration is really run: otherwise columns
    stand in another order."""
    (migration, backwards), = plan
    state = loader.project_state((migration.app_label, migration.name), at_end=False)
    state.apps
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        (migration.unapply if backwards else migration.apply)(state, editor, collect_sql=True)
    # What differs: expressions in words, and a space that the splitter leaves in front of a statement.
    lines = [line.strip().replace("Lower(F(title)), OrderBy(F(year), descending=True)", "Lower('title'), F('year').desc()")
             for line in editor.collected_sql]
    # In which order the tables that point to a model follow its new name, or its key, is by chance.
    return sorted(lines) if migration.name.endswith('_any_order') else lines


def main():
    if len(sys.argv) > 1:
        HISTORY[:] = ast.literal_eval(pathlib.Path(sys.argv[1]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        write_site(pathlib.Path(folder))
        import django
        from django.conf import settings
        settings.configure(INSTALLED_APPS=['shop'], USE_TZ=True,
                           DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}})
        django.setup()
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor
        targets = [(name, False, name) for name, _ in HISTORY]
        names = [name for name, _ in HISTORY]
        targets += [(names[i], True, names[i - 1] if i else None) for i in reversed(range(len(names)))]
        shown = []
        for name, backwards, target in targets:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan([('shop', target)])
            print('== %s%s' % (name, ' backwards' if backwards else ''))
            for line in collect(connection, executor.loader, plan):
                print(line)
            MigrationExecutor(connection).migrate([('shop', target)])
            shown, before = list(show(connection)), shown
            print('\n'.join(['==', *('- ' + line for line in before if line not in shown),
                             *('+ ' + line for line in shown if line not in before)]))


main()
