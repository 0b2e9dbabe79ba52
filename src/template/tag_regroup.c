/* tag_regroup.c: {% regroup %}: neighbours with the same key become groups. */
#include "template/tags_private.h"

typedef struct Regroup {
    const CvExpression *target, *key;
    CvSlice name;
} Regroup;

/* A group: Django's named tuple (grouper, list). */
typedef struct Group {
    CvObject object;
    CvValue grouper;
    CvList *list;
} Group;

static void read_grouper(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = ((const Group *)object)->grouper;
}

static void read_list(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_list(((const Group *)object)->list);
}

static bool resolve_group(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    if (cv_slice_is(name, "grouper"))
        *out = (CvAccessor){.read = read_grouper};
    else if (cv_slice_is(name, "list"))
        *out = (CvAccessor){.read = read_list};
    else
        return false;
    return true;
}

static bool group_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    (void)arena;
    const Group *group = object;
    if (index == 0)
        *out = group->grouper;
    else if (index == 1)
        *out = cv_value_list(group->list);
    return index == 0 || index == 1;
}

static bool group_length(const void *object, size_t *out)
{
    (void)object;
    *out = 2;
    return true;
}

static CvSlice group_str(const void *object, CvArena *arena)
{
    const Group *group = object;
    CvBuffer text = cv_buffer(arena);
    cv_buffer_append_string(&text, "GroupedResult(grouper=");
    cv_value_append_repr(&text, group->grouper);
    cv_buffer_append_string(&text, ", list=");
    cv_value_append_repr(&text, cv_value_list(group->list));
    cv_buffer_append_byte(&text, ')');
    return cv_buffer_slice(&text);
}

static const CvType group_type = {.magic = CV_TYPE_MAGIC,
                                  .name = "GroupedResult",
                                  .resolve = resolve_group,
                                  .item = group_item,
                                  .length = group_length,
                                  .str = group_str,
                                  .repr = group_str};

static const CvCode *run_regroup(CvRender *render, const CvCode *code)
{
    const Regroup *data = code->data;
    CvArena *arena = render->arena;
    CvList *groups = cv_list_create(arena);
    CvValue target = cv_expression_value(render, data->target, true), item;
    render->stores++;
    if (target.kind != CV_NULL) {
        CvWalk walk;
        if (!cv_walk_begin_keeping(&walk, arena, target))
            cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(target));
        Group *group = NULL;
        while (cv_walk_next(&walk, &item)) {
            cv_context_set_slice(render->context, data->name, item);
            CvValue key = cv_expression_value(render, data->key, true);
            if (!group || !cv_value_equal(group->grouper, key)) {
                group = cv_arena_new(arena, Group);
                *group = (Group){.object.type = &group_type, .grouper = key, .list = cv_list_create(arena)};
                cv_list_add(arena, groups, (CvValue){.kind = CV_OBJECT, .object = group});
            }
            cv_list_add(arena, group->list, item);
        }
    }
    cv_context_set_slice(render->context, data->name, cv_value_list(groups));
    return code + 1;
}

static void compile_regroup(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_words(parser, &words) != 6)
        cv_parser_fail(parser, "'regroup' tag takes five arguments");
    Regroup *data = cv_arena_new(parser->arena, Regroup);
    data->target = cv_parser_expression(parser, words[1]);
    if (!cv_slice_is(words[2], "by"))
        cv_parser_fail(parser, "second argument to 'regroup' tag must be 'by'");
    if (!cv_slice_is(words[4], "as"))
        cv_parser_fail(parser, "next-to-last argument to 'regroup' tag must be 'as'");
    data->name = words[5];
    cv_parser_bind(parser, data->name);
    const char *key = cv_arena_printf(parser->arena, "%.*s.%.*s", CV_SLICE_ARG(data->name), CV_SLICE_ARG(words[3]));
    data->key = cv_parser_expression(parser, cv_slice(key));
    cv_parser_emit(parser, run_regroup, data, 0);
}

static const CvTag tags[] = {
    CV_TAG(
        "regroup", compile_regroup,
        .doc = "Groups neighbours of a list that have the same key: {% regroup people by city as cities %}; each group "
               "has grouper and list.",
        .examples = CV_EXAMPLES(
            {"{% regroup people by city as cities %}{% for c in cities %}{{ c.grouper }}: {% for p in c.list %}{{ "
             "p.name }} {% endfor %}{% endfor %}",
             "Rome: Bob Oslo: Ada ",
             .context =
                 "{\"people\": [{\"name\": \"Bob\", \"city\": \"Rome\"}, {\"name\": \"Ada\", \"city\": \"Oslo\"}]}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_regroup = {.name = "", .tags = tags};
