/* expect gcc: has no member named 'nam'; did you mean 'name'? */
/* expect clang: field designator 'nam' does not refer to any field in type 'const CvUrl' */
/* at: option_misspelt.c:8 */
/* most lines: 30 */
#include "urls/urls.h"
CvResponse *home(CvRequest *request);
extern const CvUrl urls[];
const CvUrl urls[] = {CV_PATH("", home, .nam = "home"), CV_URLS_END};
