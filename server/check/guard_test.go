package check_test

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"gradin/server/check"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo/demotest"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// model is a ticket of the demo from which others can be made.
type model struct {
	organisation                                     uuid.UUID
	product, performance, tariff, file, order, owner uuid.UUID
	seat, capacity                                   uuid.NullUUID
}

func modelOf(t *testing.T, store *db.DB, where string) model {
	t.Helper()
	all, err := db.Select(dbtest.System(), store, func(r *sql.Rows) (model, error) {
		var m model
		return m, r.Scan(&m.organisation, &m.product, &m.performance, &m.tariff, &m.file, &m.order, &m.owner, &m.seat, &m.capacity)
	}, `SELECT t.organisation_id, t.product_id, t.performance_id, t.tariff_id, t.file_id, t.order_id, t.owner_id, t.seat_id, t.capacity_id
		FROM tickets t WHERE t.live AND t.performance_id IS NOT NULL AND `+where+` ORDER BY t.number LIMIT 1`)
	if err != nil || len(all) == 0 {
		t.Fatalf("no such ticket in the demo: %v", err)
	}
	return all[0]
}

// make makes one more ticket like the model.
func (m model) make(store *db.DB) error {
	return store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		number, err := contact.Numbers(ctx, tx, m.organisation, "ticket", 1)
		if err != nil {
			return err
		}
		n := ticket.New{
			ID: oid.New(oid.Ticket), Number: number, Product: m.product, Performance: &m.performance, Tariff: m.tariff,
			File: m.file, Order: m.order, Owner: m.owner, Currency: "EUR", PlaceKey: "x",
		}
		if m.seat.Valid {
			n.Seat = &m.seat.UUID
		}
		if m.capacity.Valid {
			n.Capacity = &m.capacity.UUID
		}
		cause := ticket.Cause{Organisation: m.organisation, Via: term.HistoryViaSystem, At: db.Now()}
		return ticket.Create(ctx, tx, cause, ticket.Validity{}, []ticket.New{n})
	})
}

// race makes n tickets at once and says how many the store took.
func (m model) race(store *db.DB, n int) int64 {
	var taken atomic.Int64
	var all sync.WaitGroup
	for range n {
		all.Add(1)
		go func() {
			defer all.Done()
			if m.make(store) == nil {
				taken.Add(1)
			}
		}()
	}
	all.Wait()
	return taken.Load()
}

func broken(t *testing.T, store *db.DB, number string) int {
	t.Helper()
	findings, err := check.All(dbtest.System(), store)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range findings {
		if f.Rule == number {
			n += f.Broken
		}
	}
	return n
}

func do(t *testing.T, store *db.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := store.Exec(dbtest.System(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGuard_D4_aSeatIsSoldOnceUnderAnyRace(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		m := modelOf(t, store, "t.seat_id IS NOT NULL AND t.parent_id IS NULL")
		if taken := m.race(store, 8); taken != 0 {
			t.Errorf("%d more tickets were made for a seat that is taken", taken)
		}
		if n := broken(t, store, "D-4"); n != 0 {
			t.Errorf("D-4 is broken %d times", n)
		}
		do(t, store, "DROP INDEX ticket_performance_id_seat_id")
		if taken := m.race(store, 2); taken != 2 || broken(t, store, "D-4") == 0 {
			t.Errorf("without the guard %d were made and the check found nothing: it proves nothing", taken)
		}
	})
}

func TestGuard_D5_aCapacityIsNeverExceededUnderAnyRace(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		m := modelOf(t, store, "t.capacity_id IS NOT NULL")
		do(t, store, "UPDATE capacities SET size = taken + 3 WHERE id = '"+m.capacity.UUID.String()+"'")
		if taken := m.race(store, 12); taken != 3 {
			t.Errorf("%d tickets were made where 3 fit", taken)
		}
		if n := broken(t, store, "D-5"); n != 0 {
			t.Errorf("D-5 is broken %d times", n)
		}
		guards := []string{"DROP TRIGGER guard_capacity_update"}
		if store.Postgres() {
			guards = []string{"DROP TRIGGER guard_capacity ON capacities"}
		}
		do(t, store, guards...)
		if taken := m.race(store, 2); taken != 2 || broken(t, store, "D-5") == 0 {
			t.Errorf("without the guard %d were made and the check found nothing: it proves nothing", taken)
		}
	})
}

func TestGuard_theStoreRefusesWhatTheRulesForbid(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		for name, statement := range map[string]string{
			"D-1: a scanned ticket becomes unscanned": "UPDATE tickets SET state = 'PRINTED' WHERE state = 'CONTROLLED'",
			"D-1: a cancelled ticket comes back":      "UPDATE tickets SET state = 'PRINTED', live = (1=1) WHERE state = 'CANCELLED'",
			"D-2: a ticket is sent without a print":   "UPDATE tickets SET location = 'INJECTED' WHERE state = 'NOT_PRINTED'",
			"D-3: history is changed":                 "UPDATE history_entries SET actor = 'somebody else'",
			"D-3: history is deleted":                 "DELETE FROM history_entries",
			"D-3: a ticket is deleted":                "DELETE FROM tickets",
			"D-4: a live mark does not fit its state": "UPDATE tickets SET live = (1=0) WHERE state = 'PRINTED'",
			"D-6: a barcode changes":                  "UPDATE tickets SET barcode = barcode || 'X'",
			"AC-5: the audit log is changed":          "UPDATE audit_entries SET actor = 'somebody else'",
			"AC-5: the audit log is deleted":          "DELETE FROM audit_entries",
			"D-9: a code in small letters":            "UPDATE products SET code = lower(code)",
		} {
			if _, err := store.Exec(dbtest.System(), statement); err == nil {
				t.Errorf("%s: the store took it", name)
			}
		}
		findings, err := check.All(dbtest.System(), store)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Broken > 0 {
				t.Errorf("%s: %s is broken %d times", f.Rule, f.What, f.Broken)
			}
		}
	})
}

func TestGuard_D11_theAccessListCannotBeForgotten(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		cancel := func() {
			do(t, store, `UPDATE tickets SET state = 'CANCELLED', live = (1=0), version = version + 1 WHERE number = (SELECT min(number) FROM tickets
				WHERE state = 'NOT_PRINTED' AND parent_id IS NULL)`)
		}
		if cancel(); broken(t, store, "D-11") != 0 {
			t.Error("the list was not told of a cancelled ticket")
		}
		drop := "DROP TRIGGER access_changed"
		if store.Postgres() {
			drop += " ON tickets"
		}
		do(t, store, drop)
		if cancel(); broken(t, store, "D-11") == 0 {
			t.Error("without the guard the check found nothing: it proves nothing")
		}
	})
}
