#!/bin/sh
# Runs the suite with gcov and prints line and branch coverage a folder.
set -eu
[ -f build-cov/build.ninja ] || meson setup -Db_coverage=true -Doptimization=1 build-cov
ninja -C build-cov
tools/test.py build-cov
gcovr --root . --filter src/ --exclude-throw-branches --print-summary --txt build-cov/coverage.txt build-cov
sed -n '1,400p' build-cov/coverage.txt
