package command_test

import (
	"context"
	"encoding/json"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/idempotency"
	"gradin/server/oid"
)

func TestMutations_API4_aRepeatedCallIsCarriedOutOnce(t *testing.T) {
	schema := published(t)
	furnished(t, func(t *testing.T, c config.Serve) {
		c.Development, c.Workers = true, 0
		c.Limits.RateComplexity = 1_000_000
		r := &repeater{T: t, schema: schema, Server: start(t, c, io.Discard)}
		r.mine = get(t, r.Server, "SELECT organisation_id FROM users WHERE email = 'relay@hautesroches.example'")
		r.relay, r.operator = signIn(t, r.URL, "relay@hautesroches.example"), signIn(t, r.URL, "operateur@theatredesroches.example")
		r.admin = signIn(t, r.URL, "admin@theatredesroches.example")
		for _, field := range schema.Mutation.Fields {
			input := schema.Types[inputOf(field)]
			keyed := input != nil && input.Fields.ForName("idempotencyKey") != nil
			marked := field.Directives.ForName("idempotent") != nil
			prepare, ready := repeatable[field.Name]
			switch {
			case keyed != marked:
				t.Errorf("%s: the directive and the input field belong together", field.Name)
			case !marked && unkeyed[field.Name] == "":
				t.Errorf("%s is not marked @idempotent: mark it, or say in unkeyed why not", field.Name)
			case marked && !ready:
				t.Errorf("%s is marked @idempotent but not tested: add it to repeatable", field.Name)
			case marked:
				t.Run(field.Name, func(t *testing.T) { r.prove(t, field, prepare) })
			}
		}
	})
}

func inputOf(field *ast.FieldDefinition) string {
	if a := field.Arguments.ForName("input"); a != nil {
		return a.Type.Name()
	}
	return ""
}

// repeater repeats calls on one engine.
type repeater struct {
	*testing.T
	*command.Server
	schema                 *ast.Schema
	mine                   uuid.UUID
	relay, operator, admin string
	// as is who makes the next calls.
	as     string
	ticket int
}

// prove sends a call three times at once and once more, then another input.
func (r *repeater) prove(t *testing.T, field *ast.FieldDefinition, prepare func(*repeater) (input, other map[string]any)) {
	r.as = r.relay
	input, other := prepare(r)
	input["idempotencyKey"] = "key of " + field.Name
	other["idempotencyKey"] = input["idempotencyKey"]
	noted := r.noted(t)
	var group sync.WaitGroup
	objects := make([]string, 3)
	for i := range objects {
		group.Go(func() { objects[i] = r.object(t, field, input) })
	}
	group.Wait()
	before := dump(t, r.Server, r.mine)
	for _, o := range append(objects, r.object(t, field, input)) {
		if o == "" || o != objects[0] {
			t.Errorf("the same call answers %q and %q", objects[0], o)
		}
	}
	if n := r.noted(t) - noted; n != 1 {
		t.Errorf("the same call was carried out %d times", n)
	}
	if a := r.call(t, field, other); a.code(field.Name) != "IDEMPOTENCY_CONFLICT" {
		t.Errorf("another input under the same key is answered %.300s", a.text)
	}
	if after := dump(t, r.Server, r.mine); after != before {
		t.Errorf("a repeated or refused call changed something: %s", firstDifference(before, after))
	}
	input["idempotencyKey"] = ""
	if a := r.call(t, field, input); a.code(field.Name) != "INVALID" {
		t.Errorf("an empty key is answered %.300s", a.text)
	}
}

// noted counts what the audit log says was done in the organisation; of a run
// that is planned at once there is one more line when its plan is stored.
func (r *repeater) noted(t *testing.T) int {
	n, err := db.Get[int](system(), r.Store, `SELECT count(*) FROM audit_entries WHERE organisation_id = $1::uuid`, r.mine)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (r *repeater) call(t testing.TB, field *ast.FieldDefinition, input map[string]any) answered {
	w := walk{schema: r.schema}
	b := body{schema: w.schema}
	ask := request{variables: map[string]any{"input": input}}
	ask.query = "mutation($input: " + field.Arguments[0].Type.String() + ") { it: " + field.Name + "(input: $input)" + b.of(field.Type, nil) + " }"
	if _, sends := input["file"]; sends {
		ask.upload = "variables.input.file"
	}
	return ask.send(t, r.URL, r.as)
}

// object is the id of what a call says it made or changed, or all that it says of it.
func (r *repeater) object(t testing.TB, field *ast.FieldDefinition, input map[string]any) string {
	a := r.call(t, field, input)
	var got struct{ Data struct{ It map[string]any } }
	if err := json.Unmarshal([]byte(a.text), &got); err != nil {
		t.Fatal(err)
	}
	for _, value := range got.Data.It {
		if list, is := value.([]any); is && len(list) > 0 {
			value = list[0]
		}
		object, is := value.(map[string]any)
		if is && object["id"] != nil {
			return object["id"].(string)
		}
		if is && object["origin"] != nil { // a model of mails has no id: it is what it says
			return asJSON(object)
		}
	}
	t.Errorf("%s answers %.400s", field.Name, a.text)
	return ""
}

// code is the code of the payload's refusal.
func (a answered) code(string) string {
	var got struct {
		Data struct {
			It struct{ UserErrors []struct{ Code string } }
		}
	}
	if json.Unmarshal([]byte(a.text), &got) != nil || len(got.Data.It.UserErrors) == 0 {
		return ""
	}
	return got.Data.It.UserErrors[0].Code
}

func (r *repeater) moves(email string) map[string]any {
	id := get(r.T, r.Server, `SELECT t.id FROM tickets t JOIN performances p ON p.id = t.performance_id
		WHERE t.owner_id = (SELECT structure_id FROM users WHERE email = 'relay@hautesroches.example') AND t.holder_id IS NULL
		AND p.starts_at > $1::timestamptz ORDER BY t.number LIMIT 1`, db.Now())
	return map[string]any{"moves": []any{map[string]any{"ticketId": oid.Encode(id), "email": email, "firstName": "A", "lastName": "B"}}}
}

func (r *repeater) plan() string {
	return r.object(r.T, r.schema.Mutation.Fields.ForName("planDistribution"), r.moves("planned@courrier.example"))
}

// broken is a run that ended because of trouble inside.
func (r *repeater) broken() string {
	id := r.plan()
	decoded, err := oid.Decode(id)
	if err != nil {
		r.Fatal(err)
	}
	if _, err := r.Store.Exec(system(), `UPDATE executions SET state = 'DONE', result = 'ERROR', problem_key = 'INTERNAL', ended_at = $1::timestamptz
		WHERE id = $2::uuid`, db.Now(), decoded); err != nil {
		r.Fatal(err)
	}
	return id
}

// finished is a run that gave something.
func (r *repeater) finished() string {
	id := r.plan()
	decoded, err := oid.Decode(id)
	if err != nil {
		r.Fatal(err)
	}
	if _, err := r.Store.Exec(system(), `UPDATE executions SET state = 'DONE', result = 'OK', distributed = 1, ended_at = $1::timestamptz
		WHERE id = $2::uuid`, db.Now(), decoded); err != nil {
		r.Fatal(err)
	}
	return id
}

func (r *repeater) token(name string) string {
	return r.object(r.T, r.schema.Mutation.Fields.ForName("createApiToken"), map[string]any{"name": name, "scopes": []string{"READ"}})
}

func (r *repeater) failedMails() (string, string) {
	if _, err := r.Store.Exec(system(), "UPDATE mails SET state = 'FAILED', sent_at = NULL WHERE organisation_id = $1::uuid", r.mine); err != nil {
		r.Fatal(err)
	}
	of := func(order string) string {
		return oid.Encode(get(r.T, r.Server, "SELECT id FROM mails WHERE organisation_id = $1::uuid ORDER BY id "+order+" LIMIT 1", r.mine))
	}
	return of("ASC"), of("DESC")
}

func TestForget_API4_keysLastAsLongAsSaid(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		s := start(t, defaults(t, databaseURL), io.Discard)
		now := time.Now()
		take := func(at time.Time) (repeated bool) {
			err := s.Store.WithTx(idempotency.With(system(), idempotency.Call{Key: "k", Verb: "test"}), func(ctx context.Context, tx *db.Tx) (err error) {
				_, repeated, err = idempotency.Take(ctx, tx, idempotency.Work{At: at})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return repeated
		}
		forget := func(before time.Time) {
			if err := idempotency.Forget(system(), s.Store, before); err != nil {
				t.Fatal(err)
			}
		}
		if take(now) {
			t.Error("an unused key counts as used")
		}
		if forget(now.Add(-time.Hour)); !take(now) {
			t.Error("a young key was forgotten")
		}
		if forget(now.Add(time.Hour)); take(now) {
			t.Error("an old key was kept")
		}
	})
}
