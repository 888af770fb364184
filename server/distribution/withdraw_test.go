package distribution_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
	"gradin/server/wallet"
)

// later lets every open removal be older by as long as that.
func (c *cabinet) later(hours int) {
	c.t.Helper()
	for _, r := range must(c.store.Client.Removal.Query().All(system())) {
		_, err := c.store.Exec(system(), "UPDATE removals SET requested_at = $1::timestamptz WHERE id = $2::uuid AND ended_at IS NULL",
			db.Moment(r.RequestedAt.Add(-time.Duration(hours)*time.Hour)), r.ID)
		ok(c.t, err)
	}
}

// asBefore says whether a ticket is what it was before its removal.
func (c *cabinet) asBefore(i int) bool {
	now, was := c.ticket(i), c.before[i]
	return now.ID == was.ID && now.Barcode == was.Barcode && now.Location == was.Location && now.WalletID != nil && now.HolderID != nil && *now.HolderID == *was.HolderID
}

// TestRemoval_TB4_aWalletThatNeverAnswersIsGivenUp: a ticket does not stay blocked
// for ever. Its guest has it as before, its row says why, and it can be asked for again.
func TestRemoval_TB4_aWalletThatNeverAnswersIsGivenUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 2, 100), 2, 2)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID, c.tickets[1].ID)
		c.ask()
		c.outside.Decide(0, wallet.Waiting, "we are looking into it")
		c.later(71)
		if n := c.ask(); n != 0 || c.execution(e.ID).Waiting != 2 {
			t.Errorf("%d removals ended before their time", n)
		}
		c.later(1)
		// A wallet that answers in the last moment is heard.
		c.outside.Decide(1, wallet.Removed, "")
		if n := c.ask(); n != 2 {
			t.Errorf("%d removals ended, want 2", n)
		}
		e = c.execution(e.ID)
		if e.Waiting != 0 || e.Refused != 1 || e.TakenBack != 1 || e.RowsDone != 2 || *e.Result != term.ExecutionResultWarning {
			t.Errorf("%d wait, %d refused, %d taken back, %d done, %v", e.Waiting, e.Refused, e.TakenBack, e.RowsDone, *e.Result)
		}
		r := c.row(e, 0)
		if r.Removal != term.RemovalStateCancelled || r.Problem == nil || r.Problem.Code != term.ReasonCodeRemovalExpired || r.Problem.Value != "72" {
			t.Errorf("the row says %q, %+v", r.Removal, r.Problem)
		}
		v := must(c.distribution.Answers(c.tickets[0].ID).Removal(c.relay(c.sponsor), c.tickets[0].ID))
		if v.State != term.RemovalStateCancelled || v.Answer != "we are looking into it" || v.Problem == nil || v.Problem.Code != term.ReasonCodeRemovalExpired || v.Cancellable {
			t.Errorf("the ticket says %+v", v)
		}
		if !c.asBefore(0) {
			t.Errorf("the ticket is not as before: %+v", c.ticket(0))
		}
		c.sound()
		// Too late it changes nothing; asked again it says at once what it did.
		if n := must(c.distribution.Answered(context.Background(), []wallet.Answer{c.outside.Decide(0, wallet.Removed, "")})); n != 0 || !c.asBefore(0) {
			t.Errorf("a late answer ended %d removals", n)
		}
		c.outside.AtOnce(true)
		again := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID)
		c.ask()
		if again = c.execution(again.ID); again.TakenBack != 1 {
			t.Errorf("asked again: %d taken back", again.TakenBack)
		}
		c.sound()
	})
}

func TestRemoval_TB4_whoMayCancelARemoval(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 2, 100), 2, 2)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID, c.tickets[1].ID)
		reader, _ := viewer.From(c.relay(c.sponsor))
		reader.ReadOnly = true
		for _, row := range []struct {
			who  string
			ctx  context.Context
			want errs.Code
		}{
			{"nobody", context.Background(), errs.Unauthenticated},
			{"a relay of another sponsor", c.relay(c.other), errs.NotFound},
			{"a viewer", c.staff(term.RoleViewer), errs.Forbidden},
			{"a token that reads only", viewer.With(context.Background(), reader), errs.Forbidden},
			{"a relay of the taker", c.relay(c.sponsor), ""},
			{"the same relay again", c.relay(c.sponsor), errs.Conflict},
		} {
			got, err := c.distribution.CancelRemoval(row.ctx, c.tickets[0].ID)
			if row.want != "" && !errs.Is(err, row.want) || row.want == "" && (err != nil || got.ID != e.ID) {
				t.Errorf("%s: %v, want %q", row.who, err, row.want)
			}
		}
		if _, err := c.distribution.CancelRemoval(c.relay(c.sponsor), uuid.New()); !errs.Is(err, errs.NotFound) {
			t.Errorf("an unknown ticket: %v", err)
		}
		if v := must(c.distribution.Answers(c.tickets[1].ID).Removal(c.staff(term.RoleOperator), c.tickets[1].ID)); !v.Cancellable {
			t.Error("an operator is not offered to cancel")
		}
		must(c.distribution.CancelRemoval(c.staff(term.RoleOperator), c.tickets[1].ID))
		// What the organiser wants back is his to cancel.
		operator := c.staff(term.RoleOperator)
		by, _ := viewer.From(operator)
		by.User = viewer.UUID(must(store.Client.User.Create().SetOrganisationID(c.org.ID).SetEmail("op@example.org").SetEmailKey("op@example.org").
			SetName("Op").SetRole(term.RoleOperator).Save(system())).ID)
		own := must(c.distribution.Reclaim(viewer.With(operator, by), distribution.TakeBack{Tickets: []uuid.UUID{c.tickets[0].ID}, Reason: "a complaint", Confirmed: true}))
		c.settle()
		if n := c.execution(own.ID).Waiting; n != 1 {
			t.Fatalf("%d of the operator's tickets wait", n)
		}
		if _, err := c.distribution.CancelRemoval(c.relay(c.sponsor), c.tickets[0].ID); !errs.Is(err, errs.Forbidden) {
			t.Errorf("the sponsor cancels what the organiser asked for: %v", err)
		}
		if v := must(c.distribution.Answers(c.tickets[0].ID).Removal(c.relay(c.sponsor), c.tickets[0].ID)); v.Cancellable {
			t.Error("the sponsor is offered to cancel what the organiser asked for")
		}
		must(c.distribution.CancelRemoval(operator, c.tickets[0].ID))
		for i := range 2 {
			r := c.row(e, i)
			if !c.asBefore(i) || r.Removal != term.RemovalStateCancelled || r.Problem == nil || r.Problem.Code != term.ReasonCodeRemovalCancelled {
				t.Errorf("ticket %d: as before %v, its row says %q, %+v", i, c.asBefore(i), r.Removal, r.Problem)
			}
		}
		if n := c.count("SELECT count(*) FROM audit_entries WHERE verb = 'distribution.removal' AND actor IN ('Relay', 'OPERATOR') AND detail LIKE '%REMOVAL_CANCELLED%'"); n != 3 {
			t.Errorf("%d entries of the audit log say who cancelled, want 3", n)
		}
		if n := c.count("SELECT count(*) FROM history_entries WHERE actor = 'OPERATOR' AND ticket_id = $1::uuid AND location = 'INJECTED'", c.tickets[1].ID); n != 1 {
			t.Errorf("the history names him %d times", n)
		}
		if e = c.execution(e.ID); e.Waiting != 0 || e.Refused != 2 || *e.Result != term.ExecutionResultError {
			t.Errorf("%d wait, %d refused, %v", e.Waiting, e.Refused, *e.Result)
		}
		c.sound()
	})
}

// TestRemoval_TB4_ofACancellationAndAnAnswerOneCounts lets people cancel while the
// wallet confirms and while its time ends.
func TestRemoval_TB4_ofACancellationAndAnAnswerOneCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 12
		c := stow(build(t, store, n, 100), n, n)
		ids := make([]uuid.UUID, n)
		for i := range n {
			ids[i] = c.tickets[i].ID
		}
		e := c.reclaim(c.relay(c.sponsor), ids...)
		c.ask()
		c.later(72)
		var answers []wallet.Answer
		for i := range n {
			answers = append(answers, c.outside.Decide(i, wallet.Removed, ""))
		}
		var mu sync.Mutex
		cancelled := 0
		cancel := func() {
			for i := n - 1; i >= 0; i-- {
				switch _, err := c.distribution.CancelRemoval(c.relay(c.sponsor), ids[i]); {
				case err == nil:
					mu.Lock()
					cancelled++
					mu.Unlock()
				case !errs.Is(err, errs.Conflict) && !errs.Is(err, errs.NotFound):
					t.Error(err)
				}
			}
		}
		c.race(cancel, cancel, func() {
			for i := range n {
				if _, err := c.distribution.Answered(context.Background(), answers[i:i+1]); err != nil {
					t.Error(err)
				}
			}
		})
		e = c.execution(e.ID)
		kept := 0
		for i := range n {
			if c.asBefore(i) {
				kept++
			}
		}
		if cancelled != kept || e.Refused != kept || e.TakenBack != n-kept || e.Waiting != 0 || e.RowsDone != n {
			t.Errorf("%d cancelled; %d as before, %d refused, %d taken back, %d wait, %d done", cancelled, kept, e.Refused, e.TakenBack, e.Waiting, e.RowsDone)
		}
		c.sound()
	})
}

// carded is a house whose first ticket is a season card with the children 1 to n,
// all of them given to one guest.
func carded(h *house, n int) {
	h.t.Helper()
	_, err := h.store.Exec(system(), "UPDATE products SET family = 'SEASON_TICKET'")
	ok(h.t, err)
	for i := 1; i <= n; i++ {
		_, err := h.store.Exec(system(), "UPDATE tickets SET parent_id = $1::uuid WHERE id = $2::uuid", h.tickets[0].ID, h.tickets[i].ID)
		ok(h.t, err)
	}
	if e := h.importAll(h.relay(h.sponsor), workbook(h.t, h.guest(0))); e.Distributed != 1 {
		h.t.Fatalf("%d cards given: %v", e.Distributed, h.reasons(e.ID))
	}
	h.inject()
	h.allow(true, term.TakeBackDownloadedRelay)
}

// TestRemoval_DI1_aChildInAWalletHasARowOfItsOwn: what the plan says of a child
// that lies in an outside wallet is what happens to it.
func TestRemoval_DI1_aChildInAWalletHasARowOfItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 4, 100)
		carded(h, 3)
		c := connect(h)
		c.move(1)
		c.move(3)
		// The third is not named: it stays where it lies.
		e := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[0].ID, h.tickets[1].ID, h.tickets[2].ID}}))
		h.settle()
		var planned []term.Outcome
		for _, r := range must(distribution.Rows(system(), store, e.ID, distribution.RowFilter{})) {
			planned = append(planned, r.Outcome)
		}
		if planned[0] != term.OutcomeTakeBack || planned[1] != term.OutcomeTakeBack || planned[2] != term.OutcomeUnchanged {
			t.Errorf("planned: %v; the card and the child in the wallet move, the other child goes along", planned)
		}
		must(h.distribution.Apply(h.relay(h.sponsor), e.ID))
		h.settle()
		if e = h.execution(e.ID); e.TakenBack != 1 || e.Waiting != 1 || e.Unchanged != 1 {
			t.Errorf("%d taken back, %d wait, %d unchanged", e.TakenBack, e.Waiting, e.Unchanged)
		}
		h.sound()
		c.outside.AtOnce(true)
		c.ask()
		if e = h.execution(e.ID); e.TakenBack != 2 || e.Waiting != 0 {
			t.Errorf("in the end %d taken back, %d wait", e.TakenBack, e.Waiting)
		}
		for i, free := range []bool{true, true, true, false} {
			if now := c.ticket(i); (now.HolderID == nil) != free {
				t.Errorf("ticket %d is with %v", i, now.HolderID)
			}
		}
		h.sound()
	})
}

// move puts a ticket into the outside wallet.
func (c *cabinet) move(i int) {
	c.t.Helper()
	_, err := c.store.Exec(system(), "UPDATE tickets SET wallet_id = $1::uuid WHERE id = $2::uuid", c.id, c.tickets[i].ID)
	ok(c.t, err)
}

// TestPassOn_WA3_TB4_whatLiesInAnOutsideWalletStaysThere: its guest is told so,
// and the page does not offer it; a child of his card there keeps the whole card.
func TestPassOn_WA3_TB4_whatLiesInAnOutsideWalletStaysThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := passable(t, store, 3)
		c := connect(h)
		c.move(1)
		_, err := store.Exec(system(), "UPDATE products SET family = 'SEASON_TICKET'")
		ok(t, err)
		_, err = store.Exec(system(), "UPDATE tickets SET parent_id = $1::uuid, holder_id = (SELECT p.holder_id FROM tickets p WHERE p.id = $1::uuid) WHERE id = $2::uuid",
			h.tickets[0].ID, h.tickets[1].ID)
		ok(t, err)
		for i, refused := range []bool{true, true, false} {
			holder := *h.ticket(h.tickets[i].ID).HolderID
			may := must(h.distribution.Choices(system(), h.org.ID, holder, []uuid.UUID{h.tickets[i].ID}))
			if may[h.tickets[i].ID].PassOn == refused {
				t.Errorf("ticket %d: the page offers it %v", i, !refused)
			}
			if i == 1 {
				continue // its holder was changed under its mail
			}
			problem, err := h.offer(i, "third@example.org")
			ok(t, err)
			if (problem != nil) != refused || refused && problem.Code != term.ReasonCodeOutsideWallet {
				t.Errorf("ticket %d: %+v", i, problem)
			}
		}
		if n := h.count("SELECT count(*) FROM pass_ons"); n != 1 {
			t.Errorf("%d offers, want 1", n)
		}
	})
}
