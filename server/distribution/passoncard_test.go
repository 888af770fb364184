package distribution_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/access"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
)

// holders are the addresses at which the house's tickets are now.
func (h *house) holders() []string {
	h.t.Helper()
	all := make([]string, len(h.tickets))
	for i, made := range h.tickets {
		all[i] = h.ticket(h.now(made.ID)).HolderEmail
	}
	return all
}

// passableCard is a season card with three children in one guest's hands, who may
// pass them on.
func passableCard(t *testing.T, store *db.DB) *house {
	h := build(t, store, 4, 100)
	carded(h, 3)
	_, err := h.at.Update().SetPassOn(true).Save(system())
	ok(t, err)
	for _, made := range h.tickets {
		h.download(made.ID)
	}
	return h
}

func TestPassOn_WA3_aSeasonCardGoesWithItsChildren(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passableCard(t, store)
		mail := h.mailOf(h.tickets[0].ID)
		offer := h.mustOffer(0, "third@example.org")
		for i, made := range h.tickets {
			if at := h.ticket(made.ID).Location; at != term.DeliveryLocationTransferPending {
				t.Errorf("ticket %d is %s while its card is offered", i, at)
			}
		}
		h.sound()
		// While the card is offered no child goes a way of its own.
		if problem, err := h.offerFrom(mail, 1, "other@example.org"); err != nil || problem == nil || problem.Code != term.ReasonCodeTransferPending {
			t.Errorf("a child of an offered card is offered: %+v %v", problem, err)
		}
		if problem := must(h.distribution.AnswerOffer(system(), offer, false)); problem != nil {
			t.Fatal(problem)
		}
		for i, made := range h.tickets {
			if now := h.ticket(made.ID); now.Location != term.DeliveryLocationDownloaded || now.HolderEmail != "guest0@example.org" {
				t.Errorf("declined: ticket %d is %s with %s", i, now.Location, now.HolderEmail)
			}
		}
		h.sound()
		if problem := must(h.distribution.AnswerOffer(system(), h.mustOffer(0, "third@example.org"), true)); problem != nil {
			t.Fatal(problem)
		}
		for i, made := range h.tickets {
			old, fresh := h.ticket(made.ID), h.ticket(h.now(made.ID))
			if old.Live || fresh.Barcode == old.Barcode || fresh.HolderEmail != "third@example.org" || fresh.TransferredDepth != 2 {
				t.Errorf("accepted: ticket %d lives %v, is with %s at depth %d", i, old.Live, fresh.HolderEmail, fresh.TransferredDepth)
			}
		}
		card := h.now(h.tickets[0].ID)
		if n := h.count("SELECT count(*) FROM tickets WHERE parent_id = $1::uuid AND live", card); n != 3 {
			t.Errorf("%d children hang on the card's new ticket, want 3", n)
		}
		h.sound()
	})
}

func TestPassOn_WA3_aChildGoesAloneAndItsCardWithoutIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passableCard(t, store)
		mail := h.mailOf(h.tickets[0].ID)
		problem, err := h.offerFrom(mail, 1, "third@example.org")
		if problem != nil || err != nil {
			t.Fatalf("a child alone: %+v %v", problem, err)
		}
		// A card of which one is on its way waits for it.
		if problem, err := h.offer(0, "fourth@example.org"); err != nil || problem == nil || problem.Code != term.ReasonCodeTransferPending {
			t.Errorf("the card meanwhile: %+v %v", problem, err)
		}
		if problem := must(h.distribution.AnswerOffer(system(), h.offerMail(1), true)); problem != nil {
			t.Fatal(problem)
		}
		h.sound()
		if problem := must(h.distribution.AnswerOffer(system(), h.mustOffer(0, "fourth@example.org"), true)); problem != nil {
			t.Fatal(problem)
		}
		want := []string{"fourth@example.org", "third@example.org", "fourth@example.org", "fourth@example.org"}
		for i, email := range h.holders() {
			if email != want[i] {
				t.Errorf("ticket %d is with %s, want %s", i, email, want[i])
			}
		}
		h.sound()
	})
}

// TestPassOn_WA3_D11_ofAnAcceptanceAndAScanOneWins lets a gate scan the codes of
// offered tickets while the third persons accept them and some givers keep them.
func TestPassOn_WA3_D11_ofAnAcceptanceAndAScanOneWins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 12
		h := passable(t, store, n)
		var barcodes [n]string
		var own, offers [n]uuid.UUID
		for i := range n {
			own[i], offers[i] = h.mailOf(h.tickets[i].ID), h.mustOffer(i, "third@example.org")
			barcodes[i] = h.ticket(h.tickets[i].ID).Barcode
		}
		var accepted [n]bool
		var admitted [n]int
		var mu sync.Mutex
		gate := func() {
			for round := range 3 {
				for i := range n {
					answers := must(access.New(store, time.Now).Record(h.staff(term.RoleController),
						[]access.Entry{{Key: uuid.NewString(), Barcode: barcodes[i], Gate: "A", At: time.Now().Add(time.Duration(round) * time.Second)}}))
					mu.Lock()
					if answers[0].Result == term.EntryResultAdmitted {
						admitted[i]++
					}
					mu.Unlock()
				}
			}
		}
		h.race(gate, gate, func() {
			for i := range n {
				accepted[i] = must(h.distribution.AnswerOffer(system(), offers[i], true)) == nil
			}
		}, func() {
			for i := n - 1; i >= 0; i -= 2 {
				_, err := h.distribution.KeepTicket(system(), distribution.GivingBack{Mail: own[i], Ticket: h.tickets[i].ID})
				ok(t, err)
			}
		})
		for i := range n {
			old, fresh := h.ticket(h.tickets[i].ID), h.ticket(h.now(h.tickets[i].ID))
			switch {
			case accepted[i] && (admitted[i] > 0 || old.State != term.TicketStateInvalidated || fresh.HolderEmail != "third@example.org"):
				t.Errorf("ticket %d was accepted; the old code let in %d times and is %s, the new one is with %s", i, admitted[i], old.State, fresh.HolderEmail)
			case !accepted[i] && (fresh.ID != old.ID || admitted[i] > 1 || (admitted[i] == 1) != (old.State == term.TicketStateControlled)):
				t.Errorf("ticket %d was kept; its code let in %d times and is %s", i, admitted[i], old.State)
			case accepted[i] && !h.scanAtGate(fresh.ID):
				t.Errorf("ticket %d: the third person is not let in", i)
			}
		}
		h.sound()
	})
}
