"""What functional tests share: a site's program under test, and a visitor with cookies who fills in forms."""
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

ENVIRONMENT = dict(os.environ, SECRET_KEY='a-secret-key-for-the-functional-tests-0123456789-abcdefgh', ALLOWED_HOSTS='*')


class Visitor:
    """Fetches pages and sends forms with the hidden fields that they carry."""

    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path):
        try:
            with self.opener.open(self.base + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, path, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[1])
        assert token, 'the form has no CSRF token'
        fields['csrfmiddlewaretoken'] = token[1]
        try:
            with self.opener.open(self.base + path, urllib.parse.urlencode(fields).encode(), timeout=10) as answer:
                return answer.status, answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, path, error.read().decode()


class Served:
    def __init__(self, program, folder, env):
        """`program serve`, run in `folder`."""
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen([str(program), 'serve', '--bind', '127.0.0.1:%d' % self.port, '--workers', '1'], cwd=folder,
                                        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(('127.0.0.1', self.port)) == 0:
                    return Visitor('http://127.0.0.1:%d' % self.port)
            time.sleep(0.02)
        raise AssertionError('the site does not answer')

    def __exit__(self, *unused):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, 'the site did not stop cleanly'
