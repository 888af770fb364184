package term

import "io"

// FileState is where a file stands.
type FileState string

// The values of FileState.
const (
	FileStateInProgress       FileState = "IN_PROGRESS"
	FileStateOption           FileState = "OPTION"
	FileStateReservation      FileState = "RESERVATION"
	FileStateConfirmed        FileState = "CONFIRMED"
	FileStatePartiallySettled FileState = "PARTIALLY_SETTLED"
	FileStateSettled          FileState = "SETTLED"
	FileStateNotSettled       FileState = "NOT_SETTLED"
	FileStateCancelled        FileState = "CANCELLED"
	FileStateAbandoned        FileState = "ABANDONED"
)

// Values lists the closed set.
func (FileState) Values() []string {
	return []string{"IN_PROGRESS", "OPTION", "RESERVATION", "CONFIRMED", "PARTIALLY_SETTLED", "SETTLED", "NOT_SETTLED", "CANCELLED", "ABANDONED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v FileState) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *FileState) UnmarshalGQL(from any) error { return read(v, from) }

// OrderOperation is what an order does to its file.
type OrderOperation string

// The values of OrderOperation.
const (
	OrderOperationSale        OrderOperation = "SALE"
	OrderOperationReservation OrderOperation = "RESERVATION"
	OrderOperationOption      OrderOperation = "OPTION"
	OrderOperationRefund      OrderOperation = "REFUND"
	OrderOperationExchange    OrderOperation = "EXCHANGE"
	OrderOperationDuplicate   OrderOperation = "DUPLICATE"
)

// Values lists the closed set.
func (OrderOperation) Values() []string {
	return []string{"SALE", "RESERVATION", "OPTION", "REFUND", "EXCHANGE", "DUPLICATE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v OrderOperation) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *OrderOperation) UnmarshalGQL(from any) error { return read(v, from) }
