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

// Row is a ticket with all that a list shows of it, from one joined statement.
// It never holds the barcode (D-6).
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
	OnResale        bool
	Move            int64
	PlaceKey        string
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
}

const rowColumns = `t.id, t.number, f.number, pr.id, pr.code, pr.name, pr.family,
	se.id, se.code, se.name, se.starts_at, se.ends_at,
	pe.id, pe.code, pe.name, pe.starts_at, pe.duration_minutes, ve.name, COALESCE(ve.time_zone, o.time_zone),
	sc.id, sc.code, sc.name, ta.id, ta.code, ta.name, co.id, co.code, co.name,
	t.price, t.currency, t.entrance, t.area_name, t.row_name, t.seat_name, t.item, t.quantity,
	t.state, t.location, ow.id, ow.number, ow.name,
	t.holder_id, t.holder_email, t.holder_first_name, t.holder_last_name,
	t.distributed_at, t.injected_at, t.downloaded_at, t.controlled_at, t.on_resale, t.move, t.place_key`

const rowJoins = ` FROM tickets t
	JOIN organisations o ON o.id = t.organisation_id
	JOIN products pr ON pr.id = t.product_id
	JOIN seasons se ON se.id = pr.season_id
	JOIN tariffs ta ON ta.id = t.tariff_id
	JOIN files f ON f.id = t.file_id
	JOIN contacts ow ON ow.id = t.owner_id
	LEFT JOIN performances pe ON pe.id = t.performance_id
	LEFT JOIN venues ve ON ve.id = pe.venue_id
	LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id
	LEFT JOIN contingents co ON co.id = t.contingent_id
	WHERE `

// List reads one page. Page 3,000 costs what page 1 costs: the key is compared
// as a row, on an index (API-1).
func List(ctx context.Context, c conn, scope Scope, f Filter, p Page) ([]Row, error) {
	s := &statement{}
	s.add("SELECT " + rowColumns + rowJoins)
	s.reach(scope)
	s.narrow(f)
	s.page(p)
	rows, err := db.Select(ctx, c, scanRow, s.text.String(), s.args...)
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

// ByID reads tickets of the scope by their ids; those out of reach are missing
// from the answer like those that do not exist.
func ByID(ctx context.Context, c conn, scope Scope, ids []uuid.UUID) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := &statement{}
	s.add("SELECT " + rowColumns + rowJoins)
	s.reach(scope)
	s.add(" AND t.id IN " + s.ids(ids))
	rows, err := db.Select(ctx, c, scanRow, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read tickets: %w", err)
	}
	return rows, nil
}

func scanRow(rows *sql.Rows) (Row, error) {
	var r Row
	var performance, category, contingent nullRef
	var venue sql.NullString
	var duration sql.NullInt64
	var holder uuid.NullUUID
	var seasonStarts, seasonEnds, starts, distributed, injected, downloaded, controlled db.Time
	err := rows.Scan(&r.ID, &r.Number, &r.FileNumber, &r.Product.ID, &r.Product.Code, &r.Product.Name, &r.Family,
		&r.Season.ID, &r.Season.Code, &r.Season.Name, &seasonStarts, &seasonEnds,
		&performance.id, &performance.code, &performance.name, &starts, &duration, &venue, &r.TimeZone,
		&category.id, &category.code, &category.name, &r.Tariff.ID, &r.Tariff.Code, &r.Tariff.Name,
		&contingent.id, &contingent.code, &contingent.name,
		&r.Price, &r.Currency, &r.Entrance, &r.Area, &r.SeatRow, &r.Seat, &r.Item, &r.Quantity,
		&r.State, &r.Location, &r.Owner.ID, &r.OwnerNumber, &r.Owner.Name,
		&holder, &r.HolderEmail, &r.HolderFirst, &r.HolderLast,
		&distributed, &injected, &downloaded, &controlled, &r.OnResale, &r.Move, &r.PlaceKey)
	if err != nil {
		return r, err
	}
	r.Performance, r.SeatCategory, r.Contingent = performance.ref(), category.ref(), contingent.ref()
	r.StartsAt, r.Venue, r.HolderID = starts.Ptr(), venue.String, holder.UUID
	r.SeasonStartsAt, r.SeasonEndsAt = seasonStarts.Time, seasonEnds.Time
	r.DistributedAt, r.InjectedAt = distributed.Ptr(), injected.Ptr()
	r.DownloadedAt, r.ControlledAt = downloaded.Ptr(), controlled.Ptr()
	if duration.Valid {
		minutes := int(duration.Int64)
		r.DurationMinutes = &minutes
	}
	return r, nil
}

type nullRef struct {
	id         uuid.NullUUID
	code, name sql.NullString
}

func (n nullRef) ref() Ref { return Ref{n.id.UUID, n.code.String, n.name.String} }
