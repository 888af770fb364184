package term

import "io"

// RemovalState is where the removal of a ticket from an outside wallet stands (TB-4).
type RemovalState string

// The values of RemovalState.
const (
	RemovalStateRequested RemovalState = "REQUESTED"
	// RemovalStateConfirmed lasts as long as the transaction that moves the ticket.
	RemovalStateConfirmed RemovalState = "CONFIRMED"
	RemovalStateDone      RemovalState = "DONE"
	RemovalStateCancelled RemovalState = "CANCELLED"
)

// Values lists the closed set.
func (RemovalState) Values() []string {
	return []string{"REQUESTED", "CONFIRMED", "DONE", "CANCELLED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v RemovalState) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *RemovalState) UnmarshalGQL(from any) error { return read(v, from) }

// AlertKind is what an alert about take-backs is about (TB-7).
type AlertKind string

// The values of AlertKind.
const (
	AlertKindTicket  AlertKind = "TICKET"
	AlertKindSponsor AlertKind = "SPONSOR"
)

// Values lists the closed set.
func (AlertKind) Values() []string { return []string{"TICKET", "SPONSOR"} }

// MarshalGQL writes the value as a GraphQL enum.
func (v AlertKind) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *AlertKind) UnmarshalGQL(from any) error { return read(v, from) }
