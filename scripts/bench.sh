#!/usr/bin/env bash
# Measures Linli; every figure stands beside a reference of the same run, with its inputs.
#   scripts/bench.sh          engines, and a tenth of a city on both databases (minutes)
#   scripts/bench.sh city     engines, and the whole city: 13,000 organisations, 100,000 needs
# The places are all of Chengdu where the lists are found in LINLI_DIVISIONS (default
# ../shared/data), else the demonstration's. Without PostgreSQL that half is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=1 organizations=1300 needs=10000 runs=100
[ "${1:-}" != city ] || { organizations=13000 needs=100000 runs=300; }
lists=${LINLI_DIVISIONS:-../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== $(date -u +%F) · $(nproc) cores, $(uname -m), load $(cut -d' ' -f1-3 /proc/loadavg), $(go version | cut -d' ' -f3)"
echo "== engines: every benchmark …_Everybody is the reference that scores all pairings"
go test -run '^$' -bench . -benchtime "${BENCHTIME:-0.5s}" -benchmem ./backend/engine/... ./backend/seal/... ./backend/domain/audit/... | grep -E '^(Benchmark|FAIL|panic)'

go build -o "$work/linli" ./backend/cmd/linli
go build -o "$work/linli-bench" ./backend/cmd/linli-bench

scripts/bench-plan.sh short

city() { # one database: the city's, and an empty one for the reference
  echo "== $1 · seed $seed, $organizations organisations, $needs needs, each question $runs times · load $(cut -d' ' -f1-3 /proc/loadavg)"
  if [ -e "$lists/chengdu-divisions-2016.csv" ]; then
    "$work/linli-bench" import "$lists/chengdu-divisions-2016.csv"
    "$work/linli-bench" import "$lists/chengdu-divisions-2021.csv" --effective-from 2021-11-01
    LINLI_DATA_DIR=$work/reference LINLI_DATABASE=${2:-} "$work/linli-bench" import --one-by-one "$lists/chengdu-divisions-2016.csv"
  else
    echo "no lists in $lists: the demonstration's places"
    LINLI_DEMONSTRATION=true "$work/linli" seed --json >/dev/null 2>&1
  fi
  "$work/linli-bench" generate --seed "$seed" --organizations "$organizations" --needs "$needs"
  [ -z "${2:-}" ] || "$psql" -q -d "$LINLI_DATABASE" -c ANALYZE
  "$work/linli-bench" measure --runs "$runs"
  local start=$SECONDS
  "$work/linli" verify >/dev/null && echo "verify: whole, $((SECONDS - start)) s"
}

LINLI_DATA_DIR=$work/sqlite city SQLite

psql=$(command -v psql || ls /usr/lib/postgresql/*/bin/psql 2>/dev/null | tail -n 1 || true)
if [ -z "$psql" ]; then
  echo "== PostgreSQL is not installed: left out"
  exit 0
fi
export -f city
export work psql seed organizations needs runs lists
scripts/with-postgres.sh bash -euo pipefail -c '
  names=(linli_bench_$$ linli_bench_reference_$$)
  at() { echo "$LINLI_TEST_POSTGRES_URL" | sed "s|/postgres?|/$1?|"; }
  drop() { for n in "${names[@]}"; do "$psql" -q -d "$LINLI_TEST_POSTGRES_URL" -c "DROP DATABASE IF EXISTS $n WITH (FORCE)" 2>/dev/null || true; done; }
  trap drop EXIT
  for n in "${names[@]}"; do "$psql" -q -d "$LINLI_TEST_POSTGRES_URL" -c "CREATE DATABASE $n"; done
  export LINLI_DATA_DIR=$work/postgres LINLI_DATABASE; LINLI_DATABASE=$(at "${names[0]}")
  city PostgreSQL "$(at "${names[1]}")"'
