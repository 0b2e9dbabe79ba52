#!/bin/sh
# Makes the bookshop's database, loads the catalogue where it is empty, and serves the site in the foreground.
set -eu
build=$(cd "$BUILD" && pwd)
site=$build/examples/bookshop
export DATABASE_URL="${DATABASE_URL:-sqlite:///$site/shop.sqlite3}"
export MEDIA_ROOT="${MEDIA_ROOT:-$site/media}"
export BOOKSHOP_EDITOR="${BOOKSHOP_EDITOR:-1}"
export SECRET_KEY="${SECRET_KEY:-$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')}"
export ALLOWED_HOSTS="${ALLOWED_HOSTS:-*}"
"$site/manage" migrate --fake-initial # the tables may be older than their history
"$site/manage" loaddata --if-empty examples/bookshop/fixtures/catalogue.json
exec "$site/manage" serve --bind "$BIND:$PORT"
