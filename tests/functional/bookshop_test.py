#!/usr/bin/env python3
"""Visits every page of the bookshop over its real catalogue, and writes a review. TAP output.

usage: bookshop_test.py MANAGE CATALOGUE
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from site_under_test import ENVIRONMENT, Served


def text(page):
    return html.unescape(re.sub(r'<[^>]+>', '', page))


def check_front(visitor, catalogue):
    code, page = visitor.get('/')
    assert code == 200
    assert page.count('class="card"') >= 6 or page.count('<li') > 10, page[:500]
    # Each first sentence stands beside its own book.
    for excerpt in catalogue['excerpt']:
        book = next(b for b in catalogue['book'] if b['pk'] == excerpt['fields']['book'])
        if excerpt['fields']['text'] in text(page):
            after = text(page).split(excerpt['fields']['text'], 1)[1]
            assert book['fields']['title'] in after[:300], (book['fields']['title'], after[:300])


def check_lists(visitor, catalogue):
    code, page = visitor.get('/books/')
    assert code == 200 and '%d books' % len(catalogue['book']) in text(page)
    code, page = visitor.get('/books/?page=2')
    assert code == 200 and 'page 2' in text(page)
    emma = [b for b in catalogue['book'] if 'emma' in b['fields']['title'].lower()]
    code, page = visitor.get('/books/?q=EMMA')
    assert code == 200 and all(b['fields']['title'] in text(page) for b in emma) and emma
    assert visitor.get('/books/?page=banana')[0] == 200
    code, page = visitor.get('/books/?q=%3Cscript%3Ealert(1)')
    assert code == 200 and '<script>' not in page and 'Nothing stands on this shelf' in page
    assert visitor.get('/books/?tag=no-such-tag')[0] == 404


def check_filters(visitor, catalogue):
    wanted = [b for b in catalogue['book'] if b['fields']['language'] == 'fr' and 1801 <= b['fields']['year'] <= 1900]
    code, page = visitor.get('/books/?language=fr&century=19')
    assert code == 200 and '%d book' % len(wanted) in text(page), (len(wanted), text(page)[:1500])
    tag = catalogue['tag'][0]
    wanted = [b for b in catalogue['book'] if tag['pk'] in b['fields']['tags']]
    code, page = visitor.get('/books/?tag=' + tag['fields']['slug'])
    assert code == 200 and '%d book' % len(wanted) in text(page)
    old = [b for b in catalogue['book'] if b['fields']['year'] <= 1500]
    assert '%d book' % len(old) in text(visitor.get('/books/?century=15')[1])


def check_every_book_and_author(visitor, catalogue):
    excerpts = {e['fields']['book']: e['fields']['text'] for e in catalogue['excerpt']}
    for book in catalogue['book']:
        code, page = visitor.get('/books/%s/' % book['fields']['slug'])
        assert code == 200 and book['fields']['title'] in text(page) and book['fields']['summary'] in text(page), book
        assert (book['pk'] in excerpts) == ('class="excerpt"' in page), book
        assert book['pk'] not in excerpts or excerpts[book['pk']] in text(page), book
    for author in catalogue['author']:
        code, page = visitor.get('/authors/%s/' % author['fields']['slug'])
        assert code == 200 and author['fields']['name'] in text(page), author
    assert visitor.get('/authors/')[0] == 200


def check_json(visitor, catalogue):
    code, page = visitor.get('/api/books/')
    answer = json.loads(page)
    assert code == 200 and answer['count'] == len(catalogue['book']) and len(answer['books']) == 50, answer
    assert set(answer['books'][0]) >= {'title', 'slug', 'author__name', 'year', 'price'}


def check_review(visitor, catalogue):
    path = '/books/%s/' % catalogue['book'][0]['fields']['slug']
    code, _, page = visitor.post(path, name='', email='nonsense', stars='9', text='Well <b>done</b>.')
    assert code == 200 and 'This field is required.' in page and 'Enter a valid email address.' in page
    assert 'Ensure this value is less than or equal to 5.' in page and 'Well &lt;b&gt;done&lt;/b&gt;.' in page
    assert 'value="nonsense"' in page and 'aria-invalid="true"' in page
    code, url, page = visitor.post(path, name='A reader', email='reader@example.org', stars='4', text='Well <b>done</b>.')
    assert code == 200 and url.endswith(path) and 'A reader' in page and 'Well &lt;b&gt;done&lt;/b&gt;.' in page


def check_refusals(visitor, catalogue):
    code, page = visitor.get('/no/such/page/')
    assert code == 404 and '<html' in page
    assert visitor.get('/books/no-such-book/')[0] == 404
    code, page = visitor.get('/books')
    assert code == 200, 'APPEND_SLASH leads to the list'
    code, page = visitor.get('/static/bookshop/style.css')
    assert code == 200 and 'prefers-color-scheme' in page


def main():
    manage, fixture = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    catalogue = {}
    for row in json.loads(fixture.read_text()):
        catalogue.setdefault(row['model'].split('.')[1], []).append(row)
    tests = [(n[6:].replace('_', ' '), f) for n, f in globals().items() if n.startswith('check_')]
    print('1..%d' % len(tests), flush=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        env = dict(ENVIRONMENT, DATABASE_URL='sqlite:///%s/shop.sqlite3' % folder)
        for command in (['check'], ['migrate'], ['loaddata', str(fixture)]):
            subprocess.run([str(manage)] + command, env=env, check=True, stdout=subprocess.DEVNULL)
        with Served(manage, folder, env) as visitor:
            for number, (name, function) in enumerate(tests, 1):
                try:
                    function(visitor, catalogue)
                    print('ok %d - %s' % (number, name), flush=True)
                except Exception as error:  # the other pages are still visited
                    failed += 1
                    print('\n'.join('# ' + line for line in ('%s: %s' % (type(error).__name__, error)).splitlines()))
                    print('not ok %d - %s' % (number, name), flush=True)
    return 1 if failed else 0


sys.exit(main())
