/* tags_private.h: the libraries of the engine's own tags and filters, and what their files share. */
#ifndef CV_TEMPLATE_TAGS_PRIVATE_H
#define CV_TEMPLATE_TAGS_PRIVATE_H

#include "template/lookup_private.h"
#include "template/parser_private.h"

/* Builtins, in the order in which they are added. */
extern const CvLibrary cv_library_if, cv_library_for, cv_library_inherit, cv_library_flow, cv_library_output,
    cv_library_link, cv_library_lorem, cv_library_regroup;
extern const CvLibrary cv_library_text_filters, cv_library_html_filters, cv_library_list_filters,
    cv_library_number_filters, cv_library_date_filters, cv_library_logic_filters;
/* For {% load %}. */
extern const CvLibrary cv_library_i18n, cv_library_l10n, cv_library_tz, cv_library_static, cv_library_cache,
    cv_library_humanize;

void cv_compile_blocktranslate(CvParser *parser);
/* pprint.c: the value as Python's pprint.pformat() gives it. */
CvSlice cv_value_pprint(CvArena *arena, CvValue value);

/* A body that runs with something around it: compiles up to `end` behind an instruction with this data. */
size_t cv_parser_simple_body(CvParser *parser, CvRunCode *run, const void *data, const char *end);
/* `as name` at the end of the words: the name (and two words fewer), or no data. */
CvSlice cv_words_take_as(const CvSlice *words, size_t *count);
/* Writes text that is safe, or sets it under a name that is not empty. */
void cv_render_result(CvRender *render, CvSlice name, CvValue value);

#endif
