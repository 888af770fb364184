package distribution

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/ticket"
)

func ptr[T any](v T) *T { return &v }

// TestPlan_DI1 is the plan as a table: a ticket, a move, what happens.
func TestPlan_DI1_decidesEachMoveByTheTicketAndWhatWasTyped(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	free := ticket.Facts{ID: uuid.New(), Number: 7, Version: 1, State: term.TicketStateNotPrinted, Location: term.DeliveryLocationNone}
	with := func(change func(*ticket.Facts)) *ticket.Facts {
		f := free
		change(&f)
		return &f
	}
	move := func(change func(*Move)) Move {
		m := Move{Row: 2, Reference: "7-0", Number: 7, Pin: ptr(int64(0)), Email: "anna@example.org", First: "Anna", Last: "Rossi"}
		if change != nil {
			change(&m)
		}
		return m
	}
	held := func(f *ticket.Facts) { f.Depth, f.Given.Key = 1, "anna@example.org" }
	relay := reclaim.Rules{Actor: reclaim.Relay, Now: now}
	me := func(m *Move) { m.Email, m.Pin = "me@example.org", nil }
	for _, row := range []struct {
		name    string
		ticket  *ticket.Facts
		move    Move
		outcome term.Outcome
		reason  term.ReasonCode
		rules   reclaim.Rules
	}{
		{"a free ticket goes", &free, move(nil), term.OutcomeDistribute, "", reclaim.Rules{}},
		{"a ticket out of reach is not found", nil, move(nil), term.OutcomeRefused, term.ReasonCodeNotFound, reclaim.Rules{}},
		{"an empty row changes nothing (WB-6)", &free, move(func(m *Move) { m.Email, m.First, m.Last = "", "", "" }), term.OutcomeUnchanged, "", reclaim.Rules{}},
		{"the present holder changes nothing (WB-6)", with(held), move(func(m *Move) { m.Email = "ANNA@Example.org" }), term.OutcomeUnchanged, "", reclaim.Rules{}},
		{"the present holder in an old file changes nothing (DI-4)", with(func(f *ticket.Facts) { held(f); f.Move = 5 }), move(nil), term.OutcomeUnchanged, "", reclaim.Rules{}},
		{"the sender himself keeps what he has (WB-6)", &free, move(func(m *Move) { m.Email = "me@example.org" }), term.OutcomeUnchanged, "", reclaim.Rules{}},
		{"a take-back needs the rule (TB-2)", with(held), move(func(m *Move) { m.Email, m.Pin = "me@example.org", nil }), term.OutcomeRefused, term.ReasonCodeTakeBackNotAllowed, reclaim.Rules{}},
		{"somebody else's ticket needs the rule (TB-2)", with(held), move(func(m *Move) { m.Email = "other@example.org" }), term.OutcomeRefused, term.ReasonCodeTakeBackNotAllowed, reclaim.Rules{}},
		{"a take-back goes where the rule allows it (TB-2)", with(held), move(me), term.OutcomeTakeBack, "", relay},
		{"the sender's own address needs no names (WB-6)", with(held), move(func(m *Move) { me(m); m.First, m.Last = "", "" }), term.OutcomeTakeBack, "", relay},
		{"somebody else's ticket goes on where the rule allows it (WB-6)", with(held), move(func(m *Move) { m.Email = "other@example.org" }), term.OutcomeRedistribute, "", relay},
		{"a take-back by an old file is stale (WB-3)", with(func(f *ticket.Facts) { held(f); f.Move = 3 }), move(func(m *Move) { m.Email = "me@example.org" }), term.OutcomeRefused, term.ReasonCodeStale, relay},
		{"taking back needs no open window (DI-10)", with(func(f *ticket.Facts) { held(f); f.StartsAt, f.ClosesMinutes = ptr(now), ptr(60) }), move(me), term.OutcomeTakeBack, "", relay},
		{"what the organiser asks must be there (DI-10)", with(func(f *ticket.Facts) { f.GuestFields = []term.GuestField{term.GuestFieldPhone} }), move(nil), term.OutcomeRefused, term.ReasonCodeMissingField, relay},
		{"a guest who may have none gets none (DI-10)", with(func(f *ticket.Facts) { f.GuestLimit = ptr(0) }), move(nil), term.OutcomeRefused, term.ReasonCodeGuestLimit, relay},
		{"a ticket that moved since the export is stale (WB-3)", with(func(f *ticket.Facts) { f.Move = 1 }), move(nil), term.OutcomeRefused, term.ReasonCodeStale, reclaim.Rules{}},
		{"a number without a pin pins nothing", with(func(f *ticket.Facts) { f.Move = 1 }), move(func(m *Move) { m.Pin = nil }), term.OutcomeDistribute, "", reclaim.Rules{}},
		{"names without an address", &free, move(func(m *Move) { m.Email = "" }), term.OutcomeRefused, term.ReasonCodeMissingEmail, reclaim.Rules{}},
		{"an address that is none", &free, move(func(m *Move) { m.Email = "anna@" }), term.OutcomeRefused, term.ReasonCodeInvalidEmail, reclaim.Rules{}},
		{"no last name", &free, move(func(m *Move) { m.Last = "" }), term.OutcomeRefused, term.ReasonCodeMissingName, reclaim.Rules{}},
		{"a cancelled ticket", with(func(f *ticket.Facts) { f.State = term.TicketStateCancelled }), move(nil), term.OutcomeRefused, term.ReasonCodeNotValid, reclaim.Rules{}},
		{"a scanned ticket", with(func(f *ticket.Facts) { f.State = term.TicketStateControlled }), move(nil), term.OutcomeRefused, term.ReasonCodeAlreadyControlled, reclaim.Rules{}},
		{"a ticket on resale", with(func(f *ticket.Facts) { f.OnResale = true }), move(nil), term.OutcomeRefused, term.ReasonCodeOnResale, reclaim.Rules{}},
		{"a ticket being passed on", with(func(f *ticket.Facts) { f.Location = term.DeliveryLocationTransferPending }), move(nil), term.OutcomeRefused, term.ReasonCodeTransferPending, reclaim.Rules{}},
		{"a card with a used match", with(func(f *ticket.Facts) { f.Card, f.ChildControlled = true, true }), move(nil), term.OutcomeRefused, term.ReasonCodeChildControlled, reclaim.Rules{}},
		{"before the window opens (DI-10)", with(func(f *ticket.Facts) { f.StartsAt, f.OpensMinutes = ptr(now.Add(time.Hour)), ptr(30) }), move(nil), term.OutcomeRefused, term.ReasonCodeDistributionClosed, reclaim.Rules{}},
		{"after the window has closed (DI-10)", with(func(f *ticket.Facts) { f.StartsAt, f.ClosesMinutes = ptr(now.Add(time.Hour)), ptr(60) }), move(nil), term.OutcomeRefused, term.ReasonCodeDistributionClosed, reclaim.Rules{}},
		{"a broken cell is told before its meaning (WB-8)", &free, move(func(m *Move) { m.Broken = &Problem{Code: term.ReasonCodeFormulaCell} }), term.OutcomeRefused, term.ReasonCodeFormulaCell, reclaim.Rules{}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p := NewPlanner(Rules{Now: now, Self: map[string]bool{"me@example.org": true}, TakeBack: row.rules})
			d := p.Decide(row.move, row.ticket, contact.Known{})
			reason := term.ReasonCode("")
			if d.Problem != nil {
				reason = d.Problem.Code
			}
			if d.Outcome != row.outcome || reason != row.reason {
				t.Errorf("%s %s, want %s %s", d.Outcome, reason, row.outcome, row.reason)
			}
		})
	}
}

func TestPlan_DI8_theChildOfAGivenCardGoesAlong(t *testing.T) {
	t.Parallel()
	card := &ticket.Facts{ID: uuid.New(), State: term.TicketStateNotPrinted, Card: true}
	child := &ticket.Facts{ID: uuid.New(), State: term.TicketStateNotPrinted, Parent: card.ID}
	other := &ticket.Facts{ID: uuid.New(), State: term.TicketStateNotPrinted, Parent: card.ID}
	p := NewPlanner(Rules{})
	m := Move{Email: "anna@example.org", First: "Anna", Last: "Rossi"}
	first := p.Decide(m, card, contact.Known{})
	same := p.Decide(m, child, contact.Known{})
	m.Email = "bert@example.org"
	against := p.Decide(m, other, contact.Known{})
	if first.Outcome != term.OutcomeDistribute || same.Outcome != term.OutcomeUnchanged || against.Problem == nil || against.Problem.Code != term.ReasonCodeDuplicateRow {
		t.Errorf("card %s, child of the same guest %s, child of another %+v", first.Outcome, same.Outcome, against.Problem)
	}
}

// A child that its holder gave elsewhere, or fetched, does not go along with the
// card: its row is decided by itself, and does not say that nothing is to be done.
func TestPlan_D3_aChildInAnotherHandDoesNotGoAlong(t *testing.T) {
	t.Parallel()
	guest, friend := uuid.New(), uuid.New()
	held := func(holder, parent uuid.UUID, at term.DeliveryLocation) *ticket.Facts {
		return &ticket.Facts{ID: uuid.New(), State: term.TicketStatePrinted, Parent: parent, Holder: holder, Location: at, Reported: true, Depth: 1, Card: parent == uuid.Nil}
	}
	p := NewPlanner(Rules{TakeBack: reclaim.Rules{Actor: reclaim.Relay, AllowInjected: true, Downloaded: term.TakeBackDownloadedOff}})
	card := held(guest, uuid.Nil, term.DeliveryLocationInjected)
	got := []string{}
	for _, t := range []*ticket.Facts{
		card, held(guest, card.ID, term.DeliveryLocationInjected), held(guest, card.ID, term.DeliveryLocationDownloaded),
		held(friend, card.ID, term.DeliveryLocationInjected), held(friend, card.ID, term.DeliveryLocationDownloaded),
	} {
		d := p.Decide(Move{Back: true}, t, contact.Known{})
		got = append(got, string(d.Outcome))
	}
	want := []string{"TAKE_BACK", "UNCHANGED", "REFUSED", "TAKE_BACK", "REFUSED"}
	if !slices.Equal(got, want) {
		t.Errorf("the card, two children of its holder and two of somebody else are %v, want %v", got, want)
	}
}

func TestSentence_everyReasonIsSaidInThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, code := range term.ReasonCode("").Values() {
		seen := map[string]bool{}
		for _, language := range term.Language("").Values() {
			s := Problem{Code: term.ReasonCode(code)}.Sentence(term.Language(language))
			if s == code || len(s) < 20 || seen[s] {
				t.Errorf("%s in %s is %q", code, language, s)
			}
			seen[s] = true
		}
	}
}
