/* embed.c: writes C source that holds all files of folders, sorted by name, as a table of CvTemplateFile. */
#include "embed.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/base.h"

static const char usage[] = "usage: caravan embed NAME FOLDER...\n"
                            "\n"
                            "Writes C source to standard output: const CvTemplateFile NAME[], all files under the "
                            "folders by their names there\n"
                            "(\"polls/index.html\"), the first of equal names, ended by a NULL name. Compile it into "
                            "the program and give it to\n"
                            "the engine as .files = NAME.\n";

enum { DEPTH_MAX = 32, FILE_MAX = 32 << 20 };

typedef struct File {
    const char *name, *path;
} File;

typedef struct Files {
    CvArena *arena;
    CvMap *seen;
    CV_VECTOR(File) list;
    bool failed;
} Files;

static void fail(Files *files, const char *path)
{
    fprintf(stderr, "caravan embed: %s: %s\n", path, strerror(errno));
    files->failed = true;
}

static void add_folder(Files *files, const char *root, const char *prefix, int depth)
{
    const char *path = cv_arena_printf(files->arena, "%s/%s", root, prefix);
    DIR *folder = depth < DEPTH_MAX ? opendir(path) : NULL;
    if (!folder) {
        fail(files, path);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        const char *name = cv_arena_printf(files->arena, "%s%s", prefix, entry->d_name);
        const char *file = cv_arena_printf(files->arena, "%s/%s", root, name);
        if (stat(file, &status) != 0)
            fail(files, file);
        else if (S_ISDIR(status.st_mode))
            add_folder(files, root, cv_arena_printf(files->arena, "%s/", name), depth + 1);
        else if (S_ISREG(status.st_mode) && !cv_map_get(files->seen, cv_slice(name))) {
            cv_map_set(files->seen, cv_slice(name), (void *)name);
            *cv_vector_add(files->arena, &files->list) = (File){name, file};
        }
    }
    closedir(folder);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const File *)a)->name, ((const File *)b)->name);
}

/* Octal escapes of three digits end by themselves; "?" is escaped for the sake of trigraphs. */
static void write_literal(const char *data, size_t length)
{
    fputs("\"", stdout);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)data[i];
        if (c == '\n')
            fputs(i + 1 < length ? "\\n\"\n     \"" : "\\n", stdout);
        else if (c == '"' || c == '\\' || c == '?')
            printf("\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            printf("\\%03o", c);
        else
            putchar(c);
    }
    fputs("\"", stdout);
}

static void write_file(Files *files, const File *file)
{
    FILE *source = fopen(file->path, "rb");
    if (!source) {
        fail(files, file->path);
        return;
    }
    CvBuffer text = cv_buffer(NULL);
    for (size_t got = 1; got && text.length <= FILE_MAX; text.length += got)
        got = fread(cv_buffer_reserve(&text, 65536), 1, 65536, source);
    if (ferror(source) || text.length > FILE_MAX)
        fail(files, file->path);
    fclose(source);
    fputs("    {", stdout);
    write_literal(file->name, strlen(file->name));
    fputs(",\n     ", stdout);
    write_literal(text.data, text.length);
    printf(", %zu},\n", text.length);
    cv_buffer_free(&text);
}

static bool is_name(const char *name)
{
    if (!isalpha((unsigned char)*name) && *name != '_')
        return false;
    while (isalnum((unsigned char)*name) || *name == '_')
        name++;
    return *name == '\0';
}

int embed_command(int argc, char **argv)
{
    bool help = argc > 0 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0);
    if (help || argc < 2 || !is_name(argv[0])) {
        fputs(usage, help ? stdout : stderr);
        return help ? 0 : 2;
    }
    CvArena *arena = cv_arena_create(0);
    Files files = {.arena = arena, .seen = cv_map_create(arena)};
    for (int i = 1; i < argc; i++)
        add_folder(&files, argv[i], "", 0);
    if (files.list.count)
        qsort(files.list.items, files.list.count, sizeof *files.list.items, compare);
    printf("/* Written by `caravan embed`. */\n#include \"template/engine.h\"\n\nextern const CvTemplateFile %s[];\n"
           "const CvTemplateFile %s[] = {\n",
           argv[0], argv[0]);
    for (size_t i = 0; i < files.list.count; i++)
        write_file(&files, &files.list.items[i]);
    printf("    {NULL, NULL, 0},\n};\n");
    bool good = fflush(stdout) == 0 && !files.failed;
    cv_arena_destroy(arena);
    return good ? 0 : 1;
}
