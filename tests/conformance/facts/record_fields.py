#!/usr/bin/env python3
"""Records how Django's form fields clean random input, as the records that run_fields reads.

usage: record_fields.py [SEED [COUNT]] > fields.jsonl     (with Django 6.1 importable)

The same arguments give the same cases.
"""

import datetime
import decimal
import json
import random
import re
import sys
import uuid

import django
from django.conf import settings

from notation import tagged

settings.configure(USE_TZ=False, TIME_ZONE='UTC', LANGUAGE_CODE='en-us')
django.setup()

from django import forms
from django.core.exceptions import ValidationError

NUMBERS = [' 5 ', '1_000', '0x1F', '1,234.5', '١٢٣', '-0', '+5', '--5', '.5', '5.', 'NaN', 'inf', '-Infinity', '1e400']
NUMBERS += ['9' * 30, '0.1' + '0' * 20, '', ' ', None, True, decimal.Decimal('1.10'), '1\u00a02', '½', '1.50']
NUMBERS += ['00012.3400', '1E+2', '3.0', '12.0000', '4.2.1', '\n7\t', -5, 0, 12, 50, 2.5, -0.125, '-7', '250', '3e-3']
DATES = ['2006-10-25', '10/25/2006', '10/25/06', 'Oct 25 2006', 'Oct 25, 2006', '25 Oct 2006', '25 Oct, 2006']
DATES += [
    'October 25 2006',
    'October 25, 2006',
    '25 October 2006',
    '2006-1-5',
    '2006-02-29',
    '2004-02-29',
    '0001-01-01',
]
DATES += [
    '9999-12-31',
    '10000-1-1',
    '1/1/69',
    '1/1/68',
    '13/1/2000',
    '2006-10-25 14:30',
    'october 5 2001',
    'OCT 5 2001',
]
DATES += [' 2006-10-25 ', '2006-10-25\x00', '2006 10 25', '٢٠٠٦-١٠-٢٥', '']
TIMES = [
    '14:30',
    '14:30:59',
    '14:30:59.000200',
    '14:30:59.5',
    '2:3',
    '24:00',
    '23:60',
    '23:59:60',
    '1 PM',
    '14:30:59,5',
]
TIMES += [' 14:30 ', '', '14', '14:30:59.1234567', '00:00', '-1:00', '1:30 pm']
MOMENTS = ['2006-10-25T14:30:45Z', '2006-10-25T14:30:45+01:00', '2006-10-25 14:30:45.0002', '10/25/2006 14:30:45', None]
MOMENTS += ['10/25/06 14:30', '2006-W43-3', '20061025T1430', '2006-10-25T14:30:45.123456+05:30', '٢٠٠٦-١٠-٢٥ ١٤:٣٠']
MOMENTS += [datetime.datetime(2001, 2, 3, 4, 5, 6), datetime.date(2001, 2, 3)]
DURATIONS = ['30', '15:30', '1:15:30', '1 1:15:30.3', 'P3D', 'PT1H30M', 'P3DT4H5M6S', '-1 00:00:01', '-P1D', '', '10.5']
DURATIONS += [
    '3 days, 0:00:10',
    '1 day, 1:00',
    ' 5 ',
    '99999999999',
    'PT',
    'P1Y',
    '1:2:3:4',
    '-15:30',
    '00:00:00,5',
    '+5',
]
DURATIONS += ['1 00:00:00.123456789', 'P1W', 'P0.5D', 'p1dt2h', '-PT10H', '5 days', None, datetime.timedelta(1, 2, 3)]
TEXTS = [
    '',
    'abc',
    ' abc ',
    'a',
    'aaaa',
    'aaaaaaaaaaa',
    'ab\x00c',
    '日本',
    'a b',
    '<b>',
    '\u00a0x\u00a0',
    'line\nbreak',
    '-',
]
TEXTS += ['_a-B1', 'ünïcode', '1234', None, 5, 1.5, True, [], ['a'], {}, 'a@b.co', '\u200b']
EMAILS = ['a@b.co', 'a@b', '@b.co', 'a b@c.de', '"a b"@c.de', 'a@[127.0.0.1]', 'a@[::1]', 'a@b.c', 'é@b.co', None, '']
EMAILS += ['a@exämple.com', 'a@-b.co', 'a@b-.co', 'a..b@c.de', '.a@b.co', 'a@b.co\n', ' a@b.co ', 'a' * 64 + '@b.co']
EMAILS += ['a@' + 'b' * 63 + '.co', 'a@' + 'b' * 64 + '.co', 'a@localhost', 'a+b@c.museum', 'a@b.co.', 'a@b@c.de']
EMAILS += ['a@b..co', '"\\\n"@b.co', 'x' * 320 + '@b.co', 'a@xn--bcher-kva.de']
URLS = [
    'example.com',
    'http://example.com',
    'https://a.b',
    'http://localhost',
    'http://a',
    '//a.b/c',
    'ftp://a.b',
    '',
    None,
]
URLS += [
    'javascript:alert(1)',
    'http://a.b:80/x?y#z',
    'http://a.b:99999/',
    'http://[::1]/',
    'http://[::1',
    'http://1.2.3.4',
]
URLS += [
    'http://256.1.1.1',
    'http://-a.b',
    'http://a-.b',
    'http://a..b',
    'http://exämple.com',
    'http://a.b/ä ö',
    'a.b/c d',
]
URLS += [
    'http://u:p@a.b/',
    'http://a b.c',
    'http://',
    '://a',
    'x',
    'http://a.' + 'b' * 64,
    'http://' + 'a.' * 130 + 'co',
]
URLS += [
    ' http://a.b ',
    'http://a.b\n',
    'HTTP://A.B',
    'http://a_b.c',
    'http:/a.b',
    'mailto:a@b.co',
    'a.b:8000',
    'http://a.1b',
]
ADDRESSES = [
    '127.0.0.1',
    '256.0.0.1',
    '1.2.3',
    '01.2.3.4',
    '::1',
    '::ffff:1.2.3.4',
    '2001:0db8::0001',
    'fe80::1%eth0',
    '::',
]
ADDRESSES += [
    '1::2::3',
    '12345::',
    '1.2.3.4 ',
    ' ::1',
    '',
    '::ffff:0a0a:0a0a',
    'g::1',
    None,
    '1:2:3:4:5:6:7:8',
    '::1.2.3.4',
]
ADDRESSES += [
    '1:2:3:4:5:6:7:8:9',
    '2001:db8:0:0:1:0:0:1',
    '2001:DB8::A',
    '1.2.3.4.5',
    '127.0.0.1/8',
    '::ffff:1.2.3.256',
    5,
]
UUIDS = [
    '550e8400e29b41d4a716446655440000',
    '550e8400-e29b-41d4-a716-446655440000',
    '550e8400',
    '',
    None,
    uuid.UUID(int=5),
]
UUIDS += ['{550e8400-e29b-41d4-a716-446655440000}', 'urn:uuid:550e8400-e29b-41d4-a716-446655440000', 5]
UUIDS += ['550E8400E29B41D4A716446655440000', ' 550e8400e29b41d4a716446655440000 ', 'g50e8400e29b41d4a716446655440000']
JSONS = [
    '{"a": 1}',
    '[1,2',
    'null',
    '"x"',
    '1',
    '',
    None,
    '{"a":1,"a":2}',
    'NaN',
    '[1.50]',
    '{}',
    '[]',
    'true',
    '"\\u00e9"',
]
JSONS += [
    '{"b":[1,{"c":null}]}',
    "{'a':1}",
    ' [1] ',
    '1e400',
    '-0',
    '[01]',
    [1],
    {'a': 1},
    '\ufeff1',
    '1 2',
    'Infinity',
]
BOOLEANS = ['on', 'off', 'true', 'True', 'false', 'False', '0', '1', '', 'FALSE', None, True, False, 0, 1, 'no', 'null']
BOOLEANS += ['unknown', '2', '3']
GROUPS = [['1', 'One'], ['2', 'Two'], ['G', [['a', 'A'], ['b', 'B']]]]
CHOSEN = ['1', '2', 'a', 'b', 'c', '', None, 1, True, 'One', 'G', ' 1', ['1'], '1,2']
LISTS = [['1'], ['1', '2'], ['1', 'x'], [], None, '1', ['a', 'b', '1'], [1], ['', ''], ['1', '1'], (), {'1': 1}]
SPLIT = [[date, time] for date in DATES[:8] for time in TIMES[:6]] + [['', ''], ['2006-10-25'], None, 'x', []]
COERCE = {'int': int, 'float': float, 'str': str, 'bool': bool, 'decimal': decimal.Decimal, 'upper': str.upper}
COMBINED = [{'type': 'CharField', 'kwargs': {'max_length': 5}}, {'type': 'EmailField', 'kwargs': {}}]
BOUNDS = {'min_value': [0, -5, 10], 'max_value': [5, 100], 'localize': [True]}

# By field: what it always has, options of which each is given now and then, what comes in.
FIELDS = {
    'CharField': (
        {},
        {'max_length': [3, 5], 'min_length': [2, 4], 'strip': [False], 'empty_value': ['E', None]},
        TEXTS,
    ),
    'IntegerField': ({}, {**BOUNDS, 'step_size': [2, 3]}, NUMBERS),
    'FloatField': ({}, {**BOUNDS, 'step_size': [0.5, 2]}, NUMBERS),
    'DecimalField': ({}, {**BOUNDS, 'max_digits': [3, 5], 'decimal_places': [0, 2], 'step_size': [2]}, NUMBERS),
    'DateField': (
        {},
        {'input_formats': [['%d.%m.%Y', '%Y/%j'], ['%b %d %y'], ['%A %d %B %Y'], ['%Y-%m-%d']]},
        DATES + [None, datetime.date(2000, 1, 2), datetime.datetime(2000, 1, 2, 3, 4, 5)],
    ),
    'TimeField': (
        {},
        {'input_formats': [['%I:%M %p'], ['%H.%M'], ['%H:%M:%S.%f']]},
        TIMES + [None, datetime.time(1, 2, 3)],
    ),
    'DateTimeField': (
        {},
        {'input_formats': [['%Y-%m-%d %H:%M'], ['%d/%m/%Y %I %p']]},
        MOMENTS + DATES + [date + ' ' + time for date in DATES[:9] for time in TIMES[:9]],
    ),
    'DurationField': ({}, {}, DURATIONS),
    'EmailField': ({}, {'max_length': [10], 'min_length': [8]}, EMAILS),
    'URLField': ({}, {'max_length': [20], 'assume_scheme': ['https', 'http', 'ftp']}, URLS),
    'GenericIPAddressField': ({}, {'protocol': ['ipv4', 'ipv6', 'both']}, ADDRESSES),
    'UUIDField': ({}, {}, UUIDS),
    'JSONField': ({}, {}, JSONS),
    'BooleanField': ({}, {}, BOOLEANS),
    'NullBooleanField': ({}, {}, BOOLEANS),
    'ChoiceField': ({'choices': GROUPS}, {}, CHOSEN),
    'TypedChoiceField': ({'choices': GROUPS}, {'coerce': list(COERCE), 'empty_value': [None, '', 0]}, CHOSEN),
    'MultipleChoiceField': ({'choices': GROUPS}, {}, LISTS),
    'TypedMultipleChoiceField': ({'choices': GROUPS}, {'coerce': list(COERCE), 'empty_value': [None, '', []]}, LISTS),
    'SlugField': ({}, {'allow_unicode': [True], 'max_length': [5]}, TEXTS),
    'RegexField': ({'regex': '^[a-c]+$'}, {'max_length': [5], 'strip': [True], 'flags': ['i']}, TEXTS),
    'SplitDateTimeField': ({}, {'input_date_formats': [['%d.%m.%Y']], 'input_time_formats': [['%H.%M']]}, SPLIT),
    'ComboField': ({'fields': COMBINED}, {}, TEXTS + EMAILS),
}
CODES = ['required', 'invalid', 'max_length', 'min_length', 'min_value', 'max_value', 'invalid_choice', 'invalid_list']


def make_field(name, options):
    options = dict(options)
    if 'coerce' in options:
        options['coerce'] = COERCE[options['coerce']]
    if options.pop('flags', None):
        options['regex'] = re.compile(options['regex'], re.IGNORECASE)
    if 'fields' in options:
        options['fields'] = [make_field(part['type'], part['kwargs']) for part in options['fields']]
    return getattr(forms, name)(**options)


def answer(field, value):
    try:
        return {'cleaned': tagged(field.clean(value))}
    except ValidationError as error:
        return {'errors': [{'message': text, 'code': one.code} for one in error.error_list for text in one.messages]}
    except Exception as error:
        return {'raises': type(error).__name__}


def main():
    chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1100
    names, seen = list(FIELDS), set()
    while len(seen) < count:
        name = names[len(seen) % len(names)]
        always, sometimes, values = FIELDS[name]
        options = always | {key: chance.choice(some) for key, some in sometimes.items() if chance.random() < 0.35}
        if chance.random() < 0.4:
            options['required'] = False
        if chance.random() < 0.2:
            options['error_messages'] = {code: code + '!' for code in CODES if chance.random() < 0.6}
        value = chance.choice(values)
        record = {'field': name, 'kwargs': options, 'input': tagged(value)}
        line = json.dumps(record)
        if line not in seen:
            seen.add(line)
            print(json.dumps({'id': 'fields-%d' % len(seen), **record, **answer(make_field(name, options), value)}))


if __name__ == '__main__':
    main()
