# Every target sets up what it needs. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export GOFLAGS := -trimpath $(GOFLAGS)
BIN := bin/linli
TOOLS := $(CURDIR)/.tools
GO_SOURCES := $(shell find backend migrations -name '*.go' -o -name '*.sql' -o -name '*.yaml' 2>/dev/null) go.mod go.sum frontend/embed.go
WEB_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) $(wildcard frontend/*.json frontend/*.ts frontend/*.html)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  %-14s %s\n", $$1, $$2}'

frontend/node_modules/.installed: frontend/package-lock.json
	scripts/need.sh go node npm
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	touch $@

frontend/dist/index.html: frontend/node_modules/.installed $(WEB_SOURCES)
	cd frontend && npm run --silent build
	find frontend/dist -type f \( -name '*.js' -o -name '*.css' -o -name '*.html' -o -name '*.svg' -o -name '*.json' \) -exec gzip -kf9n {} +
	touch frontend/dist/.gitkeep

$(BIN): frontend/dist/index.html $(GO_SOURCES)
	mkdir -p bin
	go build -ldflags '-s -w' -o $@ ./backend/cmd/linli

.PHONY: build
build: $(BIN) ## Build the web application and the one binary

.PHONY: run
run: $(BIN) ## Start Linli on its embedded database with the demonstration city
	LINLI_DEMONSTRATION=true $(BIN) seed --if-empty
	LINLI_DEMONSTRATION=true $(BIN) serve

.PHONY: check
check: frontend/node_modules/.installed ## Format, vet, lint and freshness of generated files; runs no test
	scripts/check.sh

.PHONY: test
test: ## Every suite that guards a merge: Go with -race on both databases, web units, browser journeys
	scripts/test.sh

.PHONY: test-go
test-go: ## Go tests with -race on SQLite and PostgreSQL only
	scripts/test.sh go

.PHONY: test-web
test-web: frontend/node_modules/.installed ## Unit tests of the web application
	scripts/test.sh web

.PHONY: test-browser
test-browser: $(BIN) ## Browser journeys only
	scripts/test.sh browser

.PHONY: generate
generate: frontend/node_modules/.installed ## Write every generated file again
	scripts/generate.sh

.PHONY: bench
bench: ## Benchmarks against a reference in the same run, and a tenth of a city (minutes)
	scripts/bench.sh

.PHONY: bench-city
bench-city: ## The same with the whole city: 13,000 organisations, 100,000 needs
	scripts/bench.sh city

.PHONY: bench-plan
bench-plan: ## City plans, transportation and generalised assignment at full size, beside LEMON and CBC (an hour)
	scripts/bench-plan.sh long

.PHONY: fuzz
fuzz: ## Every fuzz target for FUZZTIME (default 30s) each
	scripts/fuzz.sh

.PHONY: shots
shots: $(BIN) ## Render every page as each role in both languages at 1280 and 390 px into shots/
	scripts/shots.sh

.PHONY: axe
axe: $(BIN) ## Long accessibility sweep: WCAG 2.2 AA on every page of every role, both languages, folds open
	scripts/axe.sh

.PHONY: clean
clean: ## Remove what was built (keeps data/)
	rm -rf bin shots frontend/dist/assets frontend/dist/*.html frontend/dist/*.gz .tools frontend/node_modules
