#!/usr/bin/env python3
"""Visits every page of the bookshop over its real catalogue, writes a review, edits a book, orders and checks out. TAP output.

usage: bookshop_test.py MANAGE CATALOGUE
"""
import html
import json
import pathlib
import re
import socket
import struct
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import zlib

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


def check_wrong_search(visitor, catalogue):
    code, page = visitor.get('/books/?tag=no-such-tag&century=99&language=en')
    english = [b for b in catalogue['book'] if b['fields']['language'] == 'en']
    assert code == 200 and 'Select a valid choice. That choice is not one of the available choices.' in page
    assert 'Select a valid choice. 99 is not one of the available choices.' in page
    assert '%d book' % len(english) in text(page), 'what is right filters all the same'
    assert 'value="en" selected' in page
    assert 'at most 100 characters' in visitor.get('/books/?q=' + 'x' * 101)[1]


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
    thanks = 'Thank you for the review of %s.' % catalogue['book'][0]['fields']['title']
    assert thanks in text(page) and page.count('class="notice success"') == 1
    assert thanks not in text(visitor.get(path)[1])  # once


def png(width, height):
    """A picture of one colour."""
    def part(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + b'\x8a\x2b\x22' * width for _ in range(height))
    return (b'\x89PNG\r\n\x1a\n' + part(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            part(b'IDAT', zlib.compress(rows)) + part(b'IEND', b''))


def book_fields(**changed):
    fields = dict(title='The Tower <of> Books', slug='the-tower-of-books', author='1', publisher='', year='1900', language='en',
                  price='12.50', added='2024-02-29', summary='A <b>tower</b>.', tags=['1', '2'])
    fields.update(changed)
    return fields


def check_editor_refuses(visitor, catalogue):
    code, _, page = visitor.send('/books/add/', book_fields(title='', slug=catalogue['book'][0]['fields']['slug'], author='99999',
                                                            price='1234567', added='yesterday', tags=['1', 'x'], year=''))
    assert code == 200
    for message in ('This field is required.', 'Book with this Slug already exists.',
                    'Select a valid choice. That choice is not one of the available choices.', 'Enter a valid date.',
                    'Ensure that there are no more than 6 digits in total.', '“x” is not a valid value.'):
        assert message in html.unescape(page), message
    assert 'role="alert"' in page and 'href="#id_title"' in page and 'aria-invalid="true"' in page
    assert 'A &lt;b&gt;tower&lt;/b&gt;.' in page, 'what was entered is still there, escaped'
    born = next(a for a in catalogue['author'] if a['fields'].get('born'))
    page = visitor.send('/books/add/', book_fields(author=str(born['pk']), year=str(born['fields']['born'] - 1)))[2]
    assert 'was born in %d only.' % born['fields']['born'] in page


def check_editor_refuses_files(visitor, catalogue):
    for name, content, message in (
            ('x.png', b'no picture', 'Upload a valid image.'), ('x.png', b'', 'The submitted file is empty.'),
            ('x.exe', png(2, 2), 'File extension “exe” is not allowed.'),
            ('x' * 101 + '.png', png(2, 2), 'Ensure this filename has at most 100 characters (it has 105).'),
            ('x.png', png(2, 2)[:16] + struct.pack('>II', 60000, 60000) + png(2, 2)[24:], 'Upload a valid image.'),
            ('x.svg', b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'Upload a valid image.')):
        code, _, page = visitor.send('/books/add/', book_fields(), {'cover': (name, content)})
        assert code == 200 and message in html.unescape(page), (name, message)


def check_editor_saves(visitor, catalogue):
    small, large = png(20, 30), png(1200, 1000) + b'x' * 3000000  # the second goes through a temporary file
    code, url, page = visitor.send('/books/add/', book_fields(), {'cover': ('../../my cover.png', small)})
    assert code == 200 and url.endswith('/books/the-tower-of-books/'), page[:3000]
    assert 'The Tower &lt;of&gt; Books' in page and '12.50' in page and 'src="/media/covers/my_cover.png"' in page
    assert visitor.fetch('/media/covers/my_cover.png')[2] == small
    code, page = visitor.get('/books/the-tower-of-books/edit/')
    assert 'Currently: <a href="/media/covers/my_cover.png">' in page and 'name="cover-clear"' in page
    assert 'value="2024-02-29"' in page and 'The Tower &lt;of&gt; Books' in page
    code, url, page = visitor.send('/books/the-tower-of-books/edit/', book_fields(title='The Tower', **{'cover-clear': 'on'}),
                                   {'cover': ('b.png', small)})
    assert 'Please either submit a file or check the clear checkbox, not both.' in page
    code, url, page = visitor.send('/books/the-tower-of-books/edit/', book_fields(title='The Tower'), {'cover': ('b.png', large)})
    assert 'src="/media/covers/b.png"' in page and visitor.fetch('/media/covers/b.png')[2] == large
    code, url, page = visitor.send('/books/the-tower-of-books/edit/', book_fields(title='The Tower'))
    assert 'src="/media/covers/b.png"' in page, 'no new file leaves the old one'
    code, url, page = visitor.send('/books/the-tower-of-books/edit/', book_fields(title='The Tower', **{'cover-clear': 'on'}))
    assert '/media/covers/b.png' not in page and 'cover-title' in page


def check_media(visitor, catalogue):
    code, headers, _, _ = visitor.fetch('/media/covers/my_cover.png')
    assert code == 200 and headers['Content-Type'] == 'image/png' and headers['X-Content-Type-Options'] == 'nosniff'
    assert 'sandbox' in headers['Content-Security-Policy']
    for path in ('/media/', '/media/covers/', '/media/../shop.sqlite3', '/media/%2e%2e/shop.sqlite3', '/media/none.png'):
        assert visitor.fetch(path)[0] in (400, 404), path


def order_fields(**changed):
    fields = {'name': 'A reader', 'email': 'reader@example.org', 'street': 'Long Lane 1', 'postcode': '12345', 'city': 'Bath',
              'delivery': 'post', 'note': '<i>quick</i>', 'lines-TOTAL_FORMS': '2', 'lines-INITIAL_FORMS': '0',
              'lines-MIN_NUM_FORMS': '1', 'lines-MAX_NUM_FORMS': '20', 'lines-0-book': '1', 'lines-0-quantity': '2',
              'lines-1-book': '', 'lines-1-quantity': '1'}
    fields.update(changed)
    return fields


def check_order(visitor, catalogue):
    for changed, message in (({'lines-0-book': ''}, 'This field is required.'),
                             ({'lines-TOTAL_FORMS': '0'}, 'Please submit at least 1 form.'),
                             ({'lines-0-quantity': '0'}, 'Ensure this value is greater than or equal to 1.'),
                             ({'lines-1-book': '1'}, 'Please correct the duplicate data for book.'),
                             ({'delivery': 'pigeon'}, 'Select a valid choice.'), ({'email': 'no'}, 'Enter a valid email address.'),
                             ({'lines-TOTAL_FORMS': 'x'}, '(Hidden field TOTAL_FORMS) Enter a whole number.'),
                             ({'lines-TOTAL_FORMS': '100000'}, 'Please submit at most 20 forms.')):
        code, _, page = visitor.send('/orders/new/', order_fields(**changed))
        assert code == 200 and message in html.unescape(page), (changed, message, text(page)[:3000])
    page = visitor.send('/orders/new/', order_fields(**{'lines-0-quantity': '0'}))[2]
    assert re.search(r'role="alert".*<a href="#id_lines-0-quantity">Line 1, Quantity</a>: Ensure this value is', page, re.S), page
    code, url, page = visitor.send('/orders/new/', order_fields())
    title = next(b['fields']['title'] for b in catalogue['book'] if b['pk'] == 1)
    assert code == 200 and title in text(page) and '&lt;i&gt;quick&lt;/i&gt;' in page and 'A reader' in page, text(page)
    path = '/' + url.split('/', 3)[3]
    page = visitor.get(path + 'edit/')[1]
    line = re.search(r'name="lines-0-id" value="(\d+)"', page)[1]
    owner = re.search(r'name="lines-0-order" value="(\d+)"', page)[1]
    changed = order_fields(**{'lines-INITIAL_FORMS': '1', 'lines-0-id': line, 'lines-0-order': owner, 'lines-0-DELETE': 'on',
                              'lines-1-book': '2', 'lines-1-quantity': '7', 'lines-1-order': owner})
    code, url, page = visitor.send(path + 'edit/', changed)
    other = next(b['fields']['title'] for b in catalogue['book'] if b['pk'] == 2)
    assert url.endswith(path) and other in text(page) and title not in text(page).split('Together')[0], text(page)
    assert visitor.get('/orders/nobodys-guess/')[0] == 404


def check_checkout(visitor, catalogue):
    emma = next(b['fields'] for b in catalogue['book'] if b['fields']['slug'] == 'emma')
    assert 'It is empty.' in visitor.get('/checkout/')[1]
    assert 'It is empty.' in visitor.get('/checkout/confirm/')[1], 'no step can be reached before its time'
    code, url, page = visitor.send('/books/emma/buy/', {}, page='/books/emma/')
    assert url.endswith('/checkout/') and emma['title'] in page and 'value="emma"' in page
    basket = {'form-TOTAL_FORMS': '1', 'form-INITIAL_FORMS': '1', 'form-0-slug': 'emma'}
    page = visitor.send('/checkout/', dict(basket, **{'form-0-quantity': '100'}))[2]
    assert 'Ensure this value is less than or equal to 99.' in page and 'value="100"' in page
    assert visitor.fetch('/checkout/confirm/')[3].endswith('/checkout/address/')
    code, url, page = visitor.send('/checkout/', dict(basket, **{'form-0-quantity': '3'}))
    assert url.endswith('/checkout/address/')
    address = {k: v for k, v in order_fields().items() if k in ('name', 'email', 'street', 'postcode', 'city')}
    page = visitor.send('/checkout/address/', dict(address, email='', name='<x>'))[2]
    assert 'This field is required.' in page and 'value="&lt;x&gt;"' in page
    assert visitor.send('/checkout/address/', address)[1].endswith('/checkout/delivery/')
    assert 'value="Long Lane 1"' in visitor.get('/checkout/address/')[1], 'going back shows what was entered'
    assert 'value="3"' in visitor.get('/checkout/')[1]
    assert 'Select a valid choice.' in visitor.send('/checkout/delivery/', {'delivery': 'pigeon', 'note': ''})[2]
    assert 'at most 200 characters' in visitor.send('/checkout/delivery/', {'delivery': 'post', 'note': 'x' * 201})[2]
    code, url, page = visitor.send('/checkout/delivery/', {'delivery': 'courier', 'note': 'ö' * 200})
    assert url.endswith('/checkout/confirm/') and 'By courier, tomorrow' in page and 'Long Lane 1' in page
    assert '€%.2f' % (3 * float(emma['price'])) in text(page), text(page)
    code, url, page = visitor.send('/checkout/confirm/', {})
    assert '/orders/' in url and emma['title'] in text(page) and 'By courier, tomorrow' in page
    assert 'It is empty.' in visitor.get('/checkout/')[1]


def check_checkout_is_signed(visitor, catalogue):
    visitor.send('/books/emma/buy/', {}, page='/books/emma/')
    cookie = next(c for c in visitor.cookies if c.name == 'checkout')
    assert 'HttpOnly' in cookie._rest and cookie._rest.get('SameSite') == 'Lax'
    good = cookie.value
    for value in (good[:-1] + ('A' if good[-1] != 'A' else 'B'), 'x' + good, good.split(':', 1)[0], '', 'a:b:c'):
        cookie.value = value
        assert 'It is empty.' in visitor.get('/checkout/')[1], value
    cookie.value = good
    assert 'value="emma"' in visitor.get('/checkout/')[1]


def check_too_much(visitor, catalogue):
    review = {'name': 'A', 'email': 'a@example.org', 'stars': '4'}
    for extra, code in (({'text': 'x' * 1000000}, 200), ({'text': 'x' * 3000000}, 400), ({'f%d' % i: '' for i in range(10000)}, 400),
                        ({'form-' * 100000: 'x', 'text': ''}, 200), ({'stars': '9' * 1000000, 'text': 'x'}, 200)):
        answer = visitor.send('/books/emma/', dict(review, **extra))
        assert answer[0] == code, (answer[0], code, str(extra)[:60])
        assert code != 200 or 'class="form-trouble"' in answer[2]
    code, _, page = visitor.send('/books/add/', book_fields(), {'f%d' % i: ('a.txt', b'x') for i in range(101)})
    assert code == 400, code
    assert visitor.get('/')[0] == 200


MARKUP = '"\'></title></textarea><svg/onload=alert(1)>{{7*7}}{%x%}\\'


def lacks_markup(code, page):
    assert code < 500, code
    for raw in ('<svg', '</title></textarea>', '"\'>', '49{%'):
        assert raw not in page, 'a page shows %s as it was sent' % raw


def check_what_is_sent_stays_text(visitor, catalogue):
    quoted, book = urllib.parse.quote(MARKUP, ''), '/books/%s/' % catalogue['book'][0]['fields']['slug']
    for path in ('/books/?q=' + quoted, '/books/?%s=%s' % (quoted, quoted), '/books/?century=%s&tag=%s' % (quoted, quoted),
                 '/books/?page=' + quoted, '/%s/' % quoted, '/books/%s/' % quoted, '/orders/%s/' % quoted):
        lacks_markup(*visitor.get(path))
    code, _, page = visitor.post(book, name=MARKUP, email=MARKUP, stars=MARKUP, text=MARKUP)
    lacks_markup(code, page)
    assert '{{7*7}}' in page and '&lt;svg' in page, 'the form shows what was sent'
    code, _, page = visitor.post(book, name='<svg/onload=alert(1)>', email='a@example.org', stars='1', text=MARKUP)
    lacks_markup(code, page)
    assert '&lt;svg' in visitor.get(book)[1]


def check_nothing_sent_becomes_a_header(visitor, catalogue):
    line = '%0d%0aX-Injected:%201'
    for target in ('/books' + line, '/books?' + line, '/books/' + line, '/%0d%0a/books', '//evil.example/books', '/%5cevil.example/books'):
        with socket.create_connection(('127.0.0.1', int(visitor.base.rsplit(':', 1)[1])), 10) as s:
            s.sendall(('GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' % target).encode())
            head = s.makefile('rb').read().partition(b'\r\n\r\n')[0].lower()
        assert head.startswith((b'http/1.1 2', b'http/1.1 3', b'http/1.1 4')) and b'\nx-injected' not in head, target
        assert b'location: //' not in head and b'location: http://evil' not in head and b'location: /\\' not in head, target


def check_forged_cookies_are_nobody(visitor, catalogue):
    for name in ('sessionid', 'csrftoken', 'messages', 'checkout'):
        for value in ('', 'x', '%00', '"', '\\"', '=' * 40, '.eJw:1r31eq:x', 'a:b:c', 'A' * 3000, '\xe9', ';;,,', '"\\012\\377"'):
            request = urllib.request.Request(visitor.base + '/books/', headers={'Cookie': '%s=%s; %s' % (name, value, name)})
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert answer.status == 200


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
        env = dict(ENVIRONMENT, DATABASE_URL='sqlite:///%s/shop.sqlite3' % folder, MEDIA_ROOT=folder + '/media', BOOKSHOP_EDITOR='1')
        for command in (['check'], ['migrate'], ['loaddata', str(fixture)], ['clearsessions']):
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
