// Package reclaim owns the one rule that says who may take back which ticket
// now (TB-2). It has two forms that always agree: Ask, a pure function for one
// ticket, which also says why not; and Possible, the same as a condition in SQL,
// for counts and lists of any size. A property test compares the two.
//
// The ticket returns to the taker, however far it has gone; nobody takes back
// from somebody above him in its chain of holders (TB-1). What a taker may do
// depends on where the ticket is and on the parameters of his point of sale;
// operators may take back whatever is not final (TB-6), and a guest may always
// give back what he can still give (WA-4).
//
// The organiser may slow sponsors down: a ticket that was taken back after
// download stays with its next guest for a while, and such a take-back may need
// a second person's approval (TB-7). What needs approval is allowed, with a note.
package reclaim

import (
	"time"

	"gradin/server/term"
)

// Actor is in what quality somebody takes a ticket back.
type Actor int

// The qualities. The zero value may take back nothing.
const (
	Nobody Actor = iota
	// Relay acts for a structure in the ticket's chain.
	Relay
	// Public is an individual who held the ticket himself.
	Public
	// Operator acts for the organiser and has written down why.
	Operator
	// Guest gives back what he holds.
	Guest
)

// Rules is what holds for one taker now, whatever the ticket.
type Rules struct {
	Actor Actor
	// AllowInjected, Downloaded and Transferred are the point of sale's parameters.
	AllowInjected bool
	Downloaded    term.TakeBackDownloaded
	Transferred   bool
	// Pause is how long after a take-back of a downloaded ticket it cannot be taken
	// back again, Approval whether a second person has to approve one (TB-7).
	Pause    time.Duration
	Approval bool
	Now      time.Time
	// Zone is where times are told; nil for UTC.
	Zone *time.Location
}

// Question is what the rule looks at of a ticket.
type Question struct {
	State    term.TicketState
	Location term.DeliveryLocation
	// Reported says whether the wallet ever told where the ticket is.
	Reported bool
	OnResale bool
	Family   term.ProductFamily
	StartsAt *time.Time
	// Depth is how many links its chain has, Keep how many of them are the taker's
	// own and those above him, TransferredDepth the deepest one that a guest opened.
	Depth, Keep, TransferredDepth int
	// RecoveredAt is when it was last taken back after download; nil for never.
	RecoveredAt *time.Time
	// ChildControlled says that a ticket of the card was scanned.
	ChildControlled bool
	// Children are the tickets of a card that its holder has along with it.
	Children []Question
}

// Answer says whether, and if not, why not.
type Answer struct {
	Allowed bool
	Reason  term.ReasonCode
	// Setting is the parameter that forbids it.
	Setting string
	// Until is when the pause ends that forbids it.
	Until time.Time
	// NeedsApproval says that it is allowed once a second person has approved.
	NeedsApproval bool
}

// The settings that an answer may name.
const (
	SettingInjected    = "allowTakeBackInjected"
	SettingDownloaded  = "takeBackDownloaded"
	SettingTransferred = "takeBackTransferred"
	SettingPaper       = "paper"
	SettingRole        = "role"
)

func no(reason term.ReasonCode) Answer { return Answer{Reason: reason} }

func forbidden(setting string) Answer {
	return Answer{Reason: term.ReasonCodeTakeBackNotAllowed, Setting: setting}
}

// Ask applies the rule to a ticket, and to the tickets that go along with it.
func (r Rules) Ask(q Question) Answer {
	answer := r.one(q)
	if !answer.Allowed {
		return answer
	}
	for _, child := range q.Children {
		a := r.one(child)
		if !a.Allowed {
			return a
		}
		answer.NeedsApproval = answer.NeedsApproval || a.NeedsApproval
	}
	return answer
}

func (r Rules) one(q Question) Answer {
	switch {
	case !q.State.Live(), q.Location == term.DeliveryLocationDeleted:
		return no(term.ReasonCodeNotValid)
	case q.State == term.TicketStateControlled:
		return no(term.ReasonCodeAlreadyControlled)
	case q.Depth <= q.Keep:
		return no(term.ReasonCodeNotDistributed)
	case q.Location == term.DeliveryLocationDeletionPending:
		return no(term.ReasonCodeRemovalPending)
	case q.ChildControlled:
		return no(term.ReasonCodeChildControlled)
	case r.Actor == Nobody:
		return forbidden(SettingRole)
	case r.Actor == Operator:
		return Answer{Allowed: true}
	case q.OnResale:
		return no(term.ReasonCodeOnResale)
	case q.Location == term.DeliveryLocationTransferPending:
		return no(term.ReasonCodeTransferPending)
	case q.Family == term.ProductFamilyTimeslotPass && q.StartsAt != nil && !r.Now.Before(*q.StartsAt):
		return no(term.ReasonCodeDistributionClosed)
	case r.Actor == Guest:
		return Answer{Allowed: true}
	}
	return r.watched(q, r.byParameters(q))
}

// watched is what the organiser asks beyond the parameters (TB-7).
func (r Rules) watched(q Question, a Answer) Answer {
	if !a.Allowed {
		return a
	}
	if r.Pause > 0 && q.RecoveredAt != nil && q.RecoveredAt.After(r.rested()) {
		return Answer{Reason: term.ReasonCodeTakeBackPaused, Until: q.RecoveredAt.Add(r.Pause)}
	}
	a.NeedsApproval = r.Approval && q.Location.Fetched()
	return a
}

// rested is the moment before which a take-back no longer counts for the pause,
// as precise as the store is.
func (r Rules) rested() time.Time { return r.Now.Add(-r.Pause).UTC().Truncate(time.Microsecond) }

// byParameters is the table "who may take back what".
func (r Rules) byParameters(q Question) Answer {
	gone := q.Location == term.DeliveryLocationTransferred || q.Location == term.DeliveryLocationActivated
	switch {
	case q.State == term.TicketStatePrinted && q.Location == term.DeliveryLocationNone:
		return forbidden(SettingPaper)
	case !r.Transferred && (gone || q.TransferredDepth > q.Keep):
		return forbidden(SettingTransferred)
	case q.Location == term.DeliveryLocationNone:
		return Answer{Allowed: true}
	case !r.AllowInjected:
		return forbidden(SettingInjected)
	case q.Location == term.DeliveryLocationInjected && !q.Reported:
		return no(term.ReasonCodeNoWalletFeedback)
	case q.Location == term.DeliveryLocationInjected:
		return Answer{Allowed: true}
	case !r.downloaded():
		return forbidden(SettingDownloaded)
	}
	return Answer{Allowed: true}
}

// downloaded says whether this taker may take back what was fetched.
func (r Rules) downloaded() bool {
	switch r.Downloaded {
	case term.TakeBackDownloadedRelay:
		return r.Actor == Relay
	case term.TakeBackDownloadedRelayAndPublic:
		return true
	}
	return false
}
