package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"gradin/graph/generated"
	"gradin/graph/hot"
	"gradin/graph/model"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo/demotest"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// whole resolves tickets with all their parts, and has no hot lists: it is what
// the hot lists are compared with.
type whole struct{ *Resolver }

func (w whole) Query() generated.QueryResolver { return wholeQuery{&queryResolver{w.Resolver}} }

type wholeQuery struct{ *queryResolver }

func (q wholeQuery) Tickets(ctx context.Context, filter *model.TicketFilter, by *model.TicketOrder, first *int, after *string, last *int, before *string) (*model.TicketConnection, error) {
	w, err := windowOf("ticket."+string(*by), first, after, last, before)
	if err != nil {
		return nil, err
	}
	return q.ticketPage(ctx, ticket.Order(*by), w, filter, ticket.WithAll)
}

// TestHot_API1_plannedAnswersAreByteForByteTheOrdinaryOnes asks both for random
// selections: fragments, aliases, @skip, @include, __typename, and fields that
// cannot be planned.
func TestHot_API1_plannedAnswersAreByteForByteTheOrdinaryOnes(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		ctx := demoViewer(t, store)
		r := &Resolver{Store: store, Now: time.Now}
		r.Distribution = distribution.New(store, execution.New(store, slog.New(slog.DiscardHandler), time.Minute, time.Now), slog.New(slog.DiscardHandler), time.Now, 100)
		planned := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: r}))
		spy := &counted{Extension: HotLists()}
		planned.Use(spy)
		schema := generated.NewExecutableSchema(generated.Config{Resolvers: whole{r}})
		ordinary := executor.New(schema)
		for _, one := range paths(schema.Schema(), "Ticket") {
			document := "{ tickets(first: 4) { edges { node { " + one + " } } } }"
			if want, got := ask(ctx, t, ordinary, document, nil), ask(ctx, t, planned, document, nil); want != got {
				t.Fatalf("%s alone\nordinary %s\nplanned  %s", one, want, got)
			}
		}
		rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's
		for range 120 {
			g := &selector{rng: rng, schema: schema.Schema()}
			document := g.document()
			variables := map[string]any{
				"yes": rng.IntN(2) == 0, "no": rng.IntN(2) == 0, "first": rng.IntN(6), "by": []string{"PLACE", "NUMBER"}[rng.IntN(2)],
				"filter": g.filter(),
			}
			want, got := ask(ctx, t, ordinary, document, variables), ask(ctx, t, planned, document, variables)
			if want != got {
				t.Fatalf("%s\nvariables %v\nordinary %s\nplanned  %s", document, variables, want, got)
			}
		}
		if spy.planned < 90 || spy.ordinary < 5 {
			t.Errorf("%d edges were planned and %d were not: the selections test too little", spy.planned, spy.ordinary)
		}
	})
}

// counted counts what was planned and what was not.
type counted struct {
	hot.Extension
	planned, ordinary int
}

func (c *counted) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	answer, err := c.Extension.InterceptField(ctx, next)
	if graphql.GetFieldContext(ctx).Field.Name == "edges" {
		if _, is := answer.(graphql.Marshaler); is {
			c.planned++
		} else {
			c.ordinary++
		}
	}
	return answer, err
}

func ask(ctx context.Context, t *testing.T, x *executor.Executor, document string, variables map[string]any) string {
	t.Helper()
	ctx = graphql.StartOperationTrace(ctx)
	op, list := x.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables})
	if list != nil {
		t.Fatalf("%s\n%v", document, list)
	}
	respond, ctx := x.DispatchOperation(ctx, op)
	answer := respond(ctx)
	if len(answer.Errors) > 0 || !json.Valid(answer.Data) {
		t.Fatalf("%s\n%v\n%s", document, answer.Errors, answer.Data)
	}
	return string(answer.Data)
}

// demoViewer makes some of the demo's tickets odd, and gives the
// context of an operator of the club.
func demoViewer(t *testing.T, store *db.DB) context.Context {
	t.Helper()
	for _, change := range []string{
		`UPDATE tickets SET holder_first_name = '"Zoë" \ ' || chr(9) || chr(1), entrance = '', item = 'taille "M"' WHERE holder_id IS NOT NULL`,
		`UPDATE tickets SET contingent_id = NULL, area_name = '', row_name = '' WHERE holder_id IS NULL AND number > 60`,
		`UPDATE performances SET duration_minutes = NULL WHERE name <> ''`,
	} {
		if !store.Postgres() {
			change = strings.ReplaceAll(change, "chr(", "char(")
		}
		if _, err := store.Exec(dbtest.System(), change); err != nil {
			t.Fatal(err)
		}
	}
	organisation, err := db.Get[uuid.UUID](dbtest.System(), store, "SELECT id FROM organisations WHERE code = 'FCGRANVAL'")
	if err != nil {
		t.Fatal(err)
	}
	return viewer.With(context.Background(), viewer.Viewer{
		Organisation: viewer.UUID(organisation), Role: string(term.RoleOperator), User: viewer.UUID{1}, Language: "EN",
	})
}

// paths are selections of one leaf each: what a field needs must be read for it
// alone.
func paths(schema *ast.Schema, object string) []string {
	var all []string
	for _, f := range schema.Types[object].Fields {
		below := schema.Types[f.Type.Name()]
		if below.IsLeafType() {
			all = append(all, f.Name)
			continue
		}
		for _, p := range paths(schema, below.Name) {
			all = append(all, f.Name+" { "+p+" }")
		}
	}
	return all
}

// selector writes random documents over tickets.
type selector struct {
	rng       *rand.Rand
	schema    *ast.Schema
	fragments []string
	n         int
}

func (g *selector) document() string {
	edges := g.fields("TicketEdge", "node", "cursor")
	more := ""
	if g.rng.IntN(2) == 0 {
		more = " more: edges { cursor node { id " + g.fields("Ticket") + " } }"
	}
	count := ""
	if g.rng.IntN(8) == 0 {
		count = " totalCount"
	}
	body := fmt.Sprintf("tickets(first: $first, orderBy: $by, filter: $filter) { edges { %s }%s pageInfo { endCursor hasNextPage }%s }", edges, more, count)
	// Every variable must be used, whatever is selected below.
	const used = " __typename @skip(if: $yes) x: __typename @include(if: $no)"
	return "query($first: Int, $by: TicketOrder, $filter: TicketFilter, $yes: Boolean!, $no: Boolean!) { " + body + used + " } " + strings.Join(g.fragments, " ")
}

func (g *selector) filter() map[string]any {
	switch g.rng.IntN(4) {
	case 0:
		return map[string]any{"distributed": g.rng.IntN(2) == 0}
	case 1:
		return map[string]any{"from": "2020-01-01T00:00:00Z", "states": []any{"NOT_PRINTED", "PRINTED"}}
	case 2:
		return map[string]any{"search": "a"}
	}
	return nil
}

// fields selects from a type, at random if no names are given.
func (g *selector) fields(object string, names ...string) string {
	def := g.schema.Types[object]
	if len(names) == 0 {
		for _, f := range def.Fields {
			if slow := f.Name == "history" || f.Name == "distribution"; !slow && g.rng.IntN(2) == 0 || slow && g.rng.IntN(30) == 0 {
				names = append(names, f.Name)
			}
		}
		g.rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	}
	var out []string
	for _, name := range append(names, "__typename") {
		out = append(out, g.wrapped(object, g.field(def, name)))
	}
	if def.Kind == ast.Object && len(def.Interfaces) > 0 && g.rng.IntN(3) == 0 {
		out = append(out, "... on Node { __typename id }")
	}
	return strings.Join(out, " ")
}

func (g *selector) field(def *ast.Definition, name string) string {
	text := name
	if g.rng.IntN(4) == 0 {
		text = fmt.Sprintf("%s_%d: %s", name, g.rng.IntN(2), name)
	}
	text += []string{"", "", "", " @skip(if: $yes)", " @include(if: $no)", " @include(if: true)"}[g.rng.IntN(6)]
	if f := def.Fields.ForName(name); f != nil && !g.schema.Types[f.Type.Name()].IsLeafType() {
		text += " { " + g.fields(f.Type.Name()) + " }"
	}
	return text
}

// wrapped puts a selection into a fragment, now and then.
func (g *selector) wrapped(object, selection string) string {
	switch g.rng.IntN(8) {
	case 0:
		return "... { " + selection + " }"
	case 1:
		return "... on " + object + " @skip(if: $no) { " + selection + " }"
	case 2:
		g.n++
		g.fragments = append(g.fragments, fmt.Sprintf("fragment F%d on %s { %s }", g.n, object, selection))
		return fmt.Sprintf("...F%d", g.n)
	}
	return selection
}

// TestHot_API8_allPlainFieldsOfHotTypesArePlanned keeps a new column from making
// lists slow that select it: only fields with a resolver stay out.
func TestHot_API8_allPlainFieldsOfHotTypesArePlanned(t *testing.T) {
	t.Parallel()
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: &Resolver{}})
	if err := HotLists().Validate(schema); err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{"Ticket.history": true, "Ticket.distribution": true, "Ticket.takeBack": true, "Ticket.removal": true, "Ticket.guestFields": true}
	seen := map[*hotType]bool{}
	var look func(*hotType)
	look = func(o *hotType) {
		if seen[o] {
			return
		}
		seen[o] = true
		for _, f := range schema.Schema().Types[o.Name].Fields {
			planned, is := o.Fields[f.Name]
			if is == left[o.Name+"."+f.Name] && !strings.HasPrefix(f.Name, "__") {
				t.Errorf("%s.%s: planned is %t", o.Name, f.Name, is)
			}
			if planned.Object != nil {
				look(planned.Object)
			}
		}
	}
	look(hotTicket)
}

// TestHot_AC3_typesWithResolversOrDirectivesAreRefused proves the start-up check.
func TestHot_AC3_typesWithResolversOrDirectivesAreRefused(t *testing.T) {
	t.Parallel()
	with := func(name string, f hotField) *hotType {
		return &hotType{Name: "Ticket", Implements: []string{"Node"}, Fields: map[string]hotField{name: f}}
	}
	text := leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Item) })
	for name, c := range map[string]struct {
		node   *hotType
		change func(*ast.Schema)
		want   string
	}{
		"a field with a resolver":       {with("distribution", hotField{Object: hotPlace}), nil, "has a resolver"},
		"a field that is not there":     {with("barcode", text), nil, "no field barcode"},
		"a leaf that is an object":      {with("place", text), nil, "not a leaf"},
		"an object of another type":     {with("place", hotField{Object: hotHolder}), nil, "another thing"},
		"a missing null":                {with("holder", hotField{Object: hotHolder}), nil, "another thing"},
		"an interface that is missing":  {&hotType{Name: "Ticket"}, nil, "implements"},
		"a type that is not there":      {&hotType{Name: "Barcode"}, nil, "not in the schema"},
		"a field with a directive":      {with("item", text), directive("guarded"), "@guarded"},
		"a field with an argument":      {with("item", text), argument, "takes arguments"},
		"a deprecated field is allowed": {with("item", text), directive("deprecated"), ""},
	} {
		schema := generated.NewExecutableSchema(generated.Config{
			Resolvers: &Resolver{}, Schema: changed(t, c.change),
		})
		list := &hot.List[*model.TicketConnection, hotRow]{Connection: "TicketConnection", Edge: "TicketEdge", Node: c.node}
		err := hot.New[generated.ResolverRoot](list).Validate(schema)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func directive(name string) func(*ast.Schema) {
	return func(s *ast.Schema) {
		f := s.Types["Ticket"].Fields.ForName("item")
		f.Directives = append(f.Directives, &ast.Directive{Name: name})
	}
}

func argument(s *ast.Schema) {
	f := s.Types["Ticket"].Fields.ForName("item")
	f.Arguments = append(f.Arguments, &ast.ArgumentDefinition{Name: "language"})
}

// changed copies as much of the schema as a change touches.
func changed(t *testing.T, change func(*ast.Schema)) *ast.Schema {
	t.Helper()
	schema := *generated.NewExecutableSchema(generated.Config{Resolvers: &Resolver{}}).Schema()
	types := map[string]*ast.Definition{}
	for name, def := range schema.Types {
		types[name] = def
	}
	of := *types["Ticket"]
	of.Fields = nil
	for _, f := range types["Ticket"].Fields {
		one := *f
		of.Fields = append(of.Fields, &one)
	}
	types["Ticket"], schema.Types = &of, types
	if change != nil {
		change(&schema)
	}
	return &schema
}

// TestCursor_API1_isTheJSONThatIsRead holds the handwritten cursor to its reader.
func TestCursor_API1_isTheJSONThatIsRead(t *testing.T) {
	t.Parallel()
	for _, m := range []mark{
		{Order: "ticket.PLACE", Key: `2026|A "Nord" \ é` + "\t|1", ID: uuid.UUID{1, 2, 3}, Number: 12},
		{Order: "row", Number: -3},
		{Order: "contact.name", Key: strings.Repeat("long ", 100), ID: uuid.Max},
	} {
		cursor := m.cursor()
		w, err := windowOf(m.Order, nil, &cursor, nil, nil)
		if err != nil || w.at != m {
			t.Errorf("%+v became %+v, %v", m, w.at, err)
		}
	}
}
