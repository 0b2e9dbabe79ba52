/* fixture.c: cuts a JSON array into its objects, with their lines, without reading what is in them. */
#include "management/fixture_private.h"

enum { BEFORE, FIRST, NEXT, BEHIND, BROKEN };

/* The line of a place that is not before those asked for earlier. */
static int line_at(CvFixture *fixture, size_t at)
{
    for (; fixture->counted < at && fixture->counted < fixture->text.length; fixture->counted++)
        fixture->lines += fixture->text.data[fixture->counted] == '\n';
    return fixture->lines + 1;
}

static bool broken(CvFixture *fixture, const char *problem)
{
    fixture->state = BROKEN;
    fixture->problem = problem;
    fixture->line = line_at(fixture, fixture->at);
    return false;
}

static char skip_space(CvFixture *fixture)
{
    while (fixture->at < fixture->text.length && strchr(" \t\r\n", fixture->text.data[fixture->at]) &&
           fixture->text.data[fixture->at])
        fixture->at++;
    return fixture->at < fixture->text.length ? fixture->text.data[fixture->at] : '\0';
}

/* From the { at `start` to behind its }; 0 if the text ends first. */
static size_t object_end(CvSlice text, size_t start)
{
    size_t depth = 0;
    for (size_t i = start; i < text.length; i++) {
        char c = text.data[i];
        if (c == '"') {
            for (i++; i < text.length && text.data[i] != '"'; i++)
                i += text.data[i] == '\\';
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

static bool cut(CvFixture *fixture, CvFixtureObject *object)
{
    size_t end = object_end(fixture->text, fixture->at);
    if (!end)
        return broken(fixture, "this object does not end");
    object->text = cv_slice_range(fixture->text, fixture->at, end);
    object->line = line_at(fixture, fixture->at);
    fixture->at = end;
    fixture->state = NEXT;
    return true;
}

bool cv_fixture_next(CvFixture *fixture, CvFixtureObject *object)
{
    if (fixture->state == BEHIND || fixture->state == BROKEN)
        return false;
    char c = skip_space(fixture);
    if (fixture->state == BEFORE) {
        if (c != '[')
            return broken(fixture, "a fixture is a JSON array of objects");
        fixture->at++;
        fixture->state = FIRST;
        c = skip_space(fixture);
    } else if (c == ',') {
        fixture->at++;
        c = skip_space(fixture);
        if (c != '{')
            return broken(fixture, "an object was expected behind the comma");
    } else if (c != ']') {
        return broken(fixture, c ? "a comma was expected between objects" : "the array does not end");
    }
    if (c == '{')
        return cut(fixture, object);
    if (c != ']')
        return broken(fixture, c ? "an object was expected" : "the array does not end");
    fixture->at++;
    if (skip_space(fixture))
        return broken(fixture, "something stands behind the array");
    fixture->state = BEHIND;
    return false;
}
