/* media.c: merging lists of files so that each list's order is kept. */
#include "forms/media.h"

#include "base/map.h"
#include "base/vector.h"
#include "forms/piece_private.h"
#include "text/html.h"
#include "text/url.h"

static const char *media_base;

void cv_forms_set_static_url(const char *static_url)
{
    media_base = static_url;
}

CvSlice cv_form_media_html(const CvForm *form)
{
    CvMedia media = cv_form_media(form);
    CvBuffer out = cv_buffer(form->arena);
    cv_media_html(&media, media_base, &out);
    return cv_buffer_slice(&out);
}

static size_t attr_count(const CvMediaFile *file)
{
    size_t count = 0;
    while (file->attrs && file->attrs[2 * count])
        count++;
    return count;
}

static const char *attr_of(const CvMediaFile *file, const char *name)
{
    for (const char *const *pair = file->attrs; pair && pair[0]; pair += 2)
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    return NULL;
}

static bool same_attr(const char *a, const char *b)
{
    return a && b && (a == cv_attr_true) == (b == cv_attr_true) && strcmp(a, b) == 0;
}

static bool same_file(const CvMediaFile *a, const CvMediaFile *b)
{
    if (strcmp(a->path, b->path) != 0 || attr_count(a) != attr_count(b))
        return false;
    for (const char *const *pair = a->attrs; pair && pair[0]; pair += 2)
        if (!same_attr(pair[1], attr_of(b, pair[0])))
            return false;
    return true;
}

static bool same_list(const CvMediaList *list, const char *medium, const CvMediaFile *files, size_t count)
{
    if (!cv_texts_same(list->medium, medium) || list->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!same_file(&list->files[i], &files[i]))
            return false;
    return true;
}

void cv_media_add(CvMedia *media, const char *medium, const CvMediaFile *files, size_t count)
{
    for (size_t i = 0; i < media->count; i++)
        if (same_list(&media->items[i], medium, files, count))
            return;
    CvMediaList list = {medium, cv_arena_memdup(media->arena, files, cv_size_multiply(count, sizeof *files)), count};
    if (count)
        cv_vector_push(media->arena, media, list);
}

/* A file and the files that must stand before it. */
typedef struct Node {
    const CvMediaFile *file;
    CV_VECTOR(size_t) after; /* files behind it */
    size_t before;           /* how many are still to come before it */
    size_t other;            /* the node of another file of the same path, from 1; 0: none */
} Node;
typedef CV_VECTOR(Node) Nodes;

static size_t node_of(CvArena *arena, Nodes *nodes, CvMap *places, const CvMediaFile *file)
{
    CvSlice path = cv_slice(file->path);
    size_t first = (uintptr_t)cv_map_get(places, path);
    for (size_t place = first; place; place = nodes->items[place - 1].other)
        if (same_file(nodes->items[place - 1].file, file))
            return place - 1;
    Node *node = cv_vector_add(arena, nodes);
    node->file = file;
    node->other = first;
    cv_map_set(places, path, (void *)nodes->count);
    return nodes->count - 1;
}

static bool has_edge(const Node *node, size_t to)
{
    for (size_t i = 0; i < node->after.count; i++)
        if (node->after.items[i] == to)
            return true;
    return false;
}

static void build_graph(const CvMedia *media, const char *medium, Nodes *nodes, CvMap *places)
{
    for (size_t i = 0; i < media->count; i++) {
        const CvMediaList *list = &media->items[i];
        if (!cv_texts_same(list->medium, medium))
            continue;
        size_t head = node_of(media->arena, nodes, places, &list->files[0]);
        for (size_t k = 1; k < list->count; k++) {
            size_t next = node_of(media->arena, nodes, places, &list->files[k]);
            if (next != head && !has_edge(&nodes->items[head], next)) {
                cv_vector_push(media->arena, &nodes->items[head].after, next);
                nodes->items[next].before++;
            }
            head = next;
        }
    }
}

/* Layer by layer what waits for nothing; false if some wait for each other. */
static bool sort_layers(CvArena *arena, Nodes *nodes, CvMediaFile *out)
{
    CV_VECTOR(size_t) layer = {0}, next = {0};
    size_t made = 0;
    for (size_t i = 0; i < nodes->count; i++)
        if (nodes->items[i].before == 0)
            cv_vector_push(arena, &layer, i);
    while (layer.count) {
        next.count = 0;
        for (size_t i = 0; i < layer.count; i++)
            out[made++] = *nodes->items[layer.items[i]].file;
        for (size_t i = 0; i < layer.count; i++) {
            const Node *node = &nodes->items[layer.items[i]];
            for (size_t k = 0; k < node->after.count; k++)
                if (--nodes->items[node->after.items[k]].before == 0)
                    cv_vector_push(arena, &next, node->after.items[k]);
        }
        size_t *items = layer.items, capacity = layer.capacity;
        layer.items = next.items;
        layer.count = next.count;
        layer.capacity = next.capacity;
        next.items = items;
        next.capacity = capacity;
    }
    return made == nodes->count;
}

const CvMediaFile *cv_media_merged(const CvMedia *media, const char *medium, size_t *count, bool *conflict)
{
    Nodes nodes = {0};
    build_graph(media, medium, &nodes, cv_map_create(media->arena));
    CvMediaFile *out = cv_arena_new_array(media->arena, CvMediaFile, nodes.count + 1);
    *count = nodes.count;
    *conflict = !sort_layers(media->arena, &nodes, out);
    if (*conflict) /* as they came */
        for (size_t i = 0; i < nodes.count; i++)
            out[i] = *nodes.items[i].file;
    return out;
}

CvSlice cv_media_path(CvArena *arena, CvSlice path, const char *static_url)
{
    if (cv_slice_starts_with(path, CV_SLICE("http://")) || cv_slice_starts_with(path, CV_SLICE("https://")) ||
        cv_slice_starts_with(path, CV_SLICE("/")))
        return path;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, cv_slice(static_url));
    cv_buffer_append_slice(&out, cv_url_of_file(arena, path));
    return cv_buffer_slice(&out);
}

/* Attributes behind href or src, by name; a link says its medium and that it is a stylesheet. */
static void write_file(const CvMedia *media, CvBuffer *out, const CvMediaFile *file, const char *medium,
                       const char *static_url)
{
    CvAttrs attrs = {.arena = media->arena};
    if (out->length)
        cv_buffer_append_byte(out, '\n');
    cv_buffer_append_string(out, medium ? "<link href=\"" : "<script src=\"");
    cv_html_escape(out, cv_media_path(media->arena, cv_slice(file->path), static_url));
    cv_buffer_append_byte(out, '"');
    if (medium) {
        cv_attrs_set(&attrs, CV_SLICE("media"), cv_value_string(medium));
        cv_attrs_set(&attrs, CV_SLICE("rel"), CV_VALUE("stylesheet"));
    }
    for (const char *const *pair = file->attrs; pair && pair[0]; pair += 2)
        cv_attrs_set(&attrs, cv_slice(pair[0]),
                     pair[1] == cv_attr_true ? cv_value_bool(true) : cv_value_string(pair[1]));
    cv_flatatt(out, &attrs);
    cv_buffer_append_string(out, medium ? ">" : "></script>");
}

/* The medium that follows `after` in alphabetical order, or NULL. */
static const char *next_medium(const CvMedia *media, const char *after)
{
    const char *best = NULL;
    for (size_t i = 0; i < media->count; i++) {
        const char *medium = media->items[i].medium;
        if (medium && (!after || strcmp(medium, after) > 0) && (!best || strcmp(medium, best) < 0))
            best = medium;
    }
    return best;
}

void cv_media_html(const CvMedia *media, const char *static_url, CvBuffer *out)
{
    size_t count;
    bool conflict;
    for (const char *medium = NULL; (medium = next_medium(media, medium));) {
        const CvMediaFile *files = cv_media_merged(media, medium, &count, &conflict);
        for (size_t i = 0; i < count; i++)
            write_file(media, out, &files[i], medium, static_url);
    }
    const CvMediaFile *scripts = cv_media_merged(media, NULL, &count, &conflict);
    for (size_t i = 0; i < count; i++)
        write_file(media, out, &scripts[i], NULL, static_url);
}

/* The files of one medium as one list. */
static void add_medium(CvMedia *media, const char *medium, const CvMediaFile *files, size_t count)
{
    CvMediaFile *own = cv_arena_new_array(media->arena, CvMediaFile, count + 1);
    size_t made = 0;
    for (size_t i = 0; i < count; i++)
        if (cv_texts_same(files[i].medium, medium))
            own[made++] = files[i];
    cv_media_add(media, medium, own, made);
}

/* Medium by medium, in the order in which they come. */
static void add_files(CvMedia *media, const CvMediaFile *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        while (!cv_texts_same(files[first].medium, files[i].medium))
            first++;
        if (first == i)
            add_medium(media, files[i].medium, files, count);
    }
}

static void add_widget(CvMedia *media, const CvWidget *widget)
{
    CV_VECTOR(CvMediaFile) files = {0};
    for (const char *const *css = widget->css; css && css[0]; css += 2)
        cv_vector_push(media->arena, &files, ((CvMediaFile){.path = css[1], .medium = css[0]}));
    for (const char *const *js = widget->js; js && js[0]; js++)
        cv_vector_push(media->arena, &files, (CvMediaFile){.path = *js});
    for (const CvMediaFile *file = widget->media; file && file->path; file++)
        cv_vector_push(media->arena, &files, *file);
    add_files(media, files.items, files.count);
    for (const CvWidget *const *part = widget->parts; part && *part; part++)
        add_widget(media, *part);
}

CvMedia cv_form_media(const CvForm *form)
{
    CvMedia media = {.arena = form->arena};
    for (size_t i = 0; i < form->count; i++)
        add_widget(&media, form->fields[i].field->widget);
    size_t count = 0;
    while (form->options.media && form->options.media[count].path)
        count++;
    add_files(&media, form->options.media, count);
    return media;
}

CvMedia cv_widget_media(const CvWidget *widget, CvArena *arena)
{
    CvMedia media = {.arena = arena};
    add_widget(&media, widget);
    return media;
}

/* ---- in templates ---- */

typedef struct MediaObject {
    CvObject object;
    CvMedia media;
} MediaObject;

/* The part that is JavaScript, or that is not. */
static CvMedia part_of(const CvMedia *media, bool js)
{
    CvMedia part = {.arena = media->arena};
    for (size_t i = 0; i < media->count; i++)
        if ((media->items[i].medium == NULL) == js)
            cv_vector_push(part.arena, &part, media->items[i]);
    return part;
}

static bool media_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const bool js = cv_slice_is(name, "js");
    (void)arena;
    if (!js && !cv_slice_is(name, "css"))
        return false;
    *out = cv_media_value(part_of(&((const MediaObject *)object)->media, js));
    return true;
}

static CvSlice media_str(const void *object, CvArena *arena)
{
    CvBuffer out = cv_buffer(arena);
    cv_media_html(&((const MediaObject *)object)->media, media_base, &out);
    return cv_buffer_slice(&out);
}

static const CvType media_type = {
    .magic = CV_TYPE_MAGIC, .name = "Media", .get = media_get, .str = media_str, .str_is_safe = true};

CvValue cv_media_value(CvMedia media)
{
    MediaObject *object = cv_arena_new(media.arena, MediaObject);
    *object = (MediaObject){{&media_type}, media};
    return cv_value_object(object);
}
