/* nearest.c: "did you mean": the candidate with the fewest edits (insert, remove, replace, swap two neighbours). */
#include "base/slice.h"

#define LONGEST 96 /* names are short; what is longer has no near neighbour */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Damerau's distance by three rows of the table. */
static size_t distance(CvSlice a, CvSlice b)
{
    size_t rows[3][LONGEST + 1] = {0};
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            bool same = a.data[i - 1] == b.data[j - 1];
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        size_t *reused = before;
        before = last;
        last = now;
        now = reused;
    }
    return last[b.length];
}

const char *cv_nearest(CvSlice name, const char *const *candidates)
{
    const char *best = NULL;
    size_t fewest = name.length / 3;
    if (name.length >= 2 && fewest == 0)
        fewest = 1;
    if (name.length > LONGEST)
        return NULL;
    for (fewest++; *candidates; candidates++) {
        CvSlice candidate = cv_slice(*candidates);
        if (candidate.length > LONGEST || candidate.length + fewest <= name.length ||
            name.length + fewest <= candidate.length)
            continue;
        size_t edits = distance(name, candidate);
        if (edits < fewest) {
            fewest = edits;
            best = *candidates;
        }
    }
    return best;
}
