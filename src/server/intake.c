/* intake.c: buffers for what comes in, kept by the server and held by connections only while they need one. */
#include "loop/system.h"
#include "server/private.h"

#define POOL_MOST 64

CvIntake *cv_intake_take(CvServer *server)
{
    CvIntake *intake = server->intakes;
    if (CV_LIKELY(intake != NULL)) {
        server->intakes = intake->next;
        server->intake_count--;
    } else {
        intake = cv_malloc_or_null(sizeof *intake);
        if (!intake)
            return NULL;
        intake->data = intake->first;
        intake->capacity = sizeof intake->first;
    }
    intake->start = intake->body = intake->end = 0;
    cv_head_init(&intake->head, &server->head_limits);
    return intake;
}

void cv_intake_give(CvServer *server, CvIntake *intake)
{
    if (intake->data != intake->first) {
        cv_free(intake->data);
        intake->data = intake->first;
        intake->capacity = sizeof intake->first;
    }
    if (server->intake_count >= POOL_MOST) {
        cv_free(intake);
        return;
    }
    intake->next = server->intakes;
    server->intakes = intake;
    server->intake_count++;
}

bool cv_intake_grow(CvIntake *intake, size_t most)
{
    size_t capacity = intake->capacity * 2 > most ? most : intake->capacity * 2;
    if (capacity <= intake->capacity)
        return false;
    char *data = cv_malloc_or_null(capacity);
    if (!data)
        return false;
    memcpy(data, intake->data, intake->end);
    if (intake->data != intake->first)
        cv_free(intake->data);
    intake->data = data;
    intake->capacity = capacity;
    return true;
}

void cv_intake_compact(CvIntake *intake)
{
    if (intake->start == 0)
        return;
    memmove(intake->data, intake->data + intake->start, intake->end - intake->start);
    intake->end -= intake->start;
    intake->start = intake->body = 0;
}
