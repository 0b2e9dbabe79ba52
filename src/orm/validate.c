/* validate.c: the steps of full_clean: fields, the model's own clean, errors by field. */
#include "orm/set_private.h"
#include "orm/validate.h"
