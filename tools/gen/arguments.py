#!/usr/bin/env python3
"""Writes src/base/arguments.h: the macro rows that count, map and pair arguments. Run it from the top of the tree."""

MOST = 32
HEAD = '''/* arguments.h: counting, mapping and pairing the arguments of variadic macros.
 *
 * What is a keyword call in Django takes `"key", value` pairs here. CV_KEYS(...) lists the keys, CV_VALUES(...) the
 * values, each wrapped by CV_VALUE(); CV_CHECK_PAIRS(...) gives one short compiler error where their number is odd.
 * Up to %d arguments (%d pairs); zero is allowed. This file is written by tools/gen/arguments.py. */
#ifndef CV_BASE_ARGUMENTS_H
#define CV_BASE_ARGUMENTS_H

#define CV_CAT(a, b) CV_CAT_(a, b)
#define CV_CAT_(a, b) a##b

/* A NULL-terminated list of strings. */
#define CV_LIST(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
'''
TAIL = '''
#define CV_CHECK_PAIRS(...)                                                                                            \\
    _Static_assert(CV_COUNT(__VA_ARGS__) %% 2 == 0, "keyword arguments come in pairs: \\"key\\", value")

#endif
'''


def rows():
    yield HEAD % (MOST, MOST // 2)
    yield '/* The number of arguments, 0 to %d. */' % MOST
    yield '#define CV_COUNT(...) CV_COUNT_(_ __VA_OPT__(, ) __VA_ARGS__, %s)' % ', '.join(str(i) for i in range(MOST, -1, -1))
    yield '#define CV_COUNT_(zero, %s, n, ...) n' % ', '.join('a%d' % i for i in range(MOST, 0, -1))
    yield '\n/* f(a), f(b), ... */'
    yield '#define CV_MAP(f, ...) CV_CAT(CV_MAP_, CV_COUNT(__VA_ARGS__))(f __VA_OPT__(, ) __VA_ARGS__)'
    yield '#define CV_MAP_0(f)'
    yield '#define CV_MAP_1(f, a) f(a)'
    for i in range(2, MOST + 1):
        yield '#define CV_MAP_%d(f, a, ...) f(a), CV_MAP_%d(f, __VA_ARGS__)' % (i, i - 1)
    for name, comment, one, two in (
            ('KEYS', 'The first, third, ... argument.', 'k', 'k'),
            ('VALUES', 'The values of the second, fourth, ... argument.', 'CV_NONE', 'CV_VALUE(v)'),
            ('KINDS', 'The kinds of the second, fourth, ... argument, as constants (CV_KIND_OF is in site.h).',
             'CV_MISSING', 'CV_KIND_OF(v)')):
        yield '\n/* %s */' % comment
        yield '#define CV_%s(...) CV_CAT(CV_%s_, CV_COUNT(__VA_ARGS__))(__VA_ARGS__)' % (name, name)
        yield '#define CV_%s_0()' % name
        yield '#define CV_%s_1(k) %s' % (name, one)
        yield '#define CV_%s_2(k, v) %s' % (name, two)
        for i in range(3, MOST + 1):
            yield '#define CV_%s_%d(k, v, ...) %s, CV_%s_%d(__VA_ARGS__)' % (name, i, two, name, i - 2)
    yield TAIL % ()


with open('src/base/arguments.h', 'w') as out:
    out.write('\n'.join(rows()))
