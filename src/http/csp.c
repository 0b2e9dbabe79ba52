/* csp.c: writing a content security policy, and reading one that is written as texts. */
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

CvDict *cv_csp_parse(CvArena *arena, const char *const *directives)
{
    CvDict *policy = cv_dict_create(arena);

    for (const char *const *directive = directives; directive && *directive; directive++) {
        CvSlice rest = cv_slice_trim(cv_slice_copy(arena, cv_slice(*directive))), word, name = {0};
        CvList *sources = cv_list_create(arena);
        CvValue known;
        while (cv_slice_split(&rest, ' ', &word)) {
            word = cv_slice_trim(word);
            if (word.length && !name.data)
                name = word;
            else if (word.length)
                cv_list_add(arena, sources, cv_value_slice(word));
        }
        if (name.data && !cv_dict_get_slice(policy, name, &known))
            cv_dict_set(policy, cv_value_slice(name), sources->count ? cv_value_list(sources) : cv_value_bool(true));
    }
    return policy;
}
