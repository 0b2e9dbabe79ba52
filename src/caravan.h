/* caravan.h: everything that a site includes.
 *
 *     #include <caravan/caravan.h>
 *
 *     static CvResponse *hello(CvRequest *request)
 *     {
 *         return cv_response_text(request->arena, "Hello, World!");
 *     }
 *     static const CvUrl urls[] = {CV_PATH("", hello, .name = "hello"), CV_URLS_END};
 *
 *     int main(int argc, char **argv)
 *     {
 *         return cv_main(argc, argv, &(CvSettings){.urls = urls, .middleware = CV_DEFAULT_MIDDLEWARE});
 *     }
 *
 * Beside it stand the headers that list files go through: caravan/models.h, models_define.h, forms.h, forms_define.h,
 * migrations_begin.h, migrations_end.h. */
#ifndef CV_CARAVAN_H
#define CV_CARAVAN_H

#include "base/base.h"
#include "contrib/auth/passwords.h"
#include "contrib/contenttypes/contenttypes.h"
#include "contrib/media/media.h"
#include "contrib/messages/messages.h"
#include "contrib/sessions/engine.h"
#include "contrib/staticfiles/staticfiles.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "forms/form.h"
#include "forms/model_formset.h"
#include "http/http.h"
#include "loop/loop.h"
#include "management/management.h"
#include "middleware/middleware.h"
#include "migrations/migrations.h"
#include "orm/any_row.h"
#include "orm/orm.h"
#include "server/server.h"
#include "storage/storage.h"
#include "template/template.h"
#include "text/text.h"
#include "urls/urls.h"
#include "views/views.h"
#include "web/web.h"

#endif
