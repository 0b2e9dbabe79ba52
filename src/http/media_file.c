/* media_file.c: the media type of a file by its name (the table of Python's mimetypes), and Content-Disposition. */
#include "base/buffer.h"
#include "http/media_type.h"
#include "text/url.h"

typedef struct Row {
    const char *extension, *type;
} Row;

/* By extension, sorted. */
static const Row types[] = {
    {"3g2", "audio/3gpp2"},
    {"3gp", "audio/3gpp"},
    {"3gpp", "audio/3gpp"},
    {"3gpp2", "audio/3gpp2"},
    {"a", "application/octet-stream"},
    {"aac", "audio/aac"},
    {"adts", "audio/aac"},
    {"ai", "application/postscript"},
    {"aif", "audio/x-aiff"},
    {"aifc", "audio/x-aiff"},
    {"aiff", "audio/x-aiff"},
    {"ass", "audio/aac"},
    {"au", "audio/basic"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bat", "text/plain"},
    {"bcpio", "application/x-bcpio"},
    {"bin", "application/octet-stream"},
    {"bmp", "image/bmp"},
    {"c", "text/plain"},
    {"cdf", "application/x-netcdf"},
    {"cpio", "application/x-cpio"},
    {"csh", "application/x-csh"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"dll", "application/octet-stream"},
    {"doc", "application/msword"},
    {"dot", "application/msword"},
    {"dvi", "application/x-dvi"},
    {"eml", "message/rfc822"},
    {"eps", "application/postscript"},
    {"etx", "text/x-setext"},
    {"exe", "application/octet-stream"},
    {"gif", "image/gif"},
    {"gtar", "application/x-gtar"},
    {"h", "text/plain"},
    {"h5", "application/x-hdf5"},
    {"hdf", "application/x-hdf"},
    {"heic", "image/heic"},
    {"heif", "image/heif"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ief", "image/ief"},
    {"jpe", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"ksh", "text/plain"},
    {"latex", "application/x-latex"},
    {"loas", "audio/aac"},
    {"m1v", "video/mpeg"},
    {"m3u", "application/vnd.apple.mpegurl"},
    {"m3u8", "application/vnd.apple.mpegurl"},
    {"man", "application/x-troff-man"},
    {"markdown", "text/markdown"},
    {"md", "text/markdown"},
    {"me", "application/x-troff-me"},
    {"mht", "message/rfc822"},
    {"mhtml", "message/rfc822"},
    {"mif", "application/x-mif"},
    {"mjs", "text/javascript"},
    {"mov", "video/quicktime"},
    {"movie", "video/x-sgi-movie"},
    {"mp2", "audio/mpeg"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpa", "video/mpeg"},
    {"mpe", "video/mpeg"},
    {"mpeg", "video/mpeg"},
    {"mpg", "video/mpeg"},
    {"ms", "application/x-troff-ms"},
    {"n3", "text/n3"},
    {"nc", "application/x-netcdf"},
    {"nq", "application/n-quads"},
    {"nt", "application/n-triples"},
    {"nws", "message/rfc822"},
    {"o", "application/octet-stream"},
    {"obj", "application/octet-stream"},
    {"oda", "application/oda"},
    {"opus", "audio/opus"},
    {"p12", "application/x-pkcs12"},
    {"p7c", "application/pkcs7-mime"},
    {"pbm", "image/x-portable-bitmap"},
    {"pdf", "application/pdf"},
    {"pfx", "application/x-pkcs12"},
    {"pgm", "image/x-portable-graymap"},
    {"pl", "text/plain"},
    {"png", "image/png"},
    {"pnm", "image/x-portable-anymap"},
    {"pot", "application/vnd.ms-powerpoint"},
    {"ppa", "application/vnd.ms-powerpoint"},
    {"ppm", "image/x-portable-pixmap"},
    {"pps", "application/vnd.ms-powerpoint"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"ps", "application/postscript"},
    {"pwz", "application/vnd.ms-powerpoint"},
    {"py", "text/x-python"},
    {"pyc", "application/x-python-code"},
    {"pyo", "application/x-python-code"},
    {"qt", "video/quicktime"},
    {"ra", "audio/x-pn-realaudio"},
    {"ram", "application/x-pn-realaudio"},
    {"ras", "image/x-cmu-raster"},
    {"rdf", "application/xml"},
    {"rgb", "image/x-rgb"},
    {"roff", "application/x-troff"},
    {"rst", "text/x-rst"},
    {"rtf", "text/rtf"},
    {"rtx", "text/richtext"},
    {"sgm", "text/x-sgml"},
    {"sgml", "text/x-sgml"},
    {"sh", "application/x-sh"},
    {"shar", "application/x-shar"},
    {"snd", "audio/basic"},
    {"so", "application/octet-stream"},
    {"src", "application/x-wais-source"},
    {"srt", "text/plain"},
    {"sv4cpio", "application/x-sv4cpio"},
    {"sv4crc", "application/x-sv4crc"},
    {"svg", "image/svg+xml"},
    {"swf", "application/x-shockwave-flash"},
    {"t", "application/x-troff"},
    {"tar", "application/x-tar"},
    {"tcl", "application/x-tcl"},
    {"tex", "application/x-tex"},
    {"texi", "application/x-texinfo"},
    {"texinfo", "application/x-texinfo"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"tr", "application/x-troff"},
    {"trig", "application/trig"},
    {"tsv", "text/tab-separated-values"},
    {"txt", "text/plain"},
    {"ustar", "application/x-ustar"},
    {"vcf", "text/x-vcard"},
    {"vtt", "text/vtt"},
    {"wasm", "application/wasm"},
    {"wav", "audio/x-wav"},
    {"webm", "video/webm"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"wiz", "application/msword"},
    {"wsdl", "application/xml"},
    {"xbm", "image/x-xbitmap"},
    {"xlb", "application/vnd.ms-excel"},
    {"xls", "application/vnd.ms-excel"},
    {"xml", "text/xml"},
    {"xpdl", "application/xml"},
    {"xpm", "image/x-xpixmap"},
    {"xsl", "application/xml"},
    {"xwd", "image/x-xwindowdump"},
    {"zip", "application/zip"},
};

/* An extension that stands for two. */
static const char *const shorthands[][3] = {{"svgz", "svg", "gzip"}, {"tgz", "tar", "gzip"},   {"taz", "tar", "gzip"},
                                            {"tz", "tar", "gzip"},   {"tbz2", "tar", "bzip2"}, {"txz", "tar", "xz"}};
/* Compressions; these are told by case. */
static const Row encodings[] = {{"gz", "gzip"}, {"Z", "compress"}, {"bz2", "bzip2"}, {"xz", "xz"}, {"br", "br"}};

/* Takes ".ext" off the end; false if there is none (leading dots of the name are no extension). */
static bool take_extension(CvSlice *name, CvSlice *extension)
{
    ptrdiff_t dot = cv_slice_find_last(*name, CV_SLICE("."));
    size_t lead = 0;

    while (lead < name->length && name->data[lead] == '.')
        lead++;
    if (dot < 0 || (size_t)dot < lead)
        return false;
    *extension = cv_slice_skip(*name, (size_t)dot + 1);
    name->length = (size_t)dot;
    return true;
}

static const char *type_of(CvSlice extension)
{
    size_t low = 0, high = CV_COUNT_OF(types);
    char lower[16];

    if (extension.length == 0 || extension.length > sizeof lower)
        return NULL;
    for (size_t i = 0; i < extension.length; i++) {
        char byte = extension.data[i];
        lower[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = cv_slice_compare(cv_slice_of(lower, extension.length), cv_slice(types[middle].extension));
        if (order == 0)
            return types[middle].type;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *cv_media_type_of_file(const char *name, const char **encoding)
{
    CvSlice rest = cv_slice(name), extension;
    const char *coding = NULL;

    for (ptrdiff_t slash; (slash = cv_slice_find_byte(rest, '/')) >= 0;)
        rest = cv_slice_skip(rest, (size_t)slash + 1);
    if (encoding)
        *encoding = NULL;
    if (!take_extension(&rest, &extension))
        return NULL;
    for (size_t i = 0; i < CV_COUNT_OF(shorthands); i++)
        if (cv_slice_equal_fold(extension, cv_slice(shorthands[i][0]))) {
            if (encoding)
                *encoding = shorthands[i][2];
            return type_of(cv_slice(shorthands[i][1]));
        }
    for (size_t i = 0; i < CV_COUNT_OF(encodings) && !coding; i++)
        if (cv_slice_is(extension, encodings[i].extension))
            coding = encodings[i].type;
    if (encoding)
        *encoding = coding;
    if (coding && !take_extension(&rest, &extension))
        return NULL;
    return type_of(extension);
}

/* What may stand in a quoted string (RFC 9110 5.6.4), quotes and backslashes escaped. */
static bool is_quotable(CvSlice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '\t' && (text.data[i] < ' ' || text.data[i] > '~'))
            return false;
    return true;
}

const char *cv_content_disposition(CvArena *arena, bool as_attachment, CvSlice name)
{
    CvBuffer out = cv_buffer(arena);

    if (name.length == 0)
        return as_attachment ? "attachment" : NULL;
    cv_buffer_append_string(&out, as_attachment ? "attachment; filename" : "inline; filename");
    if (is_quotable(name)) {
        cv_buffer_append_string(&out, "=\"");
        for (size_t i = 0; i < name.length; i++) {
            if (name.data[i] == '"' || name.data[i] == '\\')
                cv_buffer_append_byte(&out, '\\');
            cv_buffer_append_byte(&out, name.data[i]);
        }
        cv_buffer_append_byte(&out, '"');
    } else {
        cv_buffer_append_string(&out, "*=utf-8''");
        cv_url_quote(&out, name, "/");
    }
    return cv_buffer_string(&out);
}
