package distribution_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	outbox "gradin/server/mail"
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

// Who gave a ticket on that is taken back from further down loses it as well: he
// is told once a run, whatever he lost how, and not who had it after him.
func TestTakeBack_ML1_whoGaveATicketOnIsToldOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 3)
		h.allow(true, term.TakeBackDownloadedRelay)
		_, err := h.at.Update().SetTakeBackTransferred(true).Save(system())
		ok(t, err)
		// Guest 0 gives his on to somebody, guest 1 his to guest 0; guest 2 keeps his.
		for i, email := range []string{"third@example.org", "guest0@example.org"} {
			if problem := must(h.distribution.AnswerOffer(system(), h.mustOffer(i, email), true)); problem != nil {
				t.Fatal(problem)
			}
		}
		plan := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: []uuid.UUID{
			h.now(h.tickets[0].ID), h.now(h.tickets[1].ID), h.tickets[2].ID,
		}}))
		h.settle()
		must(h.distribution.Apply(h.relay(h.sponsor), plan.ID))
		h.settle()
		e := h.execution(plan.ID)
		addresses := map[string]int{}
		letters := outbox.New(store, outbox.Config{BaseURL: "https://tickets.example", LinkKey: make([]byte, 32), From: "t@example.org"}, time.Now, quiet())
		for _, m := range must(store.Client.Mail.Query().Where(mail.ExecutionID(e.ID)).All(system())) {
			addresses[m.Address]++
			letter := must(letters.Render(system(), m.ID, false))
			if m.Address == "third@example.org" {
				continue
			}
			if tickets := map[string]int{"guest0@example.org": 2, "guest1@example.org": 1, "guest2@example.org": 1}[m.Address]; strings.Count(letter.Text, "  - ") != 1 ||
				!strings.Contains(letter.Text, fmt.Sprintf("%d ticket", tickets)) || strings.Contains(letter.Text+letter.HTML, "Third") {
				t.Errorf("%s reads\n%s", m.Address, letter.Text)
			}
		}
		want := map[string]int{"guest0@example.org": 1, "guest1@example.org": 1, "guest2@example.org": 1, "third@example.org": 1}
		if diff := cmp.Diff(want, addresses); diff != "" || e.TakenBack != 3 || e.PlanNotices != 4 || e.Notices != 4 {
			t.Errorf("%d taken back, %d notices of %d: %s", e.TakenBack, e.Notices, e.PlanNotices, diff)
		}
		h.sound()
	})
}

// A run that only moves a ticket among those below takes it from nobody above.
func TestTakeBack_ML1_whoKeepsHisTicketIsToldNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, 1, 100))
		c.allow(true, term.TakeBackDownloadedRelayAndPublic)
		if e := c.reclaim(c.actor("public"), c.tickets[0].ID); e.TakenBack != 1 || e.Notices != 0 || e.PlanNotices != 0 {
			t.Errorf("%d taken back, %d notices of %d", e.TakenBack, e.Notices, e.PlanNotices)
		}
	})
}
