/* Tests of the stack of scopes with few names and with many: shadowing, taking off, failures. */
#include "template_test.h"

/* "n0", "n1", ...: so many names with their numbers, from `first` on. */
static void set_names(Site *site, int first, int count, int add)
{
    for (int i = first; i < first + count; i++)
        cv_context_set(site->context, cv_arena_printf(site->arena, "n%d", i), cv_value_int(i + add));
}

static int64_t number(const Site *site, const char *name)
{
    CvValue value;
    return cv_context_get(site->context, cv_slice(name), &value) ? value.integer : -1;
}

/* Around the number of names from which a context has an index. */
static const int sizes[] = {1, 31, 32, 33, 64, 65, 1000};

static void check_newer_scopes_shadow_older_ones(int size)
{
    Site site = SITE();
    set_names(&site, 0, size, 0);
    cv_context_push(site.context);
    set_names(&site, 0, size, 5000);
    cv_context_set(site.context, "n0", cv_value_int(-7));
    ck_assert_int_eq(number(&site, "n0"), -7);
    if (size > 1)
        ck_assert_int_eq(number(&site, cv_arena_printf(site.arena, "n%d", size - 1)), 5000 + size - 1);
    ck_assert_uint_eq(site.context->count, 2 * (size_t)size);
    cv_context_pop(site.context);
    for (int i = 0; i < size; i++)
        ck_assert_int_eq(number(&site, cv_arena_printf(site.arena, "n%d", i)), i);
    ck_assert_int_eq(number(&site, "other"), -1);
    site_close(&site);
}

static void check_upward_sets_where_the_name_is(int size)
{
    Site site = SITE();
    set_names(&site, 0, size, 0);
    cv_context_push(site.context);
    cv_context_set_upward(site.context, CV_SLICE("n0"), cv_value_int(77));
    cv_context_set_upward(site.context, CV_SLICE("new"), cv_value_int(78));
    ck_assert_int_eq(number(&site, "n0"), 77);
    ck_assert_int_eq(number(&site, "new"), 78);
    cv_context_pop(site.context);
    ck_assert_int_eq(number(&site, "n0"), 77);
    ck_assert_int_eq(number(&site, "new"), -1);
    site_close(&site);
}

static void check_scopes_that_come_and_go_leave_nothing(int size)
{
    Site site = SITE("only", "{{ n0 }}{{ x }}");
    set_names(&site, 0, size, 0);
    expect_render(&site, "{% for a, b in rows %}{% with n0=a c=b %}{{ n0 }}{{ c }}{% endwith %}{{ n0 }}{% endfor %}",
                  "");
    CvList *rows = cv_list_create(site.arena);
    for (int i = 0; i < 3; i++)
        cv_list_add(site.arena, rows, cv_value_list(cv_list(site.arena, cv_value_int(i + 1), CV_VALUE("b"))));
    cv_context_set(site.context, "rows", cv_value_list(rows));
    expect_render(&site,
                  "{% for a, b in rows %}{% with n0=a c=b %}{{ n0 }}{{ c }}{% endwith %}{{ n0 }}{{ c }} {% endfor %}",
                  "1b0 2b0 3b0 ");
    expect_render(&site, "{% include 'only' with x=1 only %}{% include 'only' with x=2 %}", "102");
    ck_assert_uint_eq(site.context->count, (size_t)size + 1);
    site_close(&site);
}

/* Names that are set inside an operand that fails are taken off with it. */
static void check_failures_take_their_names_off(int size)
{
    Site site = SITE("bad", "{% with n0=9 m=8 %}{% include missing %}{% endwith %}");
    set_names(&site, 0, size, 0);
    const char *message = render_text(&site, "{% with n0=3 %}{% include 'bad' %}{% endwith %}");
    ck_assert_msg(strstr(message, "TemplateDoesNotExist") != NULL, "%s", message);
    expect_render(&site, "{{ n0 }}{{ m }}", "0");
    ck_assert_uint_eq(site.context->count, (size_t)size);
    site_close(&site);
}

#define WITH_EACH_SIZE(name)                            \
    START_TEST(name)                                    \
    {                                                   \
        for (size_t i = 0; i < CV_COUNT_OF(sizes); i++) \
            check_##name(sizes[i]);                     \
    }                                                   \
    END_TEST
WITH_EACH_SIZE(newer_scopes_shadow_older_ones)
WITH_EACH_SIZE(upward_sets_where_the_name_is)
WITH_EACH_SIZE(scopes_that_come_and_go_leave_nothing)
WITH_EACH_SIZE(failures_take_their_names_off)

UNIT_TESTS("template/context", newer_scopes_shadow_older_ones, upward_sets_where_the_name_is,
           scopes_that_come_and_go_leave_nothing, failures_take_their_names_off)
