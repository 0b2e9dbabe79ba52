/* orm.h: the object-relational mapper: Django's Model.objects in C.
 *
 *     Book_set *books = cv_select_related(cv_objects(Book), "author");
 *     if (search)
 *         books = cv_filter(books, "title__icontains", search, "published__year__gte", 1990);
 *
 *     CV_EACH (book, cv_slice(cv_order_by(books, "-published"), 0, 20))       // book is a Book *
 *         printf("%s by %s\n", book->title, cv_one(book, author)->name);
 *
 *     CV_ATOMIC {
 *         Book *emma = cv_create(Book, .title = "Emma", .author = cv_ref(austen), .price = price);
 *         cv_add(cv_related(emma, tags), classic, novel);
 *     }
 *
 * Models are declared in list files (models.h). A query set of Book is a `Book_set *`: verbs keep the type, a wrong
 * model does not compile. Keyword arguments are `"lookup", value` pairs with Django's lookups; every literal one is
 * verified by `./manage check` before the site serves. Sets, rows and texts live in the current arena: in a view they
 * die with the request. Errors are raised (base/error.h) with Django's kinds, unless a call says that it returns them.
 */
#ifndef CV_ORM_ORM_H
#define CV_ORM_ORM_H

#include "db/db.h"
#include "orm/custom.h"
#include "orm/expr.h"
#include "orm/field.h"
#include "orm/file.h"
#include "orm/generic.h"
#include "orm/model.h"
#include "orm/own_field.h"
#include "orm/query.h"
#include "orm/signals.h"
#include "orm/validate.h"
#include "text/decimal.h"

/* An author where a book belongs is an error, whatever the flags. */
#pragma GCC diagnostic error "-Wincompatible-pointer-types"
#pragma GCC diagnostic error "-Wint-conversion"

/* clang-format off */
/* Binds a set once, under a name of its own, so that nested calls do not multiply. */
#define CV_SET_LINE_(set) sizeof(*((__typeof__(set))0)->line)
#define CV_SET_ROW_(set) sizeof(*((__typeof__(set))0)->row)
#define CV_PAIRS_CALL_(id, kind, text, function, input, ...)                                                          \
    ({                                                                                                                \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                    \
        CvSite *CV_CAT(cv_at_, id) = CV_SITE(kind, text, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)),                     \
                                             CV_SET_ROW_(CV_CAT(cv_set_, id)), __VA_ARGS__);                          \
        (__typeof__(CV_CAT(cv_set_, id)))function((CvQuerySet *)CV_CAT(cv_set_, id), CV_CAT(cv_at_, id),              \
                                                  CV_COUNT(__VA_ARGS__) / 2, CV_CAT(cv_at_, id)->keys,                \
                                                  CV_ARGUMENTS(__VA_ARGS__));                                         \
    })
#define CV_PAIRS_RESULT_(id, kind, text, function, input, ...)                                                        \
    ({                                                                                                                \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                    \
        CvSite *CV_CAT(cv_at_, id) = CV_SITE(kind, text, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)),                     \
                                             CV_SET_ROW_(CV_CAT(cv_set_, id)), __VA_ARGS__);                          \
        function((CvQuerySet *)CV_CAT(cv_set_, id), CV_CAT(cv_at_, id), CV_COUNT(__VA_ARGS__) / 2,                    \
                 CV_CAT(cv_at_, id)->keys, CV_ARGUMENTS(__VA_ARGS__));                                                \
    })
#define CV_NAMES_CALL_(id, kind, function, input, ...)                                                                \
    ({                                                                                                                \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                    \
        (__typeof__(CV_CAT(cv_set_, id)))function(                                                                    \
            (CvQuerySet *)CV_CAT(cv_set_, id),                                                                        \
            CV_NAMES_SITE(kind, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)), CV_SET_ROW_(CV_CAT(cv_set_, id)),            \
                          __VA_ARGS__),                                                                               \
            CV_LIST(__VA_ARGS__));                                                                                    \
    })
#define CV_SET_CALL_(id, function, input, ...)                                                                        \
    ({                                                                                                                \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                    \
        (void)sizeof(CV_CAT(cv_set_, id)->line);                                                                              \
        (__typeof__(CV_CAT(cv_set_, id)))function((CvQuerySet *)CV_CAT(cv_set_, id) __VA_OPT__(, ) __VA_ARGS__);       \
    })
/* What only asks something of a set: a row or a text in its place has no `row` and does not compile. */
#define CV_SET_OF_(set) ((CvQuerySet *)(void *)&(set)->row)

/* ---- query sets: each verb gives a new set of the same type ---- */

/* All rows of a model, through its default manager: a T_set *. */
#define cv_objects(T) ((T##_set *)cv_objects_of(&T##_model))
/* The rows that the model's `Manager(cheap, ...)` begins with: cv_filter(cv_manager(Book, cheap), "stock__gt", 0). */
#define cv_manager(T, name)                                                                                            \
    ((T##_set *)cv_manager_of(&T##_model, &#name[0 * sizeof(((struct T##_managers *)0)->name)]))
#define cv_filter(set, ...) CV_PAIRS_CALL_(__COUNTER__, CV_SITE_FILTER, #__VA_ARGS__, cv_filter_at, set, __VA_ARGS__)
#define cv_exclude(set, ...) CV_PAIRS_CALL_(__COUNTER__, CV_SITE_EXCLUDE, #__VA_ARGS__, cv_exclude_at, set, __VA_ARGS__)
/* By a condition of expr.h: cv_where(books, cv_or(cv_q(Book, "stock", 0), cv_q(Book, "status", "oop"))). */
#define cv_where(set, condition) CV_SET_CALL_(__COUNTER__, cv_where_at, set, (condition), false)
#define cv_where_not(set, condition) CV_SET_CALL_(__COUNTER__, cv_where_at, set, (condition), true)
/* A condition over fields of T, verified like a filter. */
#define cv_q(T, ...)                                                                                                   \
    cv_q_of(CV_SITE(CV_SITE_FILTER, #__VA_ARGS__, #T, CV_SET_LINE_((T##_set *)0), sizeof(T), __VA_ARGS__),             \
            CV_COUNT(__VA_ARGS__) / 2, (const char *const[]){CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL},                \
            CV_ARGUMENTS(__VA_ARGS__))
#define cv_order_by(set, ...) CV_NAMES_CALL_(__COUNTER__, CV_SITE_ORDER, cv_order_by_at, set, __VA_ARGS__)
#define cv_select_related(set, ...) CV_NAMES_CALL_(__COUNTER__, CV_SITE_RELATED, cv_select_related_at, set, __VA_ARGS__)
#define cv_prefetch_related(set, ...) \
    CV_NAMES_CALL_(__COUNTER__, CV_SITE_PREFETCH, cv_prefetch_related_at, set, __VA_ARGS__)
/* Relations by what rows call them (related_name), as in Django; select_related() goes by what queries call them.
 * Rows of a set of your own for a relation: cv_prefetch(books, "reviews", cv_filter(cv_objects(Review), "stars", 5));
 * cv_prefetch_as(books, "good", "reviews", ...) keeps them under another name: cv_related_as(Review, book, "good"). */
#define cv_prefetch(set, path, rows) CV_PREFETCH_(__COUNTER__, NULL, set, path, NULL, rows)
#define cv_prefetch_as(set, attribute, path, rows) CV_PREFETCH_(__COUNTER__, #attribute, set, path, attribute, rows)
#define CV_PREFETCH_(id, text, input, path, attribute, rows)                                                          \
    ({                                                                                                                \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                    \
        (__typeof__(CV_CAT(cv_set_, id)))cv_prefetch_with(                                                            \
            CV_SET_OF_(CV_CAT(cv_set_, id)),                                                                          \
            CV_NAMES_TEXT_SITE_(__COUNTER__, CV_SITE_PREFETCH, text, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)),         \
                                CV_SET_ROW_(CV_CAT(cv_set_, id)), path),                                              \
            (path), (attribute), CV_SET_OF_(rows));                                                                   \
    })
/* The same for rows that are here already: Book *few[] = {emma, sense}; cv_prefetch_objects(few, 2, "tags"). */
#define cv_prefetch_objects(rows, count, ...)                                                                         \
    ((void)sizeof((rows)[0]->header),                                                                                 \
     cv_prefetch_objects_of((void *const *)(const void *)(rows), (count), CV_LIST(__VA_ARGS__)))
/* Django's only() and defer(). A deferred member is zero until it is asked for by name: cv_reload_fields(book, "pages"),
 * a template, a form. cv_save() leaves it alone, unless something was assigned to it: book->pages = 90 is saved. Zero
 * cannot be told from nothing: say cv_assign(book, pages, 0). */
#define cv_only(set, ...) CV_NAMES_CALL_(__COUNTER__, CV_SITE_LOADING, cv_only_at, set, __VA_ARGS__)
#define cv_without(set, ...) CV_NAMES_CALL_(__COUNTER__, CV_SITE_LOADING, cv_without_at, set, __VA_ARGS__)
#define cv_annotate(set, ...) CV_PAIRS_CALL_(__COUNTER__, CV_SITE_ANNOTATE, #__VA_ARGS__, cv_annotate_at, set, __VA_ARGS__)
#define cv_alias(set, ...) CV_PAIRS_CALL_(__COUNTER__, CV_SITE_ANNOTATE, #__VA_ARGS__, cv_alias_at, set, __VA_ARGS__)
#define cv_reverse(set) CV_SET_CALL_(__COUNTER__, cv_reverse_at, set)
#define cv_distinct(set) CV_SET_CALL_(__COUNTER__, cv_distinct_at, set)
/* Rows `start` to before `end`; CV_END leaves it open. */
#define cv_slice_set(set, start, end) CV_SET_CALL_(__COUNTER__, cv_slice_at, set, (start), (end))
#define cv_none(set) CV_SET_CALL_(__COUNTER__, cv_none_at, set)
/* cv_fetch_mode(books, CV_FETCH_PEERS): what one row lacks is fetched for all rows of the query; see CvFetchMode. */
#define cv_fetch_mode(set, mode) CV_SET_CALL_(__COUNTER__, cv_fetch_mode_at, set, (mode))
/* Rows from SQL by hand: cv_raw(Book, "SELECT * FROM shop_book WHERE price < %s", 4); see cv_raw_of(). */
#define cv_raw(T, sql, ...) \
    ((T##_set *)cv_raw_of(&T##_model, (sql), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}))
#define cv_using(set, alias) CV_SET_CALL_(__COUNTER__, cv_using_at, set, (alias))

/* Rows as records of the named fields: CV_EACH (row, cv_values(books, "title", "author__name")) cv_read(row, "title").
 * Templates read them like dicts. */
#define cv_values(set, ...)                                                                                            \
    ((CvRecord_set *)(void *)CV_NAMES_CALL_(__COUNTER__, CV_SITE_FIELDS, cv_values_at, set, __VA_ARGS__))
/* The values of one field, fetched now: a CvList *. */
#define cv_flat(set, name)                                                                                             \
    cv_list_of_set((CvQuerySet *)(void *)CV_NAMES_CALL_(__COUNTER__, CV_SITE_FIELDS, cv_flat_at, set, name))
#define cv_read(record, name) cv_record_get((record), cv_slice(name))

/* ---- results ---- */

/* for each row; `name` is declared, a T *. */
#define CV_EACH(name, set) CV_EACH_(__COUNTER__, name, set)
#define CV_EACH_(id, name, input)                                                                                      \
    for (CvEach CV_CAT(cv_each_, id) = cv_each_begin((CvQuerySet *)(input)); CV_CAT(cv_each_, id).live;                \
         CV_CAT(cv_each_, id).live = false)                                                                            \
        for (__typeof__((input)->row) name; (name = cv_each_next(&CV_CAT(cv_each_, id))) != NULL;)
/* for each row, none of which is kept: CV_ITERATE (book, books) { ... } walks a million rows in the memory of 2,000. A row
 * lives until the next one is asked for; what the body makes lives in the current arena as ever. */
#define CV_ITERATE(name, set) CV_ITERATE_(__COUNTER__, name, set, 0)
#define CV_ITERATE_BY(name, set, chunk_size) CV_ITERATE_(__COUNTER__, name, set, chunk_size)
#define CV_ITERATE_(id, name, input, chunk_size)                                                                       \
    for (CvIterate CV_CAT(cv_iterate_, id) __attribute__((cleanup(cv_iterate_left))) =                                 \
             cv_iterate_begin((CvQuerySet *)(input), (chunk_size));                                                    \
         CV_CAT(cv_iterate_, id).live; CV_CAT(cv_iterate_, id).live = false)                                           \
        for (__typeof__((input)->row) name; (name = cv_iterate_next(&CV_CAT(cv_iterate_, id))) != NULL;)
/* The first row, or NULL. Orders by the key where the set has no order. */
#define cv_first(set) ((__typeof__((set)->row))cv_first_of((CvQuerySet *)(set)))
#define cv_last(set) ((__typeof__((set)->row))cv_last_of((CvQuerySet *)(set)))
/* The row that matches, or NULL where none does; CV_ERROR_MULTIPLE_OBJECTS is raised if more do. */
#define cv_get(T, ...)                                                                                                 \
    ((T *)CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_GET, #__VA_ARGS__, cv_get_at, cv_objects(T), __VA_ARGS__))
/* The same within a set. */
#define cv_get_in(set, ...)                                                                                            \
    ((__typeof__((set)->row))CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_GET, #__VA_ARGS__, cv_get_at, set, __VA_ARGS__))
/* The rows after and before a row by a member that holds a date: Order *later = cv_next_by(order, created_at); NULL where
 * there is none (Django's get_next_by_created_at(), which raises). */
#define cv_next_by(row, member) CV_NEIGHBOUR_(row, member, true)
#define cv_previous_by(row, member) CV_NEIGHBOUR_(row, member, false)
#define CV_NEIGHBOUR_(row, member, next) \
    ((__typeof__(row))cv_neighbour_of((row), &#member[0 * sizeof((row)->member)], (next), NULL))
/* The same in the order that OrderWithRespectTo gives the model. */
#define cv_next_in_order(row) CV_IN_ORDER_(row, true)
#define cv_previous_in_order(row) CV_IN_ORDER_(row, false)
#define CV_IN_ORDER_(row, next) ((void)sizeof((row)->_order), (__typeof__(row))cv_neighbour_in_order((row), (next)))
/* The keys of the T that belong to a row, in their order, fetched now: a CvList *. */
#define cv_get_order(T, owner) CV_ORDERED_(T, owner, cv_list_of_set(cv_order_of(&T##_model, (owner))))
/* Another order of them: cv_set_order(Answer, question, last, first, second); rows or keys. See cv_set_order_of(). */
#define cv_set_order(T, owner, ...) \
    CV_ORDERED_(T, owner, cv_set_order_of(&T##_model, (owner), CV_COUNT(__VA_ARGS__), \
                                          (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}))
#define CV_ORDERED_(T, owner, call) ((void)sizeof(((T *)0)->_order), (void)sizeof((owner)->header), call)
/* All rows side by side: size_t n; Book *all = cv_all(books, &n); */
#define cv_all(set, count_out) ((__typeof__((set)->row))cv_all_of((CvQuerySet *)(set), (count_out)))
/* len(): fetches the rows. */
#define cv_length(set) cv_length_of(CV_SET_OF_(set))
#define cv_at(set, index) ((__typeof__((set)->row))cv_row_at((CvQuerySet *)(set), (index)))
/* SELECT COUNT(*), or the number of rows if they are here already. */
#define cv_count(set) cv_count_of_set(CV_SET_OF_(set))
#define cv_exists(set) cv_exists_of_set(CV_SET_OF_(set))
/* CvDict *totals = cv_aggregate(books, "pages", cv_sum_of("pages")); */
#define cv_aggregate(set, ...) CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_AGGREGATE, #__VA_ARGS__, cv_aggregate_at, set, __VA_ARGS__)
#define cv_sql(set) cv_sql_of(CV_SET_OF_(set))
#define cv_explain(set) cv_explain_of(CV_SET_OF_(set))

/* ---- writing ---- */

/* A saved row: cv_create(Book, .title = "Emma", .author = cv_ref(austen)). What is not named has its default. */
#define cv_create(T, ...) CV_NEW_ROW_(__COUNTER__, T, cv_insert_row, __VA_ARGS__)
/* The same, not saved yet. */
#define cv_build(T, ...) CV_NEW_ROW_(__COUNTER__, T, , __VA_ARGS__)
#define CV_NEW_ROW_(id, T, finish, ...)                                                                                \
    ({                                                                                                                 \
        T *CV_CAT(cv_row_, id) = cv_row_new(&T##_model);                                                               \
        CV_ASSIGN(*CV_CAT(cv_row_, id) __VA_OPT__(, ) __VA_ARGS__)                                                     \
        (T *)finish(CV_CAT(cv_row_, id));                                                                              \
    })
/* The one row that matches, or a new one of these values and the defaults: Tag *tag = cv_get_or_create(cv_objects(Tag),
 * cv_pairs("color", "#fff"), &created, "name", "novel"); defaults and created may be NULL. */
#define cv_get_or_create(set, defaults, created, ...)                                                                  \
    CV_FIND_ROW_(__COUNTER__, #__VA_ARGS__, #defaults, cv_get_or_create_at, set, ((defaults), (created)), __VA_ARGS__)
/* The same; a row that is there gets the defaults, a new one create_defaults (NULL: the same). */
#define cv_update_or_create(set, defaults, create_defaults, created, ...)                                              \
    CV_FIND_ROW_(__COUNTER__, #__VA_ARGS__, #defaults ", " #create_defaults, cv_update_or_create_at, set,             \
                 ((defaults), (create_defaults), (created)), __VA_ARGS__)
#define CV_FIND_ROW_(id, text, defaults_text, function, input, options, ...)                                           \
    ({                                                                                                                 \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                     \
        (void)CV_SITE(CV_SITE_DEFAULTS, defaults_text, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)),                        \
                      CV_SET_ROW_(CV_CAT(cv_set_, id)));                                                               \
        CvSite *CV_CAT(cv_at_, id) = CV_SITE(CV_SITE_GET, text, NULL, CV_SET_LINE_(CV_CAT(cv_set_, id)),               \
                                             CV_SET_ROW_(CV_CAT(cv_set_, id)), __VA_ARGS__);                           \
        (__typeof__((CV_CAT(cv_set_, id))->row))function((CvQuerySet *)CV_CAT(cv_set_, id), CV_CAT(cv_at_, id),        \
                                                         CV_BARE_ options, CV_COUNT(__VA_ARGS__) / 2,                  \
                                                         CV_CAT(cv_at_, id)->keys, CV_ARGUMENTS(__VA_ARGS__));         \
    })
#define CV_BARE_(...) __VA_ARGS__
/* UPDATE of all rows of the set; how many: cv_update(books, "stock", 0, "price", cv_multiply(cv_f("price"), ...)). */
#define cv_update(set, ...) CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_UPDATE, #__VA_ARGS__, cv_update_at, set, __VA_ARGS__)

/* ---- relations ---- */

/* A reference to a row, for foreign key members: .author = cv_ref(austen). */
#define cv_ref(object) CV_REF_(__COUNTER__, object)
#define CV_REF_(id_, object) \
    ({ __auto_type CV_CAT(cv_to_, id_) = (object); (__typeof__(CV_CAT(cv_to_, id_)->ref[0])){.id = CV_CAT(cv_to_, id_)->pk, .row = CV_CAT(cv_to_, id_)}; })
/* The row behind a foreign key member, loaded if it is not there yet; NULL for a null one: cv_one(book, author). */
#define cv_one(owner, member) CV_ONE_(__COUNTER__, owner, member)
#define CV_ONE_(id_, owner, member) \
    ({ __auto_type CV_CAT(cv_from_, id_) = (owner); (__typeof__(CV_CAT(cv_from_, id_)->member.row))cv_load(CV_CAT(cv_from_, id_), &CV_CAT(cv_from_, id_)->member); })
/* The set behind a ManyToManyField, or a way back that the list names with Related: cv_related(book, tags). */
#define cv_related(owner, member) ((__typeof__(&(owner)->member[0]))cv_related_of((owner), #member))
/* The row behind a way back over a OneToOneField, or NULL: cv_one_as(Profile, author, "profile"). */
#define cv_one_as(T, owner, name) ((T *)cv_related_one((owner), (name), &T##_model))
/* Any way back by name: cv_related_as(Review, book, "reviews"), a Review_set *. */
#define cv_related_as(T, owner, name) ((T##_set *)cv_related_checked((owner), (name), &T##_model))
/* Changing such a set: cv_add(cv_related(book, tags), classic, novel). Rows; keys too where it is many-to-many. */
#define cv_add(set, ...) \
    cv_related_add(CV_SET_OF_(set), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}, NULL)
#define cv_remove(set, ...) \
    cv_related_remove(CV_SET_OF_(set), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}, NULL)
#define cv_clear(set) cv_related_clear(CV_SET_OF_(set), NULL)
/* Exactly these: cv_replace(cv_related(book, tags), novel); Django's set(). */
#define cv_replace(set, ...) \
    cv_related_set(CV_SET_OF_(set), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}, NULL)
/* One row, with members of the row of the table between: cv_add_with(cv_related(store, books), emma, "quantity", 9). */
#define cv_add_with(set, value, ...)                                                                                   \
    cv_related_add(CV_SET_OF_(set), 1, (const CvValue[]){CV_VALUE(value)},                                             \
                   &(const CvLinkOptions){.default_count = CV_COUNT(__VA_ARGS__) / 2,                                  \
                                          .default_names = (const char *const[]){CV_KEYS(__VA_ARGS__), NULL},          \
                                          .default_values = CV_ARGUMENTS(__VA_ARGS__)})
/* A new row that belongs to the set: cv_create_in(cv_related(author, books), .title = "Emma"). */
#define cv_create_in(set, ...) CV_CREATE_IN_(__COUNTER__, set, __VA_ARGS__)
#define CV_CREATE_IN_(id, input, ...)                                                                                  \
    ({                                                                                                                 \
        __auto_type CV_CAT(cv_set_, id) = (input);                                                                     \
        __typeof__(CV_CAT(cv_set_, id)->row) CV_CAT(cv_row_, id) = cv_related_new(CV_SET_OF_(CV_CAT(cv_set_, id)));    \
        CV_ASSIGN(*CV_CAT(cv_row_, id) __VA_OPT__(, ) __VA_ARGS__)                                                     \
        (__typeof__(CV_CAT(cv_row_, id)))cv_related_save(CV_SET_OF_(CV_CAT(cv_set_, id)), CV_CAT(cv_row_, id), NULL);  \
    })

/* ---- rows that are no model's: values() ---- */

typedef struct CvRecordShape CvRecordShape;
typedef struct CvRecord {
    const CvType *type;
    const CvRecordShape *shape;
    CvValue values[];
} CvRecord;
typedef struct CvRecord_set {
    CvRecord *row;
    char (*line)[1];
} CvRecord_set;
/* CV_MISSING if there is no such name. */
CV_API_BEGIN
CvValue cv_record_get(const CvRecord *record, CvSlice name);
CvQuerySet *cv_flat_at(CvQuerySet *set, CvSite *site, const char *const *names);
CvList *cv_list_of_set(CvQuerySet *set);
CV_API_END

/* ---- the key's C type, by field word (MODEL_KEY) ---- */

#define CV_KEY_TYPE_AutoField(...) int64_t
#define CV_KEY_TYPE_BigAutoField(...) int64_t
#define CV_KEY_TYPE_SmallAutoField(...) int64_t
#define CV_KEY_TYPE_BigIntegerField(...) int64_t
#define CV_KEY_TYPE_IntegerField(...) int64_t
#define CV_KEY_TYPE_SmallIntegerField(...) int64_t
#define CV_KEY_TYPE_PositiveBigIntegerField(...) int64_t
#define CV_KEY_TYPE_PositiveIntegerField(...) int64_t
#define CV_KEY_TYPE_PositiveSmallIntegerField(...) int64_t
#define CV_KEY_TYPE_CharField(...) const char *
#define CV_KEY_TYPE_SlugField(...) const char *
#define CV_KEY_TYPE_EmailField(...) const char *
#define CV_KEY_TYPE_URLField(...) const char *
#define CV_KEY_TYPE_UUIDField(...) CvUuid
#define CV_KEY_TYPE_DateField(...) CvDate
#define CV_KEY_TYPE_CompositePrimaryKey(...) CvCompositeKey
#define CV_KEY_TYPE_OneToOneField(name, To, ...) To##_key
#define CV_KEY_TYPE_ForeignKey(name, To, ...) To##_key

/* ---- ready-made defaults ---- */

CV_API_BEGIN
/* For .default_call: a random UUID (version 4); now. */
CvValue cv_uuid_random(CvArena *arena);
CvValue cv_now_default(CvArena *arena);
CV_API_END

#endif
