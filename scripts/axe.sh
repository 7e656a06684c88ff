#!/usr/bin/env bash
# WCAG 2.2 AA by axe on every page of every role, in both languages, at both widths, folds closed and open.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/packages.sh
scripts/with-demo.sh bash -c 'cd frontend && node e2e/run.mjs axe'
