/* urls.h: from the path of a request to a view and back: URL tables, resolving, reversing, as Django's dispatcher. */
#ifndef CV_URLS_URLS_H
#define CV_URLS_URLS_H

#include "urls/converter.h"
#include "urls/resolver.h"
#include "urls/reverse.h"
#include "urls/table.h"

#endif
