#!/usr/bin/env python3
"""Sessions and messages between a site of ours and one of Django's: each reads what the other wrote. TAP output.

usage: visits_test.py MANAGE [--django COMMAND] [--root FOLDER] [--seed N] [--steps N] [--setting NAME=VALUE]...

Both sites have the same pages (visits/manage.c, visits/django_site.py), the same secret and the same store. Taking turns, a
visitor with one set of cookies does random things here and there; after each step both must show what a model of it says. Then
two visitors do the same, one here, one there, and are answered with the same statuses, Vary and cookies (but for keys, times and
signatures). COMMAND starts a Python that has Django 6.1 ("env PYTHONPATH=/opt/django61 python3"); FOLDER is its root directory,
if that is another one. Without such a Python the test is skipped.
"""
import argparse
import http.client
import http.cookies
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ENGINES = ['db', 'signed_cookies', 'file']
STORAGES = ['fallback.FallbackStorage', 'cookie.CookieStorage', 'session.SessionStorage']


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Site:
    def __init__(self, command, port, env):
        self.port = port
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(400):
            with socket.socket() as s:
                if s.connect_ex(('127.0.0.1', port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError('%s does not answer' % command)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Visitor:
    """Cookies that go to any site."""

    def __init__(self):
        self.cookies = {}

    def get(self, site, path, **query):
        connection = http.client.HTTPConnection('127.0.0.1', site.port, timeout=20)
        headers = {'Cookie': '; '.join('%s=%s' % one for one in self.cookies.items())} if self.cookies else {}
        connection.request('GET', '/%s?%s' % (path, urllib.parse.urlencode(query)), headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        said = []
        for header in answer.headers.get_all('Set-Cookie', []):
            name, value = header.split(';', 1)[0].split('=', 1)
            attributes = sorted(a.strip() for a in header.split(';')[1:] if 'expires' not in a.lower())
            gone = 'Max-Age=0' in header
            if not gone or name in self.cookies:  # Django deletes messages in cookies also where there is none
                said.append((name, 'expires' in header.lower(), attributes))
            if gone:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        connection.close()
        vary = sorted(v.strip() for v in (answer.headers.get('Vary') or '').split(',') if v.strip())
        return answer.status, body, sorted(said), vary


def random_value(rng, depth=0):
    kinds = ['text', 'int', 'float', 'bool', 'none', 'long'] + (['list', 'dict'] if depth < 2 else [])
    kind = rng.choice(kinds)
    return {'text': lambda: ''.join(rng.choice('ab"\\\n<&é\u2028😀') for _ in range(rng.randrange(9))),
            'int': lambda: rng.choice([0, 1, -7, 2 ** 31, 2 ** 62, 2 ** 70]), 'float': lambda: rng.choice([0.5, -1e300, 3.0, 1e-7]),
            'bool': lambda: rng.random() < .5, 'none': lambda: None, 'long': lambda: 'x' * rng.randrange(400),
            'list': lambda: [random_value(rng, depth + 1) for _ in range(rng.randrange(4))],
            'dict': lambda: {rng.choice('abcé'): random_value(rng, depth + 1) for _ in range(rng.randrange(4))}}[kind]()


class Model:
    """What both sites should show."""

    def __init__(self, storage):
        self.storage, self.session, self.messages = storage, {}, []

    def says(self, level, text, tags, safe):
        tag = {10: 'debug', 20: 'info', 25: 'success', 30: 'warning', 40: 'error'}.get(level, '')
        if level >= 20 and text:
            self.messages.append([level, text, ' '.join(t for t in (tags, tag) if t), safe])

    def items(self):
        return {k: v for k, v in self.session.items()}


def act(rng, model):
    """A step: the page, its parameters; the model takes it."""
    verb = rng.choices(['set', 'forget', 'flush', 'cycle', 'clear', 'broken', 'say', 'show', 'count', 'items', 'expiry', 'done'],
                       [8, 3, 1, 2, 1, 1, 8, 3, 2, 3, 1, 2])[0]
    in_session = model.storage.startswith('session')
    if verb == 'set':
        key, value = rng.choice(['a', 'b', 'é', 'items']), random_value(rng)
        model.session[key] = value
        return verb, {'key': key, 'value': json.dumps(value)}, None
    if verb == 'forget':
        key = rng.choice(['a', 'b', 'é', 'items'])
        model.session.pop(key, None)
        return verb, {'key': key}, None
    if verb in ('flush', 'clear'):
        model.session = {}
        if in_session:
            model.messages = []
        return verb, {}, None
    if verb == 'expiry':
        value = rng.choice([0, 300, None])
        model.session.pop('_session_expiry', None)
        if value is not None:
            model.session['_session_expiry'] = value
        return verb, {'value': json.dumps(value)}, None
    if verb == 'say':
        level, tags, safe = rng.choice([5, 10, 20, 25, 30, 40, 41]), rng.choice(['', '', 'sticky é']), rng.random() < .3
        text = rng.choice(['', 'Hello', 'a "b" \\ <i>c</i>\n', 'é\u2028😀', 'w' * 300])
        model.says(level, text, tags, safe)
        return verb, dict({'level': level, 'text': text}, **({'tags': tags} if tags else {}), **({'safe': 1} if safe else {})), None
    if verb == 'show':
        shown, model.messages = model.messages, []
        return verb, {}, shown
    if verb == 'count':
        return verb, {}, len(model.messages)
    if verb == 'broken':
        if not in_session:
            model.says(40, 'broken', '', False)
        return verb, {}, None
    return verb, {}, None


def take_turns(ours, theirs, rng, storage, given):
    visitor, model = Visitor(), Model(storage)
    for step in range(given.steps):
        if rng.random() < .05:
            visitor, model = Visitor(), Model(storage)
        site = rng.choice([ours, theirs])
        verb, query, wanted = act(rng, model)
        status, body, _, _ = visitor.get(site, verb, **query)
        told = 'step %d %s: %s %s -> %d %s' % (step, 'ours' if site is ours else 'Django', verb, query, status, body[:300])
        assert status == (500 if verb == 'broken' else 200), told
        if wanted is not None:
            assert json.loads(body) == wanted, (told, wanted)
        for other in (ours, theirs):
            where = 'ours' if other is ours else 'Django'
            found = json.loads(visitor.get(other, 'items')[1])
            found.pop('_messages', None)
            found.pop('_csrftoken', None)
            assert found == model.items(), (told, where, found, model.items())
            left = json.loads(visitor.get(other, 'count')[1])
            assert left == len(model.messages), (told, where, left, len(model.messages))


def side_by_side(ours, theirs, rng, storage, given):
    pair, model = (Visitor(), Visitor()), Model(storage)
    for step in range(given.steps):
        if rng.random() < .05:
            pair, model = (Visitor(), Visitor()), Model(storage)
        verb, query, _ = act(rng, model)
        verb = 'token' if verb == 'done' and rng.random() < .5 else verb
        a, b = pair[0].get(ours, verb, **query), pair[1].get(theirs, verb, **query)
        told = 'step %d: %s %s' % (step, verb, query)
        assert a[0] == b[0], (told, a, b)
        if verb in ('show', 'count', 'items'):
            first, second = json.loads(a[1]), json.loads(b[1])
            if verb == 'items':
                for one in (first, second):
                    one.pop('_csrftoken', None)
            assert first == second, (told, a, b)
        assert a[2] == b[2], (told, a[2], b[2])
        # A page that looked for messages in the cookie varies with it here; with the secret of forms in the session, only a page
        # that needs it does.
        assert 'CSRF_USE_SESSIONS=1' in given.setting or set(b[3]) <= set(a[3]) and (set(a[3]) == set(b[3]) or verb in ('show', 'count', 'say', 'broken')), (told, a[3], b[3])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('manage')
    parser.add_argument('--django', default='python3')
    parser.add_argument('--root', default='/')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--steps', type=int, default=60)
    parser.add_argument('--setting', action='append', default=[])
    given = parser.parse_args()
    django, root = given.django.split(), pathlib.Path(given.root)
    if subprocess.run(django + ['-c', 'import django; assert django.VERSION[:2] == (6, 1)'], capture_output=True).returncode:
        print('1..0 # SKIP no Python with Django 6.1')
        return 0
    folder = pathlib.Path(tempfile.mkdtemp(dir=root / 'tmp'))
    inside = pathlib.Path('/') / folder.relative_to(root)
    shutil.copy(HERE / 'visits' / 'django_site.py', folder)
    number = failed = 0
    print('1..%d' % (len(ENGINES) * len(STORAGES) * 2))
    for engine in ENGINES:
        for storage in STORAGES:
            number, failed = run_both(given, django, folder, inside, engine, storage, number, failed)
    shutil.rmtree(folder)
    return 1 if failed else 0


def run_both(given, django, folder, inside, engine, storage, number, failed):
    env = {'SECRET_KEY': 'a-secret-that-both-know-0123456789-abcdefghijklmnopqrstuvwxyz', 'ALLOWED_HOSTS': '*', 'PATH': os.environ['PATH'],
           'SESSION_ENGINE': 'django.contrib.sessions.backends.' + engine,
           'MESSAGE_STORAGE': 'django.contrib.messages.storage.' + storage, **dict(one.split('=', 1) for one in given.setting)}
    database = 'db-%d.sqlite3' % number
    own = dict(env, DATABASE_URL='sqlite:///%s/%s' % (folder, database), SESSION_FILE_PATH=str(folder))
    other = dict(env, DJANGO_DATABASE='%s/%s' % (inside, database), SESSION_FILE_PATH=str(inside))
    subprocess.run([given.manage, 'migrate'], env=own, check=True, stdout=subprocess.DEVNULL)
    ports = free_port(), free_port()
    ours = Site([given.manage, 'serve', '--bind', '127.0.0.1:%d' % ports[0], '--workers', '1'], ports[0], own)
    theirs = Site(django + [str(inside / 'django_site.py'), str(ports[1])], ports[1], other)
    for check in (take_turns, side_by_side):
        number += 1
        name = '%s: %s, %s' % (check.__name__.replace('_', ' '), engine, storage)
        try:
            check(ours, theirs, random.Random(given.seed * 1000 + number), storage, given)
            print('ok %d - %s' % (number, name), flush=True)
        except Exception as error:  # noqa: BLE001
            failed += 1
            print('not ok %d - %s\n# %s' % (number, name, str(error).replace('\n', '\n# ')), flush=True)
    ours.stop()
    theirs.stop()
    return number, failed


if __name__ == '__main__':
    sys.exit(main())
