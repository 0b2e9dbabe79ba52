/* paginator_types.c: paginators and pages as templates see them. */
#include "web/paginator.h"

typedef enum Member {
    PAGE_NUMBER,
    PAGE_PAGINATOR,
    PAGE_OBJECT_LIST,
    PAGE_HAS_NEXT,
    PAGE_HAS_PREVIOUS,
    PAGE_HAS_OTHER_PAGES,
    PAGE_NEXT,
    PAGE_PREVIOUS,
    PAGE_START,
    PAGE_END,
    ALL_COUNT,
    ALL_PAGES,
    ALL_PER_PAGE,
    ALL_ORPHANS,
    ALL_ALLOW_EMPTY,
    ALL_RANGE,
    ALL_ELIDED,
    ALL_OBJECT_LIST,
    ALL_ELLIPSIS,
} Member;

typedef struct Name {
    const char *name;
    Member member;
} Name;

static const Name page_names[] = {{"number", PAGE_NUMBER},
                                  {"paginator", PAGE_PAGINATOR},
                                  {"object_list", PAGE_OBJECT_LIST},
                                  {"has_next", PAGE_HAS_NEXT},
                                  {"has_previous", PAGE_HAS_PREVIOUS},
                                  {"has_other_pages", PAGE_HAS_OTHER_PAGES},
                                  {"next_page_number", PAGE_NEXT},
                                  {"previous_page_number", PAGE_PREVIOUS},
                                  {"start_index", PAGE_START},
                                  {"end_index", PAGE_END},
                                  {NULL, 0}};
static const Name paginator_names[] = {{"count", ALL_COUNT},
                                       {"num_pages", ALL_PAGES},
                                       {"per_page", ALL_PER_PAGE},
                                       {"orphans", ALL_ORPHANS},
                                       {"allow_empty_first_page", ALL_ALLOW_EMPTY},
                                       {"page_range", ALL_RANGE},
                                       {"get_elided_page_range", ALL_ELIDED},
                                       {"elided_page_range", ALL_ELIDED},
                                       {"object_list", ALL_OBJECT_LIST},
                                       {"ELLIPSIS", ALL_ELLIPSIS},
                                       {NULL, 0}};

static CvValue neighbour(CvPage *page, int64_t step)
{
    return cv_value_int(
        (cv_paginator_validate(page->paginator, cv_value_int(page->number + step), &(int64_t){0}, &(CvError){0}))
            ? page->number + step
            : (cv_paginator_page(page->paginator, cv_value_int(page->number + step)), 0));
}

static CvValue read_page(CvPage *page, Member member)
{
    switch (member) {
    case PAGE_NUMBER:
        return cv_value_int(page->number);
    case PAGE_PAGINATOR:
        return cv_value_object(page->paginator);
    case PAGE_OBJECT_LIST:
        return page->items;
    case PAGE_HAS_NEXT:
        return cv_value_bool(cv_page_has_next(page));
    case PAGE_HAS_PREVIOUS:
        return cv_value_bool(cv_page_has_previous(page));
    case PAGE_HAS_OTHER_PAGES:
        return cv_value_bool(cv_page_has_previous(page) || cv_page_has_next(page));
    case PAGE_NEXT:
        return neighbour(page, 1);
    case PAGE_PREVIOUS:
        return neighbour(page, -1);
    case PAGE_START:
        return cv_value_int(cv_page_start_index(page));
    case PAGE_END:
        return cv_value_int(cv_page_end_index(page));
    default:
        return cv_value_null();
    }
}

static CvValue page_range(CvPaginator *paginator, CvArena *arena)
{
    CvList *list = cv_list_create(arena);
    for (int64_t i = 1; i <= cv_paginator_pages(paginator); i++)
        cv_list_add(arena, list, cv_value_int(i));
    return cv_value_list(list);
}

static CvValue read_paginator(CvPaginator *paginator, Member member, CvArena *arena)
{
    switch (member) {
    case ALL_COUNT:
        return cv_value_int(cv_paginator_count(paginator));
    case ALL_PAGES:
        return cv_value_int(cv_paginator_pages(paginator));
    case ALL_PER_PAGE:
        return cv_value_int(paginator->per_page);
    case ALL_ORPHANS:
        return cv_value_int(paginator->orphans);
    case ALL_ALLOW_EMPTY:
        return cv_value_bool(!paginator->refuse_empty_first_page);
    case ALL_RANGE:
        return page_range(paginator, arena);
    case ALL_ELIDED:
        return cv_value_list(cv_paginator_elided_range(paginator, 1, 3, 2));
    case ALL_OBJECT_LIST:
        return paginator->items;
    case ALL_ELLIPSIS:
        return cv_value_string("\u2026");
    default:
        return cv_value_null();
    }
}

/* ---- members ---- */

static void read_page_member(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = read_page((CvPage *)object, (Member)accessor->offset);
}

static void read_paginator_member(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    *out = read_paginator((CvPaginator *)object, (Member)accessor->offset, arena);
}

static bool resolve(const Name *names, CvSlice name,
                    void (*read)(const CvAccessor *, const void *, CvArena *, CvValue *), CvAccessor *out)
{
    for (; names->name; names++)
        if (cv_slice_is(name, names->name)) {
            *out = (CvAccessor){.read = read, .offset = names->member};
            return true;
        }
    return false;
}

static bool page_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    return resolve(page_names, name, read_page_member, out);
}

static bool paginator_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    return resolve(paginator_names, name, read_paginator_member, out);
}

/* ---- a page as a sequence ---- */

static bool page_length(const void *object, size_t *out)
{
    CvPage *page = (CvPage *)object;
    if (page->length == SIZE_MAX) {
        if (page->items.kind == CV_LIST)
            page->length = page->items.list->count;
        else if (!cv_type_of(page->items.object)->length(page->items.object, &page->length))
            return false;
    }
    *out = page->length;
    return true;
}

static bool page_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    const CvPage *page = object;
    if (page->items.kind != CV_LIST)
        return cv_type_of(page->items.object)->item &&
               cv_type_of(page->items.object)->item(page->items.object, index, arena, out);
    if (index < 0 || index >= (int64_t)page->items.list->count)
        return false;
    *out = page->items.list->items[index];
    return true;
}

static bool next_of_list(CvIterator *iterator, CvValue *out)
{
    const CvList *list = iterator->state;
    if (iterator->index >= list->count)
        return false;
    *out = list->items[iterator->index++];
    return true;
}

static void page_iterate(const void *object, CvIterator *iterator)
{
    const CvPage *page = object;
    if (page->items.kind != CV_LIST) {
        iterator->object = page->items.object;
        cv_type_of(page->items.object)->iterate(page->items.object, iterator);
        return;
    }
    iterator->state = (void *)page->items.list;
    iterator->index = 0;
    iterator->next = next_of_list;
}

static bool page_truth(const void *object)
{
    size_t length = 0;
    return page_length(object, &length) && length > 0;
}

static CvSlice page_str(const void *object, CvArena *arena)
{
    CvPage *page = (CvPage *)object;
    return cv_slice(cv_arena_printf(arena, "<Page %lld of %lld>", (long long)page->number,
                                    (long long)cv_paginator_pages(page->paginator)));
}

static CvSlice paginator_str(const void *object, CvArena *arena)
{
    (void)object;
    (void)arena;
    return CV_SLICE("<Paginator>");
}

const CvType cv_page_type = {.magic = CV_TYPE_MAGIC,
                             .name = "Page",
                             .resolve = page_resolve,
                             .item = page_item,
                             .length = page_length,
                             .iterate = page_iterate,
                             .str = page_str,
                             .repr = page_str,
                             .truth = page_truth};
const CvType cv_paginator_type = {.magic = CV_TYPE_MAGIC,
                                  .name = "Paginator",
                                  .resolve = paginator_resolve,
                                  .str = paginator_str,
                                  .repr = paginator_str};
