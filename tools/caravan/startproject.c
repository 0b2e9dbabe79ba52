/* startproject.c: writes a site of a few small files that builds and runs. @NAME@ in a text is the site's name. */
#include "startproject.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

typedef struct File {
    const char *path, *text;
} File;

static const char makefile[] =
    "# Builds ./manage, the whole site in one program: templates and static files are in it (while DEBUG is on they "
    "are\n"
    "# read from the folders). A build that fails its check leaves the old program in place.\n"
    "CFLAGS  ?= -O2 -g\n"
    "ifneq ($(shell pkg-config --exists caravan && echo found),found)\n"
    "$(error Caravan is not found: PKG_CONFIG_PATH must name the folder of caravan.pc, for instance "
    "PREFIX/lib/pkgconfig)\n"
    "endif\n"
    "SOURCES  = manage.c migrations.c models.c urls.c views.c\n"
    "OBJECTS  = $(SOURCES:%.c=build/%.o) build/embedded.o\n"
    "# The first mistakes are the ones to read; those behind them often follow from them.\n"
    "FEW      = $(if $(findstring clang,$(CC)),-ferror-limit=3,-fmax-errors=3)\n"
    "SITE     = -Wall -Wextra $(FEW) -DCV_BASE_DIR='\"$(CURDIR)\"' $(shell pkg-config --cflags caravan)\n"
    "EMBED    = $(shell pkg-config --variable=bindir caravan)/caravan embed\n"
    "\n"
    "manage: $(OBJECTS)\n"
    "\t$(CC) $(LDFLAGS) $(OBJECTS) -o build/manage $(shell pkg-config --libs caravan)\n"
    "\tbuild/manage check\n"
    "\tmv build/manage manage\n"
    "\n"
    "build/%.o: %.c Makefile\n"
    "\t@mkdir -p $(@D)\n"
    "\t$(CC) $(CFLAGS) $(SITE) -MMD -MP -c $< -o $@\n"
    "\n"
    "build/%.o: build/%.c\n"
    "\t$(CC) $(CFLAGS) $(SITE) -c $< -o $@\n"
    "\n"
    "build/embedded.c: Makefile\n"
    "\t@mkdir -p build\n"
    "\t$(EMBED) --output $@ --depfile build/embedded.mk @NAME@_templates=templates @NAME@_static=static\n"
    "\n"
    "clean:\n"
    "\trm -rf build manage\n"
    "\n"
    ".PHONY: clean\n"
    "-include $(OBJECTS:.o=.d) build/embedded.mk\n";

static const char manage[] =
    "/* manage.c: the whole program. Each setting can also come from the environment. */\n"
    "#include \"models.h\"\n"
    "#include \"views.h\"\n"
    "\n"
    "extern const CvEmbeddedFile @NAME@_templates[], @NAME@_static[]; /* the Makefile embeds them */\n"
    "\n"
    "static const CvApp @NAME@ = {.name = \"@NAME@\", .path = \".\", .models = @NAME@_models,\n"
    "                             .migrations = &@NAME@_migrations,\n"
    "                             .templates = @NAME@_templates, .static_files = @NAME@_static};\n"
    "\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    return cv_main(argc, argv, &(CvSettings){\n"
    "        .apps         = CV_APPS(&cv_staticfiles, &@NAME@),\n"
    "        .middleware   = CV_DEFAULT_MIDDLEWARE,\n"
    "        .urls         = @NAME@_urls,\n"
    "        .database_url = \"sqlite:///db.sqlite3\",\n"
    "    });\n"
    "}\n";

static const char models_list[] =
    "/* models.def.h: what the site stores. The compiler reads this list once a pass. */\n"
    "\n"
    "MODEL(Note, .str = note_str, .ordering = CV_LIST(\"-created\"))\n"
    "    CharField     (title,   .max_length = 80)\n"
    "    TextField     (text,    .blank = true)\n"
    "    DateTimeField (created, .auto_now_add = true)\n"
    "END\n";

static const char models_header[] = "/* models.h: the rows that models.def.h declares. */\n"
                                    "#pragma once\n"
                                    "#include <caravan/caravan.h>\n"
                                    "\n"
                                    "#define CV_MODELS \"models.def.h\"\n"
                                    "#include <caravan/models.h>\n"
                                    "\n"
                                    "extern const CvModel *const @NAME@_models[];\n"
                                    "extern const CvMigrations @NAME@_migrations;\n";

static const char migrations[] =
    "/* migrations.c: the history of the tables: `./manage makemigrations` adds a line for each new one. */\n"
    "#include <caravan/caravan.h>\n"
    "\n"
    "#define CV_MIGRATIONS @NAME@\n"
    "#include <caravan/migrations_begin.h>\n"
    "#include \"migrations/0001_initial.def.h\"\n"
    "#include <caravan/migrations_end.h>\n";

static const char first_migration[] =
    "/* What the models were in the beginning. Change models.def.h, not this: makemigrations writes what changed. */\n"
    "MIGRATION(0001_initial, .initial = true)\n"
    "\n"
    "CreateModel(Note, .ordering = CV_LIST(\"-created\"))\n"
    "    CharField     (title,   .max_length = 80)\n"
    "    TextField     (text,    .blank = true)\n"
    "    DateTimeField (created, .auto_now_add = true)\n"
    "END\n";

static const char forms_list[] =
    "/* forms.def.h: what visitors may enter. A MODEL_FORM takes its fields and checks from the model. */\n"
    "\n"
    "MODEL_FORM(NoteForm, Note, .fields = CV_LIST(\"title\", \"text\"))\n"
    "END\n";

static const char models[] = "/* models.c: the functions that models.def.h names, and the descriptors. */\n"
                             "#include \"models.h\"\n"
                             "\n"
                             "static const char *note_str(const Note *note)\n"
                             "{\n"
                             "    return note->title;\n"
                             "}\n"
                             "\n"
                             "#define CV_MODELS \"models.def.h\"\n"
                             "#define CV_MODELS_TABLE @NAME@_models\n"
                             "#include <caravan/models_define.h>\n";

static const char urls[] = "/* urls.c: which page answers which address. */\n"
                           "#include \"views.h\"\n"
                           "\n"
                           "const CvUrl @NAME@_urls[] = {\n"
                           "    CV_PATH(\"\",          note_list,   .name = \"note-list\"),\n"
                           "    CV_PATH(\"<int:id>/\", note_detail, .name = \"note\"),\n"
                           "    CV_URLS_END\n"
                           "};\n";

static const char views_header[] = "/* views.h: the pages. */\n"
                                   "#pragma once\n"
                                   "#include <caravan/caravan.h>\n"
                                   "\n"
                                   "CvResponse *note_list(CvRequest *request);\n"
                                   "CvResponse *note_detail(CvRequest *request, int64_t id);\n"
                                   "\n"
                                   "extern const CvUrl @NAME@_urls[];\n";

static const char views[] =
    "/* views.c: what the pages show. */\n"
    "#include \"views.h\"\n"
    "\n"
    "#include \"models.h\"\n"
    "\n"
    "#define CV_FORMS \"forms.def.h\"\n"
    "#include <caravan/forms.h>\n"
    "#define CV_FORMS \"forms.def.h\"\n"
    "#include <caravan/forms_define.h>\n"
    "\n"
    "CvResponse *note_list(CvRequest *request)\n"
    "{\n"
    "    NoteForm *form = cv_bind(NoteForm, request);\n"
    "\n"
    "    if (cv_is_valid(form)) {\n"
    "        Note *note = cv_save_form(form);\n"
    "        return cv_redirect(request, \"note\", \"id\", note->id);\n"
    "    }\n"
    "    return cv_render(request, \"note_list.html\", \"page\", cv_paginate(request, cv_objects(Note), 20), \"form\", "
    "form);\n"
    "}\n"
    "\n"
    "CvResponse *note_detail(CvRequest *request, int64_t id)\n"
    "{\n"
    "    return cv_render(request, \"note.html\", \"note\", cv_get_object_or_404(Note, \"id\", id));\n"
    "}\n";

static const char base[] = "{% load static %}<!doctype html>\n"
                           "<html lang=\"en\">\n"
                           "<head>\n"
                           "<meta charset=\"utf-8\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<title>{% block title %}@NAME@{% endblock %}</title>\n"
                           "<link rel=\"stylesheet\" href=\"{% static 'style.css' %}\">\n"
                           "</head>\n"
                           "<body>\n"
                           "<main>{% block content %}{% endblock %}</main>\n"
                           "</body>\n"
                           "</html>\n";

static const char list_page[] =
    "{% extends \"base.html\" %}\n"
    "{% block content %}\n"
    "<h1>Notes</h1>\n"
    "<ul>\n"
    "  {% for note in page %}<li><a href=\"{% url 'note' id=note.id %}\">{{ note.title }}</a> "
    "{{ note.created|date:\"j F Y\" }}</li>\n"
    "  {% empty %}<li>Nothing yet.</li>\n"
    "  {% endfor %}\n"
    "</ul>\n"
    "<form method=\"post\">\n"
    "  {% csrf_token %}\n"
    "  {{ form.as_p }}\n"
    "  <button>Save</button>\n"
    "</form>\n"
    "{% endblock %}\n";

static const char note_page[] = "{% extends \"base.html\" %}\n"
                                "{% block title %}{{ note.title }}{% endblock %}\n"
                                "{% block content %}\n"
                                "<h1>{{ note.title }}</h1>\n"
                                "{{ note.text|linebreaks }}\n"
                                "<p><a href=\"{% url 'note-list' %}\">All notes</a></p>\n"
                                "{% endblock %}\n";

static const char stylesheet[] =
    ":root { color-scheme: light dark; }\n"
    "body { margin: 0; font: 17px/1.5 system-ui, sans-serif; }\n"
    "main { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "input, textarea { display: block; width: 100%; box-sizing: border-box; font: inherit; }\n";

static const char ignored[] = "/build/\n/manage\n*.sqlite3*\n";

static const File files[] = {
    {"Makefile", makefile},
    {"manage.c", manage},
    {"models.def.h", models_list},
    {"models.h", models_header},
    {"models.c", models},
    {"migrations.c", migrations},
    {"migrations/0001_initial.def.h", first_migration},
    {"forms.def.h", forms_list},
    {"urls.c", urls},
    {"views.h", views_header},
    {"views.c", views},
    {"templates/base.html", base},
    {"templates/note_list.html", list_page},
    {"templates/note.html", note_page},
    {"static/style.css", stylesheet},
    {".gitignore", ignored},
};

static const char usage[] = "usage: caravan startproject NAME [DIR]\n\n"
                            "Writes a site of a few small files into the folder DIR (default: NAME). Then:\n"
                            "  make && ./manage migrate && ./manage runserver\n";

/* The name becomes part of C names. */
static bool name_is_good(const char *name)
{
    if (!(*name >= 'a' && *name <= 'z') || strlen(name) > 40)
        return false;
    for (const char *at = name; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '_'))
            return false;
    return true;
}

static bool make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    fprintf(stderr, "error: cannot make the folder %s: %s\n", path, strerror(errno));
    return false;
}

static bool write_file(CvArena *arena, const char *path, const char *text, const char *name)
{
    CvBuffer out = cv_buffer(arena);
    for (const char *at; (at = strstr(text, "@NAME@")); text = at + 6) {
        cv_buffer_append(&out, text, (size_t)(at - text));
        cv_buffer_append_string(&out, name);
    }
    cv_buffer_append_string(&out, text);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool written = fd >= 0 && write(fd, out.data, out.length) == (ssize_t)out.length;
    if (!written)
        fprintf(stderr, "error: cannot write %s: %s\n", path, strerror(errno));
    if (fd >= 0)
        written = close(fd) == 0 && written;
    return written;
}

static bool write_site(CvArena *arena, const char *name, const char *folder)
{
    for (size_t i = 0; i < CV_COUNT_OF(files); i++) {
        const char *path = cv_arena_printf(arena, "%s/%s", folder, files[i].path);
        if (access(path, F_OK) == 0) {
            fprintf(stderr, "error: %s is there already.\n", path);
            return false;
        }
    }
    static const char *const folders[] = {"", "/templates", "/static", "/migrations"};
    for (size_t i = 0; i < CV_COUNT_OF(folders); i++)
        if (!make_folder(cv_arena_printf(arena, "%s%s", folder, folders[i])))
            return false;
    for (size_t i = 0; i < CV_COUNT_OF(files); i++)
        if (!write_file(arena, cv_arena_printf(arena, "%s/%s", folder, files[i].path), files[i].text, name))
            return false;
    return true;
}

int startproject(int argc, char **argv)
{
    if (argc > 0 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)) {
        fputs(usage, stdout);
        return 0;
    }
    if (argc < 1 || argc > 2 || argv[0][0] == '-') {
        fputs(usage, stderr);
        return 2;
    }
    if (!name_is_good(argv[0])) {
        fprintf(stderr,
                "error: '%s' cannot be a site's name: lower-case letters, digits and underscores, a letter first.\n",
                argv[0]);
        return 2;
    }
    const char *folder = argc > 1 ? argv[1] : argv[0];
    CvArena *arena = cv_arena_create(0);
    bool written = write_site(arena, argv[0], folder);
    cv_arena_destroy(arena);
    if (!written)
        return 1;
    printf("Wrote the site %s into %s. Now:\n  cd %s && make && ./manage migrate && ./manage runserver\n", argv[0],
           folder, folder);
    return 0;
}
