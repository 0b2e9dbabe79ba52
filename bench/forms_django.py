#!/usr/bin/env python3
"""Holds the forms of forms.c against the same ones of Django: CPU time of binding and validating, in one run each, by turns.

usage: forms_django.py PROGRAM        PROGRAM: the built bench/forms

Django is Debian's python3-django; RIVALS_PYTHON names another Python that has one. Exit status 1 where Django costs less
than GOAL times ours.
"""
import os
import re
import shlex
import statistics
import subprocess
import sys

GOAL = 30
ROUNDS = 3
DJANGO = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'rivals', 'django_forms.py')
LINE = re.compile(r'^(\S.*?) +([0-9.]+) us', re.M)


def figures(text):
    return {title: float(number) for title, number in LINE.findall(text)}


def main():
    default = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable
    python = shlex.split(os.environ.get('RIVALS_PYTHON', default)) + [DJANGO]
    ours, theirs, version = {}, {}, None
    for _ in range(ROUNDS):
        mine = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout
        rival = subprocess.run(python, capture_output=True, text=True)
        if rival.returncode:
            print('forms: Django is not measured: ' + (rival.stderr.strip().splitlines() or ['it does not start'])[-1])
            return 0
        version = rival.stdout.splitlines()[0]
        for into, text in ((ours, mine), (theirs, rival.stdout)):
            for title, number in figures(text).items():
                into.setdefault(title, []).append(number)
    worst = None
    for title, numbers in theirs.items():
        mine, rival = statistics.median(ours[title]), statistics.median(numbers)
        if 'write' not in title:
            worst = min(worst or rival / mine, rival / mine)
        print('%-42s %8.2f us, %s %9.2f us: %.0f times' % (title, mine, version, rival, rival / mine))
    for title in ours.keys() - theirs.keys():
        print('%-42s %8.2f us' % (title, statistics.median(ours[title])))
    print('forms: Django costs at least %.0f times ours, the goal is %d' % (worst, GOAL))
    return worst < GOAL


sys.exit(main())
