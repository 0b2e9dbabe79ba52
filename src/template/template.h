/* template.h: Django's template language: the folder's public header.
 *
 *     CvEngine *engine = cv_engine_create(&(CvEngineOptions){.dirs = CV_NAMES("templates")});
 *     CvContext *context = cv_context_create(arena);
 *     cv_context_set(context, "name", CV_VALUE("Ada"));
 *
 *     CvError error;
 *     CvBuffer out = cv_buffer(arena);
 *     const CvTemplate *page = cv_engine_get(engine, "hello.html", &error);
 *     if (!page || !cv_template_render(page, context, &out, &error))
 *         ... error.message, error.file, error.line, error.column, error.detail (the lines around) ...
 *
 * engine.h finds, compiles and renders; context.h holds what a template may name; library.h is for tags and filters of
 * your own; inspect.h tells what a template reads, for checks before serving; locale.h holds formats and messages. */
#ifndef CV_TEMPLATE_TEMPLATE_H
#define CV_TEMPLATE_TEMPLATE_H

#include "template/context.h"
#include "template/engine.h"
#include "template/inspect.h"
#include "template/library.h"
#include "template/locale.h"

#endif
