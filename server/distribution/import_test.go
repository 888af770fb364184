package distribution_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/ent"
	"gradin/server/check"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
)

// sound fails when a rule of the store is broken.
func (h *house) sound() {
	h.t.Helper()
	for _, f := range must(check.All(system(), h.store)) {
		if f.Broken > 0 {
			h.t.Errorf("%s: %s is broken %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
}

func TestImport_DI1_everyGuestGetsHisTicketAndOneMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 12, 5)
		lines := make([]line, 12)
		for i := range lines {
			lines[i] = h.guest(i)
		}
		lines[11].email = "GUEST10@Example.org " // the same guest as the line before (D-10)
		e := h.importAll(h.relay(h.sponsor), workbook(t, lines...))
		got := []any{e.State, *e.Result, e.Rows, e.Distributed, e.Refused, e.ContactsCreated, e.Mails, e.PlanMails}
		want := []any{term.ExecutionStateDone, term.ExecutionResultOk, 12, 12, 0, 11, 11, 11}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if n := h.count("SELECT count(*) FROM mails WHERE state = 'READY'"); n != 11 {
			t.Errorf("%d mails are ready, want 11", n)
		}
		if e.SeasonID == nil {
			t.Error("the season is not noted (IM-2)")
		}
		if h.holder(3) != "guest3@example.org" {
			t.Errorf("ticket 3 went to %q", h.holder(3))
		}
		h.sound()
	})
}

func TestImport_DI4_theSameFileAgainChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 4, 100)
		file := workbook(t, h.guest(0), h.guest(1), h.guest(2))
		h.importAll(h.relay(h.sponsor), file)
		before := h.count("SELECT count(*) FROM history_entries")
		again := h.importAll(h.relay(h.sponsor), file)
		if again.Unchanged != 3 || again.Distributed != 0 || again.Mails != 0 {
			t.Errorf("again: %d unchanged, %d distributed, %d mails", again.Unchanged, again.Distributed, again.Mails)
		}
		if after := h.count("SELECT count(*) FROM history_entries"); after != before {
			t.Errorf("the history grew from %d to %d", before, after)
		}
		h.sound()
	})
}

func TestImport_everyReasonIsToldForItsRow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 12, 100)
		h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0)))
		h.inject()
		taken := h.guest(0)
		taken.ref, taken.email = distribution.Reference(h.tickets[0].Number, 1), "somebody@example.org"
		stale := h.guest(1)
		stale.ref = distribution.Reference(h.tickets[1].Number, 7)
		noEmail, bad, noName := h.guest(2), h.guest(3), h.guest(4)
		noEmail.email, bad.email, noName.last = "", "not-an-address", ""
		unknown := h.guest(5)
		unknown.ref = "999999-0"
		double := h.guest(6)
		double.email = "other@example.org"
		file := workbook(t, taken, stale, noEmail, bad, noName, unknown, h.guest(6), double, line{ref: distribution.Reference(h.tickets[7].Number, 0)})
		e := h.importAll(h.relay(h.sponsor), file)
		want := []term.ReasonCode{
			term.ReasonCodeTakeBackNotAllowed, term.ReasonCodeStale, term.ReasonCodeMissingEmail, term.ReasonCodeInvalidEmail,
			term.ReasonCodeMissingName, term.ReasonCodeNotFound, "", term.ReasonCodeDuplicateRow, "",
		}
		if diff := cmp.Diff(want, h.reasons(e.ID)); diff != "" {
			t.Error(diff)
		}
		if *e.Result != term.ExecutionResultWarning || e.Unchanged != 1 || e.Distributed != 1 || e.Refused != 7 {
			t.Errorf("result %s, %d unchanged, %d distributed, %d refused", *e.Result, e.Unchanged, e.Distributed, e.Refused)
		}
		rows := must(distribution.Rows(system(), store, e.ID, distribution.RowFilter{Reasons: []term.ReasonCode{term.ReasonCodeInvalidEmail}}))
		p := rows[0].Problem
		if rows[0].Number != 5 || p.Column != distribution.HeaderEmail || p.Letter != "B" || p.Value != "not-an-address" {
			t.Errorf("the bad address is told as row %d, column %q (%s), value %q", rows[0].Number, p.Column, p.Letter, p.Value)
		}
		h.sound()
	})
}

func TestImport_DI6_ticketsOfAnotherSponsorAreNotFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		unknown := h.guest(2)
		unknown.ref = "424242-0"
		e := h.importAll(h.relay(h.other), workbook(t, h.guest(0), h.guest(1), unknown))
		want := []term.ReasonCode{term.ReasonCodeNotFound, term.ReasonCodeNotFound, term.ReasonCodeNotFound}
		if diff := cmp.Diff(want, h.reasons(e.ID)); diff != "" {
			t.Error(diff)
		}
		if h.holder(0) != "" {
			t.Error("another sponsor moved a ticket")
		}
	})
}

func TestImport_DI3_rejectAllMovesNothingWhenARowIsBad(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 6, 2)
		ctx := h.relay(h.sponsor)
		bad := h.guest(5)
		bad.email = "bad"
		good := workbook(t, h.guest(0), h.guest(1), h.guest(2), h.guest(3))
		for _, file := range [][]byte{workbook(t, h.guest(0), h.guest(1), h.guest(2), bad)} {
			e := h.reject(ctx, file)
			h.settle()
			must(h.distribution.Apply(ctx, e.ID))
			h.settle()
			if done := h.execution(e.ID); done.Distributed != 0 || *done.Result != term.ExecutionResultError {
				t.Errorf("distributed %d, result %s", done.Distributed, *done.Result)
			}
		}
		// In one call as well: what the plan refused counts before anything moves.
		once := must(h.distribution.Import(ctx, distribution.File{
			Name: "t.xlsx", Content: newReader(workbook(t, h.guest(0), bad)), Policy: term.RunPolicyRejectAll, Confirmed: true,
		}))
		h.settle()
		if done := h.execution(once.ID); done.Distributed != 0 {
			t.Errorf("in one call %d were distributed", done.Distributed)
		}
		// A ticket that moves between plan and apply is bad, too, whatever the chunk.
		e := h.reject(ctx, good)
		for h.execution(e.ID).State == term.ExecutionStatePlanning {
			h.runs.RunOne(ctx)
		}
		h.importAll(ctx, workbook(t, line{distribution.Reference(h.tickets[3].Number, 0), "fast@example.org", "F", "Ast"}))
		must(h.distribution.Apply(ctx, e.ID))
		h.settle()
		if done := h.execution(e.ID); done.Distributed != 0 || h.holder(0) != "" || h.holder(3) != "fast@example.org" {
			t.Errorf("distributed %d, first ticket at %q", done.Distributed, h.holder(0))
		}
		h.sound()
	})
}

func (h *house) reject(ctx context.Context, file []byte) *ent.Execution {
	h.t.Helper()
	return must(h.distribution.Import(ctx, distribution.File{
		Name: "t.xlsx", Content: newReader(file), Policy: term.RunPolicyRejectAll,
	}))
}

func TestImport_DI5_ofTwoOverlappingRunsEachTicketHasOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 60
		h := build(t, store, n, 7)
		var ids [2]*ent.Execution
		for k := range ids {
			lines := make([]line, n)
			for i := range lines {
				at := i
				if k == 1 {
					at = n - 1 - i // the other way round: locks would cross
				}
				lines[i] = h.guest(at)
				lines[i].email = string(rune('a'+k)) + lines[i].email
			}
			ids[k] = h.begin(h.relay(h.sponsor), workbook(t, lines...), false)
		}
		h.settle()
		for _, e := range ids {
			must(h.distribution.Apply(h.relay(h.sponsor), e.ID))
		}
		var both sync.WaitGroup
		for range 2 {
			both.Add(1)
			go func() {
				defer both.Done()
				for h.runs.RunOne(context.Background()) {
				}
			}()
		}
		both.Wait()
		first, second := h.execution(ids[0].ID), h.execution(ids[1].ID)
		if first.Distributed+second.Distributed != n || first.Refused+second.Refused != n {
			t.Errorf("distributed %d and %d, refused %d and %d", first.Distributed, second.Distributed, first.Refused, second.Refused)
		}
		for _, r := range append(h.reasons(first.ID), h.reasons(second.ID)...) {
			if r != "" && r != term.ReasonCodeStale {
				t.Fatalf("a loser is told %s, not STALE", r)
			}
		}
		h.sound()
	})
}

func TestImport_IM5_aPointOfSaleWithoutTheParameterRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		must(h.at.Update().SetImportTicketDetails(false).Save(system()))
		_, err := h.distribution.Import(h.relay(h.sponsor), distribution.File{Name: "t.xlsx", Content: newReader(workbook(t, h.guest(0)))})
		if !errs.Is(err, errs.Forbidden) {
			t.Errorf("got %v, want FORBIDDEN", err)
		}
	})
}
