/* compiler.h: the compiler's attributes under Caravan's names; every public header opens with this one. */
#ifndef CV_BASE_COMPILER_H
#define CV_BASE_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The library is built with hidden visibility; what stands between these two is exported. */
#define CV_API_BEGIN _Pragma("GCC visibility push(default)")
#define CV_API_END _Pragma("GCC visibility pop")

#define CV_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define CV_NODISCARD __attribute__((warn_unused_result))
#define CV_NORETURN __attribute__((noreturn))
#define CV_COLD __attribute__((cold))
/* A local that is written before it is read: the build, which zeroes locals, leaves it alone (hot paths only). */
#define CV_UNINITIALIZED __attribute__((uninitialized))
#define CV_MALLOC __attribute__((malloc, returns_nonnull))
#define CV_SENTINEL __attribute__((sentinel))
#define CV_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define CV_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* Arithmetic that wraps on purpose (hashes); clang's integer sanitizer is told so. */
#ifdef __clang__
#define CV_WRAPS __attribute__((no_sanitize("unsigned-integer-overflow", "unsigned-shift-base")))
#else
#define CV_WRAPS
#endif

#if defined(__SANITIZE_ADDRESS__)
#define CV_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CV_ASAN 1
#endif
#endif
#ifndef CV_ASAN
#define CV_ASAN 0
#endif

/* `true` is an int in C17; as a bool it chooses the right kind in CV_VALUE(). */
#undef true
#undef false
#define true ((bool)1)
#define false ((bool)0)

#define CV_COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
