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

/* The value that the mark at the beginning names ("%(limit)d", "%d": the first one) and its length; NULL: it is none.
 */
static const CvParam *mark_at(CvSlice text, const CvParam *params, size_t count, size_t *length)
{
    bool named = cv_slice_starts_with(text, CV_SLICE("%("));
    ptrdiff_t close = named ? cv_slice_find_byte(text, ')') : 0;
    *length = (size_t)close + 2;
    if (close < 0 || *length > text.length || !memchr("sdr", text.data[close + 1], 3))
        return NULL;
    return !named ? (count ? params : NULL) : find(params, count, cv_slice_range(text, 2, (size_t)close));
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
        size_t length;
        const CvParam *param = mark_at(message, params, count, &length);
        if (param) {
            CvValue value = cv_value_translated(param->value);
            bool repr = message.data[length - 1] == 'r';
            cv_buffer_append_slice(&out, repr ? cv_value_repr(arena, value) : cv_value_str(arena, value));
            message = cv_slice_skip(message, length);
        } else {
            cv_buffer_append_byte(&out, '%');
            message = cv_slice_skip(message, cv_slice_starts_with(message, CV_SLICE("%%")) ? 2 : 1);
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
