/* round_trip.h: operations of every kind with every option, made by code. A program writes them as a list file, the
 * test compiles that and compares. */
#ifndef CV_TESTS_ROUND_TRIP_H
#define CV_TESTS_ROUND_TRIP_H

#include "migrations/writer.h"

/* In cv_arena(). */
CvNewMigration round_trip(void);

#endif
