/* manage.c: a site whose pages pages_test.py asks for: templates, forms, errors of every kind. */
#include "caravan.h"

#define CV_MODELS "models.def.h"
#include "orm/models.h"

static const char *shelf_str(const Shelf *shelf)
{
    return shelf->name;
}

#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE pages_models
#include "orm/models_define.h"

static CvResponse *front(CvRequest *request)
{
    return cv_render(request, "front.html", "name", cv_query_param(request, "name"), "items",
                     cv_list(cv_arena(), 1, "two", 3.5));
}

static CvResponse *form(CvRequest *request)
{
    const char *text = cv_post_param(request, "text");
    if (text)
        return cv_redirect(request, "item", "id", 7);
    return cv_render(request, "form.html");
}

static CvResponse *item(CvRequest *request, int64_t id)
{
    if (id > 100)
        cv_abort(404, "There is no item %lld.", (long long)id);
    return cv_response_text(request->arena, "item %lld\n", (long long)id);
}

static CvResponse *status(CvRequest *request, int64_t code)
{
    (void)request;
    cv_abort((int)code, "The secret reason of %lld.", (long long)code);
}

static CvResponse *broken(CvRequest *request)
{
    (void)request;
    cv_raise(CV_ERROR_VALUE, "broken on <purpose>");
}

static CvResponse *bad_template(CvRequest *request)
{
    return cv_render(request, "bad.html", "number", 7);
}

static CvResponse *fill(CvRequest *request, int64_t bytes)
{
    memset(cv_alloc((size_t)bytes), 'x', (size_t)bytes);
    return cv_response_text(request->arena, "filled\n");
}

static CvResponse *crash(CvRequest *request)
{
    (void)request;
    volatile int *nowhere = NULL;
    return cv_response_text(request->arena, "%d", *nowhere);
}

static CvResponse *json(CvRequest *request)
{
    (void)request;
    return cv_json_response("id", 7, "name", "Zo\u00eb", "none", CV_NONE, "list", cv_list(cv_arena(), 1, 2));
}

static CvResponse *pages(CvRequest *request)
{
    CvList *numbers = cv_list_create(cv_arena());
    for (int i = 1; i <= 25; i++)
        cv_list_add(cv_arena(), numbers, CV_VALUE(i));
    return cv_render(request, "pages.html", "page", cv_paginate(request, numbers, 10));
}

static CvResponse *shelf(CvRequest *request, const char *name)
{
    Shelf *shelf = cv_get_object_or_404(Shelf, "name", name);
    Thing_set *things = cv_get_list_or_404(cv_filter(cv_objects(Thing), "shelf", shelf));
    return cv_render(request, "shelf.html", "shelf", shelf, "things",
                     cv_paginate(request, cv_order_by(things, "title"), 2));
}

/* The same, each statement for itself, unless ATOMIC_REQUESTS is on. */
static CvResponse *add_plainly(CvRequest *request)
{
    cv_create(Shelf, .name = cv_query_param(request, "name"));
    if (cv_query_param(request, "fail"))
        cv_raise(CV_ERROR_VALUE, "after the insert");
    if (cv_query_param(request, "answer")) /* an answer like any other: what was done stays */
        return cv_response_status(request->arena, 500, "no");
    return cv_json_response("shelves", cv_count(cv_objects(Shelf)));
}

static CvResponse *upload(CvRequest *request)
{
    CvUploadedFile *file = cv_file_param(request, "file");
    if (!file)
        cv_abort(400, "No file.");
    return cv_response_text(request->arena, "%s %llu %s\n", file->name, (unsigned long long)file->size,
                            file->path ? file->path : "memory");
}

/* Adds a row, and may fail after it: then it must not be there. */
static CvResponse *add(CvRequest *request)
{
    CV_ATOMIC
    {
        cv_create(Shelf, .name = cv_query_param(request, "name"));
        if (cv_query_param(request, "fail"))
            cv_raise(CV_ERROR_VALUE, "after the insert");
    }
    return cv_json_response("shelves", cv_count(cv_objects(Shelf)));
}

/* Rows that are made one by one: "rows" of them; row "fail" raises. */
typedef struct Rows {
    CvObject object;
    int64_t count, fail;
} Rows;

static bool next_row(CvIterator *iterator, CvValue *out)
{
    const Rows *rows = iterator->object;
    int64_t index = (int64_t)++iterator->index;
    if (index == rows->fail)
        cv_raise(CV_ERROR_VALUE, "row %lld is broken", (long long)index);
    *out = cv_value_string(cv_arena_printf(iterator->arena, "row %lld <made> when asked for", (long long)index));
    return index <= rows->count;
}

static void iterate_rows(const void *object, CvIterator *iterator)
{
    (void)object;
    iterator->next = next_row;
}

static const CvType rows_type = {.magic = CV_TYPE_MAGIC, .name = "Rows", .iterate = iterate_rows};

static int64_t number_param(CvRequest *request, const char *name)
{
    int64_t number = 0;
    const char *text = cv_query_param(request, name);
    return text && cv_slice_to_int64(cv_slice(text), &number) ? number : 0;
}

static CvResponse *long_page(CvRequest *request, int64_t count)
{
    Rows *rows = cv_new(Rows);
    *rows = (Rows){{&rows_type}, count, number_param(request, "fail")};
    CvResponse *response = cv_render(request, "long.html", "rows", rows);
    if (cv_query_param(request, "header"))
        cv_response_set_header(response, "X-Late", "yes");
    return response;
}

static CvResponse *long_atomic(CvRequest *request, int64_t count)
{
    CvResponse *response = NULL;
    CV_ATOMIC
    {
        cv_create(Shelf, .name = "streamed");
        response = long_page(request, count);
    }
    return response;
}

/* What a template writes as "wrote": it adds a shelf, in the midst of a result that is being read. */
static CvSlice write_shelf(const void *object, CvArena *arena)
{
    (void)object;
    (void)arena;
    cv_create(Shelf, .name = "midst");
    return CV_SLICE("wrote");
}

static const CvType writer_type = {.magic = CV_TYPE_MAGIC, .name = "Writer", .str = write_shelf};
static const CvObject writer = {&writer_type};

static CvResponse *things(CvRequest *request, int64_t count)
{
    return cv_render(request, "things.html", "things",
                     cv_filter(cv_select_related(cv_objects(Thing), "shelf"), "id__lte", count), "writer",
                     cv_value_object(&writer));
}

static const CvUrl urls[] = {
    CV_PATH("", front, .name = "front"),
    CV_PATH("form/", form, .name = "form"),
    CV_PATH("item/<int:id>/", item, .name = "item"),
    CV_PATH("status/<int:code>/", status, .name = "status"),
    CV_PATH("broken/", broken, .name = "broken"),
    CV_PATH("bad-template/", bad_template, .name = "bad-template"),
    CV_PATH("fill/<int:bytes>/", fill, .name = "fill"),
    CV_PATH("crash/", crash, .name = "crash"),
    CV_PATH("json/", json, .name = "json"),
    CV_PATH("pages/", pages, .name = "pages"),
    CV_PATH("shelf/<str:name>/", shelf, .name = "shelf"),
    CV_PATH("add/", add, .name = "add"),
    CV_PATH("add-plainly/", add_plainly, .name = "add-plainly"),
    CV_PATH("add-freely/", add_plainly, .name = "add-freely", .non_atomic_requests = true),
    CV_PATH("things/<int:count>/", things, .name = "things"),
    CV_PATH("long/<int:count>/", long_page, .name = "long"),
    CV_PATH("long-atomic/<int:count>/", long_atomic, .name = "long-atomic"),
    CV_PATH("upload/", upload, .name = "upload", .csrf_exempt = true),
    CV_URLS_END,
};

static const CvApp stock = {.name = "stock", .path = ".", .models = pages_models};

int main(int argc, char **argv)
{
    return cv_main(argc, argv,
                   &(CvSettings){
                       .apps = CV_APPS(&cv_staticfiles, &stock),
                       .middleware = CV_DEFAULT_MIDDLEWARE,
                       .urls = urls,
                   });
}
