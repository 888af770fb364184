package distribution_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
)

func (h *house) reminders() int {
	return must(h.store.Client.Mail.Query().Where(mail.ClassEQ(term.DocumentClassTicketReminder)).Count(system()))
}

// counts is what came of a reminder, without its id.
func (h *house) counts(done distribution.Reminded, err error) distribution.Reminded {
	h.t.Helper()
	ok(h.t, err)
	done.ID = uuid.Nil
	return done
}

func TestRemind_ML4_oneMailPerGuestAndNotTwiceADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 5, 100)
		twice := h.guest(1)
		twice.email = h.guest(0).email // one guest with two tickets
		if e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0), twice, h.guest(2), h.guest(3))); e.Distributed != 4 {
			t.Fatal(h.reasons(e.ID))
		}
		h.inject()
		h.download(h.tickets[2].ID)
		ids := []uuid.UUID{h.tickets[0].ID, h.tickets[1].ID, h.tickets[2].ID, h.tickets[4].ID}
		done := h.counts(h.distribution.Remind(h.relay(h.sponsor), distribution.Reminding{Tickets: ids}))
		if done != (distribution.Reminded{Tickets: 2, Mails: 1}) || h.reminders() != 1 {
			t.Errorf("%+v, %d mails: want one mail about the two tickets that were not fetched", done, h.reminders())
		}
		filter := &ticket.Filter{}
		if _, err := h.distribution.Remind(h.relay(h.sponsor), distribution.Reminding{Filter: filter, Expected: 4}); !errs.Is(err, errs.Stale) {
			t.Errorf("another number than expected: %v", err)
		}
		done = h.counts(h.distribution.Remind(h.relay(h.sponsor), distribution.Reminding{Filter: filter, Expected: 3}))
		if done != (distribution.Reminded{Tickets: 1, Mails: 1, Spared: 1}) {
			t.Errorf("all the rest: %+v, want the fourth guest's mail and the first spared", done)
		}
		if done := h.counts(h.distribution.Remind(h.relay(h.other), distribution.Reminding{Tickets: ids})); done != (distribution.Reminded{}) {
			t.Errorf("another sponsor reminds: %+v", done)
		}
		h.sound()
	})
}

func TestRemind_ML4_atOnceEachGuestIsRemindedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 6, 100)
		h.given(6)
		remind := func() {
			if _, err := h.distribution.Remind(h.relay(h.sponsor), distribution.Reminding{Filter: &ticket.Filter{}, Expected: 6}); err != nil {
				t.Error(err)
			}
		}
		h.race(remind, remind, remind, remind)
		if n := h.reminders(); n != 6 {
			t.Errorf("%d mails to 6 guests", n)
		}
	})
}

func TestRemindDue_ML4_eachDueReminderOnceOverAllProcesses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.given(3)
		h.download(h.tickets[0].ID)
		if n := must(h.distribution.RemindDue(system())); n != 0 {
			t.Errorf("%d reminders although nobody set a time", n)
		}
		_, err := h.at.Update().SetRemindHours([]int{48, 2}).Save(system())
		ok(t, err)
		if n := must(h.distribution.RemindDue(system())); n != 0 {
			t.Errorf("%d reminders a month before", n)
		}
		_, err = store.Exec(system(), "UPDATE performances SET starts_at = $1::timestamptz", db.Moment(time.Now().Add(47*time.Hour)))
		ok(t, err)
		var sent [4]int
		due := func(i int) func() { return func() { sent[i] = must(h.distribution.RemindDue(system())) } }
		h.race(due(0), due(1), due(2), due(3))
		if total := sent[0] + sent[1] + sent[2] + sent[3]; total != 1 || h.reminders() != 2 {
			t.Errorf("%d reminders with %d mails, want one with two", total, h.reminders())
		}
		if n := must(h.distribution.RemindDue(system())); n != 0 {
			t.Errorf("%d more", n)
		}
	})
}

func TestCorrectAddress_ML4_allOfTheGuestsTicketsGoToTheRightOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		twice := h.guest(1)
		twice.email = h.guest(0).email
		if e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0), twice, h.guest(2))); e.Distributed != 3 {
			t.Fatal(h.reasons(e.ID))
		}
		h.inject()
		h.allow(true, term.TakeBackDownloadedOff)
		old := h.mailOf(h.tickets[0].ID)
		c := distribution.Correction{Ticket: h.tickets[0].ID, Email: "right@example.org", All: true}
		plan := must(h.distribution.CorrectAddress(h.relay(h.sponsor), c))
		if plan.State != term.ExecutionStatePlanned || plan.PlanRedistribute != 2 || plan.PlanMails != 1 {
			t.Errorf("%s: %d tickets, %d mails", plan.State, plan.PlanRedistribute, plan.PlanMails)
		}
		c.Confirmed = true
		run := must(h.distribution.CorrectAddress(h.relay(h.sponsor), c))
		h.settle()
		if got := h.execution(run.ID); got.Redistributed != 2 || got.Notices != 1 {
			t.Errorf("%d redistributed, %d notices: %v", got.Redistributed, got.Notices, h.reasons(run.ID))
		}
		fresh := h.ticket(h.now(h.tickets[0].ID))
		if fresh.HolderEmail != "right@example.org" || fresh.HolderFirstName != "First0" || h.mailOf(fresh.ID) == old {
			t.Errorf("it is with %s %s", fresh.HolderFirstName, fresh.HolderEmail)
		}
		if _, err := h.distribution.CorrectAddress(h.relay(h.other), c); !errs.Is(err, errs.NotFound) {
			t.Errorf("another sponsor: %v", err)
		}
		c.Ticket = fresh.ID
		if _, err := h.distribution.CorrectAddress(h.relay(h.sponsor), c); !errs.Is(err, errs.Invalid) {
			t.Errorf("the same address again: %v", err)
		}
		h.sound()
	})
}
