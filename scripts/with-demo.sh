#!/usr/bin/env bash
# Runs a command beside a server with a fresh demonstration city on a free port of this
# machine. The command finds it in LINLI_BASE and its accounts in the file LINLI_ACCOUNTS.
# LINLI_DATABASE, when set, names the database; otherwise it is embedded.
set -euo pipefail
bin=$PWD/bin/linli
dir=$(mktemp -d)
port=$(node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
export LINLI_DEMONSTRATION=true LINLI_DATA_DIR=$dir/data LINLI_ADDR=127.0.0.1:$port LINLI_PUBLIC_URL=http://127.0.0.1:$port
export LINLI_BASE=$LINLI_PUBLIC_URL LINLI_ACCOUNTS=$dir/accounts.json
server=
stop() {
  status=$?
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
  [ "$status" -eq 0 ] || { echo "--- the server's last words" >&2; grep -v '"level":"INFO"' "$dir/server.log" 2>/dev/null | tail -n 20 >&2 || true; }
  rm -rf "$dir"
  exit "$status"
}
trap stop EXIT
"$bin" seed --json > "$LINLI_ACCOUNTS" 2> "$dir/seed.log" || { cat "$dir/seed.log" >&2; exit 1; }
"$bin" serve > "$dir/server.log" 2>&1 &
server=$!
for _ in $(seq 200); do
  curl -fsS -o /dev/null "$LINLI_BASE/readyz" 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || { cat "$dir/server.log" >&2; exit 1; }
  sleep 0.1
done
"$@"
"$bin" verify
