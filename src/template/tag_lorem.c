/* tag_lorem.c: {% lorem %}: Latin filler text, words from Cicero. */
#include "template/tags_private.h"

#define LOREM_MAX 100000 /* words or paragraphs of one tag */

static const char common[] =
    "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore "
    "et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut "
    "aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse "
    "cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat cupidatat non proident, sunt in "
    "culpa qui officia deserunt mollit anim id est laborum.";

static const char *const vocabulary[] = {"a",
                                         "ab",
                                         "accusamus",
                                         "accusantium",
                                         "ad",
                                         "adipisci",
                                         "alias",
                                         "aliquam",
                                         "aliquid",
                                         "amet",
                                         "animi",
                                         "aperiam",
                                         "architecto",
                                         "asperiores",
                                         "aspernatur",
                                         "assumenda",
                                         "at",
                                         "atque",
                                         "aut",
                                         "autem",
                                         "beatae",
                                         "blanditiis",
                                         "commodi",
                                         "consectetur",
                                         "consequatur",
                                         "consequuntur",
                                         "corporis",
                                         "corrupti",
                                         "culpa",
                                         "cum",
                                         "cumque",
                                         "cupiditate",
                                         "debitis",
                                         "delectus",
                                         "deleniti",
                                         "deserunt",
                                         "dicta",
                                         "dignissimos",
                                         "distinctio",
                                         "dolor",
                                         "dolore",
                                         "dolorem",
                                         "doloremque",
                                         "dolores",
                                         "doloribus",
                                         "dolorum",
                                         "ducimus",
                                         "ea",
                                         "eaque",
                                         "earum",
                                         "eius",
                                         "eligendi",
                                         "enim",
                                         "eos",
                                         "error",
                                         "esse",
                                         "est",
                                         "et",
                                         "eum",
                                         "eveniet",
                                         "ex",
                                         "excepturi",
                                         "exercitationem",
                                         "expedita",
                                         "explicabo",
                                         "facere",
                                         "facilis",
                                         "fuga",
                                         "fugiat",
                                         "fugit",
                                         "harum",
                                         "hic",
                                         "id",
                                         "illo",
                                         "illum",
                                         "impedit",
                                         "in",
                                         "incidunt",
                                         "inventore",
                                         "ipsa",
                                         "ipsam",
                                         "ipsum",
                                         "iste",
                                         "itaque",
                                         "iure",
                                         "iusto",
                                         "labore",
                                         "laboriosam",
                                         "laborum",
                                         "laudantium",
                                         "libero",
                                         "magnam",
                                         "magni",
                                         "maiores",
                                         "maxime",
                                         "minima",
                                         "minus",
                                         "modi",
                                         "molestiae",
                                         "molestias",
                                         "mollitia",
                                         "nam",
                                         "natus",
                                         "necessitatibus",
                                         "nemo",
                                         "neque",
                                         "nesciunt",
                                         "nihil",
                                         "nisi",
                                         "nobis",
                                         "non",
                                         "nostrum",
                                         "nulla",
                                         "numquam",
                                         "obcaecati",
                                         "odio",
                                         "odit",
                                         "officia",
                                         "officiis",
                                         "omnis",
                                         "optio",
                                         "pariatur",
                                         "perferendis",
                                         "perspiciatis",
                                         "placeat",
                                         "porro",
                                         "possimus",
                                         "praesentium",
                                         "provident",
                                         "quae",
                                         "quaerat",
                                         "quam",
                                         "quas",
                                         "quasi",
                                         "qui",
                                         "quia",
                                         "quibusdam",
                                         "quidem",
                                         "quis",
                                         "quisquam",
                                         "quo",
                                         "quod",
                                         "quos",
                                         "ratione",
                                         "recusandae",
                                         "reiciendis",
                                         "rem",
                                         "repellat",
                                         "repellendus",
                                         "reprehenderit",
                                         "repudiandae",
                                         "rerum",
                                         "saepe",
                                         "sapiente",
                                         "sed",
                                         "sequi",
                                         "similique",
                                         "sint",
                                         "sit",
                                         "soluta",
                                         "sunt",
                                         "suscipit",
                                         "tempora",
                                         "tempore",
                                         "temporibus",
                                         "tenetur",
                                         "totam",
                                         "ullam",
                                         "unde",
                                         "ut",
                                         "vel",
                                         "velit",
                                         "veniam",
                                         "veritatis",
                                         "vero",
                                         "vitae",
                                         "voluptas",
                                         "voluptate",
                                         "voluptatem",
                                         "voluptates",
                                         "voluptatibus",
                                         "voluptatum"};

typedef struct Lorem {
    const CvExpression *count;
    char method; /* w, p or b */
    bool random;
} Lorem;

/* xorshift: filler needs no better. */
static CV_WRAPS uint32_t choose(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 33) % below;
}

static void append_word(CvBuffer *out, uint64_t *state, bool capital)
{
    const char *word = vocabulary[choose(state, CV_COUNT_OF(vocabulary))];
    cv_buffer_append_byte(out, capital ? (char)(word[0] - 'a' + 'A') : word[0]);
    cv_buffer_append_string(out, word + 1);
}

static void append_sentence(CvBuffer *out, uint64_t *state)
{
    uint32_t sections = 1 + choose(state, 5);
    for (uint32_t section = 0; section < sections; section++) {
        uint32_t count = 3 + choose(state, 10);
        cv_buffer_append_string(out, section ? ", " : "");
        for (uint32_t i = 0; i < count; i++) {
            if (i)
                cv_buffer_append_byte(out, ' ');
            append_word(out, state, section == 0 && i == 0);
        }
    }
    cv_buffer_append_byte(out, choose(state, 2) ? '?' : '.');
}

static void append_paragraph(CvBuffer *out, uint64_t *state)
{
    uint32_t count = 1 + choose(state, 4);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_byte(out, ' ');
        append_sentence(out, state);
    }
}

/* The first words of the common text, as long as it has some, then others. */
static void append_words(CvBuffer *out, uint64_t *state, int64_t count, bool random)
{
    static const char start[] = "lorem ipsum dolor sit amet consectetur adipisicing elit sed do eiusmod tempor "
                                "incididunt ut labore et dolore magna aliqua";
    CvSlice rest = cv_slice(start), word;
    for (int64_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_byte(out, ' ');
        if (!random && cv_slice_split(&rest, ' ', &word))
            cv_buffer_append_slice(out, word);
        else
            append_word(out, state, false);
    }
}

static const CvCode *run_lorem(CvRender *render, const CvCode *code)
{
    const Lorem *data = code->data;
    CvBuffer *out = render->out;
    int64_t count;
    uint64_t state = cv_monotonic_ns() | 1;
    if (!cv_value_to_int(cv_expression_value(render, data->count, false), &count))
        count = 1;
    if (count > LOREM_MAX)
        cv_raise(CV_ERROR_VALUE, "{%% lorem %%} writes at most %d words or paragraphs.", LOREM_MAX);
    if (data->method == 'w') {
        append_words(out, &state, count, data->random);
        return code + 1;
    }
    for (int64_t i = 0; i < count; i++) {
        cv_buffer_append_string(out, i ? "\n\n" : "");
        cv_buffer_append_string(out, data->method == 'p' ? "<p>" : "");
        if (i == 0 && !data->random)
            cv_buffer_append_string(out, common);
        else
            append_paragraph(out, &state);
        cv_buffer_append_string(out, data->method == 'p' ? "</p>" : "");
    }
    return code + 1;
}

static void compile_lorem(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    Lorem *data = cv_arena_new(parser->arena, Lorem);
    CvSlice number = CV_SLICE("1");
    data->random = cv_slice_is(words[count - 1], "random");
    count -= data->random;
    data->method = 'b';
    if (count && words[count - 1].length == 1 && strchr("wpb", words[count - 1].data[0]))
        data->method = words[--count].data[0];
    if (count > 1)
        number = words[--count];
    data->count = cv_parser_expression(parser, number);
    if (count != 1)
        cv_parser_fail(parser, "Incorrect format for 'lorem' tag");
    cv_parser_emit(parser, run_lorem, data, 0);
}

static const CvTag tags[] = {
    CV_TAG("lorem", compile_lorem, .doc = "Filler text: {% lorem count w|p|b random %}.",
           .examples = CV_EXAMPLES({"{% lorem 3 w %}", "lorem ipsum dolor"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_lorem = {.name = "", .tags = tags};
