/* signal.c: lists of receivers. */
#include "base/signal.h"

#include "base/memory.h"

struct CvReceiver {
    CvReceiver *next;
    CvSignalHandler *handler;
    void *argument;
    const void *sender;
};

static bool is_same(const CvReceiver *receiver, CvSignalHandler *handler, void *argument, const void *sender)
{
    return receiver->handler == handler && receiver->argument == argument && receiver->sender == sender;
}

void cv_signal_connect(CvSignal *signal, CvSignalHandler *handler, void *argument, const void *sender)
{
    for (CvReceiver *receiver = signal->first; receiver; receiver = receiver->next)
        if (is_same(receiver, handler, argument, sender))
            return;
    CvReceiver *receiver = cv_malloc(sizeof *receiver);
    *receiver = (CvReceiver){NULL, handler, argument, sender};
    if (signal->last)
        signal->last->next = receiver;
    else
        signal->first = receiver;
    signal->last = receiver;
}

bool cv_signal_disconnect(CvSignal *signal, CvSignalHandler *handler, void *argument, const void *sender)
{
    CvReceiver *before = NULL;
    for (CvReceiver *receiver = signal->first; receiver; before = receiver, receiver = receiver->next) {
        if (!is_same(receiver, handler, argument, sender))
            continue;
        if (before)
            before->next = receiver->next;
        else
            signal->first = receiver->next;
        if (signal->last == receiver)
            signal->last = before;
        cv_free(receiver);
        return true;
    }
    return false;
}

bool cv_signal_has_receivers(const CvSignal *signal, const void *sender)
{
    for (const CvReceiver *receiver = signal->first; receiver; receiver = receiver->next)
        if (!receiver->sender || receiver->sender == sender)
            return true;
    return false;
}

void cv_signal_send(const CvSignal *signal, const void *sender, void *payload)
{
    for (const CvReceiver *receiver = signal->first, *next; receiver; receiver = next) {
        next = receiver->next; /* a receiver may disconnect itself */
        if (!receiver->sender || receiver->sender == sender)
            receiver->handler(sender, payload, receiver->argument);
    }
}
