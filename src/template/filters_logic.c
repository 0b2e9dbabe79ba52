/* filters_logic.c: filters that choose: default, default_if_none, yesno, pluralize; and pprint. */
#include "template/tags_private.h"

static CvValue use_default(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    return cv_value_truth(value) ? value : argument;
}

static CvValue default_if_none(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    return value.kind == CV_NULL ? argument : value;
}

/* At most three parts of a text at its commas; 0: there are more. */
static size_t split_commas(CvSlice text, CvSlice parts[3])
{
    size_t count = 0;
    CvSlice part;
    while (cv_slice_split(&text, ',', &part)) {
        if (count < 3)
            parts[count] = part;
        count++;
    }
    return count;
}

static CvValue part_value(CvSlice part, unsigned flags)
{
    (void)flags;
    return cv_value_slice(part);
}

static CvValue yesno(CvRender *render, CvValue value, CvValue argument)
{
    CvSlice choices[3];
    if (argument.kind == CV_MISSING || argument.kind == CV_NULL)
        argument = cv_value_slice(cv_locale_message(render->locale, NULL, CV_SLICE("yes,no,maybe")));
    if (argument.kind != CV_STRING)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'split'", cv_value_kind_name(argument));
    size_t count = split_commas(cv_value_as_slice(argument), choices);
    if (count < 2)
        return value;
    if (count != 3)
        choices[2] = choices[1];
    return part_value(choices[value.kind == CV_NULL ? 2 : !cv_value_truth(value)], argument.flags);
}

static CvValue pluralize(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    CvSlice parts[3] = {{"", 0}, {"s", 1}};
    if (argument.kind != CV_MISSING) {
        if (argument.kind != CV_STRING)
            cv_raise(CV_ERROR_TYPE, "argument of type '%s' is not iterable", cv_value_kind_name(argument));
        size_t count = split_commas(cv_value_as_slice(argument), parts);
        if (count > 2)
            return cv_value_slice(CV_SLICE(""));
        if (count == 1) {
            parts[1] = parts[0];
            parts[0] = (CvSlice){"", 0};
        }
    }
    double number;
    size_t length;
    bool one;
    if (cv_value_to_float(value, &number))
        one = number == 1;
    else if (value.kind == CV_STRING || !cv_value_length(value, &length))
        return cv_value_slice(CV_SLICE(""));
    else
        one = length == 1;
    return cv_value_slice(parts[!one]);
}

/* ---- pprint ---- */

static CvValue pprint(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return cv_value_slice(cv_value_pprint(render->arena, value));
}

static const CvFilter filters[] = {
    CV_FILTER("default", use_default, .flags = CV_FILTER_NEEDS_ARGUMENT,
              .doc = "Another value where this one is false.",
              .examples = CV_EXAMPLES({"{{ \"\"|default:\"none\" }}", "none"})),
    CV_FILTER("default_if_none", default_if_none, .flags = CV_FILTER_NEEDS_ARGUMENT,
              .doc = "Another value where this one is None.",
              .examples = CV_EXAMPLES({"{{ None|default_if_none:\"-\" }}", "-"})),
    CV_FILTER("yesno", yesno, .flags = CV_FILTER_TAKES_ARGUMENT, .doc = "Words for true, false and None.",
              .examples = CV_EXAMPLES({"{{ True|yesno:\"on,off\" }}", "on"})),
    CV_FILTER("pluralize", pluralize, .flags = CV_FILTER_TAKES_ARGUMENT, .doc = "The ending for one or for many.",
              .examples = CV_EXAMPLES({"cherr{{ 2|pluralize:\"y,ies\" }}", "cherries"})),
    CV_FILTER("pprint", pprint, .flags = CV_FILTER_SAFE, .doc = "The value as Python prints it.",
              .examples = CV_EXAMPLES({"{{ 1.5|pprint }}", "1.5"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_logic_filters = {.name = "", .filters = filters};
