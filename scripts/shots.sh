#!/usr/bin/env bash
# Renders every page as each role in both languages at both widths into shots/.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/packages.sh
export LINLI_SHOTS=$PWD/shots
rm -rf shots
scripts/with-demo.sh bash -c 'cd frontend && node e2e/run.mjs shots'
echo "open shots/index.html"
