package term

import "io"

// ExecutionState is where an execution stands.
type ExecutionState string

// The values of ExecutionState.
const (
	ExecutionStatePlanning  ExecutionState = "PLANNING"
	ExecutionStatePlanned   ExecutionState = "PLANNED"
	ExecutionStateQueued    ExecutionState = "QUEUED"
	ExecutionStateRunning   ExecutionState = "RUNNING"
	ExecutionStateDone      ExecutionState = "DONE"
	ExecutionStateCancelled ExecutionState = "CANCELLED"
	// ExecutionStateAwaitingApproval waits for a second person (TB-7).
	ExecutionStateAwaitingApproval ExecutionState = "AWAITING_APPROVAL"
)

// Values lists the closed set.
func (ExecutionState) Values() []string {
	return []string{"PLANNING", "PLANNED", "AWAITING_APPROVAL", "QUEUED", "RUNNING", "DONE", "CANCELLED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ExecutionState) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ExecutionState) UnmarshalGQL(from any) error { return read(v, from) }

// ExecutionResult is how an execution ended (IF-5).
type ExecutionResult string

// The values of ExecutionResult.
const (
	ExecutionResultOk      ExecutionResult = "OK"
	ExecutionResultWarning ExecutionResult = "WARNING"
	ExecutionResultError   ExecutionResult = "ERROR"
)

// Values lists the closed set.
func (ExecutionResult) Values() []string {
	return []string{"OK", "WARNING", "ERROR"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ExecutionResult) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ExecutionResult) UnmarshalGQL(from any) error { return read(v, from) }

// ExecutionTrigger is what started an execution (IM-2).
type ExecutionTrigger string

// The values of ExecutionTrigger.
const (
	ExecutionTriggerPortal    ExecutionTrigger = "PORTAL"
	ExecutionTriggerSchedule  ExecutionTrigger = "SCHEDULE"
	ExecutionTriggerImmediate ExecutionTrigger = "IMMEDIATE"
	ExecutionTriggerApi       ExecutionTrigger = "API"
)

// Values lists the closed set.
func (ExecutionTrigger) Values() []string {
	return []string{"PORTAL", "SCHEDULE", "IMMEDIATE", "API"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ExecutionTrigger) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ExecutionTrigger) UnmarshalGQL(from any) error { return read(v, from) }

// ExecutionFunction is what an execution runs.
type ExecutionFunction string

// The values of ExecutionFunction.
const (
	ExecutionFunctionTicketHoldersImport ExecutionFunction = "TICKET_HOLDERS_IMPORT"
	ExecutionFunctionDistribution        ExecutionFunction = "DISTRIBUTION"
	ExecutionFunctionTakeBack            ExecutionFunction = "TAKE_BACK"
	ExecutionFunctionUndo                ExecutionFunction = "UNDO"
	ExecutionFunctionCart                ExecutionFunction = "CART"
)

// Values lists the closed set.
func (ExecutionFunction) Values() []string {
	return []string{"TICKET_HOLDERS_IMPORT", "DISTRIBUTION", "TAKE_BACK", "UNDO", "CART"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ExecutionFunction) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ExecutionFunction) UnmarshalGQL(from any) error { return read(v, from) }

// Outcome is what happens to a row, or happened (DI-1).
type Outcome string

// The values of Outcome.
const (
	OutcomeDistribute   Outcome = "DISTRIBUTE"
	OutcomeRedistribute Outcome = "REDISTRIBUTE"
	OutcomeTakeBack     Outcome = "TAKE_BACK"
	OutcomeUnchanged    Outcome = "UNCHANGED"
	OutcomeRefused      Outcome = "REFUSED"
)

// Values lists the closed set.
func (Outcome) Values() []string {
	return []string{"DISTRIBUTE", "REDISTRIBUTE", "TAKE_BACK", "UNCHANGED", "REFUSED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v Outcome) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *Outcome) UnmarshalGQL(from any) error { return read(v, from) }

// ReasonCode is why a row is refused or a thing is not possible.
type ReasonCode string

// The values of ReasonCode.
const (
	ReasonCodeNotFound           ReasonCode = "NOT_FOUND"
	ReasonCodeStale              ReasonCode = "STALE"
	ReasonCodeDuplicateRow       ReasonCode = "DUPLICATE_ROW"
	ReasonCodeInvalidEmail       ReasonCode = "INVALID_EMAIL"
	ReasonCodeMissingEmail       ReasonCode = "MISSING_EMAIL"
	ReasonCodeMissingName        ReasonCode = "MISSING_NAME"
	ReasonCodeNotValid           ReasonCode = "NOT_VALID"
	ReasonCodeAlreadyControlled  ReasonCode = "ALREADY_CONTROLLED"
	ReasonCodeOnResale           ReasonCode = "ON_RESALE"
	ReasonCodeTransferPending    ReasonCode = "TRANSFER_PENDING"
	ReasonCodeNoWalletFeedback   ReasonCode = "NO_WALLET_FEEDBACK"
	ReasonCodeTakeBackNotAllowed ReasonCode = "TAKE_BACK_NOT_ALLOWED"
	ReasonCodeChildControlled    ReasonCode = "CHILD_CONTROLLED"
	ReasonCodeDistributionClosed ReasonCode = "DISTRIBUTION_CLOSED"
	ReasonCodeGuestLimit         ReasonCode = "GUEST_LIMIT"
	ReasonCodeFormulaCell        ReasonCode = "FORMULA_CELL"
	ReasonCodeCellTooLong        ReasonCode = "CELL_TOO_LONG"
	ReasonCodeMissingField       ReasonCode = "MISSING_FIELD"
	ReasonCodeDifferentName      ReasonCode = "DIFFERENT_NAME"
	ReasonCodeNotDistributed     ReasonCode = "NOT_DISTRIBUTED"
	ReasonCodeRemovalPending     ReasonCode = "REMOVAL_PENDING"
	ReasonCodeRemovalRefused     ReasonCode = "REMOVAL_REFUSED"
	ReasonCodeRemovalExpired     ReasonCode = "REMOVAL_EXPIRED"
	ReasonCodeRemovalCancelled   ReasonCode = "REMOVAL_CANCELLED"
	ReasonCodeOutsideWallet      ReasonCode = "OUTSIDE_WALLET"
	ReasonCodeTakeBackPaused     ReasonCode = "TAKE_BACK_PAUSED"
	ReasonCodeNeedsApproval      ReasonCode = "NEEDS_APPROVAL"
)

// Values lists the closed set.
func (ReasonCode) Values() []string {
	return []string{"NOT_FOUND", "STALE", "DUPLICATE_ROW", "INVALID_EMAIL", "MISSING_EMAIL", "MISSING_NAME", "NOT_VALID", "ALREADY_CONTROLLED", "ON_RESALE", "TRANSFER_PENDING", "NO_WALLET_FEEDBACK", "TAKE_BACK_NOT_ALLOWED", "CHILD_CONTROLLED", "DISTRIBUTION_CLOSED", "GUEST_LIMIT", "FORMULA_CELL", "CELL_TOO_LONG", "MISSING_FIELD", "DIFFERENT_NAME", "NOT_DISTRIBUTED", "REMOVAL_PENDING", "REMOVAL_REFUSED", "REMOVAL_EXPIRED", "REMOVAL_CANCELLED", "OUTSIDE_WALLET", "TAKE_BACK_PAUSED", "NEEDS_APPROVAL"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ReasonCode) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ReasonCode) UnmarshalGQL(from any) error { return read(v, from) }

// RunPolicy is what to do with the good rows when there are bad ones (DI-3).
type RunPolicy string

// The values of RunPolicy.
const (
	RunPolicyIgnoreFailed RunPolicy = "IGNORE_FAILED"
	RunPolicyRejectAll    RunPolicy = "REJECT_ALL"
)

// Values lists the closed set.
func (RunPolicy) Values() []string {
	return []string{"IGNORE_FAILED", "REJECT_ALL"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v RunPolicy) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *RunPolicy) UnmarshalGQL(from any) error { return read(v, from) }

// MailState is where a mail stands (ML-2).
type MailState string

// The values of MailState.
const (
	MailStateHeld     MailState = "HELD"
	MailStateReady    MailState = "READY"
	MailStateSending  MailState = "SENDING"
	MailStateSent     MailState = "SENT"
	MailStateFailed   MailState = "FAILED"
	MailStateInDoubt  MailState = "IN_DOUBT"
	MailStateObsolete MailState = "OBSOLETE"
)

// Values lists the closed set.
func (MailState) Values() []string {
	return []string{"HELD", "READY", "SENDING", "SENT", "FAILED", "IN_DOUBT", "OBSOLETE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v MailState) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *MailState) UnmarshalGQL(from any) error { return read(v, from) }

// DocumentClass is which model a mail or a PDF is made from.
type DocumentClass string

// The values of DocumentClass.
const (
	DocumentClassTicketAcknowledgement DocumentClass = "TICKET_ACKNOWLEDGEMENT"
	DocumentClassTicketTakenBack       DocumentClass = "TICKET_TAKEN_BACK"
	DocumentClassTicketReturned        DocumentClass = "TICKET_RETURNED"
	DocumentClassTicketOffered         DocumentClass = "TICKET_OFFERED"
	DocumentClassTicketPassedOn        DocumentClass = "TICKET_PASSED_ON"
	DocumentClassPassOnEnded           DocumentClass = "PASS_ON_ENDED"
	DocumentClassTicketReminder        DocumentClass = "TICKET_REMINDER"
	DocumentClassTakeBackAlert         DocumentClass = "TAKE_BACK_ALERT"
	DocumentClassApprovalAwaited       DocumentClass = "APPROVAL_AWAITED"
)

// Values lists the closed set.
func (DocumentClass) Values() []string {
	return []string{"TICKET_ACKNOWLEDGEMENT", "TICKET_TAKEN_BACK", "TICKET_RETURNED", "TICKET_OFFERED", "TICKET_PASSED_ON", "PASS_ON_ENDED", "TICKET_REMINDER",
		"TAKE_BACK_ALERT", "APPROVAL_AWAITED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v DocumentClass) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *DocumentClass) UnmarshalGQL(from any) error { return read(v, from) }

// InterfaceType is what an interface is for (IF-1).
type InterfaceType string

// The values of InterfaceType.
const (
	InterfaceTypeExport           InterfaceType = "EXPORT"
	InterfaceTypeExternalSales    InterfaceType = "EXTERNAL_SALES"
	InterfaceTypeExternalPrinting InterfaceType = "EXTERNAL_PRINTING"
)

// Values lists the closed set.
func (InterfaceType) Values() []string {
	return []string{"EXPORT", "EXTERNAL_SALES", "EXTERNAL_PRINTING"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v InterfaceType) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *InterfaceType) UnmarshalGQL(from any) error { return read(v, from) }

// InterfaceSubType is how an interface works (IF-1).
type InterfaceSubType string

// The values of InterfaceSubType.
const (
	InterfaceSubTypeFiles     InterfaceSubType = "FILES"
	InterfaceSubTypeTicketnet InterfaceSubType = "TICKETNET"
	InterfaceSubTypeRealTime  InterfaceSubType = "REAL_TIME"
	InterfaceSubTypeWallet    InterfaceSubType = "WALLET"
)

// Values lists the closed set.
func (InterfaceSubType) Values() []string {
	return []string{"FILES", "TICKETNET", "REAL_TIME", "WALLET"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v InterfaceSubType) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *InterfaceSubType) UnmarshalGQL(from any) error { return read(v, from) }

// MappingKind is whether a mapping points at an object or holds a typed code.
type MappingKind string

// The values of MappingKind.
const (
	MappingKindSpecific MappingKind = "SPECIFIC"
	MappingKindGeneric  MappingKind = "GENERIC"
)

// Values lists the closed set.
func (MappingKind) Values() []string {
	return []string{"SPECIFIC", "GENERIC"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v MappingKind) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *MappingKind) UnmarshalGQL(from any) error { return read(v, from) }

// MappingSubject is what a mapping translates.
type MappingSubject string

// The values of MappingSubject.
const (
	MappingSubjectEvent                MappingSubject = "EVENT"
	MappingSubjectPerformance          MappingSubject = "PERFORMANCE"
	MappingSubjectArea                 MappingSubject = "AREA"
	MappingSubjectLogicalConfiguration MappingSubject = "LOGICAL_CONFIGURATION"
	MappingSubjectSeatCategory         MappingSubject = "SEAT_CATEGORY"
	MappingSubjectTariff               MappingSubject = "TARIFF"
	MappingSubjectContact              MappingSubject = "CONTACT"
	MappingSubjectChannel              MappingSubject = "CHANNEL"
)

// Values lists the closed set.
func (MappingSubject) Values() []string {
	return []string{"EVENT", "PERFORMANCE", "AREA", "LOGICAL_CONFIGURATION", "SEAT_CATEGORY", "TARIFF", "CONTACT", "CHANNEL"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v MappingSubject) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *MappingSubject) UnmarshalGQL(from any) error { return read(v, from) }
