#!/usr/bin/env python3
"""Measures the TechEmpower site against the ceiling program in interleaved rounds and prints medians and ratios; then
runs the benches of templates (beside their rivals), ORM and forms, which print ratios of their own.

usage: run.py BUILD [--rounds 3] [--seconds 2] [--only NAME]
CPU is utime + stime of all processes of a server, in microseconds a request; servers are pinned to one core, the load
generator to another.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PAGES = [('plaintext', '/plaintext', 0), ('json', '/json', 0), ('pipelined x16', '/plaintext', 16), ('db', '/db', 0),
         ('queries=20', '/queries?queries=20', 0), ('fortunes', '/fortunes', 0), ('updates=20', '/updates?queries=20', 0)]
PIPELINE = """
init = function(args)
  local r = {}
  for i = 1, %d do r[i] = wrk.format(nil, "%s") end
  request_text = table.concat(r)
end
request = function() return request_text end
"""
FORTUNES = ['fortune: No such file or directory', "A computer scientist is someone who fixes things that aren't broken.",
            'After enough decimal places, nobody gives a damn.', 'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67',
            'A computer program does what you tell it to do, not what you want it to do.', 'Emacs is a nice operating system.',
            'Any program that runs right is obsolete.', 'A list is only as strong as its weakest link.',
            'Feature: A bug with seniority.', 'Computers make very fast, very accurate mistakes.',
            '<script>alert("This should not be displayed in a browser alert box.");</script>', 'フレームワークのベンチマーク']
TICK = os.sysconf('SC_CLK_TCK')


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def make_database(path):
    with sqlite3.connect(path) as db:
        db.execute('PRAGMA journal_mode=WAL')
        db.execute('CREATE TABLE IF NOT EXISTS world (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, randomnumber integer NOT NULL)')
        db.execute('CREATE TABLE IF NOT EXISTS fortune (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, message varchar(2048) NOT NULL)')
        db.executemany('INSERT INTO world (id, randomnumber) VALUES (?, ?)', [(i, i * 7919 % 10000 + 1) for i in range(1, 10001)])
        db.executemany('INSERT INTO fortune (message) VALUES (?)', [(m,) for m in FORTUNES])


def family(pid):
    pids = [pid]
    for task in pathlib.Path('/proc/%d/task' % pid).glob('*/children'):
        for child in task.read_text().split():
            pids += family(int(child))
    return pids


def cpu(pid):
    """(user, system) seconds of a process and its children, alive."""
    user = system = 0
    for one in family(pid):
        fields = pathlib.Path('/proc/%d/stat' % one).read_text().rpartition(')')[2].split()
        user += int(fields[11])
        system += int(fields[12])
    return user / TICK, system / TICK


def rss(pid):
    """The largest resident set of the processes, in MiB."""
    most = 0
    for one in family(pid):
        most = max(most, int(re.search(r'VmRSS:\s+(\d+)', pathlib.Path('/proc/%d/status' % one).read_text())[1]))
    return most / 1024


class Server:
    def __init__(self, name, command, port, env=None):
        self.name, self.port = name, port
        self.started = time.monotonic()
        pin = ['taskset', '-c', '0'] if (os.cpu_count() or 1) > 1 and shutil.which('taskset') else []
        self.process = subprocess.Popen(pin + command, env=dict(os.environ, **(env or {})), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.first_byte = self.wait()

    def wait(self):
        for _ in range(5000):
            try:
                with socket.create_connection(('127.0.0.1', self.port), 0.5) as s:
                    s.sendall(b'GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n')
                    if s.recv(1):
                        return (time.monotonic() - self.started) * 1000
            except OSError:
                time.sleep(0.001)
        sys.exit('%s does not answer' % self.name)

    def load(self, path, pipeline, seconds):
        command = ['wrk', '-t1', '-c64', '-d%ds' % seconds]
        pin = ['taskset', '-c', '1'] if (os.cpu_count() or 1) > 1 and shutil.which('taskset') else []
        with tempfile.NamedTemporaryFile('w', suffix='.lua') as script:
            if pipeline:
                script.write(PIPELINE % (pipeline, path))
                script.flush()
                command += ['-s', script.name]
            before = cpu(self.process.pid)
            out = subprocess.run(pin + command + ['http://127.0.0.1:%d%s' % (self.port, path)], capture_output=True, text=True).stdout
            after = cpu(self.process.pid)
        requests = int(re.search(r'(\d+) requests in', out)[1])
        bad = re.search(r'Non-2xx or 3xx responses: (\d+)', out)
        if bad or not requests:
            sys.exit('%s %s: %s' % (self.name, path, bad[0] if bad else 'no answers'))
        each = 1e6 / requests
        return {'user': (after[0] - before[0]) * each, 'cpu': (sum(after) - sum(before)) * each,
                'rate': float(re.search(r'Requests/sec:\s+([\d.]+)', out)[1])}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def http(build, options):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'bench.sqlite3')
    make_database(path)
    ports = free_port(), free_port()
    site = build / 'examples/techempower/manage'
    servers = [
        Server('ceiling', [str(build / 'bench/ceiling'), str(ports[0]), path], ports[0]),
        Server('caravan', [str(site), 'serve', '--bind', '127.0.0.1:%d' % ports[1], '--workers', '1'], ports[1],
               {'DATABASE_URL': 'sqlite:///' + path, 'SECRET_KEY': 'benchmark', 'ALLOWED_HOSTS': '*'})]
    print('%-14s %-8s %9s %9s %11s %9s' % ('page', 'server', 'CPU us/rq', 'user us', 'requests/s', 'x ceiling'))
    try:
        for page, url, pipeline in PAGES:
            if options.only and options.only not in page:
                continue
            rounds = {server.name: [] for server in servers}
            for _ in range(options.rounds):
                for server in servers:
                    rounds[server.name].append(server.load(url, pipeline, options.seconds))
            median = {name: {key: statistics.median(r[key] for r in found) for key in found[0]} for name, found in rounds.items()}
            for server in servers:
                m = median[server.name]
                print('%-14s %-8s %9.2f %9.2f %11.0f %9.2f' % (page, server.name, m['cpu'], m['user'], m['rate'],
                                                               m['cpu'] / median['ceiling']['cpu']), flush=True)
        for server in servers:
            print('%s: first byte %.1f ms after start, largest process %.1f MiB' % (server.name, server.first_byte, rss(server.process.pid)))
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build', type=pathlib.Path)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--seconds', type=int, default=2)
    parser.add_argument('--only', default='')
    options = parser.parse_args()
    if (options.build / 'examples/techempower/manage').exists():
        http(options.build, options)
    for name in ('template', 'orm', 'forms'):
        program = options.build / 'bench' / name
        if program.exists() and options.only in name:
            print('\n== %s' % name, flush=True)
            driver = {'template': 'template_rivals.py', 'forms': 'forms_django.py', 'orm': 'orm_django.py'}.get(name)
            subprocess.run(([sys.executable, str(HERE / driver)] if driver else []) + [str(program)], check=True)


main()
