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
DJANGO = r'''
import time
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=[], USE_TZ=True, DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}})
django.setup()
from django import forms
from django.db import models
from django.http import QueryDict

class Ten(forms.Form):
    name = forms.CharField(max_length=100)
    email = forms.EmailField()
    stars = forms.IntegerField(min_value=1, max_value=5)
    price = forms.DecimalField(max_digits=6, decimal_places=2)
    day = forms.DateField()
    site = forms.URLField()
    slug = forms.SlugField()
    terms = forms.BooleanField()
    weight = forms.FloatField()
    text = forms.CharField()

class Item(models.Model):
    name = models.CharField(max_length=100)
    slug = models.CharField(max_length=100)
    stock = models.IntegerField()
    weight = models.FloatField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    made = models.DateField()
    changed = models.DateTimeField()
    active = models.BooleanField()

    class Meta:
        app_label = 'bench'

class ItemForm(forms.ModelForm):
    class Meta:
        model = Item
        fields = '__all__'

TEN = ('name=Jane+Austen&email=jane%40example.org&stars=4&price=9.90&day=2024-02-29&'
       'site=https%3A%2F%2Fexample.org%2F&slug=emma-1815&terms=on&weight=0.25&text=A+fine+book')
ITEM = ('name=Jane+Austen&slug=emma-1815&stock=4&weight=0.25&price=9.90&made=2024-02-29&'
        'changed=2024-02-29+12%3A30&active=on')

def measure(title, form, body, write, rounds=1000):
    for count in (50, rounds):
        start = time.process_time()
        for _ in range(count):
            bound = form(QueryDict(body))
            assert bound.is_valid(), bound.errors
            if write:
                bound.as_div() if hasattr(bound, 'as_div') else bound.as_p()
        spent = time.process_time() - start
    print('%s %.2f us' % (title, spent / rounds * 1e6), flush=True)

print('Django', django.get_version(), flush=True)
measure('form of 10 fields: bind, validate ', Ten, TEN, False)
measure('form of 10 fields: bind, validate, write ', Ten, TEN, True, 200)
measure('model form of 8 fields: bind, validate ', ItemForm, ITEM, False)
'''
LINE = re.compile(r'^(\S.*?) +([0-9.]+) us', re.M)


def figures(text):
    return {title: float(number) for title, number in LINE.findall(text)}


def main():
    default = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable
    python = shlex.split(os.environ.get('RIVALS_PYTHON', default)) + ['-c', DJANGO]
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
