/* storages.c: the site's storages of files: the settings' own, and the default one of MEDIA_ROOT and MEDIA_URL. */
#include "storage/storage.h"

#include "base/vector.h"
#include "web/project_private.h"

/* "644" or "0o644"; 0 and an error for what is no mode. */
static unsigned read_mode(const char *name, const char *text, CvErrors *errors)
{
    unsigned mode = 0;
    CvSlice digits = cv_slice(text);
    if (cv_slice_starts_with(digits, CV_SLICE("0o")))
        digits = cv_slice_skip(digits, 2);
    bool sound = digits.length >= 3 && digits.length <= 4;
    for (size_t i = 0; sound && i < digits.length; i++) {
        sound = digits.data[i] >= '0' && digits.data[i] <= '7';
        mode = mode * 8 + (unsigned)(digits.data[i] - '0');
    }
    if (!sound || mode > 0777) {
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "%s must be a file mode in octal digits (\"644\"), not '%.20s'.", name, text);
        return 0;
    }
    return mode;
}

void cv_storages_start(CvProject *project, CvErrors *errors)
{
    CvArena *arena = project->arena;
    const CvSettings *settings = project->settings;
    CV_VECTOR(CvStorageAlias) all = {0};
    bool has_default = false;
    for (const CvStorageAlias *one = settings->storages; one && one->alias; one++) {
        cv_vector_push(arena, &all, *one);
        has_default |= strcmp(one->alias, "default") == 0;
    }
    CvFileStorage *media = cv_arena_new(arena, CvFileStorage);
    bool rooted = settings->media_root && *settings->media_root;
    *media = (CvFileStorage){.kind = &cv_file_system_storage,
                             .location = rooted ? cv_project_path(arena, settings->media_root) : NULL,
                             .base_url = settings->media_url};
    if (settings->file_upload_permissions && *settings->file_upload_permissions)
        media->file_permissions = read_mode("FILE_UPLOAD_PERMISSIONS", settings->file_upload_permissions, errors);
    if (settings->file_upload_directory_permissions && *settings->file_upload_directory_permissions)
        media->folder_permissions =
            read_mode("FILE_UPLOAD_DIRECTORY_PERMISSIONS", settings->file_upload_directory_permissions, errors);
    if (!has_default)
        cv_vector_push(arena, &all, ((CvStorageAlias){"default", media}));
    cv_vector_push(arena, &all, ((CvStorageAlias){0}));
    cv_set_storages(all.items);
}
