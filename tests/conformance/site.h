/* site.h: a site for one record: started with the settings that the record names, asked once. */
#ifndef CV_TESTS_CONFORMANCE_SITE_H
#define CV_TESTS_CONFORMANCE_SITE_H

#include "records.h"

#include "http/http.h"
#include "text/url.h"
#include "urls/urls.h"
#include "web/web.h"

/* Sets (or with NULL forgets) the environment for each of Django's settings in the dict: lists by commas, booleans 1,
 * 0. */
static inline void site_environment(CvArena *arena, const CvDict *settings, bool set)
{
    for (const CvDictEntry *entry = NULL; settings && (entry = cv_dict_next(settings, entry));) {
        const char *name = cv_slice_string(arena, cv_value_as_slice(entry->key));
        CvBuffer text = cv_buffer(arena);
        CvValue value = entry->value;
        if (value.kind == CV_LIST)
            for (size_t i = 0; i < value.list->count; i++) {
                if (i)
                    cv_buffer_append_byte(&text, ',');
                cv_buffer_append_slice(&text, cv_value_str(arena, value.list->items[i]));
            }
        else if (value.kind == CV_BOOL)
            cv_buffer_append_byte(&text, value.boolean ? '1' : '0');
        else if (value.kind != CV_NULL)
            cv_buffer_append_slice(&text, cv_value_str(arena, value));
        if (set)
            setenv(name, cv_buffer_string(&text), 1);
        else
            unsetenv(name);
    }
}

/* Starts the site; raises what is wrong with its settings. */
static inline void site_start(CvArena *arena, const CvSettings *given, CvValue settings)
{
    const CvDict *dict = settings.kind == CV_DICT ? settings.dict : NULL;
    static const char *const all_hosts[] = {"*", NULL};
    CvSettings all = *given;
    all.allowed_hosts = all.allowed_hosts ? all.allowed_hosts : all_hosts;
    all.secret_key = "oracle-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz";
    CvErrors errors = {.arena = arena};
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    site_environment(arena, dict, true);
    bool started = cv_project_start(&all, NULL, &errors);
    site_environment(arena, dict, false);
    if (!started)
        cv_raise_error(errors.items[0]);
}

#endif
