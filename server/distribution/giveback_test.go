package distribution_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
)

// mailOf is the mail that gave a ticket to its present holder.
func (h *house) mailOf(id uuid.UUID) uuid.UUID {
	h.t.Helper()
	return must(db.Get[uuid.UUID](system(), h.store, `SELECT m.id FROM mails m JOIN holder_links l ON l.execution_id = m.execution_id
		AND l.holder_id = m.recipient_id AND l.closed_at IS NULL JOIN tickets t ON t.id = l.ticket_id AND t.holder_id = l.holder_id
		WHERE t.id = $1::uuid AND m.class = 'TICKET_ACKNOWLEDGEMENT'`, id))
}

func (h *house) giveBack(id uuid.UUID) error {
	h.t.Helper()
	return h.distribution.GiveBack(system(), distribution.GivingBack{Mail: h.mailOf(id), Ticket: id})
}

func TestGiveBack_WA4_goesBackToWhoGaveItWhoIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.given(3)
		_, err := h.sponsor.Update().SetEmail("desk@example.org").SetEmailKey("desk@example.org").Save(system())
		ok(t, err)
		h.download(h.tickets[0].ID)
		ok(t, h.giveBack(h.tickets[0].ID))
		old, fresh := must(store.Client.Ticket.Get(system(), h.tickets[0].ID)), must(store.Client.Ticket.Get(system(), h.now(h.tickets[0].ID)))
		if old.Live || old.DeadReason != distribution.ReasonGivenBack || fresh.Barcode == old.Barcode || fresh.HolderID != nil || fresh.Recoveries != 0 {
			t.Errorf("old: live %v because of %q; new: holder %v, recovered %d times", old.Live, old.DeadReason, fresh.HolderID, fresh.Recoveries)
		}
		if n := h.count("SELECT count(*) FROM history_entries WHERE via = 'RECIPIENT' AND event = 'TAKEN_BACK' AND ticket_id = $1::uuid", old.ID); n != 1 {
			t.Errorf("%d entries of the guest's giving back", n)
		}
		told := must(store.Client.Mail.Query().Where(mail.ClassEQ(term.DocumentClassTicketReturned)).Only(system()))
		if told.Address != "desk@example.org" || told.State != term.MailStateReady || *told.TicketID != old.ID || told.RecipientID != h.sponsor.ID {
			t.Errorf("the giver's mail is %+v", told)
		}
		again := h.guest(0)
		again.ref, again.email = distribution.Reference(fresh.Number, fresh.Move), "instead@example.org"
		if e := h.importAll(h.relay(h.sponsor), workbook(t, again)); e.Distributed != 1 {
			t.Errorf("the seat cannot be given on: %v", h.reasons(e.ID))
		}
		h.sound()
	})
}

func TestGiveBack_WA4_aPersonGetsBackWhatHeGave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.given(1)
		first := must(store.Client.Ticket.Get(system(), h.tickets[0].ID))
		h.passOn(first.ID, "friend0@example.org")
		second := must(store.Client.Ticket.Get(system(), h.now(first.ID)))
		run := must(store.Client.Execution.Query().Only(system()))
		_, err := store.Exec(system(), "UPDATE holder_links SET execution_id = $1::uuid WHERE holder_id = $2::uuid", run.ID, *second.HolderID)
		ok(t, err)
		ok(t, store.Client.Mail.Create().SetOrganisationID(h.org.ID).SetExecutionID(run.ID).SetRecipientID(*second.HolderID).SetAddress("friend0@example.org").
			SetClass(term.DocumentClassTicketAcknowledgement).SetLanguage(term.LanguageDe).SetState(term.MailStateReady).Exec(system()))
		ok(t, h.giveBack(second.ID))
		third := must(store.Client.Ticket.Get(system(), h.now(first.ID)))
		if third.HolderID == nil || *third.HolderID != *first.HolderID || third.Depth != 1 {
			t.Errorf("the ticket is with %v at depth %d, want with the first guest", third.HolderID, third.Depth)
		}
		told := must(store.Client.Mail.Query().Where(mail.ClassEQ(term.DocumentClassTicketReturned)).Only(system()))
		if told.RecipientID != *first.HolderID || told.Address != first.HolderEmail {
			t.Errorf("told %q, want the first guest", told.Address)
		}
		h.sound()
	})
}

func TestGiveBack_WA4_refusesWhatIsNotTheGuestsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.given(3)
		mails := []uuid.UUID{h.mailOf(h.tickets[0].ID), h.mailOf(h.tickets[1].ID)}
		h.control(h.tickets[1].ID)
		for name, c := range map[string]struct {
			ctx context.Context
			g   distribution.GivingBack
			key errs.Code
		}{
			"another guest's ticket":    {system(), distribution.GivingBack{Mail: mails[0], Ticket: h.tickets[2].ID}, errs.NotFound},
			"a ticket that is not":      {system(), distribution.GivingBack{Mail: mails[0], Ticket: uuid.New()}, errs.NotFound},
			"a mail that is not":        {system(), distribution.GivingBack{Mail: uuid.New(), Ticket: h.tickets[0].ID}, errs.NotFound},
			"a ticket that was scanned": {system(), distribution.GivingBack{Mail: mails[1], Ticket: h.tickets[1].ID}, errs.Conflict},
			"somebody who is signed in": {h.relay(h.sponsor), distribution.GivingBack{Mail: mails[0], Ticket: h.tickets[0].ID}, errs.Forbidden},
		} {
			if err := h.distribution.GiveBack(c.ctx, c.g); !errs.Is(err, c.key) {
				t.Errorf("%s: %v, want %s", name, err, c.key)
			}
		}
		ok(t, h.giveBack(h.tickets[0].ID))
		if err := h.distribution.GiveBack(system(), distribution.GivingBack{Mail: mails[0], Ticket: h.tickets[0].ID}); !errs.Is(err, errs.Conflict) {
			t.Errorf("a second time: %v, want a conflict", err)
		}
		h.sound()
	})
}

// A scan, the sponsor and the guest want the same tickets at once: each ticket
// has one winner, and the whole store stays sound.
func TestGiveBack_WA4_againstAScanAndATakeBackHasOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 12
		h := build(t, store, n, 3)
		h.given(n)
		h.allow(true, term.TakeBackDownloadedRelayAndPublic)
		var mails, ids []uuid.UUID
		for _, made := range h.tickets {
			mails, ids = append(mails, h.mailOf(made.ID)), append(ids, made.ID)
		}
		returned, scanned := make([]bool, n), make([]bool, n)
		var group sync.WaitGroup
		group.Go(func() {
			for i, id := range ids {
				returned[i] = h.distribution.GiveBack(system(), distribution.GivingBack{Mail: mails[i], Ticket: id}) == nil
			}
		})
		group.Go(func() {
			for i := n - 1; i >= n/2; i-- {
				scanned[i] = h.control(ids[i])
			}
		})
		group.Go(func() {
			_, err := h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: ids, Confirmed: true})
			if err != nil {
				t.Error(err)
			}
			h.settle()
		})
		group.Wait()
		for i, id := range ids {
			taken := h.count(`SELECT count(*) FROM history_entries WHERE ticket_id = $1::uuid AND event = 'TAKEN_BACK'`, id)
			winners := taken
			if scanned[i] {
				winners++
			}
			byGuest := h.count(`SELECT count(*) FROM history_entries WHERE ticket_id = $1::uuid AND event = 'TAKEN_BACK' AND via = 'RECIPIENT'`, id)
			if winners != 1 || (byGuest == 1) != returned[i] {
				t.Errorf("ticket %d: taken back %d times, %d by the guest (told %v), scanned %v", i, taken, byGuest, returned[i], scanned[i])
			}
		}
		h.sound()
	})
}

// The guest gives back while a scan of his ticket is not yet committed. Without
// the lock he would give back what was used.
func TestGiveBack_WA4_waitsForAScanThatIsUnderWay(t *testing.T) {
	t.Parallel()
	store := dbtest.Postgres(t)
	h := build(t, store, 1, 3)
	e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0)))
	if e.Distributed != 1 {
		t.Fatal(h.reasons(e.ID))
	}
	id := h.tickets[0].ID
	g := distribution.GivingBack{Mail: h.mailOf(id), Ticket: id}
	answer := make(chan error, 1)
	ok(t, store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		if in, err := h.controlIn(ctx, tx, id); err != nil || !in {
			return fmt.Errorf("let in %v: %w", in, err)
		}
		go func() { answer <- h.distribution.GiveBack(system(), g) }()
		for waiting := 0; waiting == 0; {
			var err error
			waiting, err = db.Get[int](ctx, store, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
			if err != nil {
				return err
			}
		}
		return nil
	}))
	if err := <-answer; !errs.Is(err, errs.Conflict) {
		t.Errorf("giving back what was scanned: %v, want a conflict", err)
	}
	h.sound()
}
