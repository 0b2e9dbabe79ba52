#!/bin/sh
# Formatter check and cppcheck over the library; any finding fails.
set -eu
tools/format.sh --check
cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --std=c11 -j 2 \
    --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective \
    --suppressions-list=tools/cppcheck.txt -D__GNUC__=12 -D__STDC_VERSION__=201710L -I src src
# clang-tidy takes minutes and its analyzer does not know which functions raise: TIDY=1 asks for its opinion.
if [ "${TIDY:-0}" = 1 ]; then
    [ -f build-lint/build.ninja ] || CC=clang meson setup build-lint >/dev/null
    meson setup --reconfigure build-lint >/dev/null
    git ls-files 'src/*.c' | xargs -r -P 2 -n 8 clang-tidy --quiet -p build-lint 2>/dev/null
fi
echo "format and lint are clean"
