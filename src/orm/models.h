/* models.h: declares the models of a list file: row structs, references, typed sets, descriptors, choices.
 *
 * The list file (say shop/models.def.h) says what the site stores, in Django's words:
 *
 *     Choices(BookStatus)
 *         TextChoice(BOOK_DRAFT, "draft", "Draft")
 *         TextChoice(BOOK_PUBLISHED, "pub", "Published")        // .group = "..." puts neighbours under one heading
 *     END
 *
 *     MODEL(Author, .str = author_str, .ordering = CV_LIST("name"))
 *         CharField        (name,   .max_length = 100)
 *         NullIntegerField (born,   .blank = true)
 *         Related          (books,  Book)                    // typed name of the way back, optional
 *     END
 *
 *     MODEL(Book, .str = book_str)
 *         CharField        (title,  .max_length = 200)
 *         CharField        (status, .max_length = 5, .choices = &BookStatus_choices, .default = BOOK_DRAFT)
 *         ForeignKey       (author, Author, .on_delete = CV_CASCADE, .related_name = "books")
 *         ManyToManyField  (tags,   Tag, .blank = true)
 *         Index            (.fields = CV_LIST("author", "-title"), .name = "book_author_idx")
 *     END
 *
 * Manager(cheap, cheap_books) in a MODEL's body names a set of rows to begin with, cv_manager(Book, cheap). It is made
 * by a function over sets of the model, which narrows any other of its sets as well:
 *
 *     static Book_set *cheap_books(Book_set *books)
 *     {
 *         return cv_filter(books, "price__lt", 10);
 *     }
 *     cv_order_by(cv_manager(Book, cheap), "title")         // in the shell: Book.cheap.order_by("title")
 *     cheap_books(cv_related(author, books))                // in templates: {% for book in author.books.cheap %}
 *
 * Children and proxies have their parents' managers, in C by cv_manager_of(&EBook_model, "cheap").
 *
 * OrderWithRespectTo(question) in a MODEL's body keeps its rows in an order of their own among those of one parent
 * (Django's order_with_respect_to; any field of the model may stand there). The row has a member `_order`, which its
 * first save sets to the next number, and the model is ordered by it; it has no .ordering besides:
 *
 *     MODEL(Answer)
 *         ForeignKey         (question, Question, .on_delete = CV_CASCADE)
 *         OrderWithRespectTo (question)
 *     END
 *     cv_get_order(Answer, question)                        // keys: a CvList *, Django's question.get_answer_order()
 *     cv_set_order(Answer, question, last, first, second);  // rows or keys, Django's question.set_answer_order()
 *     Answer *after = cv_next_in_order(answer);             // NULL: it is the last
 *
 * GenericForeignKey and GenericRelation, which lead to rows of any model, are told in generic.h.
 *
 * shop/models.h hands it to the compiler, once per pass; shop/models.c defines the descriptors:
 *
 *     #define CV_MODELS "shop/models.def.h"                  #include "shop/models.h"
 *     #include "caravan/models.h"                            static const char *author_str(const Author *author) ...
 *                                                            #define CV_MODELS "shop/models.def.h"
 *                                                            #define CV_MODELS_TABLE shop_models
 *                                                            #include "caravan/models_define.h"
 *
 * MODEL(Book) gives the types Book (the row), Book_ref (key and row in one, the member of a foreign key), Book_set (a
 * query set of it), Book_key (int64_t), and the descriptor Book_model. book->pk and book->id are the same member.
 *   MODEL_KEY(Customer, UUIDField(id, .default_call = cv_uuid_random), options...)   another key; any field word but
 *                     a Null... one; MODEL_KEY(Profile, OneToOneField(author, Author, .on_delete = CV_CASCADE))
 *   MODEL_KEY(Line, CompositePrimaryKey("order_no", "number"), options...)   a key of several fields, which no relation
 *                     may point to; "pk" in conditions and cv_row_key() take and give a tuple
 *   CHILD_MODEL(EBook, Book, options...)        a table of its own, one row a Book: ebook->parent.title, ebook->format
 *   PROXY_MODEL(PublishedBook, Book, ...) END   the same struct and table with other options
 *   #include "shop/stamped.def.h" inside a MODEL: an abstract base: a file of fields alone
 * A model must stand before those that take its key or its members (MODEL_KEY ... OneToOneField, CHILD_MODEL).
 * No include guard on purpose: every list file is one inclusion. */
#include "orm/orm.h"

#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wkeyword-macro"
#endif
CV_API_BEGIN

/* Pass 0: each body ends before the next one begins; the compiler names the function where it does not. */
#define MODEL(T, ...)                                                             \
    static inline __attribute__((unused)) void cv_END_is_missing_before_##T(void) \
    {
#define Choices(T) MODEL(T, )
#define END }
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 1: the types' names, and the choices' constants. */
#define CV_MODEL_TYPES_(T, Row, Key) \
    typedef Key T##_key;             \
    typedef struct T##_ref {         \
        T##_key id;                  \
        Row *row;                    \
    } T##_ref;                       \
    typedef struct T##_set {         \
        Row *row;                    \
        char (*line)[__LINE__];      \
    } T##_set;                       \
    typedef struct T##_options {     \
        CV_MODEL_OPTIONS(Row)        \
    } T##_options;                   \
    extern const CvModel T##_model;
#define MODEL(T, ...)   \
    typedef struct T T; \
    CV_MODEL_TYPES_(T, T, int64_t)
#define MODEL_KEY(T, Key, ...) \
    typedef struct T T;        \
    CV_MODEL_TYPES_(T, T, CV_KEY_TYPE_##Key)
#define CHILD_MODEL(T, Parent, ...) \
    typedef struct T T;             \
    CV_MODEL_TYPES_(T, T, Parent##_key)
#define PROXY_MODEL(T, Parent, ...) \
    typedef struct Parent T;        \
    CV_MODEL_TYPES_(T, T, Parent##_key)
#define Choices(T) extern const CvChoices T##_choices;
#define TextChoice(name, value, label, ...) static const char name[] __attribute__((unused)) = value;
#define IntegerChoice(name, value, label, ...) enum { name = value };
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 2: the names of managers. */
#define MODEL(T, ...) struct T##_managers {
#define END \
    }       \
    ;
#define Choices(T) struct T##_has_no_managers_ {
#define Manager(name, function) CvManager name[0];
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 3: the rows. */
#define MODEL(T, ...)   \
    struct T {          \
        CvRow header;   \
        T##_ref ref[0]; \
        union {         \
            T##_key pk; \
            int64_t id; \
        };
#define MODEL_KEY(T, Key, ...) \
    struct T {                 \
        CvRow header;          \
        T##_ref ref[0];        \
        union {                \
            T##_key pk;        \
            Key                \
        };
#define CHILD_MODEL(T, Parent, ...) \
    struct T {                      \
        union {                     \
            Parent parent;          \
            struct {                \
                CvRow header;       \
                T##_ref ref[0];     \
                T##_key pk;         \
            };                      \
        };
#define PROXY_MODEL(T, Parent, ...) struct T##_has_no_fields_of_its_own_ {
#define END \
    }       \
    ;
#define Choices(T) struct T##_is_no_row_ {
#define Related(name, T) T##_set name[0];
#define CV_FIELD_(kind, group, type, nullable, name, ...) type name;
#define CV_REFERENCE_(kind, name, To, ...) To##_ref name;
#define CV_MANY_(name, To, ...) To##_set name[0];
#define CV_TARGET_(name, ...) CvTarget name;
#define CV_GENERIC_(name, To, ...) To##_set name[0];
#define CV_ORDER_(field) int64_t _order;
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

CV_API_END
#pragma GCC diagnostic pop
#undef CV_MODELS
