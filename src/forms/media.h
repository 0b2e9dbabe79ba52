/* media.h: the CSS and JavaScript files that the widgets of a page need: Django's Media.
 *
 *     CvMedia media = cv_form_media(form);
 *     cv_media_html(&media, "/static/", &out);    // <link ...> and <script ...>, each once, in an order that suits
 *
 * Each widget lists its files in the order in which it needs them; the lists are merged so that all those orders hold,
 * as far as they do not contradict each other. */
#ifndef CV_FORMS_MEDIA_H
#define CV_FORMS_MEDIA_H

#include "forms/form.h"

CV_API_BEGIN

typedef struct CvMediaList {
    const char *medium; /* "all", "print"; NULL: JavaScript */
    const CvMediaFile *files;
    size_t count;
} CvMediaList;

typedef struct CvMedia {
    CvArena *arena;
    CvMediaList *items;
    size_t count, capacity;
} CvMedia;

/* Adds a list of files of one medium (NULL: JavaScript), whose texts are borrowed. An equal list that is there already
 * counts once. */
void cv_media_add(CvMedia *media, const char *medium, const CvMediaFile *files, size_t count);
/* The files of one medium merged, and their number; *conflict: two lists want opposite orders. Files are the same if
 * path and attributes are. */
const CvMediaFile *cv_media_merged(const CvMedia *media, const char *medium, size_t *count, bool *conflict);
/* A path as it stands in the page: absolute ones as they are, others behind `static_url` (NULL: as they are). */
CvSlice cv_media_path(CvArena *arena, CvSlice path, const char *static_url);
/* Links by medium in alphabetical order, then scripts, a line each. */
void cv_media_html(const CvMedia *media, const char *static_url, CvBuffer *out);
/* What stands before relative paths in {{ form.media }} (STATIC_URL); set while the program starts. */
void cv_forms_set_static_url(const char *static_url);
/* All that a form and its widgets need; what one widget needs. */
CvMedia cv_form_media(const CvForm *form);
CvMedia cv_widget_media(const CvWidget *widget, CvArena *arena);
/* What {{ form.media }} prints; in templates it is an object with `css` and `js`, which print their part. */
CvSlice cv_form_media_html(const CvForm *form);

CV_API_END

#endif
