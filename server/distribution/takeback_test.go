package distribution_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
	"gradin/server/ticket"
)

// given imports guests for the first n tickets and has their mails accepted.
func (h *house) given(n int) {
	h.t.Helper()
	var lines []line
	for i := range n {
		lines = append(lines, h.guest(i))
	}
	if e := h.importAll(h.relay(h.sponsor), workbook(h.t, lines...)); e.Distributed != n {
		h.t.Fatalf("%d distributed, want %d", e.Distributed, n)
	}
	h.inject()
}

func TestTakeBack_TB3_whatLeftTheHouseIsReplacedWithANewBarcode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.given(3)
		h.allow(true, term.TakeBackDownloadedRelay)
		h.download(h.tickets[0].ID)
		e := h.reclaim(h.relay(h.sponsor), h.tickets[0].ID, h.tickets[1].ID)
		if e.TakenBack != 2 || e.Notices != 2 || *e.Result != term.ExecutionResultOk {
			t.Fatalf("%d taken back, %d notices, result %s", e.TakenBack, e.Notices, *e.Result)
		}
		for _, n := range h.tickets[:2] {
			old := must(store.Client.Ticket.Get(system(), n.ID))
			fresh := must(store.Client.Ticket.Get(system(), h.now(n.ID)))
			if old.State != term.TicketStateInvalidated || old.DeadReason != distribution.ReasonTakenBack || old.Live || old.HolderEmail != "" {
				t.Errorf("the old ticket is %s because of %q, live %v, of %q", old.State, old.DeadReason, old.Live, old.HolderEmail)
			}
			if fresh.ID == old.ID || fresh.Barcode == old.Barcode || fresh.HolderID != nil || fresh.State != term.TicketStateNotPrinted ||
				fresh.Location != term.DeliveryLocationNone || *fresh.ReplacesID != old.ID || fresh.Number == old.Number {
				t.Errorf("the new ticket is %+v", fresh)
			}
		}
		h.sound()
	})
}

func TestTakeBack_D7_whatNeverLeftKeepsItsBarcode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0)))
		plan := must(h.distribution.Reclaim(h.relay(h.sponsor), distribution.TakeBack{Tickets: []uuid.UUID{h.tickets[0].ID}}))
		h.settle()
		if n := must(h.distribution.Replaced(system(), h.execution(plan.ID))); n == nil || *n != 0 {
			t.Errorf("the plan says that %v barcodes die, want 0", n)
		}
		before := must(store.Client.Ticket.Get(system(), h.tickets[0].ID))
		e := h.reclaim(h.relay(h.sponsor), h.tickets[0].ID)
		after := must(store.Client.Ticket.Get(system(), h.tickets[0].ID))
		if e.TakenBack != 1 || after.Barcode != before.Barcode || after.HolderID != nil || !after.Live || e.Notices != 0 {
			t.Errorf("%d taken back, barcode kept %v, holder %v, %d notices", e.TakenBack, after.Barcode == before.Barcode, after.HolderID, e.Notices)
		}
		h.sound()
	})
}

func TestTakeBack_WB6_aFileTakesBackAndGivesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 2)
		h.given(3)
		h.allow(true, term.TakeBackDownloadedOff)
		mine, other := h.guest(0), h.guest(1)
		mine.ref, mine.email, mine.first, mine.last = distribution.Reference(h.tickets[0].Number, 1), "relay@example.org", "", ""
		other.ref, other.email = distribution.Reference(h.tickets[1].Number, 1), "new@example.org"
		_, err := h.sponsor.Update().SetEmail("relay@example.org").SetEmailKey("relay@example.org").Save(system())
		ok(t, err)
		e := h.importAll(h.relay(h.sponsor), workbook(t, mine, other))
		if e.TakenBack != 1 || e.Redistributed != 1 || e.Mails != 1 || e.Notices != 2 {
			t.Errorf("%d taken back, %d redistributed, %d mails, %d notices", e.TakenBack, e.Redistributed, e.Mails, e.Notices)
		}
		fresh := must(store.Client.Ticket.Get(system(), h.now(h.tickets[1].ID)))
		if fresh.HolderEmail != "new@example.org" || fresh.Depth != 1 || fresh.Location != term.DeliveryLocationNone {
			t.Errorf("the second ticket is with %q at depth %d, %s", fresh.HolderEmail, fresh.Depth, fresh.Location)
		}
		h.sound()
	})
}

func TestTakeBack_DI6_aTicketOfSomebodyElseIsNotFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		h.given(1)
		h.allow(true, term.TakeBackDownloadedRelayAndPublic)
		e := h.reclaim(h.relay(h.other), h.tickets[0].ID, uuid.New())
		if reasons := h.reasons(e.ID); reasons[0] != term.ReasonCodeNotFound || reasons[1] != term.ReasonCodeNotFound {
			t.Errorf("the other sponsor is told %v", reasons)
		}
	})
}

func TestUndo_DI9_namesWhatDoesNotComeBackBeforeAndAfter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 30, 7)
		h.given(30)
		h.allow(true, term.TakeBackDownloadedRelay)
		run := must(store.Client.Execution.Query().Only(system()))
		h.passOn(h.tickets[0].ID, "friend0@example.org")
		h.passOn(h.tickets[1].ID, "friend1@example.org")
		for _, n := range h.tickets[2:5] {
			h.control(n.ID)
		}
		plan := must(h.distribution.Undo(h.relay(h.sponsor), distribution.Undoing{Execution: run.ID}))
		h.settle()
		plan = h.execution(plan.ID)
		if plan.State != term.ExecutionStatePlanned || plan.PlanTakeBack != 25 || plan.PlanRefused != 5 {
			t.Fatalf("before: %s, %d back, %d not", plan.State, plan.PlanTakeBack, plan.PlanRefused)
		}
		if n := must(h.distribution.Replaced(system(), plan)); n == nil || *n != 25 {
			t.Errorf("the plan says that %v barcodes die, want 25", n)
		}
		must(h.distribution.Apply(h.relay(h.sponsor), plan.ID))
		h.settle()
		done := h.execution(plan.ID)
		counts := map[term.ReasonCode]int{}
		for _, r := range h.reasons(done.ID) {
			counts[r]++
		}
		if done.TakenBack != 25 || counts[term.ReasonCodeAlreadyControlled] != 3 || counts[term.ReasonCodeTakeBackNotAllowed] != 2 {
			t.Errorf("after: %d back, reasons %v", done.TakenBack, counts)
		}
		h.sound()
	})
}

// passOn lets the holder of a ticket pass it on, as on his page.
func (h *house) passOn(id uuid.UUID, email string) {
	h.t.Helper()
	friend := must(h.store.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(int64(900 + len(email)*7 + int(email[6]))).
		SetKind(term.ContactKindIndividual).SetName(email).SetEmail(email).SetEmailKey(email).SetPublicKey(email).Save(system()))
	old := must(h.store.Client.Ticket.Get(system(), id))
	ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		_, err := ticket.HandOver(ctx, tx, ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaRecipient, At: db.Now()}, ticket.Handover{
			Rows: `SELECT t.id AS ticket_id, $4::bigint AS keep, $2::uuid AS holder_id, $3::text AS email, $3::text AS email_key, 'F' AS first_name,
				'F' AS last_name, 'f' AS search_key, 'f' AS first_key, '' AS fields, 'DISTRIBUTED' AS event FROM tickets t WHERE t.id = $1::uuid`,
			Args: []any{id, friend.ID, email, old.Depth}, Giver: *old.HolderID, PassedOn: true, Reason: "PASSED_ON",
		})
		return err
	}))
}
