/* expect gcc: from incompatible pointer type */
/* expect clang: incompatible function pointer types */
/* at: clean_of_wrong_row.list.h:4 */
/* most lines: 45 */
#define CV_MODELS "clean_of_wrong_row.list.h"
#include "orm/models.h"
void author_clean(Author *author, CvRowErrors *errors);
#define CV_MODELS "clean_of_wrong_row.list.h"
#include "orm/models_define.h"
