#!/usr/bin/env python3
"""The shell of a site: at a pseudo-terminal as a person uses it, as a script, for programs. TAP output.

usage: shell_test.py MANAGE
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import time

MANAGE = str(pathlib.Path(sys.argv[1]).resolve())
PATIENCE = 100 if os.environ.get('SLOW_BUILD') else 20
ESCAPES = re.compile('\x1b\\[[0-9;?]*[A-Za-z]')
UP, CTRL_C, CTRL_D, CTRL_A = '\x1b[A', '\x03', '\x04', '\x01'


def environment(folder, **more):
    env = dict(os.environ, SECRET_KEY='a-secret-key-for-the-tests-of-the-shell-0123456789-abcdefgh', TERM='xterm', LC_ALL='C.UTF-8',
               HOME=str(folder), DATABASE_URL='sqlite:///%s/test.sqlite3' % folder, NO_COLOR='1')
    env.pop('XDG_STATE_HOME', None)
    return dict(env, **more)


class Terminal:
    """The shell at a terminal of 60 columns."""

    def __init__(self, env):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(MANAGE, [MANAGE, 'shell'], env)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
        self.screen = ''
        self.until('>>> ')

    def until(self, what):
        """Reads until `what` (a regular expression) appears; what came until then is gone for the next call."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = re.search(what, self.screen)
            if found:
                seen, self.screen = self.screen[:found.end()], self.screen[found.end():]
                return seen
            assert time.monotonic() < deadline, 'no %r after: %r' % (what, self.screen)
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    text = os.read(self.terminal, 65536).decode(errors='replace').replace('\r', '')
                    self.screen = ESCAPES.sub('', self.screen + text)
                except OSError:
                    raise AssertionError('the shell ended before %r: %r' % (what, self.screen))

    def type(self, text):
        """The editor shows its prompt a little before it takes over the terminal."""
        deadline = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.terminal)[3] & termios.ICANON and time.monotonic() < deadline:
            time.sleep(0.005)
        os.write(self.terminal, text.encode())

    def say(self, line):
        self.type(line + '\n')
        return self.until(r'\n>>> ')

    def leave(self):
        self.type(CTRL_D)
        deadline = time.monotonic() + PATIENCE
        while select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
            try:
                os.read(self.terminal, 65536)
            except OSError:
                break
        else:
            raise AssertionError('the shell does not end')
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def run(env, *arguments, text=None):
    return subprocess.run([MANAGE, *arguments], env=env, input=text, capture_output=True, text=True)


def migrated(folder):
    env = environment(folder)
    assert run(env, 'migrate').returncode == 0
    return env


def has(text, *parts):
    for part in parts:
        assert part in text, '%r is not in %r' % (part, text)


def tables_and_rows_at_a_terminal(folder):
    shell = Terminal(migrated(folder))
    seen = shell.say("Shelf.objects.bulk_create([Shelf(name=str(i)) for i in list('abcdefghijklmnopqrstuvwxyz')])")
    seen = shell.say("Shelf.objects.values('id', 'name')")
    has(seen, 'id  name\n', ' 1  a\n', '20  t\n', '(the first 20 of 26 rows)\n', '2 queries, ')
    seen = shell.say("thing = Thing.objects.create(shelf=Shelf.objects.first(), title='日本 ' * 1 if 0 else 1)")
    has(seen, '^', 'SyntaxError')
    has(shell.say("thing = Thing.objects.create(shelf_id=1, title='日本')"), '1 query, ')
    has(shell.say('thing.shelf'), '<Shelf: a>\n', 'id       1\n', 'name     a\n')
    has(shell.say('Thing.objects.all()'), 'id  shelf_id  title  made  count\n', ' 1         1  日本   ∅         1\n')
    has(shell.say('thing.count = 7'), '>>> ')
    has(shell.say('thing.save()'), '1 query, ')
    assert shell.leave() == 0
    has(run(environment(folder), 'shell', '-c', 'Thing.objects.get().count').stdout, '7')


def errors_have_their_place(folder):
    shell = Terminal(migrated(folder))
    has(shell.say("Shelf.objects.filter(nmae='x')"), "\n                     ^\nFieldError: Cannot resolve keyword 'nmae'",
        "Did you mean 'name'?")
    has(shell.say('Shlef'), '^\nNameError', "Did you mean 'Shelf'?")
    has(shell.say('help(Shelf)'), 'created  DateTimeField')
    assert shell.leave() == 0


def tab_completes(folder):
    shell = Terminal(migrated(folder))
    shell.type('She\t')
    shell.until('Shelf')
    shell.type('.obj\t.fil\t(na\t')
    shell.until(r'name')
    shell.type("='x').cou\t()\n")
    has(shell.until(r'\n>>> '), '\n0\n')
    shell.type('Thing.objects.filter(shelf__name__\t')
    shell.until('startswith')
    shell.type('sta\t')
    shell.until('__startswith')
    shell.type("='x').exi\t()\n")
    has(shell.until(r'\n>>> '), 'False\n')
    assert shell.leave() == 0


def open_brackets_go_on_and_control_c_cancels(folder):
    shell = Terminal(migrated(folder))
    shell.type('len([\n')
    shell.until(r'\.\.\. ')
    shell.type('1, 2,\n')
    shell.until(r'\.\.\. ')
    has(shell.say('3])'), '\n3\n')
    shell.type('len([\n')
    shell.until(r'\.\.\. ')
    shell.type(CTRL_C)
    shell.until(r'\n>>> ')
    has(shell.say('40 + 2'), '\n42\n')
    shell.type('nonsense')
    shell.until('nonsense')
    shell.type(CTRL_C)
    shell.until(r'\n>>> ')
    has(shell.say('40 + 3'), '\n43\n')
    shell.type('exit\n')
    assert os.waitstatus_to_exitcode(os.waitpid(shell.pid, 0)[1]) == 0


def ctrl_c_ends_a_query_not_the_shell(folder):
    shell = Terminal(migrated(folder))
    for _ in range(2):
        shell.type("len(Shelf.objects.raw('WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) "
                   "SELECT id FROM c WHERE id < 0'))\n")
        time.sleep(1)
        os.write(shell.terminal, CTRL_C.encode())  # no editor waits for it
        shell.until('interrupted')
        shell.until(r'\n>>> ')
        has(shell.say('40 + 2'), '\n42\n')
    shell.type('exit\n')
    assert os.waitstatus_to_exitcode(os.waitpid(shell.pid, 0)[1]) == 0


def the_history_is_kept_and_private(folder):
    env = migrated(folder)
    shell = Terminal(env)
    has(shell.say('1000 + 1'), '1001')
    has(shell.say(' 1000 + 2'), '1002')
    assert shell.leave() == 0
    file = folder / '.local/state/caravan/shell_history'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, oct(file.stat().st_mode)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    has(file.read_text(), '1000\\040+\\0401')
    assert '0402' not in file.read_text()
    shell = Terminal(env)
    shell.type(UP)
    shell.until(r'1000 \+ 1')
    shell.type('0\n')
    has(shell.until(r'\n>>> '), '\n1010\n')
    assert shell.leave() == 0
    # no home: no history, but a shell
    shell = Terminal(dict(env, HOME='/nonexistent'))
    has(shell.say('5 + 5'), '\n10\n')
    assert shell.leave() == 0


def scripts_stop_at_the_first_failure(folder):
    env = migrated(folder)
    done = run(env, 'shell', text="# three shelves\n\nx = Shelf.objects.create(name='one')\nx.name\nx.nope\nShelf.objects.create(name='two')\n")
    assert (done.returncode, done.stdout) == (1, "'one'\n"), done
    has(done.stderr, "AttributeError: 'Shelf' object has no attribute 'nope'")
    done = run(env, 'shell', text='Shelf.objects.count()\n')
    assert (done.returncode, done.stdout, done.stderr) == (0, '1\n', ''), done
    done = run(env, 'shell', '-c', "Shelf.objects.values('name')")
    assert (done.returncode, done.stdout) == (0, 'name\n────\none\n(1 row)\n'), done


def json_keeps_its_contract(folder):
    env = migrated(folder)
    done = run(env, 'shell', '--json', text="Shelf.objects.create(name='x').pk\nx = 1\nShelf.objects.count()\nhelp\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [a['queries'] for a in answers] == [1, 0, 1, 0], answers
    assert answers[0]['result'] == 1 and answers[2]['result'] == 0, answers
    assert answers[1]['result']['$error'] == 'SyntaxError' and answers[3]['result']['$error'] == 'NameError', answers


def what_is_missing_is_said(folder):
    done = run(environment(folder), 'shell', '-c', 'Shelf.objects.count()')
    assert done.returncode == 1 and done.stdout == '', done
    has(done.stderr, 'no such table', './manage migrate')
    done = run(environment(folder, DATABASE_URL='sqlite:////nonexistent/site.sqlite3'), 'shell', '-c', 'Shelf.objects.count()')
    assert done.returncode == 1 and done.stdout == '', done
    has(done.stderr, 'cannot open the database "/nonexistent/site.sqlite3": No such file or directory')
    done = run(environment(folder, DATABASE_URL='sqlite:////nonexistent/site.sqlite3'), 'shell', '-c', '1 + 1')
    assert (done.returncode, done.stdout) == (0, '2\n'), done


TESTS = [tables_and_rows_at_a_terminal, errors_have_their_place, tab_completes, open_brackets_go_on_and_control_c_cancels,
         ctrl_c_ends_a_query_not_the_shell,
         the_history_is_kept_and_private, scripts_stop_at_the_first_failure, json_keeps_its_contract, what_is_missing_is_said]


def main():
    failed = 0
    print('1..%d' % len(TESTS), flush=True)
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                print('ok %d - %s' % (number, test.__name__), flush=True)
            except (AssertionError, OSError, ValueError) as error:
                failed += 1
                print('\n'.join('# ' + line for line in repr(error).splitlines()))
                print('not ok %d - %s' % (number, test.__name__), flush=True)
    return 1 if failed else 0


sys.exit(main())
