/* handler.c: answers one request: the middleware inwards, the view, the middleware outwards, and error pages.
 *
 * One cv_try holds the whole way. Where something raises, the state says how far the request came; the error becomes a
 * response and the rest of the way out is gone in another try, so that outer middleware sees every response once. Each
 * raise ends one middleware's turn, so this ends.
 *
 * A long page is sent while it is rendered: then the response goes outwards from within the view, and what fails
 * afterwards can only break the connection off. */
#include "db/db.h"
#include "template/locale.h"
#include "web/project_private.h"

typedef enum Stage {
    STAGE_REQUEST,
    STAGE_ROUTE,
    STAGE_PROCESS_VIEW,
    STAGE_VIEW,
    STAGE_EXCEPTION,
    STAGE_RESPONSE
} Stage;

typedef struct Exchange {
    CvRequest *request;
    CvResponse *response;
    const CvError *error; /* what the view raised, for process_exception */
    Stage stage;
    size_t place;           /* of the middleware that runs or ran last */
    size_t at;              /* links of the response stage that are left */
    void *outer;            /* what the fiber carried as its request before */
    const CvLocale *locale; /* and as its locale, */
    const CvZone *zone;     /* and as its zone */
    bool went_out;          /* while the view was still at work: see cv_project_push_begin() */
} Exchange;

/* A request begins in the site's language and zone, and what it activates ends with it. */
static void enter(Exchange *x, CvSelf *self)
{
    x->outer = self->request;
    x->zone = self->zone;
    x->locale = cv_locale_activate(NULL);
    self->request = x->request;
    self->zone = NULL;
}

static void leave(const Exchange *x, CvSelf *self)
{
    self->request = x->outer;
    self->zone = x->zone;
    (void)cv_locale_activate(x->locale);
}

static CV_NORETURN CV_COLD void no_response(const char *whose)
{
    cv_raise(CV_ERROR_VALUE, "%s didn't return a response. It returned NULL instead.", whose);
}

static void go_in(Exchange *x)
{
    const CvChainStage *stage = &cv_project.chain.request;
    for (size_t i = 0; i < stage->count; i++) {
        x->place = stage->links[i].place;
        x->response = stage->links[i].request(x->request);
        if (x->response)
            return;
    }
    x->place = cv_project.chain.count;
}

static void view(Exchange *x)
{
    x->stage = STAGE_ROUTE;
    cv_route(x->request);
    x->stage = STAGE_PROCESS_VIEW;
    const CvChainStage *stage = &cv_project.chain.view;
    for (size_t i = 0; i < stage->count; i++) {
        x->response = stage->links[i].view(x->request, (const CvUrlMatch *)x->request->resolver_match);
        if (x->response)
            return;
    }
    x->stage = STAGE_VIEW;
    x->response = cv_route_call(x->request);
    if (CV_UNLIKELY(!x->response))
        no_response(cv_printf("The view %s", cv_self()->label));
    cv_project_raise_failed_commit();
}

static void show_exception(Exchange *x)
{
    const CvChainStage *stage = &cv_project.chain.exception;
    for (size_t i = 0; i < stage->count; i++) {
        x->response = stage->links[i].exception(x->request, x->error);
        if (x->response)
            return;
    }
}

/* The response links further out than `place`, and the one of that place itself if it answered. */
static void begin_out(Exchange *x, bool itself)
{
    const CvChainStage *stage = &cv_project.chain.response;
    x->stage = STAGE_RESPONSE;
    x->at = stage->count;
    while (x->at > 0 &&
           (stage->links[x->at - 1].place > x->place || (!itself && stage->links[x->at - 1].place == x->place)))
        x->at--;
}

static void go_out(Exchange *x)
{
    const CvChainStage *stage = &cv_project.chain.response;
    while (x->at > 0) {
        const CvChainLink *link = &stage->links[--x->at];
        CvResponse *next = link->response(x->request, x->response);
        if (CV_UNLIKELY(!next))
            no_response("A middleware's process_response");
        x->response = next;
    }
}

static void run(void *argument)
{
    Exchange *x = argument;
    if (x->stage == STAGE_REQUEST) {
        go_in(x);
        if (!x->response)
            view(x);
        if (CV_LIKELY(!x->went_out))
            begin_out(x, true);
    } else if (x->stage == STAGE_EXCEPTION) {
        show_exception(x);
        if (!x->response)
            x->response = cv_error_response(x->request, x->error);
        begin_out(x, true);
    }
    go_out(x);
    cv_project_settle();
}

/* ---- pages that are sent while they are rendered ---- */

bool cv_project_may_push(const CvRequest *request)
{
    const Exchange *x = request->exchange;
    return x && x->stage == STAGE_VIEW && request->push && !(cv_project.has_database && cv_in_atomic());
}

CvResponse *cv_project_push_begin(CvRequest *request, CvResponse *response, bool *wanted)
{
    Exchange *x = request->exchange;
    x->response = response;
    x->went_out = true;
    begin_out(x, true);
    go_out(x);
    *wanted = x->response == response && request->push->begin(request->push->self, response);
    return x->response;
}

static CV_COLD void fail(Exchange *x, const CvError *raised)
{
    Stage stage = x->stage;
    x->stage = STAGE_RESPONSE; /* pages about errors are not sent early */
    CvError kept = *raised;    /* what follows may raise and catch, which overwrites it */
    cv_project_roll_back(x->request);
    if (x->went_out && x->response && x->response->begun) {
        cv_project_settle();
        leave(x, cv_self());
        cv_raise_error(&kept);
    }
    CvError *error = cv_arena_memdup(x->request->arena, &kept, sizeof kept);
    if (stage == STAGE_VIEW && cv_project.chain.exception.count) {
        x->stage = STAGE_EXCEPTION;
        x->error = error;
        x->response = NULL;
        return;
    }
    x->response = cv_error_response(x->request, error);
    if (stage != STAGE_RESPONSE)
        begin_out(x, stage != STAGE_REQUEST);
}

CvResponse *cv_handle(CvRequest *request)
{
    CvSelf *self = cv_self();
    Exchange x = {.request = request};
    enter(&x, self);
    request->settings = &cv_project.http;
    request->site = cv_project.settings;
    request->exchange = &x;
    request->upload_store = &cv_temporary_uploads;
    cv_project_begin(request);
    CvError *error;
    while (CV_UNLIKELY(!cv_try(run, &x, &error)))
        fail(&x, error);
    leave(&x, self);
    request->exchange = NULL;
    return x.response;
}
