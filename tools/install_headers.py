#!/usr/bin/env python3
"""Writes the public headers as sites include them: src/orm/query.h becomes <caravan/orm/query.h>, src/orm/orm.h
becomes <caravan/orm.h>, src/caravan.h becomes <caravan/caravan.h>.

usage: install_headers.py SRC OUT [STAMP]   (OUT is the folder that will hold caravan/)
STAMP is a header that changes when one of them does: what is compiled against OUT includes it, because the build sees
what the others hold only after it has decided what to compile.
A header is public if it has CV_API_BEGIN, declares macros for lists, or only includes others; *_private.h never is.
"""
import hashlib
import pathlib
import re
import sys

# Headers that sites re-read around their list files stand at the top.
TOP = {'orm/models.h': 'models.h', 'orm/models_define.h': 'models_define.h',
       'forms/forms.h': 'forms.h', 'forms/forms_define.h': 'forms_define.h',
       'migrations/migrations_begin.h': 'migrations_begin.h', 'migrations/migrations_end.h': 'migrations_end.h'}
INCLUDE = re.compile(r'^(\s*#\s*(?:include|define\s+CV_MODELS)\s+)"([a-z_/.]+\.h)"', re.M)


def target(path):
    """Where a header of src is installed, relative to caravan/."""
    if path in TOP:
        return TOP[path]
    parts = path.split('/')
    if len(parts) == 2 and parts[1] == parts[0] + '.h':
        return parts[1]
    return path


def main():
    src, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) / 'caravan'
    written, digest = set(), hashlib.sha256()
    for header in sorted(src.rglob('*.h')):
        name = header.relative_to(src).as_posix()
        if name.endswith('_private.h'):
            continue
        text = header.read_text()
        text = INCLUDE.sub(lambda m: '%s<caravan/%s>' % (m[1], target(m[2])) if (src / m[2]).exists() else m[0], text)
        place = out / target(name)
        written.add(place)
        digest.update(b'%s\0%s\0' % (target(name).encode(), text.encode()))
        if place.exists() and place.read_text() == text:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    for old in list(out.rglob('*.h')):
        if old not in written:
            old.unlink()
    if len(sys.argv) > 3:
        stamp, text = pathlib.Path(sys.argv[3]), '/* The headers of Caravan: %s */\n' % digest.hexdigest()
        if not stamp.exists() or stamp.read_text() != text:
            stamp.write_text(text)


main()
