package protocol

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"gradin/server/errs"
)

const testSDL = `
scalar Upload
enum Colour { RED GREEN }
input Move { seat: ID!, holder: String, amount: Int, file: Upload }
type Query {
  name: String!
  echo(text: String, colour: Colour, n: Int, flag: Boolean): String
  show: Show!
  shows(first: Int, last: Int): [Show!]!
  nodes(ids: [ID!]!): [Show]!
  fail(how: String!): String
  many(n: Int!): String
  large(bytes: Int!): String
  wait: String
  dear: String
}
type Show { name: String! show: Show! shows(first: Int, last: Int): [Show!]! }
type Mutation {
  signIn(password: String): String
  distribute(moves: [Move!]!): Int!
  put(file: Upload!, second: Upload, files: [Upload], input: Move): String
  rename(name: String): String
}
type Subscription { ticks(n: Int!): Int! never: Int! broken: Int! }
`

// theatre is an executable schema written by hand: it resolves its few fields
// as generated code does, with contexts, paths and recovered panics.
type theatre struct {
	schema *ast.Schema
	tick   chan int
	mu     sync.Mutex
	ran    []string
	began  chan string
	ended  chan string
}

func newTheatre() *theatre {
	return &theatre{
		schema: gqlparser.MustLoadSchema(&ast.Source{Input: testSDL}),
		tick:   make(chan int), began: make(chan string, 100), ended: make(chan string, 100),
	}
}

func (t *theatre) Schema() *ast.Schema { return t.schema }

func (t *theatre) Complexity(_ context.Context, typeName, field string, _ int, _ map[string]any) (int, bool) {
	return 4_999, typeName == "Query" && field == "dear"
}

func (t *theatre) Ran() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.ran...)
}

func (t *theatre) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		return t.subscribe(ctx, op)
	}
	once := false
	return func(ctx context.Context) *graphql.Response {
		if once {
			return nil
		}
		once = true
		return &graphql.Response{Data: t.object(ctx, op, op.Operation.SelectionSet, rootName(op), nil)}
	}
}

func rootName(op *graphql.OperationContext) string {
	if op.Operation.Operation == ast.Mutation {
		return "Mutation"
	}
	return "Query"
}

func (t *theatre) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	f := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0]
	if f.Name == "broken" {
		graphql.AddError(ctx, errors.New("pq: relation \"secret_table\" does not exist"))
		return nil
	}
	t.began <- f.Name
	context.AfterFunc(ctx, func() { t.ended <- f.Name })
	most, sent := 0, 0
	if f.Name == "ticks" {
		most = int(f.ArgumentMap(op.Variables)["n"].(int64))
	}
	return func(ctx context.Context) *graphql.Response {
		if f.Name == "ticks" && sent == most {
			return nil
		}
		if f.Name == "ticks" {
			sent++
			return &graphql.Response{Data: fmt.Appendf(nil, "{%q:%d}", f.Alias, sent)}
		}
		select {
		case n := <-t.tick:
			return &graphql.Response{Data: fmt.Appendf(nil, "{%q:%d}", f.Alias, n)}
		case <-ctx.Done():
			return nil
		}
	}
}

func (t *theatre) object(ctx context.Context, op *graphql.OperationContext, set ast.SelectionSet, typeName string, parent *graphql.FieldContext) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range graphql.CollectFields(op, set, []string{typeName}) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", f.Alias)
		fc := &graphql.FieldContext{Object: typeName, Field: f, Parent: parent}
		b.Write(t.field(graphql.WithFieldContext(ctx, fc), op, f, typeName, fc))
	}
	b.WriteByte('}')
	return b.Bytes()
}

func (t *theatre) field(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField, typeName string, fc *graphql.FieldContext) (out []byte) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			out = []byte("null")
		}
	}()
	if f.Name == "__typename" {
		return fmt.Appendf(nil, "%q", typeName)
	}
	if f.Name == "show" {
		return t.object(ctx, op, f.Selections, "Show", fc)
	}
	if f.Name == "shows" || f.Name == "nodes" || f.Name == "__schema" || f.Name == "__type" {
		return []byte("null")
	}
	t.mu.Lock()
	t.ran = append(t.ran, f.Name)
	t.mu.Unlock()
	v, err := t.resolve(ctx, f.Name, f.ArgumentMap(op.Variables))
	if err != nil {
		graphql.AddError(ctx, graphql.ErrorOnPath(ctx, err))
		return []byte("null")
	}
	out, _ = json.Marshal(v)
	return out
}

func (t *theatre) resolve(ctx context.Context, name string, args map[string]any) (any, error) {
	switch name {
	case "fail":
		return t.fail(ctx, args["how"].(string))
	case "many":
		n, _ := whole(args["n"])
		for range n {
			graphql.AddError(ctx, errs.New(errs.Invalid, "Wrong."))
		}
		return nil, nil
	case "large":
		n, _ := whole(args["bytes"])
		return strings.Repeat("x", n), nil
	case "wait":
		t.began <- name
		<-ctx.Done()
		t.ended <- name
		return nil, ctx.Err()
	case "echo":
		return args["text"], nil
	case "distribute":
		return len(args["moves"].([]any)), nil
	case "put":
		return t.put(ctx, args)
	}
	return name, nil
}

func (t *theatre) fail(ctx context.Context, how string) (any, error) {
	switch how {
	case "panic":
		panic("secret of the stack")
	case "typed":
		return nil, fmt.Errorf("lock row: %w", errs.New(errs.Conflict, "The seat was taken meanwhile: choose another.").At("moves", "3"))
	case "internalTyped":
		return nil, errs.New(errs.Internal, "secret internal text")
	case "argument":
		ctx = graphql.WithPathContext(ctx, graphql.NewPathWithField("input"))
		return nil, graphql.ErrorOnPath(ctx, errors.New("map[string]interface {} secret is not an Upload"))
	case "hooked":
		return nil, errors.New("hooked")
	}
	return nil, errors.New(`pq: relation "secret_table" does not exist`)
}

// put reads every upload it is given, twice, and tells names, sizes and texts.
func (t *theatre) put(ctx context.Context, args map[string]any) (any, error) {
	var told []string
	tell := func(v any) error {
		u, err := graphql.UnmarshalUpload(v)
		if err != nil {
			return graphql.ErrorOnPath(graphql.WithPathContext(ctx, graphql.NewPathWithField("file")), err)
		}
		for range 2 {
			if _, err := u.File.Seek(0, io.SeekStart); err != nil {
				return err
			}
			text, err := io.ReadAll(io.LimitReader(u.File, 20))
			if err != nil {
				return err
			}
			told = append(told, fmt.Sprintf("%s/%d/%s", u.Filename, u.Size, text))
		}
		told = told[:len(told)-1]
		return nil
	}
	list, _ := args["files"].([]any)
	for _, v := range append([]any{args["file"], args["second"]}, list...) {
		if v == nil {
			continue
		}
		if err := tell(v); err != nil {
			return nil, err
		}
	}
	return strings.Join(told, " "), nil
}
