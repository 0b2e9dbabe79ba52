/* expect gcc: 'TextField'; did you mean 'TimeField'? */
/* expect clang: type name requires a specifier or qualifier */
/* at: unknown_field_word.list.h:2 */
/* most lines: 64 */
#define CV_FORMS "unknown_field_word.list.h"
#include "forms/forms.h"
#define CV_FORMS "unknown_field_word.list.h"
#include "forms/forms_define.h"
