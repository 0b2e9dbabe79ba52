/* arguments.c: reads the options and arguments of a command. */
#include "management/command_private.h"

static const CvCommandOption *find_option(const CvCommand *command, CvSlice name, size_t *index)
{
    for (size_t i = 0; command->options && command->options[i].name; i++)
        if (cv_slice_is(name, command->options[i].name) ||
            (command->options[i].also && cv_slice_is(name, command->options[i].also))) {
            *index = i;
            return &command->options[i];
        }
    return NULL;
}

static size_t option_count(const CvCommand *command)
{
    size_t count = 0;
    while (command->options && command->options[count].name)
        count++;
    return count;
}

static bool unknown_option(const CvCommandLine *line, CvSlice name)
{
    const CvCommand *command = line->command;
    const char **names = cv_arena_new_array(line->arena, const char *, option_count(command) + 2);
    for (size_t i = 0; i < option_count(command); i++)
        names[i] = command->options[i].name;
    names[option_count(command)] = "--help";
    const char *nearest = cv_nearest(name, names);
    cv_say_error("%s has no option %.*s.%s%s%s", command->name, CV_SLICE_ARG(name), nearest ? " Did you mean " : "",
                 nearest ? nearest : "", nearest ? "?" : "");
    return false;
}

/* `--name value` or `--name=value` at argv[*at]. */
static bool read_option(CvCommandLine *line, int argc, char **argv, int *at)
{
    CvSlice word = cv_slice(argv[*at]), name = word;
    ptrdiff_t equals = cv_slice_find_byte(word, '=');
    if (equals > 0)
        name = cv_slice_range(word, 0, (size_t)equals);
    size_t index = 0;
    const CvCommandOption *option = find_option(line->command, name, &index);
    if (!option && equals < 0 && word.length > 2 && word.data[1] != '-') { /* -v2 */
        option = find_option(line->command, cv_slice_range(word, 0, 2), &index);
        if (option && option->value) {
            line->values[index] = word.data + 2;
            return true;
        }
        option = NULL;
    }
    if (!option)
        return unknown_option(line, name);
    if (!option->value) {
        if (equals > 0) {
            cv_say_error("%s takes no value.", option->name);
            return false;
        }
        line->values[index] = "";
        return true;
    }
    if (equals > 0) {
        line->values[index] = word.data + equals + 1;
        return true;
    }
    if (*at + 1 >= argc) {
        cv_say_error("%s needs a value: %s %s", option->name, option->name, option->value);
        return false;
    }
    line->values[index] = argv[++*at];
    return true;
}

bool cv_command_parse(CvCommandLine *line, int argc, char **argv)
{
    const CvCommand *command = line->command;
    const char **arguments = cv_arena_new_array(line->arena, const char *, (size_t)argc + 1);
    line->values = cv_arena_new_array(line->arena, const char *, option_count(command) + 1);
    line->arguments = arguments;
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0)
            only_arguments = true;
        else if (!only_arguments && argv[i][0] == '-' && argv[i][1]) {
            if (!read_option(line, argc, argv, &i))
                return false;
        } else
            arguments[line->count++] = argv[i];
    }
    if (line->count < command->least) {
        cv_say_error("%s needs %s.", command->name, command->usage ? command->usage : "more arguments");
        return false;
    }
    if (command->most >= 0 && line->count > command->most) {
        cv_say_error("%s does not know what to do with '%s'.", command->name, arguments[command->most]);
        return false;
    }
    return true;
}

const char *cv_command_option(const CvCommandLine *line, const char *name)
{
    size_t index;
    return find_option(line->command, cv_slice(name), &index) ? line->values[index] : NULL;
}
