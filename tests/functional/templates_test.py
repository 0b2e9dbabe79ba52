#!/usr/bin/env python3
"""Templates in whole programs: embedded ones in a program that stands alone, help, streamed pages. TAP output.

usage: templates_test.py BOOKSHOP PAGES
"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request

from site_under_test import ENVIRONMENT, Served

SLOW = 10 if os.environ.get('SLOW_BUILD') else 1
BOOKSHOP, PAGES = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


def alone():
    """The program and nothing else, in an empty folder: templates and static files are in it."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        program = shutil.copy(BOOKSHOP, folder / 'shop')
        env = dict(ENVIRONMENT, BASE_DIR=str(folder))
        subprocess.run([program, 'migrate'], cwd=folder, env=env, check=True, capture_output=True)
        subprocess.run([program, 'check'], cwd=folder, env=env, check=True, capture_output=True)
        with Served(program, folder, env) as visitor:
            code, page = visitor.get('/')
            assert code == 200 and '<title>' in page, (code, page[:300])
            with urllib.request.urlopen(visitor.base + '/static/bookshop/style.css') as answer:
                assert answer.headers['Content-Type'] == 'text/css; charset=utf-8', answer.headers
                etag, size = answer.headers['ETag'], len(answer.read())
                assert size > 1000 and etag
            request = urllib.request.Request(visitor.base + '/static/bookshop/style.css',
                                             headers={'If-None-Match': etag})
            code = 200
            try:
                urllib.request.urlopen(request)
            except urllib.error.HTTPError as error:
                code = error.code
            assert code == 304, code
            request = urllib.request.Request(visitor.base + '/static/bookshop/style.css', headers={'Range': 'bytes=2-5'})
            with urllib.request.urlopen(request) as answer:
                assert answer.status == 206 and len(answer.read()) == 4
                assert answer.headers['Content-Range'] == 'bytes 2-5/%d' % size
            assert visitor.get('/static/bookshop/none.css')[0] == 404
            assert visitor.get('/static/../shop')[0] == 404


def helps():
    def said(*arguments, status=0):
        done = subprocess.run([PAGES, 'help', *arguments], env=ENVIRONMENT, capture_output=True, text=True)
        assert done.returncode == status, (arguments, done)
        return done.stdout + done.stderr
    assert 'usage:' in said() and 'runserver' in said()
    assert said('check') == subprocess.run([PAGES, 'check', '--help'], env=ENVIRONMENT, capture_output=True, text=True).stdout
    everything = said('templates')
    for word in ('tag for', 'filter urlize', '{% load humanize %}', 'filter intcomma', '-> 4,500'):
        assert word in everything, word
    one = said('templates', 'truncatechars')
    assert 'abc…' in one and 'urlize' not in one
    assert 'intcomma' in said('templates', 'humanize') and 'urlize' not in said('templates', 'humanize')
    assert "no tag, filter or library 'nothing'" in said('templates', 'nothing', status=1)
    assert "no command 'chekc'. Did you mean check?" in said('chekc', status=2)


def ask(visitor, path, method='GET', version='HTTP/1.1'):
    """The head and body as they come, and whether the connection ended in the midst of the body."""
    port = int(visitor.base.rsplit(':', 1)[1])
    with socket.create_connection(('127.0.0.1', port), timeout=60) as s:
        s.sendall(('%s %s %s\r\nHost: localhost\r\nConnection: close\r\n\r\n' % (method, path, version)).encode())
        data = bytearray()
        while True:
            try:
                piece = s.recv(1 << 16)
            except ConnectionResetError:
                break
            if not piece:
                break
            data += piece
    head, _, body = bytes(data).partition(b'\r\n\r\n')
    return head.decode(), body


def unchunk(body):
    """The bytes of the chunks, and whether the last one came."""
    out, at = [], 0
    while True:
        end = body.find(b'\r\n', at)
        if end < 0:
            return b''.join(out), False
        size = int(body[at:end], 16)
        if size == 0:
            return b''.join(out), True
        out.append(body[end + 2:end + 2 + size])
        at = end + 2 + size + 2


def worker_memory(served):
    """The peak of the workers' memory, in KiB."""
    children = pathlib.Path('/proc/%d/task/%d/children' % (served.process.pid, served.process.pid)).read_text().split()
    return max(int(line.split()[1]) for child in children for line in pathlib.Path('/proc/%s/status' % child).read_text().splitlines()
               if line.startswith('VmHWM'))


def streams():
    with tempfile.TemporaryDirectory() as place:
        env = dict(ENVIRONMENT, RENDER_BUFFER='65536', DATABASE_URL='sqlite:///%s/db.sqlite3' % place, DEBUG='0')
        subprocess.run([PAGES, 'migrate'], env=env, check=True, capture_output=True)
        served = Served(PAGES, place, env)
        with served as visitor:
            # What fits goes as ever.
            head, body = ask(visitor, '/long/10/')
            assert head.startswith('HTTP/1.1 200 ') and 'Content-Length: %d' % len(body) in head, head
            assert body.count(b'<li>row ') == 10 and b'&lt;made&gt;' in body
            # What does not is sent as it is made, with the headers of the middleware and the cookie of the form below.
            head, body = ask(visitor, '/long/20000/')
            assert 'Transfer-Encoding: chunked' in head and 'Content-Length' not in head, head
            assert 'X-Frame-Options: DENY' in head and 'csrftoken=' in head and 'ETag' not in head, head
            body, whole = unchunk(body)
            assert whole and body.count(b'<li>row ') == 20000 and b'csrfmiddlewaretoken' in body
            head, body = ask(visitor, '/long/20000/', version='HTTP/1.0')
            assert 'Transfer-Encoding' not in head and body.count(b'<li>row ') == 20000, head
            head, body = ask(visitor, '/long/20000/', 'HEAD')
            assert head.startswith('HTTP/1.1 200 ') and body == b'', (head, body[:100])
            # Errors: the page before the first piece, a cut connection after it.
            head, body = ask(visitor, '/long/20000/?fail=5')
            assert head.startswith('HTTP/1.1 500 ') and b'<li>' not in body, head
            head, body = ask(visitor, '/long/20000/?fail=15000')
            body, whole = unchunk(body)
            assert head.startswith('HTTP/1.1 200 ') and not whole and b'<li>row 1000 ' in body, (head, whole)
            head, body = ask(visitor, '/long/10/?header=1')
            assert 'X-Late: yes' in head
            head, body = ask(visitor, '/long/20000/?header=1')
            assert not unchunk(body)[1] and 'X-Late' not in head, head
            # A transaction is committed before anything is said.
            head, body = ask(visitor, '/long-atomic/20000/')
            assert 'Content-Length: %d' % len(body) in head and body.count(b'<li>row ') == 20000, head
            # A client that goes away ends it.
            with socket.create_connection(('127.0.0.1', served.port)) as s:
                s.sendall(b'GET /long/1000000/ HTTP/1.1\r\nHost: localhost\r\n\r\n')
                s.recv(1000)
            assert visitor.get('/json/')[0] == 200
            # A million rows take no more memory than a few.
            before = worker_memory(served)
            head, body = ask(visitor, '/long/1000000/')
            body, whole = unchunk(body)
            assert whole and body.count(b'<li>row ') == 1000000
            after = worker_memory(served)
            assert after - before < 4096 * SLOW, (before, after)


TESTS = [alone, helps, streams]


def main():
    print('1..%d' % len(TESTS), flush=True)
    failed = 0
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print('ok %d - %s' % (number, test.__name__), flush=True)
        except Exception as error:  # the others are still tried
            failed += 1
            print('\n'.join('# ' + line for line in repr(error).splitlines()))
            print('not ok %d - %s' % (number, test.__name__), flush=True)
    return 1 if failed else 0


sys.exit(main())
