#!/usr/bin/env python3
"""Asks the pages site for its pages over sockets, and holds `check` of the broken site against expected.txt. TAP output.

usage: pages_test.py SOURCE_FOLDER PAGES_MANAGE BROKEN_MANAGE
"""
import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE, PAGES, BROKEN = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
ENVIRONMENT = dict(os.environ, SECRET_KEY='a-key-for-the-tests-of-pages-0123456789-0123456789-0123456789', ALLOWED_HOSTS='localhost')
SLOW = 10 if os.environ.get('SLOW_BUILD') else 1


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Site:
    def __init__(self, *command, env=None, program=PAGES):
        self.port = free_port()
        arguments = [a.replace('PORT', '127.0.0.1:%d' % self.port) for a in command]
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([str(program)] + arguments, env=dict(ENVIRONMENT, **(env or {})), stdout=self.log, stderr=self.log)
        self.cookie = ''

    def __enter__(self):
        for _ in range(500):
            with socket.socket() as s:
                if s.connect_ex(('127.0.0.1', self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                raise AssertionError('the site ended: ' + self.said())
            time.sleep(0.02 * SLOW)
        raise AssertionError('the site does not answer: ' + self.said())

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30 * SLOW)
        self.log.close()

    def said(self):
        # Without a seek: the place to write at is the server's too, and it may be writing.
        return os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0).decode(errors='replace')

    def ask(self, path, method='GET', body=None, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10 * SLOW)
        given = {'Host': 'localhost'}
        if self.cookie:
            given['Cookie'] = self.cookie
        if body is not None:
            given['Content-Type'] = 'application/x-www-form-urlencoded'
        given.update(headers or {})
        connection.request(method, path, body, given)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response


def equal(got, expected):
    assert got == expected, 'expected %r, got %r' % (expected, got)


def has(text, *parts):
    for part in parts:
        assert part in text, '%r is not in %r' % (part, text[:1500])


def lacks(text, *parts):
    for part in parts:
        assert part not in text, '%r is in %r' % (part, text[:1500])


def test_pages():
    with Site('serve', '--bind', 'PORT', '--workers', '1') as site:
        page = site.ask('/?name=%3Cb%3E')
        equal(page.status, 200)
        has(page.text, 'Hello, &lt;b&gt;!', '<li>2: two</li>', '<li>3: 3.5</li>', 'href="/item/3/"', 'href="/static/site.css"')
        equal(page.getheader('X-Frame-Options'), 'DENY')
        equal(page.getheader('Content-Type'), 'text/html; charset=utf-8')
        equal(page.getheader('Set-Cookie'), None)
        equal(json.loads(site.ask('/json/').text), {'id': 7, 'name': 'Zo\u00eb', 'none': None, 'list': [1, 2]})
        has(site.ask('/pages/?page=2').text, '11 12', '(2 of 3, next 3)')
        has(site.ask('/pages/?page=x').text, '(1 of 3, next 2)')
        has(site.ask('/pages/?page=99').text, '21 22 23 24 25 (3 of 3)')
        style = site.ask('/static/site.css')
        equal((style.status, style.getheader('Content-Type'), style.getheader('X-Content-Type-Options')),
              (200, 'text/css; charset=utf-8', 'nosniff'))
        equal(site.ask('/static/../manage.c').status, 404)
        head = site.ask('/', 'HEAD')
        equal((head.status, head.text), (200, ''))
        assert int(head.getheader('Content-Length')) > 100


def test_errors_tell_visitors_nothing():
    with Site('serve', '--bind', 'PORT', '--workers', '1') as site:
        for code in (400, 403, 404, 405, 409, 410, 413, 429, 500, 503):
            page = site.ask('/status/%d/' % code)
            equal(page.status, code)
            lacks(page.text, 'secret', 'manage.c', 'Stack')
            equal(page.getheader('X-Content-Type-Options'), 'nosniff')
        has(site.ask('/nowhere/').text, '<title>Lost</title>', 'Lost: /nowhere/')
        has(site.ask('/item/101/').text, 'Lost: /item/101/')
        page = site.ask('/broken/')
        equal(page.status, 500)
        lacks(page.text, 'purpose', 'manage.c')
        equal(site.ask('/bad-template/').status in (200, 500), True)
        equal(site.ask('/', headers={'Host': 'evil.example'}).status, 400)
        has(site.said(), 'broken on <purpose>', 'manage.c:')


def test_a_crash_costs_one_request():
    with Site('serve', '--bind', 'PORT', '--workers', '1') as site:
        try:
            site.ask('/crash/')
            raise AssertionError('it answered')
        except (http.client.HTTPException, OSError):
            pass
        for _ in range(100):
            try:
                equal(site.ask('/json/').status, 200)
                break
            except OSError:
                time.sleep(0.02)


def test_memory_of_a_request_is_bounded():
    with Site('serve', '--bind', 'PORT', '--workers', '1', env={'REQUEST_MEMORY': '1000000'}) as site:
        equal([site.ask('/fill/%d/' % n).status for n in (500_000, 2_000_000, 500_000)], [200, 503, 200])
        has(site.said(), 'the memory budget')


def test_slashes_are_appended():
    with Site('serve', '--bind', 'PORT', '--workers', '1') as site:
        page = site.ask('/item/3?a=b')
        equal((page.status, page.getheader('Location')), (301, '/item/3/?a=b'))
        equal(site.ask('/nowhere').status, 404)


def test_forms_need_their_token():
    with Site('serve', '--bind', 'PORT', '--workers', '1') as site:
        equal(site.ask('/form/', 'POST', 'text=x').status, 403)
        page = site.ask('/form/')
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page.text)[1]
        cookie = re.search(r'csrftoken=(\w{32})', page.getheader('Set-Cookie'))[1]
        has(page.getheader('Vary'), 'Cookie')
        site.cookie = 'csrftoken=' + cookie
        answer = site.ask('/form/', 'POST', 'text=x&csrfmiddlewaretoken=' + token)
        equal((answer.status, answer.getheader('Location')), (302, '/item/7/'))
        equal(site.ask('/form/', 'POST', 'text=x').status, 403)
        equal(site.ask('/form/', 'POST', 'text=x&csrfmiddlewaretoken=' + token, {'Origin': 'https://evil.example'}).status, 403)
        equal(site.ask('/form/', 'POST', 'text=x', {'X-CSRFToken': token}).status, 302)


def test_the_debug_page_tells_everything_but_secrets():
    with Site('runserver', '--noreload', 'PORT') as site:
        site.cookie = 'sessionid=hush-hush'
        page = site.ask('/broken/?password=hush-hush&other=seen', headers={'Authorization': 'hush-hush'})
        equal(page.status, 500)
        has(page.text, 'ValueError', 'broken on &lt;purpose&gt;', 'manage.c', 'class="line here"', 'cv_raise(CV_ERROR_VALUE', 'seen')
        lacks(page.text, 'hush-hush', ENVIRONMENT['SECRET_KEY'], '<purpose>')
        page = site.ask('/nowhere/')
        equal(page.status, 404)
        has(page.text, 'item/&lt;int:id&gt;/', "name=&#x27;item&#x27;" if "name=&#x27;item" in page.text else "[name='item']")
        page = site.ask('/item/3', 'POST', 'a=b')
        equal(page.status, 500)
        has(page.text, 'trailing slash')
        page = site.ask('/form/', 'POST', 'a=b')
        equal(page.status, 403)
        has(page.text, 'CSRF cookie not set.')
        has(site.said(), '"GET /nowhere/" 404')
        page = site.ask('/bad-template/')
        equal(page.status, 500)
        has(page.text, 'ValueError', 'invalid literal for int() with base 10: &#x27;zero&#x27;', 'templates/bad.html:3:1',
            '{{ number|divisibleby:&quot;zero&quot; }}')
        has(site.said(), "templates/bad.html:3:1: ValueError: invalid literal for int() with base 10: 'zero'",
            '>    3  {{ number|divisibleby:"zero" }}')


def run(program, *arguments, env=None):
    return subprocess.run([str(program)] + list(arguments), capture_output=True, text=True, timeout=20 * SLOW,
                          env=dict(ENVIRONMENT, **(env or {})))


def test_the_command_line():
    done = run(PAGES, '--help')
    equal(done.returncode, 0)
    has(done.stdout, 'runserver', 'loaddata', 'migrate')
    for command in ('check', 'loaddata', 'migrate', 'runserver', 'serve', 'test'):
        done = run(PAGES, command, '--help')
        equal((done.returncode, done.stderr), (0, ''))
        has(done.stdout, 'usage:', command)
    done = run(PAGES)
    equal(done.returncode, 2)
    done = run(PAGES, 'runservr')
    equal(done.returncode, 2)
    has(done.stderr, 'Did you mean runserver?')
    done = run(PAGES, 'serve', '--bnid', 'x')
    equal(done.returncode, 2)
    has(done.stderr, 'Did you mean --bind?')
    equal(run(PAGES, 'serve', '--workers', 'x').returncode, 2)
    equal(run(PAGES, 'serve', 'x').returncode, 2)
    for name in ('', 'localhost:http', '127.0.0.1:65536', '::1:8000', 'unix:', 'unix:' + 'x' * 200):
        done = run(PAGES, 'serve', '--bind', name)
        equal(done.returncode, 2)
        has(done.stderr, '--bind must be HOST:PORT')
    equal(run(PAGES, 'loaddata').returncode, 2)
    done = run(PAGES, 'serve', '--bind', '127.0.0.1:0', env={'SECRET_KEY': ''})
    equal(done.returncode, 1)
    has(done.stderr, 'SECRET_KEY')
    elsewhere = ('serve', '--bind', '192.0.2.1:9')  # no address of this machine: it ends at once
    done = run(PAGES, *elsewhere, env={'ALLOWED_HOSTS': ''})
    equal(done.returncode, 1)
    has(done.stderr, 'ALLOWED_HOSTS is empty: every request will be refused.')
    lacks(run(PAGES, *elsewhere, env={'ALLOWED_HOSTS': 'example.org'}).stderr, 'ALLOWED_HOSTS')
    lacks(run(PAGES, *elsewhere, env={'ALLOWED_HOSTS': '', 'DEBUG': '1'}).stderr, 'ALLOWED_HOSTS')
    done = run(PAGES, 'check', env={'DEBUG': 'maybe', 'TIME_ZONE': 'Mars'})
    equal(done.returncode, 1)
    has(done.stderr, "DEBUG must be 1 or 0, not 'maybe'", "TIME_ZONE 'Mars'")


def test_big_uploads_go_to_temporary_files():
    with tempfile.TemporaryDirectory() as folder, Site('serve', '--bind', 'PORT', '--workers', '1', env={'FILE_UPLOAD_TEMP_DIR': folder}) as site:
        def send(size, name='../x.bin'):
            body = '--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n--b--\r\n' % (name, 'x' * size)
            return site.ask('/upload/', 'POST', body, {'Content-Type': 'multipart/form-data; boundary=b'})
        equal(send(1000).text, 'x.bin 1000 memory\n')
        big = send(4_000_000).text
        has(big, 'x.bin 4000000 ' + folder)
        for _ in range(50):
            if not os.listdir(folder):
                break
            time.sleep(0.02)
        equal(os.listdir(folder), [])
    with Site('serve', '--bind', 'PORT', '--workers', '1', env={'FILE_UPLOAD_TEMP_DIR': '/nowhere'}) as site:
        body = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n%s\r\n--b--\r\n' % ('x' * 4_000_000)
        equal(site.ask('/upload/', 'POST', body, {'Content-Type': 'multipart/form-data; boundary=b'}).status, 500)
        has(site.said(), 'No temporary file can be made in /nowhere')


FIXTURE = [
    {'model': 'stock.label', 'pk': 1, 'fields': {'name': 'old'}},
    {'model': 'stock.thing', 'pk': 7, 'fields': {'shelf': 3, 'title': 'A \u00eb', 'made': '1815-12-25', 'labels': [1]}},
    {'model': 'stock.thing', 'pk': 8, 'fields': {'shelf': 3, 'title': 'B', 'made': None, 'count': 5}},
    {'model': 'stock.thing', 'pk': 9, 'fields': {'shelf': 3, 'title': 'C'}},
    {'model': 'stock.shelf', 'pk': 3, 'fields': {'name': 'top', 'created': '2001-02-03T04:05:06Z'}},
]


def fixture(folder, text):
    path = pathlib.Path(folder) / 'fixture.json'
    path.write_text(text if isinstance(text, str) else json.dumps(text))
    return str(path)


def test_tables_and_fixtures():
    with tempfile.TemporaryDirectory() as folder:
        env = {'DATABASE_URL': 'sqlite:///%s/test.sqlite3' % folder}
        done = run(PAGES, 'migrate', env=env)
        equal((done.returncode, done.stdout.count('    Creating table '), done.stderr), (0, 3, ''))
        equal(run(PAGES, 'migrate', env=env).stdout,
              'Operations to perform:\n  Apply all migrations: (none)\n'
              'Running migrations:\n  No migrations to apply.\n')
        for _ in range(2):  # again: rows are replaced
            done = run(PAGES, 'loaddata', fixture(folder, FIXTURE), env=env)
            equal((done.returncode, done.stdout, done.stderr), (0, 'Installed 5 objects from 1 fixture.\n', ''))
        has(run(PAGES, 'loaddata', '--if-empty', fixture(folder, FIXTURE), env=env).stdout, '1 fixture left out')
        with sqlite3.connect(folder + '/test.sqlite3') as db:
            equal(db.execute('select * from stock_shelf').fetchall(), [(3, 'top', '2001-02-03 04:05:06')])
            equal(db.execute('select title, made, count from stock_thing order by id').fetchall(),
                  [('A \u00eb', '1815-12-25', 1), ('B', None, 5), ('C', None, 1)])
            equal(db.execute('select thing_id, label_id from stock_thing_labels').fetchall(), [(7, 1)])
        with Site('serve', '--bind', 'PORT', '--workers', '1', env=env) as site:
            has(site.ask('/shelf/top/').text, '<h1>top</h1>', 'A \u00eb, B (1 of 2) of 2001-02-03 04:05')
            has(site.ask('/shelf/top/?page=2').text, 'C (2 of 2)')
            equal(site.ask('/shelf/none/').status, 404)
            equal(json.loads(site.ask('/add/?name=x').text), {'shelves': 2})
            equal(site.ask('/shelf/x/').status, 404)
            equal(site.ask('/add/?name=y&fail=1').status, 500)
            equal(json.loads(site.ask('/add/?name=z').text), {'shelves': 3})
            equal(site.ask('/add-plainly/?name=p&fail=1').status, 500)
            equal(json.loads(site.ask('/add-plainly/?name=q').text), {'shelves': 5})
        with Site('serve', '--bind', 'PORT', '--workers', '1', env=dict(env, ATOMIC_REQUESTS='1')) as site:
            equal(site.ask('/add-plainly/?name=r&fail=1').status, 500)
            equal(json.loads(site.ask('/add-plainly/?name=s').text), {'shelves': 6})
            equal(site.ask('/add-plainly/?name=t&answer=1').status, 500)
            equal(site.ask('/add-freely/?name=u&fail=1').status, 500)
            equal(json.loads(site.ask('/add-freely/?name=v').text), {'shelves': 9})
            equal(site.ask('/add/?name=w&fail=1').status, 500)
            page = site.ask('/long/5000/')
            equal((page.status, page.text.count('<li>'), 'Content-Length' in page.headers), (200, 5000, True))
        with Site('runserver', '--noreload', 'PORT', env=env) as site:
            has(site.ask('/add/?name=y&fail=1').text, 'SQL of this request', 'INSERT INTO')


def worker_peak(site):
    """The most memory that the site's only worker has had, in KiB."""
    children = pathlib.Path('/proc/%d/task/%d/children' % (site.process.pid, site.process.pid)).read_text().split()
    return max(int(line.split()[1]) for child in children for line in pathlib.Path('/proc/%s/status' % child).read_text().splitlines()
               if line.startswith('VmHWM'))


def test_a_page_of_many_rows():
    with tempfile.TemporaryDirectory() as folder:
        env = {'DATABASE_URL': 'sqlite:///%s/test.sqlite3?timeout=60' % folder, 'RENDER_BUFFER': '65536'}
        equal(run(PAGES, 'migrate', env=env).returncode, 0)
        with sqlite3.connect(folder + '/test.sqlite3') as db:
            db.execute("insert into stock_shelf (id, name, created) values (1, 'top', '2001-02-03 04:05:06')")
            db.execute('with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000) insert into stock_thing '
                       "(id, shelf_id, title, count) select i, 1, 'thing ' || i, 1 from n")
        with Site('serve', '--bind', 'PORT', '--workers', '1', env=env) as site:
            equal(site.ask('/things/10000/').text.count(' on top'), 10000)
            first = worker_peak(site)
            page = site.ask('/things/100000/')  # which writes while it reads; waiting for itself takes it a minute
            equal((page.status, page.text.count(' on top'), page.text.count('wrote')), (200, 100000, 2))
            assert page.text.endswith('thing 100000 on top\nthat is all\n')
            second = worker_peak(site)
            assert SLOW > 1 or second - first < 4096, '%d KiB more for 100,000 rows' % (second - first)  # SQLite keeps 2 MiB of pages
            equal(site.ask('/things/100000/').status, 200)
            third = worker_peak(site)
            assert SLOW > 1 or third - second < 256, '%d KiB more for the same rows' % (third - second)
            equal(json.loads(site.ask('/add/?name=z').text), {'shelves': 8})


def test_moments_without_zones():
    """USE_TZ off: what is stored, shown and asked for is what the site's clock shows."""
    with tempfile.TemporaryDirectory() as folder:
        env = {'DATABASE_URL': 'sqlite:///%s/test.sqlite3' % folder, 'TIME_ZONE': 'Asia/Tokyo', 'USE_TZ': '0'}
        run(PAGES, 'migrate', env=env)
        done = run(PAGES, 'loaddata', fixture(folder, FIXTURE), env=env)
        equal(done.returncode, 1)
        has(done.stderr, 'SQLite backend does not support timezone-aware datetimes when USE_TZ is False.', 'Nothing was loaded.')
        naive = json.dumps(FIXTURE).replace('04:05:06Z', '04:05:06')
        equal(run(PAGES, 'loaddata', fixture(folder, naive), env=env).returncode, 0)
        with Site('serve', '--bind', 'PORT', '--workers', '1', env=env) as site:
            has(site.ask('/shelf/top/').text, 'of 2001-02-03 04:05')
            equal(json.loads(site.ask('/add/?name=new').text), {'shelves': 2})
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).replace(tzinfo=None)
        with sqlite3.connect(folder + '/test.sqlite3') as db:
            (top,), (new,) = db.execute('select created from stock_shelf order by id').fetchall()
        equal(top, '2001-02-03 04:05:06')
        assert abs(datetime.datetime.fromisoformat(new) - now) < datetime.timedelta(minutes=5), (new, now)
        asked = 'Shelf.objects.filter(created__hour=4, created__year=2001).values_list("created", flat=True)'
        equal(json.loads(run(PAGES, 'shell', '--json', '-c', asked, env=env).stdout)['result'], [{'$datetime': '2001-02-03T04:05:06'}])
        with Site('serve', '--bind', 'PORT', '--workers', '1', env=dict(env, USE_TZ='1')) as site:
            has(site.ask('/shelf/top/').text, 'of 2001-02-03 13:05')


def test_the_shell():
    with tempfile.TemporaryDirectory() as folder:
        env = {'DATABASE_URL': 'sqlite:///%s/test.sqlite3' % folder}
        run(PAGES, 'migrate', env=env)
        done = run(PAGES, 'shell', '-c', 'Shelf.objects.count()', env=env)
        equal((done.returncode, done.stdout, done.stderr), (0, '0\n', ''))
        done = run(PAGES, 'shell', '-c', 'Shelf.objects.filter(nam="x")', env=env)
        equal((done.returncode, done.stdout), (1, ''))
        has(done.stderr, 'FieldError', 'nam')
        done = run(PAGES, 'shell', '--json', '-c', 'Shelf.objects.filter(nam="x")', env=env)
        equal((done.returncode, done.stderr), (0, ''))
        equal(json.loads(done.stdout)['result']['$error'], 'FieldError')
        equal(run(PAGES, 'shell', 'x', env=env).returncode, 2)


def test_fixtures_with_mistakes():
    cases = [
        ('[{"model": "stock.shelf", "pk": 1, "fields": {"name": "a"}},\n {"model": "stock.shelv", "pk": 1, "fields": {}}]', ':2: ', "no model 'stock.shelv'", 'stock.shelf'),
        ('[\n{"model": "stock.shelf", "pk": 1, "fields": {"nam": "a"}}]', ':2: ', "no field named 'nam'", "'name'"),
        ('[\n\n{"model": "stock.thing", "pk": 1, "fields": {"shelf": 1, "title": "a", "count": "many"}}]', ':3: ', 'many'),
        ('[{"model": "stock.label", "pk": 1, "fields": {"name": "a"}},\n {"model": "stock.label", "pk": 2, "fields": {"name": "a"}},\n'
         ' {"model": "stock.label", "pk": 3, "fields": {"name": "a"}},\n {"model": "stock.label", "pk": 4, "fields": {"nam": "b"}}]',
         ':2: ', ':3: ', 'stock_label.name', ':4: ', "no field named 'nam'"),
        ('[\n{"model": "stock.thing", "pk": 1, "fields": {"shelf": 1, "title": "a", "made": "2001-02-30"}}]', ':2: ', '2001-02-30'),
        ('[\n{"model": "stock.thing", "pk": 1,\n "fields": {"shelf": 1,, "title": "a"}}]', ':3: '),
        ('[\n{"model": "stock.thing", "pk": 1, "fields": {"shelf": 77, "title": "a"}}]', 'stock_thing', '77'),
        ('{}', ':1: ', 'array of objects'),
        ('[{"pk": 1}]', ':1: ', '"model"'),
        ('[', ':1: ', 'does not end'),
    ]
    with tempfile.TemporaryDirectory() as folder:
        env = {'DATABASE_URL': 'sqlite:///%s/test.sqlite3' % folder}
        equal(run(PAGES, 'migrate', env=env).returncode, 0)
        for text, *parts in cases:
            done = run(PAGES, 'loaddata', fixture(folder, text), env=env)
            equal(done.returncode, 1)
            has(done.stderr, *parts)
            has(done.stderr, 'Nothing was loaded.')
        done = run(PAGES, 'loaddata', folder + '/none.json', env=env)
        equal(done.returncode, 1)
        has(done.stderr, 'none.json: No such file')
        with sqlite3.connect(folder + '/test.sqlite3') as db:
            equal(db.execute('select count(*) from stock_shelf').fetchone(), (0,))
    has(run(PAGES, 'migrate', env={'DATABASE_URL': 'mongo://x'}).stderr, 'DATABASE_URL')
    has(run(PAGES, 'migrate', env={'DATABASE_URL': ''}).stderr, 'no database')


def test_check():
    done = run(PAGES, 'check')
    equal((done.returncode, done.stdout), (0, 'System check identified no issues (0 silenced).\n'))
    done = run(PAGES, 'check', '--deploy', env={'SECRET_KEY': 'short', 'ALLOWED_HOSTS': '', 'DEBUG': '1'})
    equal(done.returncode, 1)
    has(done.stdout + done.stderr, 'security.W009', 'security.W018', 'security.W020', 'security.W008')


def test_check_finds_every_mistake():
    done = run(BROKEN, 'check')
    equal(done.returncode, 1)
    messages = re.split(r'\n(?! )', done.stderr)
    missed, used = [], set()
    for line in (HERE / 'broken_site/expected.txt').read_text().splitlines():
        if line.startswith('#'):
            continue
        place, part, hint = line.split('|')
        start = re.escape(place) + r'[:0-9]*: error' if place else '^error'
        found = [i for i, m in enumerate(messages) if re.search(start, m) and part in m and hint in m]
        used.update(found)
        if not found:
            missed.append('%s (%s; %s): %s' % (place, part, hint, [m for m in messages if place in m]))
    more = [m for i, m in enumerate(messages) if i not in used and re.search('(^|: )error', m)]
    assert not missed and not more, 'missed: %s\nmore: %s' % ('\n'.join(missed), '\n'.join(more))
    done = run(BROKEN, 'serve', '--bind', '127.0.0.1:0')
    equal(done.returncode, 1)


def test_runserver_builds_and_starts_again():
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        program = folder / 'manage'
        shutil.copytree(HERE / 'pages/templates', folder / 'templates')
        shutil.copytree(HERE / 'pages/static', folder / 'static')
        shutil.copy(PAGES, program)
        (folder / 'views.c').write_text('one')
        # The "build" puts another program in place, one that says something else; or fails.
        build = 'grep -q bad %s/views.c && { echo "views.c:1: error: bad"; exit 1; }; cp %s %s.new && mv %s.new %s && echo built' % (
            folder, PAGES, program, program, program)
        env = {'BASE_DIR': str(folder), 'BUILD_COMMAND': build}
        with Site('runserver', 'PORT', env=env, program=program) as site:
            children = lambda: pathlib.Path('/proc/%d/task/%d/children' % (site.process.pid, site.process.pid)).read_text().split()

            def wait(what):
                for _ in range(250 * SLOW):
                    if what():
                        return True
                    time.sleep(0.04)
                return False
            equal(site.ask('/json/').status, 200)
            first = children()
            (folder / 'views.c').write_text('two')
            assert wait(lambda: len(children()) == 1 and children() != first), 'it did not start again: ' + site.said()
            assert wait(lambda: socket.socket().connect_ex(('127.0.0.1', site.port)) == 0), 'it does not answer again'
            equal(site.ask('/json/').status, 200)
            second = children()
            (folder / 'views.c').write_text('bad')
            assert wait(lambda: 'The build failed' in site.said()), site.said()
            has(site.said(), 'views.c:1: error: bad', 'the old program keeps serving')
            equal(children(), second)
            equal(site.ask('/json/').status, 200)
            (folder / 'templates/pages.html').write_text('changed')
            equal(site.ask('/pages/').text, 'changed')
    finally:
        shutil.rmtree(folder)


def main():
    tests = [(n[5:].replace('_', ' '), f) for n, f in globals().items() if n.startswith('test_')]
    only = sys.argv[4] if len(sys.argv) > 4 else ''
    tests = [(n, f) for n, f in tests if only in n]
    print('1..%d' % len(tests), flush=True)
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print('ok %d - %s' % (number, name), flush=True)
        except Exception as error:  # a test that breaks has failed; the others still run
            failed += 1
            print('# ' + ('%s: %s' % (type(error).__name__, error)).replace('\n', '\n# '))
            print('not ok %d - %s' % (number, name), flush=True)
    return 1 if failed else 0


sys.exit(main())
