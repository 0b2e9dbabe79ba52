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

BOUNDARY = 'a-boundary-that-is-in-no-file-of-the-tests'


def multipart(fields, files):
    parts = []
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            parts.append('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name, value))
    body = ''.join(parts).encode()
    for name, (filename, content) in files.items():
        head = '--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n' % (BOUNDARY, name, filename)
        body += head.encode() + content + b'\r\n'
    return body + b'--' + BOUNDARY.encode() + b'--\r\n'


class Visitor:
    """Fetches pages and sends forms with the hidden fields that they carry."""

    def __init__(self, base):
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path):
        try:
            with self.opener.open(self.base + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def fetch(self, path):
        """Status, headers, bytes, and the address after redirects."""
        try:
            with self.opener.open(self.base + path, timeout=10) as answer:
                return answer.status, answer.headers, answer.read(), answer.geturl()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read(), path

    def post(self, path, **fields):
        return self.send(path, fields)

    def send(self, path, fields, files=None, page=None):
        """Posts the form of `page` (else of the path itself) as multipart where there are files: {field: (name, bytes)}."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page or path)[1])
        assert token, 'the form has no CSRF token'
        fields = dict(fields, csrfmiddlewaretoken=token[1])
        body, kind = urllib.parse.urlencode(fields, doseq=True).encode(), 'application/x-www-form-urlencoded'
        if files:
            body, kind = multipart(fields, files), 'multipart/form-data; boundary=' + BOUNDARY
        request = urllib.request.Request(self.base + path, body, {'Content-Type': kind})
        try:
            with self.opener.open(request, timeout=20) as answer:
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
