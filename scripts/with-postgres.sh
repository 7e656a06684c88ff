#!/usr/bin/env bash
# Runs a command with a PostgreSQL cluster of its own in a temporary folder, and removes it.
# The command finds the server in LINLI_TEST_POSTGRES_URL.
set -euo pipefail
if [ -n "${LINLI_TEST_POSTGRES_URL:-}" ]; then exec "$@"; fi
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
dir=$(mktemp -d)
as=()
# initdb and postgres refuse root.
if [ "$(id -u)" -eq 0 ]; then chown postgres "$dir"; as=(runuser -u postgres --); fi
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
stop() {
  (cd /; "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true)
  rm -rf "$dir"
}
trap stop EXIT
(
  cd /
  "${as[@]}" "$bin/initdb" -D "$dir/data" -U linli --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" start \
    -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=400" >/dev/null
)
export LINLI_TEST_POSTGRES_URL="postgres://linli@127.0.0.1:$port/postgres?sslmode=disable"
"$@"
