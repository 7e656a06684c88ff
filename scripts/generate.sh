#!/usr/bin/env bash
# Writes every generated file: the OpenAPI description, the TypeScript types, the references.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/reference
go run ./backend/cmd/linli openapi > docs/reference/openapi.json.new
mv docs/reference/openapi.json.new docs/reference/openapi.json
(cd frontend && npm run --silent generate >/dev/null)
go run ./backend/cmd/linli docs docs/reference --locales frontend/src/locales
