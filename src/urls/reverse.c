/* reverse.c: from a name and arguments to a path. */
#include "urls/reverse.h"

#include "base/self.h"
#include "text/url.h"
#include "urls/resolver_private.h"

enum { MOST_NAMESPACES = 16 };

typedef struct Reversal {
    const CvReverse *what;
    CvArena *arena;
    CvError *error;
    CvSlice prefix; /* begins and ends with "/" */
    CvSlice query;  /* without "?" */
} Reversal;

/* Parts of "a:b:c", last one first taken by the caller; at most MOST_NAMESPACES. */
static size_t split_names(const char *text, CvSlice parts[MOST_NAMESPACES])
{
    CvSlice rest = cv_slice(text);
    size_t count = 0;
    while (count < MOST_NAMESPACES && cv_slice_split(&rest, ':', &parts[count]))
        count++;
    return count;
}

static bool has_name(const CvNames *names, CvSlice name)
{
    for (size_t i = 0; i < names->count; i++)
        if (cv_slice_is(name, names->items[i]))
            return true;
    return false;
}

static bool fail_namespace(CvArena *arena, CvError *error, const CvScope *scope, CvSlice missing,
                           const CvBuffer *resolved)
{
    CvSlice quoted = cv_value_repr(arena, cv_value_slice(missing));
    const char *inside =
        resolved->length ? cv_arena_printf(arena, " inside '%.*s'", CV_SLICE_ARG(cv_buffer_slice(resolved))) : "";
    cv_fail(arena, error, CV_ERROR_NO_REVERSE_MATCH, "%.*s is not a registered namespace%s", CV_SLICE_ARG(quoted),
            inside);
    const char **known = cv_arena_new_array(arena, const char *, cv_map_count(scope->namespaces) + 1);
    size_t count = 0;
    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(scope->namespaces, entry));)
        known[count++] = cv_slice_string(arena, entry->key);
    const char *nearest = cv_nearest(missing, known);
    if (nearest)
        error->hint = cv_arena_printf(arena, "Did you mean '%s'?", nearest);
    return false;
}

/* Walks the namespaces of a name; the scope in which its last part is looked up, or NULL. */
static const CvScope *find_scope(CvArena *arena, const CvResolver *resolver, const char *name, const char *current_app,
                                 CvSlice *view, CvError *error)
{
    CvSlice parts[MOST_NAMESPACES], current[MOST_NAMESPACES];
    size_t count = split_names(name, parts), current_count = current_app ? split_names(current_app, current) : 0;
    const CvScope *scope = resolver->scope;
    CvBuffer resolved = cv_buffer(arena);
    for (size_t i = 0; i + 1 < count; i++) {
        CvSlice wanted = parts[i], asked = i < current_count ? current[i] : (CvSlice){0};
        const CvNames *instances = cv_map_get(scope->apps, wanted);
        if (instances && asked.length && has_name(instances, asked))
            wanted = asked;
        else if (instances && !has_name(instances, wanted))
            wanted = cv_slice(instances->items[0]);
        if (!cv_slice_equal(wanted, asked))
            current_count = 0;
        const CvScope *inner = cv_map_get(scope->namespaces, wanted);
        if (!inner) {
            fail_namespace(arena, error, scope, wanted, &resolved);
            return NULL;
        }
        if (resolved.length)
            cv_buffer_append_byte(&resolved, ':');
        cv_buffer_append_slice(&resolved, wanted);
        scope = inner;
    }
    *view = count ? parts[count - 1] : CV_SLICE("");
    return scope;
}

static bool names_include(const CvPossibility *possibility, const char *name)
{
    for (size_t i = 0; i < possibility->name_count; i++)
        if (strcmp(possibility->names[i], name) == 0)
            return true;
    return false;
}

static ptrdiff_t key_index(const char *const *keys, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i], name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static bool is_default(const CvReverseEntry *entry, const char *name)
{
    for (size_t i = 0; i < entry->default_count; i++)
        if (strcmp(entry->defaults[i].name, name) == 0)
            return true;
    return false;
}

/* Whether these names, and no others but defaults, are the parameters. */
static bool keys_fit(const CvReverseEntry *entry, const CvPossibility *possibility, const char *const *keys,
                     size_t count)
{
    for (size_t i = 0; i < possibility->name_count; i++)
        if (key_index(keys, count, possibility->names[i]) < 0 && !is_default(entry, possibility->names[i]))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!names_include(possibility, keys[i]) && !is_default(entry, keys[i]))
            return false;
    return true;
}

static bool defaults_agree(const CvReverseEntry *entry, const CvPossibility *possibility, const CvReverse *what)
{
    for (size_t i = 0; i < entry->default_count; i++) {
        if (names_include(possibility, entry->defaults[i].name))
            continue;
        ptrdiff_t at = key_index(what->keys, what->kwarg_count, entry->defaults[i].name);
        if (at >= 0 && !cv_value_equal(what->values[at], entry->defaults[i].value))
            return false;
    }
    return true;
}

static const CvConverter *converter_of(const CvUrlNode *node, const char *name)
{
    for (; node; node = node->parent)
        for (size_t i = 0; i < node->route.capture_count; i++)
            if (node->route.captures[i].name && strcmp(node->route.captures[i].name, name) == 0)
                return node->route.captures[i].converter;
    return NULL;
}

/* The text of the parameter `name`; false if there is none or its converter refuses it. */
static bool text_of(const Reversal *reversal, const CvReverseEntry *entry, const CvPossibility *possibility,
                    const char *name, CvSlice *out)
{
    const CvReverse *what = reversal->what;
    ptrdiff_t at = what->arg_count ? key_index(possibility->names, possibility->name_count, name)
                                   : key_index(what->keys, what->kwarg_count, name);
    if (at < 0)
        return false;
    CvValue value = what->arg_count ? what->args[at] : what->values[at];
    const CvConverter *converter = converter_of(entry->node, name);
    if (converter && converter->text)
        return converter->text(reversal->arena, value, out);
    *out = cv_value_str(reversal->arena, value);
    return true;
}

static bool build_candidate(const Reversal *reversal, const CvReverseEntry *entry, const CvPossibility *possibility,
                            CvBuffer *out)
{
    for (size_t i = 0; i < possibility->part_count; i++) {
        const CvReversePart *part = &possibility->parts[i];
        CvSlice text;
        cv_buffer_append_slice(out, part->text);
        if (!part->name)
            continue;
        if (!text_of(reversal, entry, possibility, part->name, &text))
            return false;
        cv_buffer_append_slice(out, text);
    }
    return true;
}

static bool fits_route(const CvReverseEntry *entry, CvSlice candidate)
{
    CvSlice found[CV_ROUTE_MAX_CAPTURES];
    size_t end;
    if (entry->route.regex)
        return cv_regex_match(entry->route.regex, candidate, CV_REGEX_SEARCH, NULL, 0);
    return cv_route_match(&entry->route, candidate, &end, found);
}

/* reverse() writes None as a word, where Django's urlencode() refuses it. */
static CvValue with_none_as_text(CvArena *arena, CvValue value, int depth)
{
    if (value.kind == CV_NULL)
        return cv_value_string("None");
    if (depth == 2) /* name, value, item of the value */
        return value;
    if (value.kind == CV_DICT) {
        CvDict *dict = cv_dict_create(arena);
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(value.dict, entry));)
            cv_dict_set(dict, entry->key, with_none_as_text(arena, entry->value, 1));
        return cv_value_dict(dict);
    }
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        return value;
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < value.list->count; i++)
        cv_list_add(arena, list, with_none_as_text(arena, value.list->items[i], depth + 1));
    return cv_value_list(list);
}

/* The query as text; false, with the error, for one that cannot be written. */
static bool encode_query(Reversal *reversal)
{
    CvValue query = reversal->what->query;
    CvBuffer text = cv_buffer(reversal->arena);
    if (query.kind == CV_STRING)
        cv_buffer_append_slice(&text, cv_value_as_slice(query));
    else if (query.kind != CV_NULL &&
             !cv_url_encode(reversal->arena, &text, with_none_as_text(reversal->arena, query, 0), true,
                            reversal->error))
        return false;
    reversal->query = cv_buffer_slice(&text);
    return true;
}

static const char *finish_url(const Reversal *reversal, CvSlice candidate)
{
    static const char safe[] = "!$&'()*+,;=/~:@";
    CvBuffer path = cv_buffer(reversal->arena), out = cv_buffer(reversal->arena);
    cv_buffer_append_slice(&path, reversal->prefix);
    cv_buffer_append_slice(&path, candidate);
    CvSlice whole = cv_buffer_slice(&path);
    if (cv_slice_starts_with(whole, CV_SLICE("//"))) { /* a browser would read a host */
        cv_buffer_append_string(&out, "/%2F");
        whole = cv_slice_skip(whole, 2);
    }
    cv_url_quote(&out, whole, safe);
    if (reversal->query.length) {
        cv_buffer_append_byte(&out, '?');
        cv_buffer_append_slice(&out, reversal->query);
    }
    if (reversal->what->fragment)
        cv_buffer_printf(&out, "#%s", reversal->what->fragment);
    return cv_buffer_string(&out);
}

/* The URL of the first possibility that fits, or NULL. */
static const char *try_entry(const Reversal *reversal, const CvReverseEntry *entry)
{
    const CvReverse *what = reversal->what;
    for (size_t i = 0; i < entry->possibility_count; i++) {
        const CvPossibility *possibility = &entry->possibilities[i];
        if (what->arg_count ? what->arg_count != possibility->name_count
                            : !keys_fit(entry, possibility, what->keys, what->kwarg_count) ||
                                  !defaults_agree(entry, possibility, what))
            continue;
        CvBuffer candidate = cv_buffer(reversal->arena);
        if (build_candidate(reversal, entry, possibility, &candidate) && fits_route(entry, cv_buffer_slice(&candidate)))
            return finish_url(reversal, cv_buffer_slice(&candidate));
    }
    return NULL;
}

static CvSlice describe_arguments(CvArena *arena, const CvReverse *what)
{
    if (what->arg_count) {
        CvList list = {.items = (CvValue *)(uintptr_t)what->args, .count = what->arg_count};
        CvSlice text = cv_value_repr(arena, (CvValue){.kind = CV_TUPLE, .list = &list});
        return cv_slice(cv_arena_printf(arena, "arguments '%.*s'", CV_SLICE_ARG(text)));
    }
    if (!what->kwarg_count)
        return CV_SLICE("no arguments");
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < what->kwarg_count; i++)
        cv_dict_set_name(dict, what->keys[i], what->values[i]);
    CvSlice text = cv_value_repr(arena, cv_value_dict(dict));
    return cv_slice(cv_arena_printf(arena, "keyword arguments '%.*s'", CV_SLICE_ARG(text)));
}

static bool fail_no_match(CvArena *arena, CvError *error, CvSlice name, const CvReverse *what,
                          const CvReverseEntries *entries)
{
    CvSlice arguments = describe_arguments(arena, what);
    CvList *patterns = cv_list_create(arena);
    for (size_t i = 0; i < entries->count; i++)
        cv_list_add(arena, patterns, cv_value_slice(entries->items[i]->pattern));
    CvSlice tried = cv_value_repr(arena, cv_value_list(patterns));
    return cv_fail(arena, error, CV_ERROR_NO_REVERSE_MATCH,
                   "Reverse for '%.*s' with %.*s not found. %zu pattern(s) tried: %.*s", CV_SLICE_ARG(name),
                   CV_SLICE_ARG(arguments), entries->count, CV_SLICE_ARG(tried));
}

static bool fail_no_name(CvArena *arena, CvError *error, const CvScope *scope, CvSlice name)
{
    cv_fail(arena, error, CV_ERROR_NO_REVERSE_MATCH,
            "Reverse for '%.*s' not found. '%.*s' is not a valid view function or pattern name.", CV_SLICE_ARG(name),
            CV_SLICE_ARG(name));
    const char **known = cv_arena_new_array(arena, const char *, cv_map_count(scope->entries) + 1);
    size_t count = 0;
    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(scope->entries, entry));)
        known[count++] = cv_slice_string(arena, entry->key);
    const char *nearest = cv_nearest(name, known);
    if (nearest)
        error->hint = cv_arena_printf(arena, "Did you mean '%s'?", nearest);
    return false;
}

static const CvReverseEntries *find_entries(const CvResolver *resolver, CvArena *arena, const CvReverse *what,
                                            CvSlice *view, CvError *error)
{
    if (resolver->reverse_error) {
        cv_fail(arena, error, CV_ERROR_VALUE, "%s", resolver->reverse_error);
        return NULL;
    }
    const CvScope *scope = find_scope(arena, resolver, what->name, what->current_app, view, error);
    if (!scope)
        return NULL;
    if (what->arg_count && what->kwarg_count) {
        cv_fail(arena, error, CV_ERROR_VALUE, "Don't mix *args and **kwargs in call to reverse()!");
        return NULL;
    }
    const CvReverseEntries *entries = cv_map_get(scope->entries, *view);
    if (!entries)
        fail_no_name(arena, error, scope, *view);
    return entries;
}

bool cv_reverse_path(const CvResolver *resolver, CvArena *arena, const CvReverse *what, const char **url,
                     CvError *error)
{
    CvSlice view;
    const CvReverseEntries *entries = find_entries(resolver, arena, what, &view, error);
    if (!entries)
        return false;
    const char *prefix = what->script_prefix && *what->script_prefix ? what->script_prefix : "/";
    if (prefix[strlen(prefix) - 1] != '/')
        prefix = cv_arena_printf(arena, "%s/", prefix);
    Reversal reversal = {.what = what, .arena = arena, .error = error, .prefix = cv_slice(prefix)};
    if (!encode_query(&reversal))
        return false;
    for (size_t i = 0; i < entries->count; i++)
        if ((*url = try_entry(&reversal, entries->items[i])))
            return true;
    return fail_no_match(arena, error, view, what, entries);
}

bool cv_reverse_check(const CvResolver *resolver, CvArena *arena, const char *name, size_t count,
                      const char *const *keys, CvError *error)
{
    CvSlice view;
    const CvReverseEntries *entries = find_entries(resolver, arena, &(CvReverse){.name = name}, &view, error);
    if (!entries)
        return false;
    CvBuffer wanted = cv_buffer(arena);
    for (size_t i = 0; i < entries->count; i++) {
        for (size_t k = 0; k < entries->items[i]->possibility_count; k++) {
            const CvPossibility *possibility = &entries->items[i]->possibilities[k];
            if (keys ? keys_fit(entries->items[i], possibility, keys, count) : possibility->name_count == count)
                return true;
            cv_buffer_append_string(&wanted, wanted.length ? " or (" : "(");
            for (size_t n = 0; n < possibility->name_count; n++)
                cv_buffer_printf(&wanted, "%s%s", n ? ", " : "", possibility->names[n]);
            cv_buffer_append_byte(&wanted, ')');
        }
    }
    cv_fail(arena, error, CV_ERROR_NO_REVERSE_MATCH, "URL '%s' does not take these arguments.", name);
    error->hint = cv_arena_printf(arena, "It takes %s.", cv_buffer_string(&wanted));
    return false;
}
