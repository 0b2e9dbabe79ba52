/* invalid.c: building and showing messages. */
#include "validators/invalid.h"

#include "base/vector.h"
#include "text/i18n.h"

bool cv_invalid_pairs(CvArena *arena, CvInvalid *invalid, const char *code, const char *message, size_t count,
                      const char *const *names, const CvValue *values)
{
    CvParam *params = cv_arena_new_array(arena, CvParam, count + 1);
    for (size_t i = 0; i < count; i++)
        params[i] = (CvParam){names[i], values[i]};
    *invalid = (CvInvalid){.message = message, .code = code, .params = params, .param_count = count};
    return false;
}

bool cv_invalid_plural(CvArena *arena, CvInvalid *invalid, const char *code, const char *singular, const char *plural,
                       const char *count, size_t param_count, const char *const *names, const CvValue *values)
{
    cv_invalid_pairs(arena, invalid, code, singular, param_count, names, values);
    invalid->plural = plural;
    invalid->count = count;
    return false;
}

void cv_invalids_add(CvInvalids *invalids, const CvInvalid *invalid)
{
    cv_vector_push(invalids->arena, invalids, *invalid);
}

static const CvParam *find(const CvParam *params, size_t count, CvSlice name)
{
    for (size_t i = 0; i < count; i++)
        if (cv_slice_is(name, params[i].name))
            return &params[i];
    return NULL;
}

CvSlice cv_interpolate(CvArena *arena, CvSlice message, const CvParam *params, size_t count)
{
    CvBuffer out = cv_buffer(arena);
    while (message.length) {
        ptrdiff_t at = cv_slice_find_byte(message, '%');
        cv_buffer_append(&out, message.data, at < 0 ? message.length : (size_t)at);
        if (at < 0)
            break;
        message = cv_slice_skip(message, (size_t)at);
        const CvParam *param = NULL;
        ptrdiff_t close = cv_slice_starts_with(message, CV_SLICE("%(")) ? cv_slice_find_byte(message, ')') : -1;
        if (close > 0 && (size_t)close + 1 < message.length && strchr("sd", message.data[close + 1]))
            param = find(params, count, cv_slice_range(message, 2, (size_t)close));
        if (param) {
            cv_buffer_append_slice(&out, cv_value_str(arena, param->value));
            message = cv_slice_skip(message, (size_t)close + 2);
        } else {
            size_t length = cv_slice_starts_with(message, CV_SLICE("%%")) ? 2 : 1;
            cv_buffer_append_byte(&out, '%');
            message = cv_slice_skip(message, length);
        }
    }
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_invalid_text(CvArena *arena, const CvInvalid *invalid)
{
    CvSlice message = cv_slice(invalid->message);
    if (invalid->fixed)
        return message;
    const CvParam *count =
        invalid->plural ? find(invalid->params, invalid->param_count, cv_slice(invalid->count)) : NULL;
    message =
        count ? cv_ngettext(NULL, message, cv_slice(invalid->plural), count->value.integer) : cv_gettext(NULL, message);
    return invalid->param_count ? cv_interpolate(arena, message, invalid->params, invalid->param_count) : message;
}
