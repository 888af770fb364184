package distribution_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// TestBenchTakeBack prints how much longer a mass take-back of tickets that were
// all fetched takes than its bare set-based statements. It runs with
// GRADIN_BENCH=1 only: `make bench`.
func TestBenchTakeBack(t *testing.T) {
	if os.Getenv("GRADIN_BENCH") == "" {
		t.Skip("a measurement: run it with make bench")
	}
	for _, n := range benchSizes() {
		for _, engine := range []string{"sqlite", "postgres"} {
			open := dbtest.SQLite
			if engine == "postgres" {
				open = dbtest.Postgres
			}
			apply, bare := inTurns(n, func() time.Duration { return measureTakeBack(t, open(t), n) },
				func() time.Duration { return measureBareTakeBack(t, open(t), n) })
			fmt.Printf("take back %7d %-8s apply %6.2fs  bare %6.2fs  apply/bare %.2f\n", n, engine,
				apply.Seconds(), bare.Seconds(), apply.Seconds()/bare.Seconds())
		}
	}
}

// fetched makes a house whose n tickets were all given to guests and fetched,
// and a plan that takes all of them back.
func fetched(t *testing.T, store *db.DB, n int) (*house, *ent.Execution) {
	h, e := planned(t, store, n)
	must(h.distribution.Apply(h.relay(h.sponsor), e.ID))
	h.settle()
	_, err := store.Exec(system(), `UPDATE tickets SET state = 'PRINTED', location = 'DOWNLOADED', wallet_reported_at = created_at, downloaded_at = created_at`)
	ok(t, err)
	h.allow(true, term.TakeBackDownloadedRelay)
	plan := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Filter: &ticket.Filter{Product: h.product.ID}, Expected: n}))
	h.settle()
	if plan = h.execution(plan.ID); plan.PlanTakeBack != n {
		t.Fatalf("planned %d of %d: %s", plan.PlanTakeBack, n, plan.ProblemKey)
	}
	return h, plan
}

func measureTakeBack(t *testing.T, store *db.DB, n int) time.Duration {
	h, plan := fetched(t, store, n)
	must(h.distribution.Apply(h.relay(h.sponsor), plan.ID))
	begun := time.Now()
	h.settle()
	took := time.Since(begun)
	if done := h.execution(plan.ID); done.TakenBack != n {
		t.Fatalf("took %d of %d back", done.TakenBack, n)
	}
	return took
}

// measureBareTakeBack runs what cannot be left out, for the same rows in the
// same chunks: end the old tickets, make the new ones, close the links.
func measureBareTakeBack(t *testing.T, store *db.DB, n int) time.Duration {
	h, plan := fetched(t, store, n)
	begun := time.Now()
	for first := 1; first <= n; first += 5000 {
		ok(t, store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
			return bareTakeBack(ctx, tx, h, plan.ID, first)
		}))
	}
	return time.Since(begun)
}

func bareTakeBack(ctx context.Context, tx *db.Tx, h *house, plan uuid.UUID, first int) error {
	type fresh struct {
		Old     uuid.UUID `json:"old_id"`
		ID      uuid.UUID `json:"id"`
		Number  int       `json:"number"`
		Barcode string    `json:"barcode"`
	}
	old, err := db.Select(ctx, tx, scanID, `SELECT ticket_id FROM execution_rows WHERE execution_id = $1::uuid
		AND row_number BETWEEN $2::bigint AND $3::bigint ORDER BY ticket_id`, plan, first, first+4999)
	if err != nil {
		return err
	}
	all := make([]fresh, len(old))
	for i, id := range old {
		all[i] = fresh{id, oid.New(oid.Ticket), 10_000_000 + first + i, ticket.NewBarcode()}
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	from := db.Source(tx, "$1", "f", db.Column{Name: "old_id", Type: "uuid"}, db.Column{Name: "id", Type: "uuid"},
		db.Column{Name: "number", Type: "bigint"}, db.Column{Name: "barcode", Type: "text"})
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`UPDATE tickets SET state = 'INVALIDATED', live = $2::boolean, ended_at = $3::timestamptz, replaced_by_id = f.id, holder_id = NULL,
			holder_email = '', holder_email_key = '', holder_first_name = '', holder_last_name = '', holder_search = '', holder_first_key = '',
			depth = 0, version = version + 1 FROM ` + from + ` WHERE tickets.id = f.old_id`, []any{string(list), false, db.Now()}},
		{`INSERT INTO tickets (id, number, barcode, replaces_id, place_key, organisation_id, created_at, product_id, performance_id, tariff_id, file_id,
			order_id, owner_id, price, currency, state, live, location, shipment_mode)
			SELECT f.id, f.number, f.barcode, o.id, o.place_key, o.organisation_id, o.created_at, o.product_id, o.performance_id, o.tariff_id, o.file_id,
			o.order_id, o.owner_id, o.price, o.currency, 'NOT_PRINTED', $2::boolean, 'NONE', o.shipment_mode
			FROM ` + from + ` JOIN tickets o ON o.id = f.old_id`, []any{string(list), true}},
		{`UPDATE holder_links SET closed_at = $2::timestamptz, closed_as = 'TAKEN_BACK' FROM ` + from + `
			WHERE holder_links.ticket_id = f.old_id AND closed_at IS NULL`, []any{string(list), db.Now()}},
	} {
		if _, err := tx.Exec(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}
