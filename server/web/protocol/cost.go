package protocol

import (
	"context"
	"encoding/json"
	"math"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Cost is the price of an operation, told in extensions.cost (API-8).
type Cost struct {
	Complexity int `json:"complexity"`
	Limit      int `json:"limit"`
}

// pricer prices an operation before it runs. A field costs one plus what is
// selected below it; below a connection that is taken as often as first or last
// ask, or as often as the default page when they do not; below a list asked for
// by a list of keys, as often as there are keys. The schema may name another
// price for a field. It runs on surveyed documents only, so the walk is short.
type pricer struct {
	ctx    context.Context
	schema graphql.ExecutableSchema
	page   int
	vars   map[string]any
}

func (p *pricer) selections(set ast.SelectionSet) int {
	total := 0
	for _, selection := range set {
		switch n := selection.(type) {
		case *ast.Field:
			total = add(total, p.field(n))
		case *ast.InlineFragment:
			total = add(total, p.selections(n.SelectionSet))
		case *ast.FragmentSpread:
			total = add(total, p.selections(n.Definition.SelectionSet))
		}
	}
	return total
}

func (p *pricer) field(f *ast.Field) int {
	// Introspection has its own gate and its own depth.
	if strings.HasPrefix(f.Name, "__") || f.Definition == nil {
		return 1
	}
	args := f.ArgumentMap(p.vars)
	below := p.selections(f.SelectionSet)
	if own, ok := p.named(f, below, args); ok {
		return own
	}
	return add(1, times(below, p.elements(f, args)))
}

// named asks the schema for a price; for a field of an interface it takes the
// dearest of the implementors.
func (p *pricer) named(f *ast.Field, below int, args map[string]any) (int, bool) {
	types := []*ast.Definition{f.ObjectDefinition}
	if f.ObjectDefinition.Kind == ast.Interface {
		types = p.schema.Schema().GetPossibleTypes(f.ObjectDefinition)
	}
	dearest, found := 0, false
	for _, t := range types {
		if own, ok := p.schema.Complexity(p.ctx, t.Name, f.Name, below, args); ok && own >= 1 {
			dearest, found = max(dearest, own), true
		}
	}
	return dearest, found
}

// elements is how often what is below a field is paid for. A page that is out
// of bounds is refused by its resolver; here it only must not be cheap.
func (p *pricer) elements(f *ast.Field, args map[string]any) int {
	if f.Definition.Arguments.ForName("first") != nil || f.Definition.Arguments.ForName("last") != nil {
		first, asked := whole(args["first"])
		last, askedLast := whole(args["last"])
		if !asked && !askedLast {
			return p.page
		}
		return max(first, last, 0)
	}
	if f.Definition.Type.Elem == nil {
		return 1
	}
	keys := 1
	for _, arg := range args {
		if list, ok := arg.([]any); ok {
			keys = max(keys, len(list))
		}
	}
	return keys
}

func whole(v any) (int, bool) {
	switch n := v.(type) {
	case int64:
		return clamp(n), true
	case int:
		return n, true
	case json.Number:
		i, err := n.Int64()
		if err != nil {
			return math.MaxInt32, true
		}
		return clamp(i), true
	case float64:
		return clamp(int64(min(n, math.MaxInt32))), true
	}
	return 0, false
}

func clamp(n int64) int { return int(min(max(n, math.MinInt32), math.MaxInt32)) }

// add and times stop at the largest number, so that no document is so dear that
// it becomes cheap.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func times(a, b int) int {
	if a != 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}
