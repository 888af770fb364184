package graph

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/idempotency"
)

// Idempotent is the directive: it puts a call with an idempotency key into the
// context, where the verb takes it (API-4). What a file holds is not looked at
// here; the verb adds its hash.
func Idempotent(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx).Field
	input, _ := field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["input"].(map[string]any)
	key, given := input["idempotencyKey"].(string)
	if !given {
		return next(ctx)
	}
	input = maps.Clone(input)
	delete(input, "idempotencyKey")
	for name, value := range input {
		if _, is := value.(graphql.Upload); is {
			delete(input, name)
		}
	}
	return next(idempotency.With(ctx, idempotency.Call{Key: key, Verb: field.Name, Input: input}))
}
