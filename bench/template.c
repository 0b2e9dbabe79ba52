/* template.c: the fortunes page (13 rows) and a table of 100 rows with conditions, escaping and three filters a row, by
 * Caravan's templates and by hand: functions that append and escape the same bytes. `hand` escapes as the library does
 * (16 bytes at a time), `plain` by a table, byte for byte. Driven by template_rivals.py, which measures other engines
 * by the same protocol:
 *
 *     template rows            prints the rows: id, name, note, city, price, active, with tabs between
 *     template                 answers the lines of its input:
 *         ENGINE PAGE COUNT        renders so often; the nanoseconds of CPU time that it took
 *         ENGINE PAGE show         the length of the page in bytes, a line feed, and the page
 *         ENGINE PAGE allocations  how many allocations 100 renders make in the steady state
 */
#include "template/template.h"
#include "base/base.h"
#include "text/html.h"

enum { FORTUNES = 13, ROWS = 100 };

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
    } members[] = {{"id", {.read = read_int, .offset = offsetof(Row, id), .direct = CV_DIRECT_INT}},
                   {"name", {.read = read_text, .offset = offsetof(Row, name), .direct = CV_DIRECT_TEXT}},
                   {"note", {.read = read_text, .offset = offsetof(Row, note), .direct = CV_DIRECT_TEXT}},
                   {"city", {.read = read_text, .offset = offsetof(Row, city), .direct = CV_DIRECT_TEXT}},
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

/* ---- answering ---- */

typedef struct Page {
    const char *name;
    const CvTemplate *page;
    CvContext *context;
    const Row *rows;
    void (*by_hand)(CvBuffer *out, const Row *rows);
    CvBuffer out;
} Page;

static void by_template(Page *at)
{
    CvError error CV_UNINITIALIZED;
    if (!cv_template_render(at->page, at->context, &at->out, &error)) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
}

/* "caravan", "hand" or "plain". */
static void render(const char *engine, Page *at)
{
    at->out.length = 0;
    if (engine[0] == 'c')
        by_template(at);
    else
        at->by_hand(&at->out, at->rows);
}

static int64_t cpu_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void answer(const char *engine, Page *at, const char *task)
{
    escape = engine[0] == 'h' ? cv_html_escape : escape_plainly;
    if (strcmp(task, "show") == 0) {
        render(engine, at);
        printf("%zu\n%.*s", at->out.length, (int)at->out.length, at->out.data);
    } else if (strcmp(task, "allocations") == 0) {
        render(engine, at);
        cv_memory_fail_at(0);
        for (int i = 0; i < 100; i++)
            render(engine, at);
        printf("%zu\n", (size_t)cv_memory_count());
    } else {
        long count = strtol(task, NULL, 10);
        int64_t start = cpu_time();
        for (long i = 0; i < count; i++)
            render(engine, at);
        printf("%lld\n", (long long)(cpu_time() - start));
    }
    fflush(stdout);
}

static const char *const notes[] = {"fortune: No such file or directory",
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

static void make_rows(void)
{
    for (int i = 0; i < ROWS; i++)
        rows[i] = (Row){.object.type = &row_type,
                        .id = i + 1,
                        .name = names[i % CV_COUNT_OF(names)],
                        .note = notes[i % CV_COUNT_OF(notes)],
                        .city = cities[i % CV_COUNT_OF(cities)],
                        .price = 9.99 + i * 3.7,
                        .active = i % 3 != 0};
}

static Page make_page(CvEngine *engine, CvArena *arena, const char *name, const char *source, int count)
{
    CvError error;
    Page page = {.name = name, .rows = rows, .context = cv_context_create(arena), .out = cv_buffer(NULL)};
    page.page = cv_engine_compile(engine, cv_slice(source), "bench.html", &error);
    CvList *list = cv_list_create(arena);
    for (int i = 0; i < count; i++)
        cv_list_add(arena, list, cv_value_object(&rows[i]));
    cv_context_set(page.context, "rows", cv_value_list(list));
    return page;
}

int main(int argc, char **argv)
{
    make_rows();
    if (argc == 2 && strcmp(argv[1], "rows") == 0) {
        for (int i = 0; i < ROWS; i++)
            printf("%d\t%s\t%s\t%s\t%.17g\t%d\n", (int)rows[i].id, rows[i].name, rows[i].note, rows[i].city,
                   rows[i].price, rows[i].active);
        return 0;
    }
    CvArena *arena = cv_arena_create(0);
    CvEngine *engine = cv_engine_create(NULL);
    Page pages[2] = {make_page(engine, arena, "fortunes", fortunes_source, FORTUNES),
                     make_page(engine, arena, "table", table_source, ROWS)};
    pages[0].by_hand = fortunes_by_hand;
    pages[1].by_hand = table_by_hand;
    char name[16], page[16], task[16];
    while (scanf("%15s %15s %15s", name, page, task) == 3)
        answer(name, &pages[strcmp(page, "table") == 0], task);
    for (int i = 0; i < 2; i++)
        cv_buffer_free(&pages[i].out);
    cv_engine_destroy(engine);
    cv_arena_destroy(arena);
    return 0;
}
