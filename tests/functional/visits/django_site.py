#!/usr/bin/env python3
"""The pages of manage.c on Django: sessions and messages by the same environment. usage: django_site.py PORT"""
import datetime
import json
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

environment = os.environ
settings.configure(
    SECRET_KEY=environment['SECRET_KEY'], ALLOWED_HOSTS=['*'], ROOT_URLCONF=__name__, USE_TZ=True,
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': environment['DJANGO_DATABASE']}},
    INSTALLED_APPS=['django.contrib.sessions', 'django.contrib.messages'],
    MIDDLEWARE=['django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.csrf.CsrfViewMiddleware',
                'django.contrib.messages.middleware.MessageMiddleware'],
    SESSION_ENGINE=environment['SESSION_ENGINE'], SESSION_FILE_PATH=environment.get('SESSION_FILE_PATH'),
    MESSAGE_STORAGE=environment['MESSAGE_STORAGE'], MESSAGE_LEVEL=int(environment.get('MESSAGE_LEVEL', 20)),
    SESSION_SAVE_EVERY_REQUEST=environment.get('SESSION_SAVE_EVERY_REQUEST') == '1',
    SESSION_EXPIRE_AT_BROWSER_CLOSE=environment.get('SESSION_EXPIRE_AT_BROWSER_CLOSE') == '1',
    CSRF_USE_SESSIONS=environment.get('CSRF_USE_SESSIONS') == '1', LOGGING_CONFIG=None)
django.setup()

from django.contrib import messages  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.safestring import SafeData, mark_safe  # noqa: E402


def done(request):
    return HttpResponse('done', content_type='text/plain; charset=utf-8')


def items(request):
    return JsonResponse(dict(request.session.items()))


def set_one(request):
    request.session[request.GET['key']] = json.loads(request.GET['value'])
    return done(request)


def forget(request):
    request.session.pop(request.GET['key'], None)
    return done(request)


def flush(request):
    request.session.flush()
    return done(request)


def cycle(request):
    request.session.cycle_key()
    return done(request)


def clear(request):
    request.session.clear()
    return done(request)


def expiry(request):
    value = json.loads(request.GET['value'])
    request.session.set_expiry(datetime.timedelta(seconds=value) if 'from_now' in request.GET else value)
    return done(request)


def age(request):
    return JsonResponse({'age': request.session.get_expiry_age(), 'close': request.session.get_expire_at_browser_close()})


def broken(request):
    request.session['broken'] = True
    messages.error(request, 'broken')
    return HttpResponse('broken', status=500)


def say(request):
    text = request.GET['text']
    messages.add_message(request, int(request.GET['level']), mark_safe(text) if 'safe' in request.GET else text,
                         extra_tags=request.GET.get('tags', ''))
    return done(request)


def show(request):
    found = [[m.level, str(m.message), m.tags, isinstance(m.message, SafeData)] for m in messages.get_messages(request)]
    return JsonResponse(found, safe=False)


def count(request):
    return JsonResponse(len(messages.get_messages(request)), safe=False)


def token(request):
    return HttpResponse(get_token(request), content_type='text/plain; charset=utf-8')


urlpatterns = [path('done', done), path('items', items), path('set', set_one), path('forget', forget), path('flush', flush),
               path('cycle', cycle), path('clear', clear), path('expiry', expiry), path('age', age), path('broken', broken),
               path('say', say), path('show', show), path('count', count), path('token', token)]


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


if __name__ == '__main__':
    make_server('127.0.0.1', int(sys.argv[1]), get_wsgi_application(), handler_class=Quiet).serve_forever()
