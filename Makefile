# `make help` lists what there is to make.
.DEFAULT_GOAL := help
CLUSTER := go run ./server/db/dbtest/cluster

.PHONY: generate
generate: ## Generate ent, gqlgen and schema.graphql; leaves a clean diff
	cd ent && go run entc.go
	go run ./graph/printschema graph schema.graphql
	go run github.com/99designs/gqlgen

.PHONY: migration
migration: ## Write the migrations that lead to the schema: make migration NAME=add_colour
	$(CLUSTER) -url go run ./ent/migrate/diff $(NAME)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'
