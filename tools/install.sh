#!/bin/sh
# Installs the libraries, headers, pkg-config file and the caravan command under $DESTDIR$PREFIX.
# usage: [DESTDIR=...] [PREFIX=/usr/local] tools/install.sh BUILD
set -eu
build=$1
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
libdir=$prefix/lib
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build | head -1)

install -d "$root/lib/pkgconfig" "$root/include" "$root/bin"
install -m 644 "$build/libcaravan.a" "$root/lib/"
install -m 755 "$build/libcaravan.so.$version" "$root/lib/"
ln -sf "libcaravan.so.$version" "$root/lib/libcaravan.so.${version%%.*}"
ln -sf "libcaravan.so.${version%%.*}" "$root/lib/libcaravan.so"
python3 tools/install_headers.py src "$root/include"
install -m 755 "$build/caravan" "$root/bin/caravan"
for pc in caravan caravan-shared; do
    sed -e "s|@PREFIX@|$prefix|" -e "s|@LIBDIR@|$libdir|" -e "s|@VERSION@|$version|" "tools/$pc.pc.in" \
        >"$root/lib/pkgconfig/$pc.pc"
done
if [ -z "${DESTDIR:-}${NO_LDCONFIG:-}" ] && [ "$(id -u)" = 0 ]; then
    ldconfig
fi
echo "Installed caravan $version under $root"
