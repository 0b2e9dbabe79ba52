/* evaluate.c: the value of an expression: names looked up, filters applied, what is missing forgiven as Django does. */
#include "template/lookup_private.h"

#include "base/self.h"
#include "text/html.h"

typedef enum Found { FOUND, NOT_FOUND, FORGIVEN } Found;

/* ---- guarded calls ---- */

bool cv_render_try(CvRender *render, void (*run)(void *argument), void *argument, CvError **error)
{
    CvContext *context = render->context;
    const CvRender saved = *render;
    CvContext before = *context;
    if (CV_LIKELY(cv_try(run, argument, error)))
        return true;
    *render = saved;
    render->stores++; /* what the failed call stored may still be reachable */
    render->escapes++;
    render->context = context;
    cv_context_cut(context, before.count, before.depth);
    context->autoescape = before.autoescape;
    context->use_tz = before.use_tz;
    context->use_l10n = before.use_l10n;
    (void)cv_locale_activate(saved.locale);
    return false;
}

typedef struct Access {
    CvRender *render;
    CvValue value;
    CvPart *part;
    CvValue *out;
    bool found;
} Access;

static void guarded_read(void *argument)
{
    Access *access = argument;
    const CvAccessor accessor = access->part->accessor; /* a read that waits may find another type's in its place */
    accessor.read(&accessor, access->value.object, access->render->arena, access->out);
    access->found = true;
}

static void guarded_get(void *argument)
{
    Access *access = argument;
    const CvType *type = cv_type_of(access->value.object);
    access->found = type->get(access->value.object, access->part->name, access->render->arena, access->out);
}

static void guarded_call(void *argument)
{
    Access *access = argument;
    *access->out = cv_type_of(access->value.object)->call(access->value.object, access->render->arena);
    access->found = true;
}

/* Runs it; a DoesNotExist is forgiven, a name that was not found on the way makes this one not found, any other error
 * goes on. */
static Found guard(void (*run)(void *argument), Access *access)
{
    CvError *error;
    if (cv_render_try(access->render, run, access, &error))
        return access->found && access->out->kind != CV_MISSING ? FOUND : NOT_FOUND;
    if (error->kind == CV_ERROR_VARIABLE_DOES_NOT_EXIST)
        return NOT_FOUND;
    if (error->kind != CV_ERROR_DOES_NOT_EXIST)
        cv_raise_error(error);
    return FORGIVEN;
}

/* ---- lookups ---- */

/* Keeps the accessor of the type for those of its kind that come next. */
static bool remember(CvPart *part, const CvType *type)
{
    CvAccessor accessor = {0};
    if (!type->resolve || !type->resolve(type, part->name, &accessor))
        return false; /* what is kept for another type stays as it is */
    part->accessor = accessor;
    part->type = type;
    return true;
}

static Found object_part(CvRender *render, CvValue value, CvPart *part, CvValue *out)
{
    const CvType *type = cv_type_of(value.object);
    if (CV_LIKELY(type == part->type) || remember(part, type)) {
        if (CV_UNLIKELY(part->accessor.may_raise))
            return guard(guarded_read, &(Access){render, value, part, out, false});
        const CvAccessor accessor = part->accessor;
        /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): what remember() remembers can be read */
        accessor.read(&accessor, value.object, render->arena, out);
        return out->kind != CV_MISSING ? FOUND : NOT_FOUND;
    }
    if (type->get) {
        Found found = guard(guarded_get, &(Access){render, value, part, out, false});
        if (found != NOT_FOUND)
            return found;
    }
    return part->index >= 0 && cv_value_item(render->arena, value, part->index, out) ? FOUND : NOT_FOUND;
}

static Found lookup_part(CvRender *render, CvValue value, CvPart *part, CvValue *out)
{
    switch ((CvKind)value.kind) {
    case CV_OBJECT:
        return object_part(render, value, part, out);
    case CV_DICT:
        if (cv_dict_get_slice(value.dict, part->name, out))
            return FOUND;
        if (cv_lookup_method(render, value, part->name, out))
            return FOUND;
        return part->index >= 0 && cv_dict_get(value.dict, cv_value_int(part->index), out) ? FOUND : NOT_FOUND;
    case CV_LIST:
    case CV_TUPLE:
    case CV_STRING:
        if (part->index < 0)
            return cv_lookup_method(render, value, part->name, out) ? FOUND : NOT_FOUND;
        return cv_value_item(render->arena, value, part->index, out) ? FOUND : NOT_FOUND;
    default:
        return cv_lookup_method(render, value, part->name, out) ? FOUND : NOT_FOUND;
    }
}

static CvValue invalid_text(const CvRender *render)
{
    const char *text = render->engine->options.string_if_invalid;
    return text ? cv_value_string(text) : cv_value_slice(CV_SLICE(""));
}

/* Calls what is callable. */
static Found call(CvRender *render, CvValue *value)
{
    const CvType *type = cv_type_of(value->object);
    if (!type->call || type->do_not_call)
        return FOUND;
    if (type->alters_data) {
        *value = invalid_text(render);
        return FOUND;
    }
    CvValue result = {.kind = CV_MISSING};
    Found found = guard(guarded_call, &(Access){render, *value, NULL, &result, false});
    if (found == NOT_FOUND) { /* it needs arguments */
        *value = invalid_text(render);
        return FOUND;
    }
    *value = result;
    return found;
}

/* cv_context_find() for names that are mostly in the newest scopes, as one copy of the name. */
static inline const CvContextEntry *find(const CvContext *context, const CvVariable *variable)
{
    const char *name = variable->parts[0].name.data;
    uint32_t hash = variable->hash;
    for (size_t i = context->index ? 0 : context->count; i-- > 0;)
        if (context->hashes[i] == hash) {
            CvSlice at = context->entries[i].name;
            if (CV_LIKELY(at.data == name && at.length == variable->parts[0].name.length) ||
                cv_slice_equal(at, variable->parts[0].name)) /* the same name from elsewhere */
                return &context->entries[i];
        }
    return cv_context_find(context, variable->parts[0].name, hash);
}

static Found resolve(CvRender *render, const CvVariable *variable, CvValue *out)
{
    const CvContextEntry *entry = find(render->context, variable);
    if (!entry)
        return NOT_FOUND;
    *out = entry->value;
    Found found = out->kind == CV_OBJECT && cv_type_of(out->object)->call ? call(render, out) : FOUND;
    for (uint32_t i = 1; i < variable->count && found == FOUND; i++) {
        CvValue inner;
        found = lookup_part(render, *out, &variable->parts[i], &inner);
        if (found != FOUND)
            break;
        *out = inner;
        if (out->kind == CV_OBJECT && cv_type_of(out->object)->call)
            found = call(render, out);
    }
    return found;
}

bool cv_render_lookup(CvRender *render, CvValue value, CvSlice name, CvValue *out)
{
    int64_t index = -1;
    uint64_t number;
    if (name.length && name.length < 19 && name.data[0] >= '0' && name.data[0] <= '9' &&
        cv_slice_to_uint64(name, &number))
        index = (int64_t)number;
    CvPart part = {.name = name, .index = index};
    Found found = lookup_part(render, value, &part, out);
    if (found == FOUND && out->kind == CV_OBJECT)
        found = call(render, out);
    if (found == FORGIVEN)
        *out = invalid_text(render);
    return found != NOT_FOUND;
}

/* ---- operands and filters ---- */

static CvValue message(CvRender *render, const CvOperand *operand)
{
    CvSlice text = cv_locale_message(render->locale, NULL, cv_value_as_slice(operand->literal));
    return cv_value_safe(text);
}

CvValue cv_render_operand(CvRender *render, const CvOperand *operand)
{
    CvValue value;
    switch (operand->kind) {
    case CV_OPERAND_LITERAL:
        return operand->literal;
    case CV_OPERAND_MESSAGE:
        return message(render, operand);
    case CV_OPERAND_VARIABLE:
        break;
    }
    switch (resolve(render, &operand->variable, &value)) {
    case FOUND:
        return value;
    case FORGIVEN:
        return invalid_text(render);
    case NOT_FOUND:
        break;
    }
    return (CvValue){.kind = CV_MISSING};
}

static CvValue argument_value(CvRender *render, const CvFilterCall *call)
{
    if (!call->has_argument)
        return (CvValue){.kind = CV_MISSING};
    CvValue value = cv_render_operand(render, &call->argument);
    if (value.kind == CV_MISSING)
        cv_raise(CV_ERROR_VARIABLE_DOES_NOT_EXIST, "Failed lookup for key [%.*s] in the context",
                 CV_SLICE_ARG(call->argument.variable.text));
    return value;
}

CvValue cv_render_text(CvRender *render, CvValue value)
{
    if (CV_LIKELY(value.kind == CV_STRING)) {
        if (CV_UNLIKELY(value.flags & CV_LAZY)) {
            CvValue text = cv_value_slice(cv_locale_message(render->locale, NULL, cv_value_as_slice(value)));
            text.flags = value.flags & CV_SAFE;
            return text;
        }
        return value;
    }
    CvValue text = cv_value_slice(cv_value_str(render->arena, value));
    if (value.kind == CV_OBJECT && cv_type_of(value.object)->str_is_safe)
        text.flags = CV_SAFE;
    return text;
}

static CvValue local_time(const CvRender *render, CvValue value)
{
    if (value.kind == CV_DATETIME && render->context->use_tz && !(value.flags & CV_ZONE_CHOSEN) &&
        !cv_datetime_is_naive(value.datetime))
        return cv_value_in_zone(value, cv_current_zone());
    return value;
}

/* Calls a filter of a typed kind; false if the value or argument is not of its type: then the value stays. */
static bool call_typed(CvRender *render, const CvFilter *filter, CvValue *value, CvValue argument)
{
    CvArena *arena = render->arena;
    CvSlice text;
    int64_t number;
    double real;
    switch ((CvFilterKind)filter->kind) {
    case CV_FILTER_INT_ONLY:
        if (!cv_value_to_int(*value, &number))
            return false;
        text = filter->integer(arena, number);
        break;
    case CV_FILTER_FLOAT_ONLY:
        if (!cv_value_to_float(*value, &real))
            return false;
        text = filter->real(arena, real);
        break;
    case CV_FILTER_TEXT_INT:
        if (!cv_value_to_int(argument, &number))
            return false;
        text = filter->text_int(arena, cv_value_as_slice(*value), number);
        break;
    case CV_FILTER_TEXT_TEXT:
        text = filter->text_text(arena, cv_value_as_slice(*value), cv_value_as_slice(cv_render_text(render, argument)));
        break;
    default:
        text = filter->text(arena, cv_value_as_slice(*value));
        break;
    }
    *value = cv_value_slice(text);
    return true;
}

/* What Python refuses when the filter is called. */
static CV_NORETURN CV_COLD void refuse(const CvFilterCall *call)
{
    const CvFilter *filter = call->filter;
    if (filter->flags & CV_FILTER_REFUSES_ARGUMENT)
        cv_raise(CV_ERROR_TYPE, "%s() got multiple values for argument 'autoescape'", filter->name);
    cv_raise(CV_ERROR_TYPE, "%s takes no text that is translated when it is shown", filter->name);
}

/* In place: values are written and read member by member where that is fast. */
static void apply(CvRender *render, const CvFilterCall *call, CvValue *value)
{
    const CvFilter *filter = call->filter;
    if (filter->flags & CV_FILTER_LOCALTIME)
        *value = local_time(render, *value);
    bool text_kind = filter->kind == CV_FILTER_TEXT_ONLY || filter->kind == CV_FILTER_TEXT_TEXT ||
                     filter->kind == CV_FILTER_TEXT_INT;
    if ((text_kind || (filter->flags & CV_FILTER_TEXT)) && (value->kind != CV_STRING || (value->flags & CV_LAZY)))
        *value = cv_render_text(render, *value);
    bool safe = value->kind == CV_STRING && (value->flags & CV_SAFE) && (filter->flags & CV_FILTER_SAFE);
    if (CV_UNLIKELY(call->refused))
        refuse(call);
    if (CV_LIKELY(filter->kind == CV_FILTER_VALUE))
        *value = filter->value(render, *value, argument_value(render, call));
    else if (!call_typed(render, filter, value, argument_value(render, call)))
        return;
    if (!safe)
        return;
    if (value->kind != CV_STRING) /* mark_safe() makes text of anything */
        *value = cv_render_text(render, *value);
    value->flags |= CV_SAFE;
}

const CvValue *cv_render_string_if_invalid(CvRender *render, const CvExpression *expression, CvValue *storage)
{
    const char *format = render->engine->options.string_if_invalid;
    const char *at = format ? strstr(format, "%s") : NULL;
    if (!at) {
        *storage = cv_value_string(format ? format : "");
        return storage;
    }
    CvBuffer out = cv_buffer(render->arena);
    cv_buffer_append(&out, format, (size_t)(at - format));
    cv_buffer_append_slice(&out, expression->base.variable.text);
    cv_buffer_append_string(&out, at + 2);
    *storage = cv_value_slice(cv_buffer_slice(&out));
    return storage;
}

CvValue cv_expression_filtered(CvRender *render, const CvExpression *expression, CvValue value)
{
    for (size_t i = 0; i < expression->filter_count; i++)
        apply(render, &expression->filters[i], &value);
    return value;
}

CvValue cv_expression_value(CvRender *render, const CvExpression *expression, bool quiet)
{
    CvValue value = cv_render_operand(render, &expression->base);
    if (CV_UNLIKELY(value.kind == CV_MISSING)) {
        if (quiet) {
            value = cv_value_null();
        } else {
            cv_render_string_if_invalid(render, expression, &value);
            if (value.length)
                return value;
        }
    }
    return cv_expression_filtered(render, expression, value);
}

/* ---- output ---- */

static inline void write_value(CvRender *render, const CvValue *value)
{
    if (CV_LIKELY(value->kind == CV_STRING && !(value->flags & CV_LAZY))) {
        CvSlice text = {value->text, value->length};
        if (render->context->autoescape && !(value->flags & CV_SAFE))
            cv_html_escape(render->out, text);
        else
            cv_buffer_append_slice(render->out, text);
    } else if (value->kind == CV_INT && render->plain) {
        cv_buffer_append_int(render->out, value->integer);
    } else {
        cv_render_value(render, *value);
    }
}

/* An object that was found under a name; a row's members are written one after the other. */
typedef struct Known {
    const char *name;
    const void *object;
    const CvType *type;
} Known;

static inline void know_object(Known *known, const char *name, const void *object)
{
    const CvType *type = cv_type_of(object);
    known->name = name;
    known->object = object;
    known->type = CV_UNLIKELY(type->call != NULL) ? NULL : type;
}

static void know(Known *known, const CvRender *render, const CvVariable *variable)
{
    const CvContextEntry *entry = find(render->context, variable);
    known->name = variable->parts[0].name.data;
    known->type = NULL;
    if (entry && entry->value.kind == CV_OBJECT)
        know_object(known, known->name, entry->value.object);
}

/* Where an object of that type passed by before and its member stands at an offset: no call, nothing in between. */
static inline bool write_direct(const CvRender *render, const Known *known, const CvOutput *output)
{
    const CvAccessor *accessor = &output->member->accessor;
    const char *object = known->object;
    if (accessor->direct == CV_DIRECT_NONE || known->type != output->member->type || output->filtered ||
        (accessor->guard && *(const void *const *)(const void *)(object + accessor->guard)))
        return false;
    const void *at = object + accessor->offset;
    if (accessor->direct == CV_DIRECT_TEXT) {
        const char *text = *(const char *const *)at;
        if (!text)
            return false;
        if (render->context->autoescape)
            cv_html_escape(render->out, cv_slice(text));
        else
            cv_buffer_append_string(render->out, text);
        return true;
    }
    if (accessor->direct != CV_DIRECT_INT || !render->plain)
        return false;
    cv_buffer_append_int(render->out, *(const int64_t *)at);
    return true;
}

/* "{{ row.name }}" where an object of that type passed by before: nothing but the accessor's call. */
static inline bool read_member(CvRender *render, const Known *known, const CvPart *part, CvValue *out)
{
    if (!part || known->type != part->type || !part->type || part->accessor.may_raise)
        return false;
    const CvAccessor accessor = part->accessor; /* it may wait for a deferred member */
    accessor.read(&accessor, known->object, render->arena, out);
    return out->kind != CV_OBJECT && out->kind != CV_MISSING;
}

/* Whatever it is. */
static void write_output(CvRender *render, Known *known, const CvOutput *output)
{
    CvWork work = cv_work_begin(render);
    CvValue value;
    render->code = &output->place;
    if (CV_UNLIKELY(!read_member(render, known, output->member, &value))) {
        value = cv_expression_value(render, output->expression, false);
        known->name = NULL; /* a call may have changed the context */
    } else {
        for (size_t i = 0; i < output->expression->filter_count; i++)
            apply(render, &output->expression->filters[i], &value);
    }
    write_value(render, &value);
    cv_work_end(render, work);
}

static inline __attribute__((always_inline)) void write_outputs(CvRender *render, const CvOutputs *outputs,
                                                                Known *known)
{
    for (const CvOutput *output = outputs->items, *end = output + outputs->count; output < end; output++) {
        cv_render_append_text(render->out, output->before, output->before_length);
        if (output->member) {
            if (known->name != output->name)
                know(known, render, &output->expression->base.variable);
            if (CV_LIKELY(write_direct(render, known, output)))
                continue;
        } else if (!output->expression) {
            continue;
        }
        write_output(render, known, output);
    }
}

const CvCode *cv_run_outputs(CvRender *render, const CvCode *code)
{
    Known known = {0};
    write_outputs(render, code->data, &known);
    return code + 1;
}

void cv_run_outputs_of(CvRender *render, const CvCode *code, const char *name, const CvValue *item)
{
    Known known = {0};
    if (CV_LIKELY(item->kind == CV_OBJECT))
        know_object(&known, name, item->object);
    write_outputs(render, code->data, &known);
}
