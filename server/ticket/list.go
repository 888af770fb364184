package ticket

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Ref names a thing of the catalogue beside a ticket; zero when there is none.
type Ref struct {
	ID   uuid.UUID
	Code string
	Name string
}

// Row is a ticket with what a list shows of it, from one joined statement: its
// own columns always, what hangs on it as far as Parts asked for it. It never
// holds the barcode (D-6).
type Row struct {
	ID              uuid.UUID
	Number          int64
	FileNumber      int64
	Product         Ref
	Family          term.ProductFamily
	Season          Ref
	SeasonStartsAt  time.Time
	SeasonEndsAt    time.Time
	Performance     Ref
	StartsAt        *time.Time
	DurationMinutes *int
	Venue           string
	TimeZone        string
	SeatCategory    Ref
	Tariff          Ref
	Contingent      Ref
	Price           int64
	Currency        string
	Entrance        string
	Area            string
	SeatRow         string
	Seat            string
	Item            string
	Quantity        int
	State           term.TicketState
	Location        term.DeliveryLocation
	Owner           Ref
	OwnerNumber     int64
	HolderID        uuid.UUID
	HolderEmail     string
	HolderFirst     string
	HolderLast      string
	DistributedAt   *time.Time
	InjectedAt      *time.Time
	DownloadedAt    *time.Time
	ControlledAt    *time.Time
	Move            int64
	PlaceKey        string
	EndedAt         *time.Time
	// DeadReason is why it gives no entry any more.
	DeadReason           string
	Replaces, ReplacedBy uuid.UUID
	// Depth is how many links its chain has, TransferredDepth the deepest one that a
	// guest opened by passing it on; 0 for none.
	Depth, TransferredDepth int
}

// Order is the order of a list; both are backed by an index.
type Order string

// The orders of a list.
const (
	ByPlace  Order = "PLACE"
	ByNumber Order = "NUMBER"
)

// Page says which part of a list is wanted.
type Page struct {
	Order Order
	// Limit is how many rows, at most.
	Limit int
	// Backward reads towards the front.
	Backward bool
	// Key and ID are where the list goes on from; both empty for its end.
	Key string
	ID  uuid.UUID
	// Number is where a list by number goes on from.
	Number int64
	Begun  bool
	// Parts is what is read beside the tickets' own columns.
	Parts Parts
}

// List reads one page. Page 3,000 costs what page 1 costs: the key is compared
// as a row, on an index (API-1).
func List(ctx context.Context, c conn, scope Scope, f Filter, p Page) ([]Row, error) {
	s := &statement{}
	r := newReader(p.Parts, f)
	r.choose(s, scope)
	s.reach(scope)
	s.narrow(scope, f)
	s.page(p)
	rows, err := db.Select(ctx, c, r.scan, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("list tickets: %w", err)
	}
	if p.Backward {
		slices.Reverse(rows)
	}
	return rows, nil
}

func (s *statement) page(p Page) {
	sign, way := ">", ""
	if p.Backward {
		sign, way = "<", " DESC"
	}
	switch {
	case p.Order == ByNumber && p.Begun:
		s.add(" AND t.number " + sign + " " + s.arg(p.Number, "bigint"))
	case p.Begun:
		s.add(" AND (t.place_key, t.id) " + sign + " (" + s.arg(p.Key, "text") + ", " + s.arg(p.ID, "uuid") + ")")
	}
	if p.Order == ByNumber {
		s.add(" ORDER BY t.number" + way)
	} else {
		s.add(" ORDER BY t.place_key" + way + ", t.id" + way)
	}
	s.add(fmt.Sprintf(" LIMIT %d", p.Limit))
}

// IDs lists the ids of the tickets within the filter, by place, limit at most.
func IDs(ctx context.Context, c conn, scope Scope, f Filter, limit int) ([]uuid.UUID, error) {
	s := &statement{}
	s.add("SELECT t.id" + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(fmt.Sprintf(" ORDER BY t.place_key, t.id LIMIT %d", limit))
	ids, err := db.Select(ctx, c, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("list ids of tickets: %w", err)
	}
	return ids, nil
}

// Spot is where a ticket's bearer sits or stands.
type Spot struct {
	Ticket, Performance uuid.UUID
	Area, Row, Seat     string
}

// Places lists where the tickets within the filter are, in their order in the house.
func Places(ctx context.Context, c conn, scope Scope, f Filter, limit int) ([]Spot, error) {
	s := &statement{}
	s.add("SELECT t.id, t.performance_id, t.area_name, t.row_name, t.seat_name" + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(fmt.Sprintf(" ORDER BY t.place_key, t.id LIMIT %d", limit))
	places, err := db.Select(ctx, c, func(r *sql.Rows) (Spot, error) {
		var p Spot
		var performance uuid.NullUUID
		err := r.Scan(&p.Ticket, &performance, &p.Area, &p.Row, &p.Seat)
		p.Performance = performance.UUID
		return p, err
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("list places of tickets: %w", err)
	}
	return places, nil
}

// ByID reads tickets of the scope by their ids; those out of reach are missing
// from the answer like those that do not exist.
func ByID(ctx context.Context, c conn, scope Scope, ids []uuid.UUID) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := &statement{}
	r := newReader(WithAll, Filter{})
	r.choose(s, scope)
	s.reach(scope)
	s.add(" AND t.id IN " + s.ids(ids))
	rows, err := db.Select(ctx, c, r.scan, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read tickets: %w", err)
	}
	return rows, nil
}
