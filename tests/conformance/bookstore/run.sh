#!/bin/sh
# run.sh MANAGE CONFORMANCE_DIR [run_orm.py's options]: makes a database by migrate and loaddata in a temporary folder and
# runs the recorded queries of CONFORMANCE_DIR/orm on it. The last line is `N passed, N failed`.
set -eu
manage=$(realpath "$1")
conformance=$(realpath "$2")
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
export DATABASE_URL="sqlite:///$folder/bookstore.sqlite3" SECRET_KEY=conformance DEBUG=0
"$manage" migrate >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
"$manage" contenttypes >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
"$manage" loaddata "$conformance/orm/data.json" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
python3 "$conformance/run_orm.py" --db sqlite --batch "'$manage' shell --json" "$@"
