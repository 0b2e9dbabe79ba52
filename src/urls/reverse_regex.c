/* reverse_regex.c: the texts that a regular expression can stand for, one of each kind: what repeats once, what is
 * optional without and with it, of a set the first member. The rules are Django's. */
#include "urls/resolver_private.h"

enum { MOST_POSSIBILITIES = 256 };

typedef enum ItemKind { ITEM_TEXT, ITEM_GROUP, ITEM_NESTED, ITEM_OPTIONAL } ItemKind;

typedef struct Item Item;
typedef CV_VECTOR(Item) Items;
struct Item {
    ItemKind kind;
    CvSlice text;      /* of ITEM_TEXT */
    const char *name;  /* of ITEM_GROUP */
    bool reference;    /* of ITEM_GROUP: repeats a parameter */
    const Item *inner; /* of ITEM_NESTED and ITEM_OPTIONAL */
    size_t inner_count;
};

typedef struct Reading {
    CvArena *arena;
    CvSlice regex;
    size_t at;
    const char *message;
} Reading;

/* The next character and whether a backslash made it plain; false at the end. */
static bool next(Reading *reading, char *c, bool *escaped)
{
    while (reading->at < reading->regex.length) {
        *c = reading->regex.data[reading->at++];
        *escaped = *c == '\\';
        if (!*escaped)
            return true;
        if (reading->at == reading->regex.length)
            return false;
        *c = reading->regex.data[reading->at++];
        if (*c && strchr("AbBZ", *c))
            continue;
        const char *from = "dDsSwW", *to = "0x xx!", *place = *c ? strchr(from, *c) : NULL;
        if (place)
            *c = to[place - from];
        return true;
    }
    return false;
}

/* Skips to the parenthesis that closes the group in which `c` is the first character. */
static void skip_group(Reading *reading, char c)
{
    size_t nesting = c == '(';
    bool escaped;
    while (next(reading, &c, &escaped)) {
        if (escaped)
            continue;
        if (c == '(')
            nesting++;
        else if (c == ')' && nesting-- == 0)
            return;
    }
}

static Item text_item(Reading *reading, char c)
{
    return (Item){.kind = ITEM_TEXT, .text = cv_slice_copy(reading->arena, cv_slice_of(&c, 1))};
}

/* (?P<name>...) and (?P=name): `c` is what follows the P. */
static bool named_group(Reading *reading, Items *items, char c)
{
    const char terminal = c == '<' ? '>' : ')';
    bool escaped;
    if (c != '<' && c != '=') {
        reading->message = cv_arena_printf(reading->arena, "Non-reversible reg-exp portion: '(?P%c'", c);
        return false;
    }
    CvBuffer name = cv_buffer(reading->arena);
    while (next(reading, &c, &escaped) && c != terminal)
        cv_buffer_append_byte(&name, c);
    cv_vector_push(reading->arena, items,
                   ((Item){.kind = ITEM_GROUP, .name = cv_buffer_string(&name), .reference = terminal == ')'}));
    if (terminal == '>')
        skip_group(reading, c);
    return true;
}

typedef struct Open {
    size_t *items; /* where each open (?: began */
    size_t count, capacity;
} Open;

/* Behind "(": a group of any kind. */
static bool group(Reading *reading, Items *items, Open *open, int *unnamed)
{
    char c = 0;
    bool escaped = false;
    if (!next(reading, &c, &escaped))
        return true;
    if (c != '?' || escaped) {
        Item item = {.kind = ITEM_GROUP, .name = cv_arena_printf(reading->arena, "_%d", (*unnamed)++)};
        cv_vector_push(reading->arena, items, item);
        skip_group(reading, c);
        return true;
    }
    if (!next(reading, &c, &escaped))
        return true;
    if (c && strchr("!=<", c)) {
        skip_group(reading, c);
    } else if (c == ':') {
        cv_vector_push(reading->arena, open, items->count);
    } else if (c == 'P') {
        return !next(reading, &c, &escaped) || named_group(reading, items, c);
    } else {
        reading->message = cv_arena_printf(reading->arena, "Non-reversible reg-exp portion: '(?%c'", c);
        return false;
    }
    return true;
}

static void close_group(Reading *reading, Items *items, Open *open)
{
    if (open->count == 0)
        return;
    size_t start = open->items[--open->count], count = items->count - start;
    Item *inner = cv_arena_memdup(reading->arena, items->items + start, count * sizeof(Item));
    items->count = start;
    cv_vector_push(reading->arena, items, ((Item){.kind = ITEM_NESTED, .inner = inner, .inner_count = count}));
}

/* The least repetition that the quantifier beginning with `c` allows. What was read too far goes to *over. */
static int64_t quantifier(Reading *reading, char c, bool *has_over, char *over)
{
    bool escaped;
    int64_t least = c == '+';
    if (c == '{') {
        CvBuffer digits = cv_buffer(reading->arena);
        while (next(reading, &c, &escaped) && c != '}' && c != ',')
            cv_buffer_append_byte(&digits, c);
        while (c != '}' && next(reading, &c, &escaped))
            ;
        if (!cv_slice_to_int64(cv_buffer_slice(&digits), &least))
            least = 0;
    }
    *has_over = next(reading, over, &escaped) && *over != '?';
    return least;
}

static bool contains_group(const Item *item)
{
    if (item->kind == ITEM_GROUP)
        return true;
    for (size_t i = 0; i < item->inner_count; i++)
        if (contains_group(&item->inner[i]))
            return true;
    return false;
}

static bool repeat(Reading *reading, Items *items, int64_t least)
{
    if (items->count == 0)
        return true;
    Item last = items->items[items->count - 1];
    if (least == 0) {
        items->count--;
        if (contains_group(&last)) {
            Item *inner = cv_arena_memdup(reading->arena, &last, sizeof last);
            cv_vector_push(reading->arena, items, ((Item){.kind = ITEM_OPTIONAL, .inner = inner, .inner_count = 1}));
        }
    }
    if (least > 1000) {
        reading->message = "Non-reversible reg-exp portion: more than 1000 repetitions";
        return false;
    }
    for (int64_t i = 1; i < least; i++)
        cv_vector_push(reading->arena, items, last);
    return true;
}

typedef enum Outcome { READ, UNREADABLE, NOT_REVERSIBLE } Outcome;

static Outcome read_items(Reading *reading, Items *items)
{
    Open open = {0};
    int unnamed = 0;
    char c = 0;
    bool escaped = false, more = next(reading, &c, &escaped);
    while (more) {
        bool have_next = false;
        if (escaped || !c || !strchr("|^$)[(*?+{", c)) {
            cv_vector_push(reading->arena, items, text_item(reading, c));
        } else if (c == '|') {
            return UNREADABLE;
        } else if (c == '$') {
            break;
        } else if (c == ')') {
            close_group(reading, items, &open);
        } else if (c == '[') {
            if (next(reading, &c, &escaped))
                cv_vector_push(reading->arena, items, text_item(reading, c));
            while (next(reading, &c, &escaped) && (escaped || c != ']'))
                ;
        } else if (c == '(') {
            if (!group(reading, items, &open, &unnamed))
                return NOT_REVERSIBLE;
        } else if (c != '^') {
            int64_t least = quantifier(reading, c, &have_next, &c);
            if (!repeat(reading, items, least))
                return NOT_REVERSIBLE;
            escaped = false;
        }
        more = have_next || next(reading, &c, &escaped);
    }
    return READ;
}

/* ---- all combinations ---- */

typedef struct Draft {
    CV_VECTOR(CvReversePart) parts;
    CV_VECTOR(const char *) names;
} Draft;
typedef CV_VECTOR(Draft) Drafts;

static Draft copy_draft(CvArena *arena, const Draft *draft)
{
    Draft copy = {0};
    for (size_t i = 0; i < draft->parts.count; i++)
        cv_vector_push(arena, &copy.parts, draft->parts.items[i]);
    for (size_t i = 0; i < draft->names.count; i++)
        cv_vector_push(arena, &copy.names, draft->names.items[i]);
    return copy;
}

/* Adds the items to every draft; an optional one doubles them: all without it first, for each. */
static bool flatten(CvArena *arena, const Item *items, size_t count, Drafts *drafts)
{
    for (size_t i = 0; i < count; i++) {
        const Item *item = &items[i];
        if (item->kind == ITEM_NESTED) {
            if (!flatten(arena, item->inner, item->inner_count, drafts))
                return false;
            continue;
        }
        Drafts next = {0};
        for (size_t k = 0; k < drafts->count; k++) {
            Draft draft = drafts->items[k];
            if (item->kind == ITEM_OPTIONAL) {
                Drafts with = {0};
                cv_vector_push(arena, &with, copy_draft(arena, &draft));
                if (!flatten(arena, item->inner, item->inner_count, &with))
                    return false;
                cv_vector_push(arena, &next, draft);
                for (size_t n = 0; n < with.count; n++)
                    cv_vector_push(arena, &next, with.items[n]);
            } else {
                CvReversePart part = {.text = item->text, .name = item->name};
                cv_vector_push(arena, &draft.parts, part);
                if (item->kind == ITEM_GROUP && !item->reference)
                    cv_vector_push(arena, &draft.names, item->name);
                cv_vector_push(arena, &next, draft);
            }
        }
        if (next.count > MOST_POSSIBILITIES)
            return false;
        *drafts = next;
    }
    return true;
}

bool cv_regex_possibilities(CvArena *arena, CvSlice regex, const CvPossibility **out, size_t *count,
                            const char **message)
{
    Reading reading = {.arena = arena, .regex = regex};
    Items items = {0};
    Outcome outcome = read_items(&reading, &items);
    Drafts drafts = {0};
    *message = reading.message;
    if (outcome == NOT_REVERSIBLE)
        return false;
    (void)cv_vector_add(arena, &drafts);
    if (outcome == READ && !flatten(arena, items.items, items.count, &drafts)) {
        *message = "Non-reversible reg-exp portion: too many optional groups";
        return false;
    }
    CvPossibility *made = cv_arena_new_array(arena, CvPossibility, drafts.count);
    for (size_t i = 0; i < drafts.count; i++)
        made[i] = (CvPossibility){.parts = drafts.items[i].parts.items,
                                  .part_count = drafts.items[i].parts.count,
                                  .names = drafts.items[i].names.items,
                                  .name_count = drafts.items[i].names.count};
    *out = made;
    *count = drafts.count;
    return true;
}
