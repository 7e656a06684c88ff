#!/usr/bin/env bash
# The browser journeys: the whole trail played by every role on both databases, and the
# accessibility sweep over every page.
set -euo pipefail
cd "$(dirname "$0")/.."
cd frontend; run=$PWD; cd ..
journey() { (cd "$run" && node e2e/run.mjs "$1"); }
export -f journey; export run
echo "== journey on SQLite"
scripts/with-demo.sh bash -c 'journey journey'
echo "== journey on PostgreSQL"
name=linli_browser_$$
psql "$LINLI_TEST_POSTGRES_URL" -qc "CREATE DATABASE $name"
LINLI_DATABASE=${LINLI_TEST_POSTGRES_URL%/postgres*}/$name?sslmode=disable scripts/with-demo.sh bash -c 'journey journey'
psql "$LINLI_TEST_POSTGRES_URL" -qc "DROP DATABASE $name WITH (FORCE)"
echo "== accessibility of every page"
scripts/with-demo.sh bash -c 'journey axe'
