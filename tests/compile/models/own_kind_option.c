/* expect gcc: has no member named 'max_digits' */
/* expect clang: field designator 'max_digits' does not refer to any field in type 'CvTextOptions' */
/* at: own_kind_option.list.h:2 */
/* most lines: 45 */
#include "own_kind.h"
#define CV_MODELS "own_kind_option.list.h"
#include "orm/models.h"
#define CV_MODELS "own_kind_option.list.h"
#include "orm/models_define.h"
