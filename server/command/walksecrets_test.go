package command_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"sort"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/uuid"

	"gradin/ent/migrate"
	"gradin/server/command"
	"gradin/server/db"
	"gradin/server/oid"
)

// kinds are the objects that can be named, and where one is found: of an
// organisation ($1) and of a sponsor of it ($2). Those that belong to the whole
// house do not look at the sponsor.
var kinds = map[string]struct {
	tag   oid.Tag
	query string
}{
	"Ticket":           {oid.Ticket, "SELECT id FROM tickets WHERE organisation_id = $1::uuid AND owner_id = $2::uuid AND holder_id IS NULL ORDER BY number LIMIT 1"},
	"Individual":       {oid.Contact, "SELECT holder_id FROM tickets WHERE organisation_id = $1::uuid AND owner_id = $2::uuid AND holder_id IS NOT NULL ORDER BY number LIMIT 1"},
	"Contact":          {oid.Contact, "SELECT id FROM contacts WHERE organisation_id = $1::uuid AND id = $2::uuid"},
	"Execution":        {oid.Execution, "SELECT id FROM executions WHERE organisation_id = $1::uuid AND sponsor_id = $2::uuid AND ended_at IS NOT NULL ORDER BY number LIMIT 1"},
	"Mail":             {oid.Mail, "SELECT id FROM mails WHERE organisation_id = $1::uuid AND giver_id = $2::uuid ORDER BY id LIMIT 1"},
	"User":             {oid.User, "SELECT id FROM users WHERE organisation_id = $1::uuid AND structure_id = $2::uuid ORDER BY email LIMIT 1"},
	"ApiToken":         {oid.APIToken, "SELECT a.id FROM api_tokens a JOIN users u ON u.id = a.user_id WHERE u.organisation_id = $1::uuid AND COALESCE(u.structure_id, $2::uuid) = $2::uuid LIMIT 1"},
	"SavedView":        {oid.SavedView, "SELECT s.id FROM saved_views s JOIN users u ON u.id = s.user_id WHERE u.organisation_id = $1::uuid AND u.structure_id = $2::uuid LIMIT 1"},
	"CartLine":         {oid.CartLine, "SELECT id FROM cart_lines WHERE organisation_id = $1::uuid AND sponsor_id = $2::uuid ORDER BY id LIMIT 1"},
	"TakeBackAlert":    {oid.Alert, "SELECT id FROM take_back_alerts WHERE organisation_id = $1::uuid AND sponsor_id = $2::uuid LIMIT 1"},
	"AddressBookEntry": {oid.AddressBookEntry, "SELECT a.id FROM address_book_entries a JOIN users u ON u.id = a.user_id WHERE a.organisation_id = $1::uuid AND u.structure_id = $2::uuid LIMIT 1"},
	"Product":          {oid.Product, "SELECT id FROM products WHERE organisation_id = $1::uuid AND id IN (SELECT product_id FROM tickets WHERE owner_id = $2::uuid AND performance_id IS NOT NULL AND seat_category_id IS NOT NULL) AND id IN (SELECT product_id FROM performances) ORDER BY code LIMIT 1"},
	"Performance":      {oid.Performance, "SELECT id FROM performances WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Venue":            {oid.Venue, "SELECT id FROM venues WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Area":             {oid.Area, "SELECT area_id FROM tickets WHERE organisation_id = $1::uuid AND owner_id = $2::uuid AND seat_id IS NOT NULL ORDER BY place_key LIMIT 1"},
	"Season":           {oid.Season, "SELECT id FROM seasons WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Organisation":     {oid.Organisation, "SELECT id FROM organisations WHERE id = $1::uuid AND $2::uuid IS NOT NULL"},
	"PointOfSale":      {oid.PointOfSale, "SELECT id FROM point_of_sales WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Channel":          {oid.Channel, "SELECT id FROM channels WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Tariff":           {oid.Tariff, "SELECT id FROM tariffs WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"SeatCategory":     {oid.SeatCategory, "SELECT id FROM seat_categories WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
	"Contingent":       {oid.Contingent, "SELECT id FROM contingents WHERE organisation_id = $1::uuid AND $2::uuid IS NOT NULL ORDER BY code LIMIT 1"},
}

// oneSided are the kinds that a portal user sees of his own side only.
var oneSided = []string{"Ticket", "Contact", "Execution", "Mail", "User", "ApiToken", "CartLine", "AddressBookEntry", "SavedView"}

// house is the two organisations, and an object of each kind: of the walkers'
// own sponsor, of another sponsor beside it, of the other organisation, of nobody.
type house struct {
	mine, other                      uuid.UUID
	own, neighbour, foreign, unknown map[string]string
	// ours and theirs are the values of the two organisations' rows.
	ours, theirs map[string]bool
}

func houses(t *testing.T, s *command.Server) *house {
	t.Helper()
	h := &house{
		mine:  get(t, s, "SELECT organisation_id FROM contacts WHERE name = 'Banque du Lac'"),
		other: get(t, s, "SELECT organisation_id FROM users WHERE email = 'operateur@theatredesroches.example'"),
		own:   map[string]string{}, neighbour: map[string]string{}, foreign: map[string]string{}, unknown: map[string]string{},
		ours: map[string]bool{}, theirs: map[string]bool{},
	}
	sponsorOf := func(email string) uuid.UUID {
		return get(t, s, "SELECT structure_id FROM users WHERE email = $1::text", email)
	}
	mine, beside, theirs := sponsorOf("relay@banquedulac.example"), sponsorOf("relay@energiescombe.example"), sponsorOf("relay@hautesroches.example")
	for name, k := range kinds {
		h.own[name] = oid.Encode(get(t, s, k.query, h.mine, mine))
		h.foreign[name] = oid.Encode(get(t, s, k.query, h.other, theirs))
		h.unknown[name] = oid.Encode(oid.New(k.tag))
	}
	for _, name := range oneSided {
		h.neighbour[name] = oid.Encode(get(t, s, kinds[name].query, h.mine, beside))
	}
	for _, table := range []string{"tickets", "contacts", "executions", "files"} {
		// The houses count alike; from here on a number tells whose it is.
		if _, err := s.Store.Exec(system(), "UPDATE "+table+" SET number = number + 50000000 WHERE organisation_id = $1::uuid", h.other); err != nil {
			t.Fatal(err)
		}
	}
	const guest = `SELECT min(holder_email) FROM tickets WHERE organisation_id = $1::uuid AND owner_id = $2::uuid AND holder_email <> ''
		AND holder_email_key NOT IN (SELECT holder_email_key FROM tickets WHERE owner_id <> $2::uuid)`
	for _, side := range []struct {
		ids                   map[string]string
		organisation, sponsor uuid.UUID
		name                  string
	}{{h.own, h.mine, mine, "Banque"}, {h.neighbour, h.mine, beside, "Énergies"}, {h.foreign, h.other, theirs, "Fondation"}} {
		var err error
		if side.ids["Address"], err = db.Get[string](system(), s.Store, guest, side.organisation, side.sponsor); err != nil {
			t.Fatal(err)
		}
		side.ids["Name"] = side.name
	}
	h.unknown["Address"], h.unknown["Name"] = "nobody.knows@courrier.example", "Zzzyzx"
	for _, table := range migrate.Tables {
		tellTale(t, s, table, h.other, h.theirs)
		tellTale(t, s, table, h.mine, h.ours)
	}
	return h
}

func get(t testing.TB, s *command.Server, query string, args ...any) uuid.UUID {
	t.Helper()
	id, err := db.Get[uuid.UUID](system(), s.Store, query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return id
}

// secrets are values that may not be told, by how they begin.
type secrets struct{ byStart map[string][]string }

const startLength = 6

// in finds a secret in the leaves of an answer that the walker did not send himself.
func (s *secrets) in(leaves string, sent []string) string {
	for i := 0; i+startLength <= len(leaves); i++ {
		for _, secret := range s.byStart[leaves[i:i+startLength]] {
			if strings.HasPrefix(leaves[i:], secret) && !containsAny(sent, strings.TrimSpace(secret)) {
				return strings.TrimSpace(secret)
			}
		}
	}
	return ""
}

func containsAny(list []string, value string) bool {
	for _, v := range list {
		if v == value {
			return true
		}
	}
	return false
}

// secretsOf are the other organisation's values that the own one does not have
// too, and for those who are not staff all guests that are not of their side.
func (h *house) secretsOf(t *testing.T, s *command.Server, who walker) *secrets {
	t.Helper()
	theirs, ours := maps.Clone(h.theirs), maps.Clone(h.ours)
	if !who.staff {
		beyond, within := guests(t, s, h.mine, who.email)
		for v := range beyond {
			if !within[v] {
				theirs[v] = true
				delete(ours, v)
			}
		}
	}
	found := &secrets{byStart: map[string][]string{}}
	for value := range theirs {
		if !ours[value] && len(value) >= startLength {
			found.byStart[value[:startLength]] = append(found.byStart[value[:startLength]], value)
		}
	}
	if len(found.byStart) < 100 {
		t.Fatalf("only %d secrets for %q: the walk would see nothing", len(found.byStart), who.email)
	}
	return found
}

// tellTale gathers the ids, texts and numbers of an organisation's rows of a table.
func tellTale(t *testing.T, s *command.Server, table *schema.Table, organisation uuid.UUID, into map[string]bool) {
	t.Helper()
	var owned bool
	var columns []string
	var types []field.Type
	for _, c := range table.Columns {
		owned = owned || c.Name == "organisation_id"
		told := c.Type == field.TypeUUID || c.Type == field.TypeString && !strings.Contains(c.Name, "sha256") ||
			c.Type == field.TypeInt64 && c.Name == "number"
		if told && c.Name != "organisation_id" {
			columns, types = append(columns, c.Name), append(types, c.Type)
		}
	}
	if !owned || len(columns) == 0 {
		return
	}
	_, err := db.Select(system(), s.Store, func(r *sql.Rows) (struct{}, error) {
		cells := make([]any, len(columns))
		for i, kind := range types {
			cells[i] = new(sql.NullString)
			if kind == field.TypeUUID {
				cells[i] = new(uuid.NullUUID)
			}
		}
		if err := r.Scan(cells...); err != nil {
			return struct{}{}, err
		}
		for i, cell := range cells {
			note(into, cell, types[i])
		}
		return struct{}{}, nil
	}, "SELECT "+strings.Join(columns, ", ")+" FROM "+table.Name+" WHERE organisation_id = $1::uuid", organisation)
	if err != nil {
		t.Fatalf("%s: %v", table.Name, err)
	}
}

func note(into map[string]bool, cell any, kind field.Type) {
	switch v := cell.(type) {
	case *uuid.NullUUID:
		if v.Valid {
			into[oid.Encode(v.UUID)] = true
		}
	case *sql.NullString:
		if kind == field.TypeInt64 {
			v.String = "\n" + v.String + "\n" // the whole value of a leaf
		}
		into[v.String] = true
	}
}

// guests gives the addresses, names and ids of the organisation's persons: those
// beyond a user's side and those within it.
func guests(t *testing.T, s *command.Server, organisation uuid.UUID, email string) (beyond, within map[string]bool) {
	t.Helper()
	const side = `WITH me(id, person) AS (SELECT COALESCE(structure_id, contact_id), contact_id FROM users WHERE email = $2::text),
		near(id) AS (SELECT t.id FROM tickets t JOIN me ON t.owner_id = me.id
			UNION SELECT l.ticket_id FROM holder_links l JOIN me ON l.holder_id = me.id WHERE l.closed_at IS NULL),
		known(id) AS (SELECT t.holder_id FROM tickets t JOIN near ON near.id = t.id
			UNION SELECT t.owner_id FROM tickets t JOIN near ON near.id = t.id
			UNION SELECT l.holder_id FROM holder_links l JOIN near ON near.id = l.ticket_id
			UNION SELECT l.giver_id FROM holder_links l JOIN near ON near.id = l.ticket_id
			UNION SELECT x.contact_id FROM execution_rows x JOIN executions e ON e.id = x.execution_id JOIN me ON e.sponsor_id = me.id
			UNION SELECT r.individual_id FROM relays r JOIN me ON r.structure_id = me.id
			UNION SELECT id FROM me UNION SELECT person FROM me)
		SELECT c.id, c.email, c.name, CASE WHEN c.id IN (SELECT id FROM known WHERE id IS NOT NULL) THEN 1 ELSE 0 END
		FROM contacts c WHERE c.organisation_id = $1::uuid AND c.kind = 'INDIVIDUAL'`
	beyond, within = map[string]bool{}, map[string]bool{}
	_, err := db.Select(system(), s.Store, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var email, name string
		var known int
		err := r.Scan(&id, &email, &name, &known)
		into := beyond
		if known == 1 {
			into = within
		}
		for _, v := range []string{oid.Encode(id), email, name} {
			into[v] = true
		}
		return struct{}{}, err
	}, side, organisation, email)
	if err != nil {
		t.Fatal(err)
	}
	// What he wrote down himself he knows, but not who it is in our books.
	if _, err := db.Select(system(), s.Store, func(r *sql.Rows) (struct{}, error) {
		var email, name string
		err := r.Scan(&email, &name)
		within[email], within[name] = true, true
		return struct{}{}, err
	}, `SELECT a.email, a.first_name || ' ' || a.last_name FROM address_book_entries a JOIN users u ON u.id = a.user_id
		WHERE u.email = $1::text`, email); err != nil {
		t.Fatal(err)
	}
	return beyond, within
}

// dump is all that the store holds of an organisation, but for the use of its tokens.
func dump(t testing.TB, s *command.Server, organisation uuid.UUID) string {
	t.Helper()
	var all strings.Builder
	for _, table := range migrate.Tables {
		owner := ""
		for _, c := range table.Columns {
			if c.Name == "organisation_id" {
				owner = c.Name
			}
		}
		if owner == "" {
			continue
		}
		lines, err := db.Select(context.Background(), s.Store, func(r *sql.Rows) (string, error) {
			cells := make([]any, len(table.Columns))
			for i := range cells {
				cells[i] = new(any)
			}
			line := table.Name
			err := r.Scan(cells...)
			for _, c := range cells {
				line += fmt.Sprint("|", *(c.(*any)))
			}
			return line, err
		}, "SELECT * FROM "+table.Name+" WHERE organisation_id = $1::uuid", organisation)
		if err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		sort.Strings(lines)
		all.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return all.String()
}

func firstDifference(a, b string) string {
	before := map[string]bool{}
	for _, line := range strings.Split(a, "\n") {
		before[line] = true
	}
	for _, line := range strings.Split(b, "\n") {
		if !before[line] {
			return line
		}
	}
	return "rows are gone"
}

// carts gives a relay a cart with two tickets, one of them for a guest of his
// address book, and a saved view, as no demo has one.
func carts(t *testing.T, s *command.Server, email string) {
	t.Helper()
	if _, err := s.Store.Exec(system(), "UPDATE point_of_sales SET cart = $1::boolean", true); err != nil {
		t.Fatal(err)
	}
	id := oid.New(oid.Cart)
	for i, query := range []string{
		`INSERT INTO carts (id, organisation_id, created_at, sponsor_id, user_id, changed_at, version)
			SELECT $2::uuid, organisation_id, $3::timestamptz, structure_id, id, $3::timestamptz, 1 FROM users WHERE email = $1::text`,
		`INSERT INTO cart_lines (id, organisation_id, sponsor_id, cart_id, ticket_id, move, added_at, email, email_key, first_name, last_name)
			SELECT $4::uuid, c.organisation_id, c.sponsor_id, c.id, t.id, t.move, $3::timestamptz, 'cart.' || $1::text, 'cart.' || $1::text, 'Cart', 'Guest'
			FROM carts c JOIN tickets t ON t.owner_id = c.sponsor_id AND t.holder_id IS NULL WHERE c.id = $2::uuid ORDER BY t.number DESC LIMIT 1`,
		`INSERT INTO address_book_entries (id, organisation_id, created_at, user_id, email, email_key, first_name, last_name, search_key)
			SELECT $2::uuid, organisation_id, $3::timestamptz, id, 'book.' || $1::text, 'book.' || $1::text, 'Book', 'Guest', 'guest book' FROM users WHERE email = $1::text`,
		`INSERT INTO saved_views (id, created_at, user_id, name, name_key, path, query, is_default)
			SELECT $2::uuid, $3::timestamptz, id, 'View of ' || $1::text, 'view of ' || $1::text, '/p/of/' || $1::text, 'q=' || $1::text, FALSE FROM users WHERE email = $1::text`,
	} {
		args := [][]any{
			{email, id, db.Now()}, {email, id, db.Now(), oid.New(oid.CartLine)}, {email, oid.New(oid.AddressBookEntry), db.Now()},
			{email, oid.New(oid.SavedView), db.Now()},
		}[i]
		if _, err := s.Store.Exec(system(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
}

// watches gives a relay's sponsor what no demo has: an alert, an execution that a
// second person approved, and a ticket that a wallet kept.
func watches(t *testing.T, s *command.Server, email string) {
	t.Helper()
	const of = "(SELECT structure_id FROM users WHERE email = $1::text)"
	for i, query := range []string{
		`UPDATE executions SET decided_at = $2::timestamptz, decided_by_name = 'Second ' || $1::text, decision_note = 'Note ' || $1::text
			WHERE sponsor_id = ` + of,
		`INSERT INTO removals (id, organisation_id, ticket_id, wallet_id, execution_id, row_number, state, version, former_location, answer, requested_at, ended_at)
			SELECT $3::uuid, t.organisation_id, t.id, $3::uuid, $3::uuid, 1, 'CANCELLED', 1, 'INJECTED', 'Kept ' || $1::text, $2::timestamptz, $2::timestamptz
			FROM tickets t WHERE t.owner_id = ` + of + ` AND t.holder_id IS NULL ORDER BY t.number LIMIT 1`,
		`INSERT INTO take_back_alerts (id, organisation_id, kind, ticket_id, sponsor_id, product_id, execution_id, threshold, recovered, raised_at, note)
			SELECT $3::uuid, t.organisation_id, 'TICKET', t.id, t.owner_id, t.product_id, (SELECT e.id FROM executions e WHERE e.sponsor_id = ` + of + ` ORDER BY e.number LIMIT 1), 1, 2,
			$2::timestamptz, 'Alert ' || $1::text FROM tickets t WHERE t.owner_id = ` + of + ` AND t.holder_id IS NULL ORDER BY t.number LIMIT 1`,
	} {
		args := [][]any{{email, db.Now()}, {email, db.Now(), oid.New(oid.Removal)}, {email, db.Now(), oid.New(oid.Alert)}}[i]
		if _, err := s.Store.Exec(system(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
}
