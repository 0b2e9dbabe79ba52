/* Tests orm/signals.h: who is told of what, in which order. */
#include "orm/signals.h"

#include "catalog.h"
#include "unit.h"

static char said[200];

static void note(const char *text)
{
    size_t length = strlen(said);
    snprintf(said + length, sizeof said - length, "%s ", text);
}

static void hear(CvRowEvent *event)
{
    note(event->signal->name);
    note(event->sender->name);
    if (event->signal == &cv_post_save)
        note(event->created ? "created" : "changed");
    if (event->update_fields)
        note(event->update_fields[0]);
    ck_assert_str_eq(event->database, "default");
}

static void hear_again(CvRowEvent *event)
{
    (void)event;
    note("again");
}

static void rename_maker(CvRowEvent *event)
{
    ((Maker *)event->row)->name = "renamed";
}

CV_NORETURN
static void refuse(CvRowEvent *event)
{
    (void)event;
    cv_raise(CV_ERROR_PERMISSION_DENIED, "no");
}

static void saves(void *argument)
{
    (void)argument;
    cv_connect(cv_pre_save, Maker, hear);
    cv_connect_all(cv_post_save, hear);
    cv_connect_all(cv_post_save, hear); /* once only */
    cv_connect(cv_post_save, Maker, hear_again);
    Maker *maker = cv_create(Maker, .name = "a");
    ck_assert_str_eq(said, "pre_save Maker post_save Maker created again ");
    said[0] = '\0';
    cv_save_fields(maker, "name");
    ck_assert_str_eq(said, "pre_save Maker name post_save Maker changed name again ");
    said[0] = '\0';
    cv_create(Parcel, .rest = 1);
    ck_assert_str_eq(said, "post_save Parcel created ");
    ck_assert(cv_row_signal_disconnect(&cv_post_save, NULL, hear));
    ck_assert(!cv_row_signal_disconnect(&cv_post_save, NULL, hear));
    said[0] = '\0';
    Maker *more[] = {cv_build(Maker, .name = "b")};
    cv_bulk_create(more, 1); /* tells nobody */
    cv_update(cv_objects(Maker), "country", "de");
    ck_assert_str_eq(said, "");
}

static void changes(void *argument)
{
    (void)argument;
    CvError *error;
    cv_connect(cv_pre_save, Maker, rename_maker);
    Maker *maker = cv_create(Maker, .name = "a");
    ck_assert_str_eq(cv_get(Maker, "pk", maker->pk)->name, "renamed");
    cv_connect(cv_pre_save, Parcel, refuse);
    ck_assert(!cv_try_save(cv_build(Parcel, .rest = 1), &error));
    ck_assert_int_eq(error->kind, CV_ERROR_PERMISSION_DENIED);
    ck_assert_int_eq(cv_count(cv_objects(Parcel)), 0);
}

static void make(void *argument)
{
    (void)argument;
    (void)cv_get_or_create_at((CvQuerySet *)cv_objects(Maker), NULL, NULL, NULL, 1, (const char *const[]){"name", NULL},
                              (const CvValue[]){cv_value_string("a")});
}

/* As in Django, get_or_create() keeps nothing of a row that a receiver refused after it was inserted; create() does. */
static void refused_later(void *argument)
{
    (void)argument;
    CvError *error;
    cv_connect(cv_post_save, Maker, refuse);
    ck_assert(!cv_try(make, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_PERMISSION_DENIED);
    ck_assert_int_eq(cv_count(cv_objects(Maker)), 0);
    ck_assert(!cv_in_atomic());
    ck_assert(!cv_try_save(cv_build(Maker, .name = "b"), &error));
    ck_assert_int_eq(cv_count(cv_objects(Maker)), 1);
}

START_TEST(what_get_or_create_made_goes_with_a_refusal)
{
    catalog_open();
    catalog_run(refused_later);
}
END_TEST

START_TEST(saves_are_told)
{
    catalog_open();
    catalog_run(saves);
}
END_TEST

START_TEST(receivers_may_change_and_refuse)
{
    catalog_open();
    catalog_run(changes);
}
END_TEST

UNIT_TESTS("orm/signals", saves_are_told, receivers_may_change_and_refuse, what_get_or_create_made_goes_with_a_refusal)
