/* shell_summaries.c: what methods and functions of the shell do, in one sentence each, for help(). */
#include <string.h>

#include "base/base.h"
#include "orm/shell_help.h"

static const char *const summaries[][2] = {
    /* sets from sets */
    {"filter", "The rows that meet all conditions: filter(name='Emma', price__lt=10), filter(Q(...) | Q(...))."},
    {"exclude", "The rows that do not meet all conditions together."},
    {"complex_filter", "filter() by a Q object or a dict of conditions."},
    {"all", "A copy of the set, to be fetched anew."},
    {"none", "An empty set; it sends nothing."},
    {"fetch_mode", "How what rows lack is fetched: FETCH_ONE, FETCH_PEERS, FETCH_RAISE."},
    {"raw", "Rows from SQL by hand; %s stands for each value."},
    {"using", "The same set, read from another database."},
    {"order_by", "Ordered by names, '-name' for descending, '?' for any order; without arguments: in no order."},
    {"reverse", "The other way round."},
    {"distinct", "Without repeated rows."},
    {"select_related", "With the rows that foreign keys point at, by joins: select_related('author')."},
    {"prefetch_related", "With the rows of relations, by one statement each: prefetch_related('tags')."},
    {"only", "Loads these fields; the others when they are read."},
    {"defer", "Loads all but these fields."},
    {"select_for_update", "Locks the rows until the transaction ends, where the database can."},
    {"annotate", "With values that the database works out: annotate(votes=Count('reviews'))."},
    {"alias", "annotate() for later steps only: the value is not loaded."},
    {"aggregate", "Values over all rows as a dict: aggregate(total=Sum('price'))."},
    {"values", "Rows as dicts of the named fields."},
    {"values_list", "Rows as tuples; flat=True: the values of one field alone."},
    {"dates", "The different dates of a field, cut to 'year', 'month', 'week' or 'day'."},
    {"datetimes", "The different moments of a field, cut to a unit."},
    {"union", "The rows of all the sets; all=True keeps repeated ones."},
    {"intersection", "The rows that are in all the sets."},
    {"difference", "The rows that are in none of the other sets."},
    /* what asks the database */
    {"get", "The one row that matches; an error if there is none, or more."},
    {"get_by_natural_key", "The row that these values name in fixtures."},
    {"first", "The first row, or None."},
    {"last", "The last row, or None."},
    {"earliest", "The first row by these fields; an error if there is none."},
    {"latest", "The last row by these fields; an error if there is none."},
    {"count", "How many rows there are: SELECT COUNT(*)."},
    {"exists", "True if there is any row."},
    {"contains", "True if the row is among them."},
    {"in_bulk", "Rows as a dict by key, or by another unique field."},
    {"iterator", "The rows, not kept in the set."},
    {"explain", "How the database would run the query."},
    {"raw", "Rows of a SELECT that you write; values are bound by %s."},
    /* what changes it */
    {"update", "Sets fields of all the rows in one statement; how many rows that were."},
    {"delete", "Deletes the rows and what depends on them; how many, by model."},
    {"create", "A new row, saved."},
    {"get_or_create", "The row that matches, or a new one; and True if it is new."},
    {"update_or_create", "Updates the row that matches, or creates it; and True if it is new."},
    {"bulk_create", "Inserts many rows in few statements."},
    {"bulk_update", "Saves some fields of many rows in few statements."},
    {"add", "Adds rows to the relation."},
    {"remove", "Takes rows out of the relation."},
    {"set", "Makes the relation hold these rows and no others."},
    {"clear", "Takes all rows out of the relation."},
    /* rows */
    {"save", "Inserts or updates the row."},
    {"refresh_from_db", "Reads the row's members again."},
    {"serializable_value", "A member's value; a relation's is its key."},
    {"get_deferred_fields", "The names of the members that are not loaded."},
    {"full_clean", "Checks the row: fields, clean(), uniqueness, constraints."},
    {"clean", "The model's own check."},
    {"clean_fields", "Checks each field of the row."},
    {"validate_unique", "Checks that no other row has the same unique values."},
    {"validate_constraints", "Checks the row against the model's constraints."},
    /* expressions */
    {"Q", "A condition, to be joined by & | ^ and negated by ~."},
    {"F", "The value of a field, in the database: filter(sold__gt=F('stock'))."},
    {"OuterRef", "In a sub-query: a field of the query around it."},
    {"Value", "A constant in an expression."},
    {"Subquery", "A query set's first column as a value."},
    {"Exists", "True where the query set has a row."},
    {"FilteredRelation", "A relation joined on a condition as well, for annotate() and alias()."},
    {"Case", "The value of the first When() that holds, else `default`."},
    {"When", "A condition and its value, for Case()."},
    {"Window", "An aggregate or window function over a part of the rows."},
    {"Prefetch", "How prefetch_related() shall load a relation."},
    {"asc", "Ascending; nulls_first=True or nulls_last=True."},
    {"desc", "Descending; nulls_first=True or nulls_last=True."},
    {"Count", "How many values are not null; Count('*') counts rows."},
    {"Cast", "The value as another kind of field: Cast('pages', CharField())."},
    {"Coalesce", "The first value that is not null."},
    {"Concat", "Texts joined; nulls count as empty."},
    {"KT", "A value inside a JSON field as text: KT('data__name')."},
    /* the shell's own */
    {"help", "This help; help(thing) tells about a model, row, set, method or function."},
    {"sql", "The SELECT of a query set; of another value: the statements that were sent for it."},
};

const char *cv_shell_summary(const char *name)
{
    for (size_t i = 0; i < CV_COUNT_OF(summaries); i++)
        if (!strcmp(summaries[i][0], name))
            return summaries[i][1];
    return NULL;
}
