/* suggest.c: the lookups that a misspelt one may have been meant as, as Python's difflib finds them. */
#include "orm/query_private.h"

/* How many characters two texts have in common: their longest common part, then those of what is before and behind. */
static size_t matching(CvSlice a, CvSlice b)
{
    size_t best = 0, at_a = 0, at_b = 0;
    for (size_t i = 0; i < a.length; i++)
        for (size_t j = 0; j < b.length; j++) {
            size_t length = 0;
            while (i + length < a.length && j + length < b.length && a.data[i + length] == b.data[j + length])
                length++;
            if (length > best) {
                best = length;
                at_a = i;
                at_b = j;
            }
        }
    if (!best)
        return 0;
    return best + matching(cv_slice_range(a, 0, at_a), cv_slice_range(b, 0, at_b)) +
           matching(cv_slice_skip(a, at_a + best), cv_slice_skip(b, at_b + best));
}

typedef struct Near {
    double score;
    const char *name;
} Near;

const char *cv_suggest(CvArena *arena, const char *word, const char *const *names)
{
    Near best[3] = {0};
    CvSlice wanted = cv_slice(word);
    if (wanted.length > 40)
        return NULL;
    for (; *names; names++) {
        Near near = {2.0 * (double)matching(cv_slice(*names), wanted) / (double)(wanted.length + strlen(*names)),
                     *names};
        if (near.score < 0.6)
            continue;
        for (size_t i = 0; i < CV_COUNT_OF(best); i++)
            if (!best[i].name || near.score > best[i].score ||
                (near.score >= best[i].score && strcmp(near.name, best[i].name) > 0)) {
                Near other = best[i];
                best[i] = near;
                near = other;
                if (!near.name)
                    break;
            }
    }
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < CV_COUNT_OF(best) && best[i].name; i++)
        cv_buffer_printf(&out, "%s%s", i ? " or " : "", best[i].name);
    return out.length ? cv_buffer_string(&out) : NULL;
}
