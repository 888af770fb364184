package demo_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gradin/server/account"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

var november = time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)

// open makes an account service whose clock shows the demo's now.
func open(store *db.DB) *account.Service {
	log := slog.New(slog.DiscardHandler)
	now := func() time.Time { return november }
	return account.New(store, now, log, account.NewLimiter(store, now, log, account.DefaultLimits()))
}

func seed(t *testing.T, store *db.DB, o demo.Options) demo.Summary {
	t.Helper()
	o.Now = november
	start := time.Now()
	sum, err := demo.Seed(context.Background(), store, open(store), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tickets in %s", sum.Tickets, time.Since(start))
	return sum
}

// invariants are queries that must find nothing, by what they would find.
var invariants = map[string]string{
	"D-3: tickets whose history has not one entry per version": `SELECT count(*) FROM tickets t WHERE t.version <>
		(SELECT count(*) FROM history_entries h WHERE h.ticket_id = t.id)
		OR t.version <> (SELECT max(h.version) FROM history_entries h WHERE h.ticket_id = t.id)`,
	"D-3: tickets whose state or place is not their last entry's": `SELECT count(*) FROM tickets t JOIN history_entries h
		ON h.ticket_id = t.id AND h.version = t.version WHERE h.state <> t.state OR h.location <> t.location`,
	"D-3: tickets whose holder is not their last entry's": `SELECT count(*) FROM tickets t JOIN history_entries h
		ON h.ticket_id = t.id AND h.version = t.version WHERE COALESCE(h.to_holder_id, t.organisation_id) <> COALESCE(t.holder_id, t.organisation_id)`,
	"D-3: entries older than the one before, or yet to come": `SELECT count(*) FROM history_entries h JOIN history_entries b
		ON b.ticket_id = h.ticket_id AND b.version = h.version - 1 WHERE h.at < b.at OR h.at > $1::timestamptz`,
	"D-3: tickets whose moves are not counted": `SELECT count(*) FROM tickets t WHERE t.move <> (SELECT count(*) FROM history_entries h
		WHERE h.ticket_id = t.id AND h.event IN ('DISTRIBUTED', 'REDISTRIBUTED', 'TAKEN_BACK'))`,
	"D-1: illegal moves": `SELECT count(*) FROM history_entries h JOIN history_entries b ON b.ticket_id = h.ticket_id AND b.version = h.version - 1
		WHERE h.state <> b.state AND NOT (b.state = 'NOT_PRINTED' OR b.state = 'PRINTED' AND h.state <> 'NOT_PRINTED')`,
	"DI-6: holders without an open link, or links without a holder": `SELECT count(*) FROM tickets t LEFT JOIN holder_links l
		ON l.ticket_id = t.id AND l.closed_at IS NULL AND l.depth = t.depth
		WHERE COALESCE(l.holder_id, t.organisation_id) <> COALESCE(t.holder_id, t.organisation_id)
		OR t.depth <> (SELECT count(*) FROM holder_links o WHERE o.ticket_id = t.id AND o.closed_at IS NULL)`,
	"D-4: seats with two live tickets": `SELECT count(*) FROM (SELECT 1 FROM tickets WHERE live AND seat_id IS NOT NULL AND performance_id IS NOT NULL
		GROUP BY performance_id, seat_id HAVING count(*) > 1) x`,
	"D-5: capacities that are exceeded or miscounted": `SELECT count(*) FROM capacities c WHERE c.taken + c.held > c.size
		OR c.taken <> (SELECT count(*) FROM tickets t WHERE t.capacity_id = c.id AND t.live)`,
	"D-7: replacements linked one way": `SELECT count(*) FROM tickets t LEFT JOIN tickets n ON n.id = t.replaced_by_id
		WHERE t.replaced_by_id IS NOT NULL AND (n.id IS NULL OR COALESCE(n.replaces_id, n.id) <> t.id)`,
	"WA-1: sent mails whose tickets never left": `SELECT count(*) FROM mails m JOIN tickets t ON t.holder_id = m.recipient_id
		JOIN holder_links l ON l.ticket_id = t.id AND l.execution_id = m.execution_id AND l.closed_at IS NULL
		WHERE (m.state = 'SENT') <> (t.location <> 'NONE')`,
	"DI-8: executions that count wrongly": `SELECT count(*) FROM executions e WHERE
		e.rows <> (SELECT count(*) FROM execution_rows r WHERE r.execution_id = e.id)
		OR e.distributed <> (SELECT count(*) FROM execution_rows r WHERE r.execution_id = e.id AND r.outcome = 'DISTRIBUTE')
		OR e.mails <> (SELECT count(*) FROM mails m WHERE m.execution_id = e.id)`,
	"season tickets: cards with a performance, children without": `SELECT count(*) FROM tickets t JOIN products p ON p.id = t.product_id
		WHERE p.family = 'SEASON_TICKET' AND (t.parent_id IS NULL) <> (t.performance_id IS NULL)`,
	"AC-3: tickets owned, held or ordered across organisations": `SELECT count(*) FROM tickets t JOIN contacts o ON o.id = t.owner_id
		JOIN products p ON p.id = t.product_id JOIN files f ON f.id = t.file_id LEFT JOIN contacts h ON h.id = t.holder_id
		WHERE o.organisation_id <> t.organisation_id OR p.organisation_id <> t.organisation_id OR f.organisation_id <> t.organisation_id
		OR COALESCE(h.organisation_id, t.organisation_id) <> t.organisation_id`,
	"addresses that could reach somebody": `SELECT count(*) FROM contacts WHERE email <> '' AND email NOT LIKE '%.example'`,
	"seats without a category":            `SELECT count(*) FROM seats s WHERE s.id NOT IN (SELECT seat_id FROM logical_places WHERE seat_id IS NOT NULL)`,
	"seats in one place":                  `SELECT count(*) FROM (SELECT 1 FROM seats GROUP BY organisation_id, x, y HAVING count(*) > 1) d`,
}

func prove(t *testing.T, store *db.DB) {
	t.Helper()
	for what, query := range invariants {
		var args []any
		if strings.Contains(query, "$1") {
			args = append(args, november)
		}
		n, err := db.Get[int](context.Background(), store, query, args...)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func TestSeed_OP1_makesTwoHousesThatKeepEveryRule(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sum := seed(t, store, demo.Options{})
		prove(t, store)
		if sum.Organisations != 2 || sum.Sponsors != 14 || sum.Seats < 22_000 || sum.Tickets < 5_000 {
			t.Errorf("%+v", sum)
		}
		present(t, store, "state", "tickets", term.TicketState("").Values())
		present(t, store, "location", "tickets", slices.DeleteFunc(term.DeliveryLocation("").Values(), func(l string) bool { return l == "DELETION_PENDING" }))
		present(t, store, "family", "products", term.ProductFamily("").Values())
		present(t, store, "state", "mails", []string{"SENT", "READY", "FAILED", "OBSOLETE", "IN_DOUBT"})
		present(t, store, "result", "executions", []string{"OK", "WARNING"})
		for _, e := range store.Client.Organisation.Query().AllX(dbtest.System()) {
			if n, err := audit.Verify(context.Background(), store, e.ID); n.Entries != 1 || err != nil {
				t.Errorf("%s: %d entries in the audit log, %v", e.Code, n.Entries, err)
			}
		}
		t.Run("OP1 a second demo is refused", func(t *testing.T) { refusesSecond(t, store, sum.Tickets) })
		t.Run("AC1 its sign-ins work", func(t *testing.T) { signInsWork(t, store, sum) })
		t.Run("DI7 the same guest is a contact of each house", func(t *testing.T) { sharesAGuest(t, store) })
	})
}

// present fails unless a column holds each of the values.
func present(t *testing.T, store *db.DB, column, table string, values []string) {
	t.Helper()
	for _, value := range values {
		n, err := db.Get[int](context.Background(), store, "SELECT count(*) FROM "+table+" WHERE "+column+" = $1::text", value)
		if err != nil || n == 0 {
			t.Errorf("no %s has %s %s, %v", table, column, value, err)
		}
	}
}

func refusesSecond(t *testing.T, store *db.DB, want int) {
	t.Helper()
	_, err := demo.Seed(context.Background(), store, open(store), demo.Options{Now: november})
	if !errs.Is(err, errs.Conflict) {
		t.Fatalf("%v; want CONFLICT", err)
	}
	after, err := db.Get[int](context.Background(), store, "SELECT count(*) FROM tickets")
	if err != nil || after != want {
		t.Errorf("%d tickets, %v; want %d", after, err, want)
	}
}

func TestSeed_OP1_isTheSameEveryTimeButForBarcodes(t *testing.T) {
	t.Parallel()
	first, second := dbtest.SQLite(t), dbtest.Postgres(t)
	seed(t, first, demo.Options{})
	seed(t, second, demo.Options{})
	for _, query := range []string{
		`SELECT 'ticket', id, number, place_key, state, location, holder_email, version FROM tickets ORDER BY id`,
		`SELECT 'contact', id, number, name, email_key, kind, '', 0 FROM contacts ORDER BY id`,
		`SELECT 'product', id, 0, code, name, family, '', 0 FROM products ORDER BY id`,
		`SELECT 'performance', id, 0, code, name, '', '', 0 FROM performances ORDER BY id`,
		`SELECT 'user', id, 0, email, name, role, language, 0 FROM users ORDER BY id`,
		`SELECT 'mail', id, attempts, address, state, message_id, name, 0 FROM mails ORDER BY id`,
	} {
		if d := cmp.Diff(lines(t, first, query), lines(t, second, query)); d != "" {
			t.Errorf("two demos differ: %.2000s", d)
		}
	}
	barcodes := lines(t, first, "SELECT barcode FROM tickets")
	shared := map[string]bool{}
	for _, b := range barcodes {
		shared[b] = true
	}
	for _, b := range lines(t, second, "SELECT barcode FROM tickets") {
		if shared[b] {
			t.Fatal("a barcode can be guessed (D-6)")
		}
	}
}

// lines reads rows as text.
func lines(t *testing.T, store *db.DB, query string) []string {
	t.Helper()
	all, err := db.Select(context.Background(), store, func(r *sql.Rows) (string, error) {
		names, err := r.Columns()
		if err != nil {
			return "", err
		}
		values, places := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			places[i] = &values[i]
		}
		err = r.Scan(places...)
		return fmt.Sprint(values), err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func signInsWork(t *testing.T, store *db.DB, sum demo.Summary) {
	t.Helper()
	accounts := open(store)
	roles := map[term.Role]int{}
	for _, in := range sum.SignIns {
		roles[in.Role]++
		_, v, err := accounts.SignIn(context.Background(), in.Email, sum.Password, "")
		if err != nil || v.Role != string(in.Role) || in.What == "" {
			t.Errorf("%+v: %v", in, err)
		}
		if v.Role == "PORTAL_USER" && v.PointOfSale == (viewer.UUID{}) {
			t.Errorf("%s has no point of sale", in.Email)
		}
	}
	if roles[term.RoleOrganisationAdmin] != 2 || roles[term.RoleOperator] != 2 || roles[term.RoleController] != 1 || roles[term.RoleViewer] != 1 {
		t.Errorf("roles: %v", roles)
	}
	_, v, err := accounts.SignIn(context.Background(), "relay@banquedulac.example", demo.Password, "")
	if err != nil {
		t.Fatal(err)
	}
	scope := ticket.Scope{Organisation: v.Organisation, Party: v.Party()}
	n, err := ticket.Count(context.Background(), store, scope, ticket.Filter{})
	if err != nil || n < 3_000 {
		t.Errorf("the main sponsor has %d tickets, %v; want 3,000", n, err)
	}
}

func sharesAGuest(t *testing.T, store *db.DB) {
	t.Helper()
	key := contact.Key("camille.moreau@courrier.example")
	n, err := db.Get[int](context.Background(), store, `SELECT count(DISTINCT organisation_id) FROM tickets WHERE holder_email_key = $1::text`, key)
	if err != nil || n != 2 {
		t.Errorf("she holds tickets of %d houses, %v; want 2", n, err)
	}
}

func TestSeed_AC1_takesAPasswordWithinBounds(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]demo.Options{
		"a short password": {Now: november, Password: "short"}, "no time": {}, "too many tickets": {Now: november, Tickets: demo.MaxTickets + 1},
		"fewer than none": {Now: november, Tickets: -1},
	} {
		if err := o.Validate(); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v; want INVALID", name, err)
		}
	}
}

func TestSeed_OP1_growsToAsManyTicketsAsAskedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sum := seed(t, store, demo.Options{Tickets: 21_234})
		prove(t, store)
		if sum.Tickets != 21_234 {
			t.Errorf("%d tickets; want 21234", sum.Tickets)
		}
		accounts := open(store)
		if _, _, err := accounts.SignIn(context.Background(), "relay@mecene01.example", sum.Password, ""); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkSeed(b *testing.B) {
	size, _ := strconv.Atoi(os.Getenv("GRADIN_DEMO_TICKETS"))
	for engine, start := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				store := start(b)
				accounts := open(store)
				b.StartTimer()
				if _, err := demo.Seed(context.Background(), store, accounts, demo.Options{Now: november, Tickets: size}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
