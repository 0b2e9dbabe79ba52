/* run_passwords_rules.c: passwords.jsonl: which passwords may be chosen, and what is said about it. */
#include <stdlib.h>

#include "run_passwords.h"
#include "validators/password.h"

const char *passwords_folder;

/* The list that lies beside the records. */
static const CvMap *common_words(void)
{
    static CvMap *words;
    static CvArena *kept;
    if (words)
        return words;
    kept = cv_arena_create(0);
    CvBuffer text = cv_buffer(kept);
    FILE *file = fopen(cv_arena_printf(kept, "%s/common_passwords.txt", passwords_folder), "r");
    if (file) {
        size_t count;
        while ((count = fread(cv_buffer_reserve(&text, 65536), 1, 65536, file)) > 0)
            text.length += count;
        fclose(file);
    }
    return words = cv_common_passwords(kept, cv_buffer_slice(&text));
}

static CvPasswordRule rule_of(CvArena *arena, const CvDict *described)
{
    CvValue options = records_decode(arena, record_get(described, "options"));
    CvPasswordRule rule = {0};
    CvError error = {0};
    if (!cv_password_rule_named(arena, record_text(described, "name"), options.kind == CV_DICT ? options.dict : NULL,
                                &rule, &error))
        cv_raise_error(&error);
    if (rule.kind == CV_PASSWORD_NOT_COMMON)
        rule.common = common_words();
    return rule;
}

static CvPasswordRule *rules_of(CvArena *arena, const CvDict *record)
{
    CvValue list = record_get(record, "validators");
    CvPasswordRule *rules = cv_arena_new_array(arena, CvPasswordRule, list.list->count + 1);
    for (size_t i = 0; i < list.list->count; i++)
        rules[i] = rule_of(arena, list.list->items[i].dict);
    return rules;
}

bool check_validate_password(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvUserFact facts[] = {{"username", "username", NULL},
                          {"first_name", "first name", NULL},
                          {"last_name", "last name", NULL},
                          {"email", "email address", NULL},
                          {NULL, NULL, NULL}};
    CvValue user = record_get(record, "user");
    for (CvUserFact *fact = facts; user.kind == CV_DICT && fact->name; fact++)
        fact->value = record_string(arena, user.dict, fact->name);
    CvInvalids invalids = {.arena = arena};
    (void)cv_password_obeys(rules_of(arena, record), arena, record_text(record, "password"), facts, &invalids);
    CvList *errors = cv_list_create(arena);
    for (size_t i = 0; i < invalids.count; i++) {
        CvDict *one = cv_dict_create(arena);
        cv_dict_set_name(one, "message", cv_value_slice(cv_invalid_text(arena, &invalids.items[i])));
        cv_dict_set_name(one, "code", cv_value_string(invalids.items[i].code));
        cv_list_add(arena, errors, cv_value_dict(one));
    }
    return same_value(arena, why, "errors", record_get(record, "errors"), cv_value_list(errors));
}

bool check_help_texts(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvPasswordRule *rules = rules_of(arena, record);
    CvList *texts = cv_list_create(arena);
    for (const CvPasswordRule *rule = rules; rule->kind != CV_PASSWORD_RULES_END; rule++)
        cv_list_add(arena, texts, cv_value_slice(cv_password_rule_help(arena, rule)));
    return same_value(arena, why, "texts", record_get(record, "texts"), cv_value_list(texts)) &&
           same_text(why, "html", record_text(record, "html"), cv_password_rules_html(arena, rules));
}

bool check_validator_config(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    (void)rule_of(arena, record);
    if (record_has(record, "raises"))
        cv_buffer_append_string(why, "is taken");
    return !record_has(record, "raises");
}
