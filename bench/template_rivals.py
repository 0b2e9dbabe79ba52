#!/usr/bin/env python3
"""Renders two pages (see template.c) with Caravan, by hand-written C, and with other template engines, in interleaved rounds
of one run; prints the median CPU time of a render, how many times ours that is, and whether the goals are met.

usage: template_rivals.py PROGRAM [--rounds N]        PROGRAM: the built bench/template

The rivals are Debian's python3-django, python3-jinja2, node-nunjucks, golang-go and libctemplate-dev (`make bench` installs
them; RIVALS=0 leaves them out); one that is missing is said not to be measured. RIVALS_PYTHON names another Python, for
instance of a virtual environment with a newer Django. All pages must show the same text before anything is measured.
"""
import argparse
import html
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / 'rivals'
PAGES = ('fortunes', 'table')
SLICE = 0.05  # seconds of one engine and page in a round
# (engine, what ours may cost at most of its time, on the fortunes page and on the table)
GOALS = [('hand', 2, 2.5), ('django', 1 / 20, 1 / 20), ('jinja2', 1, 1), ('nunjucks', 1, 1), ('html_template', 1, 1),
         ('ctemplate', 1, 1)]


class Engine:
    """A program that answers by the protocol of template.c."""

    def __init__(self, name, command, rows=None, **options):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.title = name
        if rows is not None:
            self.title = self.process.stdout.readline().decode().strip()
            if not self.title:
                raise OSError((self.process.stderr.read().decode().strip().splitlines() or ['it does not start'])[-1])
            self.send('%d\n%s' % (rows.count('\n'), rows))

    def send(self, text):
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def ask(self, page, task, name=None):
        self.send('%s %s %s\n' % (name or self.name, page, task))
        return int(self.process.stdout.readline())

    def show(self, page, name=None):
        return self.process.stdout.read(self.ask(page, 'show', name)).decode()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Part:
    """An engine of several that one program holds."""

    def __init__(self, program, name, title):
        self.program, self.name, self.title = program, name, title

    def ask(self, page, task):
        return self.program.ask(page, task, self.name)

    def show(self, page):
        return self.program.show(page, self.name)


def compiled(tool, source, folder):
    """The command of a program built from a source of rivals/."""
    if not shutil.which(tool[0]):
        raise OSError('%s is not here' % tool[0])
    target = os.path.join(folder, source.split('.')[0])
    environment = dict(os.environ, GOCACHE=os.path.join(folder, 'go'), GO111MODULE='off')
    done = subprocess.run([word.format(source=HERE / source, target=target) for word in tool], capture_output=True, text=True,
                          env=environment)
    if done.returncode:
        raise OSError((done.stderr.strip().splitlines() or ['it does not compile'])[0])
    return [target]


def python():
    default = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable
    return shlex.split(os.environ.get('RIVALS_PYTHON', default)) + ['-c', (HERE / 'python.py').read_text()]


def node():
    if not shutil.which('node'):
        raise OSError('node is not here')
    return ['node', str(HERE / 'nunjucks.js')]


def start_rivals(rows, folder):
    makers = [
        ('django', lambda: python() + ['django']),
        ('jinja2', lambda: python() + ['jinja2']),
        ('nunjucks', node),
        ('html_template', lambda: compiled(['go', 'build', '-o', '{target}', '{source}'], 'html_template.go', folder)),
        ('ctemplate', lambda: compiled(['g++', '-O2', '-o', '{target}', '{source}', '-lctemplate', '-pthread'], 'ctemplate.cc',
                                       folder))]
    paths = [os.environ.get('NODE_PATH', ''), '/usr/share/nodejs', '/usr/lib/nodejs']
    environment = dict(os.environ, NODE_PATH=':'.join(path for path in paths if path))
    for name, command in makers:
        try:
            yield Engine(name, command(), rows, env=environment)
        except OSError as error:
            print('%-22s not measured: %s' % (name, error))


def check(engines):
    """All show what the first shows, apart from how they spell the same character."""
    for page in PAGES:
        wanted = html.unescape(engines[0].show(page))
        for engine in engines[1:]:
            if html.unescape(engine.show(page)) != wanted:
                sys.exit('%s writes another %s page than %s:\n%s' % (engine.title, page, engines[0].title, engine.show(page)))


def measure(engines, rounds):
    """{(engine, page): median nanoseconds of CPU time a render}"""
    counts, costs = {}, {}
    for engine in engines:
        for page in PAGES:
            each = max(1, engine.ask(page, 20) / 20)
            each = max(1, engine.ask(page, max(20, int(SLICE * 1e9 / each))) / max(20, int(SLICE * 1e9 / each)))  # warm
            counts[engine.name, page] = max(20, int(SLICE * 1e9 / each))
            costs[engine.name, page] = []
    for _ in range(rounds):
        for page in PAGES:
            for engine in engines:
                count = counts[engine.name, page]
                costs[engine.name, page].append(engine.ask(page, count) / count)
    return {key: statistics.median(found) for key, found in costs.items()}


def report(engines, cost, ours):
    print('%-22s %12s %12s   %s' % ('CPU time a render, us', *PAGES, 'times ours'))
    for engine in engines:
        mine = [cost[engine.name, page] for page in PAGES]
        times = [mine[i] / cost[ours.name, page] for i, page in enumerate(PAGES)]
        print('%-22s %12.2f %12.2f   %6.2f %6.2f' % (engine.title, mine[0] / 1000, mine[1] / 1000, *times))
    print('allocations of 100 renders: %s' % ', '.join('%s %d' % (page, ours.ask(page, 'allocations')) for page in PAGES))
    titles = {engine.name: engine.title for engine in engines}
    for name, *limits in GOALS:
        for page, limit in zip(PAGES, limits):
            if name in titles:
                ratio = cost[ours.name, page] / cost[name, page]
                print('%-8s at most %.2f of %s: %.3f  %s' % (page, limit, titles[name], ratio,
                                                             'reached' if ratio <= limit else 'MISSED'))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--rounds', type=int, default=9)
    options = parser.parse_args()
    rows = subprocess.run([options.program, 'rows'], capture_output=True, text=True, check=True).stdout
    program = Engine('program', [options.program])
    ours = Part(program, 'caravan', 'Caravan')
    engines = [ours, Part(program, 'hand', 'by hand'), Part(program, 'plain', 'by hand, by bytes')]
    with tempfile.TemporaryDirectory() as folder:
        rivals = [] if os.environ.get('RIVALS') == '0' else list(start_rivals(rows, folder))
        engines += rivals
        check(engines)
        report(engines, measure(engines, options.rounds), ours)
        for engine in [program] + rivals:
            engine.stop()


main()
