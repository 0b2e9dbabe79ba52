#!/usr/bin/env python3
"""Makes the database that Django's `migrate` leaves, from the records of it.

usage: django_database.py PATH CONFORMANCE_DIR    PATH must not exist; fill it with `manage loaddata` afterwards
"""
import json
import pathlib
import sqlite3
import sys

path, orm = sys.argv[1], pathlib.Path(sys.argv[2]) / 'orm'
database = sqlite3.connect(path)
database.executescript((orm / 'schema_sqlite.sql').read_text(encoding='utf-8'))
records = json.loads((orm / 'interop_rows.json').read_text(encoding='utf-8'))
for table in ('django_content_type', 'auth_permission', 'django_migrations'):
    columns, rows = records[table]['columns'], records[table]['rows']
    if table == 'django_migrations':
        columns, rows = columns + ['applied'], [row + ['2024-01-01 00:00:00'] for row in rows]
    database.executemany('INSERT INTO "%s" (%s) VALUES (%s)' % (table, ', '.join(columns), ', '.join('?' * len(columns))), rows)
database.commit()
