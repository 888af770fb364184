// Package hot writes the edges of lists that are asked for all day (tickets).
//
// The generated code makes an object, a field context and a writer for every
// field of every element, which costs several times what the store does. Here
// the selection is compiled once into steps that append to one buffer, from the
// flat rows that one statement read, and gqlgen writes the buffer as it is
// (API-8). Any document works, with fragments, aliases, @skip and @include; what
// is not planned (a field with a resolver or arguments, @defer) goes the
// ordinary way, element by element.
//
// No resolver, directive or privacy rule runs within a hot type, so what may be
// seen is decided by the statement that read the rows, and Validate refuses to
// start with a hot type that has any of them.
package hot

import (
	"context"
	"io"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Object says how an object type is written from a row.
type Object[R any] struct {
	// Name and Implements are the type's and its interfaces' names.
	Name       string
	Implements []string
	Fields     map[string]Field[R]
}

// Field says how a field is written: a leaf by Append, an object by its fields.
type Field[R any] struct {
	Append func(b []byte, row *R) []byte
	Object *Object[R]
	// Null says for which rows there is no such object; nil for none.
	Null func(row *R) bool
	// Needs is what the row must have been read with, as the domain counts it.
	Needs uint
}

// List is a connection C whose edges are written from rows R.
type List[C, R any] struct {
	// Connection and Edge are the types' names.
	Connection, Edge string
	Node             *Object[R]
	// Rows gives the rows of a page, Cursor appends the cursor of one.
	Rows   func(C) []R
	Cursor func(C, []byte, *R) []byte
}

// raw is an answer that is ready.
type raw []byte

// MarshalGQL writes it.
func (r raw) MarshalGQL(w io.Writer) { _, _ = w.Write(r) }

// everything is what rows are read with when a selection is not understood.
const everything = ^uint(0)

// Needs is what the field that is being resolved, a connection, wants its rows
// read with.
func (l *List[C, R]) Needs(ctx context.Context) uint {
	op, field := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field
	var needs uint
	for _, edges := range graphql.CollectFields(op, field.Selections, []string{l.Connection}) {
		if edges.Name != "edges" {
			continue
		}
		for _, node := range graphql.CollectFields(op, edges.Selections, []string{l.Edge}) {
			if node.Name == "node" {
				needs |= l.Node.needs(op, node.Selections)
			}
		}
	}
	return needs
}

func (o *Object[R]) satisfies() []string { return append([]string{o.Name}, o.Implements...) }

func (o *Object[R]) needs(op *graphql.OperationContext, set ast.SelectionSet) uint {
	var needs uint
	for _, selected := range graphql.CollectFields(op, set, o.satisfies()) {
		f, known := o.Fields[selected.Name]
		switch {
		case known && f.Object != nil:
			needs |= f.Needs | f.Object.needs(op, selected.Selections)
		case known:
			needs |= f.Needs
		case selected.Name != "__typename":
			return everything
		}
	}
	return needs
}

// marshal writes the edges of a page, if it is one of this list's and all that
// is selected can be planned.
func (l *List[C, R]) marshal(ctx context.Context, parent any, field graphql.CollectedField) (graphql.Marshaler, bool) {
	page, is := parent.(C)
	if !is {
		return nil, false
	}
	edge := &Object[R]{Name: l.Edge, Fields: map[string]Field[R]{
		"cursor": {Append: func(b []byte, row *R) []byte { return l.Cursor(page, b, row) }},
		"node":   {Object: l.Node},
	}}
	steps, ok := edge.plan(graphql.GetOperationContext(ctx), field.Selections)
	if !ok {
		return nil, false
	}
	rows := l.Rows(page)
	b := make([]byte, 0, 64+len(rows)*40*(1+len(steps)))
	b = append(b, '[')
	for i := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = write(b, steps, &rows[i])
	}
	return raw(append(b, ']')), true
}

// step writes one field: its key, and then a text that is always the same, a
// leaf, or an object.
type step[R any] struct {
	key   string
	fixed string
	leaf  func([]byte, *R) []byte
	null  func(*R) bool
	below []step[R]
}

// plan compiles a selection. It fails on what the table of the type does not
// know and on what takes arguments or is deferred.
func (o *Object[R]) plan(op *graphql.OperationContext, set ast.SelectionSet) ([]step[R], bool) {
	fields := graphql.CollectFields(op, set, o.satisfies())
	steps := make([]step[R], 0, len(fields))
	written := make(map[string]bool, len(fields))
	for _, selected := range fields {
		if len(selected.Deferrables) > 0 || len(selected.Arguments) > 0 {
			return nil, false
		}
		if written[selected.Alias] {
			continue // gqlgen writes the first of a name
		}
		written[selected.Alias] = true
		s := step[R]{key: `,"` + selected.Alias + `":`}
		if len(steps) == 0 {
			s.key = s.key[1:]
		}
		f, known := o.Fields[selected.Name]
		switch {
		case selected.Name == "__typename":
			s.fixed = `"` + o.Name + `"`
		case !known:
			return nil, false
		case f.Object == nil:
			s.leaf = f.Append
		default:
			below, ok := f.Object.plan(op, selected.Selections)
			if !ok {
				return nil, false
			}
			s.null, s.below = f.Null, below
		}
		steps = append(steps, s)
	}
	return steps, true
}

func write[R any](b []byte, steps []step[R], row *R) []byte {
	b = append(b, '{')
	for i := range steps {
		s := &steps[i]
		b = append(b, s.key...)
		switch {
		case s.fixed != "":
			b = append(b, s.fixed...)
		case s.leaf != nil:
			b = s.leaf(b, row)
		case s.null != nil && s.null(row):
			b = append(b, "null"...)
		default:
			b = write(b, s.below, row)
		}
	}
	return append(b, '}')
}
