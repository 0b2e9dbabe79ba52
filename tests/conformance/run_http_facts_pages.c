/* run_http_facts_pages.c: paginators and their pages. */
#include "run_http_facts.h"

#include "web/paginator.h"

/* A paginator over 1, 2, 3, ... as the record describes it. */
static CvPaginator *paginator_of(CvArena *arena, const CvDict *record)
{
    CvList *items = cv_list_create(arena);
    int64_t count = (int64_t)record_number(record, "count", 0);

    for (int64_t i = 1; i <= count; i++)
        cv_list_add(arena, items, cv_value_int(i));
    return cv_paginator(cv_value_list(items), (int64_t)record_number(record, "per_page", 1),
                        (int64_t)record_number(record, "orphans", 0),
                        cv_value_truth(record_get(record, "allow_empty_first_page")));
}

static CvValue member(CvArena *arena, const void *object, const char *name)
{
    const CvType *type = cv_type_of(object);
    CvValue value = {.kind = CV_MISSING};
    CvAccessor accessor;

    if (type->resolve && type->resolve(type, cv_slice(name), &accessor))
        accessor.read(&accessor, object, arena, &value);
    else if (type->get)
        (void)type->get(object, cv_slice(name), arena, &value);
    return value;
}

static bool same_member(CvArena *arena, const CvDict *record, CvBuffer *why, const CvPage *page, const char *ours,
                        const char *theirs)
{
    return same_value(arena, why, theirs, record_get(record, theirs), member(arena, page, ours));
}

typedef struct Member {
    CvArena *arena;
    const CvPage *page;
    const char *name;
    CvValue value;
} Member;

static void read_member(void *argument)
{
    Member *one = argument;

    one->value = member(one->arena, one->page, one->name);
}

/* next_page_number and previous_page_number: a number, or what is raised. */
static bool same_neighbour(CvArena *arena, const CvDict *record, CvBuffer *why, const CvPage *page, const char *name)
{
    CvValue expected = record_get(record, name);
    Member one = {arena, page, name, {.kind = CV_MISSING}};
    CvError *error;

    if (!cv_try(read_member, &one, &error))
        return expected.kind == CV_DICT ? same_error(why, expected.dict, error)
                                        : facts_outcome(why, record, false, error);
    return same_value(arena, why, name, expected, one.value);
}

static bool same_page(CvArena *arena, const CvDict *record, CvBuffer *why, CvPage *page)
{
    size_t length = 0;
    CvValue first = cv_value_null();

    if (page->items.kind == CV_LIST) {
        length = page->items.list->count;
        first = length ? page->items.list->items[0] : first;
    }
    return same_value(arena, why, "number", record_get(record, "number"), cv_value_int(page->number)) &&
           same_value(arena, why, "len", record_get(record, "len"), cv_value_int((int64_t)length)) &&
           same_value(arena, why, "first", record_get(record, "first"), first) &&
           same_member(arena, record, why, page, "has_next", "has_next") &&
           same_member(arena, record, why, page, "has_previous", "has_previous") &&
           same_member(arena, record, why, page, "has_other_pages", "has_other") &&
           same_value(arena, why, "start_index", record_get(record, "start_index"),
                      cv_value_int(cv_page_start_index(page))) &&
           same_value(arena, why, "end_index", record_get(record, "end_index"),
                      cv_value_int(cv_page_end_index(page))) &&
           same_text(why, "repr", record_text(record, "repr"), cv_value_repr(arena, cv_value_object(page))) &&
           same_neighbour(arena, record, why, page, "next_page_number") &&
           same_neighbour(arena, record, why, page, "previous_page_number");
}

static bool paginator(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvPaginator *made = paginator_of(arena, record);
    int64_t pages = cv_paginator_pages(made);

    return same_value(arena, why, "num_pages", record_get(record, "num_pages"), cv_value_int(pages)) &&
           same_value(arena, why, "page_range", record_get(record, "page_range"),
                      cv_value_list(cv_list_of(arena, 2, (CvValue[]){cv_value_int(1), cv_value_int(pages)})));
}

typedef struct Ask {
    CvPaginator *paginator;
    CvValue number;
    CvPage *(*ask)(CvPaginator *paginator, CvValue number);
    CvPage *page;
} Ask;

static void ask_page(void *argument)
{
    Ask *ask = argument;

    ask->page = ask->ask(ask->paginator, ask->number);
}

static bool asked(CvArena *arena, const CvDict *record, CvBuffer *why, CvPage *(*function)(CvPaginator *, CvValue))
{
    Ask ask = {paginator_of(arena, record), records_decode(arena, record_get(record, "ask")), function, NULL};
    CvError *error = NULL;
    bool done = cv_try(ask_page, &ask, &error);

    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, error);
    return same_page(arena, record, why, ask.page);
}

static bool paginator_page(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return asked(arena, record, why, cv_paginator_page);
}

static bool paginator_get_page(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return asked(arena, record, why, cv_paginator_get_page);
}

static bool elided_page_range(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvList *items = cv_list_create(arena);
    const CvDict *kwargs = record_get(record, "kwargs").dict;

    for (int64_t i = (int64_t)record_number(record, "num_pages", 0); i > 0; i--)
        cv_list_add(arena, items, cv_value_int(i));
    CvPaginator *made = cv_paginator(cv_value_list(items), 1, 0, true);
    CvList *pages = cv_paginator_elided_range(made, (int64_t)record_number(record, "number", 1),
                                              (int64_t)record_number(kwargs, "on_each_side", 3),
                                              (int64_t)record_number(kwargs, "on_ends", 2));
    return same_value(arena, why, "pages", record_get(record, "pages"), cv_value_list(pages));
}

static const FactCheck checks[] = {{"paginator", paginator},
                                   {"paginator_page", paginator_page},
                                   {"paginator_get_page", paginator_get_page},
                                   {"elided_page_range", elided_page_range},
                                   {NULL, NULL}};

__attribute__((constructor)) static void add(void)
{
    facts_add(checks, NULL);
}
