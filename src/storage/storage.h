/* storage.h: where a site keeps files: on the disk, in memory, or in a place of its own (Django's storages).
 *
 *     static const CvFileStorage covers = {.kind = &cv_file_system_storage, .location = "/srv/shop/media",
 *                                          .base_url = "/media/"};
 *
 *     CvFile *file = cv_file_of_bytes(arena, "emma.png", bytes);
 *     const char *name;
 *     if (!cv_storage_save(arena, &covers, "covers/emma.png", file, 100, &name, &error)) ...
 *     // name: "covers/emma.png", or "covers/emma_Kx81bQz.png" if that was taken
 *
 * A name is a path with forward slashes beneath the storage's root. Whatever a visitor calls a file, it stays there:
 * absolute names and ".." are CV_ERROR_SUSPICIOUS_FILE (an answer of 400), and the disk is walked from the root folder
 * by folder without following a symbolic link. A name that is taken is never written over (but with allow_overwrite).
 * Functions give false with *error set; texts live in `arena`. Work on the disk is done by the thread pool. */
#ifndef CV_STORAGE_STORAGE_H
#define CV_STORAGE_STORAGE_H

#include "storage/file.h"

CV_API_BEGIN

typedef struct CvFileStorage CvFileStorage;

typedef struct CvFileStat {
    uint64_t size;
    CvDateTime accessed, created, modified; /* aware, UTC */
} CvFileStat;

typedef enum CvSaved {
    CV_SAVED,
    CV_SAVE_NAME_TAKEN, /* another file has that name now: another name is tried */
    CV_SAVE_FAILED,     /* *error is set */
} CvSaved;

/* What a storage can do. `save`, `open`, `remove`, `exists` are needed; NULL elsewhere is Django's default behaviour,
 * or "not supported". Names that arrive here are checked. */
typedef struct CvFileStorageKind {
    const char *name; /* "FileSystemStorage" */
    CvSaved (*save)(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile *content, CvError *error);
    bool (*open)(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile **file, CvError *error);
    bool (*remove)(const CvFileStorage *storage, CvArena *arena, const char *name, CvError *error);
    bool (*exists)(const CvFileStorage *storage, CvArena *arena, const char *name, bool *exists, CvError *error);
    bool (*list)(const CvFileStorage *storage, CvArena *arena, const char *name, CvList *folders, CvList *files,
                 CvError *error);
    bool (*stat)(const CvFileStorage *storage, CvArena *arena, const char *name, CvFileStat *out, CvError *error);
    bool (*path)(const CvFileStorage *storage, CvArena *arena, const char *name, const char **path, CvError *error);
    bool (*url)(const CvFileStorage *storage, CvArena *arena, const char *name, const char **url, CvError *error);
    bool (*valid_name)(const CvFileStorage *storage, CvArena *arena, const char *name, const char **out,
                       CvError *error);
    const char *(*alternative_name)(const CvFileStorage *storage, CvArena *arena, const char *root, const char *ending);
} CvFileStorageKind;

/* One storage: a kind and its options. */
struct CvFileStorage {
    const CvFileStorageKind *kind;
    const char *location;        /* the root folder; made at the first save */
    const char *base_url;        /* "/media/"; NULL: files have no URL */
    unsigned file_permissions;   /* 0: 0644 */
    unsigned folder_permissions; /* of folders it makes; 0: 0755 */
    bool allow_overwrite;        /* a name that is taken is written over */
    const void *data;            /* a site's own */
};

/* The disk. `location` is needed. */
extern const CvFileStorageKind cv_file_system_storage;
/* The memory of this process, for tests: `location` is not used, `data` is a cv_memory_files_create(). */
extern const CvFileStorageKind cv_in_memory_storage;
typedef struct CvMemoryFiles CvMemoryFiles;
CvMemoryFiles *cv_memory_files_create(void);
void cv_memory_files_destroy(CvMemoryFiles *files);

/* ---- files ---- */

/* Saves content under `name` (NULL: the file's own) or, where that is taken or longer than `max_length` characters
 * (0: no limit), under one near it; *stored is the name it got. The content is copied in pieces; a temporary file on
 * the same file system is moved. What cannot be saved whole is not left behind in part. */
bool cv_storage_save(CvArena *arena, const CvFileStorage *storage, const char *name, CvFile *content, size_t max_length,
                     const char **stored, CvError *error) CV_NODISCARD;
/* Opens for reading. CV_ERROR_DOES_NOT_EXIST if there is none of that name. */
bool cv_storage_open(CvArena *arena, const CvFileStorage *storage, const char *name, CvFile **file,
                     CvError *error) CV_NODISCARD;
/* Removes a file or an empty folder; one that is not there is no error. "" is CV_ERROR_VALUE. */
bool cv_storage_delete(CvArena *arena, const CvFileStorage *storage, const char *name, CvError *error) CV_NODISCARD;
bool cv_storage_exists(CvArena *arena, const CvFileStorage *storage, const char *name, bool *exists,
                       CvError *error) CV_NODISCARD;
/* The names in a folder ("" is the root), sorted, of folders and of files. */
bool cv_storage_listdir(CvArena *arena, const CvFileStorage *storage, const char *name, CvList **folders,
                        CvList **files, CvError *error) CV_NODISCARD;
/* Size and times: Django's size(), get_accessed_time(), get_created_time(), get_modified_time(). */
bool cv_storage_stat(CvArena *arena, const CvFileStorage *storage, const char *name, CvFileStat *out,
                     CvError *error) CV_NODISCARD;
/* Where the file stands on the disk; CV_ERROR_NOT_SUPPORTED for storages that are not there. */
bool cv_storage_path(CvArena *arena, const CvFileStorage *storage, const char *name, const char **path,
                     CvError *error) CV_NODISCARD;
/* What a browser asks for; CV_ERROR_VALUE without a base URL. */
bool cv_storage_url(CvArena *arena, const CvFileStorage *storage, const char *name, const char **url,
                    CvError *error) CV_NODISCARD;

/* ---- names ---- */

/* Of a visitor's file name one that is fit for storing: spaces as underscores, nothing but letters, digits, "-_.". */
bool cv_storage_get_valid_name(CvArena *arena, const CvFileStorage *storage, const char *name, const char **out,
                               CvError *error) CV_NODISCARD;
/* "emma" and ".png": "emma_Kx81bQz.png". */
const char *cv_storage_get_alternative_name(CvArena *arena, const CvFileStorage *storage, const char *root,
                                            const char *ending);
/* `name`, or one near it that is free and at most `max_length` characters long (0: no limit). */
bool cv_storage_get_available_name(CvArena *arena, const CvFileStorage *storage, const char *name, size_t max_length,
                                   const char **out, CvError *error) CV_NODISCARD;
/* A path whose last part was made valid: what upload_to gives goes through this. */
bool cv_storage_generate_filename(CvArena *arena, const CvFileStorage *storage, const char *name, const char **out,
                                  CvError *error) CV_NODISCARD;
/* Django's validate_file_name(): false for names that are no file's, that leave their folder or, unless
 * `allow_relative_path`, have a folder. */
bool cv_check_file_name(CvArena *arena, const char *name, bool allow_relative_path, CvError *error) CV_NODISCARD;

/* ---- the site's storages (STORAGES) ---- */

typedef struct CvStorageAlias {
    const char *alias; /* "default" */
    const CvFileStorage *storage;
} CvStorageAlias;
/* A list for settings, ended by a zero one. */
#define CV_STORAGES(...) ((const CvStorageAlias[]){__VA_ARGS__, {0}})

/* What file fields use that name no other: what `web` made of MEDIA_ROOT and MEDIA_URL, or the site's own "default".
 * Before that: a FileSystemStorage of the working folder's "media". */
const CvFileStorage *cv_default_storage(void);
/* Sets the storages of the process (borrowed); ended by a zero one; NULL: none. */
void cv_set_storages(const CvStorageAlias *storages);
/* By alias, or NULL. */
const CvFileStorage *cv_storage_of(const char *alias);

CV_API_END

#endif
