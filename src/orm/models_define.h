/* models_define.h: defines the descriptors of the list file CV_MODELS; included once, by the app's models.c, after the
 * functions that the list names. CV_MODELS_TABLE, if it is defined, is the name of an array of all the list's models,
 * ending in NULL, for the app: `extern const CvModel *const shop_models[];`. Defaults stand first, the list's options
 * override them; that warning is silenced here and stays an error elsewhere. */
#include "orm/orm.h"

/* What messages, tables and the shell call the model. */
#ifndef CV_MODEL_NAME
#define CV_MODEL_NAME(T) #T
#endif

#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Winitializer-overrides"
#pragma GCC diagnostic ignored "-Wkeyword-macro"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#pragma GCC diagnostic ignored "-Wmissing-braces" /* else it is told of each row beside a mistake in one */
#endif
/* clang-format off */
/* Pass 1: the items of choices. */
#define MODEL(T, ...) struct T##_no_choices_ {
#define Choices(T) static const CvChoice T##_choice_items_[] = {
#define END };
#define TextChoice(name, value, label, ...) {#name, value, 0, label __VA_OPT__(, ) __VA_ARGS__},
#define IntegerChoice(name, value, label, ...) {#name, NULL, value, label __VA_OPT__(, ) __VA_ARGS__},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 2: choices. */
#define Choices(T) const CvChoices T##_choices = {#T, T##_choice_items_, CV_COUNT_OF(T##_choice_items_)};
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 3: fields. They stand at file scope, so that the lists among their options live as long as the program. */
#define MODEL(T, ...) static CvField T##_items_[] = { CV_FIELD_(big_auto, integer, int64_t, false, id, .blank = true)
#define MODEL_KEY(T, Key, ...) static CvField T##_items_[] = { Key
#define CHILD_MODEL(T, Parent, ...) static CvField T##_items_[] = {
#define PROXY_MODEL(T, Parent, ...) static CvField T##_items_[] = {
#define Choices(T) static const CvField T##_no_items_[] __attribute__((unused)) = {
#define END };
#define CV_FIELD_(kind_, group, type, nullable, name_, ...) {.name = #name_, .line = __LINE__, .kind = &cv_##kind_##_field, .nullable_word = nullable, .as_##group = {CV_DEFAULTS_##group, __VA_ARGS__}},
#define CV_REFERENCE_(kind_, name_, To, ...) {.name = #name_, .line = __LINE__, .kind = &cv_##kind_##_field, .to = &To##_model, .as_relation = {CV_DEFAULTS_relation, __VA_ARGS__}},
#define CV_COMPOSITE_(...) {.name = "pk", .line = __LINE__, .kind = &cv_composite_field, .key_fields = CV_LIST(__VA_ARGS__), .as_integer = {CV_DEFAULTS_integer}},
#define CV_TARGET_(name_, ...) {.name = #name_, .line = __LINE__, .kind = &cv_generic_key_field, .as_generic_key = {CV_DEFAULTS_generic_key, __VA_ARGS__}},
#define CV_GENERIC_(name_, To, ...) {.name = #name_, .line = __LINE__, .kind = &cv_generic_relation_field, .to = &To##_model, .as_generic_relation = {CV_DEFAULTS_generic_relation, __VA_ARGS__}},
#define CV_ORDER_(field_) {.name = "_order", .line = __LINE__, .kind = &cv_integer_field, .order_within = #field_, .as_integer = {CV_DEFAULTS_integer, .editable = false}},
#define CV_MANY_(name_, To, ...) {.name = #name_, .line = __LINE__, .kind = &cv_many_to_many_field, .to = &To##_model, .as_many = {CV_DEFAULTS_many, __VA_ARGS__}},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 4: where the members stand. */
#define MODEL(T, ...) static CvFields T##_fields_(void) { typedef T Self; CvField *items = T##_items_; static const size_t offsets[] = { CV_FIELD_(big_auto, integer, int64_t, false, id, )
#define MODEL_KEY(T, Key, ...) static CvFields T##_fields_(void) { typedef T Self; CvField *items = T##_items_; static const size_t offsets[] = { Key
#define CHILD_MODEL(T, Parent, ...) static CvFields T##_fields_(void) { typedef T Self; CvField *items = T##_items_; static const size_t offsets[] = {
#define PROXY_MODEL(T, Parent, ...) static CvFields T##_fields_(void) { CvField *items = T##_items_; static const size_t offsets[] = {
#define Choices(T) static CvFields T##_no_fields_(void) __attribute__((unused)); static CvFields T##_no_fields_(void) { CvField *items = NULL; static const size_t offsets[] = {
#define END }; return cv_fields_placed(items, offsets, sizeof offsets / sizeof(size_t)); }
#define CV_FIELD_(kind_, group, type, nullable, name_, ...) offsetof(Self, name_),
#define CV_REFERENCE_(kind_, name_, To, ...) offsetof(Self, name_),
#define CV_COMPOSITE_(...) 0,
#define CV_TARGET_(name_, ...) offsetof(Self, name_),
#define CV_GENERIC_(name_, To, ...) 0,
#define CV_MANY_(name_, To, ...) 0,
#define CV_ORDER_(field_) offsetof(Self, _order) + 0 * sizeof(((Self *)0)->field_),
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 5: indexes and constraints. */
#define MODEL(T, ...) static const CvConstraint T##_constraints_[] = {
#define Choices(T) static const CvConstraint T##_no_constraints_[] __attribute__((unused)) = {
#define END {.kind = 0}};
#define Index(...) {.kind = CV_INDEX, __VA_ARGS__},
#define UniqueConstraint(...) {.kind = CV_UNIQUE, __VA_ARGS__},
#define UniqueTogether(...) {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST(__VA_ARGS__)},
#define CheckConstraint(...) {.kind = CV_CHECK, __VA_ARGS__},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 6: methods, typed with the row. */
#define MODEL(T, ...) static const struct T##_method_ { const char *name; CvValue (*call)(const T *row); } T##_methods_[] = {
#define Choices(T) static const CvRowMethod T##_no_methods_[] __attribute__((unused)) = {
#define END {.name = NULL}};
#define Method(name, function) {#name, function},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 7: managers, typed with the set. */
#define MODEL(T, ...) static const struct T##_manager_ { const char *name; T##_set *(*narrow)(T##_set *rows); } T##_managers_[] = {
#define Choices(T) static const CvManager T##_no_managers_[] __attribute__((unused)) = {
#define END {.name = NULL}};
#define Manager(name, function) {#name, function},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 8: names of ways back. */
#define MODEL(T, ...) static const CvRelatedName T##_related_[] = {
#define Choices(T) static const CvRelatedName T##_no_related_[] __attribute__((unused)) = {
#define END {.name = NULL}};
#define Related(name, T) {#name, &T##_model},
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

/* Pass 9: models. */
#define CV_MODEL_BEGIN_(T, ...) \
    static const T##_options T##_options_ = {__VA_ARGS__}; \
    static CvModelInfo *T##_info_; \
    const CvModel T##_model = { \
        .type = CV_ROW_TYPE(CV_MODEL_NAME(T)), .name = CV_MODEL_NAME(T), .file = __FILE__, .list_line = __LINE__, \
        .size = sizeof(T), .fields = T##_fields_, .options = (const CvModelOptions *)(const void *)&T##_options_, \
        .constraints = T##_constraints_, .methods = (const CvRowMethod *)(const void *)T##_methods_, \
        .related = T##_related_, .managers = (const CvManager *)(const void *)T##_managers_, .info = &T##_info_,
#define MODEL(T, ...) CV_MODEL_BEGIN_(T, __VA_ARGS__) .has_key = true, .plain_key = true};
#define MODEL_KEY(T, Key, ...) CV_MODEL_BEGIN_(T, __VA_ARGS__) .has_key = true};
#define CHILD_MODEL(T, Parent, ...) CV_MODEL_BEGIN_(T, __VA_ARGS__) .parent = &Parent##_model};
#define PROXY_MODEL(T, Parent, ...) CV_MODEL_BEGIN_(T, __VA_ARGS__) .parent = &Parent##_model, .proxy = true};
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"

#ifdef CV_MODELS_TABLE
extern const CvModel *const CV_MODELS_TABLE[];
const CvModel *const CV_MODELS_TABLE[] = {
/* Pass 10: the table. */
#define MODEL(T, ...) &T##_model,
#include "orm/fields_words.h"
#include CV_MODELS
#include "orm/fields_undef.h"
NULL};
#undef CV_MODELS_TABLE
#endif
/* clang-format on */
#pragma GCC diagnostic pop
#undef CV_MODELS
#undef CV_MODEL_NAME
#undef CV_MODEL_BEGIN_
