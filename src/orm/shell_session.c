/* shell_session.c: lines one after the other: names for values, assignments to members, what a line cost. */
#include "base/map.h"
#include "base/time.h"
#include "base/vector.h"
#include "db/db.h"
#include "orm/shell_private.h"
#include "orm/shell_table.h"

struct CvShellSession {
    CvArena *arena; /* what has a name lives here, and what it loads later */
    CvMap *names;   /* name: CvValue * */
};

CvShellSession *cv_shell_session_create(void)
{
    CvArena *arena = cv_arena_create(0);
    CvShellSession *session = cv_arena_new(arena, CvShellSession);
    session->arena = arena;
    session->names = cv_map_create(arena);
    return session;
}

void cv_shell_session_destroy(CvShellSession *session)
{
    if (session)
        cv_arena_destroy(session->arena);
}

/* ---- names ---- */

static CvSlice text_str(const void *object, CvArena *arena)
{
    (void)arena;
    return ((const CvShellText *)object)->text;
}
const CvType cv_shell_text_type = {.magic = CV_TYPE_MAGIC, .name = "text", .str = text_str, .repr = text_str};

/* sql(books): what the set would send; of other values: what this line has sent so far. */
static CvValue show_sql(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(call->given[0]);
    CvBuffer out = cv_buffer(cv_arena());
    (void)self;
    if (set)
        cv_buffer_append_string(&out, cv_sql_of(set));
    for (const CvSqlEntry *entry = set ? NULL : cv_sql_log(); entry; entry = entry->next)
        cv_buffer_printf(&out, "%s%s", out.length ? "\n" : "", entry->sql);
    if (!out.length)
        cv_buffer_append_string(&out, "(no statement)");
    CvShellText *text = cv_new(CvShellText);
    *text = (CvShellText){&cv_shell_text_type, cv_table_text(cv_arena(), cv_buffer_slice(&out))};
    return cv_value_object(text);
}

static const CvShellMethod session_functions[] = {{"help", "thing?", cv_shell_help}, {"sql", "query", show_sql}, {0}};

bool cv_shell_session_lookup(const CvShellSession *session, CvSlice name, CvValue *out)
{
    const CvValue *value = cv_map_get(session->names, name);
    const CvShellMethod *function = value ? NULL : cv_shell_find_method(session_functions, name);
    if (value)
        *out = *value;
    else if (function)
        *out = cv_shell_method_value(function, NULL, cv_value_null());
    return value || function;
}

const char *const *cv_shell_session_names(CvArena *arena, const CvShellSession *session)
{
    CV_VECTOR(const char *) names = {0};
    for (const char *const *name = cv_shell_names(arena); *name; name++)
        cv_vector_push(arena, &names, *name);
    if (session) {
        for (const CvMapEntry *entry = NULL; (entry = cv_map_next(session->names, entry));)
            cv_vector_push(arena, &names, cv_slice_string(arena, entry->key));
        for (const CvShellMethod *function = session_functions; function->name; function++)
            cv_vector_push(arena, &names, function->name);
    }
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

static void give_name(CvShellSession *session, CvSlice name, CvValue value)
{
    CvValue *kept = cv_arena_new(session->arena, CvValue);
    *kept = value;
    cv_map_set(session->names, cv_slice_of(cv_slice_string(session->arena, name), name.length), kept);
}

/* ---- one line ---- */

typedef struct Line {
    CvShellSession *session;
    CvSlice text;
    size_t assigned; /* the byte behind the "=" that gives names; 0: an expression */
    bool named;      /* gives or uses names of the session */
    const CvShellLook *look;
    CvBuffer *out;
    CvShellEvaluation evaluation;
} Line;

static bool opens(const CvToken *token)
{
    return token->text.length == 1 && memchr("([{", token->text.data[0], 3) != NULL;
}

static bool closes(const CvToken *token)
{
    return token->text.length == 1 && memchr(")]}", token->text.data[0], 3) != NULL;
}

/* Looks the line over: is there a "=" outside of brackets, and are there names of the session? */
static void look_over(Line *line)
{
    CvError error;
    CvSyntaxLexer lexer = cv_syntax_lexer(cv_arena(), line->text, &error);
    for (;;) {
        CvToken token = cv_syntax_next(&lexer);
        if (token.kind == CV_TOKEN_END || token.kind == CV_TOKEN_ERROR)
            return;
        if (token.kind == CV_TOKEN_NAME && cv_map_get(line->session->names, token.text))
            line->named = true;
        if (token.kind != CV_TOKEN_OPERATOR)
            continue;
        lexer.brackets += opens(&token) ? 1 : closes(&token) && lexer.brackets ? -1 : 0;
        if (lexer.brackets == 0 && !line->assigned && cv_slice_is(token.text, "=")) {
            line->assigned = token.end;
            line->named = true;
        }
    }
}

static CvSyntax *parse(CvSlice text, size_t start)
{
    CvSyntax *tree;
    CvError error;
    if (!cv_syntax_parse_from(cv_arena(), text, start, &tree, &error))
        cv_raise_error(&error);
    return tree;
}

static CV_NORETURN void cannot_assign(const Line *line, const CvSyntax *target)
{
    CvError error;
    (void)cv_syntax_fail(cv_arena(), line->text, &error, target->offset,
                         "Write name = ..., a, b = ..., or row.member = ...", "cannot assign to this");
    cv_raise_error(&error);
}

static void check_target(const Line *line, const CvSyntax *target)
{
    if (target->kind != CV_SYNTAX_NAME && target->kind != CV_SYNTAX_ATTRIBUTE)
        cannot_assign(line, target);
}

static void assign_one(Line *line, const CvSyntax *target, CvValue value)
{
    if (target->kind == CV_SYNTAX_NAME) {
        give_name(line->session, target->name, value);
        return;
    }
    CvValue owner = cv_shell_evaluate_tree(target->left, &line->evaluation);
    const char *name = cv_slice_string(cv_arena(), target->name);
    line->evaluation.at = target;
    if (!cv_shell_is_row(owner) || !cv_shell_assign((void *)(uintptr_t)owner.object, name, value))
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no member '%s' to assign to", cv_shell_type_name(owner), name);
}

static void assign(Line *line)
{
    CvSlice left = cv_slice_range(line->text, 0, line->assigned - 1);
    const CvSyntax *target = parse(left, 0), *tree = parse(line->text, line->assigned);
    bool several = target->kind == CV_SYNTAX_TUPLE || target->kind == CV_SYNTAX_LIST;
    for (size_t i = 0; several && i < target->count; i++)
        check_target(line, target->items[i]);
    if (!several)
        check_target(line, target);
    CvValue value = cv_shell_evaluate_tree(tree, &line->evaluation);
    if (!several) {
        assign_one(line, target, value);
        return;
    }
    const CvList *parts = cv_shell_items(value);
    if (parts->count != target->count)
        cv_raise(CV_ERROR_VALUE, "%s values to unpack (expected %zu, got %zu)",
                 parts->count < target->count ? "not enough" : "too many", target->count, parts->count);
    for (size_t i = 0; i < target->count; i++)
        assign_one(line, target->items[i], parts->items[i]);
}

static void run(void *argument)
{
    Line *line = argument;
    look_over(line);
    CV_IN_ARENA (line->named ? line->session->arena : cv_arena()) {
        line->text = cv_slice_of(cv_slice_string(cv_arena(), line->text), line->text.length);
        if (line->assigned) {
            assign(line);
        } else {
            CvValue value = cv_shell_evaluate_tree(parse(line->text, 0), &line->evaluation);
            line->evaluation.at = NULL;
            cv_shell_show(line->out, value, line->look);
        }
    }
}

static void write_costs(CvBuffer *out, uint64_t statements, uint64_t microseconds, const CvShellLook *look)
{
    CvBuffer text = cv_buffer(cv_arena());
    cv_buffer_printf(&text, "%llu quer%s, ", (unsigned long long)statements, statements == 1 ? "y" : "ies");
    if (microseconds < 1000000)
        cv_buffer_printf(&text, "%.1f ms", (double)microseconds / 1000);
    else
        cv_buffer_printf(&text, "%.2f s", (double)microseconds / 1000000);
    cv_buffer_printf(out, "%s%s%s%s", out->length ? "\n" : "", look->colours ? "\x1b[2m" : "", cv_buffer_string(&text),
                     look->colours ? "\x1b[0m" : "");
}

bool cv_shell_line(CvShellSession *session, CvSlice text, const CvShellLook *look, CvBuffer *out)
{
    Line line = {.session = session, .text = text, .look = look, .out = out, .evaluation.session = session};
    uint64_t before = cv_sql_count();
    uint64_t started = cv_monotonic_ns();
    size_t length = out->length;
    CvError *error;
    cv_sql_log_start(cv_arena());
    bool good = cv_try(run, &line, &error);
    if (!good) {
        out->length = length;
        cv_shell_explain(out, text, error, line.evaluation.at, look);
    }
    cv_sql_log_start(NULL);
    uint64_t statements = cv_sql_count() - before;
    if (look->costs && (statements || (good && out->length > length)))
        write_costs(out, statements, (cv_monotonic_ns() - started) / 1000, look);
    return good;
}

bool cv_shell_is_open(CvSlice text)
{
    CvError error = {0};
    CvScratch scratch = cv_scratch_begin(NULL);
    CvSyntaxLexer lexer = cv_syntax_lexer(scratch.arena, text, &error);
    CvToken token;
    do {
        token = cv_syntax_next(&lexer);
        if (token.kind == CV_TOKEN_OPERATOR)
            lexer.brackets += opens(&token) ? 1 : closes(&token) && lexer.brackets ? -1 : 0;
    } while (token.kind != CV_TOKEN_END && token.kind != CV_TOKEN_ERROR);
    bool open = lexer.brackets > 0;
    if (token.kind == CV_TOKEN_ERROR) {
        CvSlice rest = cv_slice_skip(text, token.offset);
        while (rest.length && memchr("rRbBuU", rest.data[0], 6))
            rest = cv_slice_skip(rest, 1);
        open = cv_slice_starts_with(rest, CV_SLICE("\"\"\"")) || cv_slice_starts_with(rest, CV_SLICE("'''"));
    }
    cv_scratch_end(scratch);
    return open;
}
