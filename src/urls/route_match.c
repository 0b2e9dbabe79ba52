/* route_match.c: does a path fit a route: one pass where each step is clear, else a table over all steps and places,
 * both linear in the path. */
#include "base/self.h"
#include "urls/route.h"

enum { MOST_CELLS = 4 << 20 };

static bool is_boundary(CvSlice path, size_t at)
{
    return at >= path.length || ((unsigned char)path.data[at] & 0xc0) != 0x80;
}

static bool literal_at(const CvAtom *atom, CvSlice path, size_t at)
{
    return path.length - at >= atom->literal.length &&
           memcmp(path.data + at, atom->literal.data, atom->literal.length) == 0;
}

static bool fixed_at(const CvAtom *atom, CvSlice path, size_t at)
{
    if (path.length - at < atom->count)
        return false;
    for (size_t i = 0; i < atom->count; i++)
        if (!cv_byte_set_has(&atom->set, path.data[at + i]))
            return false;
    return true;
}

static inline void note(const CvAtom *atom, CvSlice path, size_t start, size_t end, CvSlice *found)
{
    if (atom->opens >= 0)
        found[atom->opens] = cv_slice_of(path.data + start, 0);
    if (atom->closes >= 0)
        found[atom->closes].length = (size_t)(path.data + end - found[atom->closes].data);
}

static bool match_direct(const CvRoute *route, CvSlice path, size_t *end, CvSlice *found)
{
    size_t at = 0;
    for (const CvAtom *atom = route->atoms; atom < route->atoms + route->atom_count; atom++) {
        size_t start = at;
        switch (atom->kind) {
        case CV_ATOM_LITERAL:
            if (!literal_at(atom, path, at))
                return false;
            at += atom->literal.length;
            break;
        case CV_ATOM_FIXED:
            if (!fixed_at(atom, path, at))
                return false;
            at += atom->count;
            break;
        default:
            while (at < path.length && cv_byte_set_has(&atom->set, path.data[at]))
                at++;
            if (at == start)
                return false;
            break;
        }
        note(atom, path, start, at, found);
    }
    *end = at;
    return !route->endpoint || at == path.length;
}

/* fits[i * width + p]: the steps from i on fit from place p on. */
static void fill(const CvRoute *route, CvSlice path, uint8_t *fits)
{
    const size_t width = path.length + 1, steps = route->atom_count;
    for (size_t p = 0; p < width; p++)
        fits[steps * width + p] = !route->endpoint || p == path.length;
    for (size_t i = steps; i-- > 0;) {
        const CvAtom *atom = &route->atoms[i];
        const uint8_t *next = fits + (i + 1) * width;
        uint8_t *row = fits + i * width;
        for (size_t p = width; p-- > 0;) {
            if (atom->kind == CV_ATOM_LITERAL)
                row[p] = literal_at(atom, path, p) && next[p + atom->literal.length];
            else if (atom->kind == CV_ATOM_FIXED)
                row[p] = fixed_at(atom, path, p) && next[p + atom->count];
            else
                row[p] = p < path.length && cv_byte_set_has(&atom->set, path.data[p]) &&
                         ((is_boundary(path, p + 1) && next[p + 1]) || row[p + 1]);
        }
    }
}

static bool match_table(const CvRoute *route, CvSlice path, size_t *end, CvSlice *found)
{
    const size_t width = path.length + 1;
    if (width > MOST_CELLS / (route->atom_count + 1))
        return false;
    CvScratch scratch = cv_scratch_begin(NULL);
    uint8_t *fits = cv_arena_alloc_raw(scratch.arena, width * (route->atom_count + 1), 1);
    fill(route, path, fits);
    bool matched = fits[0];
    size_t at = 0;
    for (size_t i = 0; matched && i < route->atom_count; i++) {
        const CvAtom *atom = &route->atoms[i];
        size_t start = at;
        if (atom->kind == CV_ATOM_LITERAL) {
            at += atom->literal.length;
        } else if (atom->kind == CV_ATOM_FIXED) {
            at += atom->count;
        } else {
            at++; /* as much as leaves the rest a fit, as a greedy expression takes */
            while (fits[i * width + at])
                at++;
        }
        note(atom, path, start, at, found);
    }
    cv_scratch_end(scratch);
    *end = at;
    return matched;
}

static bool match_regex(const CvRoute *route, CvSlice path, size_t *end, CvSlice *found)
{
    CvSlice groups[CV_REGEX_MAX_GROUPS + 1];
    if (!cv_regex_match(route->regex, path, route->full_match ? CV_REGEX_FULLMATCH : CV_REGEX_SEARCH, groups,
                        cv_regex_group_count(route->regex) + 1))
        return false;
    for (size_t i = 0; i < route->capture_count; i++)
        found[i] = groups[route->captures[i].group];
    *end = path.length ? (size_t)(groups[0].data + groups[0].length - path.data) : 0;
    return true;
}

bool cv_route_match(const CvRoute *route, CvSlice path, size_t *end, CvSlice *found)
{
    if (route->regex)
        return match_regex(route, path, end, found);
    return route->direct ? match_direct(route, path, end, found) : match_table(route, path, end, found);
}
