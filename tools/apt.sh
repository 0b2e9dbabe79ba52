#!/bin/sh
# Installs with apt what is missing for one purpose, says so, and does nothing when all is there.
# usage: tools/apt.sh build|test|asan|fuzz|bench|rivals|lint|conformance
set -eu

build="gcc meson ninja-build pkg-config python3 libc6-dev libuv1-dev libsqlite3-dev libssl-dev libboost-context1.74-dev
       libdw-dev libunistring-dev zlib1g-dev libpcre2-dev libargon2-dev libcrypt-dev libidn2-dev libedit-dev tzdata"
test="$build check clang sqlite3 curl"
case "${1:-build}" in
build) wanted=$build ;;
test|conformance) wanted=$test ;;
asan|tsan|fuzz) wanted="$test libclang-rt-14-dev" ;;
bench) wanted="$test wrk" ;;
rivals) wanted="g++ python3-django python3-jinja2 node-nunjucks golang-go libctemplate-dev" ;;
cov) wanted="$test gcovr" ;;
lint) wanted="$test clang-format clang-tidy cppcheck" ;;
*) echo "tools/apt.sh: unknown purpose: $1" >&2; exit 2 ;;
esac

missing=
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "These packages are needed and neither root nor sudo is here:$missing" >&2; exit 1; }
    as_root="sudo"
fi
echo "Installing with apt:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq || true
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
