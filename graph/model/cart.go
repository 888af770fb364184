package model

import (
	"time"

	"github.com/google/uuid"
)

// Cart is a cart with its own id, which nobody outside needs.
type Cart struct {
	CartID     uuid.UUID
	ID         uuid.UUID
	UserID     uuid.UUID
	OwnerName  string
	Mine       bool
	ChangedAt  *time.Time
	Version    int64
	LineCount  int
	ReadyCount int
	GuestCount int
}

type (
	// CartLineConnection is a page of a cart.
	CartLineConnection = Page[CartLine]
	// CartLineEdge is a line of a page.
	CartLineEdge = Edge[CartLine]
	// AddressBookEntryConnection is a page of an address book.
	AddressBookEntryConnection = Page[AddressBookEntry]
	// AddressBookEntryEdge is an entry of a page.
	AddressBookEntryEdge = Edge[AddressBookEntry]
)
