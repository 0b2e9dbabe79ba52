/* forms.c: what a form of ten fields and one over a model cost: bound, validated, written; and a URL table of a hundred
 * rows. forms_django.py holds the first lines against Django.
 *
 * usage: forms [ROUNDS]      prints microseconds of processor time each. */
#include "forms/forms.h"
#include "base/self.h"
#include "orm/orm.h"
#include "urls/urls.h"

#define CV_MODELS "orm_items.def.h"
#include "orm/models.h"
#define CV_MODELS "orm_items.def.h"
#define CV_MODELS_TABLE bench_models
#include "orm/models_define.h"

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static CvFormType *form_type(CvArena *arena)
{
    CvFormField fields[] = {
        cv_form_field("name", &cv_char_form_field),     cv_form_field("email", &cv_email_form_field),
        cv_form_field("stars", &cv_integer_form_field), cv_form_field("price", &cv_decimal_form_field),
        cv_form_field("day", &cv_date_form_field),      cv_form_field("site", &cv_url_form_field),
        cv_form_field("slug", &cv_slug_form_field),     cv_form_field("terms", &cv_boolean_form_field),
        cv_form_field("weight", &cv_float_form_field),  cv_form_field("text", &cv_char_form_field)};
    fields[0].max_length = 100;
    fields[2].min_value = cv_value_int(1);
    fields[2].max_value = cv_value_int(5);
    fields[3].max_digits = 6;
    fields[3].decimal_places = 2;
    return cv_form_type_build(arena, "Ten", fields, CV_COUNT_OF(fields), NULL);
}

static void time_forms(CvArena *arena, int rounds, bool html)
{
    static const char body[] = "name=Jane+Austen&email=jane%40example.org&stars=4&price=9.90&day=2024-02-29&"
                               "site=https%3A%2F%2Fexample.org%2F&slug=emma-1815&terms=on&weight=0.25&text=A+fine+book";
    CvFormType *type = form_type(arena);
    CvArena *request = cv_arena_create(0);
    int valid = 0;
    double start = cpu_seconds();
    for (int i = 0; i < rounds; i++) {
        CvError error;
        CvQueryDict *data = cv_querydict_parse(request, cv_slice(body), NULL, 1000, &error);
        CvForm *form = cv_form_create(type, &(CvFormInput){.arena = request, .data = data}, NULL);
        valid += cv_form_is_valid(form);
        if (html)
            (void)cv_form_html(form, CV_FORM_DIV);
        cv_arena_reset(request);
    }
    double spent = (cpu_seconds() - start) / rounds * 1e6;
    printf("%-40s %8.2f us (%d valid)\n",
           html ? "form of 10 fields: bind, validate, write" : "form of 10 fields: bind, validate", spent, valid);
    cv_arena_destroy(request);
}

static void time_model_form(CvArena *arena, int rounds)
{
    static const char body[] = "name=Jane+Austen&slug=emma-1815&stock=4&weight=0.25&price=9.90&made=2024-02-29&"
                               "changed=2024-02-29+12%3A30&active=on";
    CvErrors errors = {.arena = arena};
    cv_models_add("bench", bench_models);
    if (!cv_models_ready(&errors))
        abort();
    const CvFormType *type =
        cv_model_form_type(arena, &Item_model, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
    CvArena *request = cv_arena_create(0), *outer = cv_arena_enter(request);
    int valid = 0;
    double start = cpu_seconds();
    for (int i = 0; i < rounds; i++) {
        CvError error;
        CvQueryDict *data = cv_querydict_parse(request, cv_slice(body), NULL, 1000, &error);
        CvForm *form = cv_form_create(type, &(CvFormInput){.arena = request, .data = data}, NULL);
        valid += cv_form_is_valid(form);
        cv_arena_reset(request);
    }
    double spent = (cpu_seconds() - start) / rounds * 1e6;
    printf("%-40s %8.2f us (%d valid)\n", "model form of 8 fields: bind, validate", spent, valid);
    cv_arena_leave(outer);
    cv_arena_destroy(request);
}

static void time_urls(CvArena *arena, int rounds)
{
    enum { ROWS = 100 };
    CvUrl *urls = cv_arena_new_array(arena, CvUrl, ROWS + 1);
    for (int i = 0; i < ROWS; i++)
        urls[i] = (CvUrl){.kind = CV_URL_PATH,
                          .route = cv_arena_printf(arena, "app%d/section%d/<int:pk>/", i / 10, i),
                          .name = cv_arena_printf(arena, "view-%d", i)};
    CvErrors errors = {.arena = arena};
    CvResolver *resolver = cv_resolver_create(arena, urls, &errors);
    CvArena *request = cv_arena_create(0);
    double start = cpu_seconds();
    int found = 0;
    for (int i = 0; i < rounds * 10; i++) {
        CvUrlMatch match;
        found += cv_resolve(resolver, request, CV_SLICE("/app9/section95/1234/"), &match);
        if (i % 16 == 0)
            cv_arena_reset(request);
    }
    printf("%-40s %8.3f us (%d found)\n", "resolve in 100 rows", (cpu_seconds() - start) / (rounds * 10) * 1e6, found);
    CvReverse what = {.name = "view-95", .args = (CvValue[]){cv_value_int(1234)}, .arg_count = 1};
    start = cpu_seconds();
    for (int i = 0; i < rounds; i++) {
        const char *url;
        CvError error;
        if (!cv_reverse_path(resolver, request, &what, &url, &error))
            abort();
        cv_arena_reset(request);
    }
    printf("%-40s %8.3f us\n", "reverse in 100 rows", (cpu_seconds() - start) / rounds * 1e6);
    cv_arena_destroy(request);
}

int main(int argc, char **argv)
{
    uint64_t rounds = 20000;
    if (argc > 1 && !cv_slice_to_uint64(cv_slice(argv[1]), &rounds))
        return 2;
    CvArena *arena = cv_arena_create(0);
    time_forms(arena, (int)rounds, false);
    time_forms(arena, (int)rounds, true);
    time_model_form(arena, (int)rounds);
    time_urls(arena, (int)rounds);
    cv_arena_destroy(arena);
    return 0;
}
