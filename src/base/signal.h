/* signal.h: telling whoever wants to know (Django's signals, not the system's).
 *
 *     static CvSignal post_save = CV_SIGNAL_INIT("post_save");
 *     cv_signal_connect(&post_save, on_save, NULL, &Book_model);     // only for this sender; NULL: for all
 *     cv_signal_send(&post_save, &Book_model, row);
 *
 * Connections are made while the program starts; receivers run in the order in which they were connected. */
#ifndef CV_BASE_SIGNAL_H
#define CV_BASE_SIGNAL_H

#include "base/compiler.h"

CV_API_BEGIN

typedef struct CvReceiver CvReceiver;
typedef struct CvSignal {
    const char *name;
    CvReceiver *first, *last;
} CvSignal;
#define CV_SIGNAL_INIT(signal_name) \
    {                               \
        .name = signal_name         \
    }

typedef void CvSignalHandler(const void *sender, void *payload, void *argument);

/* The same handler with the same argument and sender is connected once only. */
void cv_signal_connect(CvSignal *signal, CvSignalHandler *handler, void *argument, const void *sender);
/* False if it was not connected. */
bool cv_signal_disconnect(CvSignal *signal, CvSignalHandler *handler, void *argument, const void *sender);
bool cv_signal_has_receivers(const CvSignal *signal, const void *sender);
/* Calls the receivers; a raise of one ends the sending. */
void cv_signal_send(const CvSignal *signal, const void *sender, void *payload);

CV_API_END

#endif
