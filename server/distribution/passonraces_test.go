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

// TestPassOn_WA3_racesHaveOneWinner: the guest offers to two people at once, and
// again while the sponsor wants the ticket back and the gate scans it; then the
// third person accepts while the guest keeps it, the time ends and it is scanned.
func TestPassOn_WA3_racesHaveOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 9
		h := passable(t, store, n)
		h.allow(true, term.TakeBackDownloadedRelayAndPublic)
		var made [2][n]bool
		var scanned, kept, accepted [n]bool
		var own [n]uuid.UUID
		for i := range n {
			own[i] = h.mailOf(h.tickets[i].ID)
		}
		h.race(func() {
			for i := range n {
				problem, err := h.offerFrom(own[i], i, "one@example.org")
				made[0][i] = problem == nil && err == nil
			}
		}, func() {
			for i := range n {
				problem, err := h.offerFrom(own[i], i, "two@example.org")
				made[1][i] = problem == nil && err == nil
			}
		}, func() {
			for i := range 3 {
				scanned[i] = h.scanAtGate(h.tickets[i].ID)
			}
		}, func() {
			_, err := h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[3].ID, h.tickets[4].ID, h.tickets[5].ID}, Confirmed: true})
			if err != nil {
				t.Error(err)
			}
			h.settle()
		})
		var open []int
		for i := range n {
			winners := h.count("SELECT count(*) FROM pass_ons WHERE ticket_id = $1::uuid", h.tickets[i].ID) +
				h.count("SELECT count(*) FROM history_entries WHERE ticket_id = $1::uuid AND event = 'TAKEN_BACK'", h.tickets[i].ID)
			if scanned[i] {
				winners++
			}
			if winners != 1 || made[0][i] && made[1][i] {
				t.Errorf("ticket %d: %d winners; offered %v %v, scanned %v", i, winners, made[0][i], made[1][i], scanned[i])
			}
			if made[0][i] || made[1][i] {
				open = append(open, i)
			}
		}
		h.sound()
		mails := map[int][2]uuid.UUID{}
		for _, i := range open {
			mails[i] = [2]uuid.UUID{h.mailOf(h.tickets[i].ID), h.offerMail(i)}
			if i%2 == 0 {
				_, err := store.Exec(system(), "UPDATE pass_ons SET expires_at = $1::timestamptz WHERE ticket_id = $2::uuid", db.Moment(time.Now().Add(20*time.Millisecond)), h.tickets[i].ID)
				ok(t, err)
			}
		}
		h.race(func() {
			for _, i := range open {
				problem, err := h.distribution.AnswerOffer(system(), mails[i][1], true)
				accepted[i] = problem == nil && err == nil
			}
		}, func() {
			for _, i := range open {
				problem, err := h.distribution.KeepTicket(system(), distribution.GivingBack{Mail: mails[i][0], Ticket: h.tickets[i].ID})
				kept[i] = problem == nil && err == nil
			}
		}, func() {
			for range 5 {
				_, _ = h.distribution.ExpireOffers(system())
			}
		})
		for _, i := range open {
			state, fresh := h.offerState(i), h.now(h.tickets[i].ID)
			if accepted[i] != (state == "ACCEPTED") || kept[i] == accepted[i] && state != "EXPIRED" || accepted[i] != (fresh != h.tickets[i].ID) {
				t.Errorf("ticket %d: accepted %v, kept %v, the offer is %s", i, accepted[i], kept[i], state)
			}
		}
		h.sound()
	})
}

// scanAtGate reports an entry as a gate does, and says whether it was let in.
func (h *house) scanAtGate(id uuid.UUID) bool {
	barcode := must(db.Get[string](system(), h.store, "SELECT barcode FROM tickets WHERE id = $1::uuid", id))
	answers := must(access.New(h.store, time.Now).Record(h.staff(term.RoleController), []access.Entry{{Barcode: barcode, Gate: "A", At: time.Now()}}))
	return answers[0].Result == term.EntryResultAdmitted
}

// race lets them all run at once.
func (h *house) race(all ...func()) {
	var group sync.WaitGroup
	for _, f := range all {
		group.Go(f)
	}
	group.Wait()
}
