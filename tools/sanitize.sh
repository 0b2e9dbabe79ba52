#!/bin/sh
# Builds with sanitizers in a folder of its own and runs the whole suite there.
# usage: tools/sanitize.sh asan|tsan   (CC chooses the compiler, clang unless set)
set -eu
kind=$1
CC=${CC:-clang}
export CC
folder=build-$kind-$CC
case "$kind" in
asan) flags="-Db_sanitize=address,undefined" ;;
tsan) flags="-Db_sanitize=thread" ;;
*) echo "usage: $0 asan|tsan" >&2; exit 2 ;;
esac
# Under sanitizers compilers warn of what is not there; the plain builds are the ones that must be clean.
[ -f "$folder/build.ninja" ] || meson setup -Dwerror=false $flags -Db_lundef=false -Doptimization=1 "$folder"
ninja -C "$folder"
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=0}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}"
export TSAN_OPTIONS="${TSAN_OPTIONS:-halt_on_error=1}"
exec tools/test.py "$folder" --timeout-multiplier 4
