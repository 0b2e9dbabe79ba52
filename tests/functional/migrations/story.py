"""What is done with a site and what is written down of it, step by step; the same for ours and for Django's.
Read by migrations_test.py."""
import re

import evolution
from sites import rows, schema


def told(text):
    """What a command printed, without what may differ: folders and endings of files, questions, white space at ends."""
    text = re.sub(r'(?:[\w./-]*/)?(\d{4}_\w+)\.(?:py|def\.h)', r'\1', text)
    text = re.sub(r'(Raw C operation) -> .*', r'\1', text)  # C functions have names, no docstrings
    text = text.replace('Raw Python operation', 'Raw C operation')
    text = re.sub(r"'(?:[^' ]*/)?manage(?:\.py)? ", "'./manage ", text)
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.strip().startswith(('Rendering model states', 'Building the program'))]


def columns_sorted(lines):
    """Where Django's sqlmigrate puts a column into a table that is made anew is not where its migrate puts it, and the
    indexes of columns come in the same order."""
    out, indexes = [], []
    for line in lines + ['']:
        if line.startswith('CREATE INDEX'):
            indexes.append(line)
            continue
        out += sorted(indexes)
        indexes = []
        out.append(', '.join(sorted(line.rstrip(';)').split(', '))) if line.startswith('CREATE TABLE "new__') else line)
    return out[:-1]


def from_line(lines, beginning):
    """Questions stand before what was decided."""
    for number, line in enumerate(lines):
        if beginning in line:
            return [line[line.index(beginning):]] + lines[number + 1:]
    return lines


class Story:
    def __init__(self, site):
        self.site, self.parts, self.before = site, [], {}

    def note(self, title, lines):
        self.parts.append([title, [part for line in lines for part in line.split("\n")]])

    def command(self, *arguments, answers='', keep=None):
        status, said, complaint = self.site.run(*arguments, answers=answers)
        lines = told(said)
        if keep:
            lines = from_line(lines, keep)
        if arguments[0] == 'sqlmigrate':
            lines = columns_sorted(lines)
        self.note(' '.join(arguments), ['status %d' % status] + lines)
        assert status in (0, 1), (arguments, status, said, complaint)
        return status, said, complaint

    def tables(self, title):
        """What went and what came since this was last asked."""
        for what, look in (('tables', schema), ('rows', rows)):
            now, before = look(self.site), self.before.get(what, [])
            self.note('%s: %s' % (title, what), ['- ' + line for line in before if line not in now] + ['+ ' + line for line in now if line not in before])
            self.before[what] = now


def evolve(story):
    """Forwards through all versions, with rows in between."""
    site, known = story.site, set()
    for number, version in enumerate(evolution.VERSIONS, 1):
        site.write(version)
        arguments = ['makemigrations', 'shop'] + (['--name', version.name, '--empty'] if version.name else [])
        story.command(*arguments, answers=version.answers, keep='Migrations for')
        new = [name for name in site.migrations() if name not in known]
        story.note('version %d is called' % number, new)
        assert len(new) == 1, new
        known.update(new)
        if version is evolution.DATA:
            site.add_step(new[0])
        site.build()
        if version is not evolution.WITHOUT_DEFAULT:  # has the moment of its making in it
            story.command('sqlmigrate', 'shop', new[0])
        story.command('migrate', '--plan')
        story.command('migrate')
        site.execute(*version.rows)
        story.tables('version %d' % number)
    story.command('makemigrations', '--check', '--dry-run')
    story.command('migrate')
    story.command('showmigrations')
    story.command('showmigrations', '--plan')
    story.command('sqlmigrate', 'shop', '0002', '--backwards')


def return_and_repeat(story):
    """Backwards one by one to nothing, forwards to the middle, and to the end."""
    names = story.site.migrations()
    for name in reversed(names[:-1]):
        story.command('migrate', 'shop', name.split('_')[0])
        story.tables('back at ' + name)
    story.command('migrate', 'shop', 'zero')
    story.tables('back at zero')
    story.command('migrate', 'shop', names[4])
    story.command('migrate', 'contenttypes', 'zero')
    story.command('migrate')
    story.tables('forwards again')


def pretend(story):
    """--fake, --fake-initial, and what cannot be."""
    names = story.site.migrations()
    story.command('migrate', 'shop', names[7], '--fake')
    story.command('showmigrations', 'shop')
    story.command('migrate', 'shop', '--fake')
    story.command('migrate', '--check')
    story.tables('after pretending')
    story.site.remove_database()
    story.command('migrate', 'shop', names[0])
    story.command('migrate', 'sessions')
    story.site.execute("DELETE FROM django_migrations WHERE app = 'shop' OR app = 'sessions'")
    story.command('migrate', '--check')
    story.command('migrate', 'shop', names[0], '--fake-initial')
    story.command('migrate', 'sessions', '--fake-initial')
    story.tables('after a pretended beginning')
    story.command('migrate')
    for arguments in (('migrate', 'shop', '0042'), ('migrate', 'nope'), ('migrate', 'shop', '00'), ('sqlmigrate', 'shop', '0042'),
                      ('sqlmigrate', 'shop', '00'), ('showmigrations', 'nope'), ('makemigrations', 'nope')):
        status, said, complaint = story.site.run(*arguments)
        story.note(' '.join(arguments), ['status %d' % (status != 0)])


def merge(story):
    """Two people write a migration each after the same one."""
    site, last = story.site, story.site.migrations()[-1]
    story.command('makemigrations', 'shop', '--empty', '--name', 'left')
    site.copy_migration('0012_left', '0012_right')
    site.build()
    for arguments in (('makemigrations',), ('migrate',)):
        status, said, complaint = site.run(*arguments)
        story.note(' '.join(arguments), ['status %d' % (status != 0), str('0012_left' in complaint and '0012_right' in complaint)])
    story.command('showmigrations', 'shop')
    story.command('makemigrations', '--merge', '--noinput', keep='Created new merge')
    story.note('the migrations', site.migrations()[-3:])
    site.build()
    story.command('migrate')
    story.command('showmigrations', 'shop')
    story.command('migrate', 'shop', last)
    for name in site.migrations()[-3:]:
        site.remove_migration(name)
    site.build()
    story.command('showmigrations', 'shop')


def squash(story):
    """Six become one; a database that has them, and one that has none."""
    site, names = story.site, story.site.migrations()
    story.command('squashmigrations', 'shop', names[1], names[6], '--noinput', keep='Will squash')
    story.parts[-1][1] = [line for line in story.parts[-1][1] if not line.startswith('  ') or 'Optimized' in line]  # advice
    new = [name for name in site.migrations() if name not in names]
    story.note('the squashed one is called', new)
    site.build()
    story.command('showmigrations', 'shop')
    story.command('migrate')
    story.tables('squashed where all were applied')
    site.remove_database()
    story.command('migrate', '--plan')
    story.command('migrate')
    story.tables('squashed where none was applied')
    story.command('makemigrations', '--check', '--dry-run')


def prune(story):
    """The replaced ones are deleted."""
    site, names = story.site, story.site.migrations()
    squashed = [name for name in names if '_squashed_' in name][0]
    site.forget_replaced([name for name in names[1:8] if name != squashed], squashed, names[8])
    story.command('showmigrations', 'shop')
    story.command('migrate', 'shop', '--prune')
    story.command('migrate')
    story.command('makemigrations', '--check', '--dry-run')
    story.tables('pruned')


STORIES = [evolve, return_and_repeat, pretend, merge, squash, prune]
