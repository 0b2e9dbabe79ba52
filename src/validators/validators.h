/* validators.h: checking single values: Django's validators with its messages and codes. */
#ifndef CV_VALIDATORS_VALIDATORS_H
#define CV_VALIDATORS_VALIDATORS_H

#include "validators/invalid.h"
#include "validators/ip.h"
#include "validators/password.h"
#include "validators/validator.h"

#endif
