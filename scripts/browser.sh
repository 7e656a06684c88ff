#!/usr/bin/env bash
# What a real browser proves, each beside a fresh demonstration city: the journey through every
# role from a resident's words to the audit, on both databases; then every page of every role,
# by the rules of WCAG 2.2 AA, and the main pages by the keyboard alone.
set -euo pipefail
cd "$(dirname "$0")/.."
timed() { # name, command…
  local name=$1 start=$SECONDS; shift
  if "$@"; then echo "$name: passed ($((SECONDS - start)) s)"; else echo "$name: FAILED ($((SECONDS - start)) s)" >&2; return 1; fi
}
timed "journey of every role on SQLite" scripts/journey.sh sqlite
timed "journey of every role on PostgreSQL" scripts/journey.sh postgres
timed "every page of every role, WCAG 2.2 AA, keyboard" scripts/with-demo.sh bash -c 'cd frontend && node e2e/run.mjs rounds && node e2e/run.mjs keyboard'
