/* Tests orm/file.h: files of rows: stored when the row is saved, named by upload_to, opened, removed, seen by
 * templates. */
#define CV_MODELS "album.def.h"
#include "orm/models.h"

#include "orm/schema.h"
#include "unit.h"

static const char *notes_path(const void *row, const char *filename)
{
    const Photo *photo = row;
    return cv_printf("notes/%s/%s", photo->title, filename);
}

#define CV_MODELS "album.def.h"
#define CV_MODELS_TABLE album_models
#include "orm/models_define.h"

static CvFileStorage storage = {.kind = &cv_in_memory_storage, .base_url = "/media/"};

/* A GIF of 3 by 2 pixels, as far as its head. */
static CvFile *gif(const char *name)
{
    static const char bytes[] =
        "GIF89a\x03\0\x02\0\x80\0\0\xff\xff\xff\0\0\0\x2c\0\0\0\0\x03\0\x02\0\0\x02\x02\x44\x01\0;";
    return cv_file_of_bytes(cv_arena(), name, cv_slice_of(bytes, sizeof bytes - 1));
}

static void run(void (*test)(void *argument))
{
    CvErrors errors = {.arena = cv_arena()};
    CvError error, *raised;
    storage.data = cv_memory_files_create();
    cv_set_storages(CV_STORAGES({"default", &storage}));
    cv_clock_freeze(cv_datetime_in(cv_date(2024, 2, 29), cv_time(12, 0, 0, 0), cv_zone_utc, false));
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    cv_models_add("album", album_models);
    ck_assert(cv_models_ready(&errors));
    cv_schema_create(NULL, NULL);
    bool fine = cv_try(test, NULL, &raised);
    ck_assert_msg(fine, "%s", fine ? "" : raised->message);
}

static CvSlice whole(CvFile *file)
{
    CvSlice bytes;
    CvError error;
    ck_assert(cv_file_read_all(file, 1000, &bytes, &error));
    return bytes;
}

static void saving(void *argument)
{
    (void)argument;
    Photo *photo = cv_build(Photo, .title = "sea");
    cv_file_set(photo, picture, gif("My Photo.gif"));
    ck_assert_str_eq(photo->picture.name, "My Photo.gif");
    cv_save(photo);
    ck_assert_str_eq(photo->picture.name, "photos/2024/My_Photo.gif");
    ck_assert(photo->picture.file == NULL);
    Photo *same = cv_get(Photo, "pk", photo->pk);
    ck_assert_str_eq(same->picture.name, "photos/2024/My_Photo.gif");
    ck_assert_str_eq(cv_file_url(same, picture), "/media/photos/2024/My_Photo.gif");
    ck_assert_uint_eq(cv_file_size(same, picture), gif("x")->size);
    ck_assert_uint_eq(cv_file_image(same, picture).width, 3);
    ck_assert(same->width.set && same->width.value == 3 && same->height.value == 2);
    ck_assert(cv_slice_starts_with(whole(cv_file_open(same, picture)), CV_SLICE("GIF89a")));
    /* A second of the name does not take its place; saving again stores nothing. */
    cv_file_set(same, picture, gif("My Photo.gif"));
    cv_save(same);
    ck_assert_str_ne(same->picture.name, "photos/2024/My_Photo.gif");
    const char *name = same->picture.name;
    cv_save(same);
    ck_assert_ptr_eq(same->picture.name, name);
    ck_assert(same->notes.name == NULL);
}

START_TEST(is_stored_with_the_row)
{
    run(saving);
}
END_TEST

static void leave_the_root(void *argument)
{
    cv_file_set((Photo *)argument, notes, cv_file_of_bytes(cv_arena(), "n.txt", CV_SLICE("n")));
    cv_save(argument);
}

static void naming(void *argument)
{
    CvError *error;
    (void)argument;
    Photo *photo = cv_build(Photo, .title = "sea");
    cv_file_save(photo, notes, "wind and waves.txt", cv_file_of_bytes(cv_arena(), "", CV_SLICE("hello")), true);
    ck_assert_str_eq(photo->notes.name, "notes/sea/wind_and_waves.txt");
    ck_assert(cv_row_is_saved(photo));
    Photo *other = cv_build(Photo, .title = "sea");
    cv_file_save(other, notes, "wind and waves.txt", cv_file_of_bytes(cv_arena(), "", CV_SLICE("x")), false);
    ck_assert_uint_le(strlen(other->notes.name), 30); /* max_length */
    ck_assert(!cv_row_is_saved(other));
    ck_assert(!cv_try(leave_the_root, cv_build(Photo, .title = "../../etc"), &error));
    ck_assert_int_eq(error->kind, CV_ERROR_SUSPICIOUS_FILE);
}

START_TEST(is_named_by_upload_to)
{
    run(naming);
}
END_TEST

static void no_url(void *argument)
{
    (void)cv_file_url((Photo *)argument, picture);
}
static void no_field(void *argument)
{
    (void)cv_file_url_of(argument, "title");
}

static void removing(void *argument)
{
    CvError *error, low;
    bool there;
    (void)argument;
    Photo *photo = cv_build(Photo, .title = "sea");
    cv_file_save(photo, picture, "a.gif", gif("a.gif"), true);
    const char *name = photo->picture.name;
    cv_file_delete(photo, picture, true);
    ck_assert_str_eq(photo->picture.name, "");
    ck_assert(!photo->width.set);
    ck_assert(cv_storage_exists(cv_arena(), &storage, name, &there, &low) && !there);
    ck_assert_str_eq(cv_get(Photo, "pk", photo->pk)->picture.name, "");
    cv_file_delete(photo, picture, true);
    ck_assert(!cv_try(no_url, photo, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, "The 'picture' attribute has no file associated with it.");
    ck_assert(!cv_try(no_field, photo, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_FIELD);
}

START_TEST(is_removed_when_asked)
{
    run(removing);
}
END_TEST

static void looking(void *argument)
{
    CvValue value, url;
    CvAccessor accessor;
    (void)argument;
    Photo *photo = cv_build(Photo, .title = "sea");
    ck_assert(cv_row_type_resolve(&Photo_model.type, CV_SLICE("picture"), &accessor));
    accessor.read(&accessor, photo, cv_arena(), &value);
    ck_assert(cv_value_is_row_file(value) && !cv_value_truth(value));
    cv_file_save(photo, picture, "a b.gif", gif(""), true);
    ck_assert(cv_value_truth(value));
    ck_assert(cv_row_file_type.get(value.object, CV_SLICE("url"), cv_arena(), &url));
    ck_assert_str_eq(url.text, "/media/photos/2024/a_b.gif");
    ck_assert(cv_row_file_type.get(value.object, CV_SLICE("height"), cv_arena(), &url) && url.integer == 2);
    ck_assert(cv_slice_is(cv_value_str(cv_arena(), value), "photos/2024/a_b.gif"));
    /* A file that was not stored goes over with the value. */
    Photo *copy = cv_build(Photo, .title = "copy");
    cv_row_set(copy, cv_model_column(&Photo_model, CV_SLICE("picture")), value);
    ck_assert_str_eq(copy->picture.name, photo->picture.name);
    cv_row_set(copy, cv_model_column(&Photo_model, CV_SLICE("picture")), CV_VALUE("other.gif"));
    ck_assert_str_eq(copy->picture.name, "other.gif");
    ck_assert_str_eq(cv_row_get(copy, cv_model_column(&Photo_model, CV_SLICE("picture"))).text, "other.gif");
}

START_TEST(is_seen_by_templates)
{
    run(looking);
}
END_TEST

static void many(void *argument)
{
    void *rows[2];
    (void)argument;
    for (int i = 0; i < 2; i++) {
        Photo *photo = cv_build(Photo, .title = "sea");
        cv_file_set(photo, picture, gif("same.gif"));
        rows[i] = photo;
    }
    cv_insert_rows(rows, 2);
    ck_assert_str_eq(((Photo *)rows[0])->picture.name, "photos/2024/same.gif");
    ck_assert_str_ne(((Photo *)rows[1])->picture.name, "photos/2024/same.gif");
}

START_TEST(is_stored_for_many_rows)
{
    run(many);
}
END_TEST

UNIT_TESTS("orm/file", is_stored_with_the_row, is_named_by_upload_to, is_removed_when_asked, is_seen_by_templates,
           is_stored_for_many_rows)
