/* run_http_facts_calls.c: django.utils.http and friends, kind "call". */
#include "run_http_facts.h"

#include <math.h>

#include "text/date.h"
#include "text/url.h"
#include "text/utf8.h"

#define CALL(name)                                                                     \
    static bool name(CvArena *arena CV_UNUSED_HERE, const CvList *args CV_UNUSED_HERE, \
                     const CvDict *kwargs CV_UNUSED_HERE, CvValue *out CV_UNUSED_HERE, CvError *error CV_UNUSED_HERE)
#define CV_UNUSED_HERE __attribute__((unused))

CALL(http_date)
{
    CvValue seconds = facts_arg(arena, args, 0);
    char text[CV_HTTP_DATE_SIZE];

    if (!cv_http_date(seconds.kind == CV_FLOAT ? (int64_t)floor(seconds.real) : seconds.integer, text))
        return cv_fail(arena, error, CV_ERROR_VALUE, "year is out of range");
    *out = cv_value_string(cv_arena_strdup(arena, text));
    return true;
}

CALL(parse_http_date)
{
    CvSlice text = facts_text_arg(arena, args, 0);
    int64_t seconds;
    CvParsed parsed = cv_http_date_parse(text, &seconds);

    if (parsed != CV_PARSED)
        return cv_fail(arena, error, CV_ERROR_VALUE, "'%.*s' is not %s", CV_SLICE_ARG(text),
                       parsed == CV_NOT_PARSED ? "in a valid HTTP date format" : "a valid date");
    *out = cv_value_int(seconds);
    return true;
}

CALL(parse_http_date_safe)
{
    int64_t seconds;

    if (cv_http_date_parse(facts_text_arg(arena, args, 0), &seconds) == CV_PARSED)
        *out = cv_value_int(seconds);
    return true;
}

CALL(quote_etag)
{
    *out = cv_value_string(cv_etag_quote(arena, cv_slice_string(arena, facts_text_arg(arena, args, 0))));
    return true;
}

CALL(parse_etags)
{
    CvSlice rest = facts_text_arg(arena, args, 0), etag;
    CvList *list = cv_list_create(arena);

    if (cv_slice_is(cv_utf8_strip(rest), "*"))
        cv_list_add(arena, list, cv_value_string("*"));
    else
        while (cv_etag_next(&rest, &etag))
            cv_list_add(arena, list, cv_value_slice(etag));
    *out = cv_value_list(list);
    return true;
}

CALL(is_same_domain)
{
    *out = cv_value_bool(cv_url_is_same_domain(facts_text_arg(arena, args, 0), facts_text_arg(arena, args, 1)));
    return true;
}

CALL(url_has_allowed_host_and_scheme)
{
    CvValue url = facts_arg(arena, args, 0), hosts = facts_arg(arena, args, 1);
    CvValue https = facts_kwarg(arena, kwargs, "require_https");
    const char *names[33] = {NULL};

    if (hosts.kind == CV_STRING)
        names[0] = cv_slice_string(arena, cv_value_as_slice(hosts));
    for (size_t i = 0; hosts.kind == CV_LIST && i < hosts.list->count && i < 32; i++)
        names[i] = cv_slice_string(arena, cv_value_as_slice(hosts.list->items[i]));
    *out = cv_value_bool(url.kind == CV_STRING &&
                         cv_url_is_allowed(cv_value_as_slice(url), names, https.kind == CV_BOOL && https.boolean));
    return true;
}

CALL(escape_leading_slashes)
{
    *out = cv_value_slice(cv_url_escape_leading_slashes(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(parse_header_parameters)
{
    CvMediaParams params;
    CvDict *dict = cv_dict_create(arena);

    if (!cv_media_params(arena, facts_text_arg(arena, args, 0), &params, error))
        return false;
    for (size_t i = 0; i < params.list.count; i++)
        cv_dict_set(dict, cv_value_slice(params.list.items[i].name), cv_value_slice(params.list.items[i].value));
    *out = cv_value_list(cv_list_of(arena, 2, (CvValue[]){cv_value_slice(params.value), cv_value_dict(dict)}));
    return true;
}

CALL(content_disposition_header)
{
    CvValue attachment = facts_arg(arena, args, 0);

    *out = cv_value_string(cv_content_disposition(arena, attachment.boolean, facts_text_arg(arena, args, 1)));
    return true;
}

CALL(parse_cookie)
{
    CvSlice rest = facts_text_arg(arena, args, 0), name, value;
    CvDict *dict = cv_dict_create(arena);

    while (cv_cookie_next(arena, &rest, &name, &value))
        cv_dict_set(dict, cv_value_slice(name), cv_value_slice(value));
    *out = cv_value_dict(dict);
    return true;
}

CALL(split_domain_port)
{
    CvSlice domain, port;

    cv_host_split(arena, facts_text_arg(arena, args, 0), &domain, &port);
    *out = cv_value_list(cv_list_of(arena, 2, (CvValue[]){cv_value_slice(domain), cv_value_slice(port)}));
    return true;
}

CALL(parse_accept_lang_header)
{
    CvAcceptedLanguages languages = cv_accepted_languages(arena, facts_text_arg(arena, args, 0));
    CvList *list = cv_list_create(arena);

    for (size_t i = 0; i < languages.count; i++) {
        CvValue pair[] = {cv_value_string(languages.items[i].language), cv_value_float(languages.items[i].quality)};
        cv_list_add(arena, list, cv_value_list(cv_list_of(arena, 2, pair)));
    }
    *out = cv_value_list(list);
    return true;
}

/* {"$multi": [[name, [values]]]} as a dict of lists. */
static CvValue multi_dict(CvArena *arena, CvValue value)
{
    CvValue pairs = value.kind == CV_DICT ? record_get(value.dict, "$multi") : (CvValue){.kind = CV_MISSING};

    if (pairs.kind != CV_LIST)
        return value;
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < pairs.list->count; i++)
        cv_dict_set(dict, pairs.list->items[i].list->items[0], pairs.list->items[i].list->items[1]);
    return cv_value_dict(dict);
}

CALL(http_urlencode)
{
    CvValue doseq = facts_arg(arena, args, 1);
    CvBuffer text = cv_buffer(arena);

    if (!cv_url_encode(arena, &text, multi_dict(arena, facts_arg(arena, args, 0)),
                       doseq.kind == CV_BOOL && doseq.boolean, error))
        return false;
    *out = cv_value_slice(cv_buffer_slice(&text));
    return true;
}

/* None passes through. */
static bool is_null(CvArena *arena, const CvList *args)
{
    return facts_arg(arena, args, 0).kind == CV_NULL;
}

CALL(iri_to_uri)
{
    if (is_null(arena, args))
        return true;
    *out = cv_value_slice(cv_iri_to_uri(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(filter_iriencode)
{
    *out = cv_value_slice(cv_iri_to_uri(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(uri_to_iri)
{
    if (is_null(arena, args))
        return true;
    *out = cv_value_slice(cv_uri_to_iri(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(escape_uri_path)
{
    *out = cv_value_slice(cv_url_escape_path(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(filepath_to_uri)
{
    if (is_null(arena, args))
        return true;
    *out = cv_value_slice(cv_url_of_file(arena, facts_text_arg(arena, args, 0)));
    return true;
}

CALL(filter_urlencode)
{
    CvBuffer text = cv_buffer(arena);
    const char *safe = args->count > 1 ? cv_slice_string(arena, facts_text_arg(arena, args, 1)) : "/";

    cv_url_quote(&text, facts_text_arg(arena, args, 0), safe);
    *out = cv_value_slice(cv_buffer_slice(&text));
    return true;
}

/* {"$set": [...]} as a list in order: Django sorts what has none. */
static CvValue sources_of(CvArena *arena, CvValue value)
{
    CvValue set = value.kind == CV_DICT ? record_get(value.dict, "$set") : value;

    if (value.kind != CV_DICT || set.kind != CV_LIST)
        return records_decode(arena, value);
    for (size_t i = 1; i < set.list->count; i++)
        for (size_t at = i; at > 0; at--) {
            CvValue *items = set.list->items, moving = items[at];
            if (cv_slice_compare(cv_value_as_slice(items[at - 1]), cv_value_as_slice(moving)) <= 0)
                break;
            items[at] = items[at - 1];
            items[at - 1] = moving;
        }
    return set;
}

CALL(csp_build_policy)
{
    CvDict *policy = cv_dict_create(arena);
    CvValue nonce = facts_arg(arena, args, 1);

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(args->items[0].dict, entry));)
        cv_dict_set(policy, entry->key, sources_of(arena, entry->value));
    *out = cv_value_slice(cv_csp_policy(
        arena, policy, nonce.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(nonce)) : NULL));
    return true;
}

const FactFunction http_calls[] = {{"http_date", http_date},
                                   {"parse_http_date", parse_http_date},
                                   {"parse_http_date_safe", parse_http_date_safe},
                                   {"quote_etag", quote_etag},
                                   {"parse_etags", parse_etags},
                                   {"is_same_domain", is_same_domain},
                                   {"url_has_allowed_host_and_scheme", url_has_allowed_host_and_scheme},
                                   {"escape_leading_slashes", escape_leading_slashes},
                                   {"parse_header_parameters", parse_header_parameters},
                                   {"content_disposition_header", content_disposition_header},
                                   {"parse_cookie", parse_cookie},
                                   {"split_domain_port", split_domain_port},
                                   {"parse_accept_lang_header", parse_accept_lang_header},
                                   {"http_urlencode", http_urlencode},
                                   {"csp_build_policy", csp_build_policy},
                                   {"iri_to_uri", iri_to_uri},
                                   {"uri_to_iri", uri_to_iri},
                                   {"escape_uri_path", escape_uri_path},
                                   {"filepath_to_uri", filepath_to_uri},
                                   {"filter_urlencode", filter_urlencode},
                                   {"filter_iriencode", filter_iriencode},
                                   {NULL, NULL}};
