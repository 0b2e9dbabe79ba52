/* fixture_private.h: a JSON fixture, object by object. */
#ifndef CV_MANAGEMENT_FIXTURE_PRIVATE_H
#define CV_MANAGEMENT_FIXTURE_PRIVATE_H

#include "base/base.h"

typedef struct CvFixtureObject {
    CvSlice text; /* of one object, from { to } */
    int line;     /* where it begins */
} CvFixtureObject;

/* Zero it but for the text. */
typedef struct CvFixture {
    CvSlice text;
    size_t at;
    int line;            /* of the problem */
    const char *problem; /* what is wrong with the array around the objects, or NULL */
    int state;
    size_t counted; /* bytes before which line ends were counted */
    int lines;
} CvFixture;

/* The next object of the array; false at the end, or where the text is no array of objects (then `problem` is set).
 * What is inside an object is not looked into: only strings and brackets are told apart. */
bool cv_fixture_next(CvFixture *fixture, CvFixtureObject *object);

#endif
