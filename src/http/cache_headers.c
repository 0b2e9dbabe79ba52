/* cache_headers.c: Vary, Cache-Control and Expires. */
#include "http/cache_headers.h"

#include "http/date.h"
#include "text/utf8.h"

static bool next_part(CvSlice *rest, CvSlice *part)
{
    while (rest->data && cv_slice_split(rest, ',', part)) {
        *part = cv_utf8_strip(*part);
        if (part->length)
            return true;
    }
    return false;
}

static CvSlice header_of(const CvResponse *response, CvHeaderId id)
{
    const CvHeader *header = cv_headers_find_id(&response->headers, id);

    return header ? header->value : (CvSlice){NULL, 0};
}

/* ---- Vary ---- */

static bool names(CvSlice list, CvSlice name)
{
    CvSlice part;

    while (next_part(&list, &part))
        if (cv_slice_equal_fold(part, name))
            return true;
    return false;
}

bool cv_has_vary(const CvResponse *response, const char *name)
{
    return names(header_of(response, CV_HEADER_VARY), cv_slice(name));
}

void cv_patch_vary(CvResponse *response, const char *new_names)
{
    CvSlice old = header_of(response, CV_HEADER_VARY), rest = old, part;
    CvBuffer out = cv_buffer(response->arena);
    bool all = false;

    for (int pass = 0; pass < 2; pass++) {
        while (next_part(&rest, &part)) {
            all |= cv_slice_is(part, "*");
            if (pass == 1 && names(old, part))
                continue;
            if (out.length)
                cv_buffer_append_string(&out, ", ");
            cv_buffer_append_slice(&out, part);
        }
        rest = cv_slice(new_names);
    }
    cv_response_set_header(response, "Vary", all ? "*" : cv_buffer_string(&out));
}

/* ---- Cache-Control ---- */

#define DIRECTIVES_MAX 32

typedef struct Directive {
    CvSlice name, value; /* value.data NULL: none */
    bool has_value;
} Directive;

typedef struct Directives {
    Directive items[DIRECTIVES_MAX];
    size_t count;
} Directives;

static Directive read_directive(CvArena *arena, CvSlice part, bool underscores)
{
    ptrdiff_t equals = cv_slice_find_byte(part, '=');
    Directive directive = {.has_value = equals >= 0};
    char *name = cv_slice_string(arena, equals < 0 ? part : cv_utf8_strip(cv_slice_range(part, 0, (size_t)equals)));

    for (char *at = name; *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at | 0x20);
        else if (*at == '_' && underscores)
            *at = '-';
    }
    directive.name = cv_slice(name);
    if (equals >= 0)
        directive.value = cv_slice_skip(part, (size_t)equals + 1);
    return directive;
}

static Directive *find(Directives *all, const char *name)
{
    for (size_t i = 0; i < all->count; i++)
        if (cv_slice_is(all->items[i].name, name))
            return &all->items[i];
    return NULL;
}

static void drop(Directives *all, const char *name)
{
    Directive *found = find(all, name);

    if (found) {
        size_t index = (size_t)(found - all->items);
        memmove(found, found + 1, (--all->count - index) * sizeof *found);
    }
}

/* "no-cache" may name fields, several times; without any it means all. */
static void add_no_cache(Directives *all, Directive directive)
{
    for (size_t i = 0; i < all->count; i++) {
        Directive *old = &all->items[i];
        if (!cv_slice_is(old->name, "no-cache"))
            continue;
        if (!old->has_value || (directive.has_value && cv_slice_equal(old->value, directive.value)))
            return;
        if (!directive.has_value) {
            *old = directive;
            return;
        }
    }
    if (all->count < DIRECTIVES_MAX)
        all->items[all->count++] = directive;
}

static void add(Directives *all, Directive directive)
{
    Directive *old = find(all, cv_slice_is(directive.name, "no-cache") ? "" : directive.name.data);

    if (cv_slice_is(directive.name, "no-cache"))
        add_no_cache(all, directive);
    else if (old)
        *old = directive;
    else if (all->count < DIRECTIVES_MAX)
        all->items[all->count++] = directive;
}

/* The lesser of two max-ages; one without a value counts as 1. */
static CvSlice lesser_age(CvArena *arena, const Directive *old, CvSlice age)
{
    int64_t before = 1, now;

    if ((old->has_value && !cv_slice_to_int64(cv_slice_trim(old->value), &before)) || !cv_slice_to_int64(age, &now))
        return age;
    return cv_slice(cv_arena_printf(arena, "%lld", (long long)(before < now ? before : now)));
}

static void add_new(CvArena *arena, Directives *all, Directive directive)
{
    const Directive *old = find(all, "max-age");

    if (old && cv_slice_is(directive.name, "max-age"))
        directive.value = lesser_age(arena, old, directive.value);
    if (cv_slice_is(directive.name, "public"))
        drop(all, "private");
    else if (cv_slice_is(directive.name, "private"))
        drop(all, "public");
    add(all, directive);
}

void cv_patch_cache_control(CvResponse *response, const char *new_directives)
{
    CvArena *arena = response->arena;
    CvSlice rest = header_of(response, CV_HEADER_CACHE_CONTROL), part;
    CvBuffer out = cv_buffer(arena);
    Directives all = {.count = 0};

    while (next_part(&rest, &part))
        add(&all, read_directive(arena, part, false));
    for (rest = cv_slice(new_directives); next_part(&rest, &part);)
        add_new(arena, &all, read_directive(arena, part, true));
    for (size_t i = 0; i < all.count; i++) {
        if (i)
            cv_buffer_append_string(&out, ", ");
        cv_buffer_append_slice(&out, all.items[i].name);
        if (all.items[i].has_value) {
            cv_buffer_append_byte(&out, '=');
            cv_buffer_append_slice(&out, all.items[i].value);
        }
    }
    cv_response_set_header(response, "Cache-Control", cv_buffer_string(&out));
}

bool cv_response_max_age(const CvResponse *response, int64_t *seconds)
{
    CvSlice rest = header_of(response, CV_HEADER_CACHE_CONTROL), part;
    bool found = false;

    while (next_part(&rest, &part))
        if (part.length > 8 && cv_slice_equal_fold(cv_slice_range(part, 0, 8), CV_SLICE("max-age=")))
            found = cv_slice_to_int64(cv_slice_skip(part, 8), seconds);
    return found;
}

void cv_patch_response_headers(CvResponse *response, int64_t timeout)
{
    char date[CV_HTTP_DATE_SIZE];

    if (timeout < 0)
        timeout = 0;
    if (!cv_headers_find_id(&response->headers, CV_HEADER_EXPIRES) && cv_http_date(cv_now_seconds() + timeout, date))
        cv_response_set_header(response, "Expires", date);
    cv_patch_cache_control(response, cv_arena_printf(response->arena, "max-age=%lld", (long long)timeout));
}

void cv_never_cache(CvResponse *response)
{
    cv_patch_response_headers(response, 0);
    cv_patch_cache_control(response, "no-cache, no-store, must-revalidate, private");
}
