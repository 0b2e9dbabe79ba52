/* Tests that no text makes a filter take more than linear time: four times the text may cost about four times the
 * instructions (where the kernel counts them; else the thread's time, the least of several runs). */
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "template_test.h"

static int counter = -1;

static void open_counter(void)
{
    struct perf_event_attr attributes = {.type = PERF_TYPE_HARDWARE,
                                         .size = sizeof attributes,
                                         .config = PERF_COUNT_HW_INSTRUCTIONS,
                                         .exclude_kernel = 1,
                                         .exclude_hv = 1};
    counter = (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}

/* Instructions or nanoseconds so far. */
static double work_so_far(void)
{
    uint64_t count;
    if (counter >= 0 && read(counter, &count, sizeof count) == sizeof count)
        return (double)count;
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double cost(Site *site, const char *name, const CvTemplate *page, CvSlice text)
{
    double least = 1e300;
    for (int run = 0; run < (counter >= 0 ? 1 : 2); run++) {
        CvArenaMark mark = cv_arena_mark(site->arena);
        CvContext *context = cv_context_create(site->arena);
        CvBuffer out = cv_buffer(site->arena);
        cv_context_set(context, "text", cv_value_slice(text));
        double before = work_so_far();
        bool good = cv_template_render(page, context, &out, &site->error);
        double spent = work_so_far() - before;
        /* striptags gives up on what is nested too deep, as Django does */
        ck_assert_msg(good || site->error.kind == CV_ERROR_SUSPICIOUS, "%s: %s", name, site->error.message);
        least = spent < least ? spent : least;
        cv_arena_rewind(site->arena, mark);
    }
    return least;
}

static CvSlice repeated(CvArena *arena, const char *piece, size_t length)
{
    CvBuffer out = cv_buffer(arena);
    while (out.length < length)
        cv_buffer_append_string(&out, piece);
    return cv_buffer_slice(&out);
}

static const char *const filters[] = {"urlize",
                                      "urlizetrunc:5",
                                      "striptags",
                                      "safe|urlize",
                                      "truncatechars_html:9",
                                      "truncatechars_html:100000000",
                                      "truncatewords:3",
                                      "truncatewords_html:3",
                                      "truncatewords_html:100000000",
                                      "truncatechars:7",
                                      "truncatewords:1000000",
                                      "wordwrap:1",
                                      "wordwrap:70",
                                      "linebreaks",
                                      "linebreaksbr",
                                      "linenumbers",
                                      "slugify",
                                      "title",
                                      "escapejs",
                                      "force_escape",
                                      "urlencode",
                                      "iriencode",
                                      "addslashes",
                                      "capfirst",
                                      "wordcount",
                                      "cut:\"a\"",
                                      "phone2numeric",
                                      "json_script",
                                      "make_list|length",
                                      "slice:\":-1\"",
                                      "center:20",
                                      "upper",
                                      "lower",
                                      "stringformat:\"r\"",
                                      "floatformat",
                                      "filesizeformat",
                                      "pprint",
                                      "length",
                                      "last",
                                      "add:\"x\"",
                                      "unordered_list|length",
                                      "truncatewords:2|striptags",
                                      "escape|linebreaksbr",
                                      "intcomma",
                                      "intword",
                                      "apnumber",
                                      "ordinal",
                                      "date:\"Y\"",
                                      "first",
                                      "join:\", \"",
                                      "dictsort:0|length"};

static const char *const pieces[] = {
    "<",        ">",         "&",     "<a",          "<a ",      "</", "<!--", "-->",      "<p>",
    "<b></b>",  "</b>",      "&lt;",  "&amp",        "a",        "a ", " ",    "\n",       "\r\n",
    ".",        "..,",       "(",     ")",           "((a",      "))", "www.", "http://",  "http://a.b/(",
    "a@b.c",    "a@",        "@b.c ", "mailto:",     "'",        "\"", "\\",   "\xc3\xa9", "\xf0\x9f\x98\x80",
    "\xcc\x81", "0",         "9,",    "&#",          "&;",       "x;", "<br/", "<<a>>",    "\t",
    "=",        "?a=b&",     "%",     "%41",         "http://[", "::", "!)",   "a\n\n",    "<script>",
    "]]>",      "<![CDATA[", "<?",    "\xe2\x80\xa8"};

#define SMALL ((size_t)8 << 10)
#define FACTOR 4
#define ATTEMPTS 4

/* Quadratic is 16 times; a table's growth, the caches and the kernel's part may make 4 into 6, or more once: what is
 * quadratic stays so with twice the text. */
static bool is_linear(double small, double large)
{
    return large < small * 8 + 2e6;
}

static void expect_linear(Site *site, const char *source, const CvTemplate *page, const char *piece)
{
    double small = 0, large = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        CvArenaMark mark = cv_arena_mark(site->arena);
        small = cost(site, source, page, repeated(site->arena, piece, SMALL << attempt));
        large = cost(site, source, page, repeated(site->arena, piece, (SMALL << attempt) * FACTOR));
        cv_arena_rewind(site->arena, mark);
        if (is_linear(small, large))
            return;
    }
    ck_abort_msg("%s over '%s': %.0f, then %.0f", source, piece, small, large);
}

START_TEST(filters_take_linear_time)
{
    Site site = SITE();
    open_counter();
    for (size_t i = 0; i < CV_COUNT_OF(filters); i++) {
        const char *source = cv_arena_printf(site.arena, "{%% load humanize %%}{{ text|%s }}", filters[i]);
        const CvTemplate *page = cv_engine_compile(site.engine, cv_slice(source), NULL, &site.error);
        ck_assert_msg(page != NULL, "%s: %s", source, site.error.message);
        for (size_t j = 0; j < CV_COUNT_OF(pieces); j++)
            expect_linear(&site, source, page, pieces[j]);
    }
    if (counter >= 0)
        close(counter);
    site_close(&site);
}
END_TEST

/* The same for what is compiled: the lexer and the parser. */
static const char *const sources[] = {"{{",
                                      "}}",
                                      "{%",
                                      "%}",
                                      "{# #}",
                                      "{{ a }}",
                                      "{{ a|upper }}",
                                      "{% if a %}{% endif %}",
                                      "{% now \"Y\" %}",
                                      "{",
                                      "{{ a.b.c",
                                      "{% verbatim %}",
                                      "{% comment %}",
                                      "{#",
                                      "a\n",
                                      "{% block",
                                      "{{ \"",
                                      "{{ '\\",
                                      "{% with a=1 %}{{ a }}{% endwith %}",
                                      "{% cycle 1 2 %}",
                                      "{% firstof a b c %}",
                                      "{% for a in b %}{{ a }}{% endfor %}"};

/* Each with a name of its own: the piece with its number for each "#". */
static const char *const numbered[] = {"{{ a# }}",
                                       "{{ a#.b|add:c# }}",
                                       "{% block a# %}{{ b }}{% endblock %}",
                                       "{% partialdef a# %}{% endpartialdef %}",
                                       "{% with a#=1 %}{{ a# }}{% endwith %}",
                                       "{% now \"Y\" as a# %}{{ a# }}",
                                       "{# optional: a# #}{{ a# }}",
                                       "{% load tz %}",
                                       "{% include \"a#\" %}",
                                       "{% url \"a#\" %}"};

static CvSlice repeated_numbered(CvArena *arena, const char *piece, size_t length)
{
    CvBuffer out = cv_buffer(arena);
    for (unsigned number = 0; out.length < length; number++)
        for (const char *at = piece; *at; at++)
            if (*at == '#' && at > piece && at[-1] != '{' && at[1] != '}')
                cv_buffer_printf(&out, "%u", 100000 + number);
            else
                cv_buffer_append_byte(&out, *at);
    return cv_buffer_slice(&out);
}

typedef double Cost(Site *site, CvSlice source);

static double compile_cost(Site *site, CvSlice source)
{
    double before = work_so_far();
    (void)cv_engine_compile(site->engine, source, NULL, &site->error);
    return work_so_far() - before;
}

static double render_cost(Site *site, CvSlice source)
{
    CvArenaMark mark = cv_arena_mark(site->arena);
    CvBuffer out = cv_buffer(site->arena);
    const CvTemplate *page = cv_engine_compile(site->engine, source, NULL, &site->error);
    double before = work_so_far();
    ck_assert_msg(page && cv_template_render(page, cv_context_create(site->arena), &out, &site->error), "%s",
                  site->error.message);
    double spent = work_so_far() - before;
    cv_arena_rewind(site->arena, mark);
    return spent;
}

/* The repeated piece with a name of its own each time. */
static void expect_linear_names(Site *site, Cost *cost_of, const char *piece)
{
    double small = 0, large = 1e300;
    for (int attempt = 0; attempt < ATTEMPTS && !is_linear(small, large); attempt++) {
        small = cost_of(site, repeated_numbered(site->arena, piece, 4 * SMALL << attempt));
        large = cost_of(site, repeated_numbered(site->arena, piece, (4 * SMALL << attempt) * FACTOR));
    }
    ck_assert_msg(is_linear(small, large), "'%s': %.0f, then %.0f", piece, small, large);
}

START_TEST(compiling_takes_linear_time)
{
    Site site = SITE();
    open_counter();
    for (size_t i = 0; i < CV_COUNT_OF(sources); i++) {
        double small = 0, large = 1e300;
        for (int attempt = 0; attempt < ATTEMPTS && !is_linear(small, large); attempt++) {
            small = compile_cost(&site, repeated(site.arena, sources[i], SMALL << attempt));
            large = compile_cost(&site, repeated(site.arena, sources[i], (SMALL << attempt) * FACTOR));
        }
        ck_assert_msg(is_linear(small, large), "'%s': %.0f, then %.0f", sources[i], small, large);
    }
    for (size_t i = 0; i < CV_COUNT_OF(numbered); i++)
        expect_linear_names(&site, compile_cost, numbered[i]);
    if (counter >= 0)
        close(counter);
    site_close(&site);
}
END_TEST

/* Many names in one scope. */
static const char *const set_names[] = {"{% now \"Y\" as a# %}", "{% now \"Y\" as a# %}{{ a# }}{{ b# }}",
                                        "{% cycle 1 2 as a# silent %}{% if a# %}{% endif %}"};

START_TEST(rendering_takes_linear_time)
{
    Site site = SITE();
    open_counter();
    for (size_t i = 0; i < CV_COUNT_OF(set_names); i++)
        expect_linear_names(&site, render_cost, set_names[i]);
    if (counter >= 0)
        close(counter);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/linear", filters_take_linear_time, compiling_takes_linear_time, rendering_takes_linear_time)
