// Package reclaimtest holds the organiser's table "who may take back what"
// (TB-1) once, for the tests of the rule, of the deed and of the API.
package reclaimtest

import (
	"slices"
	"strings"

	"gradin/server/term"
)

// Column is one setting of a point of sale.
type Column struct {
	Name       string
	Injected   bool
	Downloaded term.TakeBackDownloaded
}

// Columns are all settings that can be saved.
func Columns() []Column {
	return []Column{
		{"first off", false, term.TakeBackDownloadedOff}, {"second OFF", true, term.TakeBackDownloadedOff},
		{"RELAY", true, term.TakeBackDownloadedRelay}, {"RELAY_AND_PUBLIC", true, term.TakeBackDownloadedRelayAndPublic},
	}
}

// Row is a ticket in one condition.
type Row struct {
	Name string
	// Set are the assignments that bring a fresh ticket at depth 2 there; empty for none.
	Set string
	// may says who may, by column.
	may [4]string
	// Final tickets are not for operators either.
	Final bool
}

// Rows are all conditions of a ticket.
func Rows() []Row {
	const all, relay, none = "relay, public", "relay", ""
	return []Row{
		{"never injected", "", [4]string{all, all, all, all}, false},
		{"injected with feedback", "state = 'PRINTED', location = 'INJECTED', wallet_reported_at = created_at", [4]string{none, all, all, all}, false},
		{"injected without feedback", "state = 'PRINTED', location = 'INJECTED'", [4]string{}, false},
		{"downloaded", "state = 'PRINTED', location = 'DOWNLOADED', wallet_reported_at = created_at", [4]string{none, none, relay, all}, false},
		{"transfer pending", "state = 'PRINTED', location = 'TRANSFER_PENDING'", [4]string{}, false},
		{"passed on by the guest", "transferred_depth = 2", [4]string{}, false},
		{"transferred", "state = 'PRINTED', location = 'TRANSFERRED'", [4]string{}, false},
		{"activated", "state = 'PRINTED', location = 'ACTIVATED'", [4]string{}, false},
		{"on paper", "state = 'PRINTED', shipment_mode = 'PAPER'", [4]string{}, false},
		{"controlled", "state = 'CONTROLLED'", [4]string{}, true},
		{"cancelled", "state = 'CANCELLED', live = FALSE", [4]string{}, true},
		{"invalidated", "state = 'INVALIDATED', live = FALSE", [4]string{}, true},
		{"deleted", "state = 'PRINTED', location = 'DELETED'", [4]string{}, true},
	}
}

// The actors of the table.
const (
	Relay        = "relay"
	Public       = "public"
	OtherSponsor = "other sponsor"
	Operator     = "operator"
)

// Actors are who asks.
func Actors() []string { return []string{Relay, Public, OtherSponsor, Operator} }

// May says whether an actor may take a ticket of the row back under the column-th setting.
func (r Row) May(actor string, column int) bool {
	if actor == Operator {
		return !r.Final
	}
	return slices.Contains(strings.Split(r.may[column], ", "), actor)
}
