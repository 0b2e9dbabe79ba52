/* expect both: 'nmae' */
/* at: constraint_misspelt.list.h:3 */
/* most lines: 45 */
#define CV_MODELS "constraint_misspelt.list.h"
#include "orm/models.h"
#define CV_MODELS "constraint_misspelt.list.h"
#include "orm/models_define.h"
