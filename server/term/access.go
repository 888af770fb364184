package term

import "io"

// EntryResult is what access control is told about an entry (D-11).
type EntryResult string

// The values of EntryResult.
const (
	EntryResultAdmitted        EntryResult = "ADMITTED"
	EntryResultAlreadyAdmitted EntryResult = "ALREADY_ADMITTED"
	EntryResultDead            EntryResult = "DEAD"
	EntryResultBlocked         EntryResult = "BLOCKED"
	EntryResultNotYetValid     EntryResult = "NOT_YET_VALID"
	EntryResultExpired         EntryResult = "EXPIRED"
	EntryResultUnknown         EntryResult = "UNKNOWN"
	EntryResultKeyConflict     EntryResult = "KEY_CONFLICT"
)

// Values lists the closed set.
func (EntryResult) Values() []string {
	return []string{"ADMITTED", "ALREADY_ADMITTED", "DEAD", "BLOCKED", "NOT_YET_VALID", "EXPIRED", "UNKNOWN", "KEY_CONFLICT"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v EntryResult) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *EntryResult) UnmarshalGQL(from any) error { return read(v, from) }
