/* run_passwords.h: what the parts of run_passwords share. */
#ifndef CV_TESTS_RUN_PASSWORDS_H
#define CV_TESTS_RUN_PASSWORDS_H

#include "records.h"

/* Where the records and the list of common passwords lie. */
extern const char *passwords_folder;

/* run_passwords_rules.c */
RecordCheck check_validate_password, check_help_texts, check_validator_config;

#endif
