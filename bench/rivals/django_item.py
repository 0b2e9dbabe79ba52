"""django_item.py: sets Django up for the benches; Item is the model of ../orm_items.def.h."""
import django
from django.conf import settings
from django.db import models

settings.configure(INSTALLED_APPS=[], USE_TZ=True, DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
                   DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}})
django.setup()


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
