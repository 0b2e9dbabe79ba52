/* log.c: log records: one write a record, nothing in it that a visitor could forge a line with. */
#include "base/log.h"

#include <errno.h>
#include <unistd.h>

#include "base/backtrace.h"
#include "base/buffer.h"
#include "base/error_private.h"
#include "base/self.h"

static CvLogLevel threshold = CV_LOG_INFO;
static CvLogSink *log_sink;
static void *log_sink_argument;

bool cv_log_enabled(CvLogLevel level)
{
    return level >= threshold;
}

void cv_log_set_level(CvLogLevel least)
{
    threshold = least;
}

void cv_log_set_sink(CvLogSink *sink, void *argument)
{
    log_sink = sink;
    log_sink_argument = argument;
}

static const char *level_name(CvLogLevel level)
{
    return level >= CV_LOG_CRITICAL  ? "CRITICAL"
           : level >= CV_LOG_ERROR   ? "ERROR"
           : level >= CV_LOG_WARNING ? "WARNING"
           : level >= CV_LOG_INFO    ? "INFO"
                                     : "DEBUG";
}

static void write_all(const char *data, size_t length)
{
    while (length) {
        ssize_t written = write(STDERR_FILENO, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return; /* there is no other place to complain */
        data += written;
        length -= (size_t)written;
    }
}

void cv_panic(const char *text)
{
    write_all("caravan: ", 9);
    write_all(text, strlen(text));
    write_all("\n", 1);
    abort();
}

/* Control characters as \n, \t, \x1b; a line feed may be kept as the start of an indented line. */
static void append_escaped(CvBuffer *out, CvSlice text, bool lines)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '\n' && lines)
            cv_buffer_append_string(out, "\n    ");
        else if (c == '\n' || c == '\r' || c == '\t')
            cv_buffer_append_string(out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
        else if (c < 32 || c == 127)
            cv_buffer_printf(out, "\\x%02x", c);
        else
            cv_buffer_append_byte(out, (char)c);
    }
}

static void emit(CvArena *arena, CvLogLevel level, const char *logger, CvSlice message, bool lines)
{
    CvBuffer text = cv_buffer(arena);
    append_escaped(&text, message, lines);
    if (log_sink) {
        log_sink(log_sink_argument, level, logger, cv_buffer_slice(&text));
        return;
    }
    CvBuffer line = cv_buffer(arena);
    CvClock clock = cv_datetime_clock(cv_now_utc(), cv_default_zone());
    cv_buffer_printf(&line, "%04d-%02d-%02d %02d:%02d:%02d,%03u %s %s: ", clock.date.year, clock.date.month,
                     clock.date.day, clock.time.hour, clock.time.minute, clock.time.second,
                     clock.time.microsecond / 1000, level_name(level), logger);
    cv_buffer_append_slice(&line, cv_buffer_slice(&text));
    cv_buffer_append_byte(&line, '\n');
    write_all(line.data, line.length);
}

void cv_log(CvLogLevel level, const char *logger, const char *format, ...)
{
    if (!cv_log_enabled(level))
        return;
    CvScratch scratch = cv_scratch_begin(NULL);
    va_list arguments;
    va_start(arguments, format);
    const char *message = cv_arena_vprintf(scratch.arena, format, arguments);
    va_end(arguments);
    emit(scratch.arena, level, logger, cv_slice(message), false);
    cv_scratch_end(scratch);
}

void cv_log_error(const char *logger, const CvError *error)
{
    if (!cv_log_enabled(CV_LOG_ERROR))
        return;
    CvScratch scratch = cv_scratch_begin(NULL);
    CvBuffer text = cv_buffer(scratch.arena);
    cv_error_describe(&text, error);
    CvFrame frames[CV_BACKTRACE_MAX];
    int count = error->frame_count < CV_BACKTRACE_MAX ? error->frame_count : CV_BACKTRACE_MAX;
    cv_backtrace_resolve(scratch.arena, error->frames, count, frames);
    for (int i = 0; i < count; i++) {
        cv_buffer_printf(&text, "\n  at %s", frames[i].function ? frames[i].function : "?");
        if (frames[i].file)
            cv_buffer_printf(&text, " (%s:%d)", frames[i].file, frames[i].line);
        else if (frames[i].module)
            cv_buffer_printf(&text, " (%s)", frames[i].module);
    }
    emit(scratch.arena, CV_LOG_ERROR, logger, cv_buffer_slice(&text), true);
    cv_scratch_end(scratch);
}
