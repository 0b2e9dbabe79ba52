/* views.c: the pages of the TechEmpower benchmark, by its rules. */
#include "views.h"

#include "models.h"

#define WORLDS 10000

CvResponse *plaintext(CvRequest *request)
{
    return cv_response_create(request->arena, 200, "text/plain", CV_SLICE("Hello, World!"));
}

CvResponse *json(CvRequest *request)
{
    (void)request;
    return cv_json_response("message", "Hello, World!");
}

/* A row by a random key. */
static World *random_world(void)
{
    return cv_get(World, "id", (int64_t)cv_random_below(WORLDS) + 1);
}

static CvValue world_json(const World *world)
{
    CvDict *dict = cv_dict_create(cv_arena());
    cv_dict_set_name(dict, "id", CV_VALUE(world->id));
    cv_dict_set_name(dict, "randomNumber", CV_VALUE(world->randomnumber));
    return CV_VALUE(dict);
}

CvResponse *db(CvRequest *request)
{
    (void)request;
    return cv_json_response(world_json(random_world()));
}

/* ?queries=N: 1 to 500; 1 for what is no number. */
static int64_t query_count(CvRequest *request)
{
    int64_t count;
    const char *text = cv_query_param(request, "queries");
    if (!text || !cv_slice_to_int64(cv_slice(text), &count) || count < 1)
        return 1;
    return count > 500 ? 500 : count;
}

CvResponse *queries(CvRequest *request)
{
    int64_t count = query_count(request);
    CvList *list = cv_list_create(request->arena);
    for (int64_t i = 0; i < count; i++)
        cv_list_add(request->arena, list, world_json(random_world()));
    return cv_json_response(list);
}

static int by_message(const void *a, const void *b)
{
    return strcmp((*(Fortune *const *)a)->message, (*(Fortune *const *)b)->message);
}

CvResponse *fortunes(CvRequest *request)
{
    size_t count;
    Fortune *rows = cv_all(cv_objects(Fortune), &count);
    Fortune **sorted = cv_new_array(Fortune *, count + 1);
    CvList *list = cv_list_create(request->arena);

    for (size_t i = 0; i < count; i++)
        sorted[i] = &rows[i];
    sorted[count] = cv_build(Fortune, .message = "Additional fortune added at request time.");
    qsort(sorted, count + 1, sizeof *sorted, by_message);
    for (size_t i = 0; i <= count; i++)
        cv_list_add(request->arena, list, CV_VALUE(sorted[i]));
    return cv_render(request, "fortunes.html", "fortunes", list);
}

CvResponse *updates(CvRequest *request)
{
    int64_t count = query_count(request);
    CvList *list = cv_list_create(request->arena);
    CV_ATOMIC
    {
        for (int64_t i = 0; i < count; i++) {
            World *world = random_world();
            world->randomnumber = (int64_t)cv_random_below(WORLDS) + 1;
            cv_save_fields(world, "randomnumber");
            cv_list_add(request->arena, list, world_json(world));
        }
    }
    return cv_json_response(list);
}
