/* driver.h: what a database driver is, for db and orm; sites do not need it.
 *
 * A driver opens connections, runs statements with bound values and decodes rows straight into structs. SQLite's is
 * sqlite*.c; another database adds a CvDriver and a CvDialect (dialect.h). Functions return; they never raise. */
#ifndef CV_DB_DRIVER_H
#define CV_DB_DRIVER_H

#include "db/database.h"
#include "loop/fiber.h"

CV_API_BEGIN

/* What a statement or a step came to. */
typedef enum CvRun {
    CV_RUN_DONE, /* finished */
    CV_RUN_ROW,  /* a row can be read */
    CV_RUN_BUSY, /* another process holds a lock: wait and try again */
    CV_RUN_FAILED
} CvRun;

/* How a column is read. Kinds that end in _NULLABLE fill a CvNull... struct. */
typedef enum CvRead {
    CV_READ_SKIP,
    CV_READ_INTEGER, /* int64_t */
    CV_READ_INTEGER_NULLABLE,
    CV_READ_FLOAT, /* double */
    CV_READ_FLOAT_NULLABLE,
    CV_READ_BOOL, /* bool */
    CV_READ_BOOL_NULLABLE,
    CV_READ_TEXT,    /* const char * */
    CV_READ_DECIMAL, /* CvDecimal; scale -1: as it is */
    CV_READ_DATE,
    CV_READ_TIME,
    CV_READ_DATETIME,
    CV_READ_DURATION,
    CV_READ_UUID,
    CV_READ_BYTES,
    CV_READ_JSON, /* CvValue */
    CV_READ_ANY,  /* CvValue as the database has it */
    CV_READ_HOOK, /* what `hook` makes of that */
} CvRead;

/* Puts what the database has into the target, where no kind of column says how. */
typedef struct CvReadHook {
    void (*fill)(const struct CvReadHook *hook, CvArena *arena, CvValue stored, bool as_value, void *target);
    const void *data;
    size_t size; /* of a target that is no CvValue; cleared for a null */
} CvReadHook;

typedef struct CvReader {
    uint8_t kind;    /* CvRead */
    bool as_value;   /* the target is a CvValue, whatever the kind */
    int16_t scale;   /* of decimals, -1: none */
    uint32_t offset; /* of the target */
    union {
        const CvZone *zone;     /* of a date-time that is a reading of this zone's clock; NULL: as stored */
        const CvReadHook *hook; /* of CV_READ_HOOK */
    };
} CvReader;

/* The text of a statement with its hash, so that the statements that a connection keeps are found fast. */
typedef struct CvSqlText {
    const char *sql;
    size_t length;
    uint64_t hash;
} CvSqlText;
CvSqlText cv_sql_text(const char *sql);

/* A running statement; the driver's parts. */
typedef struct CvCursor {
    CvConnection *connection;
    void *statement;
    void *kept; /* the slot of the statement cache, or NULL */
    int columns;
} CvCursor;

struct CvConnection {
    CvDatabase *database;
    void *handle;
    void *statements;
    bool read_transaction;
    bool stale;         /* a reader: cursors keep it at a state before the last write of this process */
    uint32_t running;   /* cursors that are open */
    CvConnection *next; /* of the readers */
};

struct CvDriver {
    const char *name;
    const CvDialect *dialect;
    bool (*connect)(CvDatabase *database, CvConnection *connection, CvArena *arena, CvError *error);
    void (*close)(CvConnection *connection);
    /* Prepares or finds the statement, binds `count` values (NULL, INT, FLOAT, STRING, BYTES; DATETIME as a reading of
     * the database's clock). */
    CvRun (*start)(CvConnection *connection, const CvSqlText *text, size_t count, const CvValue *values,
                   CvCursor *cursor, CvArena *arena, CvError *error);
    CvRun (*step)(CvCursor *cursor, CvArena *arena, CvError *error);
    /* Decodes the current row: columns `first` and on into `row`; text is copied to `arena`. */
    bool (*read)(CvCursor *cursor, int first, const CvReader *readers, size_t count, void *row, CvArena *arena,
                 CvError *error);
    void (*finish)(CvCursor *cursor);
    const char *(*column_name)(const CvCursor *cursor, int column);
    int64_t (*changes)(CvConnection *connection);
    int64_t (*last_id)(CvConnection *connection);
    /* False: none was begun, or an error made the database end it. */
    bool (*in_transaction)(const CvConnection *connection);
    /* A statement without values or rows, not kept. */
    CvRun (*control)(CvConnection *connection, const char *sql, CvArena *arena, CvError *error);
};

struct CvDatabase {
    const char *alias, *path;
    const CvZone *zone; /* cv_database_zone(); NULL: UTC */
    const CvDriver *driver;
    uint32_t timeout_ms;
    bool in_memory;
    CvConnection writer;
    CvConnection *reader;  /* the one that is read through now; NULL: none yet, or the database is in memory */
    CvConnection *readers; /* all of them: those with open cursors, too */
    bool writer_taken;
    CvWaitList writer_waiters;
    struct CvLoopHook *hook;
    struct CvDatabase *next;
};

extern const CvDriver cv_sqlite_driver;

CV_API_END

#endif
