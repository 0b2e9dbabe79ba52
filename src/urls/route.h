/* route.h (internal): one compiled route: what it matches and what it captures. */
#ifndef CV_URLS_ROUTE_H
#define CV_URLS_ROUTE_H

#include "text/regex.h"
#include "urls/converter.h"

enum { CV_ROUTE_MAX_LENGTH = 4096, CV_ROUTE_MAX_CAPTURES = 32 };

/* A set of bytes; those of a character above ASCII are all in or all out. */
typedef struct CvByteSet {
    uint64_t bits[4];
} CvByteSet;

static inline bool cv_byte_set_has(const CvByteSet *set, char byte)
{
    unsigned char b = (unsigned char)byte;
    return set->bits[b >> 6] >> (b & 63) & 1;
}

typedef enum CvAtomKind { CV_ATOM_LITERAL, CV_ATOM_FIXED, CV_ATOM_MANY } CvAtomKind;

/* A step of a route: these bytes; `count` bytes of a set; one or more of a set. */
typedef struct CvAtom {
    CvAtomKind kind;
    int opens, closes; /* the capture that begins before or ends behind it, or -1 */
    CvSlice literal;
    size_t count;
    CvByteSet set;
} CvAtom;

typedef struct CvCapture {
    const char *name; /* NULL: unnamed */
    const CvConverter *converter;
    size_t group; /* in the regular expression */
} CvCapture;

typedef struct CvRoute {
    CvSlice text, regex_text; /* as written; as Django would spell it */
    CvSlice prefix;           /* every path that matches begins with it */
    CvAtom *atoms;            /* NULL where only the regular expression can say */
    size_t atom_count;
    CvRegex *regex; /* NULL where the atoms can */
    CvCapture *captures;
    size_t capture_count;
    bool is_regex, endpoint;
    bool exact;      /* the prefix and nothing else */
    bool direct;     /* the atoms need no second thoughts */
    bool full_match; /* the regular expression must take all */
    bool named;      /* a regular expression with named groups: the others do not count */
} CvRoute;

/* The pieces of a route in angle brackets: text, then a parameter (name empty at the end). */
typedef struct CvRoutePiece {
    CvSlice literal, converter, name;
} CvRoutePiece;

/* Takes the next piece off `rest`; false with an error for a bad one, *more false at the end. */
bool cv_route_next_piece(CvArena *arena, CvSlice route, CvSlice *rest, CvRoutePiece *piece, bool *more, CvError *error);

/* Compiles; the route's text must live as long as the arena. */
bool cv_route_compile(CvArena *arena, CvSlice text, bool is_regex, bool endpoint, CvRoute *out, CvError *error);
/* Appends the atoms of a converter's regular expression, or gives false if it is more than sequences of sets. */
bool cv_route_simple_atoms(CvArena *arena, CvSlice regex, CvAtom *out, size_t most, size_t *count);
/* Sets `direct` and `exact` from the atoms. */
void cv_route_judge(CvRoute *route);

/* Matches the beginning of `path` (all of it for an endpoint); `ends` of what was matched, `found` one slice a
 * capture (data NULL: took no part). */
bool cv_route_match(const CvRoute *route, CvSlice path, size_t *end, CvSlice *found);

#endif
