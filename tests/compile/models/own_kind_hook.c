/* expect gcc: incompatible pointer type */
/* expect clang: incompatible function pointer types initializing */
/* at: own_kind_hook.c:9 */
/* most lines: 12 */
#include "orm/orm.h"
CvValue load(const CvField *field, CvValue stored);
/* it takes an arena, too */
extern const CvOwnField sealed;
const CvOwnField sealed = {.name = "Sealed", .load = load};
