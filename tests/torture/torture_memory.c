/* torture_memory.c: each allocation of floors 0 and 1 fails once: nothing may crash, leak or stay locked, and what runs
 * afterwards must work. */
#include "base/base.h"
#include "text/text.h"

#include "unit.h"

static void free_map(void *map)
{
    cv_map_destroy(map);
}

static void free_buffer(void *buffer)
{
    cv_buffer_free(buffer);
}

static void work_with_containers(void *unused)
{
    (void)unused;
    CvMap *map = cv_map_create(NULL);
    cv_defer(free_map, map);
    CvDict *dict = cv_dict_create(cv_arena());
    CvBuffer *buffer = cv_new(CvBuffer);
    cv_defer(free_buffer, buffer);
    for (int i = 0; i < 200; i++) {
        char *key = cv_printf("key-%d", i);
        cv_map_set(map, cv_slice(key), key);
        cv_dict_set(dict, CV_VALUE(key), CV_VALUE(cv_list(cv_arena(), i, key, 0.5 * i)));
        cv_buffer_append_repeated(buffer, 'x', 100);
    }
    if (cv_map_count(map) != 200 || cv_dict_count(dict) != 200 || buffer->length != 20000)
        abort();
    CvSlice shown = cv_value_repr(cv_arena(), cv_value_copy(cv_arena(), CV_VALUE(dict)));
    if (!cv_slice_ends_with(shown, CV_SLICE("'key-199': [199, 'key-199', 99.5]}")))
        abort();
}

static void work_with_text(void *unused)
{
    (void)unused;
    CvArena *arena = cv_arena();
    CvBuffer json = cv_buffer(arena), again = cv_buffer(arena);
    CvValue value;
    CvError error;
    cv_buffer_append_byte(&json, '[');
    for (int i = 0; i < 500; i++)
        cv_buffer_printf(&json, "{\"id\": %d, \"t\": \"\\u00e9 <b>\"}, ", i);
    cv_buffer_append_string(&json, "1]");
    if (!cv_json_parse(arena, cv_buffer_slice(&json), NULL, &value, &error) ||
        !cv_json_write(arena, &again, value, NULL, &error) ||
        !cv_slice_equal(cv_buffer_slice(&json), cv_buffer_slice(&again)))
        abort();
    CvSlice html = cv_html_escaped(arena, cv_buffer_slice(&json)), stripped;
    cv_html_unescape(arena, html);
    cv_html_urlize(arena, html, (CvUrlizeOptions){0});
    if (!cv_html_strip_tags(arena, cv_buffer_slice(&json), &stripped, &error))
        abort();
    cv_truncate_words(arena, html, 100, (CvTruncate){.html = true});
    cv_slugify(arena, CV_SLICE("Ünïcode Slug"), false);
    cv_decimal_multiply(arena, cv_decimal(arena, "1.23456789"), cv_decimal(arena, "-9.87654321E+10"));
}

static void work_with_zones(void *unused)
{
    static const char *const names[] = {"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia"};
    (void)unused;
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (!cv_zone(names[i]))
            abort();
    for (int minutes = -600; minutes < 600; minutes += 5)
        if (!cv_zone_fixed(minutes * 60, NULL))
            abort();
}

static void raise_deep(void *unused)
{
    (void)unused;
    CvScratch scratch = cv_scratch_begin(NULL);
    cv_raise(CV_ERROR_VALUE, "%0*d %s", 20000, 1, cv_arena_strdup(scratch.arena, "text"));
}

static void work_with_errors(void *unused)
{
    CvError *error;
    (void)unused;
    if (cv_try(raise_deep, NULL, &error))
        abort();
    if (error->kind == CV_ERROR_MEMORY)
        cv_raise_error(error);
    CvErrors errors = {.arena = cv_arena()};
    for (int i = 0; i < 100; i++)
        cv_errors_add(&errors, CV_ERROR_VALIDATION, "number %d", i);
    CvBuffer out = cv_buffer(cv_arena());
    cv_error_describe(&out, error);
}

/* Runs `work` in a context of its own, once for each allocation that it makes, and that one fails. */
static void torture(void (*work)(void *unused))
{
    CvSelf self = {0}, *was = cv_self();
    uint64_t failures = 0;
    for (uint64_t k = 1;; k++) {
        CvError *error;
        cv_arena_trim(); /* so that every block comes from malloc */
        cv_self_switch(&self);
        cv_memory_fail_at(k);
        bool good = cv_try(work, NULL, &error);
        bool reached = cv_memory_count() >= k;
        cv_memory_fail_at(0);
        if (!good)
            ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
        failures += !good;
        if (self.arena)
            cv_arena_reset(self.arena);
        ck_assert(cv_try(work, NULL, &error)); /* it works again at once */
        cv_arena_destroy(self.arena);
        cv_self_release(&self);
        self = (CvSelf){0};
        cv_self_switch(was);
        if (!reached)
            break;
        ck_assert_msg(!good, "allocation %llu failed unnoticed", (unsigned long long)k);
        ck_assert_uint_lt(k, 10000);
    }
    ck_assert_uint_gt(failures, 3);
}

START_TEST(containers)
{
    torture(work_with_containers);
}
END_TEST

START_TEST(text)
{
    torture(work_with_text);
}
END_TEST

START_TEST(zones)
{
    /* Zones stay for ever: a fresh process for each place would see all; here the first round sees the tables. */
    CvSelf self = {0}, *was = cv_self_switch(&self);
    for (uint64_t k = 1; k < 40; k++) {
        CvError *error;
        cv_arena_trim();
        cv_memory_fail_at(k);
        bool good = cv_try(work_with_zones, NULL, &error);
        cv_memory_fail_at(0);
        ck_assert(good || error->kind == CV_ERROR_MEMORY);
    }
    CvError *error;
    ck_assert(cv_try(work_with_zones, NULL, &error));
    cv_arena_destroy(self.arena);
    cv_self_release(&self);
    cv_self_switch(was);
}
END_TEST

START_TEST(errors)
{
    torture(work_with_errors);
}
END_TEST

UNIT_TESTS("torture/memory", containers, text, zones, errors)
