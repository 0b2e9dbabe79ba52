/* messages_private.h: what the files of this folder tell each other. */
#ifndef CV_CONTRIB_MESSAGES_MESSAGES_PRIVATE_H
#define CV_CONTRIB_MESSAGES_MESSAGES_PRIVATE_H

#include "contrib/messages/codec.h"
#include "http/http.h"

typedef struct CvMessageVector {
    const CvMessage **items;
    size_t count, capacity;
} CvMessageVector;

struct CvMessages {
    CvObject object;
    CvRequest *request;
    CvMessageVector loaded, queued; /* from earlier requests, or walked through; of this one */
    bool is_loaded, used, added;
    bool in_cookie, in_session; /* where the loaded ones came from: to be emptied */
    bool gone_out;              /* the response is on its way: what is done now is lost */
    int level;                  /* 0: as MESSAGE_LEVEL says */
};

/* messages.c */
const CvMessageVector *cv_messages_loaded(CvMessages *messages);

/* storage.c: where messages wait, by MESSAGE_STORAGE. */
typedef enum CvMessagePlaces { CV_MESSAGES_IN_COOKIE = 1, CV_MESSAGES_IN_SESSION = 2 } CvMessagePlaces;
/* Adds an error for a storage that there is not; 0 then. */
unsigned cv_message_storage_init(const CvSettings *settings, CvErrors *errors);
void cv_messages_load(CvMessages *messages);
/* Puts them (none: empties the places); how many found no place. */
size_t cv_messages_store(CvMessages *messages, const CvMessage *const *items, size_t count, CvResponse *response);

#endif
