/* expect both: a view is CvResponse *price(CvRequest *, ...) with up to 3 more of int64_t, const char *, CvUuid, CvValue */
/* at: view_parameter.c:8 */
/* most lines: 20 */
#include "urls/urls.h"
CvResponse *price(CvRequest *request, double amount);
extern const CvUrl urls[];
const CvUrl urls[] = {
    CV_PATH("price/<str:amount>/", price, .name = "price"),
    CV_URLS_END
};
