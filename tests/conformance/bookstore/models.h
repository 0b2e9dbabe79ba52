/* models.h: the models of the conformance site, and of the Django apps beside it, for the compiler. */
#ifndef BOOKSTORE_MODELS_H
#define BOOKSTORE_MODELS_H

#include "contrib/contenttypes/contenttypes.h"

#define CV_MODELS "bookstore/auth.def.h"
#include "orm/models.h"
#define CV_MODELS "bookstore/sessions.def.h"
#include "orm/models.h"
#define CV_MODELS "bookstore/admin.def.h"
#include "orm/models.h"
#define CV_MODELS "bookstore/models.def.h"
#include "orm/models.h"

typedef struct CvCommand CvCommand;
extern const CvCommand contenttypes_command;
extern const CvModel *const auth_models[];
extern const CvModel *const sessions_models[];
extern const CvModel *const admin_models[];
extern const CvModel *const bookstore_models[];

#endif
