/* tags.h: the template tags that need a site: url, static, csrf_token. A started site has them; tools add them:
 *
 *     cv_web_tags_add(engine);
 *     cv_web_set_resolver(resolver);         // what {% url %} reverses with, where no site was started
 */
#ifndef CV_WEB_TAGS_H
#define CV_WEB_TAGS_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvEngine CvEngine;
typedef struct CvResolver CvResolver;

void cv_web_tags_add(CvEngine *engine);
void cv_web_set_resolver(const CvResolver *resolver);

CV_API_END

#endif
