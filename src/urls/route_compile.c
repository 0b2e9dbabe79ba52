/* route_compile.c: a route as steps over bytes where it is no more than that, as a regular expression where it is. */
#include "base/buffer.h"
#include "base/vector.h"
#include "urls/route.h"

enum { MOST_CONVERTER_ATOMS = 32 };

static void set_add(CvByteSet *set, unsigned char from, unsigned char to)
{
    for (unsigned b = from; b <= to; b++)
        set->bits[b >> 6] |= UINT64_C(1) << (b & 63);
}

static bool is_plain(char c)
{
    return (unsigned char)c < 128 && !strchr("\\.^$*+?{}[]|()", c);
}

/* "[...]" with ASCII characters, ranges, perhaps negated. */
static bool read_set(CvSlice regex, size_t *at, CvByteSet *set)
{
    size_t i = *at + 1;
    bool negated = i < regex.length && regex.data[i] == '^';
    i += negated;
    size_t first = i;
    for (; i < regex.length && regex.data[i] != ']'; i++) {
        unsigned char c = (unsigned char)regex.data[i];
        if (c >= 128 || c == '\\' || c == '[')
            return false;
        unsigned char to = c;
        if (i + 2 < regex.length && regex.data[i + 1] == '-' && regex.data[i + 2] != ']') {
            to = (unsigned char)regex.data[i + 2];
            i += 2;
            if (to >= 128 || to == '\\' || to == '[' || to < c)
                return false;
        }
        set_add(set, c, to);
    }
    if (i >= regex.length || i == first)
        return false;
    if (negated)
        for (int k = 0; k < 4; k++)
            set->bits[k] = ~set->bits[k];
    *at = i + 1;
    return true;
}

/* "+", "{n}" or nothing behind a set; false for any other quantifier. */
static bool read_count(CvSlice regex, size_t *at, CvAtom *atom)
{
    char c = *at < regex.length ? regex.data[*at] : '\0';
    atom->kind = CV_ATOM_FIXED;
    atom->count = 1;
    if (c == '+') {
        atom->kind = CV_ATOM_MANY;
        ++*at;
    } else if (c == '{') {
        CvSlice rest = cv_slice_skip(regex, *at + 1);
        ptrdiff_t end = cv_slice_find_byte(rest, '}');
        uint64_t count;
        if (end < 0 || !cv_slice_to_uint64(cv_slice_range(rest, 0, (size_t)end), &count) || count < 1 || count > 1000)
            return false;
        atom->count = (size_t)count;
        *at += (size_t)end + 2;
    }
    c = *at < regex.length ? regex.data[*at] : '\0';
    bool many_bytes = atom->set.bits[2] || atom->set.bits[3];
    return c != '*' && c != '?' && c != '+' && c != '{' && !(atom->kind == CV_ATOM_FIXED && many_bytes);
}

bool cv_route_simple_atoms(CvArena *arena, CvSlice regex, CvAtom *out, size_t most, size_t *count)
{
    size_t made = 0;
    (void)arena;
    for (size_t at = 0; at < regex.length; made++) {
        if (made == most)
            return false;
        CvAtom *atom = &out[made];
        *atom = (CvAtom){.opens = -1, .closes = -1};
        char c = regex.data[at];
        if (c == '[') {
            if (!read_set(regex, &at, &atom->set))
                return false;
        } else if (c == '.') {
            set_add(&atom->set, 0, 255);
            atom->set.bits[0] &= ~(UINT64_C(1) << '\n');
            at++;
        } else if (is_plain(c)) {
            set_add(&atom->set, (unsigned char)c, (unsigned char)c);
            at++;
        } else {
            return false;
        }
        if (!read_count(regex, &at, atom))
            return false;
    }
    *count = made;
    return made > 0;
}

/* Whether a step can begin with a byte of the set. */
static bool may_begin_in(const CvAtom *next, const CvByteSet *set)
{
    if (next->kind == CV_ATOM_LITERAL)
        return cv_byte_set_has(set, next->literal.data[0]);
    for (int i = 0; i < 4; i++)
        if (next->set.bits[i] & set->bits[i])
            return true;
    return false;
}

void cv_route_judge(CvRoute *route)
{
    route->direct = true;
    for (size_t i = 0; i + 1 < route->atom_count; i++)
        if (route->atoms[i].kind == CV_ATOM_MANY && may_begin_in(&route->atoms[i + 1], &route->atoms[i].set))
            route->direct = false;
    route->exact = route->endpoint && route->capture_count == 0;
}

/* The literal beginning of a regular expression "^abc...", empty where it could also begin otherwise. */
static CvSlice regex_prefix(CvSlice regex)
{
    if (regex.length == 0 || regex.data[0] != '^' || cv_slice_find_byte(regex, '|') >= 0)
        return (CvSlice){0};
    size_t end = 1;
    while (end < regex.length && is_plain(regex.data[end]))
        end++;
    if (end < regex.length && strchr("*?{", regex.data[end]) && end > 1)
        end--;
    return cv_slice_range(regex, 1, end);
}

static bool compile_regex(CvArena *arena, CvRoute *route, CvError *error)
{
    CvError inner = {0};
    route->regex_text = route->text;
    if (!cv_regex_compile(arena, route->text, 0, &route->regex, &inner)) {
        CvSlice quoted = cv_value_repr(arena, cv_value_slice(route->text));
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "%.*s is not a valid regular expression: %s",
                       CV_SLICE_ARG(quoted), inner.message);
    }
    route->prefix = regex_prefix(route->text);
    route->full_match = route->endpoint && cv_slice_ends_with(route->text, CV_SLICE("$"));
    size_t groups = cv_regex_group_count(route->regex);
    for (size_t i = 1; i <= groups; i++)
        route->named = route->named || cv_regex_group_name(route->regex, i);
    route->captures = cv_arena_new_array(arena, CvCapture, groups + 1);
    for (size_t i = 1; i <= groups; i++) {
        const char *name = cv_regex_group_name(route->regex, i);
        if (route->named && !name)
            continue;
        route->captures[route->capture_count++] = (CvCapture){.name = name, .group = i};
    }
    if (route->capture_count > CV_ROUTE_MAX_CAPTURES)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "The regular expression captures more than %d groups.",
                       CV_ROUTE_MAX_CAPTURES);
    return true;
}

typedef CV_VECTOR(CvAtom) Atoms;

/* The atoms of one parameter; false if its regular expression is more than they can say. */
static bool add_parameter(CvArena *arena, Atoms *atoms, const CvConverter *converter, int capture)
{
    CvAtom made[MOST_CONVERTER_ATOMS];
    size_t count;
    if (!cv_route_simple_atoms(arena, cv_slice(converter->regex), made, MOST_CONVERTER_ATOMS, &count))
        return false;
    made[0].opens = capture;
    made[count - 1].closes = capture;
    for (size_t i = 0; i < count; i++)
        cv_vector_push(arena, atoms, made[i]);
    return true;
}

static bool compile_path(CvArena *arena, CvRoute *route, CvError *error)
{
    Atoms atoms = {0};
    bool more = true, simple = true;
    if (!cv_route_regex(arena, route->text, route->endpoint, &route->regex_text, error))
        return false;
    route->captures = cv_arena_new_array(arena, CvCapture, CV_ROUTE_MAX_CAPTURES);
    for (CvSlice rest = route->text; more;) {
        CvRoutePiece piece;
        if (!cv_route_next_piece(arena, route->text, &rest, &piece, &more, error))
            return false;
        if (piece.literal.length)
            cv_vector_push(arena, &atoms,
                           ((CvAtom){.kind = CV_ATOM_LITERAL, .opens = -1, .closes = -1, .literal = piece.literal}));
        if (route->capture_count == 0)
            route->prefix = piece.literal;
        if (!more)
            break;
        size_t capture = route->capture_count++;
        route->captures[capture] = (CvCapture){.name = cv_slice_string(arena, piece.name),
                                               .converter = cv_converter_find(piece.converter),
                                               .group = capture + 1};
        simple = simple && add_parameter(arena, &atoms, route->captures[capture].converter, (int)capture);
    }
    route->named = route->capture_count > 0;
    route->atoms = atoms.items;
    route->atom_count = atoms.count;
    if (simple) {
        cv_route_judge(route);
        return true;
    }
    route->atoms = NULL;
    CvError inner = {0};
    if (!cv_regex_compile(arena, route->regex_text, 0, &route->regex, &inner) ||
        cv_regex_group_count(route->regex) != route->capture_count)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                       "URL route '%.*s': a converter's regular expression is wrong or captures groups: %s",
                       CV_SLICE_ARG(route->text), inner.message ? inner.message : "no groups are allowed in it");
    return true;
}

bool cv_route_compile(CvArena *arena, CvSlice text, bool is_regex, bool endpoint, CvRoute *out, CvError *error)
{
    *out = (CvRoute){.text = text, .is_regex = is_regex, .endpoint = endpoint};
    if (text.length > CV_ROUTE_MAX_LENGTH)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "A URL route is longer than %d bytes.",
                       CV_ROUTE_MAX_LENGTH);
    return is_regex ? compile_regex(arena, out, error) : compile_path(arena, out, error);
}
