package distribution

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/ticket"
)

// Move is what a sender asks for: a ticket to a guest.
type Move struct {
	// Row is Excel's row number, or the place in a list from 1.
	Row int
	// Reference is the ticket as the sender named it.
	Reference string
	// Number is the ticket's number; 0 when the reference names none.
	Number int64
	// Ticket is the ticket's id, where the sender named it by id.
	Ticket uuid.UUID
	// Pin is the ticket's move at the time of export; nil when nothing is pinned (WB-3).
	Pin *int64
	// Email and the names are as typed, cleaned (WB-8).
	Email, First, Last string
	// Fields is what else the organiser asks of the guest (DI-10).
	Fields Fields
	// Back asks for the ticket back, whoever has it.
	Back bool
	// Broken is what is wrong with a cell before its meaning is looked at.
	Broken *Problem
}

func (m Move) empty() bool {
	return m.Email == "" && m.First == "" && m.Last == "" && m.Broken == nil && !m.Back && len(m.Fields) == 0
}

// Field names a part of a move; the sheet's columns follow from it.
type Field string

// The parts of a move that a problem can be about.
const (
	FieldTicket Field = "ticket"
	FieldEmail  Field = "email"
	FieldFirst  Field = "firstName"
	FieldLast   Field = "lastName"
)

// Problem is why a row is refused, or what is odd about it.
type Problem struct {
	Code  term.ReasonCode `json:"code"`
	Field Field           `json:"field,omitempty"`
	// Column is the header and Letter the column's letter, of moves from a sheet.
	Column string `json:"column,omitempty"`
	Letter string `json:"letter,omitempty"`
	// Value is the offending value, shortened.
	Value string `json:"value,omitempty"`
	// Setting is the parameter that forbids it.
	Setting string `json:"setting,omitempty"`
	// Row is the other row it is about.
	Row int `json:"row,omitempty"`
}

// Guest is a recipient of this run.
type Guest struct {
	Contact     uuid.UUID
	New         bool
	Number      int64
	Mail        uuid.UUID
	Email       string
	First, Last string
	Fields      Fields
	Language    term.Language
	counted     bool
}

// Decision is what happens to a move, and why.
type Decision struct {
	Move     Move
	Ticket   *ticket.Facts
	Outcome  term.Outcome
	Problem  *Problem
	Warnings []Problem
	Guest    *Guest
}

// Rules is what holds for a run.
type Rules struct {
	Now time.Time
	// Self are the sender's own addresses, as keys: a ticket to one of them is a take-back.
	Self map[string]bool
	// TakeBack is by which rules the sender may take tickets back.
	TakeBack reclaim.Rules
}

// Planner decides the moves of one run, in the order of their rows. It reads
// nothing and changes nothing but its own memory of the rows before: the first
// row of a ticket wins, the first names of a guest count (DI-1, DI-8).
type Planner struct {
	rules  Rules
	seen   map[uuid.UUID]int
	cards  map[uuid.UUID]given
	guests map[string]*Guest
	// limits counts what limited guests have, with what this run gives them (DI-10).
	limits map[limit]int
}

// given is a season card that moves in this run, with the children that its
// holder has too; key is empty when it goes back.
type given struct {
	row    int
	key    string
	holder uuid.UUID
}

// NewPlanner begins a run.
func NewPlanner(rules Rules) *Planner {
	return &Planner{
		rules: rules, seen: map[uuid.UUID]int{}, cards: map[uuid.UUID]given{}, guests: map[string]*Guest{}, limits: map[limit]int{},
	}
}

// Decide says what happens to a move. The ticket is nil when there is none
// within the sender's reach; known is whom the address leads to, if anybody.
// What is known never changes the decision, only who is linked (DI-7).
func (p *Planner) Decide(m Move, t *ticket.Facts, known contact.Known) Decision {
	d := Decision{Move: m, Ticket: t, Outcome: term.OutcomeRefused}
	if t == nil {
		return d.refuse(term.ReasonCodeNotFound, FieldTicket, m.Reference)
	}
	if m.empty() {
		d.Outcome = term.OutcomeUnchanged
		return d
	}
	if first, twice := p.seen[t.ID]; twice {
		return d.duplicate(m, first)
	}
	p.seen[t.ID] = m.Row
	if problem := typed(m); problem != nil {
		d.Problem = problem
		return d
	}
	key := contact.Key(m.Email)
	back := m.Back || p.rules.Self[key]
	if back {
		key = ""
	}
	if p.same(*t, back, key) {
		d.Outcome = term.OutcomeUnchanged
		return d
	}
	// A child that somebody else has does not go along with its card, and neither
	// does one that lies in an outside wallet by itself: that wallet is asked (TB-4).
	if card, goes := p.cards[t.Parent]; goes && card.holder == t.Holder && !t.Outside {
		return p.along(d, card, key)
	}
	if back {
		d = p.back(d)
	} else {
		d = p.give(d, key, known)
	}
	if p.rules.TakeBack.Approval && (d.Outcome == term.OutcomeTakeBack || d.Outcome == term.OutcomeRedistribute) &&
		p.rules.TakeBack.Ask(t.Question()).NeedsApproval {
		d.Warnings = append(d.Warnings, Problem{Code: term.ReasonCodeNeedsApproval, Field: FieldTicket})
	}
	if d.Outcome != term.OutcomeRefused && t.Card {
		p.cards[t.ID] = given{m.Row, key, t.Holder}
	}
	return d
}

// along decides about a child whose card moves in this run: it goes along and
// needs no move of its own, unless its holder may keep it.
func (p *Planner) along(d Decision, card given, key string) Decision {
	if card.key != key {
		return d.duplicate(d.Move, card.row)
	}
	if d.Ticket.Held() {
		d.Problem = p.unreclaimable(d.Move, *d.Ticket)
	}
	if d.Problem == nil {
		d.Outcome = term.OutcomeUnchanged
	}
	return d
}

// same says whether the ticket is already where the move wants it.
func (p *Planner) same(t ticket.Facts, back bool, key string) bool {
	if back {
		return !t.Held() && t.State.Live() && t.State != term.TicketStateControlled
	}
	return t.Held() && key == t.Given.Key
}

// back decides a take-back (TB-2).
func (p *Planner) back(d Decision) Decision {
	if problem := p.unreclaimable(d.Move, *d.Ticket); problem != nil {
		d.Problem = problem
		return d
	}
	d.Outcome = term.OutcomeTakeBack
	return d
}

// give decides a gift to a guest: the ticket must be free to move, and where
// somebody has it, it must be possible to take it back from him.
func (p *Planner) give(d Decision, key string, known contact.Known) Decision {
	m, t := d.Move, *d.Ticket
	if problem := p.blocked(m, t); problem != nil {
		d.Problem = problem
		return d
	}
	if m.First == "" {
		return d.refuse(term.ReasonCodeMissingName, FieldFirst, "")
	}
	if m.Last == "" {
		return d.refuse(term.ReasonCodeMissingName, FieldLast, "")
	}
	if problem := m.Fields.lacking(t.GuestFields, p.rules.Now); problem != nil {
		d.Problem = problem
		return d
	}
	if !p.room(t, key, known.ID) {
		return d.refuse(term.ReasonCodeGuestLimit, FieldEmail, m.Email)
	}
	d.Outcome = term.OutcomeDistribute
	if t.Held() {
		d.Outcome = term.OutcomeRedistribute
	}
	d.Guest, d.Warnings = p.guest(m, key, known)
	return d
}

// typed says what is wrong with what the sender typed, whatever the ticket.
func typed(m Move) *Problem {
	switch {
	case m.Broken != nil:
		return m.Broken
	case m.Back:
		return nil
	case m.Email == "":
		return &Problem{Code: term.ReasonCodeMissingEmail, Field: FieldEmail}
	case !contact.ValidEmail(m.Email):
		return &Problem{Code: term.ReasonCodeInvalidEmail, Field: FieldEmail, Value: shorten(m.Email)}
	case len([]rune(m.First)) > maxName:
		return &Problem{Code: term.ReasonCodeCellTooLong, Field: FieldFirst, Value: shorten(m.First)}
	case len([]rune(m.Last)) > maxName:
		return &Problem{Code: term.ReasonCodeCellTooLong, Field: FieldLast, Value: shorten(m.Last)}
	}
	return nil
}

// maxName is how many characters a name may have.
const maxName = 200

// blocked says why the ticket cannot go to a guest now.
func (p *Planner) blocked(m Move, t ticket.Facts) *Problem {
	// What cannot be mended by a new file is told first; a ticket that was replaced
	// has moved (WB-3).
	ended := t.State == term.TicketStateControlled || t.State == term.TicketStateCancelled
	if p.stale(m, t) && !ended {
		return &Problem{Code: term.ReasonCodeStale, Field: FieldTicket, Value: m.Reference}
	}
	if reason := Blocked(t, p.rules.Now); reason != "" {
		return &Problem{Code: reason, Field: FieldTicket, Value: m.Reference}
	}
	if t.Held() {
		return p.unreclaimable(m, t)
	}
	return nil
}

// stale says whether the ticket moved since its row was written (WB-3).
func (p *Planner) stale(m Move, t ticket.Facts) bool { return m.Pin != nil && *m.Pin != t.Move }

// unreclaimable says why the ticket cannot be taken back now; it asks the rule.
func (p *Planner) unreclaimable(m Move, t ticket.Facts) *Problem {
	if p.stale(m, t) {
		return &Problem{Code: term.ReasonCodeStale, Field: FieldTicket, Value: m.Reference}
	}
	return answer(p.rules.TakeBack, t, m.Reference)
}

// Blocked says why a ticket cannot be distributed by anybody now; empty when it can.
func Blocked(t ticket.Facts, now time.Time) term.ReasonCode {
	switch {
	case !t.State.Live():
		return term.ReasonCodeNotValid
	case t.State == term.TicketStateControlled:
		return term.ReasonCodeAlreadyControlled
	case t.OnResale:
		return term.ReasonCodeOnResale
	case t.Location == term.DeliveryLocationTransferPending:
		return term.ReasonCodeTransferPending
	case t.Location == term.DeliveryLocationDeletionPending:
		return term.ReasonCodeRemovalPending
	case t.ChildControlled:
		return term.ReasonCodeChildControlled
	case closed(t, now):
		return term.ReasonCodeDistributionClosed
	}
	return ""
}

// closed says whether the organiser's window is shut: opening and closing are
// minutes before the start (DI-10).
func closed(t ticket.Facts, now time.Time) bool {
	if t.StartsAt == nil {
		return false
	}
	before := func(minutes int) time.Time { return t.StartsAt.Add(-time.Duration(minutes) * time.Minute) }
	return t.OpensMinutes != nil && now.Before(before(*t.OpensMinutes)) ||
		t.ClosesMinutes != nil && !now.Before(before(*t.ClosesMinutes))
}

// guest finds the recipient among those of earlier rows, or begins a new one.
func (p *Planner) guest(m Move, key string, known contact.Known) (*Guest, []Problem) {
	if g, again := p.guests[key]; again {
		if strings.EqualFold(g.First, m.First) && strings.EqualFold(g.Last, m.Last) {
			return g, nil
		}
		return g, []Problem{{Code: term.ReasonCodeDifferentName, Field: FieldLast, Value: shorten(m.First + " " + m.Last)}}
	}
	g := &Guest{
		Contact: known.ID, Language: known.Language, Mail: oid.New(oid.Mail),
		Email: m.Email, First: m.First, Last: m.Last, Fields: m.Fields,
	}
	if g.Contact == uuid.Nil {
		g.Contact, g.New = oid.New(oid.Contact), true
	}
	p.guests[key] = g
	return g, nil
}

// counted says whether the guest's one mail was counted before.
func (p *Planner) counted(g *Guest) bool {
	before := g.counted
	g.counted = true
	return before
}

func (d Decision) refuse(code term.ReasonCode, field Field, value string) Decision {
	d.Outcome = term.OutcomeRefused
	d.Problem = &Problem{Code: code, Field: field, Value: shorten(value)}
	return d
}

func (d Decision) duplicate(m Move, first int) Decision {
	d = d.refuse(term.ReasonCodeDuplicateRow, FieldTicket, m.Reference)
	d.Problem.Row = first
	return d
}

// shorten cuts an offending value to what fits into a message.
func shorten(value string) string {
	const most = 80
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return value
}
