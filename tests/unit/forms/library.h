/* library.h: models, forms and a filled database for the tests of model forms. */
#ifndef CV_TESTS_LIBRARY_H
#define CV_TESTS_LIBRARY_H

#include "db/db.h"
#include "orm/orm.h"

#define CV_MODELS "library_models.def.h"
#include "orm/models.h"
#define CV_FORMS "library.def.h"
#include "forms/forms.h"

/* An empty database in memory with two writers, three topics and two volumes. */
void library_open(void);
extern Writer *austen, *borges;
extern Volume *emma, *ficciones;

CvQueryDict *library_data(const char *query);

#endif
