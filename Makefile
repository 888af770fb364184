# `make help` lists what there is to make.
.DEFAULT_GOAL := help
CLUSTER := go run ./server/db/dbtest/cluster
DATA ?= data
VERSION := $(shell git describe --tags --always 2>/dev/null || echo 0.1.0)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

.PHONY: run
run: build ## Build, add demo data and serve on http://127.0.0.1:8080
	./gradin serve --demo --data $(DATA)

.PHONY: dev
dev: frontend/node_modules/.package-lock.json ## Serve API and pages, the pages reloading as they are edited
	@go build -o gradin ./server
	@trap 'kill 0' EXIT; ./gradin serve --demo --data $(DATA) --development & cd frontend && npm run dev

.PHONY: build
build: frontend/dist/index.html ## Build the one binary, pages included
	go build -ldflags "-s -w -X gradin/server/command.Version=$(VERSION)" -o gradin ./server

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

FRONTEND := $(shell find frontend/src frontend/public frontend/scripts frontend/vite -type f 2>/dev/null) frontend/index.html frontend/package.json schema.graphql
frontend/dist/index.html: frontend/node_modules/.package-lock.json $(FRONTEND)
	cd frontend && npm run build
	@touch $@

.PHONY: system
system: ## Install what the tests need of the distribution: PostgreSQL, Chromium, LibreOffice
	@sh .ci/system

.PHONY: generate
generate: ## Generate ent, gqlgen, schema.graphql and the frontend's types; leaves a clean diff
	cd ent && go run entc.go
	go run ./graph/printschema graph schema.graphql
	go run github.com/99designs/gqlgen
	cd frontend && npm run schema

.PHONY: migration
migration: ## Write the migrations that lead to the schema: make migration NAME=add_colour
	$(CLUSTER) -url go run ./ent/migrate/diff $(NAME)

.PHONY: lint
lint: frontend/node_modules/.package-lock.json ## gofmt, go.mod, vet, staticcheck, Biome
	@test -z "$$(gofmt -l ent/schema graph server frontend/*.go | tee /dev/stderr)" || { echo "run gofmt -w on these"; exit 1; }
	go mod tidy -diff
	go vet ./...
	go tool staticcheck ./graph/... ./server/... ./ent/schema/... ./ent/migrate/diff
	cd frontend && npm run lint

.PHONY: check
check: frontend/node_modules/.package-lock.json ## Generated code, schema, migrations and documents agree with their sources
	$(MAKE) --no-print-directory generate
	git diff --exit-code -- ent graph schema.graphql frontend/src/graphql
	$(CLUSTER) -url go run ./ent/migrate/diff -check
	cd frontend && npm run check

.PHONY: test
test: system ## All tests, both engines, browser included
	$(MAKE) --no-print-directory build
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory check
	cd frontend && npm test
	@# The browser waits more than it works: start it first, and more beside it than there are cores.
	$(CLUSTER) go test -parallel 4 -timeout 9m ./server/command ./graph/... ./server/...

.PHONY: bench
bench: frontend/node_modules/.package-lock.json ## Measure, as ratios against others in the same run
	$(CLUSTER) env GRADIN_BENCH=1 go test -count=1 -v -timeout 30m -run 'TestBench' ./server/spreadsheet ./server/distribution ./server/command | grep -vE '^(=== |--- |PASS|ok )'
	cd frontend && npm run --silent bench

.PHONY: torture
torture: build ## The long forms: kills in runs of 20,000 rows, fuzzing, a million tickets
	$(CLUSTER) env GRADIN_TORTURE=1 go test -count=1 -v -timeout 60m -run "TestServe_(DI4|DB4|TB8)|TestAnything" ./server/command ./server/distribution
	go test -run '^$$' -fuzz FuzzReadXLSX -fuzztime 2m -fuzzminimizetime 1x ./server/spreadsheet
	go test -run '^$$' -fuzz FuzzReadCSV -fuzztime 2m -fuzzminimizetime 1x ./server/spreadsheet
	go test -run '^$$' -fuzz FuzzMeasureText -fuzztime 2m ./server/web/protocol
	./gradin seed --data $$(mktemp -d) --tickets 1000000
