/* Tests the commands about migrations: what they print, ask, write and answer with. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "management/command_private.h"
#include "management/management.h"
#include "migrations/migrations.h"

#include "unit.h"

#define CV_MODELS "migrated.def.h"
#include "orm/models.h"
#define CV_MODELS "migrated.def.h"
#define CV_MODELS_TABLE shop_models
#include "orm/models_define.h"

/* clang-format off */
#define AUTHOR() CreateModel(Author) CharField(name, .max_length = 50) END

#define CV_MIGRATIONS none_yet
#include "migrations/migrations_begin.h"
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS current
#include "migrations/migrations_begin.h"
MIGRATION(0001_initial, .initial = true)
AUTHOR()
MIGRATION(0002_book, .dependencies = CV_LIST("shop.0001_initial"))
CreateModel(Book)
    CharField(title, .max_length = 50)
END
MIGRATION(0003_book_pages, .dependencies = CV_LIST("shop.0002_book"))
AddField(Book, IntegerField(pages, .default = 1), .forget_default = true)
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS behind
#include "migrations/migrations_begin.h"
MIGRATION(0001_initial, .initial = true)
AUTHOR()
CreateModel(Book)
    CharField(title, .max_length = 50)
END
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS renamed
#include "migrations/migrations_begin.h"
MIGRATION(0001_initial, .initial = true)
AUTHOR()
CreateModel(Book)
    CharField(title, .max_length = 50)
    IntegerField(length)
END
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS nullable
#include "migrations/migrations_begin.h"
MIGRATION(0001_initial, .initial = true)
AUTHOR()
CreateModel(Book)
    CharField(title, .max_length = 50)
    NullIntegerField(pages)
END
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS forked
#include "migrations/migrations_begin.h"
MIGRATION(0001_initial, .initial = true)
AUTHOR()
MIGRATION(0002_book, .dependencies = CV_LIST("shop.0001_initial"))
CreateModel(Book)
    CharField(title, .max_length = 50)
    IntegerField(pages)
END
MIGRATION(0002_sql, .dependencies = CV_LIST("shop.0001_initial"))
RunSQL("SELECT 1")
#include "migrations/migrations_end.h"
    /* clang-format on */

    static const char *folder;
static bool no_sources; /* the program stands where it was copied to */

static const char *in(const char *path)
{
    return cv_printf("%s/%s", folder, path);
}

/* The site's folder, with an app's folder in it. */
static void begin(void)
{
    char *name = cv_printf("/tmp/cv-migrations-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(name));
    folder = name;
    ck_assert_int_eq(mkdir(in("shop"), 0700), 0);
    ck_assert_int_eq(chdir(folder), 0);
}

static const char *read_file(const char *path)
{
    char *text = cv_alloc(20000);
    int fd = open(path, O_RDONLY);
    ssize_t length = fd >= 0 ? read(fd, text, 19999) : -1;
    close(fd);
    return length < 0 ? NULL : text;
}

static void end(void)
{
    ck_assert_int_eq(system(cv_printf("rm -rf %s", folder)), 0);
}

static int hooks_called;

static void count_call(const CvApp *app)
{
    (void)app;
    hooks_called++;
}

/* What runserver and serve do before they serve; the status is how many descriptors of the database are open then. */
static int warn(CvCommandLine *line)
{
    int open_files = 0;
    cv_warn_unapplied(line->arena);
    for (int fd = 3; fd < 64; fd++) {
        char path[4096];
        ssize_t length = readlink(cv_printf("/proc/self/fd/%d", fd), path, sizeof path);
        open_files += length > 0 && cv_slice_find(cv_slice_of(path, (size_t)length), CV_SLICE("site.db")) >= 0;
    }
    return open_files;
}
static const CvCommand warn_command = {.name = "warn", .summary = "Warns.", .run = warn};

typedef struct Answer {
    int status;
    const char *said, *complained;
} Answer;

/* The list that the program's migrations came from. */
static void write_list(void)
{
    static const char text[] = "#define CV_MIGRATIONS shop\n#include <caravan/migrations_begin.h>\n"
                               "#include <caravan/migrations_end.h>\n";
    int fd = open(in("shop/migrations.c"), O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd >= 0) {
        ck_assert_int_eq((int)write(fd, text, strlen(text)), (int)strlen(text));
        close(fd);
    }
}

/* Runs "migrate shop zero" on the site with that past; `typed`: what comes from the terminal. */
static Answer run(const CvMigrations *past, const char *words, const char *typed)
{
    char *arguments[16] = {cv_printf("manage")};
    int count = 1;
    CvSlice rest = cv_slice(words), word;
    while (cv_slice_split(&rest, ' ', &word))
        arguments[count++] = cv_slice_string(cv_arena(), word);
    const CvCommand *const commands[] = {&warn_command, NULL};
    CvApp shop = {
        .name = "shop", .models = shop_models, .migrations = past, .migrated = count_call, .commands = commands};
    CvSettings settings = {.apps = CV_APPS(&shop), .database_url = "sqlite:///site.db", .base_dir = folder};
    if (past && past->rows->kind && !no_sources)
        write_list();
    int typing = open(in("typed"), O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_eq((int)write(typing, typed, strlen(typed)), (int)strlen(typed));
    ck_assert_int_eq((int)lseek(typing, 0, SEEK_SET), 0);
    fflush(NULL);
    int kept[] = {dup(0), dup(1), dup(2)};
    int streams[] = {typing, open(in("said"), O_WRONLY | O_CREAT | O_TRUNC, 0600),
                     open(in("complained"), O_WRONLY | O_CREAT | O_TRUNC, 0600)};
    for (int i = 0; i < 3; i++) {
        dup2(streams[i], i);
        close(streams[i]);
    }
    clearerr(stdin);
    Answer answer = {.status = cv_main_with(count, arguments, &settings, folder, "echo built >> builds")};
    fflush(NULL);
    for (int i = 0; i < 3; i++) {
        dup2(kept[i], i);
        close(kept[i]);
    }
    answer.said = read_file(in("said"));
    answer.complained = read_file(in("complained"));
    return answer;
}

static void expect(Answer answer, int status, const char *said, const char *complained)
{
    ck_assert_str_eq(answer.complained, complained);
    ck_assert_str_eq(answer.said, said);
    ck_assert_int_eq(answer.status, status);
}

#define HAS(text, part) ck_assert_msg(strstr((text), (part)), "no '%s' in '%s'", (part), (text))

START_TEST(migrates)
{
    begin();
    expect(run(&current_migrations, "migrate --check", ""), 1, "", "");
    expect(run(&current_migrations, "migrate", ""), 0,
           "Operations to perform:\n"
           "  Apply all migrations: shop\n"
           "Running migrations:\n"
           "  Applying shop.0001_initial... OK\n"
           "  Applying shop.0002_book... OK\n"
           "  Applying shop.0003_book_pages... OK\n",
           "");
    expect(run(&current_migrations, "migrate --check", ""), 0, "", "");
    expect(run(&current_migrations, "migrate shop 0002 --plan", ""), 0,
           "Planned operations:\n"
           "shop.0003_book_pages\n"
           "    Undo Add field pages to book\n",
           "");
    expect(run(&current_migrations, "migrate shop 0002", ""), 0,
           "Operations to perform:\n"
           "  Target specific migration: 0002_book, from shop\n"
           "Running migrations:\n"
           "  Rendering model states... DONE\n"
           "  Unapplying shop.0003_book_pages... OK\n",
           "");
    expect(run(&current_migrations, "migrate shop --fake -v0", ""), 0, "", "");
    expect(run(&current_migrations, "showmigrations", ""), 0,
           "shop\n [X] 0001_initial\n [X] 0002_book\n [X] 0003_book_pages\n", "");
    expect(run(&current_migrations, "showmigrations --plan -v 2", ""), 0,
           "[X]  shop.0001_initial\n[X]  shop.0002_book ... (shop.0001_initial)\n"
           "[X]  shop.0003_book_pages ... (shop.0002_book)\n",
           "");
    expect(run(&behind_migrations, "migrate shop --prune", ""), 0,
           "Pruning migrations:\n  Pruning shop.0002_book OK\n  Pruning shop.0003_book_pages OK\n", "");
    Answer answer = run(&behind_migrations, "migrate", "");
    HAS(answer.said, "  No migrations to apply.\n  Your models in app(s): 'shop' have changes that are not yet ");
    end();
}
END_TEST

/* Who goes back with an older program leaves what a newer one did, and the newer one could not go on. */
START_TEST(warns_of_what_another_program_did)
{
    begin();
    ck_assert_int_eq(run(&current_migrations, "migrate -v0", "").status, 0);
    ck_assert_str_eq(run(&behind_migrations, "migrate", "").complained, "");
    Answer answer = run(&behind_migrations, "migrate shop zero --plan", "");
    ck_assert_int_eq(answer.status, 0);
    ck_assert_str_eq(answer.complained,
                     "warning: shop.0002_book is applied, but not in this program, and stays as it is: undo it first "
                     "with the program that has it.\n"
                     "warning: shop.0003_book_pages is applied, but not in this program, and stays as it is: undo it "
                     "first with the program that has it.\n");
    run(&behind_migrations, "migrate shop zero --fake -v0", "");
    HAS(run(&current_migrations, "migrate", "").complained,
        "error: Migration shop.0002_book is applied before its dependency shop.0001_initial on database "
        "'default'.\n    hint: ");
    end();
}
END_TEST

START_TEST(calls_apps_that_are_up_to_date)
{
    begin();
    run(&current_migrations, "migrate shop 0002", "");
    ck_assert_int_eq(hooks_called, 0);
    run(&current_migrations, "migrate --database default", "");
    ck_assert_int_eq(hooks_called, 1);
    run(&current_migrations, "migrate", "");
    ck_assert_int_eq(hooks_called, 2);
    run(&current_migrations, "migrate shop zero", "");
    ck_assert_int_eq(hooks_called, 2);
    run(NULL, "migrate", "");
    ck_assert_int_eq(hooks_called, 3);
    end();
}
END_TEST

START_TEST(warns_of_what_is_not_applied)
{
    begin();
    expect(run(&current_migrations, "warn", ""), 0, "",
           "You have 3 unapplied migration(s). Your project may not work properly until you apply the migrations for "
           "app(s): shop.\nRun 'manage migrate' to apply them.\n");
    run(&current_migrations, "migrate shop 0002", "");
    HAS(run(&current_migrations, "warn", "").complained, "You have 1 unapplied migration(s).");
    run(&current_migrations, "migrate", "");
    expect(run(&current_migrations, "warn", ""), 0, "", "");
    expect(run(NULL, "warn", ""), 0, "", "");
    end();
}
END_TEST

START_TEST(takes_over_tables_that_are_there)
{
    begin();
    ck_assert_int_eq(run(&behind_migrations, "migrate -v0", "").status, 0);
    ck_assert_int_eq(run(&behind_migrations, "migrate shop zero --fake -v0", "").status, 0);
    Answer answer = run(&behind_migrations, "migrate", "");
    HAS(answer.said, "  Applying shop.0001_initial...\n");
    HAS(answer.complained, "already exists");
    HAS(answer.complained, "hint: Where an older program made the tables, `migrate --fake-initial` ");
    answer = run(&behind_migrations, "migrate --fake-initial", "");
    HAS(answer.said, "  Applying shop.0001_initial... FAKED\n");
    ck_assert_int_eq(answer.status, 0);
    end();
}
END_TEST

START_TEST(tells_what_is_wrong)
{
    static const struct {
        const char *words;
        int status;
        const char *complaint;
    } cases[] = {
        {"migrate shp", 1, "error: No installed app with label 'shp'. Did you mean 'shop'?\n"},
        {"migrate shop 0004", 1, "error: Cannot find a migration matching '0004' from app 'shop'.\n"},
        {"migrate shop 000", 1,
         "error: More than one migration matches '000' in app 'shop'. Please be more specific.\n"},
        {"migrate shop --run-syncdb", 1, "error: Can't use --run-syncdb with app 'shop' as it has migrations.\n"},
        {"migrate --database other", 1, "error: The site has no database 'other'.\n"},
        {"migrate --prune", 1, "error: Migrations can be pruned only when an app is specified.\n"},
        {"migrate -v4", 1, "error: --verbosity must be 0, 1, 2 or 3, not '4'.\n"},
        {"migrate -x", 2, "error: migrate has no option -x.\n"},
        {"showmigrations nope", 2, "error: No installed app with label 'nope'.\n"},
        {"sqlmigrate shop", 2, "error: sqlmigrate needs APP MIGRATION.\n"},
        {"makemigrations nope", 2, "error: No installed app with label 'nope'.\n"},
        {"makemigrations --empty", 1, "error: You must supply at least one app label when using --empty.\n"},
        {"makemigrations --name 1x", 1, "error: The migration name must be letters, digits and underscores"},
        {"squashmigrations shop 0003 0001 --noinput", 1,
         "error: The migration 'shop.0003_book_pages' cannot be found. Maybe it comes after"},
    };
    begin();
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        Answer answer = run(&current_migrations, cases[i].words, "");
        ck_assert_msg(strncmp(answer.complained, cases[i].complaint, strlen(cases[i].complaint)) == 0, "%s: %s",
                      cases[i].words, answer.complained);
        ck_assert_msg(answer.status == cases[i].status, "%s: %d", cases[i].words, answer.status);
    }
    Answer answer = run(&forked_migrations, "migrate", "");
    HAS(answer.complained, "error: Conflicting migrations detected; multiple leaf nodes in the migration graph: "
                           "(0002_book, 0002_sql in shop).\nTo fix them run 'manage makemigrations --merge'\n");
    ck_assert_int_eq(answer.status, 1);
    end();
}
END_TEST

START_TEST(sees_no_changes)
{
    begin();
    expect(run(&current_migrations, "makemigrations", ""), 0, "No changes detected\n", "");
    expect(run(&current_migrations, "makemigrations shop", ""), 0, "No changes detected in app 'shop'\n", "");
    expect(run(&current_migrations, "makemigrations --check", ""), 0, "No changes detected\n", "");
    expect(run(&current_migrations, "makemigrations --merge", ""), 0, "No conflicts detected to merge.\n", "");
    ck_assert_ptr_null(read_file("builds"));
    end();
}
END_TEST

START_TEST(knows_models_that_are_not_built)
{
    begin();
    close(open("shop/models.def.h", O_CREAT | O_WRONLY, 0600));
    const struct timespec past[] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    ck_assert_int_eq(utimensat(AT_FDCWD, "shop/models.def.h", past, 0), 0);
    expect(run(&current_migrations, "makemigrations", ""), 0, "No changes detected\n", "");
    const struct timespec future[] = {{.tv_sec = time(NULL) + 1000}, {.tv_sec = time(NULL) + 1000}};
    ck_assert_int_eq(utimensat(AT_FDCWD, "shop/models.def.h", future, 0), 0);
    expect(run(&current_migrations, "makemigrations", ""), 0, "No changes detected\n",
           "warning: shop/models.def.h is newer than this program, whose models are compared: build it first.\n");
    end();
}
END_TEST

START_TEST(writes_the_first)
{
    begin();
    expect(run(&none_yet_migrations, "makemigrations --check", ""), 1,
           "Migrations for 'shop':\n  shop/migrations/0001_initial.def.h\n    + Create model Author\n"
           "    + Create model Book\n",
           "");
    ck_assert_ptr_null(read_file("shop/migrations.c"));
    expect(run(&none_yet_migrations, "makemigrations", ""), 0,
           "Migrations for 'shop':\n  shop/migrations/0001_initial.def.h\n    + Create model Author\n"
           "    + Create model Book\nBuilding the program with them: echo built >> builds\n",
           "");
    ck_assert_str_eq(read_file("builds"), "built\n");
    HAS(read_file("shop/migrations/0001_initial.def.h"), "MIGRATION(0001_initial, .initial = true)");
    HAS(read_file("shop/migrations.c"), "#include \"migrations/0001_initial.def.h\"\n");
    Answer again = run(&none_yet_migrations, "makemigrations", "");
    ck_assert_int_eq(again.status, 1);
    HAS(again.complained, "shop/migrations/0001_initial.def.h is there already, but not in this program");
    Answer migrating = run(&none_yet_migrations, "migrate", "");
    HAS(migrating.complained, "warning: shop/migrations/0001_initial.def.h is not in this program");
    end();
}
END_TEST

START_TEST(begins_a_history)
{
    begin();
    expect(run(NULL, "makemigrations", ""), 0,
           "No changes detected\n"
           "App 'shop' has models and no migrations; to write its first: manage makemigrations shop\n",
           "");
    Answer answer = run(NULL, "makemigrations shop", "");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, "App 'shop' has had no migrations so far");
    HAS(answer.said, ".migrations = &shop_migrations");
    HAS(read_file("shop/migrations.c"), "#define CV_MIGRATIONS shop\n");
    end();
}
END_TEST

/* An app whose folder is the site's has one wherever the program is. */
START_TEST(without_sources_nothing_is_written)
{
    begin();
    no_sources = true;
    Answer answer = run(&current_migrations, "makemigrations shop --empty", "");
    ck_assert_int_eq(answer.status, 1);
    HAS(answer.complained, "error: The sources of app 'shop' are not here: there is no ");
    HAS(answer.complained, "/shop/migrations.c.\n");
    ck_assert_int_eq(access(in("shop/migrations"), F_OK), -1);
    no_sources = false;
    end();
}
END_TEST

START_TEST(somebody_must_answer)
{
    begin();
    Answer answer = run(&forked_migrations, "makemigrations --merge", "");
    ck_assert_int_eq(answer.status, 1);
    HAS(answer.said, "Nobody answers at standard input: run it at a terminal, or with --noinput.\n");
    end();
}
END_TEST

START_TEST(asks_for_defaults)
{
    begin();
    Answer answer = run(&behind_migrations, "makemigrations", "x\n1\n\nmany\n300\n");
    ck_assert_str_eq(answer.complained, "");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, " 1) Provide a one-off default now");
    HAS(answer.said, "Select an option: Please select a valid option: Please enter the default value");
    HAS(answer.said,
        ">>> Please enter a value, or 'exit' (without quotes) to exit.\n>>> That is no value of a IntegerField");
    HAS(read_file("shop/migrations/0002_book_pages.def.h"), ".default = 300), .forget_default = true)");
    ck_assert_int_eq(run(&behind_migrations, "makemigrations -n other", "2\n").status, 3);
    ck_assert_int_eq(run(&behind_migrations, "makemigrations -n other", "1\nexit\n").status, 1);
    ck_assert_int_eq(run(&behind_migrations, "makemigrations -n other", "").status, 1);
    expect(run(&behind_migrations, "makemigrations -n other --noinput", ""), 3,
           "Field 'pages' on model 'book' not migrated: it is impossible to add a non-nullable field without "
           "specifying a default.\n",
           "");
    ck_assert_ptr_null(read_file("shop/migrations/0002_other.def.h"));
    end();
}
END_TEST

START_TEST(asks_about_names_and_nulls)
{
    begin();
    Answer answer = run(&renamed_migrations, "makemigrations", "perhaps\ny\n");
    HAS(answer.said, "Was book.length renamed to book.pages (a IntegerField)? [y/N] Please answer yes or no: ");
    HAS(answer.said, "    ~ Rename field length on book to pages\n");
    answer = run(&nullable_migrations, "makemigrations", "2\n");
    HAS(answer.said, " 2) Ignore for now.");
    HAS(answer.said, "    ~ Alter field pages on book\n");
    answer = run(&nullable_migrations, "makemigrations -n with_default", "1\n7\n");
    ck_assert_int_eq(answer.status, 0);
    HAS(read_file("shop/migrations/0002_with_default.def.h"), ".default = 7), .forget_default = true)");
    answer = run(&nullable_migrations, "makemigrations -n nobody --noinput", "");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, "Field 'pages' on model 'book' given a default of NOT PROVIDED and must be corrected.\n");
    end();
}
END_TEST

START_TEST(writes_empty_ones)
{
    begin();
    ck_assert_int_eq(run(&current_migrations, "makemigrations shop --empty -n fill --scriptable -v0", "").status, 0);
    ck_assert_str_eq(read_file("said"), "shop/migrations/0004_fill.def.h\n");
    HAS(read_file("shop/migrations/0004_fill.def.h"), "/* Made by Caravan on ");
    ck_assert_int_eq(run(&current_migrations, "makemigrations shop --empty -n bare --no-header", "").status, 0);
    ck_assert_int_eq(strncmp(read_file("shop/migrations/0004_bare.def.h"), "MIGRATION(", 10), 0);
    HAS(read_file("shop/migrations/0004_fill.def.h"),
        "MIGRATION(0004_fill, .dependencies = CV_LIST(\"shop.0003_book_pages\"))");
    end();
}
END_TEST

START_TEST(merges)
{
    begin();
    Answer answer = run(&forked_migrations, "makemigrations --merge", "n\n");
    HAS(answer.said, "Merging shop\n  Branch 0002_book\n    + Create model Book\n  Branch 0002_sql\n"
                     "    s Raw SQL operation\n");
    ck_assert_ptr_null(read_file("shop/migrations/0003_merge_0002_book_0002_sql.def.h"));
    answer = run(&forked_migrations, "makemigrations --merge", "y\n");
    HAS(answer.said, "\nCreated new merge migration shop/migrations/0003_merge_0002_book_0002_sql.def.h\n");
    HAS(read_file("shop/migrations/0003_merge_0002_book_0002_sql.def.h"),
        ".dependencies = CV_LIST(\"shop.0002_book\", \"shop.0002_sql\")");
    end();
}
END_TEST

START_TEST(squashes_and_optimizes)
{
    begin();
    expect(run(&current_migrations, "squashmigrations shop 0003", "n\n"), 0,
           "Will squash the following migrations:\n - 0001_initial\n - 0002_book\n - 0003_book_pages\n"
           "Do you wish to proceed? [y/N] ",
           "");
    Answer answer = run(&current_migrations, "squashmigrations shop 0003", "y\n");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, "Optimizing...\n  Optimized from 3 operations to 2 operations.\n"
                     "Created new squashed migration shop/migrations/0001_squashed_0003_book_pages.def.h\n");
    HAS(read_file("shop/migrations/0001_squashed_0003_book_pages.def.h"),
        ".replaces = CV_LIST(\"shop.0001_initial\", \"shop.0002_book\", \"shop.0003_book_pages\")");
    answer =
        run(&current_migrations, "squashmigrations shop 0002 0003 --squashed-name books --noinput --no-optimize", "");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, "(Skipping optimization.)\n");
    HAS(read_file("shop/migrations/0002_books.def.h"), ".dependencies = CV_LIST(\"shop.0001_initial\")");
    expect(run(&current_migrations, "optimizemigration shop 0002", ""), 0, "No optimizations possible.\n", "");
    end();
}
END_TEST

START_TEST(updates_the_last)
{
    begin();
    ck_assert_int_eq(run(&behind_migrations, "migrate -v0", "").status, 0);
    Answer answer = run(&behind_migrations, "makemigrations --update", "1\n5\n");
    ck_assert_int_eq(answer.status, 1);
    HAS(answer.complained, "error: Cannot update applied migration 'shop.0001_initial'.\n");
    ck_assert_int_eq(run(&behind_migrations, "migrate shop zero -v0", "").status, 0);
    ck_assert_int_eq(mkdir("shop/migrations", 0700), 0);
    close(open("shop/migrations/0001_initial.def.h", O_CREAT | O_WRONLY, 0600));
    answer = run(&behind_migrations, "makemigrations --update -n start", "1\n5\n");
    ck_assert_int_eq(answer.status, 0);
    HAS(answer.said, "Deleted shop/migrations/0001_initial.def.h\n");
    HAS(read_file("shop/migrations/0001_start.def.h"), "IntegerField(pages");
    ck_assert_ptr_null(strstr(read_file("shop/migrations.c"), "0001_initial"));
    end();
}
END_TEST

UNIT_TESTS("management/migrations", migrates, knows_models_that_are_not_built, warns_of_what_is_not_applied,
           warns_of_what_another_program_did, calls_apps_that_are_up_to_date, takes_over_tables_that_are_there,
           tells_what_is_wrong, sees_no_changes, writes_the_first, begins_a_history, without_sources_nothing_is_written,
           somebody_must_answer, asks_for_defaults, asks_about_names_and_nulls, writes_empty_ones, merges,
           squashes_and_optimizes, updates_the_last)
