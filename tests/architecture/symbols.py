#!/usr/bin/env python3
"""Fails if a symbol without the prefix cv_ leaves the library, or the shared library exports what no header declares.

usage: symbols.py SHARED STATIC SRC      TAP output.
"""
import pathlib
import re
import subprocess
import sys


def names(command):
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = set()
    for line in out.splitlines():
        parts = line.split()
        if len(parts) >= 2 and len(parts[-2]) == 1 and parts[-2] in 'TDBRVWCui':
            found.add(parts[-1])
    return found


def main():
    shared, static, src = sys.argv[1:4]
    good = re.compile(r'^_?_?cv_|^Cv[A-Za-z]*_(model|type)$')
    exported = names(['nm', '-D', '--defined-only', shared])
    defined = names(['nm', '-g', '--defined-only', static])
    # Some names are made by macros, so what the compiler sees counts too.
    words = set(re.findall(r'\bcv_\w+|\bCv[A-Za-z]*_(?:model|type)\b', subprocess.run(
        ['cc', '-E', '-P', '-std=gnu17', '-D_GNU_SOURCE', '-I', src, str(pathlib.Path(src) / 'caravan.h')],
        capture_output=True, text=True, check=True).stdout))
    for header in pathlib.Path(src).rglob('*.h'):
        words.update(re.findall(r'\bcv_\w+', header.read_text()))
    tests = [
        ('the shared library exports only cv_ names', sorted(n for n in exported if not good.match(n))),
        ('the static library defines only cv_ names', sorted(n for n in defined if not good.match(n))),
        ('every exported name stands in a header', sorted(n for n in exported if n not in words)),
        ('something is exported', [] if exported else ['nothing']),
    ]
    print('1..%d' % len(tests))
    status = 0
    for number, (what, wrong) in enumerate(tests, 1):
        for name in wrong:
            print('# %s' % name)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', number, what))
        status |= bool(wrong)
    return status


sys.exit(main())
