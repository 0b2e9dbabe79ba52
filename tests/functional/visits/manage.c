/* manage.c: a site whose pages do to the session and the messages what the address says. visits_test.py holds it
 * against a site of Django's with the same pages (django_site.py). */
#include "caravan.h"
#include "text/json.h"

static const char *param(CvRequest *request, const char *name)
{
    const char *value = cv_query_param(request, name);
    return value ? value : "";
}

static CvValue json_param(CvRequest *request, const char *name)
{
    CvValue value;
    CvError error;
    if (!cv_json_parse(request->arena, cv_slice(param(request, name)), NULL, &value, &error))
        cv_raise_error(&error);
    return value;
}

static CvResponse *done(CvRequest *request)
{
    return cv_response_text(request->arena, "done");
}

static CvResponse *items(CvRequest *request)
{
    return cv_json_response(cv_session_items(cv_session(request)));
}

static CvResponse *set(CvRequest *request)
{
    cv_session_set(cv_session(request), param(request, "key"), json_param(request, "value"));
    return done(request);
}

static CvResponse *forget(CvRequest *request)
{
    (void)cv_session_pop(cv_session(request), param(request, "key"));
    return done(request);
}

static CvResponse *flush(CvRequest *request)
{
    cv_session_flush(cv_session(request));
    return done(request);
}

static CvResponse *cycle(CvRequest *request)
{
    cv_session_cycle_key(cv_session(request));
    return done(request);
}

static CvResponse *clear(CvRequest *request)
{
    cv_session_clear(cv_session(request));
    return done(request);
}

static CvResponse *expiry(CvRequest *request)
{
    CvSession *session = cv_session(request);
    CvValue value = json_param(request, "value");
    if (cv_query_param(request, "from_now"))
        value = cv_value_duration(cv_duration(value.integer * CV_SECOND));
    cv_session_set_expiry(session, value);
    return done(request);
}

static CvResponse *age(CvRequest *request)
{
    CvSession *session = cv_session(request);
    return cv_json_response("age", cv_session_get_expiry_age(session), "close",
                            cv_session_get_expire_at_browser_close(session));
}

static CvResponse *broken(CvRequest *request)
{
    cv_session_set(cv_session(request), "broken", true);
    cv_message(request, CV_ERROR, "broken");
    return cv_response_status(request->arena, 500, "broken");
}

static CvResponse *say(CvRequest *request)
{
    CvValue text = cv_value_string(param(request, "text"));
    const char *tags = cv_query_param(request, "tags");
    if (cv_query_param(request, "safe"))
        text.flags |= CV_SAFE;
    cv_add_message(request, (int)json_param(request, "level").integer, text, .extra_tags = tags);
    return done(request);
}

static CvResponse *show(CvRequest *request)
{
    size_t count;
    const CvMessage *const *all = cv_get_messages(request, &count);
    CvList *list = cv_list_create(request->arena);
    for (size_t i = 0; i < count; i++)
        cv_list_add(
            request->arena, list,
            cv_value_list(cv_list(request->arena, all[i]->level, all[i]->message,
                                  cv_message_tags(request->arena, all[i]), (all[i]->message.flags & CV_SAFE) != 0)));
    return cv_json_response(list);
}

static CvResponse *count(CvRequest *request)
{
    return cv_json_response(cv_message_count(request));
}

static CvResponse *token(CvRequest *request)
{
    return cv_response_text(request->arena, "%s", cv_csrf_get_token(request));
}

static const CvUrl urls[] = {CV_PATH("done", done),     CV_PATH("items", items),   CV_PATH("set", set),
                             CV_PATH("forget", forget), CV_PATH("flush", flush),   CV_PATH("cycle", cycle),
                             CV_PATH("clear", clear),   CV_PATH("expiry", expiry), CV_PATH("age", age),
                             CV_PATH("broken", broken), CV_PATH("say", say),       CV_PATH("show", show),
                             CV_PATH("count", count),   CV_PATH("token", token),   CV_URLS_END};

int main(int argc, char **argv)
{
    return cv_main(argc, argv,
                   &(CvSettings){
                       .apps = CV_APPS(&cv_sessions, &cv_messages),
                       .middleware = CV_MIDDLEWARE(&cv_session_middleware, &cv_csrf_middleware, &cv_message_middleware),
                       .urls = urls,
                   });
}
