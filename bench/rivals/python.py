"""python.py: the pages in Django or Jinja2, by the protocol of ../template.c; usage: python.py django|jinja2, the rows first on its
input: their count, then a line each."""
import sys
import time

FORTUNES = ('<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>'
            '{% for fortune in rows %}<tr><td>{{ fortune.id }}</td><td>{{ fortune.note }}</td></tr>{% endfor %}'
            '</table></body></html>')
TABLE = ('<table>\n{%% for row in rows %%}<tr class="{%% if row.active %%}on{%% else %%}off{%% endif %%}"><td>{{ row.id }}</td>'
         '<td>{{ row.name|upper }}</td><td>%s</td><td>%s</td><td>{{ row.city }}</td></tr>\n{%% endfor %%}</table>')


class Row:
    def __init__(self, line):
        number, self.name, self.note, self.city, price, active = line.rstrip('\n').split('\t')
        self.id, self.price, self.active = int(number), float(price), active == '1'


def django():
    import django
    from django.conf import settings
    from django.template import Context, Engine
    settings.configure()
    django.setup()
    engine = Engine()
    pages = [engine.from_string(FORTUNES),
             engine.from_string(TABLE % ('{{ row.price|floatformat:2 }}', '{{ row.note|truncatechars:30 }}'))]
    return 'Django ' + django.__version__, pages, lambda page, rows: page.render(Context({'rows': rows}))


def jinja2():
    import jinja2
    environment = jinja2.Environment(autoescape=True)
    pages = [environment.from_string(FORTUNES),
             environment.from_string(TABLE % ('{{ "%.2f"|format(row.price) }}', '{{ row.note|truncate(30, True, "…", 0) }}'))]
    return 'Jinja2 ' + jinja2.__version__, pages, lambda page, rows: page.render(rows=rows)


def main():
    name, pages, render = {'django': django, 'jinja2': jinja2}[sys.argv[1]]()
    print(name, flush=True)
    rows = [Row(sys.stdin.readline()) for _ in range(int(sys.stdin.readline()))]
    for line in iter(sys.stdin.readline, ''):
        _, page, task = line.split()
        page, given = (pages[0], rows[:13]) if page == 'fortunes' else (pages[1], rows)
        if task == 'show':
            text = render(page, given).encode()
            sys.stdout.buffer.write(b'%d\n%s' % (len(text), text))
        else:
            start = time.process_time_ns()
            for _ in range(int(task)):
                render(page, given)
            print(time.process_time_ns() - start)
        sys.stdout.flush()


main()
