/* ceiling.c: the least a server can do: an epoll loop that parses nothing, with raw sqlite3 behind the database pages.
 * What a framework costs is measured against it, in one run, by bench/run.py.
 *
 * usage: ceiling PORT DATABASE      one process, one thread; the path is told by its first bytes only. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { OUT_SIZE = 1 << 20, ROWS = 10000 };

typedef struct Out {
    char *data;
    size_t length;
} Out;

static sqlite3 *database;
static sqlite3_stmt *select_world, *select_fortunes, *update_world, *begin, *commit;
static uint64_t random_state = 88172645463325252ULL;
static char date[64];
static time_t date_second;

static int next_id(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)(random_state % ROWS) + 1;
}

static void put(Out *out, const char *text, size_t length)
{
    if (out->length + length <= OUT_SIZE) {
        memcpy(out->data + out->length, text, length);
        out->length += length;
    }
}

static void put_text(Out *out, const char *text)
{
    put(out, text, strlen(text));
}

static void answer(Out *out, const char *type, const Out *body)
{
    char head[256];
    time_t now = time(NULL);
    if (now != date_second) {
        struct tm tm;
        gmtime_r(&now, &tm);
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
        date_second = now;
    }
    int n =
        snprintf(head, sizeof head,
                 "HTTP/1.1 200 OK\r\nServer: ceiling\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                 date, type, body->length);
    put(out, head, (size_t)n);
    put(out, body->data, body->length);
}

static int world(int id)
{
    sqlite3_bind_int(select_world, 1, id);
    sqlite3_step(select_world);
    int number = sqlite3_column_int(select_world, 1);
    sqlite3_reset(select_world);
    return number;
}

static void run(sqlite3_stmt *statement)
{
    sqlite3_step(statement);
    sqlite3_reset(statement);
}

static void worlds(Out *body, int count, int updating)
{
    char row[64];
    run(begin);
    put_text(body, "[");
    for (int i = 0; i < count; i++) {
        int id = next_id(), number = world(id);
        if (updating) {
            number = next_id();
            sqlite3_bind_int(update_world, 1, number);
            sqlite3_bind_int(update_world, 2, id);
            run(update_world);
        }
        put(body, row,
            (size_t)snprintf(row, sizeof row, "%s{\"id\":%d,\"randomNumber\":%d}", i ? "," : "", id, number));
    }
    put_text(body, "]");
    run(commit);
}

static void escape(Out *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            put_text(out, "&amp;");
            break;
        case '<':
            put_text(out, "&lt;");
            break;
        case '>':
            put_text(out, "&gt;");
            break;
        case '"':
            put_text(out, "&quot;");
            break;
        case '\'':
            put_text(out, "&#x27;");
            break;
        default:
            put(out, text, 1);
        }
    }
}

typedef struct Fortune {
    int id;
    char message[512];
} Fortune;

static int by_message(const void *a, const void *b)
{
    return strcmp(((const Fortune *)a)->message, ((const Fortune *)b)->message);
}

static void fortunes(Out *body)
{
    Fortune rows[32];
    int count = 0;
    run(begin);
    while (count < 31 && sqlite3_step(select_fortunes) == SQLITE_ROW) {
        rows[count].id = sqlite3_column_int(select_fortunes, 0);
        snprintf(rows[count].message, sizeof rows->message, "%s",
                 (const char *)sqlite3_column_text(select_fortunes, 1));
        count++;
    }
    sqlite3_reset(select_fortunes);
    run(commit);
    rows[count].id = 0;
    snprintf(rows[count++].message, sizeof rows->message, "Additional fortune added at request time.");
    qsort(rows, (size_t)count, sizeof *rows, by_message);
    put_text(
        body,
        "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>");
    for (int i = 0; i < count; i++) {
        char id[32];
        put(body, id, (size_t)snprintf(id, sizeof id, "<tr><td>%d</td><td>", rows[i].id));
        escape(body, rows[i].message);
        put_text(body, "</td></tr>");
    }
    put_text(body, "</table></body></html>");
}

static void respond(Out *out, const char *request)
{
    static char storage[1 << 16];
    Out body = {storage, 0};
    const char *path = request + 5;
    int count = 1;
    const char *query = strstr(path, "queries=");
    if (query)
        count = (int)strtol(query + 8, NULL, 10);
    if (strncmp(path, "plaintext", 9) == 0) {
        put_text(&body, "Hello, World!");
        answer(out, "text/plain", &body);
    } else if (strncmp(path, "json", 4) == 0) {
        put_text(&body, "{\"message\":\"Hello, World!\"}");
        answer(out, "application/json", &body);
    } else if (strncmp(path, "db", 2) == 0) {
        char row[64];
        int id = next_id();
        run(begin);
        int number = world(id);
        run(commit);
        put(&body, row, (size_t)snprintf(row, sizeof row, "{\"id\":%d,\"randomNumber\":%d}", id, number));
        answer(out, "application/json", &body);
    } else if (strncmp(path, "queries", 7) == 0 || strncmp(path, "updates", 7) == 0) {
        worlds(&body, count, *path == 'u');
        answer(out, "application/json", &body);
    } else {
        fortunes(&body);
        answer(out, "text/html; charset=utf-8", &body);
    }
}

static void open_database(const char *path)
{
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        fprintf(stderr, "ceiling: %s: %s\n", path, sqlite3_errmsg(database));
        exit(1);
    }
    sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", NULL, NULL, NULL);
    sqlite3_busy_timeout(database, 5000);
    sqlite3_prepare_v2(database, "SELECT id, randomnumber FROM world WHERE id = ?", -1, &select_world, NULL);
    sqlite3_prepare_v2(database, "SELECT id, message FROM fortune", -1, &select_fortunes, NULL);
    sqlite3_prepare_v2(database, "UPDATE world SET randomnumber = ? WHERE id = ?", -1, &update_world, NULL);
    sqlite3_prepare_v2(database, "BEGIN", -1, &begin, NULL);
    sqlite3_prepare_v2(database, "COMMIT", -1, &commit, NULL);
}

static int listen_on(int port)
{
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
        perror("ceiling");
        exit(1);
    }
    return listener;
}

static void serve(int client, Out *out)
{
    static char in[1 << 16];
    ssize_t got = read(client, in, sizeof in - 1);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            close(client);
        return;
    }
    in[got] = 0;
    out->length = 0;
    for (char *request = in, *end; (end = strstr(request, "\r\n\r\n")); request = end + 4)
        respond(out, request);
    if (write(client, out->data, out->length) < 0)
        close(client);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    if (argc > 2)
        open_database(argv[2]);
    int listener = listen_on((int)strtol(argv[1], NULL, 10)), poll = epoll_create1(0), one = 1;
    Out out = {malloc(OUT_SIZE), 0};
    struct epoll_event event = {.events = EPOLLIN, .data = {.fd = listener}}, events[256];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(poll, events, 256, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd != listener) {
                serve(events[i].data.fd, &out);
                continue;
            }
            int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (client < 0)
                continue;
            setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            event = (struct epoll_event){.events = EPOLLIN, .data = {.fd = client}};
            epoll_ctl(poll, EPOLL_CTL_ADD, client, &event);
        }
    }
}
