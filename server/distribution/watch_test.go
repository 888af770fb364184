package distribution_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// watch sets how the organisation watches take-backs.
func (h *house) watch(set func(*ent.OrganisationUpdateOne)) {
	h.t.Helper()
	u := h.org.Update()
	set(u)
	_, err := u.Save(system())
	ok(h.t, err)
}

// colleague is another relay of the sponsor.
func (h *house) colleague() context.Context {
	v, _ := viewer.From(h.relay(h.sponsor))
	v.User, v.Name = viewer.UUID(uuid.NewSHA1(uuid.Nil, []byte("colleague"))), "Colleague"
	return viewer.With(context.Background(), v)
}

func TestWatch_TB7_eachThresholdIsToldOncePerTicketAndPerSponsor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 20, 100)
		h.watch(func(u *ent.OrganisationUpdateOne) { u.SetTakeBackAlertAfter(1).SetTakeBackAlertShare(20) })
		h.given(20)
		h.allow(true, term.TakeBackDownloadedRelay)
		again := func(n int) {
			for i := range n {
				id := h.now(h.tickets[i].ID)
				if must(store.Client.Ticket.Get(system(), id)).HolderID == nil {
					must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
						{Ticket: id, Email: fmt.Sprintf("g%d@example.org", i), First: "G", Last: "H"},
					}}))
					h.settle()
				}
				h.download(h.now(h.tickets[i].ID))
				if e := h.reclaim(h.relay(h.sponsor), h.now(h.tickets[i].ID)); e.TakenBack != 1 {
					t.Fatalf("%d taken back: %v", e.TakenBack, h.reasons(e.ID))
				}
			}
		}
		told := func() (tickets, sponsors int) {
			return h.count("SELECT count(*) FROM take_back_alerts WHERE kind = 'TICKET'"), h.count("SELECT count(*) FROM take_back_alerts WHERE kind = 'SPONSOR'")
		}
		again(4) // 4 of 20 are not more than 20 %, and once is not more than once
		if tickets, sponsors := told(); tickets != 0 || sponsors != 0 {
			t.Errorf("%d and %d alerts before a threshold is passed", tickets, sponsors)
		}
		again(2)
		if tickets, sponsors := told(); tickets != 2 || sponsors != 1 {
			t.Errorf("%d and %d alerts, want 2 and 1", tickets, sponsors)
		}
		again(2) // a third time: both have been told
		if tickets, sponsors := told(); tickets != 2 || sponsors != 1 {
			t.Errorf("%d and %d alerts, want still 2 and 1", tickets, sponsors)
		}
		if n := h.count(`SELECT count(*) FROM take_back_alerts a JOIN tickets t ON t.id = a.ticket_id WHERE t.live AND t.recoveries = 3`); n != 2 {
			t.Errorf("%d alerts follow their ticket, want 2", n)
		}
		alert := must(store.Client.TakeBackAlert.Query().All(system()))
		for _, a := range alert {
			if a.SponsorID != h.sponsor.ID || a.ProductID != h.product.ID || a.OrganisationID != h.org.ID {
				t.Errorf("an alert is about somebody else: %+v", a)
			}
			if a.Kind == term.AlertKindSponsor && a.Recovered*100 <= a.Distributed*20 {
				t.Errorf("%d of %d is not more than 20 %%", a.Recovered, a.Distributed)
			}
		}
		h.sound()
	})
}

func TestWatch_TB7_aTicketStaysWithItsNextGuestForAWhile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.given(1)
		h.allow(true, term.TakeBackDownloadedRelay)
		h.watch(func(u *ent.OrganisationUpdateOne) { u.SetTakeBackPauseHours(24) })
		h.download(h.tickets[0].ID)
		if e := h.reclaim(h.relay(h.sponsor), h.tickets[0].ID); e.TakenBack != 1 {
			t.Fatalf("the first time: %v", h.reasons(e.ID))
		}
		id := h.now(h.tickets[0].ID)
		must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
			{Ticket: id, Email: "next@example.org", First: "N", Last: "G"},
		}}))
		h.settle()
		h.inject()
		problem := must(h.distribution.Answers(id).Reclaimable(h.relay(h.sponsor), id))
		if problem == nil || problem.Code != term.ReasonCodeTakeBackPaused || len(problem.Value) != len("2006-01-02 15:04") {
			t.Fatalf("the button says %+v", problem)
		}
		e := h.reclaim(h.relay(h.sponsor), id)
		if reasons := h.reasons(e.ID); reasons[0] != term.ReasonCodeTakeBackPaused {
			t.Errorf("the deed says %v", reasons)
		}
		e = must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
			{Ticket: id, Email: "third@example.org", First: "T", Last: "G"},
		}}))
		h.settle()
		if reasons := h.reasons(e.ID); reasons[0] != term.ReasonCodeTakeBackPaused {
			t.Errorf("giving it on says %v", reasons)
		}
		_, err := store.Exec(system(), "UPDATE tickets SET recovered_at = $1::timestamptz WHERE id = $2::uuid", db.Now().Add(-25*time.Hour), id)
		ok(t, err)
		if e := h.reclaim(h.relay(h.sponsor), id); e.TakenBack != 1 {
			t.Errorf("afterwards: %v", h.reasons(e.ID))
		}
		h.sound()
	})
}

// awaiting is a house one of whose downloaded tickets its relay wants back.
func awaiting(t *testing.T, store *db.DB) (*house, *ent.Execution) {
	h := build(t, store, 2, 100)
	h.given(2)
	h.allow(true, term.TakeBackDownloadedRelay)
	h.watch(func(u *ent.OrganisationUpdateOne) { u.SetTakeBackApproval(true) })
	h.download(h.tickets[0].ID)
	e := h.reclaim(h.relay(h.sponsor), h.tickets[0].ID, h.tickets[1].ID)
	if e.State != term.ExecutionStateAwaitingApproval || e.TakenBack != 0 || e.PlanApprovals != 1 {
		t.Fatalf("%s, %d taken back, %d need approval", e.State, e.TakenBack, e.PlanApprovals)
	}
	return h, e
}

func TestWatch_TB7_aSecondPersonApprovesOrRefuses(t *testing.T) {
	t.Parallel()
	type who func(*house) context.Context
	relay := func(h *house) context.Context { return h.relay(h.sponsor) }
	colleague := func(h *house) context.Context { return h.colleague() }
	operator := func(h *house) context.Context { return h.staff(term.RoleOperator) }
	for name, c := range map[string]struct {
		who     who
		code    errs.Code
		allowed bool
	}{
		"who asked for it may not":       {relay, errs.Forbidden, false},
		"another relay may":              {colleague, "", true},
		"an operator may":                {operator, "", true},
		"another sponsor sees nothing":   {func(h *house) context.Context { return h.relay(h.other) }, errs.NotFound, false},
		"a viewer of the house may not":  {func(h *house) context.Context { return h.staff(term.RoleViewer) }, errs.Forbidden, false},
		"whoever is not signed in is no": {func(*house) context.Context { return context.Background() }, errs.Unauthenticated, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, store *db.DB) {
				h, e := awaiting(t, store)
				_, err := h.distribution.Approve(c.who(h), e.ID, "fine")
				h.settle()
				done := h.execution(e.ID)
				if !c.allowed {
					if codeOf(err) != c.code || done.State != term.ExecutionStateAwaitingApproval {
						t.Errorf("%v, %s", err, done.State)
					}
					_, err = h.distribution.Refuse(c.who(h), e.ID, "no")
					if codeOf(err) != c.code || h.execution(e.ID).State != term.ExecutionStateAwaitingApproval {
						t.Errorf("refusing: %v", err)
					}
					return
				}
				ok(t, err)
				if done.TakenBack != 2 || done.DecidedAt == nil || done.DecidedByName == "" || done.DecisionNote != "fine" {
					t.Errorf("%d taken back, by %q at %v", done.TakenBack, done.DecidedByName, done.DecidedAt)
				}
				if _, err := h.distribution.Refuse(c.who(h), e.ID, "too late"); codeOf(err) != errs.Conflict {
					t.Errorf("refused after it was approved: %v", err)
				}
				h.sound()
			})
		})
	}
}

func TestWatch_TB7_whatIsRefusedMovesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h, e := awaiting(t, store)
		if _, err := h.distribution.Refuse(h.colleague(), e.ID, "  "); codeOf(err) != errs.Invalid {
			t.Errorf("refused without a word: %v", err)
		}
		must(h.distribution.Refuse(h.colleague(), e.ID, "he comes after all"))
		h.settle()
		done := h.execution(e.ID)
		if done.State != term.ExecutionStateCancelled || done.TakenBack != 0 || done.DecisionNote != "he comes after all" || done.EndedAt == nil {
			t.Errorf("%s, %d taken back, %q", done.State, done.TakenBack, done.DecisionNote)
		}
		h.sound()
	})
}

func TestWatch_TB7_anApprovedRunIsCheckedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*house)
		reason    term.ReasonCode
	}{
		"the ticket was used":                   {func(h *house) { h.control(h.tickets[0].ID) }, term.ReasonCodeAlreadyControlled},
		"the organiser no longer allows it":     {func(h *house) { h.allow(true, term.TakeBackDownloadedOff) }, term.ReasonCodeTakeBackNotAllowed},
		"the guest has fetched it since (D-11)": {func(h *house) { h.download(h.tickets[1].ID) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, store *db.DB) {
				h, e := awaiting(t, store)
				c.meanwhile(h)
				must(h.distribution.Approve(h.colleague(), e.ID, ""))
				h.settle()
				done, reasons := h.execution(e.ID), h.reasons(e.ID)
				want := []term.ReasonCode{c.reason, ""}
				if c.reason == "" {
					want[1] = term.ReasonCodeStale
				}
				if reasons[0] != want[0] || reasons[1] != want[1] || done.TakenBack != 1 || done.Refused != 1 {
					t.Errorf("%v, %d taken back, %d refused", reasons, done.TakenBack, done.Refused)
				}
				h.sound()
			})
		})
	}
}

func TestWatch_TB7_onlyDownloadedTicketsOfSponsorsNeedApproval(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.given(3)
		h.allow(true, term.TakeBackDownloadedRelay)
		h.watch(func(u *ent.OrganisationUpdateOne) { u.SetTakeBackApproval(true) })
		if e := h.reclaim(h.relay(h.sponsor), h.tickets[0].ID); e.TakenBack != 1 {
			t.Errorf("a ticket that was only sent waits: %s", e.State)
		}
		h.download(h.tickets[1].ID, h.tickets[2].ID)
		e := must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
			{Ticket: h.tickets[1].ID, Email: "next@example.org", First: "N", Last: "G"},
		}}))
		h.settle()
		if e = h.execution(e.ID); e.State != term.ExecutionStateAwaitingApproval {
			t.Errorf("giving a downloaded ticket on does not wait: %s", e.State)
		}
		user := must(store.Client.User.Create().SetOrganisationID(h.org.ID).SetEmail("op@example.org").SetEmailKey("op@example.org").
			SetName("Op").SetRole(term.RoleOperator).Save(system()))
		v, _ := viewer.From(h.staff(term.RoleOperator))
		v.User = viewer.UUID(user.ID)
		e = must(h.distribution.Reclaim(viewer.With(context.Background(), v), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[2].ID}, Reason: "because", Confirmed: true}))
		h.settle()
		if e = h.execution(e.ID); e.TakenBack != 1 {
			t.Errorf("an operator waits: %s, %v", e.State, h.reasons(e.ID))
		}
	})
}

// TestWatch_TB7_everyTakeBackIsInTheAuditLog asks for the actor, his address and
// his reason of a take-back by each of those who may.
func TestWatch_TB7_everyTakeBackIsInTheAuditLog(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 2, 100)
		h.given(2)
		h.allow(true, term.TakeBackDownloadedRelay)
		e := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[0].ID}, Reason: "he is ill", Confirmed: true}))
		h.settle()
		for _, verb := range []string{"distribution.reclaim", "distribution.apply", "execution.end"} {
			if n := h.count(`SELECT count(*) FROM audit_entries WHERE verb = $1::text AND object <> '' AND actor = 'Relay' AND address = '127.0.0.1'
				AND user_id = $2::uuid AND at >= $3::timestamptz`, verb, *e.UserID, e.CreatedAt); n != 1 {
				t.Errorf("%s is there %d times", verb, n)
			}
		}
		for _, verb := range []string{"distribution.reclaim", "distribution.apply"} {
			if n := h.count("SELECT count(*) FROM audit_entries WHERE verb = $1::text AND detail LIKE '%he is ill%'", verb); n != 1 {
				t.Errorf("%s gives the reason %d times", verb, n)
			}
		}
	})
}

// codeOf is what an error says for programs; empty for none.
func codeOf(err error) errs.Code {
	if e, is := errs.As(err); is {
		return e.Code
	}
	return ""
}
