/* expect gcc: from incompatible pointer type */
/* expect clang: incompatible function pointer types */
/* at: manager_of_wrong_set.list.h:6 */
/* most lines: 45 */
#define CV_MODELS "manager_of_wrong_set.list.h"
#include "orm/models.h"
Author_set *old_authors(Author_set *authors);
#define CV_MODELS "manager_of_wrong_set.list.h"
#include "orm/models_define.h"
