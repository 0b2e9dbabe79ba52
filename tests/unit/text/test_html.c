/* Tests text/html.h; what is expected is what Django answers. */
#include "cases.h"

static const Case unescaped[] = {
    {"&lt;&gt;&amp;&quot;&#39;", "<>&\"'"},
    {"&notit; &notin;", "\302\254it; \342\210\211"},
    {"&#x80;&#128;&#0;&#xD800;&#x110000;&#99999999999;",
     "\342\202\254\342\202\254\357\277\275\357\277\275\357\277\275\357\277\275"},
    {"&#13;&#11;&#1;", "\015"},
    {"&amp", "&"},
    {"&ampx;", "&x;"},
    {"&nosuch;", "&nosuch;"},
    {"&#;&#x;&;& ", "&#;&#x;&;& "},
    {"&CounterClockwiseContourIntegral;", "\342\210\263"},
    {"&copy2", "\302\2512"},
    {"&ngE;", "\342\211\247\314\270"},
    {"&Gt;&Lt", "\342\211\253&Lt"},
    {"a&b", "a&b"},
    {"&#65&#x42;", "AB"},
};

static const Case stripped[] = {
    {"<p>See: &#39;&eacute; is an apostrophe</p>", "See: &#39;&eacute; is an apostrophe"},
    {"<adf>a", "a"},
    {"</adf>b", "b"},
    {"<asdf><asdf>e", "e"},
    {"hi, <f x", "hi, <f x"},
    {"234<235, right?", "234<235, right?"},
    {"a4<a5 right?", "a4<a5 right?"},
    {"b7>b2!", "b7>b2!"},
    {"b7</>b2!", "b7b2!"},
    {"d<a:b c>o</p>f", "dof"},
    {"<strong>foo</strong><a href=\"http://example.com\">bar</a>", "foobar"},
    {"><!--x-->y", ">y"},
    {"<script>alert(\"<b>\")</script>z", "alert(\"\")z"},
    {"<sc<!-- -->ript>test<<!-- -->/script>", "ript>test"},
    {"<br/>a<br />", "a"},
    {"<img src=\"a>b\">x", "x"},
    {"x<?php echo 1 ?>y<![CDATA[ z ]]>w", "xyw"},
    {"&gotcha&#;<>", "&gotcha&#;<>"},
    {"<a b='c'd>e", "e"},
    {"&h", "&h"},
    {"a<b>&c", "ac"},
};

static const Case urlized[] = {
    {"http://google.com", "<a href=\"http://google.com\">http://google.com</a>"},
    {"see www.x.org.", "see <a href=\"http://www.x.org\">www.x.org</a>."},
    {"(example.com)", "(<a href=\"http://example.com\">example.com</a>)"},
    {"info@c.org", "<a href=\"mailto:info@c.org\">info@c.org</a>"},
    {"http://a.b/x_(y)!", "<a href=\"http://a.b/x_(y)\">http://a.b/x_(y)</a>!"},
    {"foo@bar.com;", "<a href=\"mailto:foo@bar.com\">foo@bar.com</a>;"},
    {"a&lt;b.com", "a&amp;lt;b.com"},
    {"HTTPS://google.com/", "<a href=\"https://google.com/\">HTTPS://google.com/</a>"},
    {"[http://x.com]", "[<a href=\"http://x.com\">http://x.com</a>]"},
    {"example.com.", "<a href=\"http://example.com\">example.com</a>."},
    {"http://x.com/?q=1&amp;p=2", "<a href=\"http://x.com/?q=1&amp;p=2\">http://x.com/?q=1&amp;amp;p=2</a>"},
    {"not.alink", "not.alink"},
    {"http://.www.f.oo.bar/", "http://.www.f.oo.bar/"},
    {"ftp://x.com", "ftp://x.com"},
    {"www.", "www."},
    {"xn--a.com/\303\251", "<a href=\"http://xn--a.com/%C3%A9\">xn--a.com/\303\251</a>"},
    {"x@localhost", "x@localhost"},
    {"<b>http://a.com</b>", "&lt;b&gt;<a href=\"http://a.com\">http://a.com</a>&lt;/b&gt;"},
    {"http://a.com?x=%C3%B6&y=\303\251",
     "<a href=\"http://a.com?x=%C3%B6&amp;y=%C3%A9\">http://a.com?x=%C3%B6&amp;y=\303\251</a>"},
    {"a.com:80", "a.com:80"},
    {"\"http://a.com\"", "&quot;<a href=\"http://a.com\">http://a.com</a>&quot;"},
    {"http://[::1]/", "http://[::1]/"},
};

static const Case linebreaks[] = {
    {"a\012b\012\012c", "<p>a<br>b</p>\012\012<p>c</p>"},
    {"", "<p></p>"},
    {"a\015\012\015\012b", "<p>a</p>\012\012<p>b</p>"},
    {"\012\012\012a", "<p></p>\012\012<p>a</p>"},
};

static const Case spaces[] = {
    {"<p> <b>", "<p><b>"},
    {"> a <", "> a <"},
    {"a>\012 <b", "a><b"},
    {"> > <", "> ><"},
};

static const Case smart_quoted[] = {
    {"http://\303\266\303\244\303\274.com/\303\266\303\244\303\274/",
     "http://%C3%B6%C3%A4%C3%BC.com/%C3%B6%C3%A4%C3%BC/"},
    {"http://x.com/?q=http://x.com/?x=1%26q=django", "http://x.com/?q=http%3A%2F%2Fx.com%2F%3Fx%3D1%26q%3Ddjango"},
    {"http://x.com/%7Ea?a=b+c&d=e%20f", "http://x.com/~a?a=b+c&d=e+f"},
    {"http://[a/b", "http://[a/b"},
};

static const Case broken_tags[] = {
    {"<a b='c\"d'e=f/g>x", "x"},
    {"<a =b>x", "x"},
    {"<a b='>x</a>", ""},
    {"<a b= '>x</a>", "x"},
    {"<a b=='c>x", "x"},
    {"<a b = c d/ e >x", "x"},
    {"<a/b/>x", "x"},
    {"<a b=\"c\"d>x", "x"},
    {"<a\013b>x", "x"},
    {"<a b='c' /d>x", "x"},
    {"<a / >x", "x"},
    {"<a b=c/>x", "x"},
    {"<A B=C>x</A >", "x"},
    {"</a b='>'>x", "'>x"},
    {"</ a>x", "x"},
    {"</>x", "x"},
    {"</1>x<b>", "x"},
    {"<a b=' >x<b", ""},
    {"<!doctype html>x<b>", "x"},
    {"<!--a-- >x<b>", "x"},
    {"<!--a--- >x<b>", "x"},
    {"<!-->x-->y<b>", "y"},
    {"<![CDATA[a] ] >x<b>", "x"},
    {"<![CDATA[a<b>", ""},
    {"<?a>x<b>", "x"},
    {"<!a>x<b>", "x"},
    {"<style>a</b></style >x<b>", "ax"},
    {"<script>a</scripT>x<b>", "ax"},
    {"<script/>a<b>", "a"},
    {"&#12a;<b>x&#13;", "&#12a;x&#13;"},
    {"&a.b-;<b>", "&a.b-;"},
    {"&a&#x;<b>&#q;<i>x</i>;", "&a;&#x;&#q;<i>x</i>;"},
    {"<b>&1", "&1"},
    {"<b>x&", "x&"},
    {"<b>&#", "&#"},
    {"<b></", "</"},
    {"<b><", "<"},
    {"<b>a&b", "ab"},
    {"<b>&ab-c", "&ab;-c"},
    {"x<b", "x<b"},
};

static const Case more_links[] = {
    {"http://a.com/)", "<a href=\"http://a.com/\">http://a.com/</a>)"},
    {"(http://a.com/(x)", "(<a href=\"http://a.com/(x)\">http://a.com/(x)</a>"},
    {"[see (www.a.com)]", "[see (<a href=\"http://www.a.com\">www.a.com</a>)]"},
    {"www.a.com;;", "<a href=\"http://www.a.com\">www.a.com</a>;;"},
    {"a.com&lt;", "a.com&amp;lt;"},
    {"a.com&lt;;;", "a.com&amp;lt;;;"},
    {"x&amp;a.com;", "x&amp;amp;a.com;"},
    {"www.a.com...", "<a href=\"http://www.a.com\">www.a.com</a>..."},
    {"a@b.com:", "<a href=\"mailto:a@b.com\">a@b.com</a>:"},
    {"a.b@c", "a.b@c"},
    {"\"a\"@b.com", "&quot;a&quot;@b.com"},
    {"a@b-.com", "a@b-.com"},
    {"a@[127.0.0.1]", "<a href=\"mailto:a@%5B127.0.0.1%5D\">a@[127.0.0.1]</a>"},
    {"a@[::1]", "a@[::1]"},
    {"a@[x]", "a@[x]"},
    {"a..b@c.com", "a..b@c.com"},
    {".a@b.com", ".a@b.com"},
    {"a@b.c1", "a@b.c1"},
    {"a@xn--b.xn--c", "<a href=\"mailto:a@xn--b.xn--c\">a@xn--b.xn--c</a>"},
    {"a@b.1", "a@b.1"},
    {"http://", "http://"},
    {"https://[x", "<a href=\"https://[x\">https://[x</a>"},
    {"HTTP://a", "<a href=\"http://a\">HTTP://a</a>"},
    {"-a.com", "-a.com"},
    {"a-.com", "a-.com"},
    {"a..com", "a..com"},
    {"\303\251a.com", "<a href=\"http://%C3%A9a.com\">\303\251a.com</a>"},
    {"a.comx", "a.comx"},
    {"a.com/\303\251 b", "<a href=\"http://a.com/%C3%A9\">a.com/\303\251</a> b"},
    {"x:y", "x:y"},
    {"www.\303\251.com/%zz", "<a href=\"http://www.%C3%A9.com/%25zz\">www.\303\251.com/%zz</a>"},
    {"http://a@b.com/", "<a href=\"http://a@b.com/\">http://a@b.com/</a>"},
    {"a@b@c.com", "a@b@c.com"},
    {"don't a.com's", "don&#x27;t <a href=\"http://a.com\">a.com</a>&#x27;s"},
};

static CvSlice strip(CvArena *arena, CvSlice html)
{
    CvSlice text;
    CvError error;
    ck_assert(cv_html_strip_tags(arena, html, &text, &error));
    return text;
}

static CvSlice urlize(CvArena *arena, CvSlice text)
{
    return cv_html_urlize(arena, text, (CvUrlizeOptions){.autoescape = true});
}

static CvSlice to_paragraphs(CvArena *arena, CvSlice text)
{
    return cv_html_linebreaks(arena, text, true);
}

START_TEST(special_bytes_are_escaped_wherever_they_stand)
{
    CvArena *arena = cv_arena();
    ck_assert(cv_slice_is(cv_html_escaped(arena, CV_SLICE("<a href=\"x\">'&'</a>")),
                          "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;&#x27;&lt;/a&gt;"));
    /* At each place of texts of each length around the width of a vector register. */
    for (size_t length = 1; length < 40; length++)
        for (size_t at = 0; at < length; at++) {
            char *text = cv_malloc(length);
            memset(text, 'x', length);
            text[at] = '<';
            CvSlice escaped = cv_html_escaped(arena, cv_slice_of(text, length));
            ck_assert_uint_eq(escaped.length, length + 3);
            ck_assert_int_eq(memcmp(escaped.data + at, "&lt;", 4), 0);
            cv_free(text);
        }
    CvSlice plain = CV_SLICE("nothing special é \x80");
    ck_assert_ptr_eq(cv_html_escaped(arena, plain).data, plain.data);
}
END_TEST

START_TEST(javascript_strings)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_html_escape_js(&out, CV_SLICE("a'\"\\<>&=-;`\n\x7f\xC2\x85\u2028\u2029é\u2030"));
    ck_assert(cv_slice_is(buffer_text(&out),
                          "a\\u0027\\u0022\\u005C\\u003C\\u003E\\u0026\\u003D\\u002D\\u003B\\u0060\\u000A\\u007F\\u0085"
                          "\\u2028\\u2029é\u2030"));
}
END_TEST

START_TEST(json_in_scripts)
{
    CvArena *arena = cv_arena();
    CvBuffer out = cv_buffer(arena);
    CvError error;
    ck_assert(cv_html_json_script(arena, &out, CV_VALUE("</script>&"), CV_VALUE("a\"b"), &error));
    ck_assert(cv_slice_is(buffer_text(&out), "<script id=\"a&quot;b\" type=\"application/json\">"
                                             "\"\\u003C/script\\u003E\\u0026\"</script>"));
    ck_assert(!cv_html_json_script(arena, &out, CV_VALUE(((CvBytes){"x", 1})), cv_value_null(), &error));
    ck_assert_int_eq(error.kind, CV_ERROR_TYPE);
}
END_TEST

START_TEST(character_references)
{
    CHECK_CASES(unescaped, cv_html_unescape);
}
END_TEST

START_TEST(tags_are_stripped)
{
    CHECK_CASES(stripped, strip);
    CHECK_CASES(broken_tags, strip);
}
END_TEST

START_TEST(a_nul_ends_the_name_of_a_tag)
{
    CvSlice text;
    CvError error;
    ck_assert(cv_html_strip_tags(cv_arena(), cv_slice_of("<a\0>x<b>", 8), &text, &error));
    ck_assert_uint_eq(text.length, 5);
    ck_assert_int_eq(memcmp(text.data, "<a\0>x", 5), 0);
}
END_TEST

START_TEST(attacks_on_strip_tags_are_refused)
{
    CvArena *arena = cv_arena();
    CvBuffer html = cv_buffer(arena);
    CvSlice text;
    CvError error;
    for (int i = 0; i < 51; i++)
        cv_buffer_append_byte(&html, '<');
    for (int i = 0; i < 51; i++)
        cv_buffer_append_string(&html, "a>");
    ck_assert(!cv_html_strip_tags(arena, cv_buffer_slice(&html), &text, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS);
    html.length = 0;
    for (int i = 0; i < 1000; i++)
        cv_buffer_append_string(&html, "<a");
    ck_assert(!cv_html_strip_tags(arena, cv_buffer_slice(&html), &text, &error));
    html.length = 0;
    for (int i = 0; i < 49; i++)
        cv_buffer_append_string(&html, "<a");
    cv_buffer_append_repeated(&html, 'x', 5000);
    ck_assert(cv_html_strip_tags(arena, cv_buffer_slice(&html), &text, &error));
}
END_TEST

START_TEST(links_are_found)
{
    CHECK_CASES(urlized, urlize);
    CHECK_CASES(more_links, urlize);
    CvArena *arena = cv_arena();
    CvUrlizeOptions options = {.limited = true, .limit = 10, .nofollow = true};
    ck_assert(cv_slice_is(cv_html_urlize(arena, CV_SLICE("http://example.com/long"), options),
                          "<a href=\"http://example.com/long\" rel=\"nofollow\">http://ex…</a>"));
    options = (CvUrlizeOptions){.safe = true, .autoescape = true, .assume_https = true};
    ck_assert(cv_slice_is(cv_html_urlize(arena, CV_SLICE("&lt; a.com"), options),
                          "&lt; <a href=\"https://a.com\">a.com</a>"));
}
END_TEST

START_TEST(paragraphs_and_line_ends)
{
    CHECK_CASES(linebreaks, to_paragraphs);
    CHECK_CASES(spaces, cv_html_strip_spaces);
    CHECK_CASES(smart_quoted, cv_html_smart_urlquote);
    ck_assert(cv_slice_is(cv_html_linebreaksbr(cv_arena(), CV_SLICE("a<\r\nb"), true), "a&lt;<br>b"));
    ck_assert(cv_slice_is(cv_html_linebreaksbr(cv_arena(), CV_SLICE(""), true), ""));
    ck_assert(cv_html_is_void_element(CV_SLICE("br")) && !cv_html_is_void_element(CV_SLICE("p")));
}
END_TEST

/* What a visitor can make slow elsewhere takes its time in proportion here: 300 KB in well under a second. */
START_TEST(long_texts_take_linear_time)
{
    static const char *const pieces[] = {
        "<",    "<a", "<!--", "<!-- --  ", "&",  "&#",       "&a",       "a.",      "]",  "<![CDATA[] ]", "(",   ")",
        "&;",   "@",  "a@b.", "<a x=\"",   "</", "<a =\"",   ";",        "http://", "!",  " =",           "<a/", "[",
        "www.", "\n", "> ",   "&#1",       "<?", "<script>", "</script", "a)",      ").", "-- "};
    CvArena *arena = cv_arena_create(0);
    for (size_t i = 0; i < CV_COUNT_OF(pieces); i++) {
        CvBuffer text = cv_buffer(arena);
        while (text.length < 300000)
            cv_buffer_append_string(&text, pieces[i]);
        cv_buffer_append_byte(&text, '>');
        uint64_t start = cv_monotonic_ms();
        CvSlice slice = cv_buffer_slice(&text), out;
        CvError error;
        (void)!cv_html_strip_tags(arena, slice, &out, &error);
        cv_html_unescape(arena, slice);
        urlize(arena, slice);
        cv_truncate_chars(arena, slice, 100000, (CvTruncate){.html = true});
        cv_truncate_words(arena, slice, 100000, (CvTruncate){.html = true});
        cv_html_strip_spaces(arena, slice);
        cv_html_linebreaks(arena, slice, true);
        cv_wrap(arena, slice, 80);
        ck_assert_msg(cv_monotonic_ms() - start < 5000, "\"%s\" takes %llu ms", pieces[i],
                      (unsigned long long)(cv_monotonic_ms() - start));
        cv_arena_reset(arena);
    }
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("text/html", special_bytes_are_escaped_wherever_they_stand, javascript_strings, json_in_scripts,
           character_references, tags_are_stripped, a_nul_ends_the_name_of_a_tag, attacks_on_strip_tags_are_refused,
           links_are_found, paragraphs_and_line_ends, long_texts_take_linear_time)
