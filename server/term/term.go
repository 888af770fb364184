// Package term holds the field's closed sets: one word per idea, the same in
// the database, in the contract, in Go and on the screen. It imports nothing
// of ours, so that every layer can speak it.
package term

import (
	"fmt"
	"io"
	"slices"
	"strconv"
)

// set is what all closed sets of this package have in common.
type set interface {
	~string
	Values() []string
}

func write[T set](w io.Writer, v T) {
	_, _ = io.WriteString(w, strconv.Quote(string(v)))
}

func read[T set](into *T, from any) error {
	text, ok := from.(string)
	if !ok || !slices.Contains((*into).Values(), text) {
		return fmt.Errorf("%v is none of %v", from, (*into).Values())
	}
	*into = T(text)
	return nil
}

// Final says whether no move leads out of the state (D-1).
func (v TicketState) Final() bool {
	return v == TicketStateControlled || !v.Live()
}

// Live says whether a ticket in this state still takes up its place (D-4).
func (v TicketState) Live() bool {
	return v != TicketStateCancelled && v != TicketStateInvalidated
}

// Staff says whether the role works in the back office.
func (v Role) Staff() bool {
	return v == RoleInstitutionAdmin || v == RoleOrganisationAdmin || v == RoleOperator || v == RoleViewer
}

// Administers says whether the role looks after users and the audit log of its organisation.
func (v Role) Administers() bool { return v == RoleOrganisationAdmin }

// Operates says whether the role changes things in the back office.
func (v Role) Operates() bool {
	return v == RoleOrganisationAdmin || v == RoleOperator
}
