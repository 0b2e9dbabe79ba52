/* fields_quiet.h: for the passes that do not look at fields: the words of fields_words.h mean nothing. */
#define CV_FIELD_(...)
#define CV_REFERENCE_(...)
#define CV_MANY_(...)
#define CV_TARGET_(...)
#define CV_COMPOSITE_(...)
#define CV_GENERIC_(...)
