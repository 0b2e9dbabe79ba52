#!/usr/bin/env python3
"""Migrations of a whole site, from its first model to a squashed history. TAP output.

usage: migrations_test.py BUILD TOP [--django COMMAND] [--root FOLDER] [--record] [--kills N] [--only NAME]

A site is built against the library as it is installed; its models change over eleven versions (migrations/evolution.py) by
makemigrations, a build, and migrate; then it goes back, forth, pretends and squashes (migrations/story.py). What commands say, each
statement of sqlmigrate, each table and each row must be what a site of Django's gave (migrations/django.txt). With a Python that has
Django 6.1 (COMMAND; FOLDER is its root folder, if that is another one), --record writes that file anew, and both work on one database
in turns. --kills says how often `migrate` is killed at a random moment.
"""
import argparse
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / 'migrations'))
import evolution  # noqa: E402
import sites  # noqa: E402
import story  # noqa: E402
from site_under_test import ENVIRONMENT  # noqa: E402

RECORD = HERE / 'migrations' / 'django.txt'


def text_of(parts):
    return ''.join('## %s\n%s\n' % (title, ''.join(line + '\n' for line in lines)) for title, lines in parts)


def parts_of(text):
    """Stories, each a list of (title, lines)."""
    stories = {}
    for block in text.split('\n# ')[1:]:
        name, _, rest = block.partition('\n')
        stories[name] = [part.rstrip('\n').split('\n') for part in rest.split('## ')[1:]]
    return stories


def record(given):
    folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path(given.root) / 'tmp'))
    teller = story.Story(sites.DjangoSite(folder, given.django.split(), given.root))
    out = 'What migrations_test.py --record wrote down of a site of Django 6.1.\n'
    for tell in story.STORIES:
        teller.parts = []
        tell(teller)
        out += '\n# %s\n%s' % (tell.__name__, text_of(teller.parts))
    RECORD.write_text(out)
    shutil.rmtree(folder)


def difference(wanted, came):
    gone, new = [line for line in wanted if line not in came], [line for line in came if line not in wanted]
    return '\n'.join(['wanted ' + line for line in gone] + ['came   ' + line for line in new] or ['another order:', *came])


def compare(parts, wanted):
    """The first differences, or None."""
    wrong = ['%s\n%s' % (title, difference(part[1:], lines)) for (title, lines), part in zip(parts, wanted)
             if part[0] == title and part[1:] != lines]
    strayed = [at for at, (part, other) in enumerate(zip(parts, wanted)) if part[0] != other[0]]
    if strayed:
        wrong.append('wanted the part %r, came %r' % (wanted[strayed[0]][0], parts[strayed[0]][0]))
    elif len(parts) != len(wanted):
        wrong.append('%d parts, wanted %d' % (len(parts), len(wanted)))
    return '\n'.join(wrong[:8]) or None


class Tests:
    def __init__(self, given):
        self.given, self.number, self.failed = given, 0, 0

    def run(self, name, test, *arguments):
        if self.given.only and self.given.only not in name:
            return
        self.number += 1
        try:
            wrong = test(*arguments)
        except Exception as error:  # noqa: BLE001
            wrong = '%s: %s' % (type(error).__name__, error)
        self.failed += bool(wrong)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', self.number, name), flush=True)
        if wrong:
            print('\n'.join('# ' + line for line in wrong.splitlines()), flush=True)


def tell_and_compare(teller, tell, wanted):
    teller.parts = []
    try:
        tell(teller)
    except AssertionError as error:
        return '%s\n%s' % (compare(teller.parts, wanted), error)
    return compare(teller.parts, wanted)


def found(site):
    """Which migrations of the shop the database has, what it is made of, and what it holds."""
    told = sites.rows(site)
    return ([line for line in told if line.startswith("django_migrations: app='shop'")], sites.schema(site),
            hashlib.sha256('\n'.join(line for line in told if not line.startswith('django_')).encode()).hexdigest())


def many_books(site, count):
    site.execute('WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < %d) '
                 "INSERT INTO shop_book (id, title, author_id, price) SELECT i, 'Book ' || i, 1 + i %% 2, 5 FROM n" % (99 + count))


def kill_and_repeat(site, kills, seed):
    """`migrate` is killed at any moment: the database is that of one of the migrations, whole; then it goes on."""
    names, chance = site.migrations(), random.Random(seed)
    site.remove_database()
    for arguments in (('shop', names[0]), ('contenttypes',), ('sessions',)):
        assert site.run('migrate', *arguments)[0] == 0
    site.execute(*evolution.FIRST.rows)
    many_books(site, 20000)
    return kill_on_the_way(site, names[1:], kills // 2, chance) or kill_on_the_way(site, names[-2::-1], kills - kills // 2, chance)


def kill_on_the_way(site, names, kills, chance):
    """From where the database is to the last of `names`, which stand one step from each other; leaves it there."""
    first = site.folder / 'first.sqlite3'
    shutil.copy(site.database, first)

    def again():
        site.remove_database()
        shutil.copy(first, site.database)

    whole = {}  # what each of them leaves, undisturbed, by the number of its records
    for name in [None, *names]:
        assert name is None or site.run('migrate', 'shop', name)[0] == 0
        now = found(site)
        whole[len(now[0])] = now
    end = found(site)
    start = time.monotonic()
    again()
    assert site.run('migrate', 'shop', names[-1])[0] == 0
    longest = time.monotonic() - start
    ends, inside = {}, 0
    for number in range(kills):
        if number % 8 == 0 or len(found(site)[0]) == len(end[0]):
            again()
        process = subprocess.Popen([*site.command, 'migrate', 'shop', names[-1]], cwd=site.folder, env=site.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, longest * 1.05))
        process.send_signal(signal.SIGKILL)
        inside += process.wait() == -signal.SIGKILL
        now = found(site)
        ends[len(now[0])] = ends.get(len(now[0]), 0) + 1
        for what, is_there, should in zip(('records', 'tables', 'rows'), now, whole[len(now[0])]):
            if is_there != should:
                return 'after kill %d, with %d records, the %s are not whole:\n%s\n%s' % (number + 1, len(now[0]), what, is_there, should)
    status, said, complaint = site.run('migrate', 'shop', names[-1])
    if status or found(site) != end:
        return 'it does not go on: %s%s' % (said, complaint)
    print('# killed %d times while it ran, of %d; records: kills %s' % (inside, kills, dict(sorted(ends.items()))), flush=True)
    return None


def hand_over(ours, django):
    """One database: Django makes it and we find nothing to do, forwards and back; then the other way."""
    for first, second in ((django, ours), (ours, django)):
        for site in (ours, django):
            site.remove_database()
        for app in ('contenttypes', 'sessions'):
            assert first.run('migrate', app)[0] == 0
        for step in ('0006', '0010', '0003'):
            status, said, complaint = first.run('migrate', 'shop', step)
            assert status == 0, said + complaint
            shutil.copy(first.database, second.database)
            for arguments in (('migrate', 'contenttypes'), ('migrate', 'sessions'), ('migrate', 'shop', step)):
                status, said, complaint = second.run(*arguments)
                assert status == 0 and 'No migrations to apply.' in said, (step, said, complaint)
            assert first.run('showmigrations')[1] == second.run('showmigrations')[1]
            assert second.run('migrate', 'shop', '0008')[0] == 0
            shutil.copy(second.database, first.database)
        assert first.run('migrate')[0] == 0
        shutil.copy(first.database, second.database)
        status, said, complaint = second.run('migrate')
        assert status == 0 and 'No migrations to apply.' in said, said + complaint


def aside(site, test, *arguments):
    """The test has the site to itself; its database comes back."""
    kept = site.folder / 'kept.sqlite3'
    shutil.move(site.database, kept)
    try:
        return test(*arguments)
    finally:
        site.remove_database()
        shutil.move(kept, site.database)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('top')
    parser.add_argument('--django')
    parser.add_argument('--root', default='/')
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--kills', type=int, default=24)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--only')
    given = parser.parse_args()
    if given.record:
        return record(given)
    build, top = pathlib.Path(given.build).resolve(), pathlib.Path(given.top).resolve()
    wanted, tests = parts_of(RECORD.read_text()), Tests(given)
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        # A root that is not / keeps ldconfig out of it.
        subprocess.run(['sh', 'tools/install.sh', str(build)], cwd=top, check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, PREFIX=str(folder / 'prefix'), NO_LDCONFIG='1'))
        env = dict(ENVIRONMENT, PKG_CONFIG_PATH=str(folder / 'prefix/lib/pkgconfig'))
        (folder / 'shop').mkdir()
        ours = sites.OurSite(folder / 'shop', env)
        teller = story.Story(ours)
        for tell in story.STORIES:
            if tell is story.squash:  # these want the migrations one by one
                tests.run('killed', aside, ours, kill_and_repeat, ours, given.kills, given.seed)
                if given.django:
                    tests.run('one database', aside, ours, one_database, given, ours)
            tests.run(tell.__name__, tell_and_compare, teller, tell, wanted[tell.__name__])
    finally:
        shutil.rmtree(folder)
    print('1..%d' % tests.number)
    return 1 if tests.failed else 0


def one_database(given, ours):
    folder = pathlib.Path(tempfile.mkdtemp(dir=pathlib.Path(given.root) / 'tmp'))
    try:
        django = sites.DjangoSite(folder, given.django.split(), given.root)
        teller = story.Story(django)
        story.evolve(teller)
        return hand_over(ours, django)
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main())
