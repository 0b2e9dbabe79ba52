/* fuzz_http_urlencoded.c: any bytes as a query string: what is parsed and written again parses to the same. */
#include "http/querydict.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {NULL, "iso-8859-1", "windows-1252", "ascii"};
    CvArena *arena = cv_arena_create(0);
    CvError error;

    for (size_t i = 0; i < CV_COUNT_OF(charsets); i++) {
        CvQueryDict *dict = cv_querydict_parse(arena, cv_slice_of((const char *)data, size), charsets[i], 1000, &error);
        if (!dict)
            continue;
        for (const CvQueryItem *item = NULL; (item = cv_querydict_next(dict, item));)
            if (!cv_utf8_valid(item->name) || item->count == 0 || cv_querydict_find(dict, item->name) != item)
                abort();
        CvSlice text = cv_querydict_urlencode(arena, dict, NULL);
        if (!text.data) /* the charset cannot hold what stood there as it is */
            continue;
        CvQueryDict *again = cv_querydict_parse(arena, text, charsets[i], 0, &error);
        if (!again || !cv_slice_equal(cv_querydict_urlencode(arena, again, NULL), text))
            abort();
    }
    cv_arena_destroy(arena);
    return 0;
}
