#!/usr/bin/env bash
# The browser journey, from a resident's words to the audited payment, beside a fresh
# demonstration city: scripts/journey.sh sqlite, or scripts/journey.sh postgres on a database
# of its own inside the cluster LINLI_TEST_POSTGRES_URL names.
set -euo pipefail
cd "$(dirname "$0")/.."
play='cd frontend && node e2e/run.mjs journey'
case ${1:-sqlite} in
  sqlite) scripts/with-demo.sh bash -c "$play" ;;
  postgres)
    psql=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/psql
    name=linli_journey_$$
    ask() { "$psql" -qX "$LINLI_TEST_POSTGRES_URL" -c "$1"; }
    ask "create database $name"
    trap 'ask "drop database if exists $name with (force)"' EXIT
    LINLI_DATABASE=${LINLI_TEST_POSTGRES_URL/\/postgres?//$name?} scripts/with-demo.sh bash -c "$play"
    ;;
  *)
    echo "usage: scripts/journey.sh sqlite | postgres" >&2
    exit 2
    ;;
esac
