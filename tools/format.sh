#!/bin/sh
# Formats all C of the tree (or, with --check, fails where it is not formatted). Written tables and list files keep theirs.
set -eu
files=$(git ls-files 'src/*.c' 'src/*.h' 'tests/*.c' 'tests/*.h' 'tools/*.c' 'tools/*.h' 'bench/*.c' 'bench/*.h' \
                     'examples/*.c' 'examples/*.h' | grep -v -e '/arguments\.h$' -e '\.def\.h$' -e '_table\.h$' -e '/compile/')
case "${1:-}" in
--check) echo "$files" | xargs -r clang-format --dry-run -Werror ;;
*) echo "$files" | xargs -r clang-format -i ;;
esac
