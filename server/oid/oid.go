// Package oid makes and reads object ids.
//
// An id is a UUIDv7 whose last octet names the entity, so that node(id) finds
// its table without a look-up. Outside, it is written as 22 characters of
// base64url: opaque, global and stable (API-1).
package oid

import (
	"encoding/base64"
	"fmt"

	"github.com/google/uuid"
)

// ID is an object id.
type ID = uuid.UUID

// Tag is the last octet of an id; it names the entity.
type Tag byte

// The tags in use. They are stored in every id: never change one, never use
// one again.
const (
	Institution          Tag = 1
	Organisation         Tag = 2
	Season               Tag = 3
	Product              Tag = 4
	Performance          Tag = 5
	Venue                Tag = 6
	Area                 Tag = 7
	Block                Tag = 8
	SeatRow              Tag = 9
	Seat                 Tag = 10
	LogicalConfiguration Tag = 11
	LogicalPlace         Tag = 12
	SeatCategory         Tag = 13
	Tariff               Tag = 14
	Price                Tag = 15
	Contingent           Tag = 16
	Capacity             Tag = 17
	Channel              Tag = 18
	PointOfSale          Tag = 19
	Profile              Tag = 20
	Contact              Tag = 21
	Relay                Tag = 22
	File                 Tag = 23
	Order                Tag = 24
	Ticket               Tag = 25
	Execution            Tag = 26
	Schedule             Tag = 27
	ExternalInterface    Tag = 28
	Mapping              Tag = 29
	Document             Tag = 30
	Mail                 Tag = 31
	User                 Tag = 32
	Session              Tag = 33
	APIToken             Tag = 34
	StoredFile           Tag = 35
	Cart                 Tag = 50
	CartLine             Tag = 51
	AddressBookEntry     Tag = 52
	Removal              Tag = 53
	PassOn               Tag = 54
	Reminder             Tag = 55
	EntryRecord          Tag = 60
	Alert                Tag = 61
	SavedView            Tag = 70
)

// New makes an id of the entity. Ids made later sort later, to the millisecond.
func New(tag Tag) ID {
	id := uuid.Must(uuid.NewV7())
	id[15] = byte(tag)
	return id
}

// Maker gives a function that makes ids of the entity, as ent wants it.
func Maker(tag Tag) func() ID { return func() ID { return New(tag) } }

// TagOf reads the entity from an id.
func TagOf(id ID) Tag { return Tag(id[15]) }

// Encode writes an id as it is shown outside.
func Encode(id ID) string { return base64.RawURLEncoding.EncodeToString(id[:]) }

// Decode reads an id as it is shown outside. It never panics; what is not an
// id is an error.
func Decode(text string) (ID, error) {
	var id ID
	if len(text) != 22 {
		return id, fmt.Errorf("%d characters are not an id", len(text))
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return id, fmt.Errorf("decode id: %w", err)
	}
	copy(id[:], raw)
	return id, nil
}
