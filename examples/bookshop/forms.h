/* forms.h: the typed forms that forms.def.h declares. */
#ifndef BOOKSHOP_FORMS_H
#define BOOKSHOP_FORMS_H

#include "models.h"

#define CV_FORMS "forms.def.h"
#include <caravan/forms.h>

#endif
