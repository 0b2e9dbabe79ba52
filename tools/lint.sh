#!/bin/sh
# Formatter check, cppcheck and clang-tidy over the library; any finding fails.
# usage: tools/lint.sh BUILD
set -eu
build=$1
tools/format.sh --check
cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --std=c11 -j 2 \
    --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective \
    --suppressions-list=tools/cppcheck.txt -D__GNUC__=12 -D__STDC_VERSION__=201710L -I src src
if [ "${TIDY:-1}" = 1 ]; then
    git ls-files 'src/*.c' | xargs -r -P 2 -n 8 clang-tidy --quiet -p "$build" 2>/dev/null
fi
echo "format and lint are clean"
