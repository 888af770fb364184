package seatmap

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// house is a venue's plan as the store holds it, in the order of the plan.
type house struct {
	venue  venue
	areas  []area
	blocks []block
	rows   []seatRow
	seats  []seat
	record record
	// revision is 0 for a venue whose plan was never imported.
	revision int64
}

type venue struct {
	id, organisation uuid.UUID
	code, name       string
}

type area struct {
	id         uuid.UUID
	code, name string
	kind       term.AreaKind
	at         Point
	rank, size int
	outline    []Point
}

type block struct {
	id, area uuid.UUID
	code     string
}

type seatRow struct {
	id, block uuid.UUID
	name      string
	rank      int
}

type seat struct {
	id, row   uuid.UUID
	name      string
	rank      int
	at        Point
	guid      string
	extra     string
	ticketed  bool
	areaIndex int
	rowIndex  int
}

// record is what no column holds: the members of the plan, of its zones in
// their order, and of their rows. A zone without an area is a drawing.
type record struct {
	Plan  map[string]any `json:"plan"`
	Zones []zoneRecord   `json:"zones"`
}

type zoneRecord struct {
	Area    uuid.UUID      `json:"area"`
	Members map[string]any `json:"zone"`
	Rows    []rowRecord    `json:"rows,omitempty"`
}

type rowRecord struct {
	Row     uuid.UUID      `json:"row"`
	Members map[string]any `json:"members"`
}

// load reads a venue's plan in five statements, whatever its size.
func load(ctx context.Context, c db.Conn, v venue) (*house, error) {
	h := &house{venue: v}
	for _, read := range []func(context.Context, db.Conn) error{h.readAreas, h.readBlocks, h.readRows, h.readSeats, h.readRecord} {
		if err := read(ctx, c); err != nil {
			return nil, fmt.Errorf("read the plan of venue %s: %w", v.code, err)
		}
	}
	return h, nil
}

func (h *house) readAreas(ctx context.Context, c db.Conn) (err error) {
	h.areas, err = db.Select(ctx, c, func(r *sql.Rows) (area, error) {
		var a area
		var outline string
		err := r.Scan(&a.id, &a.code, &a.name, &a.kind, &a.at.X, &a.at.Y, &a.rank, &a.size, &outline)
		a.outline = readOutline(outline)
		return a, err
	}, `SELECT id, code, name, kind, x, y, rank, size, outline FROM areas WHERE venue_id = $1::uuid ORDER BY rank, code`, h.venue.id)
	return err
}

func (h *house) readBlocks(ctx context.Context, c db.Conn) (err error) {
	h.blocks, err = db.Select(ctx, c, func(r *sql.Rows) (block, error) {
		var b block
		return b, r.Scan(&b.id, &b.area, &b.code)
	}, `SELECT b.id, b.area_id, b.code FROM blocks b JOIN areas a ON a.id = b.area_id
		WHERE a.venue_id = $1::uuid ORDER BY a.rank, a.code, b.code`, h.venue.id)
	return err
}

func (h *house) readRows(ctx context.Context, c db.Conn) (err error) {
	h.rows, err = db.Select(ctx, c, func(r *sql.Rows) (seatRow, error) {
		var row seatRow
		return row, r.Scan(&row.id, &row.block, &row.name, &row.rank)
	}, `SELECT r.id, r.block_id, r.name, r.rank FROM seat_rows r JOIN blocks b ON b.id = r.block_id JOIN areas a ON a.id = b.area_id
		WHERE a.venue_id = $1::uuid ORDER BY a.rank, a.code, r.rank, b.code, r.id`, h.venue.id)
	return err
}

// readSeats reads the seats and puts them into the order of their rows; the
// order is made here, because sorting 50,000 rows costs the store more.
func (h *house) readSeats(ctx context.Context, c db.Conn) error {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (seat, error) {
		var s seat
		return s, r.Scan(&s.id, &s.row, &s.name, &s.rank, &s.at.X, &s.at.Y, &s.guid, &s.extra)
	}, `SELECT s.id, s.seat_row_id, s.name, s.rank, s.x, s.y, s.guid, s.extra FROM seats s JOIN seat_rows r ON r.id = s.seat_row_id
		JOIN blocks b ON b.id = r.block_id JOIN areas a ON a.id = b.area_id WHERE a.venue_id = $1::uuid`, h.venue.id)
	if err != nil {
		return err
	}
	h.order(all)
	return nil
}

func (h *house) readRecord(ctx context.Context, c db.Conn) error {
	type stored struct {
		revision int64
		document string
	}
	all, err := db.Select(ctx, c, func(r *sql.Rows) (stored, error) {
		var s stored
		return s, r.Scan(&s.revision, &s.document)
	}, "SELECT revision, document FROM seat_plans WHERE venue_id = $1::uuid", h.venue.id)
	if err != nil || len(all) == 0 {
		return err
	}
	h.revision = all[0].revision
	decoder := json.NewDecoder(strings.NewReader(all[0].document))
	decoder.UseNumber()
	return decoder.Decode(&h.record)
}

// findVenue finds a venue of the organisation.
func findVenue(ctx context.Context, c db.Conn, organisation, id uuid.UUID) (venue, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (venue, error) {
		var v venue
		return v, r.Scan(&v.id, &v.organisation, &v.code, &v.name)
	}, "SELECT id, organisation_id, code, name FROM venues WHERE id = $1::uuid AND organisation_id = $2::uuid", id, organisation)
	if err != nil {
		return venue{}, fmt.Errorf("find venue: %w", err)
	}
	if len(all) == 0 {
		return venue{}, errNoVenue
	}
	return all[0], nil
}

var errNoVenue = errors.New("no such venue")

func readOutline(text string) []Point {
	var flat []float64
	if json.Unmarshal([]byte(text), &flat) != nil {
		return nil
	}
	points := make([]Point, 0, len(flat)/2)
	for i := 0; i+1 < len(flat); i += 2 {
		points = append(points, Point{flat[i], flat[i+1]})
	}
	return points
}

func writeOutline(points []Point) string {
	if len(points) == 0 {
		return ""
	}
	flat := make([]float64, 0, 2*len(points))
	for _, p := range points {
		flat = append(flat, p.X, p.Y)
	}
	text, _ := json.Marshal(flat)
	return string(text)
}

// markTicketed marks the seats for which a ticket was ever made: tickets are
// never deleted (D-3), and theirs are not either.
func (h *house) markTicketed(ctx context.Context, c db.Conn) error {
	ids, err := db.Select(ctx, c, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, "SELECT DISTINCT seat_id FROM tickets WHERE organisation_id = $1::uuid AND seat_id IS NOT NULL", h.venue.organisation)
	if err != nil {
		return fmt.Errorf("find seats with tickets: %w", err)
	}
	ticketed := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		ticketed[id] = true
	}
	for i := range h.seats {
		h.seats[i].ticketed = ticketed[h.seats[i].id]
	}
	return nil
}

// Drawing is the record of a plan of which only shapes are drawn, given as the
// areas of a zone in the open format; it says nothing of seats.
func Drawing(name, shapes string) string {
	text, _ := json.Marshal(name)
	return `{"plan":{"name":` + string(text) + `},"zones":[{"area":"` + uuid.Nil.String() + `","zone":{"name":` + string(text) +
		`,"position":{"x":0,"y":0},"areas":` + shapes + `}}]}`
}
