/* dialect_sqlite.c: how SQLite spells what the systems spell differently. The functions django_... are registered by
 * sqlite_functions.c under Django's names, so that indexes and checks made by either side work for both. */
#include "db/dialect.h"

#include <sqlite3.h>

#include "base/slice.h"

static void write_bind(CvSqlWriter *writer, size_t number)
{
    (void)number;
    cv_sql_put(writer, "?");
}

/* A pattern made of an expression: wildcards in it mean themselves. */
static void write_escaped(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, "REPLACE(REPLACE(REPLACE(");
    cv_sql_write(writer, node);
    cv_sql_put(writer, ", '\\', '\\\\'), '%', '\\%'), '_', '\\_')");
}

static void write_match(CvSqlWriter *writer, const CvSql *node)
{
    int kind = (int)node->number & 15;
    cv_sql_write(writer, node->items[0]);
    if (kind == CV_MATCH_REGEX) {
        cv_sql_put(writer, " REGEXP ");
        cv_sql_put(writer, node->number & CV_MATCH_IGNORE_CASE ? "'(?i)' || " : "");
        cv_sql_write(writer, node->items[1]);
        return;
    }
    cv_sql_put(writer, " LIKE "); /* which folds ASCII letters whatever the lookup says */
    if (node->number & CV_MATCH_EXPRESSION) {
        cv_sql_put(writer, kind == CV_MATCH_CONTAINS || kind == CV_MATCH_ENDS ? "'%' || " : "");
        if (kind == CV_MATCH_EXACT) /* Django takes wildcards of an expression as they are */
            cv_sql_write(writer, node->items[1]);
        else
            write_escaped(writer, node->items[1]);
        cv_sql_put(writer, kind == CV_MATCH_CONTAINS || kind == CV_MATCH_STARTS ? " || '%'" : "");
    } else {
        cv_sql_write(writer, node->items[1]);
    }
    cv_sql_put(writer, " ESCAPE '\\'");
}

/* Zone names come from tzdata or settings; quotes are doubled all the same. */
static void write_text_literal(CvSqlWriter *writer, const char *text)
{
    cv_sql_put(writer, "'");
    for (; *text; text++) {
        if (*text == '\'')
            cv_sql_put(writer, "'");
        cv_buffer_append_byte(&writer->out, *text);
    }
    cv_sql_put(writer, "'");
}

static void write_moment_call(CvSqlWriter *writer, const char *name, const char *part, const CvSql *what,
                              const char *zone)
{
    cv_sql_put(writer, name);
    cv_sql_put(writer, "(");
    if (part) {
        write_text_literal(writer, part);
        cv_sql_put(writer, ", ");
    }
    cv_sql_write(writer, what);
    if (zone && !*zone) {
        cv_sql_put(writer, ", NULL, NULL");
    } else if (zone) {
        cv_sql_put(writer, ", ");
        write_text_literal(writer, zone);
        cv_sql_put(writer, ", ");
        write_text_literal(writer, writer->zone ? cv_zone_name(writer->zone) : "UTC");
    }
    cv_sql_put(writer, ")");
}

static void write_date_part(CvSqlWriter *writer, const CvSql *node)
{
    const char *name = node->number  ? "django_time_extract"
                       : node->text2 ? "django_datetime_extract"
                                     : "django_date_extract";
    write_moment_call(writer, name, node->text, node->items[0], node->text2);
}

static void write_date_cut(CvSqlWriter *writer, const CvSql *node)
{
    if (strcmp(node->text, "date") == 0)
        write_moment_call(writer, "django_datetime_cast_date", NULL, node->items[0], node->text2 ? node->text2 : "");
    else if (strcmp(node->text, "time") == 0)
        write_moment_call(writer, "django_datetime_cast_time", NULL, node->items[0], node->text2 ? node->text2 : "");
    else
        write_moment_call(writer, node->text2 ? "django_datetime_trunc" : "django_date_trunc", node->text,
                          node->items[0], node->text2);
}

static void write_limit(CvSqlWriter *writer, const CvSql *limit, const CvSql *offset)
{
    cv_sql_put(writer, " LIMIT ");
    if (limit)
        cv_sql_write(writer, limit);
    else
        cv_sql_put(writer, "-1");
    if (offset) {
        cv_sql_put(writer, " OFFSET ");
        cv_sql_write(writer, offset);
    }
}

/* What the library was built for: SQLite's own default where it says nothing. */
static size_t most_values(void)
{
    static const char option[] = "MAX_VARIABLE_NUMBER=";
    uint64_t most = 32766, told;
    const char *name;
    for (int i = 0; (name = sqlite3_compileoption_get(i)); i++)
        if (cv_slice_starts_with(cv_slice(name), cv_slice(option)) &&
            cv_slice_to_uint64(cv_slice(name + strlen(option)), &told))
            most = told;
    return most;
}

const CvDialect cv_sqlite_dialect = {
    .name = "sqlite",
    .most_parameters = 32766,
    .most_values = most_values,
    .bind = write_bind,
    .match = write_match,
    .date_part = write_date_part,
    .date_cut = write_date_cut,
    .limit = write_limit,
};
