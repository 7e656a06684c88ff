#!/usr/bin/env bash
# What reads the code: format, vet, lint, types, generated files. It runs no test.
set -euo pipefail
cd "$(dirname "$0")/.."
golangci_version=v2.15.0
tools=$PWD/.tools
say() { printf '%-34s' "$1"; }
ok() { echo ok; }

say "gofmt"
files=$(gofmt -l backend migrations frontend/*.go)
[ -z "$files" ] || { echo; echo "$files"; exit 1; }
ok
say "go vet"; go vet ./backend/... ./migrations/... ./frontend/; ok
say "golangci-lint"
if ! "$tools/bin/golangci-lint" version 2>/dev/null | grep -q "${golangci_version#v}"; then
  GOBIN=$tools/bin GOFLAGS=-trimpath go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$golangci_version"
fi
"$tools/bin/golangci-lint" run ./backend/... ./migrations/... ./frontend/
ok
say "biome"; (cd frontend && npm run --silent lint); ok
say "TypeScript"; (cd frontend && npm run --silent typecheck); ok
say "web bundle budget"; make --no-print-directory frontend/dist/index.html >/dev/null && node frontend/scripts/budget.mjs; ok
say "generated files"
before=$(git status --porcelain -- docs/reference frontend/src/api/generated frontend/src/locales/*/status.lifecycles.json; git diff -- docs/reference frontend/src/api/generated frontend/src/locales/*/status.lifecycles.json | sha256sum)
scripts/generate.sh
after=$(git status --porcelain -- docs/reference frontend/src/api/generated frontend/src/locales/*/status.lifecycles.json; git diff -- docs/reference frontend/src/api/generated frontend/src/locales/*/status.lifecycles.json | sha256sum)
[ "$before" = "$after" ] || { echo; echo "stale: run make generate and commit"; git --no-pager diff --stat -- docs/reference frontend/src/api/generated frontend/src/locales/*/status.lifecycles.json; exit 1; }
ok
