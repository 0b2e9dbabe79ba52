#!/usr/bin/env python3
"""The server as its clients and its operator meet it: server_test.py PROGRAM (a built server_echo)."""
import hashlib
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
FAILED = []
SLOW = 4 if os.environ.get("SLOW_BUILD") else 1  # sanitizers


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """One server for a test; errors is what it wrote to standard error."""

    def __init__(self, workers=1, program=PROGRAM, bind=None, extra=None, limit=None, **environment):
        self.port = free_port()
        self.bind = bind or "127.0.0.1:%d" % self.port
        self.log = tempfile.TemporaryFile()
        command = [program, self.bind, str(workers)] + ([extra] if extra else [])
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **environment},
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))) if limit else None)
        self.first_line = self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, kind, *unused):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        errors = self.errors()
        if kind is None and ("Sanitizer" in errors or "runtime error" in errors):
            raise AssertionError(errors)

    def errors(self):
        # Without a seek: the place to write at is the server's too, and it may be writing.
        return os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0).decode(errors="replace")

    def workers(self):
        with open("/proc/%d/task/%d/children" % (self.process.pid, self.process.pid)) as f:
            return [int(pid) for pid in f.read().split()]

    def connect(self, timeout=10):
        s = socket.create_connection(("127.0.0.1", self.port), timeout)
        s.settimeout(timeout)
        return s

    def get(self, path, **options):
        with self.connect() as s:
            return request(s, path, close=True, **options)


def send_head(path, method="GET", close=False, version="1.1", headers=()):
    lines = ["%s %s HTTP/%s" % (method, path, version), "Host: localhost"] + list(headers)
    if close:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_response(f, head=False):
    """(status, headers, body) off a buffered file; status 0 at the end of the connection."""
    line = f.readline()
    if not line:
        return 0, {}, b""
    status = int(line.split()[1])
    headers = {}
    while True:
        line = f.readline().strip()
        if not line:
            break
        name, value = line.split(b":", 1)
        headers[name.decode().lower()] = value.strip().decode()
    if head or status in (204, 304) or status < 200:
        return status, headers, b""
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while True:
            size = int(f.readline(), 16)
            body += f.read(size)
            f.readline()
            if size == 0:
                return status, headers, body
    if "content-length" in headers:
        body = f.read(int(headers["content-length"]))
        if len(body) < int(headers["content-length"]):
            return 0, headers, body
        return status, headers, body
    return status, headers, f.read()


def request(s, path, body=None, **options):
    s.sendall(send_head(path, **options) + (body or b""))
    with s.makefile("rb") as f:
        return read_response(f, head=options.get("method") == "HEAD")


def check(condition, text):
    if not condition:
        raise AssertionError(text)


def wait_until(condition, seconds=5):
    end = time.monotonic() + seconds * SLOW
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


# ---- requests ----


def test_keep_alive_and_close():
    with Server() as server, server.connect() as s:
        with s.makefile("rb") as f:
            for i in range(5):
                s.sendall(send_head("/?n=%d" % i))
                status, headers, body = read_response(f)
                check(status == 200 and b"query=n=%d\n" % i in body, body)
                check("connection" not in headers and "date" in headers, headers)
            s.sendall(send_head("/", close=True))
            check(read_response(f)[1]["connection"] == "close", "close is not said")
            check(f.read() == b"", "not closed")


def test_pipelining_keeps_order():
    with Server() as server, server.connect() as s:
        parts = []
        for i in range(400):
            if i % 7 == 0:
                parts.append(send_head("/?n=%d" % i, method="POST", headers=["Content-Length: 5"]) + b"hello")
            elif i % 31 == 0:
                parts.append(send_head("/?sleep=2&n=%d" % i))
            else:
                parts.append(send_head("/?n=%d" % i))
        threading.Thread(target=s.sendall, args=(b"".join(parts),)).start()
        with s.makefile("rb") as f:
            for i in range(400):
                status, _, body = read_response(f)
                check(status == 200 and b"n=%d\n" % i in body, (i, body))


def test_pipelining_beyond_what_the_client_reads():
    with Server() as server, server.connect() as s:
        count = 3000
        sender = threading.Thread(target=s.sendall, args=(send_head("/?bytes=9000") * count,))
        sender.start()
        time.sleep(0.3)
        with s.makefile("rb") as f:
            for i in range(count):
                status, _, body = read_response(f)
                check(status == 200 and len(body) == 9000, i)
        sender.join()


def test_bodies():
    with Server() as server, server.connect() as s:
        status, _, body = request(s, "/", method="POST", headers=["Content-Length: 3000000"], body=b"z" * 3000000)
        check(b"length=3000000\n" in body, body)
        chunks = b"".join(b"%x\r\n" % n + b"c" * n + b"\r\n" for n in (1, 100, 5000, 70000, 3)) + b"0\r\n\r\n"
        status, _, body = request(s, "/", method="POST", headers=["Transfer-Encoding: chunked"], body=chunks)
        check(b"length=75104\n" in body, body)
        status, headers, _ = request(s, "/?read=0", method="POST", headers=["Content-Length: 100000"], body=b"z" * 100000)
        check(status == 200 and "connection" not in headers, headers)
        check(request(s, "/")[0] == 200, "after an unread body")
        status, headers, _ = request(s, "/?read=0", method="POST", headers=["Content-Length: 50000000"], body=b"z" * 90000)
        check(headers["connection"] == "close", "a huge unread body must close")


def test_unread_body_and_answer_reach_the_client():
    """The answer is not destroyed by a reset while the client is still sending."""
    with Server() as server:
        for _ in range(20):
            with server.connect() as s:
                s.sendall(send_head("/?read=0", method="POST", headers=["Content-Length: 800000"]))
                try:
                    s.sendall(b"z" * 700000)
                except OSError:
                    pass
                with s.makefile("rb") as f:
                    check(read_response(f)[0] == 200, "no answer")


def test_streams_and_files():
    with Server() as server:
        with server.connect() as s:
            status, headers, body = request(s, "/?stream=300")
            check(headers["transfer-encoding"] == "chunked" and len(body) == 300 * 1024, headers)
            status, headers, body = request(s, "/?stream=3", version="1.0")
            check("transfer-encoding" not in headers and len(body) == 3072, headers)
        with open(PROGRAM, "rb") as f:
            expected = f.read()
        with server.connect() as s:
            for _ in range(3):
                status, headers, body = request(s, "/file")
                check(hashlib.sha256(body).digest() == hashlib.sha256(expected).digest(), "file differs")
            status, headers, body = request(s, "/file", method="HEAD")
            check(int(headers["content-length"]) == len(expected) and body == b"", headers)
            check(request(s, "/")[0] == 200, "after HEAD")


def test_slow_reader_gets_everything():
    with Server() as server, server.connect() as s:
        s.sendall(send_head("/?bytes=4000000"))
        total = 0
        while total < 4000000:
            data = s.recv(50000)
            check(data, "closed early")
            total += len(data)
            if random.random() < 0.1:
                time.sleep(0.005)


def test_expect_continue():
    with Server() as server, server.connect() as s:
        s.sendall(send_head("/", method="POST", headers=["Content-Length: 5", "Expect: 100-continue"]))
        with s.makefile("rb") as f:
            check(read_response(f)[0] == 100, "no interim answer")
            s.sendall(b"hello")
            check(b"length=5\n" in read_response(f)[2], "body")


def test_errors_of_views():
    with Server() as server:
        check(server.get("/null")[0] == 500, "NULL")
        check(server.get("/raise")[0] == 403, "raise")
        check(server.get("/memory")[0] == 503, "budget")
        check(server.get("/")[0] == 200, "afterwards")
        check("PermissionDenied" not in server.errors(), "a 403 is no server error")


def test_byte_by_byte():
    with Server() as server, server.connect() as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in send_head("/?slow", method="POST", headers=["Transfer-Encoding: chunked"]) + b"5\r\nhello\r\n0\r\n\r\n":
            s.send(bytes([byte]))
        with s.makefile("rb") as f:
            check(b"length=5\n" in read_response(f)[2], "body")


def test_half_closed_client_is_answered():
    with Server() as server, server.connect() as s:
        s.sendall(send_head("/?sleep=50"))
        s.shutdown(socket.SHUT_WR)
        with s.makefile("rb") as f:
            check(read_response(f)[0] == 200, "no answer")
            check(f.read() == b"", "not closed")


# ---- slow clients and limits ----


def test_slow_heads_are_cut():
    with Server(ECHO_HEAD_TIMEOUT="600") as server:
        start = time.monotonic()
        sockets = [server.connect() for _ in range(50)]
        for s in sockets:
            s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        for i in range(20):
            time.sleep(0.05)
            for s in sockets:
                try:
                    s.sendall(b"X-A%d: b\r\n" % i)
                except OSError:
                    pass
        for s in sockets:
            data = b""
            try:
                while True:
                    more = s.recv(4096)
                    if not more:
                        break
                    data += more
            except ConnectionResetError:
                pass
            check(data.startswith(b"HTTP/1.1 408 ") or data == b"", data)
            s.close()
        check(time.monotonic() - start < 3 * SLOW, "too late")


def test_slow_bodies_are_cut():
    with Server(ECHO_BODY_TIMEOUT="500") as server, server.connect() as s:
        start = time.monotonic()
        s.sendall(send_head("/", method="POST", headers=["Content-Length: 1000"]))
        try:
            for _ in range(40):
                time.sleep(0.05)
                s.sendall(b"x")
        except OSError:
            pass
        with s.makefile("rb") as f:
            try:
                status = read_response(f)[0]
            except OSError:
                status = 0
        check(status in (408, 0), status)
        check(time.monotonic() - start < 3 * SLOW, "too late")


def test_idle_connections_are_closed_in_silence():
    with Server(ECHO_KEEP_ALIVE="300") as server, server.connect() as s:
        check(request(s, "/")[0] == 200, "answer")
        start = time.monotonic()
        check(s.recv(10) == b"", "something was sent")
        check(0.2 < time.monotonic() - start < 2 * SLOW, "at another time")


def test_clients_that_do_not_read_are_cut():
    with Server(ECHO_WRITE_TIMEOUT="500") as server:
        s = server.connect()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.sendall(send_head("/?bytes=30000000"))
        check(wait_until(lambda: b"active=1" in server.get("/status")[2]), "still active")
        s.close()


def test_connection_limit_gives_idle_ones_up():
    with Server(ECHO_CONNECTIONS="20") as server:
        idle = [server.connect() for _ in range(60)]
        for _ in range(10):
            check(server.get("/")[0] == 200, "refused")
        status = server.get("/status")[2]
        check(int(status.split()[0].split(b"=")[1]) <= 20, status)
        for s in idle:
            s.close()


def test_without_descriptors_it_does_not_spin():
    with Server(limit=60) as server:
        busy = []
        for _ in range(80):
            s = server.connect()
            s.sendall(send_head("/?sleep=1500"))
            busy.append(s)
        time.sleep(0.2)
        worker = server.workers()[0]

        def cpu():
            with open("/proc/%d/stat" % worker) as f:
                return sum(int(n) for n in f.read().split()[13:15])
        before = cpu()
        time.sleep(1)
        check(cpu() - before < 30 * SLOW, "it spins: %d ticks" % (cpu() - before))
        for s in busy:
            s.close()

        def answers():
            try:
                return server.get("/")[0] == 200
            except OSError:  # refused as long as there are no descriptors
                return False
        check(wait_until(answers), "does not recover")


def test_idle_connections_are_cheap():
    with Server() as server:
        def resident():
            with open("/proc/%d/statm" % server.workers()[0]) as f:
                return int(f.read().split()[1]) * 4096
        for _ in range(50):
            server.get("/")
        before = resident()
        sockets = []
        for _ in range(1000):
            s = server.connect()
            sockets.append(s)
        for s in sockets:
            check(request(s, "/")[0] == 200, "answer")
        each = (resident() - before) / 1000
        check(each < 2048 * SLOW * SLOW, "%d bytes" % each)
        print("  bytes of memory an idle connection:", int(each))
        for s in sockets:
            s.close()


# ---- addresses ----


def test_unix_socket():
    path = os.path.join(tempfile.mkdtemp(), "s")
    with Server(bind="unix:" + path) as server:
        for _ in range(2):
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(path)
                check(request(s, "/", close=True)[0] == 200, "answer")
        second = subprocess.run([PROGRAM, "unix:" + path], capture_output=True, timeout=20)
        check(second.returncode == 1 and b"in use" in second.stderr, second)
    check(not os.path.exists(path), "the socket's file is left")
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(path)  # nobody listens: it is in the way and goes
    with Server(bind="unix:" + path) as server:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(path)
            check(request(s, "/")[0] == 200, "answer")


def test_ipv6_and_two_addresses():
    if not os.path.exists("/proc/net/if_inet6") or not open("/proc/net/if_inet6").read():
        return
    port = free_port()
    with Server(bind="[::1]:%d" % port, extra="127.0.0.1:%d" % port) as server:
        server.port = port
        for host in ("::1", "127.0.0.1"):
            with socket.create_connection((host, port), 5) as s:
                check(request(s, "/", close=True)[0] == 200, host)


def test_bad_addresses_are_refused():
    for bind in ("nonsense", "127.0.0.1:99999", "unix:", "::1:80"):
        ended = subprocess.run([PROGRAM, bind], capture_output=True, timeout=20)
        check(ended.returncode == 1 and b"Cannot listen on" in ended.stderr, (bind, ended))


# ---- master and workers ----


class Load:
    """Clients that count what they lost; a refused connection is not a lost request unless `refused` says so."""

    def __init__(self, server, clients=8, keep_alive=True, refused=False, path="/?sleep=3"):
        self.server, self.keep_alive, self.refused, self.path = server, keep_alive, refused, path
        self.good, self.lost, self.pids, self.ended = 0, [], set(), False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self):
        s = None
        while not self.ended:
            try:
                s = s or self.server.connect()
            except OSError as e:
                if self.refused:
                    with self.lock:
                        self.lost.append("connect: %r" % e)
                    return
                if not self.ended:
                    time.sleep(0.01)
                continue
            try:
                status, headers, body = request(s, self.path, close=not self.keep_alive)
            except OSError as e:
                status, headers = repr(e), {}
            with self.lock:
                if status == 200:
                    self.good += 1
                else:
                    self.lost.append(status)
            if status != 200 or not self.keep_alive or headers.get("connection") == "close":
                s.close()
                s = None
        if s:
            s.close()

    def end(self):
        self.ended = True
        for thread in self.threads:
            thread.join()


def test_killed_worker_is_replaced():
    with Server(workers=2) as server:
        for _ in range(5):
            old = server.workers()
            start = time.monotonic()
            os.kill(old[0], signal.SIGKILL)
            check(wait_until(lambda: len(server.workers()) == 2 and old[0] not in server.workers(), 1), "not replaced")
            print("  replaced after %.1f ms" % ((time.monotonic() - start) * 1000))
            check(server.get("/")[0] == 200, "answer")
        check("ended by signal 9" in server.errors(), "not told")


def test_kill_under_load_costs_one_workers_requests():
    with Server(workers=2) as server:
        load = Load(server, clients=16)
        time.sleep(0.3)
        os.kill(server.workers()[0], signal.SIGKILL)
        time.sleep(0.7)
        load.end()
        check(len(load.lost) <= 16, load.lost)
        check(load.good > 500 / SLOW, load.good)


def test_term_under_load_loses_nothing():
    for keep_alive in (True, False):
        with Server(workers=2) as server:
            load = Load(server, clients=12, keep_alive=keep_alive)
            time.sleep(0.5)
            server.process.terminate()
            check(server.process.wait(10 * SLOW) == 0, "exit status")
            load.end()
            check(not load.lost, load.lost)
            check(load.good > 100, load.good)


def test_term_lets_a_long_request_end():
    with Server() as server, server.connect() as s:
        s.sendall(send_head("/?sleep=700"))
        time.sleep(0.2)
        server.process.terminate()
        with s.makefile("rb") as f:
            status, headers, _ = read_response(f)
        check(status == 200 and headers["connection"] == "close", (status, headers))
        check(server.process.wait(5 * SLOW) == 0, "exit status")


def test_reload_under_load_loses_nothing():
    for keep_alive in (True, False):
        with Server(workers=2) as server:
            load = Load(server, clients=12, keep_alive=keep_alive, refused=True)
            for _ in range(3):
                time.sleep(0.2)
                old = set(server.workers())
                server.process.send_signal(signal.SIGHUP)
                check(wait_until(lambda: len(server.workers()) == 2 and not old & set(server.workers()), 10), "not reloaded")
            time.sleep(0.2)
            load.end()
            check(not load.lost, load.lost)
            check(load.good > 100, load.good)
            check(server.process.poll() is None, "the master is another")


def test_reload_takes_the_new_program_and_refuses_a_broken_one():
    folder = tempfile.mkdtemp()
    program = os.path.join(folder, "program")
    shutil.copy(PROGRAM, program)
    with Server(program=program) as server:
        old = server.workers()
        shutil.copy("/bin/false", program + ".new")
        os.rename(program + ".new", program)
        server.process.send_signal(signal.SIGHUP)
        check(wait_until(lambda: "Reload refused" in server.errors()), "not refused")
        check(server.workers() == old and server.get("/")[0] == 200, "what runs was not kept")
        shutil.copy(PROGRAM, program + ".new")
        os.rename(program + ".new", program)
        server.process.send_signal(signal.SIGHUP)
        check(wait_until(lambda: server.workers() and old[0] not in server.workers()), "not taken")
        check(server.get("/")[0] == 200, "answer")
        with open("/proc/%d/maps" % server.workers()[0]) as f:
            check(program + " (deleted)" not in f.read(), "the old file runs")
    shutil.rmtree(folder)


def test_hooks_are_called():
    with Server(ECHO_HOOKS="1", ECHO_NO_RELOAD="1") as server:
        old = server.workers()
        for _ in range(3):
            server.get("/")
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        check(server.workers() == old, "reloaded against the hook's word")
        server.process.terminate()
        server.process.wait(10 * SLOW)
        check("worker stops after 3 requests" in server.errors(), server.errors())


def test_workers_give_up_root():
    if os.getuid() != 0:
        return
    with Server(ECHO_USER="nobody") as server:
        with open("/proc/%d/status" % server.workers()[0]) as f:
            uids = [line.split()[1:] for line in f if line.startswith("Uid:")][0]
        check("0" not in uids, uids)
        check(server.get("/")[0] == 200, "answer")
    ended = subprocess.run([PROGRAM, "127.0.0.1:%d" % free_port()], capture_output=True, timeout=60,
                           env={**os.environ, "ECHO_USER": "no-such-user"})
    check(ended.returncode == 1 and b"There is no user no-such-user" in ended.stderr, ended)


def test_quit_stops_at_once():
    with Server() as server, server.connect() as s:
        s.sendall(send_head("/?sleep=5000"))
        time.sleep(0.1)
        start = time.monotonic()
        server.process.send_signal(signal.SIGQUIT)
        check(server.process.wait(10) == 0 and time.monotonic() - start < 2 * SLOW, "too slow")


def test_workers_go_with_their_master():
    server = Server(workers=2)
    workers = server.workers()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()

    def gone(pid):
        try:
            with open("/proc/%d/stat" % pid) as f:
                return f.read().split()[2] == "Z"
        except OSError:
            return True
    check(wait_until(lambda: all(gone(pid) for pid in workers)), "workers are left")
    server.process.stdout.close()


def test_overflow_names_the_view():
    with Server() as server:
        check(server.get("/overflow")[0] == 0, "answered")
        check("fiber stack overflow in deep_view" in server.errors(), server.errors())
        check(wait_until(lambda: server.get("/")[0] == 200), "not replaced")


def test_stuck_worker_is_killed():
    with Server(workers=2, ECHO_WATCHDOG="800") as server:
        s = server.connect()
        s.sendall(send_head("/spin"))
        good = sum(server.get("/")[0] == 200 for _ in range(1))
        check(good == 1, "the other worker does not answer")
        with s.makefile("rb") as f:
            s.settimeout(10 * SLOW)
            try:
                check(read_response(f)[0] == 0, "answered")
            except ConnectionResetError:
                pass
        check("stuck" in server.errors(), server.errors())


def test_gives_up_when_no_worker_starts():
    ended = subprocess.run([PROGRAM, "127.0.0.1:%d" % free_port()], capture_output=True, timeout=60,
                           env={**os.environ, "ECHO_WORKER_FAIL": "1"})
    check(ended.returncode == 1 and b"giving up" in ended.stderr, ended)


def count_workers(server, connections):
    """How many of so many connections each worker takes, when both wait for the next."""
    counts = {}
    sockets = []
    for _ in range(connections):
        s = server.connect()
        sockets.append(s)
        pid = request(s, "/pid")[2].split()[0]
        counts[pid] = counts.get(pid, 0) + 1
        time.sleep(0.005)
    for s in sockets:
        s.close()
    return counts


def test_connections_are_shared_out():
    # On a machine whose cores are all taken a worker may not be back in the line in time: so the best of some rounds.
    with Server(workers=2) as server:
        rounds = []
        for _ in range(5):
            rounds.append(count_workers(server, 40))
            if len(rounds[-1]) == 2 and min(rounds[-1].values()) >= 10:
                return
        check(False, rounds)


def test_first_answer_comes_quickly():
    times = []
    for _ in range(5):
        port = free_port()
        start = time.monotonic()
        process = subprocess.Popen([PROGRAM, "127.0.0.1:%d" % port, "1"], stdout=subprocess.DEVNULL)
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), 5) as s:
                    check(request(s, "/plaintext", close=True)[0] == 200, "answer")
                    break
            except ConnectionRefusedError:
                time.sleep(0.0005)
        times.append((time.monotonic() - start) * 1000)
        process.terminate()
        process.wait()
    print("  first byte after %.1f ms" % min(times))
    check(min(times) < 25 * SLOW * SLOW, times)


def main():
    only = sys.argv[2:]
    tests = [(name[5:], run) for name, run in globals().items() if name.startswith("test_")]
    tests = [t for t in tests if not only or any(word in t[0] for word in only)]
    print("1..%d" % len(tests))
    for number, (name, run) in enumerate(tests, 1):
        start = time.monotonic()
        try:
            run()
            print("ok %d - %s (%.1f s)" % (number, name, time.monotonic() - start), flush=True)
        except Exception as e:  # the next test runs all the same
            FAILED.append(name)
            print("not ok %d - %s: %s: %s" % (number, name, type(e).__name__, str(e)[:300]), flush=True)
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
