#!/bin/sh
# Builds the fuzz targets (clang, ASan, UBSan) and runs each for SECONDS_EACH seconds on its corpus; stops at a finding.
set -eu
seconds=${SECONDS_EACH:-10}
only=${ONLY:-}
[ -f build-fuzz/build.ninja ] ||
    CC=clang meson setup -Dwerror=false -Dfuzz=true -Dtests=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 build-fuzz
ninja -C build-fuzz fuzz-targets
passed=0
failed=0
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
for target in build-fuzz/tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    case "$name" in *"$only"*) ;; *) continue ;; esac
    new=$found/$name.corpus
    mkdir -p "$new"
    if ASAN_OPTIONS=detect_leaks=1 "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=512 -max_len=16384 \
        -artifact_prefix="$found/$name-" "$new" "tests/fuzz/corpus/$name" >"$found/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "ok   $name: $(sed -n 's/^#\([0-9]*\).*DONE.*cov: \([0-9]*\).*/\1 runs, coverage \2/p' "$found/$name.log" | tail -1)"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -40 "$found/$name.log"
        mkdir -p build-fuzz/findings
        cp "$found/$name-"* build-fuzz/findings/ 2>/dev/null || true
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
