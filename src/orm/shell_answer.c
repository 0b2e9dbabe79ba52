/* shell_answer.c: one expression in a transaction of its own, answered as a line of JSON. */
#include "db/db.h"
#include "orm/generic.h"
#include "orm/shell_private.h"
#include "text/json.h"

typedef struct Question {
    CvSlice text;
    CvBuffer *out;
} Question;

static void answer(void *argument)
{
    Question *question = argument;
    CV_ATOMIC
    {
        cv_shell_write(question->out, cv_shell_evaluate(question->text));
        cv_set_rollback();
    }
}

/* The text of an error names the rows that it is about, as in Python, which may ask the database for their names. */
static void name_rows(void *argument)
{
    const CvError *error = argument;
    const CvList *rows = error->subject;
    for (size_t i = 0; i < rows->count; i++)
        (void)cv_value_repr(cv_arena(), rows->items[i]);
}

static void write_error(CvBuffer *out, const CvError *error)
{
    cv_buffer_append_string(out, "{\"$error\": ");
    cv_json_write_string(out, cv_slice(cv_error_class(error->kind)), true);
    cv_buffer_append_string(out, ", \"message\": ");
    cv_json_write_string(out, cv_slice(error->message ? error->message : ""), true);
    cv_buffer_append_byte(out, '}');
}

void cv_shell_answer(CvBuffer *out, CvSlice text)
{
    Question question = {.text = text, .out = out};
    uint64_t before = cv_sql_count();
    CvError *error = NULL;
    cv_buffer_append_string(out, "{\"result\": ");
    size_t start = out->length;
    cv_sql_log_start(cv_arena());
    cv_content_types_forget();
    if (!cv_try(answer, &question, &error)) {
        CvError *second;
        out->length = start;
        if (error->subject)
            (void)!cv_try(name_rows, error, &second);
        write_error(out, error);
    }
    cv_buffer_printf(out, ", \"queries\": %llu, \"sql\": [", (unsigned long long)(cv_sql_count() - before));
    for (const CvSqlEntry *entry = cv_sql_log(); entry; entry = entry->next) {
        cv_json_write_string(out, cv_slice(entry->sql), true);
        cv_buffer_append_string(out, entry->next ? ", " : "");
    }
    cv_buffer_append_string(out, "]}");
    cv_sql_log_start(NULL);
}
