/* library.c: what the tests of model forms share. */
#include "library.h"

#include "orm/schema.h"
#include "orm/validate.h"

#include <check.h>

Writer *austen, *borges;
Volume *emma, *ficciones;

static const char *writer_str(const Writer *writer)
{
    return writer->name;
}

static const char *topic_str(const Topic *topic)
{
    return topic->name;
}

static const char *volume_str(const Volume *volume)
{
    return volume->title;
}

static void volume_clean(Volume *volume, CvRowErrors *errors)
{
    if (volume->title && strcmp(volume->title, "Nameless") == 0)
        cv_row_error(errors, "title", "nameless", "It must have a name.");
    if (volume->pages == 13)
        cv_row_error(errors, NULL, "unlucky", "Not %(pages)s pages.", "pages", volume->pages);
}

static void volume_form_clean(VolumeForm *form)
{
    if (form->notify && form->form.user_data)
        cv_add_error(form, "notify", "Not now.");
}

static CvQuerySet *living_writers(CvForm *form)
{
    (void)form;
    return (CvQuerySet *)cv_filter(cv_objects(Writer), "born__gt", 1800);
}

static const char *writer_label(const void *row)
{
    const Writer *writer = row;
    return cv_printf("%s (%d)", writer->name, (int)writer->born.value);
}

static const char *writer_group(const void *row)
{
    return ((const Writer *)row)->born.value < 1900 ? "Before 1900" : "Later";
}

#define CV_MODELS "library_models.def.h"
#define CV_MODELS_TABLE library_models
#include "orm/models_define.h"
#define CV_FORMS "library.def.h"
#include "forms/forms_define.h"

void library_open(void)
{
    CvError error;
    CvErrors errors = {.arena = cv_arena()};
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    cv_models_add("library", library_models);
    ck_assert(cv_models_ready(&errors));
    cv_schema_create(NULL, NULL);
    austen = cv_create(Writer, .name = "Austen", .born = CV_INTEGER(1775));
    borges = cv_create(Writer, .name = "Borges", .born = CV_INTEGER(1899));
    cv_create(Writer, .name = "Calvino", .born = CV_INTEGER(1923));
    cv_create(Topic, .name = "novel");
    cv_create(Topic, .name = "story");
    cv_create(Topic, .name = "essay");
    emma = cv_create(Volume, .title = "Emma", .slug = "emma", .writer = cv_ref(austen),
                     .price = cv_decimal(cv_arena(), "7.50"));
    ficciones = cv_create(Volume, .title = "Ficciones", .slug = "ficciones", .writer = cv_ref(borges),
                          .price = cv_decimal(cv_arena(), "9.90"), .pages = 174);
    cv_add(cv_related(emma, topics), cv_get(Topic, "name", "novel"));
}

CvQueryDict *library_data(const char *query)
{
    CvError error;
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error);
    ck_assert_ptr_nonnull(data);
    return data;
}
