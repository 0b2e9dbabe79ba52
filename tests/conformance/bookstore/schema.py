#!/usr/bin/env python3
"""Holds the tables that `manage migrate` makes against those that Django makes.

usage: schema.py MANAGE SCHEMA.sql    prints TAP; SCHEMA.sql is schema_sqlite.sql of the conformance folder

Compared are the texts of CREATE TABLE and CREATE INDEX, but for the order of columns (Django adds some of them later)
and for tables that belong to Django's own bookkeeping.
"""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

NOT_OURS = {'django_migrations', 'sqlite_sequence'}


def parts(sql):
    """The items between the outer brackets of a CREATE TABLE."""
    body = sql[sql.index('(') + 1:sql.rindex(')')]
    items, depth, quoted, start = [], 0, False, 0
    for at, c in enumerate(body):
        if c == "'":
            quoted = not quoted
        elif not quoted and c in '()':
            depth += 1 if c == '(' else -1
        elif not quoted and c == ',' and depth == 0:
            items.append(body[start:at])
            start = at + 1
    return {re.sub(r'\s+', ' ', item).strip() for item in items + [body[start:]]}


def schema(database):
    tables, indexes = {}, {}
    for kind, name, table, sql in database.execute('SELECT type, name, tbl_name, sql FROM sqlite_master'):
        if table in NOT_OURS or sql is None:
            continue
        if kind == 'table':
            tables[name] = parts(sql)
        else:
            indexes[name] = re.sub(r'\s+', ' ', sql)
    return tables, indexes


def main():
    manage, wanted_sql = os.path.realpath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'made.sqlite3')
        subprocess.run([manage, 'migrate'], check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, DATABASE_URL='sqlite:///' + path, SECRET_KEY='schema-test-of-more-than-fifty-characters-0123456789'))
        made = schema(sqlite3.connect(path))
    django = sqlite3.connect(':memory:')
    with open(wanted_sql, encoding='utf-8') as f:
        django.executescript(f.read())
    wanted = schema(django)
    names = sorted(set(wanted[0]) | set(made[0]))
    print('1..%d' % (len(names) + 1))
    for number, name in enumerate(names, 1):
        good = wanted[0].get(name) == made[0].get(name)
        print('%s %d - table %s' % ('ok' if good else 'not ok', number, name))
        if not good:
            for item in sorted(wanted[0].get(name, set()) - made[0].get(name, set())):
                print('#   wanted ' + item)
            for item in sorted(made[0].get(name, set()) - wanted[0].get(name, set())):
                print('#   made   ' + item)
    print('%s %d - indexes' % ('ok' if wanted[1] == made[1] else 'not ok', len(names) + 1))
    for name in sorted(set(wanted[1]) | set(made[1])):
        if wanted[1].get(name) != made[1].get(name):
            print('#   wanted %s\n#   made   %s' % (wanted[1].get(name), made[1].get(name)))


main()
