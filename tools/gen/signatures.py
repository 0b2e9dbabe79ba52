#!/usr/bin/env python3
"""Writes src/urls/signatures.h: a row for each way in which a view can take parameters. Run it from the top of the tree."""
import itertools

TYPES = [('i', 'int64_t'), ('s', 'const char *'), ('u', 'CvUuid'), ('v', 'CvValue')]
MOST = 3

HEAD = '''/* signatures.h: a row for each parameter list that a view can have: X(number, letters, parameter types). Letters: i is
 * int64_t, s const char *, u CvUuid, v CvValue. This file is written by tools/gen/signatures.py. */
#ifndef CV_URLS_SIGNATURES_H
#define CV_URLS_SIGNATURES_H

/* clang-format off */

'''

rows = [[]] + [list(c) for n in range(1, MOST + 1) for c in itertools.product(TYPES, repeat=n)]
with open('src/urls/signatures.h', 'w') as out:
    out.write(HEAD)
    out.write('/* The number of the signature of a view function, or -1: a constant expression. */\n')
    out.write('#define CV_VIEW_SIGNATURE(view) \\\n    _Generic((view), \\\n')
    for i, row in enumerate(rows):
        out.write('        CvResponse *(*)(%s): %d, \\\n' % (', '.join(['CvRequest *'] + [t for _, t in row]), i))
    out.write('        default: -1)\n\n')
    for n in range(MOST + 1):
        out.write('#define CV_SIGNATURES_%d(X) \\\n' % n)
        part = [(i, r) for i, r in enumerate(rows) if len(r) == n]
        out.write(' \\\n'.join('    X(%d, "%s"%s)' % (i, ''.join(l for l, _ in r), ''.join(', ' + t + ', ' + l for l, t in r)) for i, r in part))
        out.write('\n')
    out.write('\n#endif\n')
