"""record_forms_models.py: random cases of forms and formsets over models, for record_forms.py, and Django's answers."""

import itertools
import json
import sys
import types

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.forms import inlineformset_factory, modelformset_factory

from notation import tagged

APP = 'own'
KINDS = [
    ('CharField', {'max_length': 5}),
    ('CharField', {'max_length': 8, 'blank': True}),
    ('CharField', {'max_length': 3, 'choices': [['a', 'A'], ['b', '<B>']]}),
    ('CharField', {'max_length': 3, 'choices': [['a', 'A'], ['b', 'B']], 'blank': True, 'default': 'a'}),
    ('CharField', {'max_length': 9, 'null': True, 'blank': True}),
    ('TextField', {}),
    ('TextField', {'blank': True, 'max_length': 6}),
    ('IntegerField', {}),
    ('IntegerField', {'null': True, 'blank': True}),
    ('IntegerField', {'default': 0}),
    ('IntegerField', {'choices': [[1, 'One'], [2, 'Two']]}),
    ('IntegerField', {'choices': [[1, 'One'], [2, 'Two']], 'null': True, 'blank': True}),
    ('PositiveIntegerField', {'default': 1}),
    ('PositiveSmallIntegerField', {}),
    ('SmallIntegerField', {}),
    ('BigIntegerField', {}),
    ('BooleanField', {}),
    ('BooleanField', {'default': True}),
    ('BooleanField', {'null': True, 'blank': True}),
    ('FloatField', {}),
    ('DecimalField', {'max_digits': 5, 'decimal_places': 2}),
    ('DecimalField', {'max_digits': 4, 'decimal_places': 0, 'null': True, 'blank': True}),
    ('DateField', {}),
    ('DateField', {'null': True, 'blank': True}),
    ('TimeField', {'blank': True, 'null': True}),
    ('DurationField', {}),
    ('EmailField', {}),
    ('EmailField', {'max_length': 30, 'blank': True}),
    ('URLField', {}),
    ('SlugField', {}),
    ('SlugField', {'allow_unicode': True}),
    ('UUIDField', {}),
    ('GenericIPAddressField', {}),
    ('GenericIPAddressField', {'protocol': 'IPv4', 'null': True, 'blank': True}),
    ('JSONField', {}),
    ('JSONField', {'default': {'a': 1}}),
    ('CharField', {'max_length': 5, 'editable': False, 'default': 'e'}),
]
GOOD = {
    'CharField': ['a', 'abc'],
    'TextField': ['t\nx'],
    'IntegerField': ['1', '7'],
    'PositiveIntegerField': ['3'],
    'PositiveSmallIntegerField': ['3', '40000'],
    'SmallIntegerField': ['-3', '40000'],
    'BigIntegerField': ['5', '9223372036854775808'],
    'BooleanField': ['on'],
    'FloatField': ['1.5'],
    'DecimalField': ['1.50', '123'],
    'DateField': ['2004-02-29', '2004-03-01'],
    'TimeField': ['10:11'],
    'DurationField': ['1 02:03:04'],
    'EmailField': ['a@b.co'],
    'URLField': ['http://a.b/'],
    'SlugField': ['a-b', 'ä'],
    'UUIDField': ['550e8400e29b41d4a716446655440000'],
    'GenericIPAddressField': ['1.2.3.4', '::1'],
    'JSONField': ['{"a": 1}', '[1]'],
}
WRITER = {
    'model': {
        'name': 'Writer',
        'str': 'name',
        'meta': {'ordering': ['id']},
        'fields': [{'name': 'name', 'type': 'CharField', 'kwargs': {'max_length': 20}}],
    },
    'rows': [{'id': 1, 'name': 'Ann <A>'}, {'id': 2, 'name': 'Bob'}],
}
TAG = {
    'model': {
        'name': 'Tag',
        'str': 'label',
        'meta': {'ordering': ['id']},
        'fields': [{'name': 'label', 'type': 'CharField', 'kwargs': {'max_length': 20}}],
    },
    'rows': [{'id': 1, 'label': 'red'}, {'id': 2, 'label': 'b&w'}],
}
FACTORY = [
    ('extra', [0, 1, 2], 0.6),
    ('min_num', [1, 2], 0.2),
    ('max_num', [1, 3], 0.2),
    ('validate_min', [True], 0.2),
    ('validate_max', [True], 0.2),
    ('can_order', [True], 0.3),
    ('can_delete', [True, False], 0.8),
    ('can_delete_extra', [False], 0.2),
    ('edit_only', [True], 0.1),
]


def install():
    """Makes an app for the models of the cases; before django.setup()."""
    module = types.ModuleType(APP)
    module.__path__ = ['/nonexistent']
    sys.modules[APP] = module


class Models:
    """The models of one record with their tables and rows, taken away at the end."""

    def __init__(self, record):
        specs = [part['model'] for part in record.get('related', [])] + [record['model']]
        apps.all_models[APP].clear()
        apps.clear_cache()
        self.all = {spec['name']: self.build(spec) for spec in specs}
        self.rows = {part['model']['name']: part['rows'] for part in record.get('related', [])}

    @staticmethod
    def build(spec):
        attributes = {'__module__': APP}
        for field in spec['fields']:
            options = json.loads(json.dumps(field['kwargs']))
            arguments = []
            if 'to' in options:
                arguments = ['%s.%s' % (APP, options.pop('to'))]
                if field['type'] != 'ManyToManyField':
                    options['on_delete'] = models.CASCADE
            attributes[field['name']] = getattr(models, field['type'])(*arguments, **options)
        if spec.get('str'):
            attributes['__str__'] = lambda self: str(getattr(self, spec['str']))
        attributes['Meta'] = type('Meta', (), {**spec.get('meta', {}), 'app_label': APP})
        return type(models.Model)(spec['name'], (models.Model,), attributes)

    def __enter__(self):
        with connection.schema_editor() as editor:
            for model in self.all.values():
                editor.create_model(model)
        for name, rows in self.rows.items():
            for row in rows:
                self.all[name].objects.create(**row)
        return self.all

    def __exit__(self, *problem):
        connection.check_constraints = lambda *names: None  # rows of broken cases go as well
        with connection.schema_editor() as editor:
            for model in reversed(self.all.values()):
                editor.delete_model(model)


def tagged_rows(value):
    if isinstance(value, models.Model):
        return {'$object': [value._meta.object_name, tagged(value.pk)]}
    if isinstance(value, models.QuerySet):
        return {'$objects': [value.model._meta.object_name, [tagged(row.pk) for row in value]]}
    return tagged(value)


class Cases:
    """`random` decides; `tools` is record_forms.py, which knows how forms are described."""

    def __init__(self, random, tools):
        self.random, self.tools = random, tools
        self.numbers = itertools.count(1)

    def chance(self, probability):
        return self.random.random() < probability

    # ---- what there may be ----

    def fields(self, most, unique=0.15):
        fields = []
        for i in range(self.random.randint(1, most)):
            kind, options = self.random.choice(KINDS)
            options = dict(options)
            if self.chance(unique) and kind not in ('BooleanField', 'JSONField', 'TextField'):
                options['unique'] = True
            if self.chance(0.2):
                options['verbose_name'] = self.random.choice(['the <x>', 'UPPER name'])
            if self.chance(0.2):
                options['help_text'] = 'Help & <i>'
            name = self.random.choice(['a', 'first_name', 'zed', 'x_y']) + str(i)
            fields.append({'name': name, 'type': kind, 'kwargs': options})
        return fields

    def form_meta(self, fields):
        editable = [field['name'] for field in fields if field['kwargs'].get('editable', True)]
        if not editable:
            return None
        meta, how = {}, self.random.random()
        if how < 0.6:
            meta['fields'] = '__all__'
        elif how < 0.8:
            meta['fields'] = self.random.sample(editable, self.random.randint(1, len(editable)))
        else:
            meta['exclude'] = self.random.sample(editable, 1)
        name = self.random.choice(editable)
        if self.chance(0.15):
            meta['labels'] = {name: 'Lab <l>'}
        if self.chance(0.15):
            meta['help_texts'] = {name: 'hlp'}
        if self.chance(0.15):
            meta['error_messages'] = {
                name: {'required': 'req!', 'invalid': 'inv!', 'max_length': 'long!', 'unique': 'taken!'}
            }
        field = next(field for field in fields if field['name'] == name)
        widgets = {
            'CharField': ['Textarea', 'HiddenInput', 'PasswordInput'],
            'ForeignKey': ['RadioSelect'],
            'ManyToManyField': ['CheckboxSelectMultiple'],
            'DateField': [{'type': 'SelectDateWidget', 'kwargs': {'years': [2004, 2005]}}],
        }.get(field['type'])
        if widgets and 'choices' not in field['kwargs'] and self.chance(0.2):
            meta['widgets'] = {name: self.random.choice(widgets)}
        return meta

    def data(self, fields, prefix=''):
        pairs = []
        for field in fields:
            name = prefix + field['name']
            if self.chance(0.1):
                continue
            if field['type'] in ('ForeignKey', 'OneToOneField'):
                pairs.append([name, self.random.choice(['1', '2', '9', '', 'x'])])
            elif field['type'] == 'ManyToManyField':
                count = self.random.choice([0, 1, 1, 2])
                pairs += [[name, value] for value in self.random.sample(['1', '2', '9', 'x'], count)]
            else:
                good = GOOD[field['type']]
                pairs.append([name, self.random.choice(3 * good + ['', 'bad <b>&', 'toolongvalue'])])
        return pairs

    def row(self, model, fields, **row):
        for field in fields:
            if field['name'] in row or field['type'] in ('ManyToManyField', 'ForeignKey', 'OneToOneField'):
                continue
            value = True
            if field['type'] != 'BooleanField':
                value = model._meta.get_field(field['name']).clean(self.random.choice(GOOD[field['type']]), None)
            row[field['name']] = value
        return row

    @staticmethod
    def insert(model, row):
        with transaction.atomic():
            made = model(**row)
            made.save(force_insert=True)
        made.refresh_from_db()
        return {name: tagged(getattr(made, name)) for name in row}

    def form_class(self, model, meta):
        options = {'model': model, **meta}
        if 'widgets' in meta:
            options['widgets'] = {name: self.tools.make_widget(spec) for name, spec in meta['widgets'].items()}
        return type(forms.ModelForm)('F', (forms.ModelForm,), {'Meta': type('Meta', (), options)})

    # ---- one form ----

    def model_form(self):
        fields = self.fields(4)
        record = {'kind': 'modelform', 'model': {'name': 'Thing', 'fields': fields}}
        if self.chance(0.35):
            record['related'] = [WRITER, TAG]
            options = {'null': True, 'blank': True} if self.chance(0.5) else {}
            kind = 'ForeignKey' if self.chance(0.7) else 'OneToOneField'
            fields.append({'name': 'author', 'type': kind, 'kwargs': {'to': 'Writer', **options}})
            if self.chance(0.6):
                options = {'blank': True} if self.chance(0.5) else {}
                fields.append({'name': 'tags', 'type': 'ManyToManyField', 'kwargs': {'to': 'Tag', **options}})
        plain = [field['name'] for field in fields if field['type'] != 'ManyToManyField']
        if len(plain) > 1 and self.chance(0.25):
            record['model']['meta'] = {'unique_together': [plain[:2]]}
        record['form_meta'] = self.form_meta(fields)
        if not record['form_meta']:
            return None
        prefix = 'pp' if self.chance(0.12) else None
        record['data'] = self.data(fields, prefix + '-' if prefix else '') if self.chance(0.8) else None
        options = {'prefix': prefix} if prefix else {}
        if self.chance(0.12):
            options['initial'] = {plain[0]: '1'}
        if options:
            record['options'] = options
        with Models(record) as all_models:
            return self.answer_model_form(record, all_models['Thing'], options)

    def answer_model_form(self, record, model, options):
        instance = None
        if self.chance(0.4):
            row = self.row(model, record['model']['fields'], id=7)
            if 'related' in record:
                row['author_id'] = 2
            record['rows'] = [self.insert(model, row)]
            if self.chance(0.5):
                record['instance_pk'] = 7
                instance = model.objects.get(pk=7)
        data = record['data']
        form_class = self.form_class(model, record['form_meta'])
        form = form_class(
            None if data is None else self.tools.query(data), None if data is None else {}, instance=instance, **options
        )
        record.update(self.tools.form_facts(form, tagged_rows, values=False))
        if form.is_bound and form.is_valid():
            self.save_model_form(record, model, form)
        return record

    @staticmethod
    def save_model_form(record, model, form):
        try:
            with transaction.atomic():
                row = form.save()
        except IntegrityError:
            return  # ours saves a 0 where a row was never given a number
        row.refresh_from_db()
        columns = [field.attname for field in model._meta.concrete_fields if field.name != 'id']
        record['saved'] = {name: tagged(getattr(row, name)) for name in columns}
        many = {
            field.name: sorted(getattr(row, field.name).values_list('pk', flat=True))
            for field in model._meta.many_to_many
            if field.name in form.fields
        }
        if many:
            record['saved_m2m'] = many

    # ---- many ----

    def model_formset(self):
        fields = self.fields(2, unique=0.3)
        record = {'kind': 'modelformset', 'model': {'name': 'Line', 'str': 'id', 'fields': fields}}
        inline = self.chance(0.6)
        keyed = self.chance(0.15)
        if keyed:
            fields.insert(0, {'name': 'code', 'type': 'CharField', 'kwargs': {'max_length': 5, 'primary_key': True}})
            record['model']['str'] = 'code'
            if self.chance(0.5):
                fields[0]['kwargs']['editable'] = False
        if inline or self.chance(0.4):
            record['related'] = [WRITER]
            options = {'related_name': 'lines'} if self.chance(0.4) else {}
            kind = 'OneToOneField' if self.chance(0.15) else 'ForeignKey'
            fields.append({'name': 'author', 'type': kind, 'kwargs': {'to': 'Writer', **options}})
            if self.chance(0.3):
                record['model']['meta'] = {'unique_together': [['author', fields[0]['name']]]}
        record['form_meta'] = self.form_meta(fields)
        if not record['form_meta']:
            return None
        record['factory'] = {
            name: self.random.choice(values) for name, values, chance in FACTORY if self.chance(chance)
        }
        for name, value in [('can_delete', False), ('extra', 1)]:  # inline formsets have defaults of their own
            record['factory'].setdefault(name, value)
        record['options'] = {'prefix': 'pp'} if self.chance(0.2) else {}
        if inline:
            record['parent'] = {'model': 'Writer', 'pk': self.random.choice([1, 1, 1, 2, None])}
        with Models(record) as all_models:
            return self.answer_formset(record, all_models, 'code' if keyed else 'id')

    def formset_data(self, record, prefix, key, keys):
        taken = [str(row[key]) for row in record['rows']]
        total = self.random.randint(0, 4)
        initial = self.random.choice([min(total, len(keys))] * 4 + [self.random.randint(0, total)])
        parent = record.get('parent')
        data = [[prefix + '-TOTAL_FORMS', str(total)], [prefix + '-INITIAL_FORMS', str(initial)]]
        fields = [field for field in record['model']['fields'] if field['name'] != key]
        if parent:
            fields = [field for field in fields if field['name'] != 'author']
        for i in range(total):
            start = '%s-%d-' % (prefix, i)
            if i < initial or self.chance(0.1):
                right = str(keys[i]) if i < len(keys) else ''
                data.append([start + key, self.random.choice([right] * 8 + ['9', '', 'x', ' 01 '] + taken)])
            elif key == 'code':
                data.append([start + key, self.random.choice(['n1', 'n2', 'n3', 'k1', ''])])
            if parent and self.chance(0.8):
                right = '' if parent['pk'] is None else str(parent['pk'])
                data.append([start + 'author', self.random.choice([right] * 8 + ['1', '2', '9', 'x', ''])])
            if not self.chance(0.15):
                data += self.data(fields, start)
            if self.chance(0.2):
                data.append([start + 'DELETE', 'on'])
            if record['factory'].get('can_order') and self.chance(0.7):
                data.append([start + 'ORDER', self.random.choice(['1', '2', '3', '', 'x'])])
        return data

    def answer_formset(self, record, all_models, key):
        line, fields = all_models['Line'], record['model']['fields']
        record['rows'] = []
        for number, writer in [(1, 1), (2, 1), (3, 2)][: self.random.randint(0, 3)]:
            row = self.row(line, fields, **{key: 'k%d' % number if key == 'code' else number})
            if 'related' in record:
                row['author_id'] = writer
            try:
                record['rows'].append(self.insert(line, row))
            except IntegrityError:
                pass  # two of a kind
        parent = record.get('parent')
        form_class, factory = self.form_class(line, record['form_meta']), record['factory']
        keys = [row[key] for row in record['rows'] if not parent or row['author_id'] == parent['pk']]
        data, options = None, dict(record['options'])
        if parent:
            writer = all_models['Writer']
            factory_class = inlineformset_factory(writer, line, form=form_class, **factory)
            options['instance'] = writer(name='') if parent['pk'] is None else writer.objects.get(pk=parent['pk'])
        else:
            factory_class = modelformset_factory(line, form=form_class, **factory)
        if self.chance(0.75):
            prefix = record['options'].get('prefix') or factory_class.get_default_prefix()
            data = self.formset_data(record, prefix, key, keys)
        record['data'] = data
        formset = factory_class(None if data is None else self.tools.query(data), **options)
        record.update(self.tools.formset_facts(formset, factory, tagged_rows))
        if record.get('is_valid'):
            record['saved'] = self.save_formset(formset, options.get('instance'), line)
        return record

    @staticmethod
    def save_formset(formset, parent, model):
        try:
            with transaction.atomic():
                if parent is not None and parent.pk is None:
                    parent.save()
                formset.save()
        except IntegrityError:
            return {'raises': 'IntegrityError'}
        columns = [field.attname for field in model._meta.concrete_fields]
        return {
            'new': len(formset.new_objects),
            'changed': len(formset.changed_objects),
            'deleted': len(formset.deleted_objects),
            'rows': [{name: tagged(getattr(row, name)) for name in columns} for row in model.objects.order_by('pk')],
        }
