/* expect gcc: request for member 'header' */
/* expect clang: member reference base type */
/* at: generic_target_of_text.c:10 */
/* most lines: 60 */
#define CV_MODELS "generic.list.h"
#include "orm/models.h"
void use(const char *text);
void use(const char *text)
{
    cv_create(Note, .target = cv_target(text));
}
