/* shop.h: the models of shop.def.h, and how the tests open and fill a database of them. */
#ifndef CV_TESTS_SHOP_H
#define CV_TESTS_SHOP_H

#define CV_MODELS "shop.def.h"
#include "orm/models.h"

extern const CvModel *const shop_models[];

/* A database in memory with the tables of the shop; in a file where `path` is given. */
void shop_open(const char *path);
/* Three authors (Austen, Borges, Calvino), a book or two each, tags, reviews. */
void shop_fill(void);
/* Runs `test` as a request would: what it raises fails the test. */
void shop_run(void (*test)(void *argument));
/* The error that `test` raises; fails if it raises none. */
const CvError *shop_raises(void (*test)(void *argument));

#endif
