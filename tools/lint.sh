#!/bin/sh
# Formatter check and cppcheck over the library; any finding fails.
set -eu
tools/format.sh --check
cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --std=c11 -j 2 \
    --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective \
    --suppressions-list=tools/cppcheck.txt -D__GNUC__=12 -D__STDC_VERSION__=201710L -I src src
# clang-tidy needs seconds for a file: it sees what the change touches (against TIDY_SINCE, and what is not committed);
# with TIDY=1 all.
if [ "${TIDY:-0}" = 1 ]; then
    tools/tidy.sh
else
    changed=$(git diff --name-only --diff-filter=d "${TIDY_SINCE:-HEAD~1}" -- 'src/*.c' 2>/dev/null || true)
    [ -z "$changed" ] || tools/tidy.sh $changed
fi
echo "format and lint are clean"
