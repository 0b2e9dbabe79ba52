/* csp.c: writing a content security policy. */
#include "http/csp.h"

static void append_source(CvBuffer *out, CvValue source, const char *nonce)
{
    CvSlice text = source.kind == CV_STRING ? cv_value_as_slice(source) : (CvSlice){NULL, 0};

    if (text.length == 0)
        return;
    if (!cv_slice_is(text, CV_CSP_NONCE)) {
        cv_buffer_append_byte(out, ' ');
        cv_buffer_append_slice(out, text);
    } else if (nonce && *nonce) {
        cv_buffer_append_string(out, " 'nonce-");
        cv_buffer_append_string(out, nonce);
        cv_buffer_append_byte(out, '\'');
    }
}

CvSlice cv_csp_policy(CvArena *arena, const CvDict *policy, const char *nonce)
{
    CvBuffer out = cv_buffer(arena);

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(policy, entry));) {
        CvBuffer sources = cv_buffer(arena);
        CvValue value = entry->value;
        bool alone = value.kind == CV_BOOL && value.boolean;
        if (value.kind == CV_LIST || value.kind == CV_TUPLE)
            for (size_t i = 0; i < value.list->count; i++)
                append_source(&sources, value.list->items[i], nonce);
        else
            append_source(&sources, value, nonce);
        if (!alone && sources.length == 0)
            continue;
        if (out.length)
            cv_buffer_append_string(&out, "; ");
        cv_buffer_append_slice(&out, cv_value_as_slice(entry->key));
        cv_buffer_append_slice(&out, cv_buffer_slice(&sources));
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
