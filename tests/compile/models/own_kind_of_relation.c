/* expect gcc: has no member named 'own' */
/* expect clang: field designator 'own' does not refer to any field in type 'CvRelationOptions' */
/* at: own_kind_of_relation.list.h:2 */
/* most lines: 50 */
#include "own_kind.h"
#define CV_MODELS "own_kind_of_relation.list.h"
#include "orm/models.h"
#define CV_MODELS "own_kind_of_relation.list.h"
#include "orm/models_define.h"
