/* password.c: the rules for new passwords. */
#include "validators/password.h"

#include "base/self.h"
#include "text/html.h"
#include "text/i18n.h"
#include "text/utf8.h"

#define USUAL_SIMILARITY 0.7
enum { USUAL_LENGTH = 8 };

static CvSlice next_letter(CvSlice *rest)
{
    CvSlice before = *rest;
    cv_utf8_next(rest);
    return cv_slice_range(before, 0, before.length - rest->length);
}

/* ---- similarity ---- */

/* Twice the letters that both have, whatever their order, by the letters of both. */
static double similarity(CvArena *arena, CvSlice a, CvSlice b)
{
    size_t all = cv_utf8_count(a) + cv_utf8_count(b), shared = 0;
    CvMap *counts = cv_map_create(arena);
    for (CvSlice rest = b; rest.length;) {
        CvSlice letter = next_letter(&rest);
        size_t *count = cv_map_get(counts, letter);
        if (!count)
            cv_map_set(counts, letter, count = cv_arena_new(arena, size_t));
        ++*count;
    }
    for (CvSlice rest = a; rest.length;) {
        size_t *count = cv_map_get(counts, next_letter(&rest));
        if (count && *count) {
            --*count;
            shared++;
        }
    }
    return all ? 2.0 * (double)shared / (double)all : 1.0;
}

/* A long password may well hold a short word: those are not compared, which bounds the work too. */
static bool is_beyond(size_t password, size_t part, double most)
{
    return password >= 10 * part && (double)part < most / 2 * (double)password;
}

static bool is_like(CvArena *arena, CvSlice password, CvSlice part, double most)
{
    return !is_beyond(cv_utf8_count(password), cv_utf8_count(part), most) && similarity(arena, password, part) >= most;
}

/* The fact, or one of the words between what is no letter, digit or underscore. */
static bool is_like_fact(CvArena *arena, CvSlice password, CvSlice fact, double most)
{
    CvSlice rest = fact, word = cv_slice_range(fact, 0, 0);
    while (rest.length) {
        CvSlice before = rest;
        if (cv_utf8_is_word(cv_utf8_next(&rest))) {
            word.length += before.length - rest.length;
            continue;
        }
        if (is_like(arena, password, word, most))
            return true;
        while (rest.length) { /* what separates counts once, however long it is */
            CvSlice at = rest;
            if (cv_utf8_is_word(cv_utf8_next(&at)))
                break;
            rest = at;
        }
        word = cv_slice_range(rest, 0, 0);
    }
    return is_like(arena, password, word, most) || is_like(arena, password, fact, most);
}

static const CvUserFact *find_fact(const CvUserFact *facts, const char *name)
{
    for (; facts && facts->name; facts++)
        if (strcmp(facts->name, name) == 0)
            return facts;
    return NULL;
}

static bool check_unlike(const CvPasswordRule *rule, CvArena *arena, CvSlice password, const CvUserFact *facts,
                         CvInvalid *invalid)
{
    static const char *const usual[] = {"username", "first_name", "last_name", "email", NULL};
    double most = rule->max_similarity > 0 ? rule->max_similarity : USUAL_SIMILARITY;
    CvSlice lower = cv_utf8_lower(arena, password);
    for (const char *const *name = rule->attributes ? rule->attributes : usual; *name; name++) {
        const CvUserFact *fact = find_fact(facts, *name);
        if (fact && fact->value && *fact->value &&
            is_like_fact(arena, lower, cv_utf8_lower(arena, cv_slice(fact->value)), most))
            return cv_invalid(arena, invalid, "password_too_similar",
                              "The password is too similar to the %(verbose_name)s.", "verbose_name",
                              fact->label ? cv_lazy_text(fact->label) : cv_value_string(fact->name));
    }
    return true;
}

/* ---- the other rules ---- */

static int64_t min_length(const CvPasswordRule *rule)
{
    return rule->min_length == 0 ? USUAL_LENGTH : rule->min_length < 0 ? 0 : rule->min_length;
}

static bool check_length(const CvPasswordRule *rule, CvArena *arena, CvSlice password, CvInvalid *invalid)
{
    if ((int64_t)cv_utf8_count(password) >= min_length(rule))
        return true;
    return cv_invalid_plural(
        arena, invalid, "password_too_short", "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.", "min_length", 1,
        (const char *const[]){"min_length", NULL}, (const CvValue[]){cv_value_int(min_length(rule))});
}

static bool check_common(const CvPasswordRule *rule, CvArena *arena, CvSlice password, CvInvalid *invalid)
{
    CvSlice plain = cv_utf8_strip(cv_utf8_lower(arena, password));
    return !rule->common || !cv_map_find(rule->common, plain, NULL) ||
           cv_invalid(arena, invalid, "password_too_common", "This password is too common.");
}

static bool check_numeric(CvArena *arena, CvSlice password, CvInvalid *invalid)
{
    bool digits = password.length > 0;
    for (CvSlice rest = password; rest.length && digits;)
        digits = cv_utf8_has_digit_value(cv_utf8_next(&rest));
    return !digits || cv_invalid(arena, invalid, "password_entirely_numeric", "This password is entirely numeric.");
}

static bool check_one(const CvPasswordRule *rule, CvArena *arena, CvSlice password, const CvUserFact *facts,
                      CvInvalid *invalid)
{
    switch ((CvPasswordRuleKind)rule->kind) {
    case CV_PASSWORD_UNLIKE_USER:
        return check_unlike(rule, arena, password, facts, invalid);
    case CV_PASSWORD_MIN_LENGTH:
        return check_length(rule, arena, password, invalid);
    case CV_PASSWORD_NOT_COMMON:
        return check_common(rule, arena, password, invalid);
    case CV_PASSWORD_NOT_NUMERIC:
        return check_numeric(arena, password, invalid);
    case CV_PASSWORD_RULES_END:
        break;
    }
    return true;
}

bool cv_password_obeys(const CvPasswordRule *rules, CvArena *arena, CvSlice password, const CvUserFact *facts,
                       CvInvalids *invalids)
{
    size_t before = invalids->count;
    for (; rules->kind != CV_PASSWORD_RULES_END; rules++) {
        CvInvalid invalid = {0};
        if (!check_one(rules, arena, password, facts, &invalid))
            cv_invalids_add(invalids, &invalid);
    }
    return invalids->count == before;
}

/* ---- help ---- */

CvSlice cv_password_rule_help(CvArena *arena, const CvPasswordRule *rule)
{
    CvInvalid text = {0};
    switch ((CvPasswordRuleKind)rule->kind) {
    case CV_PASSWORD_UNLIKE_USER:
        (void)cv_invalid(arena, &text, "help",
                         "Your password can\u2019t be too similar to your other personal information.");
        break;
    case CV_PASSWORD_MIN_LENGTH:
        (void)cv_invalid_plural(arena, &text, "help", "Your password must contain at least %(min_length)d character.",
                                "Your password must contain at least %(min_length)d characters.", "min_length", 1,
                                (const char *const[]){"min_length", NULL},
                                (const CvValue[]){cv_value_int(min_length(rule))});
        break;
    case CV_PASSWORD_NOT_COMMON:
        (void)cv_invalid(arena, &text, "help", "Your password can\u2019t be a commonly used password.");
        break;
    case CV_PASSWORD_NOT_NUMERIC:
        (void)cv_invalid(arena, &text, "help", "Your password can\u2019t be entirely numeric.");
        break;
    case CV_PASSWORD_RULES_END:
        return CV_SLICE("");
    }
    return cv_invalid_text(arena, &text);
}

CvSlice cv_password_rules_html(CvArena *arena, const CvPasswordRule *rules)
{
    CvBuffer out = cv_buffer(arena);
    if (rules->kind == CV_PASSWORD_RULES_END)
        return CV_SLICE("");
    cv_buffer_append_string(&out, "<ul>");
    for (; rules->kind != CV_PASSWORD_RULES_END; rules++) {
        cv_buffer_append_string(&out, "<li>");
        cv_html_escape(&out, cv_password_rule_help(arena, rules));
        cv_buffer_append_string(&out, "</li>");
    }
    cv_buffer_append_string(&out, "</ul>");
    return cv_buffer_slice(&out);
}

CvMap *cv_common_passwords(CvArena *arena, CvSlice text)
{
    static char present;
    CvMap *words = cv_map_create(arena);
    CvSlice line;
    while (cv_slice_split(&text, '\n', &line)) {
        line = cv_utf8_strip(line);
        if (line.length)
            cv_map_set(words, line, &present);
    }
    return words;
}
