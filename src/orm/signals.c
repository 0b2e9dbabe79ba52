/* signals.c: the signals of models, over the dispatcher of base. */
#include "orm/signals.h"

CvSignal cv_pre_save = CV_SIGNAL_INIT("pre_save");
CvSignal cv_post_save = CV_SIGNAL_INIT("post_save");
CvSignal cv_pre_delete = CV_SIGNAL_INIT("pre_delete");
CvSignal cv_post_delete = CV_SIGNAL_INIT("post_delete");
CvSignal cv_m2m_changed = CV_SIGNAL_INIT("m2m_changed");

/* The dispatcher's handler; the receiver is its argument, so that each is one connection. */
static void deliver(const void *sender, void *payload, void *argument)
{
    CvRowReceiver *receiver = (CvRowReceiver *)(uintptr_t)argument;
    (void)sender;
    receiver(payload);
}

void cv_row_signal_connect(CvSignal *signal, const CvModel *sender, CvRowReceiver *receiver)
{
    cv_signal_connect(signal, deliver, (void *)(uintptr_t)receiver, sender);
}

bool cv_row_signal_disconnect(CvSignal *signal, const CvModel *sender, CvRowReceiver *receiver)
{
    return cv_signal_disconnect(signal, deliver, (void *)(uintptr_t)receiver, sender);
}

void cv_row_signal_send(CvSignal *signal, CvRowEvent *event)
{
    event->signal = signal;
    cv_signal_send(signal, event->sender, event);
}
