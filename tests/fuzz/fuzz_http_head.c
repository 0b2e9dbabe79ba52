/* fuzz_http_head.c: any bytes as a request head: whole, cut anywhere and byte by byte the outcome is the same, and what
 * is accepted keeps the promises of the parser. */
#include "http/parser.h"

static CvParse in_pieces(CvHead *head, const char *data, size_t size, size_t step, char **copy)
{
    CvParse parse = CV_PARSE_MORE;

    *copy = NULL;
    cv_head_init(head, NULL);
    for (size_t have = step; parse == CV_PARSE_MORE; have += step) {
        size_t length = have < size ? have : size;
        char *moved = malloc(length ? length : 1); /* of its own size: reading behind the end is seen */
        memcpy(moved, data, length);
        parse = cv_head_parse(head, moved, length);
        free(*copy);
        *copy = moved;
        if (length == size)
            break;
    }
    return parse;
}

static void same(const CvHead *a, CvParse first, const CvHead *b, CvParse second)
{
    if (first != second || a->status != b->status)
        abort();
    if (first != CV_PARSE_DONE)
        return;
    if (a->size != b->size || a->count != b->count || a->body != b->body || a->keep_alive != b->keep_alive ||
        a->content_length != b->content_length || !cv_slice_equal(a->host, b->host) ||
        !cv_slice_equal(a->path, b->path) || !cv_slice_equal(a->query, b->query))
        abort();
    for (size_t i = 0; i < a->count; i++)
        if (!cv_slice_equal(cv_field_name(&a->fields[i]), cv_field_name(&b->fields[i])) ||
            !cv_slice_equal(cv_field_value(&a->fields[i]), cv_field_value(&b->fields[i])))
            abort();
}

static void check(const CvHead *head, size_t size)
{
    if (head->size > size || head->path.length == 0 || !cv_is_token(head->method_text) ||
        (head->minor > 0 && !cv_host_is_valid(head->host)))
        abort();
    for (size_t i = 0; i < head->count; i++) {
        CvSlice value = cv_field_value(&head->fields[i]);
        if (!cv_is_token(cv_field_name(&head->fields[i])))
            abort();
        for (size_t at = 0; at < value.length; at++)
            if (((unsigned char)value.data[at] < 0x20 && value.data[at] != '\t') || value.data[at] == 0x7f)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static CvHead whole, pieces;
    const char *text = (const char *)data;
    char *copy, *other;

    if (size == 0 || size > 4096)
        return 0;
    CvParse first = in_pieces(&whole, text, size, size, &copy);
    if (first == CV_PARSE_DONE)
        check(&whole, size);
    for (size_t step = 1; step < size; step = step * 3 + 1) {
        CvParse second = in_pieces(&pieces, text, size, step, &other);
        same(&whole, first, &pieces, second);
        free(other);
    }
    free(copy);
    return 0;
}
