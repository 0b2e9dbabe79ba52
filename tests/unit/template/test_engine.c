/* Tests template/engine.h: finding, errors and their places, bounds, streaming. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "template_test.h"

START_TEST(finds_embedded_templates_and_partials)
{
    Site site = SITE("a.html", "A", "p.html", "x{% partialdef row %}R{% endpartialdef %}");
    ck_assert_str_eq(render_name(&site, "a.html"), "A");
    ck_assert_str_eq(render_name(&site, "p.html#row"), "R");
    ck_assert_str_eq(render_name(&site, "p.html#none"), "TemplateDoesNotExist: none");
    ck_assert_str_eq(render_name(&site, "b.html"), "TemplateDoesNotExist: b.html");
    site_close(&site);
}
END_TEST

START_TEST(refuses_names_that_leave_the_folder)
{
    const char *const folders[] = {"/", NULL};
    Site site = site_of(NULL, (CvEngineOptions){.dirs = folders});
    const char *const bad[] = {"../etc/passwd", "/etc/passwd", "a/../../etc/passwd", "", "a\\b", "etc/../etc/passwd"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert_ptr_null(cv_engine_get(site.engine, bad[i], &site.error));
        ck_assert_int_eq(site.error.kind, CV_ERROR_TEMPLATE_DOES_NOT_EXIST);
    }
    site_close(&site);
}
END_TEST

static void write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

/* In debug a file that comes into an earlier folder, or goes, is noticed. */
START_TEST(searches_again_in_debug)
{
    char first[] = "/tmp/template-first-XXXXXX", second[] = "/tmp/template-second-XXXXXX";
    ck_assert(mkdtemp(first) && mkdtemp(second));
    CvArena *arena = cv_arena_create(0);
    char *early = cv_arena_printf(arena, "%s/page.html", first), *late = cv_arena_printf(arena, "%s/page.html", second);
    const char *const folders[] = {first, second, NULL};
    Site site = site_of(NULL, (CvEngineOptions){.dirs = folders, .debug = true});
    write_file(late, "late");
    ck_assert_str_eq(render_name(&site, "page.html"), "late");
    const CvTemplate *page = cv_engine_get(site.engine, "page.html", &site.error);
    ck_assert_ptr_eq(cv_engine_get(site.engine, "page.html", &site.error), page); /* not compiled again */
    write_file(early, "early");
    ck_assert_str_eq(render_name(&site, "page.html"), "early");
    unlink(early);
    ck_assert_str_eq(render_name(&site, "page.html"), "late");
    unlink(late);
    ck_assert_str_eq(render_name(&site, "page.html"), "TemplateDoesNotExist: page.html");
    rmdir(first);
    rmdir(second);
    site_close(&site);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(reads_changed_files_again_in_debug)
{
    char folder[] = "/tmp/template-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    CvArena *arena = cv_arena_create(0);
    char *path = cv_arena_printf(arena, "%s/page.html", folder);
    const char *const folders[] = {folder, NULL};
    write_file(path, "one\r\n");
    Site site = site_of(NULL, (CvEngineOptions){.dirs = folders, .debug = true});
    Site kept = site_of(NULL, (CvEngineOptions){.dirs = folders});
    ck_assert_str_eq(render_name(&site, "page.html"), "one\n");
    ck_assert_str_eq(render_name(&kept, "page.html"), "one\n");
    write_file(path, "second");
    ck_assert_str_eq(render_name(&site, "page.html"), "second");
    ck_assert_str_eq(render_name(&kept, "page.html"), "one\n");
    unlink(path);
    rmdir(folder);
    site_close(&site);
    site_close(&kept);
    cv_arena_destroy(arena);
}
END_TEST

static void write_stars(const CvNativeTemplate *native, CvContext *context, CvBuffer *out)
{
    CvValue stars;
    if (!cv_context_get(context, CV_SLICE("stars"), &stars))
        cv_raise(CV_ERROR_VALUE, "%s needs stars.", native->name);
    cv_buffer_printf(out, "%s%d", (const char *)native->data, (int)stars.integer);
}

START_TEST(a_native_template_is_one_without_a_file)
{
    static const CvNativeTemplate natives[] = {{"stars.html", write_stars, "*"}, {"page.html", write_stars, "P"}, {0}};
    for (int debug = 0; debug < 2; debug++) {
        Site site = site_of((const char *const[]){"page.html", "{% include 'stars.html' %}!", NULL},
                            (CvEngineOptions){.natives = natives, .debug = debug});
        ck_assert_str_eq(render_name(&site, "stars.html"), "ValueError: stars.html needs stars.");
        cv_context_set(site.context, "stars", CV_VALUE(5));
        ck_assert_str_eq(render_name(&site, "stars.html"), "*5");
        ck_assert_str_eq(render_name(&site, "page.html"), "*5!");
        expect_render(&site, "{% with name='stars.html' %}{% include name with stars=2 %}{% endwith %}", "*2");
        expect_render(&site, "{% extends 'stars.html' %}{% block a %}x{% endblock %}", "*5");
        ck_assert_ptr_eq(cv_template_native(cv_engine_get(site.engine, "stars.html", &site.error)), &natives[0]);
        ck_assert_ptr_null(cv_template_native(cv_engine_get(site.engine, "page.html", &site.error)));
        ck_assert_str_eq(render_name(&site, "none.html"), "TemplateDoesNotExist: none.html");
        site_close(&site);
    }
}
END_TEST

START_TEST(errors_tell_template_line_and_column)
{
    Site site =
        SITE("a.html", "x\n {% nope %}\n", "b.html", "{% include 'c.html' %}", "c.html", "\n\n  {{ 1|divisibleby:0 }}");
    ck_assert_str_eq(
        render_name(&site, "a.html"),
        "TemplateSyntaxError: Invalid block tag on line 2: 'nope'. Did you forget to register or load this tag?");
    ck_assert_int_eq(site.error.line, 2);
    ck_assert_int_eq(site.error.column, 2);
    ck_assert_str_eq(site.error.file, "embedded:a.html");
    ck_assert_ptr_nonnull(strstr(site.error.detail, ">    2   {% nope %}"));
    ck_assert_str_eq(render_name(&site, "b.html"), "ZeroDivisionError: integer modulo by zero");
    ck_assert_str_eq(site.error.file, "embedded:c.html");
    ck_assert_int_eq(site.error.line, 3);
    ck_assert_int_eq(site.error.column, 3);
    site_close(&site);
}
END_TEST

START_TEST(nesting_has_a_bound)
{
    Site site = SITE();
    for (int deep = 198; deep <= 201; deep++) { /* the page itself is the first body */
        CvBuffer source = cv_buffer(site.arena);
        for (int i = 0; i < deep; i++)
            cv_buffer_append_string(&source, "{% if 1 %}");
        cv_buffer_append_string(&source, "x");
        for (int i = 0; i < deep; i++)
            cv_buffer_append_string(&source, "{% endif %}");
        const char *out = render_text(&site, cv_buffer_string(&source));
        if (deep <= 199)
            ck_assert_str_eq(out, "x");
        else
            ck_assert_str_eq(out, "TemplateSyntaxError: Tags are nested more than 200 deep.");
    }
    site_close(&site);
}
END_TEST

START_TEST(literal_names_are_looked_up_once)
{
    char folder[] = "/tmp/caravan-links-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    const char *const names[] = {"a.html", "b.html", "c.html"};
    const char *const texts[] = {"{% extends 'b.html' %}{% block x %}[{% include 'c.html' %}]{% endblock %}",
                                 "<{% block x %}{% endblock %}>", "c"};
    for (int debug = 0; debug < 2; debug++) {
        CvArena *arena = cv_arena_create(0);
        const char *const dirs[] = {folder, NULL};
        Site site = site_of(NULL, (CvEngineOptions){.dirs = dirs, .debug = debug});
        for (int i = 0; i < 3; i++)
            write_file(cv_arena_printf(arena, "%s/%s", folder, names[i]), texts[i]);
        ck_assert_str_eq(render_name(&site, "a.html"), "<[c]>");
        for (int i = 1; i < 3; i++)
            unlink(cv_arena_printf(arena, "%s/%s", folder, names[i]));
        const char *out = render_name(&site, "a.html");
        if (debug)
            ck_assert_str_eq(out, "TemplateDoesNotExist: b.html");
        else
            ck_assert_str_eq(out, "<[c]>");
        site_close(&site);
        cv_arena_destroy(arena);
    }
    unlink(cv_printf("%s/a.html", folder));
    rmdir(folder);
}
END_TEST

START_TEST(a_template_may_extend_its_like_in_another_folder)
{
    char folder[] = "/tmp/caravan-likes-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    const char *const dirs[] = {cv_printf("%s/one", folder), cv_printf("%s/two", folder), NULL};
    for (int i = 0; i < 2; i++)
        mkdir(dirs[i], 0777);
    write_file(cv_printf("%s/a.html", dirs[0]), "{% extends 'a.html' %}{% block x %}1{{ block.super }}{% endblock %}");
    write_file(cv_printf("%s/a.html", dirs[1]), "<{% block x %}2{% endblock %}>");
    for (int debug = 0; debug < 2; debug++) {
        Site site = site_of(NULL, (CvEngineOptions){.dirs = dirs, .debug = debug});
        ck_assert_str_eq(render_name(&site, "a.html"), "<12>");
        cv_memory_fail_at(0);
        for (int i = 0; i < 100; i++)
            ck_assert_str_eq(render_name(&site, "a.html"), "<12>");
        ck_assert_uint_lt(cv_memory_count(), 20); /* compiled once, not a hundred times */
        site_close(&site);
    }
    for (int i = 0; i < 2; i++) {
        unlink(cv_printf("%s/a.html", dirs[i]));
        rmdir(dirs[i]);
    }
    rmdir(folder);
}
END_TEST

START_TEST(recursive_includes_have_a_bound)
{
    Site site = SITE("loop.html", "{% include 'loop.html' %}", "tree.html",
                     "{{ n.0 }}{% if n.1 %}({% include 'tree.html' with n=n.1 %}){% endif %}");
    ck_assert_ptr_nonnull(strstr(render_name(&site, "loop.html"), "RecursionError"));
    CvArena *arena = site.arena;
    CvList *leaf = cv_list(arena, 3), *middle = cv_list(arena, 2, leaf), *root = cv_list(arena, 1, middle);
    cv_context_set(site.context, "n", CV_VALUE(root));
    ck_assert_str_eq(render_name(&site, "tree.html"), "1(2(3))");
    site_close(&site);
}
END_TEST

START_TEST(output_has_a_bound_where_one_is_set)
{
    for (size_t limit = 4; limit <= 6; limit++) {
        Site site = site_of(NULL, (CvEngineOptions){.output_limit = limit});
        const char *out = render_text(&site, "{% for c in \"abcde\" %}{{ c }}{% endfor %}");
        if (limit >= 5)
            ck_assert_str_eq(out, "abcde");
        else
            ck_assert_ptr_nonnull(strstr(out, "ValueError"));
        site_close(&site);
    }
}
END_TEST

typedef struct Pieces {
    CvBuffer all;
    int count, stop_after;
    size_t longest;
} Pieces;

static bool take_piece(void *argument, CvSlice piece)
{
    Pieces *pieces = argument;
    cv_buffer_append_slice(&pieces->all, piece);
    if (piece.length > pieces->longest)
        pieces->longest = piece.length;
    return ++pieces->count != pieces->stop_after;
}

START_TEST(streams_in_pieces)
{
    Site site = SITE("a.html", "{% for i in rows %}{{ i }},{% endfor %}");
    CvList *rows = cv_list_create(site.arena);
    for (int i = 0; i < 5000; i++)
        cv_list_add(site.arena, rows, cv_value_int(1000 + i % 1000));
    cv_context_set(site.context, "rows", CV_VALUE(rows));
    const CvTemplate *page = cv_engine_get(site.engine, "a.html", &site.error);
    Pieces pieces = {.all = cv_buffer(site.arena)};
    ck_assert(cv_template_stream(page, site.context, take_piece, &pieces, 1024, &site.error));
    ck_assert_uint_eq(pieces.all.length, 25000);
    ck_assert_int_gt(pieces.count, 20);
    ck_assert_uint_lt(pieces.longest, 1100);
    Pieces stopped = {.all = cv_buffer(site.arena), .stop_after = 3};
    ck_assert(cv_template_stream(page, site.context, take_piece, &stopped, 1024, &site.error));
    ck_assert_int_eq(stopped.count, 3);
    site_close(&site);
}
END_TEST

static bool endless_next(CvIterator *iterator, CvValue *out)
{
    if (iterator->index == 1000000)
        return false;
    char *text = cv_arena_printf(iterator->arena, "row %zu of the table", iterator->index++);
    *out = cv_value_string(text);
    return true;
}

static void endless_iterate(const void *object, CvIterator *iterator)
{
    (void)object;
    iterator->next = endless_next;
}

static const CvType endless = {.magic = CV_TYPE_MAGIC, .name = "rows", .iterate = endless_iterate};

static bool drop_piece(void *argument, CvSlice piece)
{
    *(size_t *)argument += piece.length;
    return true;
}

START_TEST(short_pages_are_not_written_at_all)
{
    Site site = site_of((const char *const[]){"a.html", "{% for c in text %}{{ c }}{% endfor %}", NULL},
                        (CvEngineOptions){.output_limit = 70});
    static char text[2001];
    memset(text, 'x', 2000);
    const CvTemplate *page = cv_engine_get(site.engine, "a.html", &site.error);
    for (size_t length = 63; length <= 65; length++) {
        cv_context_set(site.context, "text", cv_value_slice(cv_slice_of(text, length)));
        Pieces pieces = {.all = cv_buffer(site.arena)};
        CvBuffer out = cv_buffer(site.arena);
        const CvTemplateSink sink = {take_piece, &pieces, 64, 10};
        ck_assert(cv_template_render_to(page, site.context, &out, &sink, &site.error));
        ck_assert_uint_eq(out.length + pieces.all.length, length);
        ck_assert_int_eq(pieces.count, length < 64 ? 0 : 1);
    }
    /* The limit is on what is held, not on what went. */
    cv_context_set(site.context, "text", cv_value_string(text));
    Pieces pieces = {.all = cv_buffer(site.arena)};
    CvBuffer out = cv_buffer(site.arena);
    ck_assert(
        cv_template_render_to(page, site.context, &out, &(CvTemplateSink){take_piece, &pieces, 64, 10}, &site.error));
    ck_assert_uint_eq(out.length + pieces.all.length, 2000);
    ck_assert(!cv_template_render(page, site.context, &out, &site.error));
    site_close(&site);
}
END_TEST

/* A block inside a loop may be given a body by a template that the loop has not seen. */
START_TEST(blocks_of_children_may_ask_the_loop)
{
    Site site = SITE("base", "{% for c in text %}{% block row %}{% endblock %}{% endfor %}", "page",
                     "{% extends 'base' %}{% block row %}{{ forloop.revcounter }}{% if forloop.last %}.{% endif %}"
                     "{% endblock %}");
    cv_context_set(site.context, "text", CV_VALUE("abc"));
    ck_assert_str_eq(render_name(&site, "page"), "321.");
    site_close(&site);
}
END_TEST

START_TEST(a_long_loop_keeps_nothing)
{
    Site site = SITE("a.html",
                     "{% for row in rows %}{{ forloop.counter }}:{{ row|upper }}{% if row %}.{% endif %}{% endfor %}");
    CvObject rows = {&endless};
    cv_context_set(site.context, "rows", CV_VALUE(&rows));
    const CvTemplate *page = cv_engine_get(site.engine, "a.html", &site.error);
    size_t total = 0, used = site.arena->used;
    cv_memory_fail_at(0);
    ck_assert(cv_template_stream(page, site.context, drop_piece, &total, 0, &site.error));
    ck_assert_uint_gt(total, 20000000);
    ck_assert_uint_lt(site.arena->used - used, 200000);
    ck_assert_uint_lt(cv_memory_count(), 40);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/engine", finds_embedded_templates_and_partials, refuses_names_that_leave_the_folder,
           searches_again_in_debug, reads_changed_files_again_in_debug, a_native_template_is_one_without_a_file,
           errors_tell_template_line_and_column, nesting_has_a_bound, literal_names_are_looked_up_once,
           a_template_may_extend_its_like_in_another_folder, recursive_includes_have_a_bound,
           output_has_a_bound_where_one_is_set, streams_in_pieces, short_pages_are_not_written_at_all,
           blocks_of_children_may_ask_the_loop, a_long_loop_keeps_nothing)
