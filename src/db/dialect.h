/* dialect.h: how one database system spells SQL; a driver names its own. */
#ifndef CV_DB_DIALECT_H
#define CV_DB_DIALECT_H

#include "db/sql.h"

CV_API_BEGIN

extern const CvDialect cv_sqlite_dialect;

CV_API_END

#endif
