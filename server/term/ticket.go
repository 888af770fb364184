package term

import "io"

// TicketState is where a ticket stands in its life (D-1).
type TicketState string

// The values of TicketState.
const (
	TicketStateNotPrinted  TicketState = "NOT_PRINTED"
	TicketStatePrinted     TicketState = "PRINTED"
	TicketStateControlled  TicketState = "CONTROLLED"
	TicketStateCancelled   TicketState = "CANCELLED"
	TicketStateInvalidated TicketState = "INVALIDATED"
)

// Values lists the closed set.
func (TicketState) Values() []string {
	return []string{"NOT_PRINTED", "PRINTED", "CONTROLLED", "CANCELLED", "INVALIDATED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v TicketState) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *TicketState) UnmarshalGQL(from any) error { return read(v, from) }

// DeliveryLocation is where a ticket physically is (D-2).
type DeliveryLocation string

// The values of DeliveryLocation.
const (
	DeliveryLocationNone            DeliveryLocation = "NONE"
	DeliveryLocationInjected        DeliveryLocation = "INJECTED"
	DeliveryLocationDownloaded      DeliveryLocation = "DOWNLOADED"
	DeliveryLocationTransferPending DeliveryLocation = "TRANSFER_PENDING"
	DeliveryLocationTransferred     DeliveryLocation = "TRANSFERRED"
	DeliveryLocationActivated       DeliveryLocation = "ACTIVATED"
	DeliveryLocationDeletionPending DeliveryLocation = "DELETION_PENDING"
	DeliveryLocationDeleted         DeliveryLocation = "DELETED"
)

// Values lists the closed set.
func (DeliveryLocation) Values() []string {
	return []string{"NONE", "INJECTED", "DOWNLOADED", "TRANSFER_PENDING", "TRANSFERRED", "ACTIVATED", "DELETION_PENDING", "DELETED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v DeliveryLocation) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *DeliveryLocation) UnmarshalGQL(from any) error { return read(v, from) }

// Fetched says whether somebody asked for the code of a ticket that is there.
func (v DeliveryLocation) Fetched() bool {
	return v == DeliveryLocationDownloaded || v == DeliveryLocationTransferred || v == DeliveryLocationActivated
}

// HistoryEvent is what happened to a ticket (D-3).
type HistoryEvent string

// The values of HistoryEvent.
const (
	HistoryEventCreated         HistoryEvent = "CREATED"
	HistoryEventDistributed     HistoryEvent = "DISTRIBUTED"
	HistoryEventRedistributed   HistoryEvent = "REDISTRIBUTED"
	HistoryEventTakenBack       HistoryEvent = "TAKEN_BACK"
	HistoryEventStateChanged    HistoryEvent = "STATE_CHANGED"
	HistoryEventLocationChanged HistoryEvent = "LOCATION_CHANGED"
	HistoryEventBarcodeChanged  HistoryEvent = "BARCODE_CHANGED"
	HistoryEventPassOnPending   HistoryEvent = "PASS_ON_PENDING"
	HistoryEventPassedOn        HistoryEvent = "PASSED_ON"
	HistoryEventPassOnCancelled HistoryEvent = "PASS_ON_CANCELLED"
)

// Values lists the closed set.
func (HistoryEvent) Values() []string {
	return []string{"CREATED", "DISTRIBUTED", "REDISTRIBUTED", "TAKEN_BACK", "STATE_CHANGED", "LOCATION_CHANGED", "BARCODE_CHANGED", "PASS_ON_PENDING", "PASSED_ON", "PASS_ON_CANCELLED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v HistoryEvent) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *HistoryEvent) UnmarshalGQL(from any) error { return read(v, from) }

// HistoryVia is by which way something was done to a ticket (D-3).
type HistoryVia string

// The values of HistoryVia.
const (
	HistoryViaPortal        HistoryVia = "PORTAL"
	HistoryViaCart          HistoryVia = "CART"
	HistoryViaMap           HistoryVia = "MAP"
	HistoryViaFile          HistoryVia = "FILE"
	HistoryViaSchedule      HistoryVia = "SCHEDULE"
	HistoryViaApi           HistoryVia = "API"
	HistoryViaReseller      HistoryVia = "RESELLER"
	HistoryViaRecipient     HistoryVia = "RECIPIENT"
	HistoryViaMail          HistoryVia = "MAIL"
	HistoryViaAccessControl HistoryVia = "ACCESS_CONTROL"
	HistoryViaSystem        HistoryVia = "SYSTEM"
)

// Values lists the closed set.
func (HistoryVia) Values() []string {
	return []string{"PORTAL", "CART", "MAP", "FILE", "SCHEDULE", "API", "RESELLER", "RECIPIENT", "MAIL", "ACCESS_CONTROL", "SYSTEM"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v HistoryVia) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *HistoryVia) UnmarshalGQL(from any) error { return read(v, from) }

// PassOnState is where it stands that a guest passes his ticket on (WA-3).
type PassOnState string

// The values of PassOnState.
const (
	PassOnStatePending   PassOnState = "PENDING"
	PassOnStateAccepted  PassOnState = "ACCEPTED"
	PassOnStateRefused   PassOnState = "REFUSED"
	PassOnStateExpired   PassOnState = "EXPIRED"
	PassOnStateCancelled PassOnState = "CANCELLED"
)

// Values lists the closed set.
func (PassOnState) Values() []string {
	return []string{"PENDING", "ACCEPTED", "REFUSED", "EXPIRED", "CANCELLED"}
}

// ShipmentMode is how a ticket reaches its bearer.
type ShipmentMode string

// The values of ShipmentMode.
const (
	ShipmentModeMobile ShipmentMode = "MOBILE"
	ShipmentModePdf    ShipmentMode = "PDF"
	ShipmentModePaper  ShipmentMode = "PAPER"
	ShipmentModeCard   ShipmentMode = "CARD"
)

// Values lists the closed set.
func (ShipmentMode) Values() []string {
	return []string{"MOBILE", "PDF", "PAPER", "CARD"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ShipmentMode) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ShipmentMode) UnmarshalGQL(from any) error { return read(v, from) }

// LinkEnd is why a link of a ticket's chain of holders closed (TB-1).
type LinkEnd string

// The values of LinkEnd.
const (
	LinkEndTakenBack LinkEnd = "TAKEN_BACK"
	LinkEndPassedOn  LinkEnd = "PASSED_ON"
	LinkEndReplaced  LinkEnd = "REPLACED"
	LinkEndCancelled LinkEnd = "CANCELLED"
)

// Values lists the closed set.
func (LinkEnd) Values() []string {
	return []string{"TAKEN_BACK", "PASSED_ON", "REPLACED", "CANCELLED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v LinkEnd) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *LinkEnd) UnmarshalGQL(from any) error { return read(v, from) }
