#!/usr/bin/env bash
# Benchmarks; each compares with a reference in the same run and prints its inputs.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "machine: $(nproc) cores, $(uname -m), load $(cut -d' ' -f1-3 /proc/loadavg), $(go version | cut -d' ' -f3)"
go test -run '^$' -bench . -benchmem ./backend/engine/... ./backend/seal/... ./backend/domain/audit/...
