package hot

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Extension puts hot lists into gqlgen.
type Extension struct {
	resolvers reflect.Type
	lists     []planned
}

type planned interface {
	marshal(ctx context.Context, parent any, field graphql.CollectedField) (graphql.Marshaler, bool)
	validate(*ast.Schema, reflect.Type) error
}

var _ interface {
	graphql.HandlerExtension
	graphql.FieldInterceptor
} = Extension{}

// New makes the extension of lists. R is gqlgen's generated interface that names
// the resolvers of each type.
func New[R any](lists ...planned) Extension {
	return Extension{resolvers: reflect.TypeFor[R](), lists: lists}
}

// ExtensionName names it.
func (Extension) ExtensionName() string { return "HotLists" }

// Validate refuses a hot type whose fields do more than write what the row holds.
func (x Extension) Validate(schema graphql.ExecutableSchema) error {
	for _, l := range x.lists {
		if err := l.validate(schema.Schema(), x.resolvers); err != nil {
			return err
		}
	}
	return nil
}

// InterceptField answers the edges of a hot list. The connection they belong to
// was resolved the ordinary way, with all its guards; edges itself has none, so
// next would only make objects for the generated code.
func (x Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if fc.Field.Name == "edges" && fc.Parent != nil {
		for _, l := range x.lists {
			if answer, ok := l.marshal(ctx, fc.Parent.Result, fc.Field); ok {
				return answer, nil
			}
		}
	}
	return next(ctx)
}

func (l *List[C, R]) validate(schema *ast.Schema, resolvers reflect.Type) error {
	for _, name := range []string{l.Connection, l.Edge} {
		if schema.Types[name] == nil {
			return fmt.Errorf("hot list %s: the schema has no type %s", l.Connection, name)
		}
	}
	if err := plain(schema.Types[l.Connection], resolvers, "edges"); err != nil {
		return err
	}
	if err := plain(schema.Types[l.Edge], resolvers, "cursor", "node"); err != nil {
		return err
	}
	return l.Node.validate(schema, resolvers)
}

func (o *Object[R]) validate(schema *ast.Schema, resolvers reflect.Type) error {
	def := schema.Types[o.Name]
	if def == nil {
		return fmt.Errorf("hot type %s is not in the schema", o.Name)
	}
	if !slices.Equal(def.Interfaces, o.Implements) {
		return fmt.Errorf("hot type %s implements %v in the schema and %v in its plan", o.Name, def.Interfaces, o.Implements)
	}
	for name, f := range o.Fields {
		if err := plain(def, resolvers, name); err != nil {
			return err
		}
		declared := def.Fields.ForName(name).Type
		if f.Object == nil {
			if f.Append == nil || declared.Elem != nil || !schema.Types[declared.Name()].IsLeafType() {
				return fmt.Errorf("hot field %s.%s is not a leaf", o.Name, name)
			}
			continue
		}
		if declared.Elem != nil || declared.Name() != f.Object.Name || declared.NonNull != (f.Null == nil) {
			return fmt.Errorf("hot field %s.%s is %s in the schema and another thing in its plan", o.Name, name, declared)
		}
		if err := f.Object.validate(schema, resolvers); err != nil {
			return err
		}
	}
	return nil
}

// plain refuses fields with arguments, directives or a resolver.
func plain(def *ast.Definition, resolvers reflect.Type, names ...string) error {
	for _, name := range names {
		f := def.Fields.ForName(name)
		switch {
		case f == nil:
			return fmt.Errorf("hot type %s has no field %s in the schema", def.Name, name)
		case len(f.Arguments) > 0:
			return fmt.Errorf("hot field %s.%s takes arguments", def.Name, name)
		case resolved(resolvers, def.Name, name):
			return fmt.Errorf("hot field %s.%s has a resolver, which would not run", def.Name, name)
		}
		for _, d := range slices.Concat(def.Directives, f.Directives) {
			if d.Name != "deprecated" {
				return fmt.Errorf("hot field %s.%s has the directive @%s, which would not run", def.Name, name, d.Name)
			}
		}
	}
	return nil
}

// resolved says whether the generated code asks a resolver for the field.
func resolved(resolvers reflect.Type, object, field string) bool {
	of, has := resolvers.MethodByName(object)
	if !has {
		return false
	}
	for m := range of.Type.Out(0).Methods() {
		if strings.EqualFold(m.Name, field) {
			return true
		}
	}
	return false
}
