#!/usr/bin/env bash
# The browser rounds: signing in as a person would, then every page of every role, in both
# languages and at both widths in turn, beside a fresh demonstration city.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/with-demo.sh bash -c 'cd frontend && node e2e/run.mjs rounds'
