package distribution_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/oid"
	"gradin/server/term"
)

// TestBenchRatios prints how much longer applying takes than its bare
// set-based statements, and how much shorter than a loop of ent calls. It runs
// with GRADIN_BENCH=1 only: `make bench`; GRADIN_BENCH=short leaves out the
// large one. Half of the guests are new. Both are measured in turns.
func TestBenchRatios(t *testing.T) {
	if os.Getenv("GRADIN_BENCH") == "" {
		t.Skip("a measurement: run it with make bench")
	}
	for _, n := range benchSizes() {
		for _, engine := range []string{"sqlite", "postgres"} {
			open := dbtest.SQLite
			if engine == "postgres" {
				open = dbtest.Postgres
			}
			apply, bare := inTurns(n, func() time.Duration { return measureApply(t, open(t), n) },
				func() time.Duration { return measureBare(t, open(t), n) })
			loop := measureLoop(t, open(t), min(n, 2000)) * time.Duration(n/min(n, 2000))
			fmt.Printf("apply %7d %-8s apply %6.2fs  bare %6.2fs  apply/bare %.2f  loop/apply %.1f\n", n, engine,
				apply.Seconds(), bare.Seconds(), apply.Seconds()/bare.Seconds(), loop.Seconds()/apply.Seconds())
		}
	}
}

// benchSizes are the numbers of tickets that the ratios are measured with.
func benchSizes() []int {
	if os.Getenv("GRADIN_BENCH") == "short" {
		return []int{10_000}
	}
	return []int{10_000, 100_000}
}

// inTurns measures two works in turns, small ones three times, and gives the
// medians: others use the machine too, and not evenly.
func inTurns(n int, one, other func() time.Duration) (time.Duration, time.Duration) {
	times := 1
	if n <= 10_000 {
		times = 3
	}
	ones, others := make([]time.Duration, times), make([]time.Duration, times)
	for i := range times {
		ones[i], others[i] = one(), other()
	}
	slices.Sort(ones)
	slices.Sort(others)
	return ones[times/2], others[times/2]
}

// planned makes a house whose file of n lines is planned and not carried out.
func planned(t *testing.T, store *db.DB, n int) (*house, *ent.Execution) {
	h := build(t, store, n, 0)
	for i := 0; i < n; i += 2 {
		known(h, i)
	}
	lines := make([]line, n)
	for i := range lines {
		lines[i] = h.guest(i)
	}
	e := h.begin(h.relay(h.sponsor), workbook(t, lines...), false)
	h.settle()
	return h, e
}

// known makes the i-th guest somebody the organisation knows.
func known(h *house, i int) {
	if i%1000 != 0 {
		return
	}
	ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		for j := i; j < min(i+1000, len(h.tickets)); j += 2 {
			email := h.guest(j).email
			if _, err := tx.Exec(ctx, `INSERT INTO contacts (id, organisation_id, created_at, number, kind, name, email, email_key, public_key)
				VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::bigint, 'INDIVIDUAL', 'x', $5::text, $5::text, $5::text)`,
				oid.New(oid.Contact), h.org.ID, db.Now(), 10+j, email); err != nil {
				return err
			}
		}
		return nil
	}))
}

func measureApply(t *testing.T, store *db.DB, n int) time.Duration {
	h, e := planned(t, store, n)
	must(h.distribution.Apply(h.relay(h.sponsor), e.ID))
	begun := time.Now()
	h.settle()
	took := time.Since(begun)
	if done := h.execution(e.ID); done.Distributed != n {
		t.Fatalf("distributed %d of %d", done.Distributed, n)
	}
	return took
}

// measureBare runs what cannot be left out, for the same rows in the same
// chunks: make the contacts, move the tickets.
func measureBare(t *testing.T, store *db.DB, n int) time.Duration {
	h, e := planned(t, store, n)
	begun := time.Now()
	for first := 2; first <= n+1; first += 5000 {
		ok(t, store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
			args := []any{e.ID, first, first + 4999, h.org.ID, db.Now()}
			if _, err := tx.Exec(ctx, `INSERT INTO contacts (id, organisation_id, created_at, number, kind, name, first_name,
				last_name, email, email_key, public_key)
				SELECT DISTINCT contact_id, $4::uuid, $5::timestamptz, contact_number, 'INDIVIDUAL', first_name || ' ' || last_name,
				first_name, last_name, email, email_key, email_key FROM execution_rows
				WHERE execution_id = $1::uuid AND row_number BETWEEN $2::bigint AND $3::bigint AND contact_new`, args...); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE tickets SET holder_id = x.contact_id, holder_email = x.email, holder_email_key = x.email_key,
				holder_first_name = x.first_name, holder_last_name = x.last_name, holder_search = x.search_key,
				holder_first_key = x.first_key, distributed_at = $4::timestamptz, version = version_ + 1, move = move + 1, depth = depth + 1
				FROM (SELECT *, version AS version_ FROM execution_rows) x WHERE x.ticket_id = tickets.id
				AND x.execution_id = $1::uuid AND x.row_number BETWEEN $2::bigint AND $3::bigint`, e.ID, first, first+4999, db.Now())
			return err
		}))
	}
	return time.Since(begun)
}

// measureLoop does what a first draft would do: a handful of ent calls per move.
func measureLoop(t *testing.T, store *db.DB, n int) time.Duration {
	h := build(t, store, n, 0)
	begun := time.Now()
	ok(t, store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		for i := range n {
			l := h.guest(i)
			c, err := tx.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(int64(10 + i)).SetKind(term.ContactKindIndividual).
				SetName(l.first + " " + l.last).SetEmail(l.email).SetEmailKey(l.email).SetPublicKey(l.email).Save(ctx)
			if err != nil {
				return err
			}
			if _, err := tx.Client.Ticket.UpdateOneID(h.tickets[i].ID).SetHolderID(c.ID).SetHolderEmail(l.email).
				SetHolderFirstName(l.first).SetHolderLastName(l.last).AddVersion(1).AddMove(1).AddDepth(1).Save(ctx); err != nil {
				return err
			}
			if _, err := tx.Client.HistoryEntry.Create().SetOrganisationID(h.org.ID).SetTicketID(h.tickets[i].ID).SetVersion(2).
				SetAt(db.Now()).SetEvent(term.HistoryEventDistributed).SetVia(term.HistoryViaFile).SetToHolderID(c.ID).
				SetState(term.TicketStateNotPrinted).SetLocation(term.DeliveryLocationNone).Save(ctx); err != nil {
				return err
			}
			if _, err := tx.Client.Mail.Create().SetOrganisationID(h.org.ID).SetRecipientID(c.ID).SetAddress(l.email).
				SetClass(term.DocumentClassTicketAcknowledgement).SetLanguage(term.LanguageEn).SetState(term.MailStateHeld).Save(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
	return time.Since(begun)
}
