#!/usr/bin/env python3
"""Runs every record file of a conformance folder against a build, prints `NAME: passed N of M` a file and a last line
'N passed, N failed', and holds the counts of the default folder against tests/conformance/floors.

usage: conformance.py BUILD DIR [--raise]     --raise writes higher floors where a count rose.
"""
import pathlib
import re
import socket
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
FLOORS = TOP / 'tests/conformance/floors'
# The record files that a C runner of its own reads.
RUNNERS = {'validators.jsonl': 'run_validators', 'fields.jsonl': 'run_fields', 'forms.jsonl': 'run_forms',
           'passwords.jsonl': 'run_passwords', 'signing.jsonl': 'run_signing', 'urls.jsonl': 'run_urls',
           'http.jsonl': 'run_http_facts', 'templates.jsonl': 'run_templates'}


def records(path):
    with open(path, encoding='utf-8') as lines:
        return sum(1 for line in lines if line.strip())


def run(command, **kwargs):
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors='replace', timeout=1200, **kwargs)
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return ''


def counted(output, total):
    """The count of passes that a runner printed; a runner that printed none passed none."""
    found = re.findall(r'passed (\d+) of (\d+)', output)
    if found and int(found[-1][1]) == total:
        return int(found[-1][0])
    found = re.findall(r'^(\d+) passed, (\d+) failed', output, re.M)
    return int(found[-1][0]) if found else 0


def raw_http(build, folder, path, total):
    probe = build / 'examples/probe/manage'
    if not probe.exists():
        return 0
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        port = s.getsockname()[1]
    import os
    server = subprocess.Popen([str(probe), 'serve', '--bind', '127.0.0.1:%d' % port, '--workers', '1'],
                              env=dict(os.environ, SECRET_KEY='conformance-secret-key', ALLOWED_HOSTS='*'),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as s:
                if s.connect_ex(('127.0.0.1', port)) == 0:
                    break
            time.sleep(0.05)
        return counted(run([sys.executable, folder / 'run_http.py', '--port', port, '--path', '/echo/', path]), total)
    finally:
        server.terminate()
        server.wait()


def orm(build, folder, path, total):
    manage = build / 'tests/conformance/bookstore/manage'
    runner = TOP / 'tests/conformance/bookstore/run.sh'
    if not manage.exists() or not runner.exists():
        return 0
    return counted(run([runner, manage, folder]), total)


def schema(build, folder):
    """The tables that `migrate` makes against Django's: a record is a table, and all indexes together one more."""
    manage = build / 'tests/conformance/bookstore/manage'
    if not manage.exists():
        return 0, 1
    said = run([sys.executable, TOP / 'tests/conformance/bookstore/schema.py', manage, folder / 'orm/schema_sqlite.sql'])
    lines = [line for line in said.splitlines() if line.startswith(('ok ', 'not ok '))]
    return sum(line.startswith('ok ') for line in lines), max(len(lines), 1)


def main():
    build, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    raising = '--raise' in sys.argv
    floors = {}
    if FLOORS.exists():
        for line in FLOORS.read_text().splitlines():
            if line.strip() and not line.startswith('#'):
                name, _, least = line.rpartition(' ')
                floors[name] = int(least)
    results, below = {}, []
    for path in sorted(folder.glob('*.jsonl')) + sorted(folder.glob('orm/*.jsonl')):
        relative = path.relative_to(folder).as_posix()
        total = records(path)
        name = relative
        if relative == 'http_raw.jsonl':
            passed = raw_http(build, folder, path, total)
        elif relative == 'orm/queries.jsonl':
            name = relative + ' sqlite'
            passed = orm(build, folder, path, total)
        else:
            runner = build / 'tests/conformance' / RUNNERS.get(path.name, '-')
            passed = counted(run([runner, path]), total) if runner.exists() else 0
        results[name] = (passed, total)
        print('%s: passed %d of %d' % (name, passed, total), flush=True)
        if passed < floors.get(name, 0):
            below.append('%s: %d is below the floor %d' % (name, passed, floors[name]))
    if (folder / 'orm/schema_sqlite.sql').exists():
        results['orm/schema_sqlite.sql'] = schema(build, folder)
        print('orm/schema_sqlite.sql: passed %d of %d' % results['orm/schema_sqlite.sql'], flush=True)
        if results['orm/schema_sqlite.sql'][0] < floors.get('orm/schema_sqlite.sql', 0):
            below.append('orm/schema_sqlite.sql: %d is below the floor' % results['orm/schema_sqlite.sql'][0])
    if raising:
        head = '# The least number of records that each file must pass; it only rises.\n'
        FLOORS.write_text(head + ''.join('%s %d\n' % (n, max(results.get(n, (0,))[0], floors.get(n, 0)))
                                         for n in sorted(set(results) | set(floors))))
    default = folder == (TOP / '../shared/conformance').resolve()
    for line in below if default else []:
        print(line)
    passed, total = sum(p for p, _ in results.values()), sum(t for _, t in results.values())
    print('%d passed, %d failed' % (passed, total - passed))
    return 1 if (default and below) or not results else 0


sys.exit(main())
