/* db.h: databases: connections by URL, statements, transactions, the log of what was sent.
 *
 *     CvError error;
 *     if (!cv_database_open(arena, "default", "sqlite:///shop.db", NULL, &error)) ...
 *     CV_ATOMIC {
 *         cv_execute("UPDATE shop_book SET stock = stock - 1 WHERE id = ?", 7);
 *     }
 *
 * Reading on SQLite goes through one connection that all fibers of a process share, in a read transaction that ends
 * with the turn of the loop, before the responses are sent; no fiber waits while it uses it. Writing goes through a
 * connection that one fiber at a time has to itself, in immediate transactions; who comes second waits parked, in
 * order. Other processes' locks are waited for parked too (5 seconds unless the URL says ?timeout=SECONDS). */
#ifndef CV_DB_DB_H
#define CV_DB_DB_H

#include "db/database.h"
#include "db/log.h"
#include "db/raw.h"
#include "db/transaction.h"

#endif
