package distribution_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/access"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
	"gradin/server/viewer"
	"gradin/server/wallet"
	"gradin/server/wallet/wallettest"
)

// cabinet is a house whose guests have their tickets in an outside wallet.
type cabinet struct {
	*house
	id      uuid.UUID
	outside *wallettest.Wallet
	before  []*ent.Ticket
}

// connect connects a house with a wallet.
func connect(h *house) *cabinet {
	at := must(h.store.Client.ExternalInterface.Create().SetOrganisationID(h.org.ID).SetCode("WALLET").SetName("Wallet").
		SetType(term.InterfaceTypeExternalPrinting).SetSubType(term.InterfaceSubTypeWallet).SetActive(true).Save(system()))
	return &cabinet{house: h, id: at.ID, outside: wallettest.New()}
}

// stow gives n tickets to guests, of which the first many lie in the wallet.
func stow(h *house, n, many int) *cabinet {
	h.t.Helper()
	c := connect(h)
	h.given(n)
	h.allow(true, term.TakeBackDownloadedRelay)
	for i := range many {
		_, err := h.store.Exec(system(), "UPDATE tickets SET wallet_id = $1::uuid WHERE id = $2::uuid", c.id, h.tickets[i].ID)
		ok(h.t, err)
	}
	for i := range n {
		c.before = append(c.before, c.ticket(i))
	}
	return c
}

func (c *cabinet) ticket(i int) *ent.Ticket {
	return must(c.store.Client.Ticket.Get(system(), c.now(c.tickets[i].ID)))
}

// ask asks the wallet for what is due; what was asked for before is due again.
func (c *cabinet) ask() int {
	c.t.Helper()
	_, err := c.store.Exec(system(), "UPDATE removals SET next_attempt_at = NULL WHERE ended_at IS NULL")
	ok(c.t, err)
	return must(c.distribution.AskWallets(context.Background(), c.outside.Find))
}

// row is the i-th row of a run.
func (c *cabinet) row(e *ent.Execution, i int) distribution.RowView {
	c.t.Helper()
	return must(distribution.Rows(system(), c.store, e.ID, distribution.RowFilter{}))[i]
}

func TestRemoval_TB4_aTicketInAnOutsideWalletMovesWhenTheWalletHasConfirmed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 3, 2), 3, 2)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID, c.tickets[1].ID, c.tickets[2].ID)
		if e.State != term.ExecutionStateDone || e.Waiting != 2 || e.TakenBack != 1 || e.RowsDone != 1 || *e.Result != term.ExecutionResultWarning {
			t.Fatalf("%s %v: %d wait, %d taken back, %d done", e.State, *e.Result, e.Waiting, e.TakenBack, e.RowsDone)
		}
		if r := c.row(e, 0); r.Applied || r.Removal != term.RemovalStateRequested {
			t.Errorf("while it waits, the row is applied %v and its removal %q", r.Applied, r.Removal)
		}
		c.sound()
		if n := c.ask(); n != 0 {
			t.Errorf("%d removals ended before the wallet decided", n)
		}
		c.outside.Decide(0, wallet.Removed, "")
		c.outside.Decide(1, wallet.Removed, "")
		if n := c.ask(); n != 2 {
			t.Errorf("%d removals ended, want 2", n)
		}
		e = c.execution(e.ID)
		if e.Waiting != 0 || e.TakenBack != 3 || e.RowsDone != 3 || *e.Result != term.ExecutionResultOk || e.Notices != 3 {
			t.Errorf("%d wait, %d taken back, %d done, %v, %d notices", e.Waiting, e.TakenBack, e.RowsDone, *e.Result, e.Notices)
		}
		for i, old := range c.before[:2] {
			fresh := c.ticket(i)
			if fresh.ID == old.ID || fresh.Barcode == old.Barcode || fresh.HolderID != nil || fresh.WalletID != nil || fresh.Location != term.DeliveryLocationNone {
				t.Errorf("the new ticket is with %v, in wallet %v, %s", fresh.HolderID, fresh.WalletID, fresh.Location)
			}
		}
		if r := c.row(e, 0); !r.Applied || r.Removal != term.RemovalStateDone {
			t.Errorf("in the end the row is applied %v and its removal %q", r.Applied, r.Removal)
		}
		if n := c.count("SELECT count(*) FROM mails WHERE class = 'TICKET_TAKEN_BACK' AND state = 'READY'"); n != 3 {
			t.Errorf("%d of 3 notices may leave", n)
		}
		c.sound()
	})
}

func TestRemoval_TB4_aRedistributionReachesTheNewGuestAndNeverTheOldOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 2, 100), 2, 1)
		wish := func(i int) distribution.Wish {
			return distribution.Wish{Ticket: c.tickets[i].ID, Email: "new@example.org", First: "New", Last: "Guest"}
		}
		e := must(c.distribution.Distribute(c.relay(c.sponsor), distribution.List{Wishes: []distribution.Wish{wish(0), wish(1)}, Confirmed: true}))
		c.settle()
		if e = c.execution(e.ID); e.Waiting != 1 || e.Redistributed != 1 || e.Mails != 1 {
			t.Fatalf("%d wait, %d redistributed, %d mails", e.Waiting, e.Redistributed, e.Mails)
		}
		_, err := store.Exec(system(), "UPDATE mails SET state = 'SENT', sent_at = created_at WHERE execution_id = $1::uuid", e.ID)
		ok(t, err)
		c.outside.AtOnce(true)
		if n := c.ask(); n != 1 {
			t.Fatalf("%d removals ended, want 1", n)
		}
		if e = c.execution(e.ID); e.Waiting != 0 || e.Redistributed != 2 || *e.Result != term.ExecutionResultOk {
			t.Errorf("%d wait, %d redistributed, %v", e.Waiting, e.Redistributed, *e.Result)
		}
		fresh := c.ticket(0)
		if fresh.ID == c.before[0].ID || fresh.HolderEmail != "new@example.org" || fresh.WalletID != nil {
			t.Errorf("the ticket is with %q in wallet %v", fresh.HolderEmail, fresh.WalletID)
		}
		if n := c.count("SELECT count(*) FROM mails WHERE execution_id = $1::uuid AND class = 'TICKET_ACKNOWLEDGEMENT' AND state = 'READY'", e.ID); n != 1 {
			t.Errorf("%d mails tell the new guest of his second ticket, want 1", n)
		}
		c.sound()
	})
}

func TestRemoval_TB4_aTicketThatMovedInItsWalletStaysAndItsRowSaysWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 1, 100), 1, 1)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID)
		c.ask()
		c.outside.Decide(0, wallet.Kept, "transferred to a friend")
		c.ask()
		e = c.execution(e.ID)
		r, now, was := c.row(e, 0), c.ticket(0), c.before[0]
		if e.Waiting != 0 || e.Refused != 1 || e.TakenBack != 0 || *e.Result != term.ExecutionResultError {
			t.Errorf("%d wait, %d refused, %d taken back, %v", e.Waiting, e.Refused, e.TakenBack, *e.Result)
		}
		if r.Removal != term.RemovalStateCancelled || r.Problem == nil || r.Problem.Code != term.ReasonCodeRemovalRefused || r.Problem.Value != "transferred to a friend" {
			t.Errorf("the row says %q, %+v", r.Removal, r.Problem)
		}
		if now.ID != was.ID || now.Barcode != was.Barcode || *now.HolderID != *was.HolderID || now.Location != was.Location || *now.WalletID != c.id {
			t.Errorf("the ticket is not as before: %+v", now)
		}
		c.sound()
		again := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID)
		if again.Waiting != 1 {
			t.Errorf("it cannot be asked for again: %v", c.reasons(again.ID))
		}
		c.sound()
	})
}

func TestRemoval_TB4_nothingElseMovesABlockedTicket(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 1, 100), 1, 1)
		id, relay := c.tickets[0].ID, c.relay(c.sponsor)
		first := c.reclaim(relay, id)
		operator := viewer.Viewer{Name: "Op", Role: string(term.RoleOperator), Organisation: viewer.UUID(c.org.ID), Language: "EN"}
		operator.User = viewer.UUID(must(store.Client.User.Create().SetOrganisationID(c.org.ID).SetEmail("op@example.org").SetEmailKey("op@example.org").
			SetName("Op").SetRole(term.RoleOperator).Save(system())).ID)
		for name, begin := range map[string]func() (*ent.Execution, error){
			"a second take-back": func() (*ent.Execution, error) {
				return c.distribution.Reclaim(relay, distribution.TakeBack{Tickets: []uuid.UUID{id}, Confirmed: true})
			},
			"an operator's take-back": func() (*ent.Execution, error) {
				return c.distribution.Reclaim(viewer.With(context.Background(), operator), distribution.TakeBack{Tickets: []uuid.UUID{id}, Reason: "because", Confirmed: true})
			},
			"a redistribution": func() (*ent.Execution, error) {
				return c.distribution.Distribute(relay, distribution.List{Confirmed: true, Wishes: []distribution.Wish{{Ticket: id, Email: "x@example.org", First: "X", Last: "Y"}}})
			},
		} {
			e, err := begin()
			ok(t, err)
			c.settle()
			if reasons := c.reasons(e.ID); len(reasons) != 1 || reasons[0] != term.ReasonCodeRemovalPending {
				t.Errorf("%s: refused because of %v", name, reasons)
			}
		}
		c.download(id)
		if now := c.ticket(0); now.Location != term.DeliveryLocationDeletionPending {
			t.Errorf("the guest's page moved it to %s", now.Location)
		}
		if may := must(c.distribution.Choices(system(), c.org.ID, *c.before[0].HolderID, []uuid.UUID{id})); may[id].Return || may[id].PassOn {
			t.Error("the guest may move it while it is being taken back")
		}
		gate := viewer.With(context.Background(), viewer.Viewer{Name: "Gate", Role: string(term.RoleController), Organisation: viewer.UUID(c.org.ID), User: viewer.UUID(uuid.New())})
		answers := must(access.New(store, time.Now).Record(gate, []access.Entry{{Key: "1", Barcode: c.before[0].Barcode, At: time.Now()}}))
		if answers[0].Result != term.EntryResultBlocked {
			t.Errorf("the gate says %s", answers[0].Result)
		}
		if c.execution(first.ID).Waiting != 1 {
			t.Error("the first take-back no longer waits")
		}
		c.sound()
	})
}

func TestRemoval_TB4_anAnswerCountsOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 2, 100), 2, 2)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID, c.tickets[1].ID)
		c.ask()
		answers := []wallet.Answer{c.outside.Decide(0, wallet.Removed, ""), c.outside.Decide(1, wallet.Kept, "moved")}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := c.distribution.Answered(context.Background(), answers); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		c.ask()
		// A wallet that changes its mind afterwards changes nothing.
		answers[1].Outcome = wallet.Removed
		if n := must(c.distribution.Answered(context.Background(), answers)); n != 0 {
			t.Errorf("%d removals ended twice", n)
		}
		if e = c.execution(e.ID); e.TakenBack != 1 || e.Refused != 1 || e.Waiting != 0 || e.RowsDone != 2 {
			t.Errorf("%d taken back, %d refused, %d wait, %d done", e.TakenBack, e.Refused, e.Waiting, e.RowsDone)
		}
		if n := c.count("SELECT count(*) FROM tickets"); n != 3 {
			t.Errorf("there are %d tickets, want 3", n)
		}
		c.sound()
	})
}

// TestRemoval_TB4_aProcessThatDiesLosesNothing lets every step be the last one of
// a process: the wallet was asked and its answer lost, or never reached.
func TestRemoval_TB4_aProcessThatDiesLosesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 1, 100), 1, 1)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID)
		c.outside.Down(true)
		c.ask()
		c.outside.Down(false)
		c.outside.AtOnce(true)
		c.outside.Deaf(true)
		c.ask()
		if e = c.execution(e.ID); e.Waiting != 1 {
			t.Fatalf("%d wait after an answer that was lost", e.Waiting)
		}
		c.sound()
		// Claimed, and then nothing: its turn comes again by itself.
		if due := must(wallet.Claim(system(), store, db.Now(), 10)); len(due) != 0 {
			t.Errorf("%d removals are due again at once", len(due))
		}
		if due := must(wallet.Claim(system(), store, db.Now().Add(2*time.Hour), 10)); len(due) != 1 {
			t.Errorf("%d removals are due again later, want 1", len(due))
		}
		c.outside.Deaf(false)
		c.house.distribution = distribution.New(store, c.runs, quiet(), time.Now, 100)
		if n := c.ask(); n != 1 {
			t.Errorf("%d removals ended, want 1", n)
		}
		if asked := c.outside.Asked(); len(asked) != 1 || asked[0] != 2 {
			t.Errorf("the wallet knows %v, want one removal it was asked for twice", asked)
		}
		if e = c.execution(e.ID); e.TakenBack != 1 || e.Waiting != 0 {
			t.Errorf("%d taken back, %d wait", e.TakenBack, e.Waiting)
		}
		c.sound()
	})
}

func TestRemoval_TB4_aTicketThatChangedHereMeanwhileIsNotMoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 1, 100), 1, 1)
		e := c.reclaim(c.relay(c.sponsor), c.tickets[0].ID)
		c.ask()
		c.control(c.tickets[0].ID)
		c.outside.Decide(0, wallet.Removed, "")
		c.ask()
		e = c.execution(e.ID)
		if reasons := c.reasons(e.ID); reasons[0] != term.ReasonCodeAlreadyControlled || e.Waiting != 0 || e.Refused != 1 {
			t.Errorf("%v, %d wait, %d refused", reasons, e.Waiting, e.Refused)
		}
		if n := c.count("SELECT count(*) FROM removals WHERE state = 'CANCELLED' AND ended_at IS NOT NULL"); n != 1 {
			t.Errorf("%d removals are cancelled, want 1", n)
		}
		c.sound()
	})
}

// TestRemoval_TB4_aGuestWhoHasEnoughMeanwhile gets no more: the ticket, which his
// predecessor no longer has, returns to the sponsor.
func TestRemoval_TB4_aGuestWhoHasEnoughMeanwhile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := stow(build(t, store, 2, 100), 1, 1)
		_, err := c.product.Update().SetGuestLimit(1).Save(system())
		ok(t, err)
		give := func(i int) *ent.Execution {
			e := must(c.distribution.Distribute(c.relay(c.sponsor), distribution.List{Confirmed: true, Wishes: []distribution.Wish{
				{Ticket: c.tickets[i].ID, Email: "new@example.org", First: "New", Last: "Guest"},
			}}))
			c.settle()
			return c.execution(e.ID)
		}
		waits, goes := give(0), give(1)
		if waits.Waiting != 1 || goes.Distributed != 1 {
			t.Fatalf("%d wait, %d distributed", waits.Waiting, goes.Distributed)
		}
		c.outside.AtOnce(true)
		c.ask()
		if waits = c.execution(waits.ID); waits.TakenBack != 1 || waits.Redistributed != 0 || waits.Waiting != 0 {
			t.Errorf("%d taken back, %d redistributed, %d wait", waits.TakenBack, waits.Redistributed, waits.Waiting)
		}
		if r := c.row(waits, 0); len(r.Warnings) != 1 || r.Warnings[0].Code != term.ReasonCodeGuestLimit {
			t.Errorf("the row warns of %+v", r.Warnings)
		}
		if now := c.ticket(0); now.HolderID != nil {
			t.Errorf("the ticket is with %v", now.HolderID)
		}
		c.sound()
	})
}
