#!/bin/sh
# run.sh MANAGE CONFORMANCE_DIR [run_orm.py's options]: makes a database by migrate and loaddata in a temporary folder and
# runs the recorded queries of CONFORMANCE_DIR/orm on it. With MADE_BY=django in the environment the tables are those that
# Django made. The last line is `N passed, N failed`.
set -eu
manage=$(realpath "$1")
conformance=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
export DATABASE_URL="sqlite:///$folder/bookstore.sqlite3" SECRET_KEY=conformance DEBUG=0
[ "${MADE_BY:-}" != django ] || python3 "$here/django_database.py" "$folder/bookstore.sqlite3" "$conformance"
for command in migrate contenttypes "loaddata $conformance/orm/data.json"; do
    # shellcheck disable=SC2086
    "$manage" $command >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
done
python3 "$conformance/run_orm.py" --db sqlite --batch "'$manage' shell --json" "$@"
