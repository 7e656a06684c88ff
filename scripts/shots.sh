#!/usr/bin/env bash
# Renders every page as each role in both languages at 1280 and 390 px into shots/ with an index page.
# A server of its own, with the demonstration city, on a free port; nothing of yours is touched.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh node
scripts/packages.sh
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export LINLI_DEMONSTRATION=true LINLI_DATA_DIR=$work/data
bin/linli seed --json > "$work/accounts.json"
bin/linli serve --addr "127.0.0.1:$port" > "$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break; sleep 0.1; done
cd frontend
LINLI_BASE=http://127.0.0.1:$port LINLI_ACCOUNTS=$work/accounts.json LINLI_SHOTS=../shots node e2e/run.mjs "${1:-shots}"
