/* expect gcc: has no member named 'orderin'; did you mean 'ordering'? */
/* expect clang: field designator 'orderin' does not refer to any field */
/* at: meta_misspelt.list.h */
/* most lines: 45 */
#define CV_MODELS "meta_misspelt.list.h"
#include "orm/models.h"
#define CV_MODELS "meta_misspelt.list.h"
#include "orm/models_define.h"
