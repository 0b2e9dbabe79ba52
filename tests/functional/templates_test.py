#!/usr/bin/env python3
"""Templates in whole programs: embedded ones in a program that stands alone, help, streamed pages. TAP output.

usage: templates_test.py BOOKSHOP PAGES
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from site_under_test import ENVIRONMENT, Served

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


TESTS = [alone, helps]


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
