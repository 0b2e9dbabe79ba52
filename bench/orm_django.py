#!/usr/bin/env python3
"""Runs bench/orm.c, which holds the ORM against raw sqlite3 calls, then the same in Django's ORM: nanoseconds of CPU, the
ratios, and whether they are what was asked for (20 times less a row read).

usage: orm_django.py PROGRAM [ROUNDS]   needs Django (Debian: python3-django); without it the program runs alone
"""
import datetime
import os
import re
import statistics
import subprocess
import sys
import time

try:
    import django
except ImportError:
    debian = '/usr/bin/python3'
    if sys.executable != debian and subprocess.run([debian, '-c', 'import django'], capture_output=True).returncode == 0:
        os.execv(debian, [debian] + sys.argv)
    print('Django is not installed (apt-get install python3-django): no comparison with it')
    sys.exit(subprocess.run(sys.argv[1:2]).returncode)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'rivals'))
from django_item import Item  # noqa: E402, sets Django up
from django.db import connection, transaction  # noqa: E402

ROWS = 1000
NOW = datetime.datetime.now(datetime.timezone.utc)


def insert(i):
    Item.objects.create(name='Item number %d' % i, slug='item-number-%d' % i, stock=i % 50, weight=i * 1.5, price='12.50',
                        made=NOW.date(), changed=NOW, active=i % 2 == 0)


def one(i):
    Item.objects.get(id=i % ROWS + 1)


def many(i):
    list(Item.objects.filter(id__gt=i % (ROWS - 100)).order_by('id')[:100])


def measure(run, count, rounds):
    times = []
    for _ in range(rounds):
        start = time.process_time_ns()
        with transaction.atomic():
            for i in range(count):
                run(i)
            if run is insert:
                transaction.set_rollback(True)
        times.append((time.process_time_ns() - start) / count)
    return statistics.median(times)


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    ours = {}
    for line in subprocess.run(sys.argv[1:2], capture_output=True, text=True, check=True).stdout.splitlines():
        found = re.match(r'(.*?) +raw +(\d+) ns +orm +(\d+) ns +ratio ([\d.]+) \(target ([\d.]+)\)', line)
        print(line + (': met' if found and float(found[4]) <= float(found[5]) else ': not met' if found else ''), flush=True)
        if found:
            ours[found[1]] = int(found[3])
    with connection.schema_editor() as editor:
        editor.create_model(Item)
    with transaction.atomic():
        for i in range(ROWS):
            insert(i)
    for what, run, count in (('one row by key', one, 1000), ('100 rows', many, 100), ('insert in a transaction', insert, 1000)):
        theirs = measure(run, count, rounds)
        ratio = theirs / ours[what] if what in ours else 0
        print('%-28s Django %s %8.0f ns   %.0f times the ORM (target 20): %s' %
              (what, django.get_version(), theirs, ratio, 'met' if ratio >= 20 else 'not met'), flush=True)


if __name__ == '__main__':
    main()
