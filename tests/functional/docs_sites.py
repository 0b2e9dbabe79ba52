#!/usr/bin/env python3
"""Builds and runs the sites that the documents show: every fenced block whose first line names a file becomes that file.
The library is installed into a temporary folder first, so what is tested is what a reader would do. TAP output.

usage: docs_sites.py BUILD TOP
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from site_under_test import ENVIRONMENT, Served

BLOCK = re.compile(r'^```\w+ (\S+\.\w+|\S*Makefile)\n(.*?)^```$', re.M | re.S)


def write_site(document, folder):
    """The last block of a name wins: a tutorial may show a file growing."""
    for name, text in BLOCK.findall(document.read_text()):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def run(command, folder, env):
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, '%s: %s%s' % (' '.join(command), done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def line_of(path, text):
    return [number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line][0]


def readme(top, folder, env):
    write_site(top / 'README.md', folder)
    run(['make'], folder, env)
    run(['./manage', 'migrate'], folder, env)
    with Served('./manage', folder, env) as visitor:
        assert 'Nothing yet.' in visitor.get('/')[1]
        code, url, page = visitor.post('/', title='First <note>', text='Hello\n\nworld')
        assert code == 200 and url.endswith('/1/'), (code, url)
        assert '<h1>First &lt;note&gt;</h1>' in page and '<p>Hello</p>' in page
        code, url, page = visitor.post('/', title='', text='no title')
        assert code == 200 and 'This field is required.' in page
        assert 'First &lt;note&gt;' in visitor.get('/?q=first')[1]
        assert 'Nothing yet.' in visitor.get('/?q=second')[1]
        assert visitor.get('/2/')[0] == 404


def misspelt(top, folder, env):
    """The README promises that a typo is an error with file, line and suggestion."""
    write_site(top / 'README.md', folder)
    site = folder / 'site.c'
    site.write_text(site.read_text().replace('"title__icontains"', '"titel__icontains"'))
    page = folder / 'templates/note_list.html'
    page.write_text(page.read_text().replace("{% url 'note' id=", "{% url 'noet' id="))
    done = subprocess.run(['make'], cwd=folder, env=env, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode != 0, 'make passes'
    line = site.read_text()[:site.read_text().index('"titel')].count('\n') + 1
    assert 'site.c:%d' % line in said, said
    for word in ('titel', 'title', 'noet', 'note_list.html'):
        assert word in said, said


def tutorial(top, folder, env):
    document = top / 'docs/tutorial/first-site.md'
    write_site(document, folder)
    run(['make'], folder, env)
    run(['./manage', 'makemigrations'], folder, env)
    run(['./manage', 'migrate'], folder, env)
    run(['./manage', 'loaddata', 'polls.json'], folder, env)
    with Served('./manage', folder, env) as visitor:
        assert 'What is your favourite season?' in visitor.get('/')[1]
        code, url, page = visitor.post('/1/', choice='1')
        assert code == 200 and url.endswith('/1/results/') and '1 vote' in page, (code, url, page)
        assert visitor.get('/99/')[0] == 404
    test = folder / 'tests/test_votes'
    test.parent.mkdir()
    test.write_text(re.search(r'^```sh tests/test_votes\n(.*?)^```$', document.read_text(), re.M | re.S)[1])
    test.chmod(0o755)
    assert run(['./manage', 'test'], folder, env).endswith('tests/test_votes\nRan 1 test program, 0 failed.\n')
    line = re.search(r'^```c\n( +DateField +\(closes.*\n)```$', document.read_text(), re.M)[1]
    models = folder / 'models.def.h'
    models.write_text(models.read_text().replace('    Related       (choices', line + '    Related       (choices'))
    run(['make'], folder, env)
    assert '0002_question_closes.def.h' in run(['./manage', 'makemigrations'], folder, env)
    assert 'Applying polls.0002_question_closes... OK' in run(['./manage', 'migrate'], folder, env)
    asked = run(['./manage', 'shell', '--json', '-c', 'list(Choice.objects.values_list("text", "votes", "question__closes"))'], folder, env)
    assert json.loads(asked)['result'] == [['Spring', 1, None], ['Autumn', 0, None]], asked


def own_fields(top, folder, env):
    write_site(top / 'docs/tutorial/own-fields.md', folder)
    run(['make'], folder, env)
    with Served('./manage', folder, env) as visitor:
        page = visitor.get('/')[1]
        assert '<span class="money">€ <input type="number" name="price"' in page, page
        assert 'aria-describedby="id_isbn_helptext"' in page
        page = visitor.post('/', isbn='978-0-14-143958-8', copies='13', price='9.999')[2]
        for message in ('This is not the number of a book.', 'We pack 12 together: 13 is no such number.',
                        'Ensure that there are no more than 2 decimal places.'):
            assert message in page, (message, page)
        assert 'value="978-0-14-143958-8"' in page and 'This field is required.' in visitor.post('/', isbn='')[2]
        assert visitor.post('/', isbn='978-0-14-143958-7', copies='24', price='9.90')[2] == '24 of 9780141439587 at 9.90\n'


def templates(top, folder, env):
    write_site(top / 'docs/topics/templates.md', folder)
    run(['make'], folder, env)
    page = run(['./manage', 'help', 'templates', 'shop_tags'], folder, env)
    assert 'tag total price count=1' in page and '-> 12.50 EUR' in page, page
    alone = folder / 'alone'
    alone.mkdir()
    shutil.copy(folder / 'manage', alone / 'manage')
    shutil.rmtree(folder / 'templates')
    with Served('./manage', alone, dict(env, BASE_DIR=str(alone))) as visitor:
        page = visitor.get('/')[1]
        for part in ('<title>Teas - Shop</title>', 'A tin: 12.50 EUR', '<section><h2>Our teas</h2><ul><li>1. Assam</li>',
                     '<li>2. Earl &lt;Grey&gt;</li>', 'Three tins: 37.50 EUR'):
            assert part in page, (part, page)


LINES = {'lines-TOTAL_FORMS': '2', 'lines-INITIAL_FORMS': '0', 'lines-0-product': '1', 'lines-0-amount': '3',
         'lines-1-product': '', 'lines-1-amount': '1'}


def forms(top, folder, env):
    write_site(top / 'docs/topics/forms.md', folder)
    run(['make'], folder, env)
    run(['./manage', 'migrate'], folder, env)
    run(['./manage', 'loaddata', 'products.json'], folder, env)
    with Served('./manage', folder, env) as visitor:
        assert 'value="Tea"' in visitor.get('/products/1/')[1]
        page = visitor.post('/products/1/', name='Cup', price='x')[2]
        assert 'There is such a product already.' in page and 'Enter a number.' in page, page
        assert 'value="5.00"' in visitor.post('/products/1/', name='Tea', price='5')[2]
        page = visitor.get('/orders/add/')[1]
        assert 'Delivery day' in page and '<option value="2">Cup</option>' in page and 'Pot' not in page, page
        order = dict(LINES, customer='Ann', email='ann@example.org', deliver_year='', deliver_month='', deliver_day='', terms='on')
        page = visitor.post('/orders/add/', **dict(order, email='ann', **{'lines-0-amount': '101'}))[2]
        for message in ('Enter a valid email address.', 'We do not have 101 of it.'):
            assert message in page, (message, page)
        assert '<ul class="errorlist" role="alert" id="id_email_error">\n<li>Enter a valid email' in page, page
        assert 'Please submit at least 1 form.' in visitor.post('/orders/add/', **dict(order, **{'lines-0-product': '', 'lines-0-amount': '1'}))[2]
        assert 'Select a valid choice.' in visitor.post('/orders/add/', **dict(order, **{'lines-0-product': '3'}))[2]
        code, url, page = visitor.post('/orders/add/', **order)
        assert code == 200 and url.endswith('/orders/1/') and 'name="lines-0-id" value="1"' in page, (url, page)
        changed = dict(order, **{'lines-INITIAL_FORMS': '1', 'lines-0-id': '1', 'lines-0-order': '1', 'lines-0-amount': '4'})
        assert 'name="lines-0-amount" value="4"' in visitor.post('/orders/1/', **changed)[2]
        assert 'The inline value did not match' in visitor.post('/orders/1/', **dict(changed, **{'lines-0-order': '2'}))[2]
    document = folder / 'forms.def.h'
    document.write_text(document.read_text().replace('CV_LIST("name", "price")', 'CV_LIST("nmae", "price")'))
    done = subprocess.run(['make'], cwd=folder, env=env, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode != 0 and 'forms.def.h:1' in said and "Did you mean 'name'?" in said, said


def startproject(top, folder, env):
    run([env['CARAVAN'], 'startproject', 'mysite', str(folder)], folder, env)
    run(['make'], folder, env)
    with Served('./manage', folder, dict(env, DEBUG='1')) as visitor:
        code, page = visitor.get('/')
        assert 'no such table: mysite_note' in page and './manage migrate' in page, (code, page[:4000])
        assert 'views.c:%d</code> <span class="soft">in note_list' % line_of(folder / 'views.c', 'cv_paginate') in page, page[:4000]
    run(['./manage', 'migrate'], folder, env)
    with Served('./manage', folder, env) as visitor:
        assert visitor.get('/')[0] == 200
        code, url, page = visitor.post('/', title='', text='no title')
        assert code == 200 and 'This field is required.' in page, (code, page)
        code, url, page = visitor.post('/', title='First', text='Hello')
        assert code == 200 and url.endswith('/1/') and '<h1>First</h1>' in page, (code, url)
    (folder / 'models.def.h').write_text((folder / 'models.def.h').read_text().replace('MODEL(Note', '#include "old.def.h"\nMODEL(Note'))
    (folder / 'old.def.h').write_text('/* A header that goes away again must not stop the build. */\n')
    run(['make'], folder, env)
    (folder / 'models.def.h').write_text((folder / 'models.def.h').read_text().replace('#include "old.def.h"\n', ''))
    (folder / 'old.def.h').unlink()
    run(['make'], folder, env)
    lost = subprocess.run(['make', '-B'], cwd=folder, env=dict(env, PKG_CONFIG_PATH='/nowhere'), capture_output=True, text=True)
    assert lost.returncode != 0 and 'Caravan is not found: PKG_CONFIG_PATH must name' in lost.stderr, lost.stderr
    for arguments, said in ((['starproject', 'x'], "There is no command 'starproject'. Did you mean startproject?"),
                            (['startproject', 'mysite', str(folder)], 'Makefile is there already.')):
        done = subprocess.run([env['CARAVAN']] + arguments, capture_output=True, text=True)
        assert done.returncode != 0 and said in done.stderr, done.stderr
    assert run([env['CARAVAN'], '--version'], folder, env).startswith('caravan ')


def apps(top, folder, env):
    """A second app in a folder of its own, put into what startproject wrote."""
    document = top / 'docs/topics/apps.md'
    run([env['CARAVAN'], 'startproject', 'mysite', str(folder)], folder, env)
    write_site(document, folder)
    makefile, manage = folder / 'Makefile', folder / 'manage.c'
    for line in re.search(r'^```make\n(.*?)^```$', document.read_text(), re.M | re.S)[1].splitlines(True):
        begin = re.escape(re.match(r'\s*\S+', line)[0])
        makefile.write_text(re.sub('^' + begin + ' .*\n', lambda found, line=line: line, makefile.read_text(), flags=re.M))
    run(['make'], folder, env)
    said = run(['./manage', 'makemigrations', 'polls'], folder, env)
    assert said == document.read_text().split('./manage makemigrations polls\n')[1].split('```')[0], said
    manage.write_text(manage.read_text().replace('.models = polls_models,', '.models = polls_models, .migrations = &polls_migrations,'))
    makefile.write_text(makefile.read_text().replace('polls/models.c', 'polls/models.c polls/migrations.c'))
    run(['make'], folder, env)
    assert 'Applying polls.0001_initial... OK' in run(['./manage', 'migrate'], folder, env)
    run(['./manage', 'shell', '-c', 'Question.objects.create(text="Why?")'], folder, env)
    with Served('./manage', folder, env) as visitor:
        page = visitor.get('/polls/')[1]
        assert '<p>Why?</p>' in page and '<a href="/polls/">Polls</a>' in page, page


MISTAKES = [  # file, what stands there, what is written instead, what is said, as docs/topics/mistakes.md has it
    ('models.def.h', '.max_length', '.max_lenght', "'CvTextOptions' has no member named 'max_lenght'; did you mean 'max_length'?", None),
    ('models.def.h', 'MODEL(Note', 'MODEL(Book)\n    TextField (text)\n\nMODEL(Note',
     "invalid storage class for function 'cv_END_is_missing_before_Note'", "invalid storage class for function 'cv_END_is_missing_before_Book'"),
    ('models.def.h', 'TextField ', 'StringField ', "implicit declaration of function 'StringField'; did you mean 'SlugField'?", None),
    ('models.def.h', '.max_length = 80)', '.max_length = 80', 'unterminated argument list invoking macro "CharField"', None),
    ('models.def.h', 'END', '    ForeignKey (book, Bok, .on_delete = CV_CASCADE)\nEND', "unknown type name 'Bok_ref'", None),
    ('models.def.h', 'END', '    ManyToManyField (notes, Note, .through = "Note")\nEND', "from incompatible pointer type 'char *'", None),
    ('models.c', 'note_str(const', 'title_of(const', "'note_str' undeclared here", "'book_str' undeclared here"),
    ('views.c', '#include "models.h"', '', "unknown type name 'Note'", "unknown type name 'Book'"),
    ('views.c', '"form", form)', '"form")', 'keyword arguments come in pairs', None),
    ('views.c', '#include <caravan/forms_define.h>', '', "undefined reference to `NoteForm_type'", "undefined reference to 'BookForm_type'"),
    ('manage.c', '.models = mysite_models,', '', 'Model Note is in no installed app', 'Model CvContentType is in no installed app'),
    ('templates/note.html', '{{ note.text', '{{ nota.text', "'nota' is read, but no cv_render of 'note.html' gives it",
     "'book' is read, but no cv_render of 'book.html' gives it"),
    ('templates/note.html', '%}\n{% block', '%}{% load shop_tags %}\n{% block', "'shop_tags' is not a registered tag library", None),
]


def mistakes(top, folder, env):
    """Each mistake has the message that the page of messages explains, and one mistake is a screen of messages at most."""
    page = (top / 'docs/topics/mistakes.md').read_text()
    run([env['CARAVAN'], 'startproject', 'mysite', str(folder)], folder, env)
    run(['make'], folder, env)
    for name, right, wrong, said, told in MISTAKES:
        file = folder / name
        text = file.read_text()
        assert right in text and (told or said) in page, (right, told or said)
        file.write_text(text.replace(right, wrong, 1))
        done = subprocess.run(['make'], cwd=folder, env=dict(env, LC_ALL='C'), capture_output=True, text=True)
        assert done.returncode != 0 and said in done.stdout + done.stderr, (said, done.stdout + done.stderr)
        assert len(done.stderr.splitlines()) <= 50, done.stderr
        if name.endswith('.html'):
            assert name + ':' in done.stderr, done.stderr
        file.write_text(text)
    run(['make'], folder, env)


def answers(top, folder, env, *pages):
    """The site of these topics gives the answer that the last of them shows."""
    for page in pages:
        write_site(top / 'docs/topics' / page, folder)
    run(['make'], folder, env)
    run(['./manage', 'migrate'], folder, env)
    with Served('./manage', folder, env) as visitor:
        said = visitor.get('/')[1]
        assert said == (folder / 'answer.txt').read_text(), said


def migrations(top, folder, env):
    """The page from its beginning: files are written and commands are run as they come."""
    for kind, name, text in re.findall(r'^```(\w+) ?(\S*)\n(.*?)^```$', (top / 'docs/topics/migrations.md').read_text(), re.M | re.S):
        if name:
            (folder / name).write_text(text)
        for said in text.split('$ ')[1:] if kind == 'console' else []:
            command, _, wanted = said.partition('\n')
            came = run(command.split(), folder, env)
            assert command == 'make' or came.replace(str(folder), '/home/ann/library') == wanted, '%s: %s' % (command, came)


def writing(top, folder, env):
    answers(top, folder, env, 'models.md', 'queries.md', 'writing.md')


def relations(top, folder, env):
    answers(top, folder, env, 'relations.md')
    asked = 'list(ContentType.objects.order_by("id").values_list("app_label", "model"))'
    models = [tuple(row) for row in json.loads(run(['./manage', 'shell', '--json', '-c', asked], folder, env))['result']]
    assert ('library', 'author') in models and ('contenttypes', 'contenttype') in models and len(set(models)) == len(models), models


def database(top, folder, env):
    answers(top, folder, env, 'database.md')


def own_model_fields(top, folder, env):
    answers(top, folder, env, 'own-model-fields.md')


def links(top, folder, env):
    """Each link leads to a file, and the index of the documents leads to each page."""
    index = (top / 'docs/README.md').read_text()
    pages = [path for path in top.glob('docs/**/*.md') if path.name != 'README.md']
    for page in pages:
        name = page.relative_to(top / 'docs').as_posix()
        assert name in index or (page.parent / 'index.md') in pages and page.name != 'index.md', name + ' is not in the index'
    for page in [*pages, *top.glob('docs/README.md'), *top.glob('*.md'), *top.glob('examples/*/README.md')]:
        for target in re.findall(r'\]\(([^)#:]+)(?:#[^)]*)?\)', re.sub(r'^```.*?^```$', '', page.read_text(), flags=re.M | re.S)):
            assert (page.parent / target).exists(), '%s: %s' % (page, target)


def settings(top, folder, env):
    """The reference has each setting that the environment can give, and no other."""
    rows = set(re.findall(r'^    [A-Z]+\(([A-Z_0-9]+), ', (top / 'src/web/settings_table.c').read_text(), re.M))
    page = [line.split('|')[1] for line in (top / 'docs/reference/settings.md').read_text().splitlines() if line.startswith('| `')]
    told = set(re.findall(r'`([A-Z_0-9]+)`', ' '.join(page)))
    assert told == rows and len(rows) > 60, told ^ rows


def commands(top, folder, env):
    """The reference has each command and each option of it, and no other."""
    rows = {}
    for line in (top / 'docs/reference/commands.md').read_text().splitlines():
        if line.startswith('| `'):
            _, usage, _, options, _ = line.split('|')
            rows.setdefault(usage.split('`')[1].split()[0], set()).update(re.findall(r'`(--?[a-z-]+)', options))
    run([env['CARAVAN'], 'startproject', 'mysite', str(folder)], folder, env)
    run(['make'], folder, env)
    known = re.findall(r'^  (\w+) ', run(['./manage', 'help'], folder, env), re.M)
    assert set(known) == set(rows), set(known) ^ set(rows)
    for name in known:
        lines = re.findall(r'^  (-[a-z-]+(?:, -[a-z-]+)*)', run(['./manage', name, '--help'], folder, env), re.M)
        options = [set(line.split(', ')) for line in lines if not {'--help', '--verbosity'} & set(line.split(', '))]
        assert rows[name] <= set().union(*options), (name, rows[name], options)
        assert all(rows[name] & option for option in options), (name, rows[name], options)


def views(top, folder, env):
    write_site(top / 'docs/topics/views.md', folder)
    run(['make'], folder, env)
    with Served('./manage', folder, env) as visitor:
        code, headers, page, _ = visitor.fetch('/?name=Ann')
        assert (code, page) == (200, b'Hello, Ann!\n') and headers['Set-Cookie'].startswith('seen=1; HttpOnly'), headers
        assert headers['X-Path'] == '/' and headers['X-Content-Type-Options'] == 'nosniff'
        assert visitor.get('/books/1815/?page=2')[1] == '{"year": 1815, "page": 2, "titles": ["The Pastor\'s Fireside"], "next": false}'
        assert visitor.fetch('/AB/')[3].endswith('/books/1815/')
        assert visitor.get('/books/1400/') == (404, 'Not here: Nothing was printed in 1400.\n')
        visitor.opener.addheaders = [('User-Agent', 'a robot')]
        assert visitor.get('/')[0] == 403


def models_and_queries(top, folder, env):
    answers(top, folder, env, 'models.md', 'queries.md')
    for transcript in re.findall(r'^```console\n(.*?)^```$', (top / 'docs/topics/shell.md').read_text(), re.M | re.S):
        lines = [line[4:] for line in transcript.splitlines() if line.startswith('>>> ')]
        said = subprocess.run(['./manage', 'shell'], cwd=folder, env=env, capture_output=True, text=True, input='\n'.join(lines) + '\n')
        shown = ''.join(line + '\n' for line in transcript.splitlines() if not line.startswith('>>> '))
        assert said.stdout == shown and said.returncode == 0, said.stdout + said.stderr
    functions = ' '.join(re.findall(r'^- \*\*\w+\*\*:(.*(?:\n  .*)*)', (top / 'docs/reference/functions.md').read_text(), re.M))
    names = re.findall(r'\b[A-Z][A-Za-z0-9]+\b', functions)
    said = subprocess.run(['./manage', 'shell'], cwd=folder, env=env, capture_output=True, text=True,
                          input=''.join('help(%s)\n' % name for name in names if name not in ('JSON', 'WindowFrameExclusion')))
    assert said.returncode == 0 and len(names) > 80, (len(names), said.stderr)


def main():
    build, top = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    tests = [links, settings, commands, views, readme, misspelt, tutorial, own_fields, own_model_fields, templates, forms, startproject, apps, mistakes, models_and_queries, writing, relations, database, migrations]
    print('1..%d' % len(tests), flush=True)
    with tempfile.TemporaryDirectory() as place:
        prefix = pathlib.Path(place) / 'prefix'
        # A root that is not / keeps ldconfig out of it.
        subprocess.run(['sh', 'tools/install.sh', str(build)], cwd=top, check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, PREFIX=str(prefix), NO_LDCONFIG='1'))
        env = dict(ENVIRONMENT, PKG_CONFIG_PATH=str(prefix / 'lib/pkgconfig'), CARAVAN=str(prefix / 'bin/caravan'))
        failed = 0
        for number, test in enumerate(tests, 1):
            folder = pathlib.Path(place) / test.__name__
            folder.mkdir()
            try:
                test(top, folder, env)
                print('ok %d - %s' % (number, test.__name__), flush=True)
            except Exception as error:  # the other documents are still tried
                failed += 1
                print('\n'.join('# ' + line for line in str(error).splitlines()))
                print('not ok %d - %s' % (number, test.__name__), flush=True)
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


sys.exit(main())
