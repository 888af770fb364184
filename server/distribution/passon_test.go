package distribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/mail"
	"gradin/server/check"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
)

// passable is a house whose guests have n tickets, in their hands, and may pass
// them on.
func passable(t *testing.T, store *db.DB, n int) *house {
	h := build(t, store, n, 100)
	h.given(n)
	_, err := h.at.Update().SetPassOn(true).Save(system())
	ok(t, err)
	for _, made := range h.tickets {
		h.download(made.ID)
	}
	return h
}

// offer offers a ticket to somebody; it says what the page is told.
func (h *house) offer(i int, email string) (*distribution.Problem, error) {
	return h.offerFrom(h.mailOf(h.tickets[i].ID), i, email)
}

func (h *house) offerFrom(mail uuid.UUID, i int, email string) (*distribution.Problem, error) {
	return h.distribution.PassOn(system(), distribution.PassingOn{Mail: mail, Ticket: h.tickets[i].ID, Email: email, First: "Third", Last: "Person"})
}

func (h *house) mustOffer(i int, email string) uuid.UUID {
	h.t.Helper()
	if problem, err := h.offer(i, email); problem != nil || err != nil {
		h.t.Fatalf("ticket %d cannot be offered: %+v %v", i, problem, err)
	}
	return h.offerMail(i)
}

// offerMail is the mail of a ticket's last offer.
func (h *house) offerMail(i int) uuid.UUID {
	h.t.Helper()
	return must(db.Get[uuid.UUID](system(), h.store, "SELECT id FROM mails WHERE ticket_id = $1::uuid AND class = 'TICKET_OFFERED' ORDER BY id DESC LIMIT 1", h.tickets[i].ID))
}

func (h *house) ticket(id uuid.UUID) *ent.Ticket {
	return must(h.store.Client.Ticket.Get(system(), id))
}

func (h *house) offerState(i int) string {
	h.t.Helper()
	return must(db.Get[string](system(), h.store, "SELECT state FROM pass_ons WHERE ticket_id = $1::uuid ORDER BY id DESC LIMIT 1", h.tickets[i].ID))
}

func TestPassOn_WA3_isOffByDefault(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.given(1)
		if _, err := h.offer(0, "third@example.org"); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%v, want a refusal", err)
		}
		if _, err := h.distribution.PassOn(h.relay(h.sponsor), distribution.PassingOn{}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("somebody who is signed in: %v", err)
		}
	})
}

func TestPassOn_WA3_D7_acceptedTheOldCodeIsDeadAndTheGiverIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 2)
		giver := *h.ticket(h.tickets[0].ID).HolderID
		offer := h.mustOffer(0, "Third@example.org")
		pending := h.ticket(h.tickets[0].ID)
		if pending.Location != term.DeliveryLocationTransferPending || *pending.HolderID != giver {
			t.Errorf("offered: %s with %v", pending.Location, pending.HolderID)
		}
		h.sound()
		if problem := must(h.distribution.AnswerOffer(system(), offer, true)); problem != nil {
			t.Fatal(problem)
		}
		old, fresh := h.ticket(h.tickets[0].ID), h.ticket(h.now(h.tickets[0].ID))
		if old.Live || old.DeadReason != distribution.ReasonPassedOn || fresh.Barcode == old.Barcode || *fresh.HolderID == giver ||
			fresh.HolderEmail != "Third@example.org" || fresh.TransferredDepth != 2 || fresh.Location != term.DeliveryLocationInjected {
			t.Errorf("old: %v %q; new: %s at depth %d, %s", old.Live, old.DeadReason, fresh.HolderEmail, fresh.TransferredDepth, fresh.Location)
		}
		told := must(store.Client.Mail.Query().Where(mail.ClassEQ(term.DocumentClassTicketPassedOn)).Only(system()))
		if told.RecipientID != giver || told.Address != "guest0@example.org" || told.State != term.MailStateReady {
			t.Errorf("the giver's mail is %+v", told)
		}
		// Said twice, it is the same; the sponsor sees that, and not to whom.
		if problem := must(h.distribution.AnswerOffer(system(), offer, true)); problem != nil {
			t.Error(problem)
		}
		scope := ticket.Scope{Organisation: h.org.ID, Party: h.sponsor.ID}
		page := must(ticket.List(system(), store, scope, ticket.Filter{Tickets: []uuid.UUID{fresh.ID}}, ticket.Page{Limit: 1, Parts: ticket.WithAll}))
		if row := page[0]; row.TransferredDepth == 0 || row.HolderEmail != "guest0@example.org" {
			t.Errorf("the sponsor sees %q, passed on at depth %d", row.HolderEmail, row.TransferredDepth)
		}
		for _, entry := range must(ticket.History(system(), store, scope, old.ID)) {
			if entry.To == "Third Person" || entry.Actor == "Third Person" {
				t.Errorf("the sponsor sees to whom: %+v", entry)
			}
		}
		// Given back by the third person it is the giver's again (WA-4).
		ok(t, h.distribution.GiveBack(system(), distribution.GivingBack{Mail: offer, Ticket: fresh.ID}))
		if again := h.ticket(h.now(fresh.ID)); again.HolderID == nil || *again.HolderID != giver || again.TransferredDepth != 0 {
			t.Errorf("given back it is with %v at depth %d", again.HolderID, again.TransferredDepth)
		}
		h.sound()
	})
}

// However an offer ends without an acceptance, the ticket is as it was.
func TestPassOn_WA3_declinedExpiredOrWithdrawnItIsAsBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 4)
		before := make([]*ent.Ticket, 4)
		for i := range before {
			before[i] = h.ticket(h.tickets[i].ID)
			h.mustOffer(i, fmt.Sprintf("third%d@example.org", i))
		}
		if problem := must(h.distribution.AnswerOffer(system(), h.offerMail(0), false)); problem != nil {
			t.Error(problem)
		}
		g := distribution.GivingBack{Mail: h.mailOf(h.tickets[1].ID), Ticket: h.tickets[1].ID}
		if problem := must(h.distribution.KeepTicket(system(), g)); problem != nil {
			t.Error(problem)
		}
		_, err := store.Exec(system(), "UPDATE pass_ons SET expires_at = created_at WHERE ticket_id = $1::uuid", h.tickets[2].ID)
		ok(t, err)
		if problem := must(h.distribution.AnswerOffer(system(), h.offerMail(2), true)); problem == nil || problem.Code != term.ReasonCodeDistributionClosed {
			t.Errorf("accepted after the time: %+v", problem)
		}
		if n := must(h.distribution.ExpireOffers(system())); n != 1 {
			t.Errorf("%d offers ended by time, want 1", n)
		}
		for i, want := range []string{"REFUSED", "CANCELLED", "EXPIRED", "PENDING"} {
			is := h.ticket(h.tickets[i].ID)
			if got := h.offerState(i); got != want {
				t.Errorf("offer %d is %s, want %s", i, got, want)
			}
			if i < 3 && (is.Location != before[i].Location || is.State != before[i].State || is.Barcode != before[i].Barcode || *is.HolderID != *before[i].HolderID) {
				t.Errorf("ticket %d is %s %s", i, is.State, is.Location)
			}
			if i < 3 {
				if problem := must(h.distribution.AnswerOffer(system(), h.offerMail(i), true)); problem == nil {
					t.Errorf("offer %d was accepted after it had ended", i)
				}
			}
		}
		told := must(store.Client.Mail.Query().Where(mail.ClassEQ(term.DocumentClassPassOnEnded)).Count(system()))
		if told != 2 {
			t.Errorf("%d givers were told, want those of the declined and of the expired one", told)
		}
		// What waits is blocked for the sponsor; what is back may be offered again.
		e := h.reclaim(h.relay(h.sponsor), h.tickets[3].ID)
		if e.TakenBack != 0 || h.reasons(e.ID)[0] != term.ReasonCodeTransferPending {
			t.Errorf("taken back %d: %v", e.TakenBack, h.reasons(e.ID))
		}
		h.mustOffer(0, "fourth@example.org")
		h.sound()
	})
}

func TestPassOn_WA3_whatTheGuestTypesIsCheckedLikeEveryMove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 3)
		_, err := h.product.Update().SetGuestLimit(1).SetGuestFields([]string{"PHONE"}).Save(system())
		ok(t, err)
		try := func(p distribution.PassingOn) term.ReasonCode {
			p.Mail, p.Ticket = h.mailOf(h.tickets[0].ID), h.tickets[0].ID
			if problem := must(h.distribution.PassOn(system(), p)); problem != nil {
				return problem.Code
			}
			return ""
		}
		phone := distribution.Fields{term.GuestFieldPhone: "+33 1 23"}
		for name, c := range map[string]struct {
			p    distribution.PassingOn
			want term.ReasonCode
		}{
			"no address":              {distribution.PassingOn{First: "A", Last: "B", Fields: phone}, term.ReasonCodeMissingEmail},
			"no address at all":       {distribution.PassingOn{Email: "x", First: "A", Last: "B", Fields: phone}, term.ReasonCodeInvalidEmail},
			"the guest's own":         {distribution.PassingOn{Email: "Guest0@example.org", First: "A", Last: "B", Fields: phone}, term.ReasonCodeInvalidEmail},
			"no name":                 {distribution.PassingOn{Email: "a@example.org", First: " ", Last: "B", Fields: phone}, term.ReasonCodeMissingName},
			"no telephone":            {distribution.PassingOn{Email: "a@example.org", First: "A", Last: "B"}, term.ReasonCodeMissingField},
			"a guest who has one now": {distribution.PassingOn{Email: "guest1@example.org", First: "A", Last: "B", Fields: phone}, term.ReasonCodeGuestLimit},
		} {
			if got := try(c.p); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		if got := try(distribution.PassingOn{Email: "a@example.org", First: "A", Last: "B", Fields: phone}); got != "" {
			t.Fatalf("refused with %s", got)
		}
		// Meanwhile the third person got another ticket: now he has enough.
		third := must(db.Get[uuid.UUID](system(), store, "SELECT recipient_id FROM pass_ons WHERE state = 'PENDING'"))
		h.hand(h.sponsor.ID, must(store.Client.Contact.Get(system(), third)), 0, fmt.Sprintf("number = %d", h.tickets[2].Number))
		if problem := must(h.distribution.AnswerOffer(system(), h.offerMail(0), true)); problem == nil || problem.Code != term.ReasonCodeGuestLimit {
			t.Errorf("accepted beyond the limit: %+v", problem)
		}
		h.sound()
	})
}

func TestPassOn_WA3_neverStandsLongerThanToTheStart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 2)
		soon := db.Moment(time.Now().Add(5 * time.Hour))
		_, err := store.Exec(system(), "UPDATE performances SET starts_at = $1::timestamptz", soon)
		ok(t, err)
		h.mustOffer(0, "third@example.org")
		if p := must(store.Client.PassOn.Query().Only(system())); !p.ExpiresAt.Equal(soon) {
			t.Errorf("it stands until %s, want %s", p.ExpiresAt, soon)
		}
		_, err = store.Exec(system(), "UPDATE performances SET starts_at = $1::timestamptz", db.Moment(time.Now().Add(-time.Minute)))
		ok(t, err)
		if problem, _ := h.offer(1, "third@example.org"); problem == nil || problem.Code != term.ReasonCodeDistributionClosed {
			t.Errorf("after the start: %+v", problem)
		}
	})
}

// TestTakeBack_WA3_whatWasPassedOnHasAParameterOfItsOwn: off by default; with it
// the relay may take back what the third person has.
func TestTakeBack_WA3_whatWasPassedOnHasAParameterOfItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 1)
		h.allow(true, term.TakeBackDownloadedRelayAndPublic)
		if problem := must(h.distribution.AnswerOffer(system(), h.mustOffer(0, "third@example.org"), true)); problem != nil {
			t.Fatal(problem)
		}
		fresh := h.now(h.tickets[0].ID)
		if e := h.reclaim(h.relay(h.sponsor), fresh); e.TakenBack != 0 || h.reasons(e.ID)[0] != term.ReasonCodeTakeBackNotAllowed {
			t.Errorf("off: taken back %d, %v", e.TakenBack, h.reasons(e.ID))
		}
		_, err := h.at.Update().SetTakeBackTransferred(true).Save(system())
		ok(t, err)
		if e := h.reclaim(h.relay(h.sponsor), fresh); e.TakenBack != 1 {
			t.Errorf("on: taken back %d, %v", e.TakenBack, h.reasons(e.ID))
		}
		if back := h.ticket(h.now(fresh)); back.HolderID != nil || back.TransferredDepth != 0 {
			t.Errorf("it is with %v at depth %d", back.HolderID, back.TransferredDepth)
		}
		h.sound()
	})
}

// An operator may take back what is being passed on (TB-6): the offer is over.
func TestTakeBack_TB6_endsAnOfferThatIsUnderWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, 2, 100))
		h := passableChain(c)
		offer := h.mustOfferBy(0)
		e := must(h.distribution.Reclaim(c.actor("operator"), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[0].ID}, Reason: "a complaint", Confirmed: true}))
		h.settle()
		if got := h.execution(e.ID).TakenBack; got != 1 || h.offerState(0) != "CANCELLED" {
			t.Errorf("taken back %d, the offer is %s", got, h.offerState(0))
		}
		if problem := must(h.distribution.AnswerOffer(system(), offer, true)); problem == nil {
			t.Error("an offer was accepted whose ticket is gone")
		}
		h.wa3()
	})
}

// passableChain lets the guests of a chain pass their tickets on.
func passableChain(c *chain) *chain {
	_, err := c.at.Update().SetPassOn(true).Save(system())
	ok(c.t, err)
	return c
}

// mustOfferBy offers a ticket of a chain, whose holder has no mail of a run.
func (c *chain) mustOfferBy(i int) uuid.UUID {
	c.t.Helper()
	id := c.tickets[i].ID
	run := uuid.New()
	_, err := c.store.Exec(system(), "UPDATE holder_links SET execution_id = $1::uuid WHERE ticket_id = $2::uuid AND holder_id = $3::uuid", run, id, c.guest.ID)
	ok(c.t, err)
	m := must(c.store.Client.Mail.Create().SetOrganisationID(c.org.ID).SetExecutionID(run).SetRecipientID(c.guest.ID).SetPointOfSaleID(c.at.ID).SetAddress("guest@example.org").
		SetClass(term.DocumentClassTicketAcknowledgement).SetLanguage(term.LanguageEn).SetState(term.MailStateSent).Save(system()))
	problem, err := c.distribution.PassOn(system(), distribution.PassingOn{Mail: m.ID, Ticket: id, Email: "third@example.org", First: "T", Last: "P"})
	ok(c.t, err)
	if problem != nil {
		c.t.Fatalf("%+v", problem)
	}
	return c.offerMail(i)
}

// wa3 checks the rules of passing on alone.
func (h *house) wa3() {
	h.t.Helper()
	for _, f := range must(check.All(system(), h.store)) {
		if f.Rule == "WA-3" && f.Broken > 0 {
			h.t.Errorf("%s: %d, such as %s", f.What, f.Broken, f.Sample)
		}
	}
}
