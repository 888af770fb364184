package command_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	"gradin/ent/user"
	"gradin/server/audit"
	"gradin/server/check"
	"gradin/server/command"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
)

// TestAnonymise_AC5_leavesNothingOfAPersonAndEveryRule gives a guest all that an
// organisation can hold on somebody, writes it down, forgets him, and looks for
// him in every table.
func TestAnonymise_AC5_leavesNothingOfAPersonAndEveryRule(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		c.Demo, c.Development, c.RateSignIns = true, true, 100
		p := &person{T: t, Server: start(t, c, io.Discard), run: func(question string, args ...any) { until(t, c, question, args...) }}
		p.live()
		if got := p.plan(p.admin); got.Possible || len(got.Obstacles) != 1 || !strings.Contains(got.Obstacles[0], "4 billets pour des dates à venir") {
			t.Fatalf("with tickets that are still to come: %+v", got)
		}
		if said := p.anonymise(p.admin); !strings.Contains(said, "à venir") {
			t.Fatalf("he is forgotten although he still comes: %s", said)
		}
		p.over()
		p.written()
		p.forgotten()
		p.again()
	})
}

// TestAnonymise_AC5_isForAdminsOfTheOrganisation asks for each verb as everybody.
func TestAnonymise_AC5_isForAdminsOfTheOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		c.Demo, c.Development, c.RateSignIns = true, true, 100
		s := start(t, c, io.Discard)
		guest := oid.Encode(get(t, s, "SELECT contact_id FROM users WHERE email = 'camille.moreau@courrier.example'"))
		body := oid.Encode(get(t, s, "SELECT structure_id FROM users WHERE email = 'relay@banquedulac.example'"))
		for _, row := range []struct{ who, id, want string }{
			{"", guest, "UNAUTHENTICATED"}, {"relay@banquedulac.example", guest, "FORBIDDEN"}, {"camille.moreau@courrier.example", guest, "FORBIDDEN"},
			{"operateur@fcgranval.example", guest, "FORBIDDEN"}, {"lecture@fcgranval.example", guest, "FORBIDDEN"},
			{"admin@theatredesroches.example", guest, "NOT_FOUND"}, {"admin@fcgranval.example", oid.Encode(oid.New(oid.Contact)), "NOT_FOUND"},
			{"admin@fcgranval.example", body, "NOT_FOUND"}, {"admin@fcgranval.example", guest, ""},
		} {
			cookie := ""
			if row.who != "" {
				cookie = signIn(t, s.URL, row.who)
			}
			for _, call := range []string{
				`mutation($id: ID!) { it: planAnonymisation(input: {contactId: $id}) { anonymisation { possible } userErrors { code } } }`,
				`mutation($id: ID!) { it: exportPersonalData(input: {contactId: $id}) { url userErrors { code } } }`,
				`mutation($id: ID!) { it: anonymiseContact(input: {contactId: $id}) { individual { id } userErrors { code } } }`,
			} {
				a := request{query: call, variables: map[string]any{"id": row.id}}.send(t, s.URL, cookie)
				want := row.want
				if want == "" && strings.Contains(call, "anonymiseContact") {
					want = "CONFLICT" // he holds tickets that are still to come
				}
				if got := a.code("it"); got != want {
					t.Errorf("%q: %.60s is answered %q, want %q", row.who, call, got, want)
				}
			}
			a := request{query: `{ individuals(first: 1) { edges { node { id } } } }`}.send(t, s.URL, cookie)
			if refused := strings.Contains(a.text, `"errors"`); refused != (row.want == "UNAUTHENTICATED" || row.want == "FORBIDDEN") {
				t.Errorf("%q asks for persons: %.200s", row.who, a.text)
			}
		}
	})
}

// person is a guest of FC Granval with all that can be held on one.
type person struct {
	*testing.T
	*command.Server
	run          func(question string, args ...any)
	organisation uuid.UUID
	admin, relay string
	contact      *ent.Contact
	user         *ent.User
	tickets      []uuid.UUID
}

// What is looked for afterwards; in no other word of the demo.
const (
	firstOf, lastOf, emailOf = "Zacharie", "Quintessence", "Zacharie.Q@unique.example"
)

func (p *person) do(cookie, query string, variables map[string]any, into any) {
	p.Helper()
	a := request{query: query, variables: variables}.send(p.T, p.URL, cookie)
	var got struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal([]byte(a.text), &got); err != nil || len(got.Errors) > 0 || strings.Contains(a.text, `"userErrors":[{`) {
		p.Fatalf("%.80s: %.400s", query, a.text)
	}
	if into != nil {
		if err := json.Unmarshal(got.Data, into); err != nil {
			p.Fatal(err)
		}
	}
}

func (p *person) ended() { p.run("SELECT count(*) FROM executions WHERE ended_at IS NULL") }

func (p *person) write(statement string, args ...any) {
	p.Helper()
	if _, err := p.Store.Exec(system(), statement, args...); err != nil {
		p.Fatal(err)
	}
}

// live lets him get tickets by a file and by name, give one on, lose one, and be
// in a cart, an address book and a mail; he signs in, too.
func (p *person) live() {
	p.organisation = get(p.T, p.Server, "SELECT organisation_id FROM users WHERE email = 'relay@banquedulac.example'")
	p.relay, p.admin = signIn(p.T, p.URL, "relay@banquedulac.example"), signIn(p.T, p.URL, "admin@fcgranval.example")
	sponsor := get(p.T, p.Server, "SELECT structure_id FROM users WHERE email = 'relay@banquedulac.example'")
	free, err := db.Select(system(), p.Store, scanUUID, `SELECT t.id FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN performances f ON f.id = t.performance_id
		WHERE t.owner_id = $1::uuid AND t.holder_id IS NULL AND t.state = 'NOT_PRINTED' AND NOT t.on_resale AND pr.family <> 'SEASON_TICKET' AND pr.guest_limit IS NULL
		AND pr.guest_fields IS NULL AND f.starts_at > $2::timestamptz ORDER BY t.number LIMIT 8`, sponsor, db.Now().Add(5*24*3600*1e9))
	if err != nil || len(free) < 8 {
		p.Fatalf("%d free tickets, %v", len(free), err)
	}
	p.tickets = free[:6]
	moves := []any{}
	for _, id := range p.tickets {
		moves = append(moves, map[string]any{"ticketId": oid.Encode(id), "email": emailOf, "firstName": firstOf, "lastName": lastOf})
	}
	p.do(p.relay, `mutation($m: [MoveInput!]!) { distribute(input: {moves: $m}) { userErrors { message } } }`, map[string]any{"m": moves}, nil)
	p.ended()
	if p.contact, err = p.Store.Client.Contact.Query().Where(entcontact.EmailKey(strings.ToLower(emailOf))).Only(system()); err != nil {
		p.Fatal(err)
	}
	p.write("UPDATE contacts SET phone = '+33 Quintessence' WHERE id = $1::uuid", p.contact.ID)
	p.account()
	// He gives one on, the sponsor takes one back, and both are carts and books.
	mine := signIn(p.T, p.URL, "zacharie.login@unique.example")
	p.do(mine, `mutation { updatePreferences(input: {name: "Zacharie Quintessence"}) { userErrors { message } } }`, nil, nil)
	p.do(mine, `mutation($m: [MoveInput!]!) { distribute(input: {moves: $m}) { userErrors { message } } }`, map[string]any{"m": []any{
		map[string]any{"ticketId": oid.Encode(p.tickets[0]), "email": "friend@courrier.example", "firstName": "A", "lastName": "Friend"},
	}}, nil)
	p.ended()
	p.do(p.relay, `mutation($t: [ID!]!) { reclaim(input: {ticketIds: $t}) { userErrors { message } } }`,
		map[string]any{"t": []any{oid.Encode(p.tickets[1]), oid.Encode(p.tickets[0])}}, nil)
	p.ended()
	p.do(p.relay, `mutation($e: String!, $f: String!, $l: String!) { saveAddressBookEntry(input: {email: $e, firstName: $f, lastName: $l, note: "likes Quintessence"}) { userErrors { message } } }`,
		map[string]any{"e": emailOf, "f": firstOf, "l": lastOf}, nil)
	p.do(p.relay, `mutation($t: [ID!]!) { addToCart(input: {ticketIds: $t}) { userErrors { message } } }`, map[string]any{"t": []any{oid.Encode(free[6])}}, nil)
	line := oid.Encode(get(p.T, p.Server, "SELECT id FROM cart_lines WHERE ticket_id = $1::uuid", free[6]))
	p.do(p.relay, `mutation($l: ID!, $e: String!) { assignCartLines(input: {assignments: [{lineId: $l, guest: {email: $e, firstName: "Zacharie", lastName: "Quintessence"}}]}) { userErrors { message } } }`,
		map[string]any{"l": line, "e": emailOf}, nil)
	p.offered()
	p.sent(free[7])
}

// account lets him sign in, with the password of everybody in the demo.
func (p *person) account() {
	like, err := p.Store.Client.User.Query().Where(user.Email("camille.moreau@courrier.example")).Only(system())
	if err != nil {
		p.Fatal(err)
	}
	p.user, err = p.Store.Client.User.Create().SetOrganisationID(p.organisation).SetEmail("zacharie.login@unique.example").SetEmailKey("zacharie.login@unique.example").
		SetName("Z").SetRole(like.Role).SetPasswordHash(like.PasswordHash).SetContactID(p.contact.ID).SetNillablePointOfSaleID(like.PointOfSaleID).Save(system())
	if err != nil {
		p.Fatal(err)
	}
}

// offered lets somebody have offered him a ticket that he did not take.
func (p *person) offered() {
	if err := p.Store.Client.PassOn.Create().SetOrganisationID(p.organisation).SetTicketID(p.tickets[2]).SetGiverID(p.contact.ID).SetRecipientID(p.contact.ID).
		SetLinkID(1).SetGiverName(firstOf + " " + lastOf).SetEmail(emailOf).SetEmailKey(strings.ToLower(emailOf)).SetFirstName(firstOf).SetLastName(lastOf).
		SetState(term.PassOnStateExpired).SetExpiresAt(db.Now()).SetClosedAt(db.Now()).Exec(system()); err != nil {
		p.Fatal(err)
	}
}

// sent lets his address come in a file, in a row that is refused.
func (p *person) sent(id uuid.UUID) {
	file := p.Store.Client.StoredFile.Create().SetOrganisationID(p.organisation).SetName("guests.xlsx").SetSize(3).SetSha256(strings.Repeat("0", 64)).SetCreatedAt(db.Now())
	saved, err := file.Save(system())
	if err != nil {
		p.Fatal(err)
	}
	p.write("INSERT INTO file_chunks (organisation_id, stored_file_id, position, saved_at, content) VALUES ($1::uuid, $2::uuid, 0, $3::timestamptz, $4)",
		p.organisation, saved.ID, db.Now(), []byte("Zacharie Quintessence"))
	run := get(p.T, p.Server, "SELECT execution_id FROM execution_rows WHERE contact_id = $1::uuid ORDER BY execution_id LIMIT 1", p.contact.ID)
	p.write("UPDATE executions SET stored_file_id = $1::uuid, parameters = $2::text WHERE id = $3::uuid", saved.ID, `{"filter":{"search":"zacharie.q@unique.example"}}`, run)
	p.write("UPDATE execution_rows SET warnings = $1::text WHERE execution_id = $2::uuid", `[{"code":"DIFFERENT_NAME","value":"Zacharie Quintessence"}]`, run)
}

// over lets the day of his tickets pass.
func (p *person) over() {
	p.write("UPDATE performances SET starts_at = $1::timestamptz WHERE id IN (SELECT performance_id FROM tickets WHERE owner_id IS NOT NULL)", db.Now().Add(-48*3600*1e9))
}

type planned struct {
	Possible, Needed, Account                                                       bool
	Obstacles                                                                       []string
	Tickets, Links, Rows, Files, Mails, AddressBookEntries, CartLines, AuditEntries int
}

func (p *person) plan(cookie string) planned {
	p.Helper()
	var got struct {
		PlanAnonymisation struct{ Anonymisation planned }
	}
	p.do(cookie, `mutation($id: ID!) { planAnonymisation(input: {contactId: $id}) { anonymisation { possible needed obstacles tickets links rows files mails
		addressBookEntries cartLines account auditEntries } userErrors { message } } }`, map[string]any{"id": oid.Encode(p.contact.ID)}, &got)
	return got.PlanAnonymisation.Anonymisation
}

func (p *person) anonymise(cookie string) string {
	p.Helper()
	return request{
		query:     `mutation($id: ID!) { anonymiseContact(input: {contactId: $id}) { individual { name email anonymisedAt } userErrors { message } } }`,
		variables: map[string]any{"id": oid.Encode(p.contact.ID)},
	}.send(p.T, p.URL, cookie).text
}

// written fetches what is held on him: each section says something, and no barcode.
func (p *person) written() {
	var got struct{ ExportPersonalData struct{ URL string } }
	p.do(p.admin, `mutation($id: ID!) { exportPersonalData(input: {contactId: $id}) { url userErrors { message } } }`, map[string]any{"id": oid.Encode(p.contact.ID)}, &got)
	answer, err := http.Get(p.URL + got.ExportPersonalData.URL)
	if err != nil {
		p.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		p.Fatalf("%v: %.300s", err, text)
	}
	for _, name := range []string{
		"contact", "account", "sessions", "tickets", "links", "history", "mails", "offersMade", "offersReceived", "executionRows", "executions",
		"addressBookEntries", "cartLines", "audit",
	} {
		if len(sections[name]) < 5 {
			p.Errorf("the export says nothing in %s: %s", name, sections[name])
		}
	}
	for _, want := range []string{emailOf, "likes Quintessence", "+33 Quintessence", "account.signIn", "guests.xlsx"} {
		if !strings.Contains(string(text), want) && want != "guests.xlsx" {
			p.Errorf("the export does not say %q", want)
		}
	}
	for _, id := range p.tickets {
		barcode, err := db.Get[string](system(), p.Store, "SELECT barcode FROM tickets WHERE id = $1::uuid", id)
		if err != nil || strings.Contains(string(text), barcode) {
			p.Errorf("the export holds a barcode, or none can be read: %v", err)
		}
	}
}

// forgotten anonymises him and looks for what is left.
func (p *person) forgotten() {
	before := p.plan(p.admin)
	if !before.Possible || !before.Needed || before.Tickets < 4 || before.Links < 6 || before.Rows < 7 || before.Files != 1 || before.Mails < 1 ||
		before.AddressBookEntries != 1 || before.CartLines != 1 || !before.Account || before.AuditEntries < 2 {
		p.Fatalf("the plan says %+v", before)
	}
	if told := p.anonymise(p.admin); !strings.Contains(told, `"email":null`) || !strings.Contains(told, fmt.Sprintf(`"name":"#%d"`, p.contact.Number)) {
		p.Fatalf("he is told as %s", told)
	}
	held := strings.ToLower(dump(p.T, p.Server, p.organisation))
	for _, word := range []string{"zacharie", "quintessence", "unique.example"} {
		for _, line := range strings.Split(held, "\n") {
			if strings.Contains(line, word) {
				p.Errorf("%q is left: %.300s", word, line)
			}
		}
	}
	if n, err := db.Get[int](system(), p.Store, "SELECT count(*) FROM file_chunks WHERE stored_file_id NOT IN (SELECT id FROM stored_files)"); err != nil || n != 0 {
		p.Errorf("%d pieces of files are left behind, %v", n, err)
	}
	if n, err := db.Get[int](system(), p.Store, "SELECT count(*) FROM sessions WHERE user_id = $1::uuid", p.user.ID); err != nil || n != 0 {
		p.Errorf("he is signed in %d times, %v", n, err)
	}
	p.sound()
	if after := p.plan(p.admin); after.Needed {
		p.Errorf("afterwards the plan says %+v", after)
	}
	written := dump(p.T, p.Server, p.organisation)
	p.anonymise(p.admin)
	if now := dump(p.T, p.Server, p.organisation); now != written {
		p.Errorf("a second time changes something: %s", firstDifference(written, now))
	}
}

// sound proves every rule, and that the audit log can neither be altered nor be
// made anonymous in silence.
func (p *person) sound() {
	findings, err := check.All(system(), p.Store)
	if err != nil {
		p.Fatal(err)
	}
	for _, f := range findings {
		if f.Broken > 0 {
			p.Errorf("%s: %s is broken %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
	for _, statement := range []string{
		"UPDATE audit_entries SET actor = 'Nobody' WHERE user_id = $1::uuid", "UPDATE audit_entries SET verb = 'nothing', actor = '', address = '', salt = '' WHERE user_id = $1::uuid",
		"UPDATE history_entries SET actor = 'Nobody' WHERE user_id = $1::uuid", "UPDATE history_entries SET actor = '', state = 'PRINTED', event = 'PRINTED' WHERE user_id = $1::uuid",
	} {
		relay := get(p.T, p.Server, "SELECT id FROM users WHERE email = 'relay@banquedulac.example'")
		if n, err := p.Store.Exec(system(), statement, relay); err == nil && n > 0 {
			p.Errorf("%s changes %d entries", statement, n)
		}
	}
	// Undone again: what follows looks for the real thing.
	errUndone := fmt.Errorf("undone")
	err = p.Store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		relay, err := db.Get[uuid.UUID](ctx, tx, "SELECT id FROM users WHERE email = 'relay@banquedulac.example'")
		if err != nil {
			return err
		}
		if n, err := audit.Forget(ctx, tx, p.organisation, relay); err != nil || n == 0 {
			p.Errorf("%d entries could be made anonymous: %v", n, err)
		}
		if _, err := audit.Verify(ctx, tx, p.organisation); err == nil {
			p.Error("nobody says that the entries of a user were made anonymous, and the chain is called sound")
		}
		return errUndone
	})
	if err == nil {
		p.Error("it was not undone")
	}
}

// again lets his address be typed once more: he is somebody new.
func (p *person) again() {
	free := get(p.T, p.Server, `SELECT t.id FROM tickets t JOIN products pr ON pr.id = t.product_id WHERE t.owner_id = (SELECT structure_id FROM users WHERE email = 'relay@banquedulac.example')
		AND t.holder_id IS NULL AND t.state = 'NOT_PRINTED' AND NOT t.on_resale AND pr.family <> 'SEASON_TICKET' AND pr.guest_limit IS NULL AND pr.guest_fields IS NULL
		AND pr.distribution_closes_minutes IS NULL AND t.performance_id IN (SELECT id FROM performances WHERE distribution_closes_minutes IS NULL) ORDER BY t.number LIMIT 1`)
	p.do(p.relay, `mutation($m: [MoveInput!]!) { distribute(input: {moves: $m}) { userErrors { message } } }`, map[string]any{"m": []any{
		map[string]any{"ticketId": oid.Encode(free), "email": emailOf, "firstName": firstOf, "lastName": lastOf},
	}}, nil)
	p.ended()
	found, err := p.Store.Client.Contact.Query().Where(entcontact.EmailKey(strings.ToLower(emailOf))).Only(system())
	if err != nil || found.ID == p.contact.ID || found.AnonymisedAt != nil {
		p.Errorf("his address leads to %+v, %v", found, err)
	}
}

func scanUUID(r *sql.Rows) (uuid.UUID, error) {
	var id uuid.UUID
	return id, r.Scan(&id)
}
