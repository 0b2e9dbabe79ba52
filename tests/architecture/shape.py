#!/usr/bin/env python3
"""Holds the shape of the tree: sizes of files and functions, first lines, a README a folder, nothing marked unfinished.

usage: shape.py [TOP]      TAP output.
"""
import pathlib
import re
import subprocess
import sys

MOST_LINES = 1000
LINES_OF_A_FUNCTION = 70
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')


def listed(top):
    out = subprocess.run(['git', '-C', str(top), 'ls-files'], capture_output=True, text=True)
    if out.returncode == 0:
        return [top / name for name in out.stdout.splitlines() if (top / name).is_file()]
    return [p for p in top.rglob('*') if p.is_file() and 'build' not in p.parts]


def functions(path):
    """(line, lines, first line) of each function: from its name, its return type and what stands before them to its brace."""
    lines = path.read_text().splitlines()
    head = None  # where what may be a function began: the first line at the margin after the last end
    opened = False
    for at, line in enumerate(lines):
        if line == '{' and head is not None and not opened:
            opened = True
        elif line == '}' and opened:
            yield head + 1, at - head + 1, lines[head]
            head, opened = None, False
        elif opened:
            continue
        elif not line or line[0] in '}#/*' or line.startswith(' *') or line.endswith((';', '*/')):
            head = None
        elif head is None and not line[0].isspace():
            head = at


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
        ('every function has less than %d lines' % LINES_OF_A_FUNCTION,
         ['%s:%d has %d lines: %s' % (p, line, n, first) for p in code if p.suffix == '.c'
          for line, n, first in functions(p) if n >= LINES_OF_A_FUNCTION]),
        ('each file tells its job in its first line',
         [str(p) for p in code if not re.match(r'/\* ?\S', p.read_text())]),
        ('each folder of src has a README, but for the migrations of an app',
         [str(d) for d in sorted({p.parent for p in src if p.parent != top / 'src'})
          if not (d / 'README.md').exists() and not (d.name == 'migrations' and 'contrib' in d.parts)]),
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
