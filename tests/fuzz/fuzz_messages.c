/* fuzz_messages.c: what a visitor may send as the cookie of messages: signed by nobody, and (as if the secret were
 * known) any JSON under a good signature. What is read can be shown and written again. */
#include "contrib/messages/codec.h"
#include "crypto/signing.h"

static void use(CvArena *arena, const CvMessageList *list)
{
    CvMessageList unstored;
    for (size_t i = 0; i < list->count; i++) {
        (void)cv_message_tags(arena, list->items[i]);
        (void)cv_value_str(arena, cv_value_object(list->items[i]));
        (void)cv_value_repr(arena, cv_value_object(list->items[i]));
    }
    CvSlice text = cv_messages_encode_to_fit(arena, list->items, list->count, CV_MESSAGES_COOKIE_SIZE, true, &unstored);
    if (text.length > CV_MESSAGES_COOKIE_SIZE || unstored.count > list->count)
        __builtin_trap();
    CvMessageList *again = cv_messages_decode(arena, cv_messages_encode(arena, list->items, list->count, false));
    if (!again || again->count != list->count)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool started;
    if (!started) {
        CvErrors errors = {.arena = cv_arena()};
        started = cv_project_start(&(CvSettings){.secret_key = "a secret of the tests"}, NULL, &errors);
    }
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvSigner signer = {.key = "django.http.cookiesa secret of the tests", .salt = CV_MESSAGES_SALT};
    CV_IN_ARENA (arena) {
        (void)cv_messages_decode(arena, text);
        CvMessageList *list = cv_messages_decode(arena, cv_sign_bytes(&signer, arena, text, CV_SIGN_TIMESTAMP));
        if (list)
            use(arena, list);
    }
    cv_arena_destroy(arena);
    return 0;
}
