#!/usr/bin/env python3
"""Records what Django's template engine answers to the cases below, as the records that run_templates reads.

usage: record_templates.py > templates.jsonl     (with Django 6.1 importable)
"""
import copy
import json

import django
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

CASES = []
LIBRARIES = ['i18n', 'l10n', 'tz', 'static', 'cache']
GERMAN = {'DECIMAL_SEPARATOR': ',', 'THOUSAND_SEPARATOR': '.', 'NUMBER_GROUPING': 3}


def group(name, language='en-us', load=''):
    """A function that adds a template and its context to the cases of one name."""

    def add(template, **context):
        CASES.append((name, language, ('{% load ' + load + ' %}' if load else '') + template, context))

    return add


fact = group('numbers')
for v in [0, 7, -3, 34.23234, 34.0, 34.26, '34.5', 'x', None, True, 1e20, -1.996, 0.000001, '1e-5', 123456789.987]:
    for a in ['', '0', '1', '3', '-3', '"2g"', '"-3g"', '"0u"']:
        fact('{{ v|floatformat%s }}' % ((':' + a) if a else ''), v=v)
for v in [0, 1, 999, 1023, 1024, 1536, 1048576, 10**12, 10**15, 10**18, -5000, 'x', None, '2048', 3.7]:
    fact('{{ v|filesizeformat }}', v=v)
for v, a in [(1, 1), (5, '2'), ('a', 'b'), ([1], [2]), ('1', 1), (None, 1), (1.5, 1)]:
    fact('{{ v|add:a }}', v=v, a=a)
for v, a in [(10, 5), (11, 3), (7, 0), ('abc', 2), (None, 3), ('10', '2'), (10, 'x')]:
    fact('{{ v|divisibleby:a }}', v=v, a=a)
for v, a in [(123456, 1), (123456, 6), (123456, 7), (123456, 0), ('x', 1), (-12, 1), (-12, 3)]:
    fact('{{ v|get_digit:a }}', v=v, a=a)
for v in [0, 1, 2, '1', [], ['a'], ['a', 'b'], None, 'x']:
    fact('{{ v|pluralize }}', v=v)
    fact('{{ v|pluralize:"es" }}', v=v)
    fact('{{ v|pluralize:"y,ies" }}', v=v)
    fact('{{ v|pluralize:"a,b,c" }}', v=v)
fact('{% widthratio a b 100 %}|{% widthratio a b w as x %}{{ x }}', a=175, b=200, w=33)
fact('{% widthratio a 0 100 %}', a=5)
fact('{% widthratio a b 100 %}', a='x', b=2)
for v in [3, 'abc', None, 0, -5, '7']:
    fact('{{ v|length }}', v=v)

fact = group('text')
TEXTS = [
    '',
    'Hello World',
    '<b>bold</b> & "q"',
    'ein süßer ÄPFEL',
    'a\nb\r\nc\rd',
    '  lead trail  ',
    "it's o'clock 'X",
    'x' * 30,
    '日本語テキスト',
    'one two three four five six',
    'http://e.com/?a=1&b=2 www.x.org me@x.com',
    '<p>para <i>it</i></p><br/>x',
    'tab\there',
    '\\back"quote\'s\u2028',
    'a-b_c d.e',
    '100% sure',
    'ﬁ ligature ǆ ß',
]
for s in TEXTS:
    for applied in [
        'addslashes',
        'capfirst',
        'center:20',
        'cut:" "',
        'escape',
        'force_escape',
        'escapejs',
        'iriencode',
        'linebreaks',
        'linebreaksbr',
        'linenumbers',
        'ljust:"25"',
        'lower',
        'make_list',
        'phone2numeric',
        'rjust:25',
        'slugify',
        'striptags',
        'title',
        'truncatechars:9',
        'truncatechars_html:9',
        'truncatewords:3',
        'truncatewords_html:3',
        'upper',
        'urlencode',
        'urlencode:""',
        'urlize',
        'urlizetrunc:12',
        'wordcount',
        'wordwrap:9',
        'safe',
        'default:"d"',
        'default_if_none:"n"',
        'first',
        'last',
        'slice:"2:8:2"',
        'length',
        'yesno',
        'json_script:"i"',
        'stringformat:"s"',
        'stringformat:"10.3s"',
    ]:
        fact('{{ s|%s }}' % applied, s=s)
for v, fm in [
    (3, '03d'),
    (3.14159, '.2f'),
    (255, 'x'),
    (255, '#o'),
    (-3, '+d'),
    ('a', 'r'),
    (3, 'e'),
    ('x', 'd'),
    (1e10, 'g'),
    (5, '%'),
    (None, 's'),
    (True, 'd'),
    ([1, 'a'], 's'),
]:
    fact('{{ v|stringformat:f }}', v=v, f=fm)

fact = group('lists')
ROWS = [{'n': 'b', 'a': 3, 't': {'k': 2}}, {'n': 'a', 'a': 1, 't': {'k': 9}}, {'n': 'c', 'a': 2, 't': {'k': 5}}]
fact('{% for x in l|dictsort:"n" %}{{ x.n }}{% endfor %}', l=ROWS)
fact('{% for x in l|dictsort:"t.k" %}{{ x.n }}{% endfor %}', l=ROWS)
fact('{% for x in l|dictsortreversed:"a" %}{{ x.n }}{% endfor %}', l=ROWS)
fact('[{{ l|dictsort:"nope" }}]', l=ROWS)
fact('[{{ l|dictsort:"n" }}]', l=3)
fact('{% for x in l|dictsort:1 %}{{ x.0 }}{% endfor %}', l=[[1, 9], [2, 3], [3, 5]])
for l in [[], [1], [1, 2, 3], ['<a>', 'b'], ['a', None, True], [['x', ['y', 'z']], 'w'], 'abc', None, 5]:
    for applied in [
        'join:", "',
        'join:"<br>"',
        'first',
        'last',
        'length',
        'unordered_list',
        'slice:":2"',
        'slice:"-1:"',
        'slice:"::-1"',
        'safeseq|join:"-"',
        'escapeseq|join:"-"',
        'make_list' if isinstance(l, str) else 'length',
        'json_script',
        'yesno:"y,n,m"',
        'pprint',
        'default:"d"',
    ]:
        fact('{{ l|%s }}' % applied, l=l)
fact('{{ l|slice:s }}', l=[1, 2, 3, 4, 5], s='1:-1')
fact('{{ l|slice:"x" }}', l=[1])
fact('{{ l|unordered_list }}', l=['S', ['K', ['L', 'T']], 'I'])
fact(
    '{% regroup l by a as gs %}{% for g in gs %}{{ g.grouper }}:{% for x in g.list %}{{ x.n }}{% endfor %};{% endfor %}',
    l=[{'a': 1, 'n': 'x'}, {'a': 1, 'n': 'y'}, {'a': 2, 'n': 'z'}],
)
for v in [True, False, None, '', 0, 1, 'x']:
    fact(
        '{{ v|yesno:"a,b" }}|{{ v|yesno:"a" }}|{{ v|yesno:"a,b,c" }}|{{ v|default:"D" }}|{{ v|default_if_none:"N" }}',
        v=v,
    )

fact = group('humanize', 'en-us', 'humanize')
for v in [
    0,
    1,
    100,
    999,
    1000,
    10000,
    999999,
    1000000,
    1200000,
    1290000,
    10**9,
    6 * 10**12,
    10**100,
    -1000000,
    '1000',
    '1234567.1234567',
    'x',
    None,
    1000000.5,
    0.25,
    '-1234567',
]:
    fact('{{ v|intcomma }}|{{ v|intword }}|{{ v|apnumber }}|{{ v|ordinal }}', v=v)
for v in [1, 2, 3, 4, 9, 10, 11, 12, 13, 21, 101, 111, 112, -1]:
    fact('{{ v|ordinal }}|{{ v|apnumber }}', v=v)

fact = group('l10n de', 'de', 'l10n humanize')
for v in [0, 1.5, 1234567.891, -0.25, 1000, '1234.5', True, None]:
    fact(
        '{{ v }}|{{ v|localize }}|{{ v|unlocalize }}|{{ v|floatformat:2 }}|{{ v|floatformat:"2g" }}|{{ v|intcomma }}|{% localize on %}{{ v }}{% endlocalize %}|{% localize off %}{{ v }}{% endlocalize %}',
        v=v,
    )
fact('{{ v|filesizeformat }}', v=15360)
fact('{{ v|filesizeformat }}', v=1500000)

fact = group('flow')
fact(
    '{% for i in l %}{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }};{% endfor %}',
    l=[1, 2, 3],
)
fact('{% for a in l %}{% for b in a %}{{ forloop.parentloop.counter }}{{ b }}{% endfor %}{% endfor %}', l=[[1, 2], [3]])
fact('{% for i in l reversed %}{{ i }}{% empty %}e{% endfor %}', l=[])
fact('{% for a, b in l %}{{ a }}={{ b }} {% endfor %}', l=[[1, 2], [3, 4]])
fact('{% for k, v in d.items %}{{ k }}={{ v }} {% endfor %}', d={'a': 1, 'b': 2})
fact(
    '{% for i in l %}{% cycle "a" "b" as c silent %}{{ c }}{% ifchanged i %}!{% else %}.{% endifchanged %}{% endfor %}',
    l=[1, 1, 2],
)
fact(
    '{% for i in l %}{% cycle "a" "b" "c" as c %}{% if i == 2 %}{% resetcycle c %}{% endif %}{% endfor %}',
    l=[1, 2, 3, 4],
)
fact('{% firstof a b "<x>" %}|{% firstof a b as z %}{{ z }}', a='', b=0)
fact('{% with a=1 b=c|upper %}{{ a }}{{ b }}{% endwith %}', c='x')
fact(
    '{% spaceless %}<p> <b> x </b> </p> {% endspaceless %}|{% verbatim %}{{ x }}{% endverbatim %}|{% templatetag openblock %}{% templatetag closebrace %}{# c #}{% comment "n" %}x{% endcomment %}'
)
fact('{% filter upper|cut:"A" %}abc {{ x }}{% endfilter %}', x='<a>')
fact('{% autoescape off %}{{ x }}{% autoescape on %}{{ x }}{% endautoescape %}{% endautoescape %}', x='<&>')
for e in [
    'a == 1',
    'a != 1',
    'a < b',
    'a <= b and b >= a',
    'not a',
    'a in l',
    'a not in l',
    'a is None',
    'z is not None',
    'a or b and c',
    '(a)',
    'a == b == c',
    '"x" in s',
    'a > "x"',
    'a|length > 1',
    'not a in l',
    'a and not b',
    '1 == 1.0',
    's == "xyz"',
]:
    fact('{%% if %s %%}T{%% elif b %%}E{%% else %%}F{%% endif %%}' % e, a=1, b=2, c=0, l=[1, 3], s='xyz')
fact('{% lorem 3 w %}|{% lorem 1 p %}')
fact('{% now "" as t %}{{ t|slice:"-6:-4" }}')
fact('{% partialdef p %}[{{ x }}]{% endpartialdef %}{% partial p %}{% with x=2 %}{% partial p %}{% endwith %}', x=1)
fact('{% partialdef p inline %}i{% endpartialdef %}{% partial p %}')
fact('{% block a %}A{% endblock %}{{ block.super }}')
fact(
    '{{ x.y.z }}|{{ x.0 }}|{{ x.a.1 }}|{{ "lit"|upper }}|{{ 1.5 }}|{{ -3 }}|{{ None }}|{{ True }}|{{ x.items }}',
    x={'a': [1, 2]},
)
fact('{{ x|default:y|upper|lower }}', x='', y='Abc')
fact("{{ _('hi') }}{% for c in s %}{{ c }}-{% endfor %}", s='äb')

fact = group('mistakes')
for t in [
    '{% if %}{% endif %}',
    '{% for x l %}{% endfor %}',
    '{% nope %}',
    '{{ x|nope }}',
    '{{ x| upper }}',
    '{{ x.}}',
    '{{ _x }}',
    '{% if a %}',
    '{% endif %}',
    '{% for x in l %}{% endif %}',
    '{% with %}{% endwith %}',
    '{% cycle %}',
    '{% load nope %}',
    '{% load a from nope %}',
    '{% block a %}{% endblock %}{% block a %}{% endblock %}',
    '{{ x|upper:1 }}',
    '{{ x|cut }}',
    '{% extends %}',
    'x{% extends "a" %}{% extends "b" %}',
    '{% firstof %}',
    '{% regroup x %}',
    '{% widthratio 1 2 %}',
    '{% templatetag x %}',
    '{% url %}',
    '{% include %}',
    '{% include "a" with %}',
    '{% autoescape x %}{% endautoescape %}',
    '{% filter escape %}{% endfilter %}',
    '{% if a == %}{% endif %}',
    '{% if a b %}{% endif %}',
    '{% partial nope %}',
    '{% ifchanged %}',
    '{% now %}',
    '{% spaceless %}',
    '{% verbatim %}',
    '{% comment %}',
    '{{ }}',
    '{%  %}',
    '{{ "a }}',
    "{{ 'a\" }}",
    '{% resetcycle %}',
    '{% cycle a as %}',
    '{% lorem x y z q %}',
    '{% blocktranslate %}{% endblocktranslate %}',
    '{% load i18n %}{% blocktranslate %}a{% if %}{% endblocktranslate %}',
    '{% load i18n %}{% translate %}',
    '{% load i18n %}{% blocktranslate count a=1 b=2 %}{% plural %}{% endblocktranslate %}',
    '{% load i18n %}{% blocktranslate with %}{% endblocktranslate %}',
    '{% load static %}{% static %}',
    '{% load tz %}{% timezone %}{% endtimezone %}',
    '{% load l10n %}{% localize x %}{% endlocalize %}',
    '{% load cache %}{% cache %}{% endcache %}',
    '{% querystring 1 %}',
    '{% load tz %}{% localtime x %}{% endlocaltime %}',
    '{% load i18n %}{% get_current_language %}',
    '{% load i18n %}{% get_language_info for %}',
    '{% load i18n %}{% language %}{% endlanguage %}',
    '{% load tz %}{% get_current_timezone x %}',
]:
    fact(t, x='x', l=[1], a=1)

fact = group('i18n', 'en-us', 'i18n')
fact(
    '{% translate "x" %}|{% translate v %}|{% trans "a" context "b" %}|{% translate "q" noop %}|{% translate "x" as y %}{{ y }}',
    v='<v>',
)
fact('{% blocktranslate %}a {{ v }} 100%{% endblocktranslate %}', v='<v>')
fact('{% blocktranslate with a=v|upper b="<c>" %}{{ a }}{{ b }}{% endblocktranslate %}', v='q')
fact('{% blocktranslate count n=v %}one{% plural %}many {{ n }}{% endblocktranslate %}', v=1)
fact('{% blocktranslate count n=v %}one{% plural %}many {{ n }}{% endblocktranslate %}', v=3)
fact('{% blocktranslate trimmed %}\n  a\n   b\n{% endblocktranslate %}')
fact('{% blocktranslate asvar z %}a{% endblocktranslate %}[{{ z }}]')
fact('{% blocktranslate context "c" %}t{% endblocktranslate %}')
fact('{% get_current_language as c %}{{ c }}{% get_current_language_bidi as b %}{{ b }}')
for lc in ['de', 'ar', 'pt-br', 'zh-hans', 'fr-ca']:
    fact(
        '{% get_language_info for lc as li %}{{ li.code }} {{ li.name }} {{ li.name_local }} {{ li.bidi }} {{ li.name_translated }}|{{ lc|language_name }}|{{ lc|language_name_local }}|{{ lc|language_bidi }}|{{ lc|language_name_translated }}',
        lc=lc,
    )
fact(
    '{% get_language_info_list for ls as li %}{% for x in li %}{{ x.code }}{{ x.name_local }} {% endfor %}',
    ls=['de', 'es'],
)
fact('{% language "de" %}{% get_current_language as c %}{{ c }}{{ v }}{% endlanguage %}', v=1.5)
fact('{% get_language_info for lc as li %}{{ li.code }}', lc='xx')


def answer(engine, language, template, context):
    with translation.override(language):
        try:
            return {'output': engine.from_string(template).render(Context(context))}
        except Exception as error:
            return {'error': type(error).__name__, 'message': error.args[0] if error.args else ''}


def main():
    settings.configure(TIME_ZONE='UTC', LANGUAGE_CODE='en-us', INSTALLED_APPS=['django.contrib.humanize'])
    django.setup()
    libraries = {name: 'django.templatetags.' + name for name in LIBRARIES}
    libraries['humanize'] = 'django.contrib.humanize.templatetags.humanize'
    engine, seen = Engine(libraries=libraries), set()
    for name, language, template, context in CASES:
        key = (language, template, json.dumps(context))
        if key in seen:
            continue
        seen.add(key)
        options = {} if language == 'en-us' else {'language': language, 'locale_data': {language: {'formats': GERMAN}}}
        expect = answer(engine, language, template, copy.deepcopy(context))
        print(
            json.dumps(
                {
                    'id': '%s-%d' % (name.replace(' ', '-'), len(seen)),
                    'templates': {'t': template},
                    'render': 't',
                    'context': context,
                    'options': options,
                    'expect': expect,
                },
                ensure_ascii=False,
            )
        )


main()
