/* The first thing told is where the end is missing. */
/* expect gcc: error: invalid storage class for function 'cv_END_is_missing_before_Book' */
/* expect clang: function definition is not allowed here */
/* at: missing_end.list.h:4 */
/* most lines: 190 */
#define CV_MODELS "missing_end.list.h"
#include "orm/models.h"
#define CV_MODELS "missing_end.list.h"
#include "orm/models_define.h"
