/* passwords.c: hashing and checking passwords by the site's settings, in a bounded lane. */
#include "contrib/auth/passwords.h"

#include "crypto/random.h"
#include "loop/pool.h"
#include "web/web.h"

/* Two threads of the pool's four: other work gets through. Whoever waits behind 32 others waits for seconds. */
enum { RUNNING = 2, WAITING = 32 };

/* ---- which algorithms ---- */

static const char *find_hasher(CvSlice name)
{
    for (const char *const *one = cv_settings()->password_hashers; *one; one++)
        if (cv_slice_is(name, *one))
            return *one;
    return NULL;
}

const char *cv_get_hasher(const char *algorithm)
{
    const char *const *all = cv_settings()->password_hashers;
    if (!algorithm || strcmp(algorithm, "default") == 0) {
        if (!all[0])
            cv_raise(CV_ERROR_CONFIGURATION, "PASSWORD_HASHERS is empty.");
        return all[0];
    }
    const char *found = find_hasher(cv_slice(algorithm));
    if (!found)
        cv_raise(CV_ERROR_VALUE,
                 "Unknown password hashing algorithm '%s'. Did you specify it in the PASSWORD_HASHERS setting?",
                 algorithm);
    return found;
}

const char *cv_identify_hasher(const char *encoded)
{
    return cv_get_hasher(cv_slice_string(cv_arena(), cv_password_algorithm(cv_slice(encoded))));
}

/* ---- the lane ---- */

/* One job: a hash to be made (`encoded` empty), or a password to be held against one. Nothing that a pool thread
 * allocates stays, so the result has room of its own. */
typedef struct Job {
    const char *algorithm;
    CvSlice password, salt, encoded;
    char made[512];
    char problem[128];
    bool good;
} Job;

static void make(Job *job)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    CvPasswordWork work = {.algorithm = job->algorithm};
    CvSlice encoded;
    CvError error;
    job->good = cv_password_hash(scratch.arena, &work, job->password, job->salt, &encoded, &error);
    if (job->good && encoded.length >= sizeof job->made) {
        job->good = false;
        error.message = "The salt is too long.";
    }
    if (job->good)
        memcpy(job->made, encoded.data, encoded.length);
    else
        snprintf(job->problem, sizeof job->problem, "%s", error.message);
    cv_scratch_end(scratch);
}

static void work(void *argument)
{
    Job *job = argument;
    if (!job->encoded.length) {
        make(job);
        return;
    }
    job->good = cv_password_verify(job->password, job->encoded);
    if (!job->good)
        cv_password_harden(&(CvPasswordWork){.algorithm = job->algorithm}, job->password, job->encoded);
}

/* Each worker process has a lane; it lives as long as the process. */
static void run(Job *job)
{
    static CvPoolLane *lane;
    CvError error;
    if (!lane)
        lane = cv_pool_lane_create("passwords", RUNNING, WAITING);
    if (!cv_pool_lane_run(lane, work, job, 0, &error))
        cv_raise_error(&error);
}

/* ---- hashing ---- */

const char *cv_make_password_with(CvValue password, const char *salt, const char *algorithm)
{
    if (password.kind == CV_NULL)
        return cv_password_unusable(cv_arena()).data;
    if (password.kind != CV_STRING && password.kind != CV_BYTES)
        cv_raise(CV_ERROR_TYPE, "Password must be a string or bytes, got %s.", cv_value_kind_name(password));
    Job job = {.algorithm = cv_get_hasher(algorithm), .password = cv_value_as_slice(password), .salt = cv_slice(salt)};
    run(&job);
    if (!job.good)
        cv_raise(CV_ERROR_VALUE, "%s", job.problem);
    return cv_strdup(job.made);
}

/* Takes the time that a wrong password takes, so that it does not tell whether there is such a user. */
static bool waste_time(void)
{
    (void)cv_make_password(cv_random_string(cv_arena(), CV_PASSWORD_UNUSABLE_LENGTH, NULL));
    return false;
}

bool cv_verify_password(const char *password, const char *encoded, bool *must_update)
{
    CvPasswordWork wanted = {.algorithm = cv_get_hasher(NULL)};
    if (must_update)
        *must_update = false;
    if (!password || !encoded || !cv_is_password_usable(encoded) ||
        !find_hasher(cv_password_algorithm(cv_slice(encoded))))
        return waste_time();
    Job job = {.algorithm = wanted.algorithm, .password = cv_slice(password), .encoded = cv_slice(encoded)};
    run(&job);
    if (must_update)
        *must_update = cv_password_must_update(&wanted, job.encoded);
    return job.good;
}

bool cv_check_password(const char *password, const char *encoded)
{
    return cv_verify_password(password, encoded, NULL);
}

bool cv_is_password_usable(const char *encoded)
{
    return !encoded || cv_password_is_usable(cv_slice(encoded));
}

/* ---- choosing ---- */

/* The rules of the settings, their lists read once a process. */
static const CvPasswordRule *rules(void)
{
    static const CvPasswordRule *source, *loaded;
    static const CvPasswordRule none[] = {{.kind = CV_PASSWORD_RULES_END}};
    static CvArena *arena;
    const CvPasswordRule *given = cv_settings()->auth_password_validators;
    if (!given)
        return none;
    if (given == source)
        return loaded;
    CvErrors errors = {.arena = cv_arena()};
    CvArena *fresh = cv_arena_create(0);
    const CvPasswordRule *read = cv_password_rules_load(fresh, given, &errors);
    if (errors.count) {
        cv_arena_destroy(fresh);
        cv_raise_error(errors.items[0]);
    }
    if (arena)
        cv_arena_destroy(arena);
    arena = fresh;
    source = given;
    return loaded = read;
}

bool cv_validate_password(const char *password, const CvUserFact *facts, CvInvalids *invalids)
{
    return cv_password_obeys(rules(), cv_arena(), cv_slice(password), facts, invalids);
}

CvList *cv_password_validators_help_texts(void)
{
    CvList *texts = cv_list_create(cv_arena());
    for (const CvPasswordRule *rule = rules(); rule->kind != CV_PASSWORD_RULES_END; rule++)
        cv_list_add(cv_arena(), texts, cv_value_slice(cv_password_rule_help(cv_arena(), rule)));
    return texts;
}

CvSlice cv_password_validators_help_text_html(void)
{
    return cv_password_rules_html(cv_arena(), rules());
}
