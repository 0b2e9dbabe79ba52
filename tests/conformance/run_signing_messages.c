/* run_signing_messages.c: signing.jsonl: messages in cookies and sessions, and sessions' data. */
#include "run_signing.h"

#include "contrib/messages/codec.h"
#include "contrib/sessions/engine.h"
#include "site.h"
#include "text/utf8.h"

/* A site of the record's key; its clock is the record's. */
static void start(CvArena *arena, const CvDict *record)
{
    const char *key = record_has(record, "secret_key") ? record_string(arena, record, "secret_key") : "k";
    setenv("SECRET_KEY", key, 1);
    site_start(arena, &(CvSettings){0}, record_get(record, "settings"));
    unsetenv("SECRET_KEY");
}

static const CvMessage **messages_of(CvArena *arena, const CvDict *record, size_t *count)
{
    CvValue list = record_get(record, "messages");
    *count = list.kind == CV_LIST ? list.list->count : 0;
    const CvMessage **all = cv_arena_new_array(arena, const CvMessage *, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        const CvDict *one = list.list->items[i].dict;
        CvValue text = cv_value_slice(record_text(one, "message")), tags = record_get(one, "extra_tags");
        if (cv_value_truth(record_get(one, "safe")))
            text.flags |= CV_SAFE;
        const char *extra = tags.kind == CV_NULL ? NULL : record_string(arena, one, "extra_tags");
        all[i] = cv_message_create(arena, (int)record_number(one, "level", 0), text, extra);
    }
    return all;
}

bool check_messages_encode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    size_t count;
    start(arena, record);
    const CvMessage **messages = messages_of(arena, record, &count);
    CvSlice got = cv_messages_encode(arena, messages, count, false);
    cv_project_stop();
    return same_text(why, "encoded", record_text(record, "encoded"), got);
}

bool check_messages_session(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    size_t count;
    const CvMessage **messages = messages_of(arena, record, &count);
    return same_text(why, "serialized", record_text(record, "serialized"),
                     cv_messages_serialize(arena, messages, count));
}

bool check_messages_overflow(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    size_t count;
    CvMessageList unstored;
    start(arena, record);
    const CvMessage **messages = messages_of(arena, record, &count);
    CvSlice got = cv_messages_encode_to_fit(arena, messages, count, (size_t)record_number(record, "max_cookie_size", 0),
                                            true, &unstored);
    cv_project_stop();
    CvList *left = cv_list_create(arena);
    for (size_t i = 0; i < unstored.count; i++)
        cv_list_add(arena, left, unstored.items[i]->message);
    return same_text(why, "cookie", record_text(record, "cookie_value"), got) &&
           same_value(arena, why, "unstored", record_get(record, "unstored"), cv_value_list(left)) &&
           record_number(record, "unstored_count", -1) == (double)unstored.count;
}

/* A message as the records tell it, read as a template reads it. */
static CvValue told(CvArena *arena, const CvMessage *message)
{
    static const char *const names[] = {"level", "message", "safe", "extra_tags", "tags", "level_tag"};
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < CV_COUNT_OF(names); i++) {
        CvValue value = cv_value_bool(message->message.flags & CV_SAFE);
        if (strcmp(names[i], "safe") != 0)
            (void)message->object.type->get(message, cv_slice(names[i]), arena, &value);
        cv_dict_set_name(dict, names[i], value);
    }
    return cv_value_dict(dict);
}

bool check_messages_decode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    start(arena, record);
    CvMessageList *list = cv_messages_decode(arena, record_text(record, "encoded"));
    CvList *got = list ? cv_list_create(arena) : NULL;
    for (size_t i = 0; list && i < list->count; i++)
        cv_list_add(arena, got, told(arena, list->items[i]));
    if (list && list->unfinished)
        cv_list_add(arena, got, cv_value_string(CV_MESSAGES_NOT_FINISHED));
    cv_project_stop();
    return same_value(arena, why, "messages", record_get(record, "messages"), cv_value_list(got));
}

bool check_messages_constants(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const struct {
        const char *name, *text;
        int number;
    } facts[] = {{"cookie_name", CV_MESSAGES_COOKIE, 0},
                 {"key_salt", CV_MESSAGES_SALT, 0},
                 {"session_key", CV_MESSAGES_SESSION_KEY, 0},
                 {"not_finished", CV_MESSAGES_NOT_FINISHED, 0},
                 {"max_cookie_size", NULL, CV_MESSAGES_COOKIE_SIZE}};
    static const int levels[] = {CV_DEBUG, CV_INFO, CV_SUCCESS, CV_WARNING, CV_ERROR};
    CvDict *by_name = cv_dict_create(arena), *tags = cv_dict_create(arena);
    bool same = true;
    for (size_t i = 0; i < CV_COUNT_OF(levels); i++) {
        CvSlice tag = cv_slice(cv_message_level_tag(levels[i]));
        cv_dict_set(by_name, cv_value_slice(cv_utf8_upper(arena, tag)), cv_value_int(levels[i]));
        cv_dict_set(tags, cv_value_slice(cv_value_str(arena, cv_value_int(levels[i]))), cv_value_slice(tag));
    }
    for (size_t i = 0; i < CV_COUNT_OF(facts); i++)
        if (record_has(record, facts[i].name))
            same &= same_value(arena, why, facts[i].name, record_get(record, facts[i].name),
                               facts[i].text ? cv_value_string(facts[i].text) : cv_value_int(facts[i].number));
    if (record_has(record, "levels"))
        same &= same_value(arena, why, "levels", record_get(record, "levels"), cv_value_dict(by_name));
    if (record_has(record, "tags"))
        same &= same_value(arena, why, "tags", record_get(record, "tags"), cv_value_dict(tags));
    return same;
}

/* ---- sessions ---- */

bool check_session_encode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvValue data = records_decode(arena, record_get(record, "data"));
    start(arena, record);
    CvSlice got = cv_session_encode(arena, data.dict);
    cv_project_stop();
    return same_text(why, "encoded", record_text(record, "encoded"), got);
}

/* What cannot be read is an empty session. */
bool check_session_decode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    start(arena, record);
    CvDict *got = cv_session_decode(arena, record_text(record, "encoded"));
    cv_project_stop();
    return same_value(arena, why, "data", records_decode(arena, record_get(record, "data")), cv_value_dict(got));
}
