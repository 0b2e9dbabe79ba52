/* questioner.c: the questions of makemigrations: was it renamed, what do the rows that are there get. */
#include <unistd.h>

#include "management/migrations_private.h"
#include "orm/own_field.h"
#include "text/date.h"
#include "text/decimal.h"

#define LONGEST_ANSWER 4096

static struct {
    FILE *output;
    bool dry_run, ask_value; /* ask_value: the choice was made, only the value is open */
    int verbosity, status;
} asking;

int cv_questioner_status(void)
{
    return asking.status;
}

/* The command ends with this status, and what was found is thrown away. */
CV_NORETURN static void quit(int status)
{
    asking.status = status;
    cv_raise(CV_ERROR_MIGRATION, "No migrations were made.");
}

/* The next line without its end; at the end of the input the command ends. */
static CvSlice read_answer(char *line)
{
    fflush(asking.output);
    if (!fgets(line, LONGEST_ANSWER, stdin)) {
        if (isatty(STDIN_FILENO))
            fprintf(asking.output, "\nCancelled.\n");
        else
            fprintf(asking.output, "\nNobody answers at standard input: run it at a terminal, or with --noinput.\n");
        quit(1);
    }
    size_t length = strcspn(line, "\n");
    for (int byte = 0; line[length] != '\n' && (byte = getchar()) != EOF && byte != '\n';)
        continue;
    return cv_slice_trim(cv_slice_of(line, length));
}

static bool ask_yes_or_no(const char *question)
{
    char line[LONGEST_ANSWER];
    fprintf(asking.output, "%s ", question);
    CvSlice answer = read_answer(line);
    if (!answer.length)
        return false;
    while (!answer.length || !strchr("yYnN", answer.data[0])) {
        fprintf(asking.output, "Please answer yes or no: ");
        answer = read_answer(line);
    }
    return answer.data[0] == 'y' || answer.data[0] == 'Y';
}

/* From 1; `choices` ends in NULL. */
static int ask_choice(const char *question, const char *const *choices)
{
    char line[LONGEST_ANSWER];
    int count = 0;
    fprintf(asking.output, "%s\n", question);
    for (; choices[count]; count++)
        fprintf(asking.output, " %d) %s\n", count + 1, choices[count]);
    fprintf(asking.output, "Select an option: ");
    for (;;) {
        int64_t number;
        if (cv_slice_to_int64(read_answer(line), &number) && number > 0 && number <= count)
            return (int)number;
        fprintf(asking.output, "Please select a valid option: ");
    }
}

bool cv_ask_yes(FILE *output, const char *question)
{
    asking.output = output;
    return ask_yes_or_no(question);
}

/* ---- values ---- */

/* "text" and 'text' without their quotes, \" and \\ inside; what has none stays. */
static const char *unquoted(CvSlice text)
{
    char quote = text.length > 1 ? text.data[0] : '\0';
    CvBuffer out = cv_buffer(cv_arena());
    if ((quote != '"' && quote != '\'') || text.data[text.length - 1] != quote)
        return cv_slice_string(cv_arena(), text);
    for (size_t i = 1; i + 1 < text.length; i++) {
        if (text.data[i] == '\\' && i + 2 < text.length)
            i++;
        cv_buffer_append_byte(&out, text.data[i]);
    }
    return cv_buffer_string(&out);
}

static bool read_boolean(CvSlice text, signed char *truth)
{
    *truth = cv_slice_equal_fold(text, CV_SLICE("true"));
    return *truth || cv_slice_equal_fold(text, CV_SLICE("false"));
}

/* "timezone.now", as people know it, is the moment of the question: the default is for the rows of now. */
static const char *moment_of(CvSlice text, CvStorage storage)
{
    CvBuffer out = cv_buffer(cv_arena());
    if (!cv_slice_is(text, "timezone.now") && !cv_slice_is(text, "timezone.now()") && !cv_slice_is(text, "now"))
        return unquoted(text);
    cv_iso_format(&out, cv_value_datetime(cv_now()));
    const char *now = cv_buffer_string(&out); /* 2024-02-29T12:30:00.123456+00:00 */
    if (storage == CV_STORE_DATE)
        return cv_arena_strndup(cv_arena(), now, 10);
    return storage == CV_STORE_TIME ? cv_arena_strndup(cv_arena(), now + 11, 8) : now;
}

static bool read_moment(CvField *field, CvSlice text)
{
    CvStorage storage = field->kind->storage;
    CvDate date;
    CvTime time;
    CvDateTime moment;
    field->default_text = moment_of(text, storage);
    CvSlice given = cv_slice(field->default_text);
    return storage == CV_STORE_DATE   ? cv_date_parse(given, &date) == CV_PARSED
           : storage == CV_STORE_TIME ? cv_time_parse(given, &time) == CV_PARSED
                                      : cv_datetime_parse(given, &moment) == CV_PARSED;
}

/* False: the text is no value of the field. */
static bool read_default(CvField *field, CvSlice text)
{
    CvDecimal decimal;
    CvDuration duration;
    switch (field->kind->relation ? CV_STORE_INTEGER : field->kind->storage) {
    case CV_STORE_INTEGER:
        return cv_slice_to_int64(text, &field->default_integer) && field->default_integer != CV_NO_NUMBER;
    case CV_STORE_FLOAT:
        return cv_slice_to_double(text, &field->default_real);
    case CV_STORE_BOOL:
        return read_boolean(text, &field->default_boolean);
    case CV_STORE_DATE:
    case CV_STORE_TIME:
    case CV_STORE_DATETIME:
        return read_moment(field, text);
    case CV_STORE_DECIMAL:
        field->default_text = unquoted(text);
        return cv_decimal_parse(cv_arena(), cv_slice(field->default_text), &decimal);
    case CV_STORE_DURATION:
        field->default_text = unquoted(text);
        return cv_duration_parse(cv_slice(field->default_text), &duration) == CV_PARSED;
    default:
        field->default_text = unquoted(text);
        return true;
    }
}

static void ask_value(CvField *field)
{
    char line[LONGEST_ANSWER];
    bool now = field->auto_now_add || field->auto_now;
    fprintf(asking.output, "Please enter the default value as it would stand in the list: \"text\", 7, 1.5, true, "
                           "\"2024-02-29\".\n");
    if (now)
        fprintf(asking.output, "Accept the default 'timezone.now' by pressing 'Enter' or provide another value.\n");
    fprintf(asking.output, "Type 'exit' to exit this prompt\n");
    for (;;) {
        fprintf(asking.output, now ? "[default: timezone.now] >>> " : ">>> ");
        CvSlice answer = read_answer(line);
        if (!answer.length && now)
            answer = CV_SLICE("timezone.now");
        if (cv_slice_is(answer, "exit"))
            quit(1);
        if (!answer.length)
            fprintf(asking.output, "Please enter a value, or 'exit' (without quotes) to exit.\n");
        else if (read_default(field, cv_slice_copy(cv_arena(), answer)))
            return;
        else
            fprintf(asking.output, "That is no value of a %s.\n", field->kind->name);
    }
}

/* ---- what the autodetector asks ---- */

#define PROVIDE "Provide a one-off default now (it is given to the rows that are there)"
#define DEFINE "Quit and define a default in the list of models."

static bool renamed_model(const CvModelState *old, const CvModelState *now)
{
    return ask_yes_or_no(cv_printf("Was the model %s.%s renamed to %s? [y/N]", old->app_label, old->name, now->name));
}

static bool renamed_field(const CvModelState *model, const CvField *old, const CvField *now)
{
    const char *name = cv_ascii_lower(cv_arena(), model->name);
    return ask_yes_or_no(cv_printf("Was %s.%s renamed to %s.%s (a %s)? [y/N]", name, old->name, name, now->name,
                                   now->own ? now->own->name : now->kind->name));
}

static bool ask_default(const CvModelState *model, CvField *field, bool altered)
{
    if (asking.dry_run)
        return true;
    if (!asking.ask_value) {
        bool now = field->auto_now_add && !altered;
        const char *question = now ? cv_printf("Field '%s' of %s has 'auto_now_add' and no default, but the rows that "
                                               "are there need a moment too.\nPlease select a fix:",
                                               field->name, cv_ascii_lower(cv_arena(), model->name))
                                   : cv_printf("Field '%s' of %s may not be null and has no default, but the rows that "
                                               "are there need a value.\nPlease select a fix:",
                                               field->name, cv_ascii_lower(cv_arena(), model->name));
        if (ask_choice(question, (const char *const[]){PROVIDE, DEFINE, NULL}) == 2)
            quit(3);
    }
    asking.ask_value = false;
    ask_value(field);
    return true;
}

static bool ask_nulls(const CvModelState *model, const CvField *field)
{
    if (asking.dry_run)
        return true;
    int choice = ask_choice(cv_printf("Field '%s' of %s may not be null any more and has no default, but rows that are "
                                      "there may hold NULL.\nPlease select a fix:",
                                      field->name, cv_ascii_lower(cv_arena(), model->name)),
                            (const char *const[]){PROVIDE,
                                                  "Ignore for now. Rows that hold NULL are then up to you, for example "
                                                  "in a RunC or RunSQL operation.",
                                                  DEFINE, NULL});
    if (choice == 3)
        quit(3);
    asking.ask_value = choice == 1;
    return choice == 2;
}

static bool ask_unique(const CvModelState *model, const CvField *field)
{
    if (asking.dry_run)
        return true;
    int choice = ask_choice(cv_printf("The default of the unique field %s.%s is called once: all rows that are there "
                                      "would get the same value.\nPlease choose how to proceed:",
                                      cv_ascii_lower(cv_arena(), model->name), field->name),
                            (const char *const[]){"Continue, and edit the migration by hand: add the field with null, "
                                                  "fill it, then make it unique.",
                                                  "Quit and edit the field's options in the list of models.", NULL});
    if (choice == 2)
        quit(3);
    return true;
}

/* ---- nobody there ---- */

static bool refuse_default(const CvModelState *model, CvField *field, bool altered)
{
    (void)altered;
    if (asking.verbosity)
        fprintf(asking.output,
                "Field '%s' on model '%s' not migrated: it is impossible to add a %s specifying a default.\n",
                field->name, cv_ascii_lower(cv_arena(), model->name),
                field->auto_now_add ? "field with 'auto_now_add=True' without" : "non-nullable field without");
    quit(3);
}

static bool leave_nulls(const CvModelState *model, const CvField *field)
{
    fprintf(asking.output, "Field '%s' on model '%s' given a default of NOT PROVIDED and must be corrected.\n",
            field->name, cv_ascii_lower(cv_arena(), model->name));
    return true;
}

const CvQuestioner *cv_questioner(bool interactive, bool dry_run, FILE *output, int verbosity)
{
    static const CvQuestioner person = {.renamed_model = renamed_model,
                                        .renamed_field = renamed_field,
                                        .default_for = ask_default,
                                        .leave_nulls = ask_nulls,
                                        .default_for_unique = ask_unique};
    static const CvQuestioner nobody = {.default_for = refuse_default, .leave_nulls = leave_nulls};
    asking.output = output;
    asking.dry_run = dry_run;
    asking.verbosity = verbosity;
    asking.status = 0;
    return interactive ? &person : &nobody;
}
