package distribution_test

import (
	"slices"
	"strings"
	"testing"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/oid"
	"gradin/server/term"
)

// TestUndo_DI9_ofAThousandTheTenThatLeftAreNamed: guests pass seven tickets on,
// on their pages, and come in with three more; all others come back, and the ten
// are named with their reasons before anything happens and after.
func TestUndo_DI9_ofAThousandTheTenThatLeftAreNamed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const all, passed, scanned = 1000, 7, 3
		h := build(t, store, all, 300)
		h.given(all)
		h.allow(true, term.TakeBackDownloadedRelay)
		_, err := h.at.Update().SetPassOn(true).Save(system())
		ok(t, err)
		run := must(store.Client.Execution.Query().Only(system()))
		want := make([]named, all)
		for i := range passed {
			h.download(h.tickets[i*100].ID)
			if problem := must(h.distribution.AnswerOffer(system(), h.mustOffer(i*100, "third@example.org"), true)); problem != nil {
				t.Fatalf("%+v", problem)
			}
			want[i*100] = named{oid.Encode(h.now(h.tickets[i*100].ID)), term.ReasonCodeTakeBackNotAllowed}
		}
		for i := range scanned {
			at := 50 + i
			h.download(h.tickets[at].ID)
			if !h.scanAtGate(h.tickets[at].ID) {
				t.Fatal("the gate did not let in")
			}
			want[at] = named{oid.Encode(h.tickets[at].ID), term.ReasonCodeAlreadyControlled}
		}
		want = slices.DeleteFunc(want, func(n named) bool { return n.why == "" })
		plan := must(h.distribution.Undo(h.relay(h.sponsor), distribution.Undoing{Execution: run.ID}))
		h.settle()
		before := h.execution(plan.ID)
		if before.State != term.ExecutionStatePlanned || before.PlanTakeBack != all-passed-scanned || before.PlanRefused != passed+scanned {
			t.Fatalf("before: %s, %d back, %d not", before.State, before.PlanTakeBack, before.PlanRefused)
		}
		h.names("before", plan, want)
		must(h.distribution.Apply(h.relay(h.sponsor), plan.ID))
		h.settle()
		after := h.execution(plan.ID)
		back := h.count("SELECT count(*) FROM tickets WHERE live AND holder_id IS NULL")
		if after.TakenBack != all-passed-scanned || back != after.TakenBack || *after.Result != term.ExecutionResultWarning {
			t.Errorf("after: %d taken back, %d without a holder, %s", after.TakenBack, back, *after.Result)
		}
		h.names("after", plan, want)
		h.sound()
	})
}

// named is a ticket that does not come back, and why.
type named struct {
	ticket string
	why    term.ReasonCode
}

// names compares the tickets that a run names as refused.
func (h *house) names(when string, run *ent.Execution, want []named) {
	h.t.Helper()
	var got []named
	for _, row := range must(distribution.Rows(system(), h.store, run.ID, distribution.RowFilter{})) {
		if row.Problem != nil {
			got = append(got, named{row.Reference, row.Problem.Code})
		}
	}
	byTicket := func(a, b named) int { return strings.Compare(a.ticket, b.ticket) }
	slices.SortFunc(got, byTicket)
	slices.SortFunc(want, byTicket)
	if !slices.Equal(got, want) {
		h.t.Errorf("%s: the run names %v, want %v", when, got, want)
	}
}
