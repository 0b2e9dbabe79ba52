/* patterns.h (internal): characters as Django's validators see them. */
#ifndef CV_VALIDATORS_PATTERNS_H
#define CV_VALIDATORS_PATTERNS_H

#include "validators/validator.h"

/* [a-z] without regard to case, by Python's rule: four letters beyond ASCII fold into it. */
static inline bool cv_is_az(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0x130 || c == 0x131 || c == 0x17f || c == 0x212a;
}
static inline bool cv_is_09(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Fills *invalid with the validator's own or the default message and code, and the value. False. */
bool cv_refuse(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid, const char *message);

#endif
