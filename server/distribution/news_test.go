package distribution_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
)

// news are the mails to the organiser of a class: address and what each is about.
func (h *house) news(class term.DocumentClass) []string {
	h.t.Helper()
	var all []string
	for _, m := range must(h.store.Client.Mail.Query().Where(mail.ClassEQ(class)).All(system())) {
		if m.State != term.MailStateReady || m.Language != term.LanguageDe || m.OrganisationID != h.org.ID || m.ExecutionID != nil {
			h.t.Errorf("a mail is %v", m)
		}
		all = append(all, fmt.Sprint(m.Address, " ", *m.AboutID))
	}
	slices.Sort(all)
	return all
}

// newsOf is what news of these things are, at these addresses.
func newsOf(about []uuid.UUID, addresses ...string) []string {
	var all []string
	for _, id := range about {
		for _, address := range addresses {
			all = append(all, fmt.Sprint(address, " ", id))
		}
	}
	slices.Sort(all)
	return all
}

func TestWatch_TB7_theOrganiserIsMailedOncePerAlert(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 12, 2)
		h.watch(func(u *ent.OrganisationUpdateOne) {
			u.SetTakeBackAlertAfter(1).SetTakeBackAlertShare(10).SetLanguage(term.LanguageDe)
		})
		h.given(12)
		h.allow(true, term.TakeBackDownloadedRelay)
		round := func(n int) {
			var ids []uuid.UUID
			var wishes []distribution.Wish
			for i := range n {
				id := h.now(h.tickets[i].ID)
				ids = append(ids, id)
				wishes = append(wishes, distribution.Wish{Ticket: id, Email: fmt.Sprintf("g%d@example.org", i), First: "G", Last: "H"})
			}
			if h.ticket(ids[0]).HolderID == nil {
				must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: wishes}))
				h.settle()
			}
			h.download(ids...)
			if e := h.reclaim(h.relay(h.sponsor), ids...); e.TakenBack != n {
				t.Fatalf("%d taken back: %v", e.TakenBack, h.reasons(e.ID))
			}
		}
		round(5) // the sponsor passes his share; nobody is to be told
		if n := h.count("SELECT count(*) FROM take_back_alerts"); n != 1 {
			t.Fatalf("%d alerts", n)
		}
		if got := h.news(term.DocumentClassTakeBackAlert); len(got) != 0 {
			t.Errorf("without an address there are %v", got)
		}
		silent := must(store.Client.TakeBackAlert.Query().OnlyID(system()))
		h.watch(func(u *ent.OrganisationUpdateOne) { u.SetAlertAddresses([]string{"a@club.example", "B@club.example"}) })
		for range 3 { // the second time each of the five tickets passes its threshold
			round(5)
		}
		alerts := must(store.Client.TakeBackAlert.Query().IDs(system()))
		alerts = slices.DeleteFunc(alerts, func(id uuid.UUID) bool { return id == silent })
		if diff := cmp.Diff(newsOf(alerts, "a@club.example", "B@club.example"), h.news(term.DocumentClassTakeBackAlert)); diff != "" || len(alerts) != 5 {
			t.Errorf("%d alerts: %s", len(alerts), diff)
		}
	})
}

func TestWatch_TB7_theOrganiserIsMailedOncePerRunThatWaits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 4, 100)
		h.given(4)
		h.allow(true, term.TakeBackDownloadedRelay)
		h.watch(func(u *ent.OrganisationUpdateOne) {
			u.SetTakeBackApproval(true).SetLanguage(term.LanguageDe).SetAlertAddresses([]string{"a@club.example"})
		})
		h.download(h.tickets[0].ID, h.tickets[1].ID, h.tickets[2].ID)
		relay := h.relay(h.sponsor)
		// Confirmed from the start, confirmed when it was looked at, or a list of moves.
		first := h.reclaim(relay, h.tickets[0].ID)
		second := must(h.distribution.Reclaim(relay, distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[1].ID}}))
		h.settle()
		if got := h.news(term.DocumentClassApprovalAwaited); len(got) != 1 {
			t.Errorf("a plan that nobody has confirmed is told of: %v", got)
		}
		for range 2 {
			must(h.distribution.Apply(relay, second.ID))
		}
		third := must(h.distribution.Distribute(relay, distribution.List{Confirmed: true, Wishes: []distribution.Wish{
			{Ticket: h.tickets[2].ID, Email: "next@example.org", First: "N", Last: "G"},
		}}))
		if e := h.reclaim(relay, h.tickets[3].ID); e.TakenBack != 1 {
			t.Errorf("what was only sent waits: %s", e.State)
		}
		want := newsOf([]uuid.UUID{first.ID, second.ID, third.ID}, "a@club.example")
		if diff := cmp.Diff(want, h.news(term.DocumentClassApprovalAwaited)); diff != "" {
			t.Error(diff)
		}
		must(h.distribution.Approve(h.colleague(), first.ID, ""))
		h.settle()
		if diff := cmp.Diff(want, h.news(term.DocumentClassApprovalAwaited)); diff != "" {
			t.Errorf("after the approval: %s", diff)
		}
	})
}
