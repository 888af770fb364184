package command_test

import (
	"context"
	"encoding/json"
	"io"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/demo"
	"gradin/server/viewer"
)

// The walk (AC-4) is written by the schema: every root field is asked for all
// that can be reached from it, with each argument that names an object naming an
// own, a foreign and an unknown one in turn, by every role. A new field, type,
// argument or kind of object that it does not reach fails the test.

// apart are root fields that the walk leaves out, and why.
var apart = map[string]string{
	"Mutation.signIn":  "names no object; its answers are compared by the tests of server/account",
	"Mutation.signOut": "names no object, and would end the walker's session",
}

// unseen are types that no answer of the demo holds, and why.
var unseen = map[string]string{
	"SignInPayload": "of a root field left out", "SignOutPayload": "of a root field left out",
	"Anonymisation":   "the walk asks no mutation about its own; TestAnonymise_AC5_isForAdminsOfTheOrganisation does",
	"SeatPlanProblem": "the walk's file is no plan at all", "SeatPlanChanges": "the walk's file is no plan at all",
}

// walkers are the users of the first organisation; nobody is one, too.
var walkers = []walker{
	{}, {email: "admin@fcgranval.example", staff: true}, {email: "operateur@fcgranval.example", staff: true},
	{email: "lecture@fcgranval.example", staff: true}, {email: "controle@fcgranval.example"},
	{email: "relay@banquedulac.example"}, {email: "camille.moreau@courrier.example"},
}

type walker struct {
	email string
	// staff see all of the organisation, the others their own side of it.
	staff bool
	// cookie is the session's.
	cookie string
	// secrets are what no answer to the walker may hold.
	secrets *secrets
}

func TestWalk_AC4_everyFieldKeepsOthersOut(t *testing.T) {
	schema := published(t)
	furnished(t, func(t *testing.T, c config.Serve) {
		// Nobody carries out the runs that the walk begins, so that they stand still.
		c.Development, c.Workers = true, 0
		c.RateOperations, c.RateComplexity, c.RateUploads, c.MaxComplexity, c.MaxNodes = 1e6, 1e9, 1e6, 1e6, 1e4
		s := start(t, c, io.Discard)
		token(t, c, "operateur@theatredesroches.example", true)
		token(t, c, "relay@banquedulac.example", true)
		token(t, c, "relay@energiescombe.example", true)
		for _, relay := range []string{"relay@banquedulac.example", "relay@energiescombe.example", "relay@hautesroches.example"} {
			carts(t, s, relay)
			watches(t, s, relay)
		}
		h := houses(t, s)
		w := &walk{t: t, s: s, schema: schema, houses: h, reached: map[string]bool{}, seen: map[string]bool{}}
		before := dump(t, s, h.other)
		var group sync.WaitGroup
		for _, who := range walkers {
			who.cookie, who.secrets = signIn(t, s.URL, who.email), h.secretsOf(t, s, who)
			group.Go(func() { w.all(who) })
		}
		group.Wait()
		if after := dump(t, s, h.other); after != before {
			t.Errorf("the other organisation's rows have changed:\n%s", firstDifference(before, after))
		}
		w.complete()
	})
}

// walk is one engine's.
type walk struct {
	t      *testing.T
	s      *command.Server
	schema *ast.Schema
	houses *house

	mu sync.Mutex
	// reached are the fields asked for, seen the types answered.
	reached, seen map[string]bool
}

func (w *walk) all(who walker) {
	for _, root := range []*ast.Definition{w.schema.Query, w.schema.Mutation, w.schema.Subscription} {
		for _, field := range root.Fields {
			name := root.Name + "." + field.Name
			if strings.HasPrefix(field.Name, "__") || apart[name] != "" {
				continue
			}
			w.field(who, root, field)
		}
	}
}

func (w *walk) field(who walker, root *ast.Definition, field *ast.FieldDefinition) {
	name := root.Name + "." + field.Name
	changes := root == w.schema.Mutation
	holes, err := holesOf(w.schema, field)
	if err != nil {
		w.t.Errorf("%s: %v", name, err)
		return
	}
	if len(holes) == 0 || !changes && optional(field) {
		for _, end := range []string{"first", "last"} {
			w.ask(who, name, w.request(root, field, nil, nil, end))
		}
	}
	for _, hole := range holes {
		ask := func(ids map[string]string) string {
			return w.ask(who, name+" "+hole.String(), w.request(root, field, &hole, ids, "first"))
		}
		if !changes {
			ask(w.houses.own)
		}
		unknown := ask(w.houses.unknown)
		if foreign := ask(w.houses.foreign); foreign != unknown {
			w.t.Errorf("%s at %s as %q: a foreign id answers\n%.600s\nan unknown one\n%.600s", name, hole, who.email, foreign, unknown)
		}
		if who.staff || w.houses.neighbour[hole.kind] == "" {
			continue
		}
		if neighbour := ask(w.houses.neighbour); neighbour != unknown {
			w.t.Errorf("%s at %s as %q: another sponsor's id answers\n%.600s\nan unknown one\n%.600s", name, hole, who.email, neighbour, unknown)
		}
	}
}

// ask sends a request, looks through the answer for what the walker may not
// know, and gives it without what differs from call to call.
func (w *walk) ask(who walker, name string, r request) string {
	answer := r.send(w.t, w.s.URL, who.cookie)
	if secret := who.secrets.in(answer.leaves, r.ids); secret != "" {
		w.t.Errorf("%s as %q tells %q: %.600s", name, who.email, secret, answer.text[max(0, strings.Index(answer.text, secret)-900):])
	}
	if strings.Contains(answer.text, "GRAPHQL_VALIDATION_FAILED") || strings.Contains(answer.text, `"INTERNAL"`) {
		w.t.Errorf("%s as %q: the walk's document is not answered: %.600s\n%.300s", name, who.email, answer.text, r.query)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range r.fields {
		w.reached[f] = true
	}
	for _, typename := range answer.types {
		w.seen[typename] = true
	}
	return answer.steady
}

// complete finds what of the schema the walk has not come to.
func (w *walk) complete() {
	for _, d := range w.schema.Types {
		if d.BuiltIn || d.Kind != ast.Object || d == w.schema.Query || d == w.schema.Mutation || d == w.schema.Subscription {
			continue
		}
		if _, excused := unseen[d.Name]; !excused && !w.seen[d.Name] {
			w.t.Errorf("no answer of the walk holds a %s: let it reach one, or say in unseen why not", d.Name)
		}
		if why := unseen[d.Name]; why != "" {
			continue
		}
		for _, f := range d.Fields {
			if !w.reached[d.Name+"."+f.Name] {
				w.t.Errorf("the walk does not reach %s.%s", d.Name, f.Name)
			}
		}
	}
	var left []string
	for name := range apart {
		root, field, _ := strings.Cut(name, ".")
		if d := w.schema.Types[root]; d == nil || d.Fields.ForName(field) == nil {
			left = append(left, name)
		}
	}
	sort.Strings(left)
	if len(left) > 0 {
		w.t.Errorf("these are left out but no more in the schema: %s", strings.Join(left, ", "))
	}
}

// signIn starts a session and gives its cookie; none for nobody.
func signIn(t *testing.T, address, email string) string {
	t.Helper()
	if email == "" {
		return ""
	}
	variables := map[string]any{"input": map[string]string{"email": email, "password": demo.Password}}
	r := request{query: `mutation($input: SignInInput!) { signIn(input: $input) { viewer { user { email } } } }`, variables: variables}
	answer := r.send(t, address, "")
	if answer.cookie == "" {
		t.Fatalf("%s is not signed in: %s", email, answer.text)
	}
	return answer.cookie
}

func system() context.Context { return viewer.With(context.Background(), viewer.System("test")) }

func asJSON(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}
