#!/usr/bin/env python3
"""Compiles each mistake that a user of the macros can make and holds the compiler's message against the one expected.

usage: run.py INCLUDE FOLDER      TAP output, a point for each file and compiler.

A file begins with lines `/* expect gcc: TEXT */` and `/* expect clang: TEXT */`: it must not compile, and TEXT must stand
in what the compiler prints. `/* expect none */` must compile without a warning. `/* most lines: N */` bounds the length
of the message. `/* at: FILE:LINE */` must be named too (by its end).
"""
import pathlib
import re
import shutil
import subprocess
import sys


def check(compiler, source, include):
    text = source.read_text()
    run = subprocess.run([compiler, '-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wno-missing-field-initializers',
                          '-fsyntax-only', '-fno-diagnostics-color', '-I', include, '-I', str(source.parent), str(source)],
                         capture_output=True, text=True, env={'LC_ALL': 'C', 'PATH': '/usr/bin:/bin:/usr/local/bin'})
    said = run.stderr
    if re.search(r'/\* expect none \*/', text):
        return [] if run.returncode == 0 and not said else ['must compile cleanly:'] + said.splitlines()[:12]
    wanted = [m[2] for m in re.finditer(r'/\* expect (gcc|clang|both): (.*?) \*/', text) if m[1] in (compiler, 'both')]
    if not wanted:
        return ['the file expects nothing of ' + compiler]
    wrong = []
    if run.returncode == 0:
        wrong.append('it compiles')
    wrong += ['it does not say: ' + w for w in wanted if w not in said]
    wrong += ['it does not name ' + m[1] for m in re.finditer(r'/\* at: (\S+) \*/', text) if m[1] not in said]
    most = re.search(r'/\* most lines: (\d+) \*/', text)
    if most and len(said.splitlines()) > int(most[1]):
        wrong.append('%d lines of message, at most %s wanted' % (len(said.splitlines()), most[1]))
    return wrong + said.splitlines()[:12] if wrong else []


def main():
    include, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    sources = sorted(folder.glob('*/*.c'))
    compilers = [c for c in ('gcc', 'clang') if shutil.which(c)]
    print('1..%d' % (len(sources) * len(compilers)))
    number = status = 0
    for source in sources:
        for compiler in compilers:
            number += 1
            wrong = check(compiler, source, include)
            for line in wrong:
                print('# ' + line)
            status |= bool(wrong)
            print('%s %d - %s %s' % ('not ok' if wrong else 'ok', number, source.relative_to(folder), compiler))
    return status


sys.exit(main())
