/* messages.c: the messages of a request: said, walked through, and put away on the way out. */
#include "contrib/messages/messages_private.h"

#include "base/log.h"
#include "http/http.h"
#include "template/template.h"

static int slot = -1;

static CvMessages *messages_of(CvRequest *request)
{
    return slot < 0 ? NULL : request->slots[slot];
}

const CvMessageVector *cv_messages_loaded(CvMessages *messages)
{
    if (!messages->is_loaded) {
        messages->is_loaded = true;
        cv_messages_load(messages);
    }
    return &messages->loaded;
}

/* Nobody puts messages away any more where the response is on its way: that must not go unnoticed. */
static void check_in_time(const CvMessages *messages, const char *what, const char *so)
{
    if (messages->gone_out)
        cv_log(CV_LOG_ERROR, "caravan.messages", "Messages were %s after the response to %s had gone out: %s.", what,
               messages->request->path, so);
}

/* All of them, as shown. */
static const CvMessageVector *walk(CvMessages *messages)
{
    (void)cv_messages_loaded(messages);
    if (!messages->used && messages->loaded.count)
        check_in_time(messages, "shown", "the next page shows them again. Show them near the top of the page");
    for (size_t i = 0; i < messages->queued.count; i++)
        cv_vector_push(messages->request->arena, &messages->loaded, messages->queued.items[i]);
    messages->queued.count = 0;
    messages->used = true;
    return &messages->loaded;
}

/* ---- templates ---- */

static bool messages_length(const void *object, size_t *out)
{
    CvMessages *messages = (CvMessages *)(uintptr_t)object;
    *out = cv_messages_loaded(messages)->count + messages->queued.count;
    return true;
}

static bool messages_next(CvIterator *iterator, CvValue *out)
{
    const CvMessageVector *all = iterator->state;
    if (iterator->index >= all->count)
        return false;
    *out = cv_value_object(all->items[iterator->index++]);
    return true;
}

static void messages_iterate(const void *object, CvIterator *iterator)
{
    iterator->state = (void *)(uintptr_t)walk((CvMessages *)(uintptr_t)object);
    iterator->next = messages_next;
}

static const CvType messages_type = {
    .magic = CV_TYPE_MAGIC, .name = "Messages", .length = messages_length, .iterate = messages_iterate};

static void add_context(CvRequest *request, CvContext *context)
{
    CvMessages *messages = messages_of(request);
    CvDict *levels = cv_dict_create(request->arena);
    cv_dict_set_name(levels, "DEBUG", cv_value_int(CV_DEBUG));
    cv_dict_set_name(levels, "INFO", cv_value_int(CV_INFO));
    cv_dict_set_name(levels, "SUCCESS", cv_value_int(CV_SUCCESS));
    cv_dict_set_name(levels, "WARNING", cv_value_int(CV_WARNING));
    cv_dict_set_name(levels, "ERROR", cv_value_int(CV_ERROR));
    cv_context_set(context, "messages",
                   messages ? cv_value_object(messages) : cv_value_list(cv_list_create(request->arena)));
    cv_context_set(context, "DEFAULT_MESSAGE_LEVELS", cv_value_dict(levels));
}

const CvContextProcessor cv_messages_context = {
    .name = "messages", .provides = CV_LIST("messages", "DEFAULT_MESSAGE_LEVELS"), .add = add_context};

/* ---- views ---- */

static int level_of(const CvMessages *messages)
{
    return messages && messages->level ? messages->level : (int)cv_settings()->message_level;
}

void cv_add_message_with(CvRequest *request, int level, CvValue message, const CvMessageOptions *options)
{
    CvMessages *messages = messages_of(request);
    if (!messages && options->fail_silently)
        return;
    if (!messages)
        cv_raise(CV_ERROR_CONFIGURATION, "You cannot add messages without cv_message_middleware in the middleware.");
    if (level < level_of(messages) || !cv_value_truth(message))
        return;
    CvValue text = message.kind == CV_STRING ? cv_value_copy(request->arena, message)
                                             : cv_value_slice(cv_value_str(request->arena, message));
    const char *tags = options->extra_tags ? cv_arena_strdup(request->arena, options->extra_tags) : "";
    cv_vector_push(request->arena, &messages->queued, cv_message_create(request->arena, level, text, tags));
    messages->added = true;
    check_in_time(messages, "said", "they are lost. Say them before the page is rendered");
}

void cv_message(CvRequest *request, int level, const char *format, ...)
{
    static const CvMessageOptions none = {0};
    CvBuffer text = cv_buffer(request->arena);
    va_list arguments;
    va_start(arguments, format);
    cv_buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    cv_add_message_with(request, level, cv_value_slice(cv_buffer_slice(&text)), &none);
}

int cv_get_message_level(CvRequest *request)
{
    return level_of(messages_of(request));
}

bool cv_set_message_level(CvRequest *request, int level)
{
    CvMessages *messages = messages_of(request);
    if (messages)
        messages->level = level;
    return messages != NULL;
}

const CvMessage *const *cv_get_messages(CvRequest *request, size_t *count)
{
    CvMessages *messages = messages_of(request);
    const CvMessageVector *all = messages ? walk(messages) : NULL;
    *count = all ? all->count : 0;
    return all ? all->items : NULL;
}

size_t cv_message_count(CvRequest *request)
{
    CvMessages *messages = messages_of(request);
    size_t count = 0;
    if (messages)
        (void)messages_length(messages, &count);
    return count;
}

void cv_keep_messages(CvRequest *request)
{
    CvMessages *messages = messages_of(request);
    if (messages)
        messages->used = false;
}

/* ---- the middleware ---- */

static bool sessions_stand_before(const CvSettings *settings)
{
    for (const CvMiddleware *const *one = settings->middleware; one && *one && *one != &cv_message_middleware; one++)
        if (strcmp((*one)->name, "sessions") == 0)
            return true;
    return false;
}

static bool message_init(const CvSettings *settings, CvErrors *errors)
{
    if (slot < 0)
        slot = cv_request_slot(NULL, NULL);
    if (cv_message_storage_init(settings, errors) & CV_MESSAGES_IN_SESSION && !sessions_stand_before(settings))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "Messages are kept in sessions, but no session middleware stands before the message "
                         "middleware.")
            ->hint = "Put &cv_session_middleware before &cv_message_middleware, or set MESSAGE_STORAGE=cookie.";
    return true;
}

static CvResponse *message_request(CvRequest *request)
{
    CvMessages *messages = cv_arena_new(request->arena, CvMessages);
    *messages = (CvMessages){.object = {&messages_type}, .request = request};
    request->slots[slot] = messages;
    return NULL;
}

static CvResponse *message_response(CvRequest *request, CvResponse *response)
{
    CvMessages *messages = messages_of(request);
    size_t left = 0;
    if (!messages)
        return response;
    if (messages->used) {
        left = cv_messages_store(messages, messages->queued.items, messages->queued.count, response);
    } else if (messages->added) {
        const CvMessageVector *all = walk(messages);
        left = cv_messages_store(messages, all->items, all->count, response);
        messages->used = false;
    }
    messages->gone_out = true;
    if (messages->is_loaded)
        cv_patch_vary(response, "Cookie");
    if (left && cv_settings()->debug)
        cv_raise(CV_ERROR_VALUE, "Not all temporary messages could be stored.");
    return response;
}

const CvMiddleware cv_message_middleware = {
    .name = "messages", .init = message_init, .process_request = message_request, .process_response = message_response};

const CvApp cv_messages = {.name = "caravan.contrib.messages"};
