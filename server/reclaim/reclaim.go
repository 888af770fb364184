// Package reclaim owns the one rule that says who may take back which ticket
// now (TB-2). The rule is pure: all it needs is in the Question.
//
// Today the organiser's parameters for take-back are not offered yet, so every
// ticket that somebody else holds is refused with the setting that forbids it.
// Plans, lists and buttons ask here and nowhere else.
package reclaim

import (
	"gradin/server/term"
)

// Question is all that the rule looks at.
type Question struct {
	State    term.TicketState
	Location term.DeliveryLocation
	// AllowInjected and Downloaded are the point of sale's parameters.
	AllowInjected bool
	Downloaded    term.TakeBackDownloaded
}

// Answer says whether, and if not, why not.
type Answer struct {
	Allowed bool
	Reason  term.ReasonCode
	// Setting is the parameter that forbids it.
	Setting string
}

// Ask applies the rule.
func Ask(q Question) Answer {
	switch {
	case !q.State.Live():
		return Answer{Reason: term.ReasonCodeNotValid}
	case q.State == term.TicketStateControlled:
		return Answer{Reason: term.ReasonCodeAlreadyControlled}
	case q.Location == term.DeliveryLocationTransferPending:
		return Answer{Reason: term.ReasonCodeTransferPending}
	case q.Location == term.DeliveryLocationDownloaded:
		return Answer{Reason: term.ReasonCodeTakeBackNotAllowed, Setting: "takeBackDownloaded"}
	}
	return Answer{Reason: term.ReasonCodeTakeBackNotAllowed, Setting: "allowTakeBackInjected"}
}
