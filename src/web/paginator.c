/* paginator.c: long lists in pages; the semantics are those of Django's core.paginator. */
#include "web/paginator.h"

#include <math.h>

#include "http/http.h"
#include "orm/orm.h"
#include "text/number.h"

/* ---- counting ---- */

static bool is_set(CvValue items)
{
    return items.kind == CV_OBJECT && cv_type_of(items.object) == &cv_query_set_type;
}

static int64_t count_items(CvValue items)
{
    size_t length = 0;
    if (items.kind == CV_LIST || items.kind == CV_TUPLE)
        return (int64_t)items.list->count;
    if (is_set(items))
        return cv_count_of_set((CvQuerySet *)items.object);
    if (items.kind == CV_OBJECT && cv_type_of(items.object)->length &&
        cv_type_of(items.object)->length(items.object, &length))
        return (int64_t)length;
    cv_raise(CV_ERROR_TYPE, "A paginator needs a list, a query set or an object with a length, not %s.",
             cv_value_kind_name(items));
}

CvPaginator *cv_paginator(CvValue items, int64_t per_page, int64_t orphans, bool allow_empty_first_page)
{
    if (per_page < 1)
        cv_raise(CV_ERROR_VALUE, "per_page must be at least 1, not %lld.", (long long)per_page);
    CvPaginator *paginator = cv_new(CvPaginator);
    *paginator = (CvPaginator){.object = {&cv_paginator_type},
                               .arena = cv_arena(),
                               .items = items,
                               .per_page = per_page,
                               .orphans = orphans < 0 ? 0 : orphans,
                               .refuse_empty_first_page = !allow_empty_first_page,
                               .count = -1,
                               .pages = -1};
    return paginator;
}

int64_t cv_paginator_count(CvPaginator *paginator)
{
    if (paginator->count < 0)
        paginator->count = count_items(paginator->items);
    return paginator->count;
}

int64_t cv_paginator_pages(CvPaginator *paginator)
{
    if (paginator->pages >= 0)
        return paginator->pages;
    int64_t count = cv_paginator_count(paginator);
    if (count == 0 && paginator->refuse_empty_first_page)
        return paginator->pages = 0;
    int64_t hits = count > paginator->orphans ? count - paginator->orphans : 0;
    if (hits < 1)
        hits = 1;
    return paginator->pages = (hits - 1) / paginator->per_page + 1;
}

/* ---- choosing ---- */

/* The number as a value of any size, by the rules of Python's int() and no rounding. */
static bool to_number(CvArena *arena, CvValue value, CvValue *out)
{
    switch (value.kind) {
    case CV_BOOL:
        *out = cv_value_int(value.boolean);
        return true;
    case CV_INT:
    case CV_BIGINT:
        *out = value;
        return true;
    case CV_FLOAT:
        *out = cv_value_integer_text(arena, cv_slice(cv_arena_printf(arena, "%.0f", value.real)));
        return isfinite(value.real) && trunc(value.real) == value.real;
    case CV_STRING:
        return cv_python_int(arena, cv_value_as_slice(value), out);
    default:
        return false;
    }
}

/* No page has a number of more than 63 bits; which end it is beyond is all that counts. */
static int64_t bounded(CvValue number)
{
    if (number.kind == CV_INT)
        return number.integer;
    return *cv_value_as_slice(number).data == '-' ? 0 : INT64_MAX;
}

bool cv_paginator_validate(CvPaginator *paginator, CvValue value, int64_t *out, CvError *error)
{
    CvArena *arena = paginator->arena;
    CvValue whole;
    if (!to_number(arena, value, &whole))
        return cv_fail(arena, error, CV_ERROR_PAGE_NOT_AN_INTEGER, "That page number is not an integer");
    int64_t number = bounded(whole);
    if (number < 1)
        return cv_fail(arena, error, CV_ERROR_EMPTY_PAGE, "That page number is less than 1");
    if (number > cv_paginator_pages(paginator))
        return cv_fail(arena, error, CV_ERROR_EMPTY_PAGE, "That page contains no results");
    *out = number;
    return true;
}

static CvList *slice_list(CvArena *arena, const CvList *list, int64_t start, int64_t end)
{
    CvList *part = cv_list_create(arena);
    for (int64_t i = start; i < end && i < (int64_t)list->count; i++)
        cv_list_add(arena, part, list->items[i]);
    return part;
}

static CvList *slice_object(CvArena *arena, const void *object, int64_t start, int64_t end)
{
    const CvType *type = cv_type_of(object);
    CvList *part = cv_list_create(arena);
    CvIterator iterator = {.arena = arena, .object = object, .keeps = true};
    CvValue item;
    if (!type->iterate)
        cv_raise(CV_ERROR_TYPE, "A paginator cannot walk a %s.", type->name);
    type->iterate(object, &iterator);
    for (int64_t i = 0; i < end && iterator.next(&iterator, &item); i++)
        if (i >= start)
            cv_list_add(arena, part, item);
    return part;
}

static CvPage *make_page(CvPaginator *paginator, int64_t number)
{
    int64_t start = (number - 1) * paginator->per_page, end = start + paginator->per_page;
    if (cv_paginator_count(paginator) - end <= paginator->orphans)
        end = cv_paginator_count(paginator);
    CvValue items = paginator->items;
    if (is_set(items))
        items = cv_value_object(cv_slice_at((CvQuerySet *)items.object, start, end));
    else if (items.kind == CV_OBJECT)
        items = cv_value_list(slice_object(paginator->arena, items.object, start, end));
    else
        items = cv_value_list(slice_list(paginator->arena, items.list, start, end));
    CvPage *page = cv_arena_new(paginator->arena, CvPage);
    *page = (CvPage){
        .object = {&cv_page_type}, .paginator = paginator, .number = number, .items = items, .length = SIZE_MAX};
    return page;
}

CvPage *cv_paginator_page(CvPaginator *paginator, CvValue number)
{
    CvError error;
    int64_t valid;
    if (!cv_paginator_validate(paginator, number, &valid, &error))
        cv_raise_error(&error);
    return make_page(paginator, valid);
}

CvPage *cv_paginator_get_page(CvPaginator *paginator, CvValue number)
{
    CvError error;
    int64_t valid;
    if (cv_paginator_validate(paginator, number, &valid, &error))
        return make_page(paginator, valid);
    bool is_number = error.kind != CV_ERROR_PAGE_NOT_AN_INTEGER;
    return cv_paginator_page(paginator, cv_value_int(is_number ? cv_paginator_pages(paginator) : 1));
}

CvPage *cv_paginate_value(CvRequest *request, CvValue items, int64_t per_page)
{
    const char *number = cv_query_param(request, "page");
    return cv_paginator_get_page(cv_paginator(items, per_page, 0, true),
                                 number ? cv_value_string(number) : cv_value_int(1));
}

/* ---- the range of page numbers ---- */

static void add_numbers(CvArena *arena, CvList *list, int64_t from, int64_t to)
{
    for (int64_t i = from; i <= to; i++)
        cv_list_add(arena, list, cv_value_int(i));
}

CvList *cv_paginator_elided_range(CvPaginator *paginator, int64_t number, int64_t on_each_side, int64_t on_ends)
{
    CvArena *arena = paginator->arena;
    CvList *list = cv_list_create(arena);
    CvError error;
    if (!cv_paginator_validate(paginator, cv_value_int(number), &number, &error))
        cv_raise_error(&error);
    CvValue ellipsis = cv_value_string("\u2026");
    int64_t pages = cv_paginator_pages(paginator);
    if (pages <= (on_each_side + on_ends) * 2) {
        add_numbers(arena, list, 1, pages);
        return list;
    }
    if (number > 1 + on_each_side + on_ends + 1) {
        add_numbers(arena, list, 1, on_ends);
        cv_list_add(arena, list, ellipsis);
        add_numbers(arena, list, number - on_each_side, number);
    } else {
        add_numbers(arena, list, 1, number);
    }
    if (number < pages - on_each_side - on_ends - 1) {
        add_numbers(arena, list, number + 1, number + on_each_side);
        cv_list_add(arena, list, ellipsis);
        add_numbers(arena, list, pages - on_ends + 1, pages);
    } else {
        add_numbers(arena, list, number + 1, pages);
    }
    return list;
}

/* ---- pages ---- */

bool cv_page_has_next(CvPage *page)
{
    return page->number < cv_paginator_pages(page->paginator);
}

bool cv_page_has_previous(const CvPage *page)
{
    return page->number > 1;
}

int64_t cv_page_start_index(CvPage *page)
{
    return cv_paginator_count(page->paginator) == 0 ? 0 : page->paginator->per_page * (page->number - 1) + 1;
}

int64_t cv_page_end_index(CvPage *page)
{
    if (page->number == cv_paginator_pages(page->paginator))
        return cv_paginator_count(page->paginator);
    return page->number * page->paginator->per_page;
}
