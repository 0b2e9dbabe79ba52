/* expect gcc: 'ReviewForm' has no member named 'strs'; did you mean 'stars'? */
/* expect clang: no member named 'strs' in 'struct ReviewForm'; did you mean 'stars'? */
/* at: unknown_member.c:12 */
/* most lines: 45 */
#define CV_FORMS "unknown_member.list.h"
#include "forms/forms.h"
#define CV_FORMS "unknown_member.list.h"
#include "forms/forms_define.h"
int64_t stars_of(const ReviewForm *form);
int64_t stars_of(const ReviewForm *form)
{
    return form->strs;
}
