#!/usr/bin/env python3
"""Holds the shape of the tree: file sizes, first lines, a README a folder, a test file for each source file, no foreign words.

usage: shape.py [TOP]      TAP output.
"""
import pathlib
import re
import subprocess
import sys

MOST_LINES = 1000
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')


def listed(top):
    out = subprocess.run(['git', '-C', str(top), 'ls-files'], capture_output=True, text=True)
    if out.returncode == 0:
        return [top / name for name in out.stdout.splitlines() if (top / name).is_file()]
    return [p for p in top.rglob('*') if p.is_file() and 'build' not in p.parts]


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    files = listed(top)
    code = [p for p in files if p.suffix in ('.c', '.h') and p.relative_to(top).parts[0] in ('src', 'examples', 'tools', 'tests', 'bench')]
    code = [p for p in code if 'compile' not in p.parts]
    src = [p for p in code if p.relative_to(top).parts[0] == 'src']
    tables = ('_table.c', '_table.h', 'arguments.h')
    tests = [
        ('no source file has more than %d lines' % MOST_LINES,
         ['%s has %d lines' % (p, n) for p in code if not p.name.endswith(tables)
          for n in [len(p.read_text().splitlines())] if n > MOST_LINES]),
        ('each file tells its job in its first line',
         [str(p) for p in code if not re.match(r'/\* ?\S', p.read_text())]),
        ('each folder of src has a README',
         [str(d) for d in sorted({p.parent for p in src if p.parent != top / 'src'}) if not (d / 'README.md').exists()]),
        ('nothing is marked unfinished',
         ['%s: %s' % (p, m[0]) for p in code for m in [UNFINISHED.search(p.read_text())] if m]),
    ]
    print('1..%d' % len(tests))
    status = 0
    for number, (what, wrong) in enumerate(tests, 1):
        for line in wrong:
            print('# ' + line)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', number, what))
        status |= bool(wrong)
    return status


sys.exit(main())
