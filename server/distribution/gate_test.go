package distribution_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/access"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
	"gradin/server/ticket"
)

// TestTakeBack_D11_ofAScanAndATakeBackOneWins races the two for each of many
// tickets: whoever comes second is told what the first one did.
func TestTakeBack_D11_ofAScanAndATakeBackOneWins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 30
		h := build(t, store, n, 3)
		h.given(n)
		h.allow(true, term.TakeBackDownloadedRelay)
		gate := access.New(store, time.Now)
		var all []uuid.UUID
		for _, one := range h.tickets {
			all = append(all, one.ID)
		}
		plan := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: all})).ID
		h.settle()
		var group sync.WaitGroup
		scanned := make([]access.Answer, n)
		group.Go(func() {
			if _, err := h.distribution.Apply(h.relay(h.sponsor), plan); err != nil {
				t.Error(err)
			}
			h.settle()
		})
		group.Go(func() {
			for i := n - 1; i >= 0; i-- {
				barcode := must(store.Client.Ticket.Get(system(), h.tickets[i].ID)).Barcode
				scanned[i] = must(gate.Record(h.staff(term.RoleController), []access.Entry{{Barcode: barcode, At: time.Now(), Gate: "North"}}))[0]
			}
		})
		group.Wait()
		reasons := h.reasons(plan)
		admitted := 0
		for i, a := range scanned {
			switch {
			case a.Result == term.EntryResultAdmitted && reasons[i] == term.ReasonCodeAlreadyControlled:
				admitted++
			case a.Result == term.EntryResultDead && a.Reason == "MOBILE_TAKE_BACK" && reasons[i] == "":
			default:
				t.Errorf("ticket %d: the gate was told %s %s, the relay %q", i, a.Result, a.Reason, reasons[i])
			}
		}
		t.Logf("%d of %d scans won", admitted, n)
		h.sound()
	})
}

// control scans a ticket at the gate, and says whether it lets in.
func (h *house) control(id uuid.UUID) bool {
	h.t.Helper()
	in := false
	ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) (err error) {
		in, err = h.controlIn(ctx, tx, id)
		return err
	}))
	return in
}

// controlIn does so within a transaction: it waits for whoever has the ticket.
func (h *house) controlIn(ctx context.Context, tx *db.Tx, id uuid.UUID) (bool, error) {
	lock := ""
	if tx.Postgres() {
		lock = " FOR NO KEY UPDATE"
	}
	found, err := db.Select(ctx, tx, scanID, "SELECT id FROM tickets WHERE id = $1::uuid AND state IN ('NOT_PRINTED', 'PRINTED')"+lock, id)
	if err != nil || len(found) == 0 {
		return false, err
	}
	n, err := ticket.Admit(ctx, tx, ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaAccessControl, At: db.Now()}, ticket.Admission{
		Rows: "SELECT $1::uuid AS ticket_id, $2::timestamptz AS at", Args: []any{id, db.Now()},
	})
	return n == 1, err
}
