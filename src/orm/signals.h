/* signals.h: being told when rows are made, saved, deleted, or their many-to-many sets change: Django's model signals.
 *
 *     static void book_saved(CvRowEvent *event)
 *     {
 *         Book *book = event->row;
 *         if (event->created)
 *             cv_create(AuditEntry, .action = "new", .book = cv_ref(book));
 *     }
 *
 *     cv_connect(cv_post_save, Book, book_saved);       // while the program starts; for the life of the process
 *     cv_connect_all(cv_post_save, any_row_saved);      // every model
 *
 * Receivers run where the signal is sent, in the order in which they were connected. What one raises ends the save or
 * deletion. As in Django, that undoes what was written already where the call is a transaction by itself (cv_delete(),
 * cv_get_or_create(), sets of relations); a plain save is none, so that a row stays that a receiver of post_save
 * refuses: write CV_ATOMIC around it. One receiver is connected once to a signal and sender, however often it asks.
 * As in Django, update() of a set, bulk_create and bulk_update send nothing, and a receiver of PublishedBook (a proxy)
 * does not hear of Books. The save of a child of another model tells of the child only. */
#ifndef CV_ORM_SIGNALS_H
#define CV_ORM_SIGNALS_H

#include "base/signal.h"
#include "orm/model.h"

CV_API_BEGIN

/* What happened. Texts and keys are borrowed for the time of the call. */
typedef struct CvRowEvent {
    const CvSignal *signal;           /* which one: one receiver may serve several */
    const CvModel *sender;            /* the row's model; of m2m_changed: the model of the table between */
    void *row;                        /* the instance */
    const char *database;             /* its alias */
    const char *const *update_fields; /* saves: the names that were asked for; NULL: all */
    bool created;                     /* cv_post_save: it was not there before */
    bool raw;                         /* saves: as a fixture has it; do not look at other rows */
    const void *origin;               /* deletes: the row or query set that cv_delete() was given */
    const char *action;               /* m2m_changed: "pre_add", "post_add", "pre_remove", ..., "post_clear" */
    bool reverse;                     /* m2m_changed: through the way back */
    const CvModel *model;             /* m2m_changed: of the rows that are added or removed */
    const CvValue *keys;              /* m2m_changed: their keys; none of a clear */
    size_t key_count;
} CvRowEvent;

typedef void CvRowReceiver(CvRowEvent *event);

/* Django's pre_init and post_init are missing on purpose: a row is a struct that its maker fills in. */
extern CvSignal cv_pre_save, cv_post_save, cv_pre_delete, cv_post_delete, cv_m2m_changed;

#define cv_connect(signal, T, receiver) cv_row_signal_connect(&(signal), &T##_model, (receiver))
#define cv_connect_all(signal, receiver) cv_row_signal_connect(&(signal), NULL, (receiver))
/* `sender` NULL: all models. */
void cv_row_signal_connect(CvSignal *signal, const CvModel *sender, CvRowReceiver *receiver);
/* False if it was not connected. */
bool cv_row_signal_disconnect(CvSignal *signal, const CvModel *sender, CvRowReceiver *receiver);

/* ---- for those who send ---- */

/* Whether anybody listens; costs one comparison where nobody ever connected. */
static inline bool cv_row_signal_wanted(const CvSignal *signal, const CvModel *sender)
{
    return CV_UNLIKELY(signal->first != NULL) && cv_signal_has_receivers(signal, sender);
}
/* Fills in event->signal and calls the receivers of event->sender. */
void cv_row_signal_send(CvSignal *signal, CvRowEvent *event);

CV_API_END

#endif
