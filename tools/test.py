#!/usr/bin/env python3
"""Runs the test suite of a build folder and ends in the line 'N passed, N failed': single tests, not programs.

usage: test.py BUILD [meson test options]
"""
import json
import pathlib
import re
import subprocess
import sys

POINT = re.compile(r'^(not )?ok\b(?! .*# *SKIP)', re.M | re.I)


def main():
    build = pathlib.Path(sys.argv[1])
    run = subprocess.run(['meson', 'test', '-C', str(build), '--no-rebuild', '--print-errorlogs'] + sys.argv[2:])
    passed = failed = 0
    log = build / 'meson-logs' / 'testlog.json'
    for line in log.read_text().splitlines():
        record = json.loads(line)
        points = [bool(m[1]) for m in POINT.finditer(record.get('stdout') or '')]
        bad = sum(points)
        good = len(points) - bad
        if record['result'] in ('OK', 'EXPECTEDFAIL'):
            passed += max(good, 1)
        elif record['result'] == 'SKIP':
            continue
        else:
            passed += good
            failed += max(bad, 1)
            print('FAILED: %s (%s)' % (record['name'], record['result']))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or run.returncode or not passed else 0


sys.exit(main())
