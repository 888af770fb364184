package command_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"gradin/server/command"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// walk is what is asked of each root field. {Tag} stands for the id of an
// object of that kind of the other organisation. A field that is not here
// fails the test (AC-4).
var walk = map[string]string{
	"Query.node":               `{ a: node(id: {Ticket}) { id } b: node(id: {Contact}) { id } c: node(id: {Execution}) { id } d: node(id: {Mail}) { id } e: node(id: {Product}) { id } f: node(id: {Performance}) { id } g: node(id: {Season}) { id } h: node(id: {User}) { id } i: node(id: {Organisation}) { id } j: node(id: {PointOfSale}) { id } k: node(id: {Tariff}) { id } l: node(id: {SeatCategory}) { id } m: node(id: {Contingent}) { id } n: node(id: {APIToken}) { id } }`,
	"Query.nodes":              `{ nodes(ids: [{Ticket}, {Contact}, {Execution}, {Mail}, {Product}, {User}]) { id } }`,
	"Query.viewer":             ``, // speaks of the caller alone
	"Query.seasons":            ``, // takes no id; its answer is searched for foreign words
	"Query.sponsors":           `{ sponsors(search: "Fondation") { totalCount edges { node { id name } } } }`,
	"Query.tickets":            `{ a: tickets(filter: {productId: {Product}}) { totalCount edges { node { id } } } b: tickets(filter: {sponsorId: {Contact}}) { totalCount } c: tickets(filter: {performanceIds: [{Performance}]}) { totalCount } }`,
	"Query.heldProducts":       `{ a: heldProducts(sponsorId: {Contact}) { product { id } } b: heldProducts(seasonId: {Season}) { product { id } } }`,
	"Query.ticketingDashboard": `{ ticketingDashboard(productId: {Product}) { counts { allocated } product { name } groups { totalCount } contingents { id } seatCategories { id } } }`,
	"Query.executions":         `{ executions(sponsorId: {Contact}) { totalCount edges { node { id } } } }`,
	"Query.execution":          `{ execution(id: {Execution}) { id number rows { totalCount } downloads { original } } }`,
	"Query.mails":              `{ mails(executionId: {Execution}) { totalCount edges { node { id to text } } } }`,
	"Query.mailStates":         ``,

	"Mutation.signIn":                  ``, // tested by account; names no object
	"Mutation.signOut":                 ``,
	"Mutation.updatePreferences":       ``,
	"Mutation.changePassword":          ``,
	"Mutation.createApiToken":          ``,
	"Mutation.revokeApiToken":          `mutation { revokeApiToken(input: {id: {APIToken}}) { token { id } userErrors { code message } } }`,
	"Mutation.exportTicketDetails":     `mutation { exportTicketDetails(input: {filter: {productId: {Product}, sponsorId: {Contact}}}) { ticketCount userErrors { code message } } }`,
	"Mutation.planTicketHoldersImport": ``, // takes a file; reach is tested by distribution (DI-6)
	"Mutation.importTicketHolders":     ``,
	"Mutation.planDistribution":        `mutation { planDistribution(input: {sponsorId: {Contact}, moves: [{ticketId: {Ticket}, email: "x@y.example", firstName: "X", lastName: "Y"}]}) { execution { rows { edges { node { outcome ticketLabel problem { code } } } } } userErrors { code message } } }`,
	"Mutation.distribute":              `mutation { distribute(input: {sponsorId: {Contact}, moves: [{ticketId: {Ticket}, email: "x@y.example", firstName: "X", lastName: "Y"}]}) { execution { rows { edges { node { outcome ticketLabel problem { code } } } } } userErrors { code message } } }`,
	"Mutation.applyPlan":               `mutation { applyPlan(input: {executionId: {Execution}}) { execution { id } userErrors { code message } } }`,
	"Mutation.cancelExecution":         `mutation { cancelExecution(input: {id: {Execution}}) { execution { id } userErrors { code message } } }`,
	"Mutation.retryExecution":          `mutation { retryExecution(input: {id: {Execution}}) { execution { id } userErrors { code message } } }`,
	"Mutation.resendMails":             `mutation { resendMails(input: {ids: [{Mail}]}) { mails { id } userErrors { code message } } }`,

	"Subscription.executionProgress": ``, // the resolver reads the execution first, as Query.execution does; see the test below
}

// kinds are the objects of the other organisation, and where one is found.
var kinds = map[string]struct {
	tag   oid.Tag
	query string
}{
	"Ticket":       {oid.Ticket, "SELECT id FROM tickets WHERE organisation_id = $1::uuid ORDER BY number LIMIT 1"},
	"Contact":      {oid.Contact, "SELECT id FROM contacts WHERE organisation_id = $1::uuid AND kind = 'STRUCTURE' ORDER BY number LIMIT 1"},
	"Execution":    {oid.Execution, "SELECT id FROM executions WHERE organisation_id = $1::uuid ORDER BY number LIMIT 1"},
	"Mail":         {oid.Mail, "SELECT id FROM mails WHERE organisation_id = $1::uuid ORDER BY id LIMIT 1"},
	"Product":      {oid.Product, "SELECT id FROM products WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"Performance":  {oid.Performance, "SELECT id FROM performances WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"Season":       {oid.Season, "SELECT id FROM seasons WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"User":         {oid.User, "SELECT id FROM users WHERE organisation_id = $1::uuid ORDER BY email LIMIT 1"},
	"Organisation": {oid.Organisation, "SELECT id FROM organisations WHERE id = $1::uuid"},
	"PointOfSale":  {oid.PointOfSale, "SELECT id FROM point_of_sales WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"Tariff":       {oid.Tariff, "SELECT id FROM tariffs WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"SeatCategory": {oid.SeatCategory, "SELECT id FROM seat_categories WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"Contingent":   {oid.Contingent, "SELECT id FROM contingents WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1"},
	"APIToken":     {oid.APIToken, "SELECT a.id FROM api_tokens a JOIN users u ON u.id = a.user_id WHERE u.organisation_id = $1::uuid LIMIT 1"},
}

// roles are the users of the first organisation; nobody is one, too.
var roles = []string{
	"", "admin@fcgranval.example", "operateur@fcgranval.example", "lecture@fcgranval.example",
	"controle@fcgranval.example", "relay@banquedulac.example", "camille.moreau@courrier.example",
}

func TestWalk_AC4_foreignIdsAnswerLikeUnknownOnes(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		c.Demo = true
		s := start(t, c, io.Discard)
		ctx := viewer.With(context.Background(), viewer.System("test"))
		token(t, c, "operateur@theatredesroches.example", true) // so that there is a foreign token
		other, err := db.Get[uuid.UUID](ctx, s.Store, "SELECT id FROM organisations WHERE name LIKE 'Th%'")
		if err != nil {
			t.Fatal(err)
		}
		foreign, unknown := map[string]string{}, map[string]string{}
		for name, k := range kinds {
			id, err := db.Get[uuid.UUID](ctx, s.Store, k.query, other)
			if err != nil {
				t.Fatalf("%s of the other organisation: %v", name, err)
			}
			foreign[name], unknown[name] = oid.Encode(id), oid.Encode(oid.New(k.tag))
		}
		before := dump(t, s, other)
		fields := rootFields(t)
		for _, who := range roles {
			secret := ""
			if who != "" {
				secret = token(t, c, who, true)
			}
			for _, field := range fields {
				query, covered := walk[field]
				if !covered {
					t.Errorf("%s is not covered: add it to the walk", field)
					continue
				}
				if query == "" {
					continue
				}
				asked := post(t, s.URL, secret, fillIn(query, foreign))
				absent := post(t, s.URL, secret, fillIn(query, unknown))
				if asked != absent {
					t.Errorf("%s as %q: a foreign id answers\n%s\nan unknown one\n%s", field, who, asked, absent)
				}
				if strings.Contains(asked, "Roches") {
					t.Errorf("%s as %q speaks of the other organisation: %s", field, who, asked)
				}
			}
		}
		if after := dump(t, s, other); after != before {
			t.Error("the other organisation's rows have changed")
		}
	})
}

// rootFields lists every field of the three root types of the published contract.
func rootFields(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	schema, gqlErr := gqlparser.LoadSchema(&ast.Source{Input: string(text)})
	if gqlErr != nil {
		t.Fatal(gqlErr)
	}
	var fields []string
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		for _, f := range root.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				fields = append(fields, root.Name+"."+f.Name)
			}
		}
	}
	sort.Strings(fields)
	return fields
}

func fillIn(query string, ids map[string]string) string {
	for name, id := range ids {
		query = strings.ReplaceAll(query, "{"+name+"}", `"`+id+`"`)
	}
	return query
}

var varying = regexp.MustCompile(`"reference":"[^"]*"|"extensions":\{"cost":\{[^}]*\}\}|[A-Za-z0-9_-]{22}`)

// post asks and gives the answer without what differs from call to call.
func post(t testing.TB, address, secret, query string) string {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"query": query})
	request, _ := http.NewRequest(http.MethodPost, address+"/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	if secret != "" {
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(answer.StatusCode, " ", varying.ReplaceAllString(ordered(t, text), "…"))
}

// ordered sorts the errors of an answer: root fields are resolved side by side,
// and which of them fails first is chance.
func ordered(t testing.TB, answer []byte) string {
	t.Helper()
	var parts map[string]json.RawMessage
	if json.Unmarshal(answer, &parts) != nil {
		return string(answer)
	}
	var refusals []json.RawMessage
	if json.Unmarshal(parts["errors"], &refusals) == nil {
		sort.Slice(refusals, func(i, j int) bool { return string(refusals[i]) < string(refusals[j]) })
		parts["errors"], _ = json.Marshal(refusals)
	}
	text, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dump is all that the store holds of an organisation, but for its tokens' use.
func dump(t testing.TB, s *command.Server, organisation uuid.UUID) string {
	t.Helper()
	ctx := viewer.With(context.Background(), viewer.System("test"))
	var all strings.Builder
	for _, table := range []string{"tickets", "contacts", "executions", "mails", "execution_rows", "history_entries", "holder_links", "audit_entries", "files", "orders", "capacities"} {
		lines, err := db.Select(ctx, s.Store, func(r *sql.Rows) (string, error) {
			names, err := r.Columns()
			if err != nil {
				return "", err
			}
			cells := make([]any, len(names))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := r.Scan(cells...); err != nil {
				return "", err
			}
			line := ""
			for _, c := range cells {
				line += fmt.Sprint(*(c.(*any)), "|")
			}
			return line, nil
		}, "SELECT * FROM "+table+" WHERE organisation_id = $1::uuid", organisation)
		if err != nil {
			t.Fatal(err)
		}
		sort.Strings(lines)
		all.WriteString(table + "\n" + strings.Join(lines, "\n"))
	}
	return all.String()
}
