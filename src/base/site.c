/* site.c: the sections of call-site records that were handed over. */
#include "base/site.h"

#include "base/error.h"

#define SECTIONS_MAX 64 /* the program and its shared libraries */

static struct {
    CvSite *first, *end;
} sections[SECTIONS_MAX];
static size_t section_count;

void cv_sites_add(CvSite *first, CvSite *end)
{
    if (!first || first == end)
        return;
    for (size_t i = 0; i < section_count; i++)
        if (sections[i].first == first)
            return;
    if (section_count == SECTIONS_MAX)
        cv_raise(CV_ERROR_CONFIGURATION, "More than %d linked objects hand over call sites.", SECTIONS_MAX);
    sections[section_count].first = first;
    sections[section_count++].end = end;
}

CvSite *cv_sites_next(CvSite *site)
{
    if (!site)
        return section_count ? sections[0].first : NULL;
    for (size_t i = 0; i < section_count; i++)
        if (site >= sections[i].first && site < sections[i].end) {
            if (site + 1 < sections[i].end)
                return site + 1;
            return i + 1 < section_count ? sections[i + 1].first : NULL;
        }
    return NULL;
}
