#!/usr/bin/env python3
"""Draws the floors of src from tools/layers.txt and fails on an include that goes anywhere else. TAP output.

usage: layers.py [TOP]      also run by hand: it prints how many includes each edge between folders stands for.
"""
import collections
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def allowed(top):
    """folder -> the folders it may include, from the list."""
    floors = {}
    for line in (top / 'tools/layers.txt').read_text().splitlines():
        if line.strip() and not line.startswith('#'):
            folder, _, below = line.partition(':')
            below = below.split()
            for name in below:
                assert name in floors, 'layers.txt: %s may include %s, which is not above it in the list' % (folder, name)
            floors[folder.strip()] = set(below)
    return floors


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    floors = allowed(top)
    edges = collections.Counter()
    wrong = []
    for path in sorted((top / 'src').rglob('*.[ch]')):
        parts = path.relative_to(top / 'src').parts
        if len(parts) == 1:
            continue  # caravan.h includes every folder's public header
        folder = parts[0]
        if folder not in floors:
            wrong.append('%s: folder %s has no line in tools/layers.txt' % (path, folder))
            continue
        for name in INCLUDE.findall(path.read_text()):
            if '/' not in name:
                wrong.append('%s: includes "%s"; write the path from src' % (path, name))
                continue
            target = name.split('/')[0]
            if target == folder:
                continue
            edges[folder, target] += 1
            if target not in floors[folder]:
                wrong.append('%s: %s may not include %s ("%s")' % (path, folder, target, name))
            elif name.endswith('_private.h'):
                wrong.append('%s: "%s" is private to %s' % (path, name, target))
    present = [folder for folder in floors if (top / 'src' / folder).is_dir()]
    for folder in present:
        below = ['%s %d' % (target, edges[folder, target]) for target in floors if edges[folder, target]]
        print('# %-12s -> %s' % (folder, ', '.join(below) or '-'))
    for problem in wrong:
        print('# ' + problem)
    print('1..1')
    print('%s 1 - no include breaks the floors' % ('not ok' if wrong else 'ok'))
    return 1 if wrong else 0


sys.exit(main())
