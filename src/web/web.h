/* web.h: settings, apps, the handler, the middleware chain, shortcuts, pages, checks. */
#ifndef CV_WEB_WEB_H
#define CV_WEB_WEB_H

#include "web/app.h"
#include "web/checks.h"
#include "web/context.h"
#include "web/lookup.h"
#include "web/middleware.h"
#include "web/paginator.h"
#include "web/project.h"
#include "web/settings.h"
#include "web/shortcuts.h"

#endif
