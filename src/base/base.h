/* base.h: all of floor 0: memory, text slices, containers, values, time, errors, log, signals. */
#ifndef CV_BASE_BASE_H
#define CV_BASE_BASE_H

#include "base/arena.h"
#include "base/arguments.h"
#include "base/backtrace.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/embedded.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/read.h"
#include "base/self.h"
#include "base/signal.h"
#include "base/site.h"
#include "base/slice.h"
#include "base/time.h"
#include "base/value.h"
#include "base/vector.h"

#endif
