package ticket

import (
	"database/sql"
	"strings"

	"github.com/google/uuid"

	"gradin/server/db"
)

// Parts is a set of what hangs on a ticket, and of its own columns that are
// seldom looked at. A list reads, and joins, only what somebody looks at.
type Parts uint16

// The parts of a row. Season brings the product with it, venue the performance.
const (
	WithFile Parts = 1 << iota
	WithProduct
	WithSeason
	WithPerformance
	WithVenue
	WithSeatCategory
	WithTariff
	WithContingent
	WithOwner
	WithPrice
	WithTimes
	WithEnd

	WithAll Parts = 1<<iota - 1
)

// parts are the columns and joins of each part, and where its columns go; the
// order is that of the joins.
var parts = []struct {
	part          Parts
	columns, join string
	into          func(*reader) []any
}{
	{WithFile, "f.number", " JOIN files f ON f.id = t.file_id", func(r *reader) []any { return []any{&r.row.FileNumber} }},
	{
		WithProduct, "pr.id, pr.code, pr.name, pr.family", " JOIN products pr ON pr.id = t.product_id",
		func(r *reader) []any {
			return []any{&r.row.Product.ID, &r.row.Product.Code, &r.row.Product.Name, &r.row.Family}
		},
	},
	{
		WithSeason, "se.id, se.code, se.name, se.starts_at, se.ends_at", " JOIN seasons se ON se.id = pr.season_id",
		func(r *reader) []any {
			return []any{&r.row.Season.ID, &r.row.Season.Code, &r.row.Season.Name, &r.seasonStarts, &r.seasonEnds}
		},
	},
	{
		WithPerformance, "pe.id, pe.code, pe.name, pe.starts_at, pe.duration_minutes",
		" LEFT JOIN performances pe ON pe.id = t.performance_id",
		func(r *reader) []any { return append(r.performance.into(), &r.starts, &r.duration) },
	},
	{
		WithVenue, "ve.name, COALESCE(ve.time_zone, o.time_zone)",
		" JOIN organisations o ON o.id = t.organisation_id LEFT JOIN venues ve ON ve.id = pe.venue_id",
		func(r *reader) []any { return []any{&r.venue, &r.row.TimeZone} },
	},
	{
		WithSeatCategory, "sc.id, sc.code, sc.name", " LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id",
		func(r *reader) []any { return r.category.into() },
	},
	{
		WithTariff, "ta.id, ta.code, ta.name", " JOIN tariffs ta ON ta.id = t.tariff_id",
		func(r *reader) []any { return []any{&r.row.Tariff.ID, &r.row.Tariff.Code, &r.row.Tariff.Name} },
	},
	{
		WithContingent, "co.id, co.code, co.name", " LEFT JOIN contingents co ON co.id = t.contingent_id",
		func(r *reader) []any { return r.contingent.into() },
	},
	{
		WithOwner, "ow.id, ow.number, ow.name", " JOIN contacts ow ON ow.id = t.owner_id",
		func(r *reader) []any { return []any{&r.row.Owner.ID, &r.row.OwnerNumber, &r.row.Owner.Name} },
	},
	{WithPrice, "t.price, t.currency", "", func(r *reader) []any { return []any{&r.row.Price, &r.row.Currency} }},
	{
		WithTimes, "t.distributed_at, t.injected_at, t.downloaded_at, t.controlled_at", "",
		func(r *reader) []any { return []any{&r.distributed, &r.injected, &r.downloaded, &r.controlled} },
	},
	{
		WithEnd, "t.ended_at, t.dead_reason, t.replaces_id, t.replaced_by_id", "",
		func(r *reader) []any { return []any{&r.ended, &r.row.DeadReason, &r.replaces, &r.replacedBy} },
	},
}

const ownColumns = `SELECT t.id, t.number, t.entrance, t.area_name, t.row_name, t.seat_name, t.item, t.quantity,
	t.state, t.location, t.depth, t.transferred_depth, t.move, t.place_key`

// reader reads rows with their parts. It scans all rows of a statement into the
// same fields, so that a list allocates little beside the rows themselves.
type reader struct {
	parts Parts
	dest  []any

	row                                                                             Row
	performance, category, contingent                                               nullRef
	venue                                                                           sql.NullString
	duration                                                                        sql.NullInt64
	holder, replaces, replacedBy                                                    uuid.NullUUID
	seasonStarts, seasonEnds, starts, distributed, injected, downloaded, controlled db.Time
	ended                                                                           db.Time
}

// newReader reads the parts asked for and those that they or the filter hang on.
func newReader(asked Parts, f Filter) *reader {
	if asked&WithSeason != 0 || f.Season != uuid.Nil || f.TakeBackPossible != nil {
		asked |= WithProduct
	}
	if asked&WithVenue != 0 || f.From != nil || f.To != nil || f.TakeBackPossible != nil {
		asked |= WithPerformance
	}
	r := &reader{parts: asked}
	r.dest = []any{
		&r.row.ID, &r.row.Number, &r.row.Entrance, &r.row.Area, &r.row.SeatRow, &r.row.Seat,
		&r.row.Item, &r.row.Quantity, &r.row.State, &r.row.Location,
		&r.row.Depth, &r.row.TransferredDepth, &r.row.Move, &r.row.PlaceKey,
		&r.holder, &r.row.HolderEmail, &r.row.HolderFirst, &r.row.HolderLast,
	}
	for _, p := range parts {
		if r.parts&p.part != 0 {
			r.dest = append(r.dest, p.into(r)...)
		}
	}
	return r
}

// choose writes the statement up to its conditions.
func (r *reader) choose(s *statement, scope Scope) {
	s.add(ownColumns + ", CASE WHEN " + s.held(scope) + " THEN t.holder_id END, " + s.given(scope))
	for _, p := range parts {
		if r.parts&p.part != 0 {
			s.add(", " + p.columns)
		}
	}
	s.add(" FROM tickets t")
	for _, p := range parts {
		if r.parts&p.part != 0 {
			s.add(p.join)
		}
	}
	s.add(" WHERE ")
}

// given writes the columns of the guest as the party typed him: where the ticket
// went on from whom it gave it to, that is not how its present holder got it, and
// where it went is not the party's business (DI-7).
func (s *statement) given(scope Scope) string {
	names := []string{"email", "first_name", "last_name"}
	if scope.Everything {
		return "t.holder_email, t.holder_first_name, t.holder_last_name"
	}
	party := s.arg(scope.Party, "uuid")
	for i, n := range names {
		names[i] = "COALESCE(CASE WHEN t.depth > 1 THEN (SELECT g." + n + " FROM holder_links g WHERE g.ticket_id = t.id AND g.closed_at IS NULL" +
			" AND g.giver_id = " + party + " ORDER BY g.depth DESC LIMIT 1) END, t.holder_" + n + ")"
	}
	return strings.Join(names, ", ")
}

func (r *reader) scan(rows *sql.Rows) (Row, error) {
	if err := rows.Scan(r.dest...); err != nil {
		return Row{}, err
	}
	row := r.row
	row.HolderID = r.holder.UUID
	if row.HolderID == uuid.Nil {
		row.HolderEmail, row.HolderFirst, row.HolderLast = "", "", "" // the party has it itself
	}
	row.EndedAt, row.Replaces, row.ReplacedBy = r.ended.Ptr(), r.replaces.UUID, r.replacedBy.UUID
	row.DistributedAt, row.InjectedAt = r.distributed.Ptr(), r.injected.Ptr()
	row.DownloadedAt, row.ControlledAt = r.downloaded.Ptr(), r.controlled.Ptr()
	row.SeasonStartsAt, row.SeasonEndsAt = r.seasonStarts.Time, r.seasonEnds.Time
	row.Performance, row.SeatCategory, row.Contingent = r.performance.ref(), r.category.ref(), r.contingent.ref()
	row.StartsAt, row.Venue = r.starts.Ptr(), r.venue.String
	if r.duration.Valid {
		minutes := int(r.duration.Int64)
		row.DurationMinutes = &minutes
	}
	return row, nil
}

type nullRef struct {
	id         uuid.NullUUID
	code, name sql.NullString
}

func (n *nullRef) into() []any { return []any{&n.id, &n.code, &n.name} }

func (n *nullRef) ref() Ref { return Ref{n.id.UUID, n.code.String, n.name.String} }
