#!/usr/bin/env python3
"""The two pages of bench/template.c in other engines, as far as this machine has them, in one run with ours.

usage: template_rivals.py PROGRAM        PROGRAM: the built bench/template
Django and Jinja2 are taken where Python can import them; nunjucks where node can. Prints microseconds a render (the best
of several rounds) and how many times ours that is.
"""
import re
import shutil
import subprocess
import sys
import time

NOTES = ['fortune: No such file or directory', "A computer scientist is someone who fixes things that aren't broken.",
         'After enough decimal places, nobody gives a damn.', 'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67',
         'A computer program does what you tell it to do, not what you want it to do.',
         'Emacs is a nice operating system, but I prefer UNIX.', 'Any program that runs right is obsolete.',
         'A list is only as strong as its weakest link.', 'Feature: A bug with seniority.',
         'Computers make very fast, very accurate mistakes.',
         '<script>alert("This should not be displayed in a browser alert box.");</script>', 'フレームワークのベンチマーク',
         'Additional fortune added at request time.']
CITIES = ['Berlin & Potsdam', 'Łódź', 'New York', '"Paris"', 'Rio <de> Janeiro']
NAMES = ['Ada Lovelace', 'Grace Hopper', "O'Neil", 'Edsger Dijkstra', 'Barbara Liskov']
ROWS = [{'id': i + 1, 'name': NAMES[i % 5], 'note': NOTES[i % 13], 'city': CITIES[i % 5], 'price': 9.99 + i * 3.7,
         'active': i % 3 != 0} for i in range(100)]
FORTUNES = ('<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>'
            '{% for fortune in rows %}<tr><td>{{ fortune.id }}</td><td>{{ fortune.note }}</td></tr>{% endfor %}'
            '</table></body></html>')
TABLE = ('<table>\n{%% for row in rows %%}<tr class="{%% if row.active %%}on{%% else %%}off{%% endif %%}"><td>{{ row.id }}</td>'
         '<td>{{ row.name|upper }}</td><td>%s</td><td>%s</td><td>{{ row.city }}</td></tr>\n{%% endfor %%}</table>')


def best(render, seconds=0.4, rounds=5):
    render()
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds / 4:
        render()
        count += 1
    lowest = float('inf')
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(count):
            render()
        lowest = min(lowest, (time.perf_counter() - start) / count)
    return lowest * 1e6


def django():
    import django
    from django.conf import settings
    from django.template import Context, Engine
    settings.configure()
    django.setup()
    engine = Engine()
    pages = [engine.from_string(FORTUNES),
             engine.from_string(TABLE % ('{{ row.price|floatformat:2 }}', '{{ row.note|truncatechars:30 }}'))]
    return [lambda page=page, rows=rows: page.render(Context({'rows': rows})) for page, rows in zip(pages, (ROWS[:13], ROWS))]


def jinja2():
    import jinja2
    environment = jinja2.Environment(autoescape=True)
    pages = [environment.from_string(FORTUNES),
             environment.from_string(TABLE % ('{{ "%.2f"|format(row.price) }}', '{{ row.note|truncate(30, True, "…", 0) }}'))]
    return [lambda page=page, rows=rows: page.render(rows=rows) for page, rows in zip(pages, (ROWS[:13], ROWS))]


def nunjucks():
    import json
    script = '''
const nunjucks = require('nunjucks'), [pages, rows] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const env = new nunjucks.Environment(null, {autoescape: true});
env.addFilter('fixed', x => x.toFixed(2)); env.addFilter('cut', s => s.length > 30 ? s.slice(0, 29) + '…' : s);
for (const [i, page] of pages.entries()) {
  const compiled = nunjucks.compile(page, env), names = {rows: i ? rows : rows.slice(0, 13)}, count = i ? 300 : 4000;
  let best = 1e9;
  for (let r = 0; r < 12; r++) {
    const start = process.hrtime.bigint();
    for (let k = 0; k < count; k++) compiled.render(names);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / count / 1000);
  }
  console.log(best);
}'''
    if not shutil.which('node'):
        raise ImportError
    done = subprocess.run(['node', '-e', script], capture_output=True, text=True,
                          input=json.dumps([[FORTUNES, TABLE % ('{{ row.price|fixed }}', '{{ row.note|cut }}')], ROWS]))
    if done.returncode:
        raise ImportError
    return [float(line) for line in done.stdout.split()]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout
    ours = [int(n) / 1000 for n in re.findall(r'template +(\d+) ns', out)]
    print('%-10s %10s %10s   fortunes, table: microseconds a render; times ours' % ('', 'fortunes', 'table'))
    print('%-10s %10.2f %10.1f' % ('caravan', *ours))
    for engine in (django, jinja2, nunjucks):
        try:
            renders = engine()
        except ImportError:
            print('%-10s is not here' % engine.__name__)
            continue
        costs = [r if isinstance(r, float) else best(r) for r in renders]
        print('%-10s %10.2f %10.1f   %.0f, %.0f' % (engine.__name__, *costs, costs[0] / ours[0], costs[1] / ours[1]))


main()
