"""django_forms.py: the forms of ../forms.c in Django; prints the CPU time of each round of them."""
import time

from django_item import Item  # sets Django up
import django
from django import forms
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
