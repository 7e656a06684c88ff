#!/usr/bin/env bash
# Names every missing program at once and stops; installs nothing.
set -eu
missing=()
for p in "$@"; do command -v "$p" >/dev/null 2>&1 || missing+=("$p"); done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Missing: ${missing[*]}. Linli needs Go 1.26+ and Node 20+ (with npm)." >&2
  exit 1
fi
