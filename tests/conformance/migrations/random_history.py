#!/usr/bin/env python3
"""Writes a made-up history of tables twice: FOLDER/evolution.def.h for evolution.c, FOLDER/history.py for evolution.py.

usage: random_history.py SEED FOLDER

    random_history.py 7 /tmp/h && evolution.py /tmp/h/history.py > /tmp/h/django.txt
    cc -I/tmp/h ... evolution.c && ./evolution | diff /tmp/h/django.txt -

All that is made can be undone: fields may be null or have a default.
"""
import pathlib
import random
import sys

WORDS = 'alpha beta gamma delta eps zeta eta theta iota kappa lam mu nu xi omi pi rho sigma tau ups phi chi psi omega'.split()


class Field:
    def __init__(self, pick, name, models):
        self.name = name
        kinds = ['Integer'] * 3 + ['Char'] * 4 + ['Text', 'Boolean', 'Float', 'Date', 'Decimal', 'JSON', 'Slug', 'Email',
                                                 'PositiveInteger', 'UUID', 'DateTime', 'BigInteger']
        self.kind = pick.choice(kinds)
        self.to = None
        if models and pick.random() < 0.3:
            self.kind, self.to = pick.choice(['ForeignKey', 'ForeignKey', 'OneToOne', 'ManyToMany']), pick.choice(models)
        self.options = {}
        self.vary(pick)

    def vary(self, pick):
        """Other options, which the kind takes."""
        o = self.options = {}
        self.null = self.kind not in ('Boolean', 'ManyToMany') and pick.random() < 0.5
        if self.kind in ('Date', 'Decimal', 'JSON', 'UUID', 'DateTime', 'ForeignKey', 'OneToOne', 'Slug', 'Email'):
            self.null = True
        if self.kind == 'Char':
            o['max_length'] = pick.choice([10, 20, 40])
        if self.kind == 'Decimal':
            o.update(max_digits=pick.choice([5, 8]), decimal_places=2)
        if self.null and self.kind not in ('OneToOne', 'ManyToMany', 'ForeignKey') and pick.random() < 0.25:
            o['unique'] = True
        if self.kind != 'ManyToMany' and pick.random() < 0.2:
            o['db_index'] = pick.random() < 0.7
        if self.kind in ('Integer', 'Char') and pick.random() < 0.1:
            o['db_column'] = self.name + pick.choice(['_col', ' x'])
        if pick.random() < 0.1:
            o['help_text'] = pick.choice(['one', 'two'])
        if self.kind == 'ForeignKey' and pick.random() < 0.2:
            o['db_constraint'] = False
        if not self.null and self.kind in ('Char', 'Text'):
            if pick.random() < 0.5:
                o['blank'] = True
            else:
                o['default'] = pick.choice(['a', "b'c"])
        elif not self.null and self.kind == 'Integer' and pick.random() < 0.3:
            o['db_default'] = pick.choice([3, 4])
        elif not self.null and self.kind in ('Integer', 'PositiveInteger', 'BigInteger'):
            o['default'] = pick.choice([1, 2])
        elif self.kind == 'Boolean':
            o['default'] = pick.random() < 0.5
        elif not self.null and self.kind == 'Float':
            o['default'] = 1.5
        return self

    def altered(self, pick):
        other = Field.__new__(Field)
        other.name, other.kind, other.to = self.name, self.kind, self.to
        if not self.to and pick.random() < 0.2:
            other.kind = pick.choice(['Char', 'Text', 'Slug'])
        return other.vary(pick)

    def caravan(self):
        null_word = self.null and self.kind in ('Integer', 'PositiveInteger', 'BigInteger', 'Float')
        word = ('Null' if null_word else '') + self.kind + ('' if self.kind == 'ForeignKey' else 'Field')
        given = ['.null = true'] if self.null and not null_word else []
        for key, value in self.options.items():
            if key == 'db_default':
                value = '"%s"' % value
            elif isinstance(value, bool):
                value = 'true' if value else 'false'
            elif isinstance(value, str):
                value = '"%s"' % value
            given.append('.%s = %s' % (key, value))
        if self.to:
            given = [self.to.name] + (['.on_delete = CV_CASCADE'] if self.kind != 'ManyToMany' else []) + given
            given.append('.related_name = "+"')
        return '%s(%s)' % (word, ', '.join([self.name] + given))

    def django(self):
        given = ['null=True'] if self.null else []
        given += ['%s=%r' % row for row in self.options.items()]
        if self.to:
            given = ["'shop.%s'" % self.to.name.lower()] + (['on_delete=models.CASCADE'] if self.kind != 'ManyToMany' else []) + given
            given.append("related_name='+'")
        if self.kind == 'Email':
            given.append('max_length=254')
        return 'models.%s(%s)' % (self.kind if self.kind == 'ForeignKey' else self.kind + 'Field', ', '.join(given))


class Model:
    def __init__(self, name):
        self.name, self.fields, self.indexes, self.together, self.order, self.key = name, [], {}, None, None, None

    def used(self, field):
        return any(field in fields for _, fields in self.indexes.values()) or field in (self.together or ()) or field == self.order


class History:
    def __init__(self, seed):
        self.pick, self.models, self.count, self.migrations = random.Random(seed), [], 0, []

    def fresh(self):
        self.count += 1
        return self.pick.choice(WORDS) + str(self.count)

    def field(self):
        while True:
            field = Field(self.pick, self.fresh(), self.models)
            if field.kind != 'OneToOne' or field.null:
                return field

    def create(self):
        model = Model(self.fresh().capitalize())
        model.fields = [self.field() for _ in range(self.pick.randint(1, 5))]
        self.models.append(model)
        head, key = 'CreateModel(%s)' % model.name, 'ID'
        if self.pick.random() < 0.3:
            model.key = self.fresh()
            head = 'CreateModelKey(%s, CharField(%s, .max_length = 9))' % (model.name, model.key)
            key = "('%s', models.CharField(max_length=9, primary_key=True, serialize=False))" % model.key
        text = '%s\n%sEND' % (head, ''.join('    %s\n' % f.caravan() for f in model.fields))
        body = ''.join(", ('%s', %s)" % (f.name, f.django()) for f in model.fields)
        return text, "migrations.CreateModel('%s', [%s%s])" % (model.name, key, body)

    def alter_key(self):
        model, length = self.pick.choice(self.models), self.pick.choice([9, 11, 13])
        if not model.key:
            return None
        return ('AlterField(%s, CharField(%s, .max_length = %d), .own_key = true)' % (model.name, model.key, length),
                "migrations.AlterField('%s', '%s', models.CharField(max_length=%d, primary_key=True, serialize=False))" % (
                    model.name.lower(), model.key, length))

    def table(self):
        model, name = self.pick.choice(self.models), self.pick.choice([None, 'table ' + self.fresh(), self.fresh()])
        model.table = name
        return ('AlterModelTable(%s, %s)' % (model.name, '"%s"' % name if name else 'NULL'),
                "migrations.AlterModelTable('%s', %r)" % (model.name.lower(), name))

    def order(self):
        model = self.pick.choice(self.models)
        keys = [f.name for f in model.fields if f.kind in ('ForeignKey', 'Integer')]
        model.order = None if model.order or not keys else self.pick.choice(keys)
        return ('AlterOrderWithRespectTo(%s%s)' % (model.name, ', ' + model.order if model.order else ''),
                "migrations.AlterOrderWithRespectTo('%s', %r)" % (model.name.lower(), model.order))

    def rows(self):
        model = self.pick.choice(self.models)
        names = [f for f in model.fields if f.kind in ('Integer', 'PositiveInteger', 'BigInteger', 'Char', 'Text', 'Boolean', 'Float')]
        if any(not f.null and f.kind not in ('ManyToMany',) and f not in names for f in model.fields):
            return None
        columns = [f for f in names if not f.null]
        if model.key or model.order or getattr(model, 'table', None) or model.together or any(k == 'unique' for k, _ in model.indexes.values()):
            return None
        table = 'shop_' + model.name.lower()
        sql = 'INSERT INTO \\"%s\\" (%s) VALUES (%s)' % (
            table, ', '.join(['id'] + ['\\"%s\\"' % f.options.get('db_column', f.name) for f in columns]),
            ', '.join([str(1000 + self.count)] + ["'1'" if f.kind in ('Char', 'Text') else '1' for f in columns]))
        self.count += 1
        back = 'DELETE FROM \\"%s\\" WHERE id = %d' % (table, 1000 + self.count - 1)
        return 'RunSQL("%s", .reverse_sql = "%s")' % (sql, back), 'migrations.RunSQL("%s", "%s")' % (sql, back)

    def add(self):
        model, field = self.pick.choice(self.models), self.field()
        model.fields.append(field)
        return 'AddField(%s, %s)' % (model.name, field.caravan()), "migrations.AddField('%s', '%s', %s)" % (model.name.lower(), field.name, field.django())

    def alter(self):
        model = self.pick.choice(self.models)
        at = self.pick.randrange(len(model.fields))
        field = model.fields[at].altered(self.pick)
        if 'db_column' in field.options or 'db_column' in model.fields[at].options:
            return None
        model.fields[at] = field
        return 'AlterField(%s, %s)' % (model.name, field.caravan()), "migrations.AlterField('%s', '%s', %s)" % (model.name.lower(), field.name, field.django())

    def free_field(self):
        model = self.pick.choice(self.models)
        fields = [f for f in model.fields if not model.used(f.name)]
        return (model, self.pick.choice(fields)) if fields else (model, None)

    def remove(self):
        model, field = self.free_field()
        if not field or len(model.fields) < 2:
            return None
        model.fields.remove(field)
        return 'RemoveField(%s, %s)' % (model.name, field.name), "migrations.RemoveField('%s', '%s')" % (model.name.lower(), field.name)

    def rename(self):
        model, field = self.free_field()
        if not field:
            return None
        old, field.name = field.name, self.fresh()
        return 'RenameField(%s, %s, %s)' % (model.name, old, field.name), "migrations.RenameField('%s', '%s', '%s')" % (model.name.lower(), old, field.name)

    def index(self):
        model = self.pick.choice(self.models)
        fields = [f.name for f in model.fields if f.kind != 'ManyToMany']
        if len(model.indexes) > 2 and self.pick.random() < 0.6:
            name = self.pick.choice(list(model.indexes))
            kind, _ = model.indexes.pop(name)
            verb = 'RemoveIndex' if kind == 'index' else 'RemoveConstraint'
            return '%s(%s, "%s")' % (verb, model.name, name), "migrations.%s('%s', '%s')" % (verb, model.name.lower(), name)
        if not fields:
            return None
        some, name = self.pick.sample(fields, min(len(fields), self.pick.randint(1, 2))), 'ix_' + self.fresh()
        kind = self.pick.choice(['index', 'check'])
        model.indexes[name] = (kind, some)
        if kind == 'check':
            return ('AddConstraint(%s, CheckConstraint(.condition = "Q(%s__isnull=True) | ~Q(pk=0)", .name = "%s"))' % (model.name, some[0], name),
                    "migrations.AddConstraint('%s', models.CheckConstraint(condition=Q(%s__isnull=True) | ~Q(pk=0), name='%s'))" % (model.name.lower(), some[0], name))
        if self.pick.random() < 0.3:
            some[0] = '-' + some[0]
        result = ('AddIndex(%s, Index(.fields = CV_LIST(%s), .name = "%s"))' % (model.name, ', '.join('"%s"' % f for f in some), name),
                  "migrations.AddIndex('%s', models.Index(fields=%r, name='%s'))" % (model.name.lower(), list(some), name))
        model.indexes[name] = (kind, [f.lstrip('-') for f in some])
        return result

    def delete(self):
        for model in self.models:
            if len(self.models) > 3 and not any(f.to is model for m in self.models for f in m.fields if m is not model):
                self.models.remove(model)
                return 'DeleteModel(%s)' % model.name, "migrations.DeleteModel('%s')" % model.name
        return None

    def rename_model(self):
        model = self.pick.choice(self.models)
        old, model.name = model.name, self.fresh().capitalize()
        return 'RenameModel(%s, %s)' % (old, model.name), "migrations.RenameModel('%s', '%s')" % (old, model.name)

    def unique(self):
        model = self.pick.choice(self.models)
        fields = [f.name for f in model.fields if f.null]
        model.together = None if model.together or len(fields) < 2 else self.pick.sample(fields, 2)
        names = model.together or []
        return ('AlterUniqueTogether(%s%s)' % (model.name, ', UniqueTogether(%s)' % ', '.join('"%s"' % n for n in names) if names else ''),
                "migrations.AlterUniqueTogether('%s', %s)" % (model.name.lower(), '{%r}' % (tuple(names),) if names else 'set()'))

    def migration(self, steps, name):
        operations = []
        for _ in range(1000):
            if len(operations) == steps[1]:
                break
            made = getattr(self, self.pick.choice(steps[0]))()
            if made:
                operations.append(made)
        self.migrations.append(('%04d_%s' % (len(self.migrations) + 1, name), operations))

    def make(self):
        self.migration((['create'], 4), 'initial')
        for _ in range(24):
            kind = self.pick.random()
            if kind < 0.1:
                self.migration((['rename_model', 'alter_key'], 1), 'any_order')
            elif kind < 0.2:
                self.migration((['unique'], 1), 'unique')
            else:
                self.migration((['add', 'add', 'alter', 'alter', 'alter', 'remove', 'rename', 'index', 'index', 'rows', 'create', 'delete',
                                 'table', 'order'],
                                self.pick.randint(1, 8)), 'step')


def main():
    history, folder = History(int(sys.argv[1])), pathlib.Path(sys.argv[2])
    history.make()
    lines, python, before = [], [], None
    for name, operations in history.migrations:
        lines.append('MIGRATION(%s%s)' % (name, ', .dependencies = CV_LIST("shop.%s")' % before if before else ', .initial = true'))
        lines += [caravan for caravan, _ in operations]
        python.append((name, ''.join('    %s,\n' % django for _, django in operations)))
        before = name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'evolution.def.h').write_text('\n'.join(lines) + '\n')
    (folder / 'history.py').write_text(repr(python))


main()
