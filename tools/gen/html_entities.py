#!/usr/bin/env python3
"""Writes src/text/html_entities.c: the named character references of HTML, from Python's html.entities. Run it from the top of the tree."""
import html.entities

HEAD = '''/* html_entities.c: the named character references of HTML (WHATWG, 13.5), sorted by name. Written by
 * tools/gen/html_entities.py. */
#include "text/html_entities.h"

/* clang-format off */
const CvHtmlEntity cv_html_entities[] = {
'''
TAIL = '''};
/* clang-format on */
const size_t cv_html_entity_count = sizeof cv_html_entities / sizeof *cv_html_entities;
'''


def main():
    known = html.entities.html5
    names = sorted({name.rstrip(';') for name in known})
    lines, line = [], '   '
    for name in names:
        text = ''.join('\\%03o' % byte for byte in known[name + ';'].encode())
        entry = ' {"%s", "%s", %s},' % (name, text, 'true' if name in known else 'false')
        if len(line) + len(entry) > 118:
            lines.append(line)
            line = '   '
        line += entry
    lines.append(line)
    with open('src/text/html_entities.c', 'w') as out:
        out.write(HEAD + '\n'.join(lines) + '\n' + TAIL)


main()
