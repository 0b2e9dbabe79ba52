/* template.c: what rendering costs: the fortunes page (13 rows) and a table of 100 rows with conditions, escaping and
 * three filters a row, against functions that append and escape the same bytes by hand: once with an escape function of
 * plain C (a table, a copy for each run), once with the library's own, which tests 16 bytes at a time. Prints
 * nanoseconds a render (the best of several rounds), the ratios, and the allocations of a render in the steady state.
 */
#include "template/template.h"
#include "base/base.h"
#include "text/html.h"

enum { FORTUNES = 13, ROWS = 100, ROUNDS = 15 };

typedef struct Row {
    CvObject object;
    int64_t id;
    const char *name, *note, *city;
    double price;
    bool active;
} Row;

/* ---- rows as an ORM shows them: members read at an offset ---- */

static void read_text(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)arena;
    cv_value_put_string(out, *(const char *const *)((const void *)((const char *)object + accessor->offset)));
}

static void read_int(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)arena;
    cv_value_put_int(out, *(const int64_t *)((const void *)((const char *)object + accessor->offset)));
}

static void read_real(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_float(*(const double *)((const void *)((const char *)object + accessor->offset)));
}

static void read_bool(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_bool(*(const bool *)((const char *)object + accessor->offset));
}

static bool resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    static const struct {
        const char *name;
        CvAccessor accessor;
    } members[] = {{"id", {.read = read_int, .offset = offsetof(Row, id)}},
                   {"name", {.read = read_text, .offset = offsetof(Row, name)}},
                   {"note", {.read = read_text, .offset = offsetof(Row, note)}},
                   {"city", {.read = read_text, .offset = offsetof(Row, city)}},
                   {"price", {.read = read_real, .offset = offsetof(Row, price)}},
                   {"active", {.read = read_bool, .offset = offsetof(Row, active)}}};
    for (size_t i = 0; i < CV_COUNT_OF(members); i++)
        if (cv_slice_is(name, members[i].name)) {
            *out = members[i].accessor;
            return true;
        }
    return false;
}

static const CvType row_type = {.magic = CV_TYPE_MAGIC, .name = "Row", .resolve = resolve};

/* ---- the pages ---- */

static const char fortunes_source[] =
    "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>"
    "{% for fortune in rows %}<tr><td>{{ fortune.id }}</td><td>{{ fortune.note }}</td></tr>{% endfor %}"
    "</table></body></html>";

static const char table_source[] =
    "<table>\n{% for row in rows %}<tr class=\"{% if row.active %}on{% else %}off{% endif %}\"><td>{{ row.id }}</td>"
    "<td>{{ row.name|upper }}</td><td>{{ row.price|floatformat:2 }}</td><td>{{ row.note|truncatechars:30 }}</td>"
    "<td>{{ row.city }}</td></tr>\n{% endfor %}</table>";

/* Escaping as one writes it by hand. */
static void escape_plainly(CvBuffer *out, CvSlice text)
{
    static const char *const replacements[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#x27;"};
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *replacement = replacements[(unsigned char)text.data[i]];
        if (!replacement)
            continue;
        cv_buffer_append(out, text.data + start, i - start);
        cv_buffer_append_string(out, replacement);
        start = i + 1;
    }
    cv_buffer_append(out, text.data + start, text.length - start);
}

static void (*escape)(CvBuffer *out, CvSlice text);

#define PUT(out, literal) cv_buffer_append((out), "" literal, sizeof(literal) - 1)

static void fortunes_by_hand(CvBuffer *out, const Row *rows)
{
    PUT(out,
        "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>");
    for (int i = 0; i < FORTUNES; i++) {
        PUT(out, "<tr><td>");
        cv_buffer_append_int(out, rows[i].id);
        PUT(out, "</td><td>");
        escape(out, cv_slice(rows[i].note));
        PUT(out, "</td></tr>");
    }
    PUT(out, "</table></body></html>");
}

static void append_upper(CvBuffer *out, const char *text)
{
    char copy[256];
    size_t length = strlen(text);
    for (size_t i = 0; i < length && i < sizeof copy; i++)
        copy[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    escape(out, cv_slice_of(copy, length));
}

/* At most 30 characters, the last of them an ellipsis where the text is longer. */
static void append_truncated(CvBuffer *out, const char *text)
{
    size_t points = 0, cut = 0, length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) == 0x80)
            continue;
        if (points == 29)
            cut = i;
        if (++points > 30) {
            escape(out, cv_slice_of(text, cut));
            PUT(out, "\xe2\x80\xa6");
            return;
        }
    }
    escape(out, cv_slice_of(text, length));
}

static void table_by_hand(CvBuffer *out, const Row *rows)
{
    PUT(out, "<table>\n");
    for (int i = 0; i < ROWS; i++) {
        const Row *row = &rows[i];
        char number[32];
        PUT(out, "<tr class=\"");
        if (row->active)
            PUT(out, "on");
        else
            PUT(out, "off");
        PUT(out, "\"><td>");
        cv_buffer_append_int(out, row->id);
        PUT(out, "</td><td>");
        append_upper(out, row->name);
        PUT(out, "</td><td>");
        cv_buffer_append(out, number, (size_t)snprintf(number, sizeof number, "%.2f", row->price));
        PUT(out, "</td><td>");
        append_truncated(out, row->note);
        PUT(out, "</td><td>");
        escape(out, cv_slice(row->city));
        PUT(out, "</td></tr>\n");
    }
    PUT(out, "</table>");
}

/* ---- measuring ---- */

typedef struct Case {
    const CvTemplate *page;
    CvContext *context;
    const Row *rows;
    void (*by_hand)(CvBuffer *out, const Row *rows);
    CvBuffer out;
} Case;

static double by_template(Case *at, int count)
{
    uint64_t start = cv_monotonic_ns();
    for (int i = 0; i < count; i++) {
        CvError error;
        at->out.length = 0;
        if (!cv_template_render(at->page, at->context, &at->out, &error)) {
            fprintf(stderr, "%s\n", error.message);
            exit(1);
        }
    }
    return (double)(cv_monotonic_ns() - start) / count;
}

static double by_hand(Case *at, int count)
{
    uint64_t start = cv_monotonic_ns();
    for (int i = 0; i < count; i++) {
        at->out.length = 0;
        at->by_hand(&at->out, at->rows);
    }
    return (double)(cv_monotonic_ns() - start) / count;
}

static void keep_best(double *best, double cost)
{
    if (cost < *best)
        *best = cost;
}

static void measure(const char *name, Case *at, int count)
{
    double best[3] = {1e30, 1e30, 1e30};
    CvBuffer copy = cv_buffer(NULL);
    escape = escape_plainly;
    by_template(at, 1);
    cv_buffer_append_slice(&copy, cv_buffer_slice(&at->out));
    by_hand(at, 1);
    if (!cv_slice_equal(cv_buffer_slice(&copy), cv_buffer_slice(&at->out))) {
        fprintf(stderr, "%s: the outputs differ\n%.*s\n%.*s\n", name, (int)copy.length, copy.data, (int)at->out.length,
                at->out.data);
        exit(1);
    }
    cv_buffer_free(&copy);
    for (int round = 0; round < ROUNDS; round++) { /* in turns, so that all see the same machine */
        keep_best(&best[0], by_template(at, count));
        escape = escape_plainly;
        keep_best(&best[1], by_hand(at, count));
        escape = cv_html_escape;
        keep_best(&best[2], by_hand(at, count));
    }
    cv_memory_fail_at(0);
    by_template(at, count);
    printf("%-9s template %6.0f ns; by hand %6.0f ns, ratio %.2f; by hand with cv_html_escape %6.0f ns, ratio %.2f; "
           "%zu bytes, %.3f allocations a render\n",
           name, best[0], best[1], best[0] / best[1], best[2], best[0] / best[2], at->out.length,
           (double)cv_memory_count() / count);
}

int main(void)
{
    static const char *const notes[] = {
        "fortune: No such file or directory",
        "A computer scientist is someone who fixes things that aren't broken.",
        "After enough decimal places, nobody gives a damn.",
        "A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67",
        "A computer program does what you tell it to do, not what you want it to do.",
        "Emacs is a nice operating system, but I prefer UNIX.",
        "Any program that runs right is obsolete.",
        "A list is only as strong as its weakest link.",
        "Feature: A bug with seniority.",
        "Computers make very fast, very accurate mistakes.",
        "<script>alert(\"This should not be displayed in a browser alert box.\");</script>",
        "フレームワークのベンチマーク",
        "Additional fortune added at request time."};
    static const char *const cities[] = {"Berlin & Potsdam", "Łódź", "New York", "\"Paris\"", "Rio <de> Janeiro"};
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "O'Neil", "Edsger Dijkstra", "Barbara Liskov"};
    static Row rows[ROWS];
    CvArena *arena = cv_arena_create(0);
    CvList *fortunes = cv_list_create(arena), *table = cv_list_create(arena);
    for (int i = 0; i < ROWS; i++) {
        rows[i] = (Row){.object.type = &row_type,
                        .id = i + 1,
                        .name = names[i % CV_COUNT_OF(names)],
                        .note = notes[i % CV_COUNT_OF(notes)],
                        .city = cities[i % CV_COUNT_OF(cities)],
                        .price = 9.99 + i * 3.7,
                        .active = i % 3 != 0};
        if (i < FORTUNES)
            cv_list_add(arena, fortunes, cv_value_object(&rows[i]));
        cv_list_add(arena, table, cv_value_object(&rows[i]));
    }
    CvEngine *engine = cv_engine_create(NULL);
    CvError error;
    Case cases[2] = {{.rows = rows, .by_hand = fortunes_by_hand}, {.rows = rows, .by_hand = table_by_hand}};
    const char *const sources[] = {fortunes_source, table_source};
    for (int i = 0; i < 2; i++) {
        cases[i].page = cv_engine_compile(engine, cv_slice(sources[i]), "bench.html", &error);
        cases[i].context = cv_context_create(arena);
        cv_context_set(cases[i].context, "rows", cv_value_list(i ? table : fortunes));
        cases[i].out = cv_buffer(NULL);
    }
    measure("fortunes", &cases[0], 20000);
    measure("table", &cases[1], 1000);
    for (int i = 0; i < 2; i++)
        cv_buffer_free(&cases[i].out);
    cv_engine_destroy(engine);
    cv_arena_destroy(arena);
    return 0;
}
