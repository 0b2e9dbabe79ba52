/* html.h: text into HTML and out of it: escaping, unescaping, links, paragraphs, stripping tags.
 *
 * Facts of behaviour are those of Django 6.1 (django.utils.html) and of Python's html module. Every function runs in
 * time proportional to its input (strip_tags at most 50 times that), whatever a visitor wrote.
 *
 *     CvBuffer out = cv_buffer(arena);
 *     cv_html_escape(&out, cv_slice("<b>"));                      // &lt;b&gt;
 */
#ifndef CV_TEXT_HTML_H
#define CV_TEXT_HTML_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

/* Appends with & < > " ' as &amp; &lt; &gt; &quot; &#x27;. */
void cv_html_escape(CvBuffer *out, CvSlice text);
/* The same as a new text; the text itself where there is nothing to escape. */
CvSlice cv_html_escaped(CvArena *arena, CvSlice text);
/* Named and numeric character references as HTML5 reads them (Python's html.unescape). */
CvSlice cv_html_unescape(CvArena *arena, CvSlice text);
/* For the inside of a JavaScript string: \u0027 and the like. */
void cv_html_escape_js(CvBuffer *out, CvSlice text);
/* <script id="..." type="application/json">...</script> with < > & as \u003C...; `id`: a text,
 * escaped unless it is safe; empty or null: no id. Raises nothing: a value that JSON cannot hold gives false and
 * *error. */
bool cv_html_json_script(CvArena *arena, CvBuffer *out, CvValue value, CvValue id, CvError *error) CV_NODISCARD;

/* Paragraphs (<p>) at blank lines, <br> at line ends; escapes if `autoescape`. */
CvSlice cv_html_linebreaks(CvArena *arena, CvSlice text, bool autoescape);
/* Each line end as <br>; escapes if `autoescape`. */
CvSlice cv_html_linebreaksbr(CvArena *arena, CvSlice text, bool autoescape);
/* Without white space between > and <. */
CvSlice cv_html_strip_spaces(CvArena *arena, CvSlice html);
/* Without tags, comments and declarations. Not a sanitizer: escape the result. More than 50 rounds, or 50 unclosed
 * tags in a row, give CV_ERROR_SUSPICIOUS. */
bool cv_html_strip_tags(CvArena *arena, CvSlice html, CvSlice *out, CvError *error) CV_NODISCARD;

typedef struct CvUrlizeOptions {
    int64_t limit;     /* longest link text in code points; what is longer ends in an ellipsis */
    bool limited;      /* `limit` counts */
    bool nofollow;     /* rel="nofollow" */
    bool autoescape;   /* escape the text around the links (unless `safe`) */
    bool safe;         /* the text is HTML already */
    bool assume_https; /* for links written without a scheme (URLIZE_ASSUME_HTTPS) */
} CvUrlizeOptions;
/* URLs and mail addresses in a text as links. */
CvSlice cv_html_urlize(CvArena *arena, CvSlice text, CvUrlizeOptions options);
/* Quotes a URL that may be quoted already. */
CvSlice cv_html_smart_urlquote(CvArena *arena, CvSlice url);

/* True for elements without an end tag (br, img, ...); the name in lower case. */
bool cv_html_is_void_element(CvSlice name);

/* ---- reading HTML leniently, as Python's html.parser does ---- */

typedef enum CvHtmlTokenKind {
    CV_HTML_TEXT,        /* text between tags, references as they are */
    CV_HTML_START,       /* <name ...>: `name` lower case, `raw` the whole tag */
    CV_HTML_START_END,   /* <name ... /> */
    CV_HTML_END,         /* </name> */
    CV_HTML_ENTITY,      /* &name;: `name` without & and ; */
    CV_HTML_CHARREF,     /* &#38;: `name` is "38" or "x26" */
    CV_HTML_COMMENT,     /* comments, bogus comments */
    CV_HTML_DECLARATION, /* <!DOCTYPE ...>, <?...> */
} CvHtmlTokenKind;

typedef struct CvHtmlToken {
    CvHtmlTokenKind kind;
    CvSlice raw;  /* as it stands in the source */
    CvSlice name; /* of tags and references */
    bool literal; /* text in which & has no meaning (inside <script> and <style>) */
} CvHtmlToken;

typedef struct CvHtmlReader {
    CvArena *arena; /* for names that are not in lower case */
    CvSlice source;
    size_t at;
    bool references;     /* report references as tokens of their own; else they stay in the text */
    bool whole;          /* the source is complete; else what is unfinished at its end is left out */
    bool final;          /* reading what looked unfinished */
    bool rest_is_text;   /* no more tags are looked for */
    CvSlice raw_element; /* inside <script> or <style>: its name */
} CvHtmlReader;

CvHtmlReader cv_html_reader(CvArena *arena, CvSlice source, bool references, bool whole);
/* False at the end. */
bool cv_html_read(CvHtmlReader *reader, CvHtmlToken *token);

CV_API_END

#endif
