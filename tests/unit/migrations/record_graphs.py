#!/usr/bin/env python3
"""Writes tests/unit/migrations/graphs.def.h: what Django 6.1 makes of random graphs of migrations. Run it with a Python
that has Django: record_graphs.py >graphs.def.h

A graph is "shop.0002_b (shop.0001_a, blog.__first__) <blog.0003_c =shop.0001_a": name, dependencies, what it runs before, what
it replaces. For each: which migrations are applied, where to go ("shop.zero" too), and the steps there, "-" before those that
are undone; or why the graph cannot be.
"""
import random

import django
from django.conf import settings

settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}, INSTALLED_APPS=[])
django.setup()
from django.db import connection  # noqa: E402
from django.db.migrations import Migration  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402

APPS = ['auth', 'blog', 'shop']


class Loader(MigrationLoader):
    given, applied = {}, set()

    def load_disk(self):
        self.disk_migrations = dict(self.given)
        self.migrated_apps = {app for app, _ in self.given}
        self.unmigrated_apps = set()

    def check_key(self, key, current_app):
        if key[1] in ('__first__', '__latest__') and key[0] != current_app and key[0] in self.migrated_apps:
            return self.graph.root_nodes(key[0])[0] if key[1] == '__first__' else self.graph.leaf_nodes(key[0])[0]
        return None if key[1] in ('__first__', '__latest__') else key


class Recorder:
    def __init__(self, connection):
        pass

    def applied_migrations(self):
        return {key: None for key in Loader.applied}


def random_graph(chance):
    """Rows (key, dependencies, run_before, replaces) in an order in which they could have been written."""
    rows, by_app = [], {app: [] for app in APPS}
    for _ in range(chance.randint(2, 9)):
        app = chance.choice(APPS)
        own = by_app[app]
        key = (app, '%04d_%s' % (len(own) + 1, chance.choice('abcdef')))
        dependencies = []
        if own:
            dependencies.append(own[-1] if chance.random() < 0.8 else chance.choice(own))
        for other in APPS:
            if other != app and by_app[other] and chance.random() < 0.35:
                name = chance.choice(by_app[other])
                dependencies.append((other, '__first__') if chance.random() < 0.15 else name)
        run_before = []
        rows.append([key, dependencies, run_before, []])
        own.append(key)
    if chance.random() < 0.25:  # something that was there before shall run later
        late, early = chance.choice(rows), chance.choice(rows)
        if late[0][0] != early[0][0]:
            late[2].append(early[0])
    chains = [app for app in APPS if len(by_app[app]) >= 3]
    if chains and chance.random() < 0.5:
        app = chance.choice(chains)
        keys = by_app[app]
        start = chance.randint(0, len(keys) - 2)
        end = chance.randint(start + 2, len(keys))
        replaced = keys[start:end]
        dependencies = {key for row in rows if row[0] in replaced for key in row[1] if key not in replaced}
        rows.append([(app, '%s_squashed_%s' % (replaced[0][1], replaced[-1][1])), sorted(dependencies), [], replaced])
    return rows


def build(rows):
    Loader.given = {}
    for (app, name), dependencies, run_before, replaces in rows:
        made = type('Migration', (Migration,), {'dependencies': dependencies, 'run_before': run_before, 'replaces': replaces, 'operations': []})
        Loader.given[app, name] = made(name, app)


def text(keys):
    return ', '.join('%s.%s' % key for key in keys)


def told(rows):
    lines = []
    for key, dependencies, run_before, replaces in rows:
        line = '%s.%s' % key
        line += ' (%s)' % text(dependencies) if dependencies else ''
        line += ' <%s' % text(run_before) if run_before else ''
        line += ' =%s' % text(replaces) if replaces else ''
        lines.append(line)
    return '; '.join(lines)


def look(rows, applied, targets):
    build(rows)
    Loader.applied = set(applied)
    import django.db.migrations.loader as module
    module.MigrationRecorder = Recorder
    try:
        loader = Loader(connection)
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    executor = MigrationExecutor.__new__(MigrationExecutor)
    executor.connection, executor.loader = connection, loader
    try:
        plan = executor.migration_plan(targets if targets is not None else loader.graph.leaf_nodes())
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return ', '.join(('-' if backwards else '') + '%s.%s' % (migration.app_label, migration.name) for migration, backwards in plan)


def main():
    chance, seen = random.Random(61), set()
    print('/* graphs.def.h: written by record_graphs.py: GRAPH(migrations, applied, where to, steps) */')
    while len(seen) < 150:
        rows = random_graph(chance)
        first = look(rows, [], None)
        order = [tuple(name.split('.')) for name in first.split(', ')] if '.' in first else []
        singles = [row[0] for row in rows if not row[3]]
        for number in range(3):
            applied, targets = [], None
            if number and order:
                known = [key for key in order if key in singles] if len(singles) == len(rows) else singles
                applied = known[:chance.randint(0, len(known))]
                key = chance.choice(order)
                targets = [chance.choice([key, (key[0], None)])] if chance.random() < 0.7 else None
            steps = look(rows, applied, targets)
            where = 'all' if targets is None else '%s.%s' % (targets[0][0], targets[0][1] or 'zero')
            line = (told(rows), text(applied), where, steps)
            if line in seen:
                continue
            seen.add(line)
            print('GRAPH("%s",\n      "%s", "%s",\n      "%s")' % line)


main()
