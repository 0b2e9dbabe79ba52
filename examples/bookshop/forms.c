/* forms.c: the descriptors of the shop's forms. */
#include "forms.h"

#define CV_FORMS "forms.def.h"
#include <caravan/forms_define.h>
