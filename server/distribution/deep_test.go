package distribution_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
)

func TestTakeBack_D7_threeTimesDeepLeavesOneLivingBarcode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.allow(true, term.TakeBackDownloadedRelay)
		for i := range 3 {
			id := h.now(h.tickets[0].ID)
			must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
				{Ticket: id, Email: fmt.Sprintf("deep%d@example.org", i), First: "D", Last: "P"},
			}}))
			h.settle()
			h.inject()
			h.download(id)
			if e := h.reclaim(h.relay(h.sponsor), id); e.TakenBack != 1 {
				t.Fatalf("round %d: %d taken back", i, e.TakenBack)
			}
		}
		if live := h.count("SELECT count(*) FROM tickets WHERE live"); live != 1 {
			t.Errorf("%d barcodes open the gate", live)
		}
		if dead := h.count("SELECT count(*) FROM tickets WHERE state = 'INVALIDATED' AND dead_reason = 'MOBILE_TAKE_BACK'"); dead != 3 {
			t.Errorf("%d barcodes are dead for being taken back, want 3", dead)
		}
		if n := h.count("SELECT count(*) FROM tickets WHERE live AND recoveries = 3"); n != 1 {
			t.Error("the living ticket does not know how often it was taken back after download (TB-7)")
		}
		h.sound()
	})
}

func TestTakeBack_TB1_nobodyTakesBackFromAbove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, 1, 100))
		c.allow(true, term.TakeBackDownloadedRelayAndPublic)
		// The sponsor takes it back from both; the individual below has no say any more.
		if e := c.reclaim(c.actor("relay"), c.tickets[0].ID); e.TakenBack != 1 {
			t.Fatalf("the sponsor took %d back", e.TakenBack)
		}
		e := c.reclaim(c.actor("public"), c.tickets[0].ID)
		if reasons := c.reasons(e.ID); reasons[0] != term.ReasonCodeNotFound {
			t.Errorf("who lost it is told %v", reasons)
		}
	})
}

func TestTakeBack_DI5_twoTakersHaveOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, 20, 3))
		c.allow(true, term.TakeBackDownloadedRelayAndPublic)
		var ids []uuid.UUID
		for _, n := range c.tickets {
			ids = append(ids, n.ID)
		}
		plans := make([]uuid.UUID, 2)
		for i, who := range []string{"relay", "public"} {
			plans[i] = must(c.distribution.Reclaim(c.actor(who), distribution.TakeBack{Tickets: ids})).ID
		}
		c.settle()
		for i, who := range []string{"relay", "public"} {
			must(c.distribution.Apply(c.actor(who), plans[i]))
		}
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				for c.runs.RunOne(context.Background()) {
				}
			})
		}
		group.Wait()
		taken, stale := 0, 0
		for _, id := range plans {
			taken += c.execution(id).TakenBack
			for _, r := range c.reasons(id) {
				if r == term.ReasonCodeStale {
					stale++
				}
			}
		}
		if taken != 20 || stale != 20 {
			t.Errorf("%d taken back, %d told that they moved; want 20 each", taken, stale)
		}
	})
}

func TestTakeBack_D11_againstTheGateHasOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 24, 2)
		h.given(24)
		h.allow(true, term.TakeBackDownloadedRelay)
		var ids []uuid.UUID
		for _, n := range h.tickets {
			ids = append(ids, n.ID)
		}
		e := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: ids, Confirmed: true}))
		var group sync.WaitGroup
		admitted := 0
		group.Go(h.settle)
		group.Go(func() {
			for i := len(ids) - 1; i >= 0; i-- {
				if h.control(ids[i]) {
					admitted++
				}
			}
		})
		group.Wait()
		h.settle()
		if done := h.execution(e.ID); done.TakenBack+admitted != 24 || done.Refused != admitted {
			t.Errorf("%d taken back, %d admitted, %d refused", done.TakenBack, admitted, done.Refused)
		}
		h.sound()
	})
}
