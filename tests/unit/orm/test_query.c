/* Tests orm/query.h and orm/orm.h: query sets over the models of shop.def.h. */
#include "shop.h"

#include "unit.h"

/* A test whose body may raise. */
#define DATABASE_TEST(name)                     \
    static void body_of_##name(void *argument); \
    START_TEST(name)                            \
    {                                           \
        shop_open(NULL);                        \
        shop_fill();                            \
        shop_run(body_of_##name);               \
    }                                           \
    END_TEST                                    \
    static void body_of_##name(void *argument CV_UNUSED)
#define CV_UNUSED __attribute__((unused))

/* The titles of a set of books, joined by "|". */
static const char *titles(Book_set *books)
{
    CvBuffer out = cv_buffer(cv_arena());
    CV_EACH (book, books) {
        cv_buffer_append_string(&out, out.length ? "|" : "");
        cv_buffer_append_string(&out, book->title);
    }
    return cv_buffer_string(&out);
}

DATABASE_TEST(rows_come_back_as_they_were_saved)
{
    Book *emma = cv_get(Book, "title", "Emma");
    ck_assert_ptr_nonnull(emma);
    ck_assert_int_eq(emma->pages, 474);
    ck_assert_str_eq(emma->price.text, "7.50");
    ck_assert(emma->rating.set && emma->rating.value == 4.5);
    ck_assert_int_eq(emma->published.year, 1815);
    ck_assert(emma->in_print);
    ck_assert(!cv_duration_is_set(emma->reading));
    ck_assert(cv_datetime_is_set(emma->created));
    ck_assert_int_eq(emma->metadata.kind, CV_DICT);
    ck_assert_str_eq(cv_display(emma, status), "Published");
    ck_assert_int_eq(emma->editor.id, 0);
    ck_assert_str_eq(cv_one(emma, author)->name, "Austen");
    ck_assert_ptr_null(cv_one(emma, editor));
    ck_assert_ptr_null(cv_get(Book, "title", "Persuasion"));
}

DATABASE_TEST(lookups_filter)
{
    Book_set *books = cv_objects(Book);
    ck_assert_str_eq(titles(books), "Emma|Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "title__icontains", "SENSE")), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "title__startswith", "F")), "Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "title__endswith", "a%")), "");
    ck_assert_str_eq(titles(cv_filter(books, "title__regex", "^[EF].*s$")), "Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "pages__gt", 400, "price__lt", 8)), "Emma");
    ck_assert_str_eq(titles(cv_filter(books, "pages__range", cv_list(cv_arena(), 174, 409))),
                     "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "id__in", cv_list(cv_arena(), 1, 3, 99))), "Emma|Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "rating__isnull", true)), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "rating", CV_NONE)), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "in_print", false)), "Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "published__year", 1815)), "Emma");
    ck_assert_str_eq(titles(cv_filter(books, "published__year__lt", 1815)), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "published__month__gte", 12)), "Emma");
    ck_assert_str_eq(titles(cv_filter(books, "published", cv_date(1811, 10, 30))), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "pages__gt", cv_multiply(cv_f("id"), cv_value(200)))),
                     "Emma|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_exclude(books, "title", "Emma")), "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_none(books)), "");
}

DATABASE_TEST(paths_join)
{
    Book_set *books = cv_objects(Book);
    ck_assert_str_eq(titles(cv_filter(books, "author__name", "Austen")), "Emma|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "author__profile__nickname__iexact", "JANE")),
                     "Emma|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_filter(books, "reviews__stars", 5)), "Emma|Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "tags__name", "novel", "tags__name__contains", "class")), "");
    ck_assert_str_eq(titles(cv_filter(cv_filter(books, "tags__name", "novel"), "tags__name", "classic")), "Emma");
    ck_assert_str_eq(titles(cv_exclude(books, "tags__name", "classic")), "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_exclude(books, "reviews__stars", 2)), "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_exclude(books, "editor__name", "Calvino")), "Emma|Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "reviews__isnull", true)), "Sense and Sensibility");
    ck_assert_str_eq(titles(cv_exclude(books, "reviews__isnull", true)), "Emma|Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "author", cv_get(Author, "name", "Borges"))), "Ficciones");
    ck_assert_str_eq(titles(cv_filter(books, "author__in", cv_filter(cv_objects(Author), "born__lt", 1800))),
                     "Emma|Sense and Sensibility");
    ck_assert_str_eq(
        titles(cv_where(books, cv_or(cv_q(Book, "author__name", "Borges"), cv_q(Book, "editor__name", "Calvino")))),
        "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_where_not(books, cv_q(Book, "pages", 174))), "Emma|Sense and Sensibility");
}

DATABASE_TEST(order_slices_and_counts)
{
    Book_set *books = cv_objects(Book);
    ck_assert_str_eq(titles(cv_order_by(books, "-pages")), "Emma|Sense and Sensibility|Ficciones");
    ck_assert_str_eq(titles(cv_order_by(books, "-author__name", "title")), "Ficciones|Emma|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_order_by(books, "-author", "pages")), "Ficciones|Sense and Sensibility|Emma");
    ck_assert_str_eq(titles(cv_reverse(books)), "Sense and Sensibility|Ficciones|Emma");
    ck_assert_str_eq(titles(cv_slice_set(books, 1, CV_END)), "Ficciones|Sense and Sensibility");
    ck_assert_str_eq(titles(cv_slice_set(cv_slice_set(books, 1, 3), 1, 5)), "Sense and Sensibility");
    ck_assert_int_eq(cv_count(books), 3);
    ck_assert_int_eq(cv_count(cv_slice_set(books, 2, 10)), 1);
    ck_assert(cv_exists(cv_filter(books, "pages", 409)));
    ck_assert(!cv_exists(cv_filter(books, "pages", 410)));
    ck_assert_str_eq(cv_first(books)->title, "Emma");
    ck_assert_str_eq(cv_last(books)->title, "Sense and Sensibility");
    size_t count;
    Book *all = cv_all(books, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(all[2].title, "Sense and Sensibility");
}

DATABASE_TEST(related_rows_come_along)
{
    uint64_t before = cv_sql_count();
    CV_EACH (book, cv_select_related(cv_objects(Book), "author", "editor"))
        ck_assert_int_eq(cv_one(book, author)->id, book->author.id);
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    before = cv_sql_count();
    size_t tags = 0;
    CV_EACH (book, cv_prefetch_related(cv_objects(Book), "tags", "reviews", "author"))
        tags += cv_length(cv_related(book, tags)) + cv_length(cv_related_as(Review, book, "reviews")) * 10 +
                (cv_one(book, author) != NULL) * 100;
    ck_assert_uint_eq(tags, 333);
    ck_assert_uint_eq(cv_sql_count() - before, 4);
    Author *austen = cv_get(Author, "name", "Austen");
    ck_assert_str_eq(titles(cv_related(austen, books)), "Emma|Sense and Sensibility");
}

/* What a template reads as {{ author.profile.nickname }}. */
static const char *nickname(Author *author)
{
    CvAccessor accessor = {0};
    CvValue profile;
    ck_assert(cv_type_of(author)->resolve(cv_type_of(author), CV_SLICE("profile"), &accessor));
    accessor.read(&accessor, author, cv_arena(), &profile);
    return profile.kind == CV_NULL ? NULL : ((const Profile *)profile.object)->nickname;
}

DATABASE_TEST(a_one_to_one_way_back_is_the_row_s_own)
{
    Author *borges = cv_get(Author, "name", "Borges");
    cv_create(Profile, .author = cv_ref(borges), .nickname = "Bustos Domecq");
    ck_assert_str_eq(nickname(borges), "Bustos Domecq");
    uint64_t before = cv_sql_count();
    Author_set *authors = cv_filter(cv_select_related(cv_objects(Author), "profile"), "profile__isnull", false);
    ck_assert_str_eq(nickname(cv_at(authors, 0)), "Jane");
    ck_assert_str_eq(nickname(cv_at(authors, 1)), "Bustos Domecq");
    ck_assert_uint_eq(cv_sql_count() - before, 1);
}

DATABASE_TEST(values_and_aggregates)
{
    const char *text = "";
    CV_EACH (row, cv_values(cv_order_by(cv_objects(Book), "pages"), "title", "author__name"))
        text = cv_printf("%s%s by %s;", text, cv_read(row, "title").text, cv_read(row, "author__name").text);
    ck_assert_str_eq(text, "Ficciones by Borges;Sense and Sensibility by Austen;Emma by Austen;");
    ck_assert_int_eq((int)cv_flat(cv_objects(Book), "id")->count, 3);
    CvDict *totals = cv_aggregate(cv_objects(Book), "pages", cv_sum_of("pages"), "n", cv_count_of("id"), "top",
                                  cv_most_of("rating"));
    CvValue value;
    ck_assert(cv_dict_get_slice(totals, cv_slice("pages"), &value) && value.integer == 1057);
    ck_assert(cv_dict_get_slice(totals, cv_slice("top"), &value) && value.real == 4.9);
    Author_set *authors = cv_annotate(cv_objects(Author), "n", cv_count_of("books"));
    text = "";
    CV_EACH (author, cv_order_by(authors, "-n", "name"))
        text = cv_printf("%s%s %d;", text, author->name, (int)cv_annotation(author, "n").integer);
    ck_assert_str_eq(text, "Austen 2;Borges 1;Calvino 0;");
    ck_assert_int_eq(cv_count(cv_filter(authors, "n__gte", 1)), 2);
}

static const char *votes_of(int64_t stars)
{
    Book_set *books =
        cv_annotate(cv_objects(Book), "best", cv_filtered_relation("reviews", cv_q(Book, "reviews__stars", stars)));
    const char *text = "";
    CV_EACH (book, cv_order_by(cv_annotate(books, "votes", cv_count_of("best")), "id"))
        text = cv_printf("%s%d", text, (int)cv_annotation(book, "votes").integer);
    return cv_printf("%s %s", text, titles(cv_filter(books, "best__isnull", false)));
}

static void filtered_without_name(void *argument)
{
    (void)cv_filtered_relation("", argument);
}

static void filtered_by_no_condition(void *argument)
{
    (void)argument;
    (void)cv_filtered_relation("reviews", cv_f("pages"));
}

DATABASE_TEST(filtered_relations_are_joins_of_their_own)
{
    CvError *error;
    const char *five = votes_of(5);
    ck_assert_str_eq(five, "101 Emma|Ficciones");
    uint64_t compiled = cv_plan_statistics().compiled;
    ck_assert_str_eq(votes_of(2), "100 Emma"); /* the value is bound: the plan is the same */
    ck_assert_uint_eq(cv_plan_statistics().compiled, compiled);
    Book_set *books = cv_alias(cv_objects(Book), "any", cv_filtered_relation("reviews", NULL));
    ck_assert_str_eq(titles(cv_exclude(books, "any__isnull", true)), "Emma|Ficciones");
    ck_assert(!cv_try(filtered_without_name, NULL, &error));
    ck_assert_str_eq(error->message, "relation_name cannot be empty.");
    ck_assert(!cv_try(filtered_by_no_condition, NULL, &error));
    ck_assert_str_eq(error->message, "condition argument must be a Q() instance.");
}

DATABASE_TEST(plans_are_reused)
{
    cv_count(cv_filter(cv_objects(Book), "pages__gt", 1));
    CvPlanStatistics before = cv_plan_statistics();
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(cv_count(cv_filter(cv_objects(Book), "pages__gt", 174 + i)), 2);
        Book *book = cv_get(Book, "pk", i % 3 + 1);
        ck_assert_int_eq(book->id, i % 3 + 1);
    }
    ck_assert_uint_eq(cv_plan_statistics().compiled - before.compiled, 1);
}

DATABASE_TEST(rows_are_saved_updated_and_deleted)
{
    Book *emma = cv_get(Book, "title", "Emma");
    emma->title = "Emma, again";
    emma->rating = (CvNullFloat){0};
    cv_save(emma);
    Book *again = cv_get(Book, "pk", emma->id);
    ck_assert_str_eq(again->title, "Emma, again");
    ck_assert(!again->rating.set);
    ck_assert_int_eq(cv_update(cv_filter(cv_objects(Book), "author__name", "Austen"), "pages",
                               cv_plus(cv_f("pages"), cv_value(1)), "in_print", false),
                     2);
    cv_reload(emma);
    ck_assert_int_eq(emma->pages, 475);
    CvDict *counts;
    ck_assert_int_eq(cv_delete_counted(cv_get(Author, "name", "Austen"), &counts), 1 + 1 + 2 + 3 + 2);
    ck_assert_int_eq(cv_count(cv_objects(Book)), 1);
    ck_assert_int_eq(cv_delete(cv_objects(Author)), 2 + 1 + 1);
}

static void delete_protected(void *argument CV_UNUSED)
{
    cv_create(Loan, .book = cv_ref(cv_get(Book, "title", "Emma")));
    cv_delete(cv_objects(Book));
}

DATABASE_TEST(protected_rows_stay)
{
    const CvError *error = shop_raises(delete_protected);
    ck_assert_int_eq(error->kind, CV_ERROR_PROTECTED);
    ck_assert_int_eq(cv_count(cv_objects(Book)), 3);
}

DATABASE_TEST(inheritance_reads_and_writes_both_tables)
{
    Author *author = cv_first(cv_objects(Author));
    EBook *ebook = cv_build(EBook, .size = 7);
    ebook->parent.title = "Bits";
    ebook->parent.author = cv_ref(author);
    cv_save(ebook);
    ck_assert_int_gt(ebook->pk, 0);
    ck_assert_int_eq(cv_count(cv_objects(Book)), 4);
    EBook *found = cv_get(EBook, "title", "Bits", "size", 7);
    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found->parent.title, "Bits");
    ck_assert_str_eq(cv_first(cv_objects(CheapBook))->title, "Ficciones");
    cv_delete(found);
    ck_assert_int_eq(cv_count(cv_objects(Book)), 3);
}

DATABASE_TEST(many_to_many_changes)
{
    Person *a = cv_create(Person, .name = "a"), *b = cv_create(Person, .name = "b"),
           *c = cv_create(Person, .name = "c");
    cv_add(cv_related(a, friends), b, c);
    ck_assert_int_eq(cv_count(cv_related(b, friends)), 1);
    cv_remove(cv_related(b, friends), a);
    ck_assert_int_eq(cv_count(cv_related(a, friends)), 1);
    cv_clear(cv_related(a, friends));
    ck_assert_int_eq(cv_count(cv_related(c, friends)), 0);
    a->boss = cv_ref(b);
    cv_save(a);
    ck_assert_str_eq(cv_first(cv_related_as(Person, b, "staff"))->name, "a");
}

DATABASE_TEST(fractions_meet_integers_as_in_django)
{
    Book_set *books = cv_objects(Book);
    ck_assert_int_eq(cv_count(cv_filter(books, "pages__gte", 173.5)), 3);
    ck_assert_int_eq(cv_count(cv_filter(books, "pages__gte", 174.5)), 2);
    ck_assert_int_eq(cv_count(cv_filter(books, "pages__lt", 174.5)), 1);
    ck_assert_int_eq(cv_count(cv_filter(books, "pages__gt", 174.5)), 2);
    ck_assert_int_eq(cv_count(cv_filter(books, "pages__lte", 174.5)), 1);
    ck_assert_int_eq(cv_count(cv_filter(books, "published__year", 1815.0)), 1);
}

static void ask_for_year(void *argument)
{
    cv_count(cv_filter(cv_objects(Book), "published__year__gte", *(int *)argument));
}

DATABASE_TEST(years_are_those_of_the_calendar)
{
    CvError *error;
    int years[] = {1, 9999, 0, 10000};
    for (size_t i = 0; i < CV_COUNT_OF(years); i++)
        ck_assert_int_eq(cv_try(ask_for_year, &years[i], &error), i < 2);
    ck_assert_str_eq(error->message, "year 10000 is out of range");
}

static void add_unsaved(void *argument)
{
    cv_add(cv_related((Person *)argument, friends), cv_build(Person, .name = "new"));
}

static void add_unsaved_back(void *argument)
{
    cv_add(cv_related_as(Person, (Person *)argument, "staff"), cv_build(Person, .name = "new"));
}

DATABASE_TEST(rows_that_are_not_saved_are_not_linked_silently)
{
    CvError *error;
    Person *a = cv_create(Person, .name = "a"), *new = cv_build(Person, .name = "new");
    ck_assert(!cv_try(add_unsaved, a, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert(!cv_try(add_unsaved_back, a, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    Person *b = cv_build(Person, .name = "b", .boss = cv_ref(new));
    ck_assert_ptr_eq(cv_one(b, boss), new);
    b->boss = cv_ref(a);
    b->boss.id = 0; /* nobody, whoever was read before */
    ck_assert_ptr_null(cv_one(b, boss));
}

static int64_t count_merged(Book_set *a, char how, Book_set *b)
{
    return cv_count_of_set(cv_merge_at((CvQuerySet *)a, how, (CvQuerySet *)b));
}

DATABASE_TEST(sets_merge_with_everything)
{
    Book_set *all = cv_objects(Book), *some = cv_filter(all, "rating__gt", 4.6); /* one of three; one rating is null */
    ck_assert_int_eq(count_merged(all, '|', some), 3);
    ck_assert_int_eq(count_merged(all, '&', some), 1);
    ck_assert_int_eq(count_merged(all, '^', some), 2);
    ck_assert_int_eq(count_merged(some, '^', all), 2);
    ck_assert_int_eq(count_merged(all, '^', all), 0);
}

static void annotate_as(void *argument)
{
    const char *name = argument;
    CvValue key = cv_value_object(cv_f("id"));
    (void)cv_length_of(cv_annotate_at(cv_everything_of(&Book_model), NULL, 1, &name, &key));
}

static void aggregate_as(void *argument)
{
    const char *name = argument;
    CvValue number = cv_value_object(cv_count_of("id"));
    (void)cv_aggregate_at(cv_everything_of(&Book_model), NULL, 1, &name, &number);
}

DATABASE_TEST(names_of_annotations_are_names)
{
    char good[] = "number__of_pages";
    char bad[][8] = {"a b", "a\"", "a;b", "a--b", "a/*", "a#", "[a]", "a\t"};
    CvError *error;
    ck_assert(cv_try(annotate_as, good, &error) && cv_try(aggregate_as, good, &error));
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert(!cv_try(annotate_as, bad[i], &error));
        ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
        ck_assert(!cv_try(aggregate_as, bad[i], &error));
        ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    }
}

static void save_a_set(void *argument)
{
    (void)argument;
    cv_save(cv_objects(Book));
}

DATABASE_TEST(only_rows_are_saved)
{
    CvError *error;
    ck_assert(!cv_try(save_a_set, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_TYPE);
}

DATABASE_TEST(texts_are_joined_in_an_order_of_their_own)
{
    CvExpr *titles_by_pages = cv_string_agg_with(cv_f("title"), cv_value(", "), NULL, cv_descending(cv_f("pages"), 0));
    CvDict *all = cv_aggregate(cv_objects(Book), "all", titles_by_pages, "statuses",
                               cv_string_agg_of("status", ",", .distinct = true));
    CvValue value;
    ck_assert(cv_dict_get_slice(all, CV_SLICE("all"), &value));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(value)), "Emma, Sense and Sensibility, Ficciones");
    CvDict *none = cv_aggregate(cv_none(cv_objects(Book)), "all", cv_string_agg_of("title", ","));
    ck_assert(cv_dict_get_slice(none, CV_SLICE("all"), &value));
    ck_assert_int_eq(value.kind, CV_NULL);
}

DATABASE_TEST(groups_are_those_of_the_values)
{
    Book_set *counted = cv_annotate(cv_objects(Book), "n", cv_count_of("tags"));
    CvQuerySet *values = cv_values_at((CvQuerySet *)counted, NULL, CV_LIST("status"));
    const char *const keys[] = {"books"};
    const CvValue sum[] = {cv_value_object(cv_count_of("id"))};
    size_t groups = cv_length_of(cv_annotate_at(values, NULL, 1, keys, sum));
    ck_assert_uint_eq(
        groups, cv_length_of(cv_distinct_at(cv_order_by_at(
                    cv_values_at(cv_objects_of(&Book_model), NULL, CV_LIST("status")), NULL, CV_LIST("status")))));
}

DATABASE_TEST(the_database_explains)
{
    ck_assert_ptr_nonnull(strstr(cv_explain(cv_filter(cv_objects(Book), "id", 1)), "SEARCH shop_book"));
    ck_assert_str_eq(cv_explain(cv_none(cv_objects(Book))), "");
}

UNIT_TESTS("orm/query", texts_are_joined_in_an_order_of_their_own, groups_are_those_of_the_values,
           the_database_explains, rows_come_back_as_they_were_saved, lookups_filter, paths_join,
           order_slices_and_counts, related_rows_come_along, a_one_to_one_way_back_is_the_row_s_own,
           values_and_aggregates, filtered_relations_are_joins_of_their_own, plans_are_reused,
           rows_are_saved_updated_and_deleted, protected_rows_stay, inheritance_reads_and_writes_both_tables,
           many_to_many_changes, fractions_meet_integers_as_in_django, years_are_those_of_the_calendar,
           rows_that_are_not_saved_are_not_linked_silently, only_rows_are_saved, sets_merge_with_everything,
           names_of_annotations_are_names)
