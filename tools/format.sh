#!/bin/sh
# Formats all C of the tree (or, with --check, fails where it is not formatted). List files, generated files and sites,
# whose tables are laid out by hand, keep theirs.
set -eu
files=$(git ls-files 'src/*.c' 'src/*.h' 'tests/*.c' 'tests/*.h' 'tools/*.c' 'tools/*.h' 'bench/*.c' 'bench/*.h' \
                     | grep -v -e '/arguments\.h$' -e '\.def\.h$' -e '/compile/' -e '^tests/functional/.*/')
case "${1:-}" in
--check) echo "$files" | xargs -r clang-format --dry-run -Werror ;;
*) echo "$files" | xargs -r clang-format -i ;;
esac
