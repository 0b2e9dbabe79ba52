#!/usr/bin/env python3
"""Records what Django answers for random forms, formsets and widgets, as the records that run_forms reads.

usage: record_forms.py [SEED [COUNT [KIND...]]] > forms.jsonl     (with Django 6.1 importable)

KIND: widget, widget_data, form, formset, model_form, model_formset. The same arguments give the same cases.
"""

import datetime
import decimal
import json
import random
import sys
import warnings

import django
from django.conf import settings

import record_forms_models
from notation import tagged

settings.configure(
    USE_TZ=False,
    TIME_ZONE='UTC',
    LANGUAGE_CODE='en-us',
    INSTALLED_APPS=['django.forms', record_forms_models.APP],
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}},
    DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
)
record_forms_models.install()
django.setup()

from django import forms
from django.core.exceptions import FieldDoesNotExist, FieldError, ImproperlyConfigured, ValidationError
from django.forms import formset_factory
from django.forms.renderers import get_default_renderer
from django.http import QueryDict

GROUPS = [['1', 'One'], ['2', 'T<w>o'], ['G & H', [['a', 'A'], ['b', '"B"']]], ['', 'Nothing']]
FLAT = [['J', 'John'], ['P', 'Paul'], ['R', '<Ringo>']]
CHOICES = [GROUPS, FLAT, [], [[1, 'I'], [2, 'II']], [['', '---']] + FLAT]
WITH_CHOICES = ['Select', 'SelectMultiple', 'RadioSelect', 'CheckboxSelectMultiple']
WIDGETS = WITH_CHOICES + [
    'TextInput',
    'NumberInput',
    'EmailInput',
    'URLInput',
    'PasswordInput',
    'HiddenInput',
    'DateInput',
    'DateTimeInput',
    'TimeInput',
    'Textarea',
    'CheckboxInput',
    'NullBooleanSelect',
    'FileInput',
    'ClearableFileInput',
    'MultipleHiddenInput',
    'SplitDateTimeWidget',
    'SplitHiddenDateTimeWidget',
    'SelectDateWidget',
    'SearchInput',
    'ColorInput',
    'TelInput',
]
VALUES = [None, '', 'x', '<a>"\'&', 0, 1, True, False, 1.5, decimal.Decimal('2.50'), 'J', ['J', 'R'], [], ['1', 'a']]
VALUES += [datetime.date(2004, 2, 29), datetime.datetime(2004, 2, 29, 13, 5, 6), datetime.time(4, 5)]
VALUES += ['2004-02-29', '00-1-2', '10', ['2000-01-01', '12:00'], 'true', '2', 'False', 10**15, 'a\nb', 'J,P']
ATTRIBUTES = [{}, {'id': 'i'}, {'id': 'i', 'class': 'k'}, {'class': 'k', 'required': True}, {'checked': True}]
ATTRIBUTES += [{'disabled': False, 'data-x': '<y>'}, {'rows': '3', 'cols': 5}, {'placeholder': 'é"'}, {'id': ''}]
ATTRIBUTES += [{'multiple': True}, {'type': 'x'}, {'title': None}, {'hidden': True}, {'style': "a:'b'"}]
# What is good for a field; its name for a part of the cases.
FIELDS = {
    'CharField': 'abc',
    'IntegerField': '3',
    'DateField': '2004-02-29',
    'BooleanField': 'on',
    'ChoiceField': '1',
    'MultipleChoiceField': '1',
    'EmailField': 'a@b.co',
    'DecimalField': '2.50',
    'URLField': 'http://a.b/',
    'NullBooleanField': 'true',
    'TimeField': '12:30',
    'DateTimeField': '2004-02-29 12:30',
    'SlugField': 'a-b',
    'FloatField': '1.5',
    'DurationField': '1 02:03:04',
    'UUIDField': '550e8400e29b41d4a716446655440000',
    'JSONField': '{"a": [1, null]}',
    'GenericIPAddressField': '::1',
    'TypedChoiceField': 'J',
    'SplitDateTimeField': '',
    'RegexField': 'abc',
    'FileField': '',
}


# ---- from descriptions to Django's objects, and their facts ----


def query(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def make_widget(spec):
    if isinstance(spec, str):
        return getattr(forms, spec)()
    options = dict(spec.get('kwargs', {}))
    if isinstance(options.get('empty_label'), list):
        options['empty_label'] = tuple(options['empty_label'])
    widget = getattr(forms, spec['type'])(attrs=spec.get('attrs'), **options)
    widget.is_required = spec.get('is_required', widget.is_required)
    return widget


def make_field(spec):
    options = dict(spec['kwargs'])
    if 'widget' in options:
        options['widget'] = make_widget(options['widget'])
    return getattr(forms, spec['type'])(**options)


def make_form(spec):
    def clean(self):
        for rule in spec.get('rules', []):
            error = ValidationError(rule['message'], code=rule.get('code'), params=rule.get('params'))
            self.add_error(rule.get('on'), error)

    fields = {field['name']: make_field(field) for field in spec['fields']}
    return type(forms.Form)(spec['name'], (forms.Form,), {**fields, 'clean': clean})


def html_of(form):
    return {'str': str(form), 'p': form.as_p(), 'table': form.as_table(), 'ul': form.as_ul()}


def field_facts(bound, write, values):
    facts = {name: getattr(bound, name) for name in ('label', 'html_name', 'id_for_label', 'auto_id', 'is_hidden')}
    facts |= {name: getattr(bound, name) for name in ('help_text', 'widget_type', 'use_fieldset')}
    facts |= {'html': str(bound), 'errors': str(bound.errors), 'errors_text': bound.errors.as_text()}
    facts |= {'label_tag': bound.label_tag(), 'legend_tag': bound.legend_tag(), 'css_classes': bound.css_classes()}
    facts |= {'aria_describedby': bound.aria_describedby or '', 'field_group': bound.as_field_group()}
    if values:
        facts['value'] = write(bound.value())
    if not isinstance(bound.field, forms.FileField):
        facts['as_hidden'] = bound.as_hidden()
    return facts


def form_facts(form, write=tagged, values=True):
    facts = {
        'is_bound': form.is_bound,
        'is_valid': form.is_valid(),
        'has_changed': form.has_changed(),
        'changed_data': form.changed_data,
        'is_multipart': form.is_multipart(),
        'html': html_of(form),
        'fields': {bound.name: field_facts(bound, write, values) for bound in form},
    }
    if form.is_bound:
        errors, others = form.errors, form.non_field_errors()
        facts['errors'] = {'ul': str(errors), 'text': errors.as_text(), 'json': json.loads(errors.as_json())}
        facts['errors']['json_escaped'] = errors.as_json(escape_html=True)
        facts['non_field_errors'] = {'ul': str(others), 'text': others.as_text()}
        facts['cleaned_data'] = {name: write(value) for name, value in form.cleaned_data.items()}
    return facts


def formset_facts(formset, factory, write=tagged):
    valid = formset.is_valid() if formset.is_bound else None
    facts = {
        'html': html_of(formset),
        'management_form': str(formset.management_form),
        'forms': [str(form) for form in formset.forms],
        'prefixes': [form.prefix for form in formset.forms],
        'empty_form': str(formset.empty_form),
        'total_form_count': formset.total_form_count(),
        'initial_form_count': formset.initial_form_count(),
    }
    if not formset.is_bound:
        return facts
    others = formset.non_form_errors()
    facts |= {
        'is_valid': valid,
        'errors': [json.loads(errors.as_json()) for errors in formset.errors],
        'non_form_errors': {'ul': str(others), 'text': others.as_text(), 'json': json.loads(others.as_json())},
        'total_error_count': formset.total_error_count(),
        'has_changed': formset.has_changed(),
    }
    if valid:
        facts['cleaned_data'] = [
            {name: write(value) for name, value in form.cleaned_data.items()}
            for form in formset.forms
            if hasattr(form, 'cleaned_data')
        ]
        if factory.get('can_delete'):
            facts['deleted_forms'] = [formset.forms.index(form) for form in formset.deleted_forms]
        if factory.get('can_order'):
            facts['ordered_forms'] = [formset.forms.index(form) for form in formset.ordered_forms]
    return facts


# ---- random cases ----


def chance(probability):
    return RANDOM.random() < probability


def some(options):
    """One value each of some of the options: (name, values, probability)."""
    return {name: RANDOM.choice(values) for name, values, probability in options if chance(probability)}


def random_widget(names):
    name = RANDOM.choice(names)
    spec, options = {'type': name}, {}
    if name in WITH_CHOICES:
        options['choices'] = RANDOM.choice(CHOICES)
    elif name == 'PasswordInput':
        options = some([('render_value', [True], 0.5)])
    elif name in ('DateInput', 'TimeInput', 'DateTimeInput'):
        options = some([('format', ['%d.%m.%Y', '%H:%M', '%Y/%m'], 0.5)])
    elif name == 'SelectDateWidget':
        options = some([('empty_label', ['(none)', ['Y', 'M', 'D']], 0.5)])
        options['years'] = RANDOM.choice([[2004, 2005], [1999, 2000, 2001]])
        spec['is_required'] = chance(0.5)
    if options:
        spec['kwargs'] = options
    return spec | some([('attrs', ATTRIBUTES[1:], 0.4)])


def widget():
    spec, value = random_widget(WIDGETS), RANDOM.choice(VALUES)
    name, more = RANDOM.choice(['n', 'first-name', 'a[b]', 'é']), some([('attrs', ATTRIBUTES, 0.8)])
    made = make_widget(spec)
    return {
        'kind': 'widget',
        'widget': spec,
        'name': name,
        'value': tagged(value),
        **more,
        'html': made.render(name, value, attrs=more.get('attrs'), renderer=get_default_renderer()),
        'id_for_label': made.id_for_label('id_' + name),
        'is_hidden': made.is_hidden,
        'needs_multipart_form': made.needs_multipart_form,
        'use_fieldset': made.use_fieldset,
    }


def widget_data():
    spec = random_widget([name for name in WIDGETS if 'File' not in name])
    names = ['f', 'f', 'f', 'f_0', 'f_1', 'f_year', 'f_month', 'f_day', 'g']
    values = ['', 'a', 'on', 'true', 'False', '2', '3', '0', '2004', '1', '29', '2004-02-29', '12:30', 'J', 'R']
    data = [[RANDOM.choice(names), RANDOM.choice(values)] for _ in range(RANDOM.randint(0, 4))]
    made, sent = make_widget(spec), query(data)
    return {
        'kind': 'widget_data',
        'widget': spec,
        'name': 'f',
        'data': data,
        'value': tagged(made.value_from_datadict(sent, {}, 'f')),
        'omitted': made.value_omitted_from_data(sent, {}, 'f'),
    }


def random_field(number, names):
    kind = RANDOM.choice(names)
    options = some(
        [
            ('required', [False], 0.4),
            ('label', ['L & b', '', 'Ends?', 'Ends:', None], 0.25),
            ('help_text', ['Some <b>help</b>.', 'h'], 0.3),
            ('initial', ['x', '1', '2004-01-02'], 0.2 if kind != 'FileField' else 0),
            ('disabled', [True], 0.08),
            ('label_suffix', ['?', ''], 0.1),
            ('show_hidden_initial', [True], 0.1),
            ('localize', [True], 0.05),
        ]
    )
    widgets = []
    if 'Choice' in kind:
        options['choices'] = RANDOM.choice([GROUPS, FLAT])
        widgets = ['RadioSelect', 'HiddenInput'] if 'Multiple' not in kind else ['CheckboxSelectMultiple']
    elif kind == 'RegexField':
        options['regex'] = '^[a-c]+$'
    elif kind == 'CharField':
        options |= some([('max_length', [3, 8], 0.5)])
        widgets = ['Textarea', 'PasswordInput', {'type': 'TextInput', 'attrs': {'class': 'big', 'id': 'own'}}]
        widgets += ['HiddenInput', {'type': 'TextInput', 'attrs': {'aria-describedby': 'me'}}]
    elif kind in ('IntegerField', 'FloatField', 'DecimalField'):
        options |= some([('min_value', [0, 2], 0.5)])
    elif kind == 'DateField':
        widgets = [{'type': 'SelectDateWidget', 'kwargs': {'years': [2004, 2005]}}]
    if widgets and chance(0.4):
        options['widget'] = RANDOM.choice(widgets)
    name = RANDOM.choice(['a', 'first_name', 'URL', 'x1', 'b_c', 'mail', 'zed']) + str(number)
    return {'name': name, 'type': kind, 'kwargs': options}


def data_of_field(field, name):
    kind, shown = field['type'], field['kwargs'].get('widget')
    if kind == 'FileField' or chance(0.15):
        return []
    if kind == 'SplitDateTimeField':
        return [[name + '_0', RANDOM.choice(['2004-01-02', 'x', ''])], [name + '_1', RANDOM.choice(['12:30', 'y', ''])]]
    if isinstance(shown, dict) and shown['type'] == 'SelectDateWidget':
        parts = [('_year', ['2004', '']), ('_month', ['2', '']), ('_day', ['30', '3', ''])]
        return [[name + part, RANDOM.choice(values)] for part, values in parts]
    if kind == 'MultipleChoiceField':
        return [[name, value] for value in RANDOM.sample(['1', 'a', 'J', 'R', 'zz'], RANDOM.randint(0, 3))]
    good = FIELDS[kind]
    data = [[name, RANDOM.choice([good, good, '', '<x> & "y"', 'toolongvalue'])]]
    if field['kwargs'].get('show_hidden_initial') and chance(0.7):
        data.append(['initial-' + name, RANDOM.choice([good, 'zz', ''])])
    return data


def random_data(fields, prefix):
    return [pair for field in fields for pair in data_of_field(field, prefix + field['name'])]


def form():
    fields = [random_field(i, list(FIELDS)) for i in range(RANDOM.randint(1, 4))]
    spec = {'name': 'Own', 'fields': fields}
    if chance(0.3):
        rule = {
            'rule': 'fail',
            'message': RANDOM.choice(['Bad %(n)s.', 'No <b>.']),
            'code': 'oops',
            'params': {'n': 'x'},
        }
        spec['rules'] = [rule | some([('on', [fields[0]['name']], 0.5)])]
    initial = {field['name']: RANDOM.choice(['x', '1', None]) for field in fields if field['type'] != 'FileField'}
    options = some(
        [
            ('prefix', ['p', 'a-b'], 0.2),
            ('auto_id', ['%s_id', 'id_for_%s', False, True], 0.3),
            ('label_suffix', ['', '?'], 0.2),
            ('use_required_attribute', [False], 0.2),
            ('initial', [initial], 0.25),
            ('field_order', [[fields[-1]['name']]], 0.1),
        ]
    )
    options |= RANDOM.choice([{}] * 6 + [{'empty_permitted': True, 'use_required_attribute': False}])
    classes = RANDOM.choice([{}, {}, {'error_css_class': 'err'}, {'required_css_class': 'req'}])
    if options or classes:
        spec['options'] = options | classes
    data = random_data(fields, options['prefix'] + '-' if 'prefix' in options else '') if chance(0.75) else None
    form_class = make_form(spec)
    for name, value in classes.items():
        setattr(form_class, name, value)
    made = form_class(None if data is None else query(data), None if data is None else {}, **options)
    return {'kind': 'form', 'form': spec, 'data': data, **form_facts(made)}


def formset_data(fields, factory, prefix):
    total = RANDOM.randint(0, 4)
    data = [[prefix + '-TOTAL_FORMS', RANDOM.choice([str(total)] * 6 + ['x', '', '2000', '-1'])]]
    data.append([prefix + '-INITIAL_FORMS', str(RANDOM.randint(0, min(total, 2)))])
    data = data[: RANDOM.choice([2] * 8 + [1, 0])]
    for i in range(total):
        start = '%s-%d-' % (prefix, i)
        data += random_data(fields, start)
        if factory.get('can_delete') and chance(0.3):
            data.append([start + 'DELETE', 'on'])
        if factory.get('can_order') and chance(0.7):
            data.append([start + 'ORDER', RANDOM.choice(['1', '2', '3', '', 'x'])])
    return data


def formset():
    names = [name for name in FIELDS if name != 'FileField']
    fields = [random_field(i, names) for i in range(RANDOM.randint(1, 2))]
    factory = some(
        [
            ('extra', [0, 1, 2], 0.6),
            ('min_num', [1, 2], 0.3),
            ('max_num', [1, 3], 0.3),
            ('absolute_max', [3, 5], 0.2),
            ('validate_min', [True], 0.3),
            ('validate_max', [True], 0.3),
            ('can_order', [True], 0.4),
            ('can_delete', [True], 0.5),
            ('can_delete_extra', [False], 0.2),
        ]
    )
    if 'absolute_max' in factory:
        factory['max_num'] = min(factory.get('max_num', 3), factory['absolute_max'])
    options = some([('prefix', ['pp'], 0.2), ('auto_id', ['x_%s', False], 0.2)])
    if chance(0.4):
        count = RANDOM.randint(1, 2)
        options['initial'] = [{field['name']: RANDOM.choice(['x', '1']) for field in fields} for _ in range(count)]
    data = formset_data(fields, factory, options.get('prefix', 'form')) if chance(0.7) else None
    spec = {'name': 'Own', 'fields': fields}
    made = formset_factory(make_form(spec), **factory)(None if data is None else query(data), **options)
    record = {'kind': 'formset', 'form': spec, 'factory': factory, 'options': options, 'data': data}
    return record | formset_facts(made, factory)


# What random cases meet that make no sense: no facts then.
SENSELESS = (
    TypeError,
    ValueError,
    AttributeError,
    FieldError,
    ValidationError,
    FieldDoesNotExist,
    ImproperlyConfigured,
)
LONGEST = 6000


def main():
    global RANDOM
    warnings.simplefilter('ignore')
    RANDOM = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 90
    cases = record_forms_models.Cases(RANDOM, sys.modules[__name__])
    makers = {
        'widget': widget,
        'widget_data': widget_data,
        'form': form,
        'formset': formset,
        'model_form': cases.model_form,
        'model_formset': cases.model_formset,
    }
    kinds, seen = sys.argv[3:] or list(makers), set()
    while len(seen) < count:
        try:
            record = makers[kinds[len(seen) % len(kinds)]]()
        except SENSELESS:
            continue
        line = json.dumps(record)
        if record and line not in seen and len(line) < LONGEST:
            seen.add(line)
            print(json.dumps({'id': 'forms-%d' % len(seen), **record}), flush=True)


if __name__ == '__main__':
    main()
