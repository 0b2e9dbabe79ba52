/* Tests orm/order.c: rows that stand in an order of their own; what Django 6.1 answers. */
#include "orm/orm.h"

#define CV_MODELS "poll.def.h"
#include "orm/models.h"

static const char *answer_str(const Answer *answer)
{
    return answer->text;
}

#define CV_MODELS "poll.def.h"
#define CV_MODELS_TABLE poll_models
#include "orm/models_define.h"

#include "orm/schema.h"
#include "orm/shell.h"

#include "tables.h"
#include "unit.h"

#define POLL_TEST(name)                                                 \
    static void body_of_##name(void *argument __attribute__((unused))); \
    START_TEST(name)                                                    \
    {                                                                   \
        tables_open("sqlite://:memory:", "poll", poll_models);          \
        must_run(body_of_##name, NULL);                                 \
    }                                                                   \
    END_TEST                                                            \
    static void body_of_##name(void *argument __attribute__((unused)))

static Question *asked(const char *text)
{
    return cv_create(Question, .text = text);
}

static Answer *answered(Question *question, const char *text)
{
    return cv_create(Answer, .question = cv_ref(question), .text = text);
}

/* The texts of answers as a set of them comes. */
static const char *texts(Answer_set *answers)
{
    const char *text = "";
    CV_EACH (answer, answers)
        text = cv_printf("%s%s", text, answer->text);
    return text;
}

static const char *shell(const char *text)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_shell_answer(&out, cv_slice(text));
    return cv_buffer_string(&out);
}

static int sent(void)
{
    static uint64_t before;
    uint64_t now = cv_sql_count(), count = now - before;
    before = now;
    return (int)count;
}

POLL_TEST(the_table_is_djangos)
{
    ck_assert_str_eq(cv_schema_sql(&Answer_model),
                     "CREATE TABLE \"poll_answer\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "
                     "\"question_id\" bigint NULL REFERENCES \"poll_question\" (\"id\") DEFERRABLE INITIALLY "
                     "DEFERRED, \"text\" varchar(40) NOT NULL, \"_order\" integer NOT NULL);\n"
                     "CREATE INDEX \"poll_answer_question_id_5315c1b7\" ON \"poll_answer\" (\"question_id\");\n");
    const CvColumn *column = cv_model_column(&Answer_model, CV_SLICE("_order"));
    ck_assert(!column->field->editable);
    ck_assert_str_eq(cv_column_verbose_name(column), " order");
}

POLL_TEST(new_rows_come_last)
{
    Question *one = asked("one"), *two = asked("two");
    const char *letters[] = {"x", "y", "z"};
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(answered(one, letters[i])->_order, i);
    (void)sent();
    ck_assert_int_eq(answered(two, "a")->_order, 0);
    ck_assert_int_eq(sent(), 2);
    ck_assert_int_eq(cv_create(Answer, .question = cv_ref(one), ._order = 77)->_order, 3);
    ck_assert_int_eq(cv_create(Answer, .text = "n")->_order, 0); /* those without a question are a group, too */
    ck_assert_int_eq(cv_create(Answer, .text = "n")->_order, 1);
    ck_assert_int_eq(cv_create_in(cv_related(two, answers), .text = "b")->_order, 1);
    Answer *again = answered(two, "c");
    again->_order = 9;
    cv_save(again); /* an update leaves it as it is */
    ck_assert_int_eq(cv_get(Answer, "pk", again->pk)->_order, 9);
    ck_assert_int_eq(answered(two, "d")->_order, 10);
}

POLL_TEST(sets_are_ordered_by_it)
{
    Question *one = asked("one");
    Answer *x = answered(one, "x"), *y = answered(one, "y"), *z = answered(one, "z");
    cv_set_order(Answer, one, z, x, y->pk);
    ck_assert_str_eq(texts(cv_objects(Answer)), "zxy");
    ck_assert_str_eq(texts(cv_related(one, answers)), "zxy");
    ck_assert_str_eq(texts(cv_reverse(cv_objects(Answer))), "yxz");
    ck_assert_str_eq(cv_first(cv_objects(Answer))->text, "z");
    ck_assert_str_eq(cv_last(cv_objects(Answer))->text, "y");
    ck_assert_str_eq(cv_first((Answer_set *)cv_objects(OldAnswer))->text, "z");
    CvList *ids = cv_flat(cv_order_by(cv_objects(Question), "answers"), "answers__text");
    ck_assert_int_eq((int)ids->count, 3);
    ck_assert(cv_slice_is(cv_value_as_slice(ids->items[0]), "z"));
    Question *with = cv_first(cv_prefetch(cv_objects(Question), "answers", cv_slice_set(cv_objects(Answer), 0, 2)));
    ck_assert_str_eq(texts(cv_related(with, answers)), "zx");
}

POLL_TEST(an_order_is_read_and_changed)
{
    Question *one = asked("one"), *two = asked("two");
    Answer *x = answered(one, "x"), *y = answered(one, "y"), *z = answered(one, "z"), *a = answered(two, "a");
    (void)answered(two, "b");
    (void)sent();
    cv_set_order(Answer, one, z, y, x, 99, a); /* what is another's or nobody's is passed over */
    ck_assert_int_eq(sent(), 1);
    CvList *keys = cv_get_order(Answer, one);
    ck_assert_int_eq(sent(), 1);
    ck_assert_int_eq((int)keys->count, 3);
    ck_assert_int_eq(keys->items[0].integer, z->pk);
    ck_assert_int_eq(keys->items[2].integer, x->pk);
    ck_assert_int_eq(cv_get(Answer, "pk", a->pk)->_order, 0);
    cv_set_order(Answer, one, x); /* the others stay */
    ck_assert_int_eq(cv_get(Answer, "text", "x")->_order, 0);
    ck_assert_int_eq(cv_get(Answer, "text", "z")->_order, 0);
    ck_assert_int_eq(cv_get(Answer, "text", "y")->_order, 1);
    (void)sent();
    cv_set_order_of(&Answer_model, one, 0, NULL);
    ck_assert_int_eq(sent(), 0);
}

POLL_TEST(a_row_has_neighbours)
{
    Question *one = asked("one"), *two = asked("two");
    Answer *x = answered(one, "x"), *y = answered(one, "y"), *z = answered(one, "z");
    (void)answered(two, "a");
    cv_set_order(Answer, one, z, x, y);
    (void)sent();
    ck_assert_str_eq(cv_next_in_order(z)->text, "x"); /* as the database has it, not as the row does */
    ck_assert_int_eq(sent(), 1);
    ck_assert_str_eq(cv_previous_in_order(y)->text, "x");
    ck_assert_ptr_null(cv_next_in_order(y));
    ck_assert_ptr_null(cv_previous_in_order(z));
    ck_assert_ptr_null(cv_next_in_order(cv_build(Answer, .question = cv_ref(one))));
}

static Answer *unsaved(Question *question, const char *text, int64_t order)
{
    Answer *answer = cv_build(Answer, .text = text, ._order = order);
    if (question)
        answer->question = cv_ref(question);
    return answer;
}

POLL_TEST(many_rows_are_numbered_at_once)
{
    Question *one = asked("one"), *two = asked("two");
    for (int i = 0; i < 4; i++)
        (void)answered(one, "x");
    for (int i = 0; i < 2; i++)
        (void)cv_create(Answer, .text = "n");
    Answer *rows[] = {unsaved(one, "1", 0), unsaved(two, "2", 0), unsaved(one, "3", 0), unsaved(two, "4", 9),
                      unsaved(NULL, "n", 0)};
    static const int64_t expected[] = {4, 0, 5, 9, 2};
    (void)sent();
    cv_bulk_create(rows, 5);
    ck_assert_int_eq(sent(), 2);
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(rows[i]->_order, expected[i]);
    Answer *mixed[] = {unsaved(one, "a", 0), unsaved(one, "b", 0)};
    mixed[1]->pk = 100;
    cv_bulk_create(mixed, 2);
    ck_assert_int_eq(mixed[0]->_order, 6);
    ck_assert_int_eq(mixed[1]->_order, 7);
}

/* More groups than one query asks for. */
POLL_TEST(there_may_be_many_groups)
{
    enum { COUNT = 1100 };
    Step **steps = cv_new_array(Step *, COUNT);
    for (int i = 0; i < COUNT; i++)
        steps[i] = cv_build(Step, .part = i / 2);
    cv_bulk_create(steps, COUNT);
    for (int i = 0; i < COUNT; i++) {
        ck_assert_int_eq(steps[i]->_order, i % 2);
        steps[i] = cv_build(Step, .part = i);
    }
    cv_bulk_create(steps, COUNT);
    ck_assert_int_eq(steps[0]->_order, 2);
    ck_assert_int_eq(steps[COUNT / 2 - 1]->_order, 2);
    ck_assert_int_eq(steps[COUNT / 2]->_order, 0);
}

POLL_TEST(any_field_may_group)
{
    ck_assert_int_eq(cv_create(Step, .part = 1)->_order, 0);
    ck_assert_int_eq(cv_create(Step, .part = 1)->_order, 1);
    ck_assert_int_eq(cv_create(Step, .part = 2)->_order, 0);
    Question *one = asked("one"), *two = asked("two");
    Remark *first = cv_create(Remark, .target = cv_target(one));
    Remark *second = cv_create(Remark, .target = cv_target(one));
    ck_assert_int_eq(first->_order, 0);
    ck_assert_int_eq(second->_order, 1);
    ck_assert_int_eq(cv_create(Remark, .target = cv_target(two))->_order, 0);
    ck_assert_int_eq(cv_next_in_order(first)->pk, second->pk);
    Remark *more[] = {cv_build(Remark, .target = cv_target(two)), cv_build(Remark, .target = cv_target(one))};
    cv_bulk_create(more, 2);
    ck_assert_int_eq(more[0]->_order, 1);
    ck_assert_int_eq(more[1]->_order, 2);
}

POLL_TEST(children_and_proxies_share_the_order)
{
    Question *one = asked("one");
    (void)answered(one, "x");
    LongAnswer *child = cv_create(LongAnswer, .parent.question = cv_ref(one), .parent.text = "c");
    OldAnswer *old = cv_create(OldAnswer, .question = cv_ref(one), .text = "o");
    ck_assert_int_eq(child->parent._order, 1);
    ck_assert_int_eq(old->_order, 2);
    ck_assert_str_eq(texts(cv_objects(Answer)), "xco");
    ck_assert_ptr_null(cv_neighbour_in_order(child, true)); /* among its own kind */
    ck_assert_str_eq(((Answer *)cv_neighbour_in_order(old, false))->text, "c");
}

static void order_of_nobody(void *argument)
{
    (void)cv_order_of(&Step_model, argument);
}

static void order_of_other(void *argument)
{
    cv_set_order_of(&Answer_model, argument, 1, &(CvValue){.kind = CV_NULL});
}

static void with_a_wrong_row(void *argument)
{
    Question *question = argument;
    cv_set_order(Answer, question, question);
}

static void next_of_nothing(void *argument)
{
    (void)cv_neighbour_in_order(argument, true);
}

POLL_TEST(mistakes_are_told)
{
    Question *one = asked("one");
    Step *step = cv_create(Step, .part = 1);
    ck_assert_str_eq(must_raise(order_of_nobody, one)->message, "'Question' object has no attribute 'get_step_order'");
    ck_assert_str_eq(must_raise(order_of_other, step)->message, "'Step' object has no attribute 'set_answer_order'");
    ck_assert_str_eq(must_raise(with_a_wrong_row, one)->message,
                     "The order of rows of Answer takes their keys, or rows, not a row of Question.");
    ck_assert_str_eq(must_raise(next_of_nothing, one)->message,
                     "'Question' object has no attribute 'get_next_in_order'");
}

POLL_TEST(templates_read_the_order)
{
    Question *one = asked("one");
    Answer *x = answered(one, "x"), *y = answered(one, "y");
    CvAccessor accessor;
    CvValue value;
    ck_assert(cv_row_type_resolve(&Question_model.type, CV_SLICE("get_answer_order"), &accessor));
    accessor.read(&accessor, one, cv_arena(), &value);
    ck_assert_int_eq(cv_item_of((CvQuerySet *)(uintptr_t)value.object, 1).integer, y->pk);
    ck_assert(cv_row_type_resolve(&Answer_model.type, CV_SLICE("get_next_in_order"), &accessor));
    accessor.read(&accessor, x, cv_arena(), &value);
    ck_assert_int_eq(((const Answer *)value.object)->pk, y->pk);
    accessor.read(&accessor, y, cv_arena(), &value);
    ck_assert_int_eq(value.kind, CV_NULL);
    ck_assert(cv_row_type_resolve(&Answer_model.type, CV_SLICE("get_previous_in_order"), &accessor));
    ck_assert(!cv_row_type_resolve(&Question_model.type, CV_SLICE("get_next_in_order"), &accessor));
    ck_assert(!cv_row_type_resolve(&Question_model.type, CV_SLICE("get_step_order"), &accessor));
    ck_assert(!cv_row_type_resolve(&Question_model.type, CV_SLICE("get_order"), &accessor));
}

/* What a fixture says stays; what says nothing comes last. */
POLL_TEST(fixtures_keep_their_order)
{
    Question *one = asked("one");
    for (int i = 0; i < 3; i++) {
        Answer *row = cv_row_new_unordered(&Answer_model);
        row->question = (Question_ref){.id = one->pk};
        row->text = cv_printf("%c", 'x' + i);
        if (i < 2)
            cv_row_set(row, cv_model_column(&Answer_model, CV_SLICE("_order")), cv_value_int(i ? 0 : 4));
        cv_save_raw(row);
    }
    ck_assert_str_eq(texts(cv_objects(Answer)), "yxz");
    ck_assert_int_eq(cv_get(Answer, "text", "z")->_order, 5);
}

static const char *const said[][2] = {
    {"Question.objects.get(pk=1).get_answer_order()", "\"result\": [1, 2, 3]"},
    {"Question.objects.get(pk=1).set_answer_order([3, 1, 2])", "\"result\": null"},
    {"Question.objects.get(pk=1).set_answer_order(3)", "'int' object is not iterable"},
    {"Question.objects.get(pk=1).set_answer_order(['x'])", "Field 'id' expected a number but got 'x'."},
    {"Answer.objects.get(pk=1).get_next_in_order().text", "\"result\": \"y\""},
    {"Answer.objects.get(pk=1).get_previous_in_order()", "Answer matching query does not exist."},
    {"Answer(text='n')._order", "\"result\": null"},
    {"Answer.objects.create(question_id=1)._order", "\"result\": 3"},
    {"[a._order for a in Answer.objects.bulk_create([Answer(question_id=1), Answer(question_id=1, _order=9)])]",
     "\"result\": [3, 9]"},
    {"Question.objects.get(pk=1).get_step_order()", "'Question' object has no attribute 'get_step_order'"},
    {"Question.objects.get(pk=1).get_next_in_order()", "'Question' object has no attribute 'get_next_in_order'"},
    {"[a.text for a in Answer.objects.filter(_order__gt=0).order_by('-_order')]", "\"result\": [\"z\", \"y\"]"},
    {"Answer.objects.first().text", "\"result\": \"x\""},
};

POLL_TEST(the_shell_has_djangos_names)
{
    Question *one = asked("one");
    for (int i = 0; i < 3; i++)
        (void)answered(one, cv_printf("%c", 'x' + i));
    for (size_t i = 0; i < CV_COUNT_OF(said); i++) {
        const char *answer = shell(said[i][0]);
        ck_assert_msg(strstr(answer, said[i][1]) != NULL, "%s: %s", said[i][0], answer);
    }
}

UNIT_TESTS("orm/order", the_table_is_djangos, new_rows_come_last, sets_are_ordered_by_it, an_order_is_read_and_changed,
           a_row_has_neighbours, many_rows_are_numbered_at_once, there_may_be_many_groups, any_field_may_group,
           children_and_proxies_share_the_order, mistakes_are_told, templates_read_the_order, fixtures_keep_their_order,
           the_shell_has_djangos_names)
