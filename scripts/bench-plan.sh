#!/usr/bin/env bash
# Measures linli match plan; every plan is checked by the independent checker.
#   scripts/bench-plan.sh short    a few instances, seconds each
#   scripts/bench-plan.sh long     whole cities, every published instance, peers (an hour)
# Published instances are looked for in LINLI_INSTANCES (default ../shared/data); cities and
# assignment problems of the types D and E are generated, their hashes are printed. The long run
# installs the Debian packages liblemon-utils (LEMON) and coinor-cbc where it may.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${LINLI_INSTANCES:-../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "== plans · $(date -u +%F) · $(nproc) cores, $(uname -m), load $(cut -d' ' -f1-3 /proc/loadavg), $(go version | cut -d' ' -f3)"
go build -o "$work/linli" ./backend/cmd/linli
go build -o "$work/linli-bench" ./backend/cmd/linli-bench
places=()
[ ! -e "$data/chengdu-divisions-2016.csv" ] || places=(--divisions "$data/chengdu-divisions-2016.csv")

generate() { "$work/linli-bench" "$@"; }
solve() { # folder of a table of best known values or "", then flags and files
  local best=()
  [ ! -e "$data/$1/best-known.csv" ] || best=(--best "$data/$1/best-known.csv")
  "$work/linli-bench" solve --linli "$work/linli" "${best[@]}" "${@:2}" || echo "   (goes on)"
}
have() { compgen -G "$data/$1" >/dev/null; }

if [ "${1:-short}" = short ]; then
  generate city --needs 10000 --organizations 1300 --seed 1 "${places[@]}" --out "$work/district.txt.gz"
  generate city --needs 10000 --organizations 1300 --seed 1 "${places[@]}" --as dimacs --out "$work/district.min"
  generate gap --type D --agents 20 --jobs 200 --seed 1 --out "$work/d20200.txt"
  generate gap --type E --agents 20 --jobs 200 --seed 1 --out "$work/e20200.txt"
  solve "" --limit 5s "$work/district.txt.gz" "$work/d20200.txt" "$work/e20200.txt"
  solve "" --limit 20s --repeats 5 "$work/district.min"
  ! have 'plan/*.txt.gz' || solve plan --limit 5s "$data"/plan/*.txt.gz
  ! have 'mcf/*.min' || solve mcf --repeats 5 "$data"/mcf/*.min
  ! have 'gap/c20200.txt' || solve gap --limit 5s "$data"/gap/{a20200,b20200,c20200}.txt
  exit 0
fi

if ! { command -v dimacs-solver && command -v cbc; } >/dev/null; then
  echo "peers: installing the Debian packages liblemon-utils and coinor-cbc"
  apt-get install -y -qq --no-install-recommends liblemon-utils coinor-cbc >/dev/null 2>&1 || echo "peers: not installed, left out"
fi
for ratio in 0.8 1.2; do
  money=0.7; [ "$ratio" = 0.8 ] || money=0.85
  generate city --seed 1 --ratio "$ratio" --money "$money" "${places[@]}" --out "$work/city-$ratio.txt.gz"
  generate city --seed 1 --ratio "$ratio" "${places[@]}" --as dimacs --out "$work/city-$ratio.min"
done
solve "" --limit 20s --repeats 5 --peer "$work"/city-*.min
solve "" --limit 60s "$work"/city-*.txt.gz
! have 'plan/*.txt.gz' || { solve plan --limit 5s --repeats 5 "$data"/plan/*.txt.gz; solve plan --limit 10s --repeats 5 "$data"/plan/*.txt.gz; }
! have 'mcf/*.min' || solve mcf --repeats 5 --peer "$data"/mcf/*.min
! have 'gap/*.txt' || {
  solve gap --limit 5s "$data"/gap/{gap,a,b}*.txt
  solve gap --limit 60s "$data"/gap/c*.txt
}
hard=()
for type in D E; do
  for size in "5 100" "10 200" "20 200" "20 400" "40 400" "15 900" "60 900" "20 1600" "80 1600"; do
    read -r agents jobs <<<"$size"
    hard+=("$work/$(printf '%s%02d%d' "${type,,}" "$agents" "$jobs").txt")
    generate gap --type "$type" --agents "$agents" --jobs "$jobs" --seed 1 --out "${hard[-1]}"
  done
done
solve "" --limit 60s --peer "${hard[@]}"
