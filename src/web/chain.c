/* chain.c: flattens the list of middleware into one array of functions a stage. */
#include "web/project_private.h"

static void add(CvArena *arena, CvChainStage *stage, size_t most, CvChainLink link)
{
    if (!stage->links)
        stage->links = cv_arena_new_array(arena, CvChainLink, most);
    stage->links[stage->count++] = link;
}

static void reverse(CvChainStage *stage)
{
    for (size_t i = 0; i < stage->count / 2; i++) {
        CvChainLink link = stage->links[i];
        stage->links[i] = stage->links[stage->count - 1 - i];
        stage->links[stage->count - 1 - i] = link;
    }
}

void cv_chain_build(CvProject *project, CvErrors *errors)
{
    CvChain *chain = &project->chain;
    size_t most = 0;
    const CvMiddleware *const *list = project->settings->middleware;
    while (list && list[most])
        most++;
    for (size_t i = 0; i < most; i++) {
        const CvMiddleware *one = list[i];
        if (one->init && !one->init(project->settings, errors))
            continue;
        size_t place = chain->count++;
        if (one->process_request)
            add(project->arena, &chain->request, most, (CvChainLink){.request = one->process_request, .place = place});
        if (one->process_view)
            add(project->arena, &chain->view, most, (CvChainLink){.view = one->process_view, .place = place});
        if (one->process_response)
            add(project->arena, &chain->response, most,
                (CvChainLink){.response = one->process_response, .place = place});
        if (one->process_exception)
            add(project->arena, &chain->exception, most,
                (CvChainLink){.exception = one->process_exception, .place = place});
    }
    reverse(&chain->exception);
}
