package access_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gradin/server/access"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/term"
)

// scanned is how long the names of places are that people come in with.
const scanned = 3

// puller is a turnstile's copy of the access list.
type puller struct {
	cursor int64
	valid  map[string]bool
}

func (p *puller) apply(entries []access.Listed) {
	for _, e := range entries {
		p.valid[e.Barcode] = e.Valid
	}
}

// pull reads the list to its end and looks after every page whether each place
// that the puller knows has one valid barcode.
func (p *puller) pull(g *gate, steps int, places func() map[string]string) {
	for {
		page, err := g.access.List(g.as(term.RoleController), uuid.Nil, p.cursor, steps)
		if err != nil {
			g.t.Error(err)
			return
		}
		p.cursor = page.Last
		p.apply(page.Entries)
		p.oneEach(g.t, places())
		if !page.More {
			return
		}
	}
}

// oneEach says of which places not exactly one barcode is valid.
func (p *puller) oneEach(t *testing.T, places map[string]string) (wrong int) {
	t.Helper()
	count := map[string]int{}
	for barcode, valid := range p.valid {
		if count[places[barcode]] += 0; valid {
			count[places[barcode]]++
		}
	}
	for place, n := range count {
		if n != 1 && len(place) < scanned {
			wrong++
			t.Errorf("place %q has %d valid barcodes at the end of a page", place, n)
		}
	}
	return wrong
}

// places tells the place of each barcode.
func (g *gate) places() map[string]string { return g.barcodes("TRUE") }

func (g *gate) barcodes(where string) map[string]string {
	all := map[string]string{}
	must(db.Select(system(), g.store, func(r *sql.Rows) (int, error) {
		var barcode, place string
		err := r.Scan(&barcode, &place)
		all[barcode] = place
		return 0, err
	}, "SELECT barcode, seat_name FROM tickets WHERE "+where))
	return all
}

// holds fails unless the puller's valid barcodes are those of the live tickets.
func (p *puller) holds(g *gate) bool {
	live := g.barcodes("live AND state <> 'CONTROLLED'")
	same := true
	for barcode, valid := range p.valid {
		same = same && valid == (live[barcode] != "")
		delete(live, barcode)
	}
	return same && len(live) == 0
}

func TestList_D11_aReplacementIsNeverPartedUnderRaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const places, writers, turns = 12, 8, 25
		g := open(t, store, 100+writers*turns)
		var writing, pulling sync.WaitGroup
		done := make(chan struct{})
		pullers := make([]*puller, 2)
		for i := range pullers {
			p := &puller{valid: map[string]bool{}}
			pullers[i] = p
			pulling.Go(func() {
				for {
					select {
					case <-done:
						p.pull(g, 3+i, g.places)
						return
					default:
						p.pull(g, 1+i*4, g.places)
					}
				}
			})
		}
		for w := range writers {
			writing.Go(func() {
				for turn := range turns {
					err := store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error { return g.replace(ctx, tx, (w*5+turn)%places) })
					if err != nil {
						t.Error(err)
					}
				}
			})
			// Entries beside them, so that transactions commit in another order than they write.
			writing.Go(func() {
				for turn := range turns {
					if a, err := g.access.Record(g.as(term.RoleController), []access.Entry{g.entry(100+w*turns+turn, early)}); err != nil || a[0].Result != "ADMITTED" {
						t.Error(a, err)
					}
				}
			})
		}
		writing.Wait()
		close(done)
		pulling.Wait()
		for _, p := range pullers {
			if !p.holds(g) || len(p.valid) != 100+2*writers*turns {
				t.Errorf("after %d barcodes the puller's list is not the store's", len(p.valid))
			}
		}
		g.sound()
	})
}

// naive pulls by the order in which steps were written.
func (p *puller) naive(g *gate) {
	must(db.Select(system(), g.store, func(r *sql.Rows) (int, error) {
		var id int64
		var barcode, old string
		var valid bool
		err := r.Scan(&id, &barcode, &valid, &old)
		p.cursor, p.valid[barcode] = id, valid
		if old != "" {
			p.valid[old] = false
		}
		return 0, err
	}, `SELECT c.id, t.barcode, c.valid, COALESCE(o.barcode, '') FROM access_changes c JOIN tickets t ON t.id = c.ticket_id
		LEFT JOIN tickets o ON o.id = c.replaces_id WHERE c.id > $1::bigint ORDER BY c.id`, p.cursor))
}

func TestList_D11_stepsThatCommitOutOfOrderAreNotMissed(t *testing.T) {
	t.Parallel()
	t.Run("postgres", func(t *testing.T) { // SQLite has one writer: nothing commits out of order
		g := open(t, dbtest.Postgres(t), 2)
		right, naive := &puller{valid: map[string]bool{}}, &puller{valid: map[string]bool{}}
		written, pulled := make(chan struct{}), make(chan struct{})
		var slow sync.WaitGroup
		slow.Go(func() {
			err := g.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
				if err := g.replace(ctx, tx, 0); err != nil {
					return err
				}
				close(written)
				<-pulled
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		<-written
		// Ticket numbers are handed out in turn, so the fast change takes none.
		g.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE tickets SET state = 'CANCELLED', live = false WHERE seat_name = '1'")
			return err
		})
		right.pull(g, 10, func() map[string]string { return map[string]string{} }) // place 1 is empty
		naive.naive(g)
		close(pulled)
		slow.Wait()
		right.pull(g, 10, func() map[string]string { return map[string]string{} })
		naive.naive(g)
		if !right.holds(g) {
			t.Errorf("the list missed a step: %d barcodes", len(right.valid))
		}
		if naive.holds(g) {
			t.Error("a puller that goes by the order of writing missed nothing: the test proves nothing")
		}
	})
}

func TestList_D11_tellsOfEveryWayATicketEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := open(t, store, 4)
		g.record(g.entry(0, early))
		g.tx(func(ctx context.Context, tx *db.Tx) error { return g.replace(ctx, tx, 1) })
		g.tx(func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, "UPDATE tickets SET state = 'CANCELLED', live = false WHERE seat_name = '2'"); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, "UPDATE tickets SET state = 'PRINTED', location = 'TRANSFER_PENDING' WHERE seat_name = '3'")
			return err
		})
		page := must(g.access.List(g.as(term.RoleController), g.match.ID, 0, 100))
		last, places := map[string]string{}, g.places()
		for _, e := range page.Entries {
			last[places[e.Barcode]+" "+fmt.Sprint(e.Barcode == g.tickets[must(fmtInt(places[e.Barcode]))].Barcode)] = fmt.Sprint(e.Valid, " ", e.Reason)
		}
		want := map[string]string{
			"0 true": "false CONTROLLED", "1 true": "false MOBILE_TAKE_BACK", "1 false": "true ", "2 true": "false CANCELLED",
			"3 true": "false TRANSFER_PENDING",
		}
		for key, state := range want {
			if last[key] != state {
				t.Errorf("%s is %q, want %q", key, last[key], state)
			}
		}
		if after := must(g.access.List(g.as(term.RoleController), uuid.Nil, page.Last, 100)); len(after.Entries) != 0 || after.Last != page.Last {
			t.Errorf("after the end there are %d entries", len(after.Entries))
		}
	})
}

func fmtInt(text string) (n int, err error) {
	_, err = fmt.Sscan(text, &n)
	return n, err
}
