"""Two sites with the same models, one of ours and one of Django's, that do the same for a test. Read by migrations_test.py."""
import os
import pathlib
import re
import sqlite3
import subprocess

import evolution

MAKEFILE = '''\
SITE = -O0 -Wall -Wextra -Werror -DCV_BASE_DIR='"$(CURDIR)"' -DCV_BUILD_COMMAND='"make -s -C $(CURDIR)"' $(shell pkg-config --cflags caravan)
manage: build/manage.o build/models.o build/migrations.o
\t$(CC) $^ -o build/manage $(shell pkg-config --libs caravan)
\tbuild/manage check
\tmv build/manage manage
build/%.o: %.c Makefile
\t@mkdir -p build
\t$(CC) $(SITE) -MMD -MP -c $< -o $@
-include $(wildcard build/*.d)
'''

MANAGE_C = '''\
#include <caravan/caravan.h>
#include <caravan/migrations.h>

extern const CvModel *const shop_models[];
extern const CvMigrations shop_migrations;
static const CvApp shop = {.name = "shop", .path = ".", .models = shop_models, .migrations = &shop_migrations};
static const CvUrl urls[] = {CV_URLS_END};

int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps = CV_APPS(&cv_contenttypes, &cv_sessions, &shop), .urls = urls, .database_url = "sqlite:///shop.sqlite3"});
}
'''

MODELS_C = '''\
#include <caravan/caravan.h>
#define CV_MODELS "models.def.h"
#include <caravan/models.h>
#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE shop_models
#include <caravan/models_define.h>
'''

MIGRATIONS_C = '''\
/* migrations.c: the history of the shop's tables. */
#include <caravan/migrations.h>

#define CV_MIGRATIONS shop
#include <caravan/migrations_begin.h>
#include <caravan/migrations_end.h>
'''

SETTINGS_PY = '''\
import os
SECRET_KEY = "x" * 60
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.sessions", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DJANGO_DATABASE"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
'''


class Site:
    """A folder with a site and its database."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / 'shop.sqlite3'

    def run(self, *arguments, answers=''):
        done = subprocess.run([*self.command, *arguments], cwd=self.folder, env=self.environment, input=answers, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def migrations(self):
        """Their names, in order."""
        return sorted(path.name.split('.')[0] for path in self.migrations_folder.glob('0*'))

    def file(self, name):
        return [path for path in self.migrations_folder.glob('0*') if path.name.split('.')[0] == name][0]

    def copy_migration(self, name, copy):
        path = self.file(name)
        path.with_name(path.name.replace(name, copy)).write_text(path.read_text().replace(name, copy))

    def remove_migration(self, name):
        self.file(name).unlink()

    def forget_replaced(self, names, squashed, behind):
        """All databases have the squashed migration: `names` go, and `behind` stands on it."""
        for name in names:
            self.remove_migration(name)
        path = self.file(squashed)
        path.write_text(re.sub(self.replaces, '', path.read_text()))
        path = self.file(behind)
        path.write_text(path.read_text().replace(names[-1], squashed))
        self.build()

    def execute(self, *statements):
        with sqlite3.connect(self.database) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    def remove_database(self):
        for path in self.folder.glob('shop.sqlite3*'):
            path.unlink()


class OurSite(Site):
    replaces = r'\s*\.replaces = CV_LIST\([^)]*\),?'

    def __init__(self, folder, env):
        super().__init__(folder)
        self.environment = dict(env, DATABASE_URL='sqlite:///%s' % self.database)
        self.command = [str(self.folder / 'manage')]
        self.migrations_folder = self.folder / 'migrations'
        for name, text in (('Makefile', MAKEFILE), ('manage.c', MANAGE_C), ('models.c', MODELS_C), ('migrations.c', MIGRATIONS_C)):
            (self.folder / name).write_text(text)

    def write(self, version):
        (self.folder / 'models.def.h').write_text(version.ours)
        self.build()

    def build(self):
        done = subprocess.run(['make'], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def copy_migration(self, name, copy):
        super().copy_migration(name, copy)
        line = '#include "migrations/%s.def.h"\n'
        table = self.folder / 'migrations.c'
        table.write_text(table.read_text().replace(line % name, line % name + line % copy))

    def remove_migration(self, name):
        super().remove_migration(name)
        table = self.folder / 'migrations.c'
        table.write_text(table.read_text().replace('#include "migrations/%s.def.h"\n' % name, ''))

    def add_step(self, name):
        """What a person writes into a data migration."""
        operation, functions = evolution.DATA_OURS
        path = self.file(name)
        path.write_text(path.read_text() + operation)
        table = self.folder / 'migrations.c'
        table.write_text(table.read_text().replace('\n#define CV_MIGRATIONS', functions + '\n#define CV_MIGRATIONS', 1))
        self.build()


class DjangoSite(Site):
    """`command` starts a Python that has Django; `root` is its root folder, below which the site's folder must lie."""
    replaces = r' +replaces = \[[^\]]*\]\n'

    def __init__(self, folder, command, root):
        super().__init__(folder)
        inside = pathlib.Path('/') / self.folder.resolve().relative_to(pathlib.Path(root).resolve())
        self.environment = dict(os.environ, DJANGO_DATABASE=str(inside / 'shop.sqlite3'), DJANGO_SETTINGS_MODULE='settings', NO_COLOR='1')
        start = ('import os, sys; os.chdir(%r); sys.path.insert(0, %r)\nfrom django.core.management import execute_from_command_line\n'
                 'execute_from_command_line(["manage.py"] + sys.argv[1:])' % (str(inside), str(inside)))
        self.command = [*command, '-B', '-c', start]
        self.migrations_folder = self.folder / 'shop' / 'migrations'
        self.migrations_folder.mkdir(parents=True)
        (self.folder / 'settings.py').write_text(SETTINGS_PY)
        for path in (self.folder / 'shop', self.migrations_folder):
            (path / '__init__.py').write_text('')

    def write(self, version):
        (self.folder / 'shop' / 'models.py').write_text('from django.db import models\n' + version.django)

    def build(self):
        pass

    def add_step(self, name):
        operation, functions = evolution.DATA_DJANGO
        path = self.file(name)
        text = path.read_text().replace('\n\nclass Migration', functions + '\n\nclass Migration')
        path.write_text(text.replace('    operations = [\n', '    operations = [\n' + operation))


def schema(site):
    """What the database is made of: 'index shop_tag CREATE ...'."""
    with sqlite3.connect(site.database) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").fetchall()
    connection.close()
    return ['%s %s %s' % (kind, name, re.sub(r'\s+', ' ', sql or '').strip()) for kind, name, sql in rows]


def rows(site):
    """All rows, table by table; moments are only told from none."""
    told = []
    with sqlite3.connect(site.database) as connection:
        names = [name for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        for name in names:
            cursor = connection.execute('SELECT * FROM "%s" ORDER BY 1' % name)
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                values = ['%s=%s' % (column, 'set' if column in ('added', 'applied') and value is not None else repr(value))
                          for column, value in zip(columns, row) if not (name == 'django_migrations' and column == 'id')]
                told.append('%s: %s' % (name, ', '.join(values)))
    connection.close()
    return told
