package ticket

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/db"
)

// SeatState is where a ticket stands, as the map tells it: a sum of marks, of
// which several may hold at once.
type SeatState byte

// The marks of a seat. They are part of the API: never change one's value.
const (
	SeatRemaining        SeatState = 1
	SeatInCart           SeatState = 2
	SeatDistributed      SeatState = 4
	SeatDownloaded       SeatState = 8
	SeatControlled       SeatState = 16
	SeatTakeBackPossible SeatState = 32
)

// seatState adds up the marks of a ticket t; each has its bit.
func (s *statement) seatState(scope Scope) string {
	parts := s.marks(scope)
	for i, mark := range parts {
		parts[i] = fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", mark, 1<<i)
	}
	return "(" + strings.Join(parts, " + ") + ")"
}

// SeatTicket is a valid ticket with its seat and its marks.
type SeatTicket struct {
	Ticket, Seat uuid.UUID
	State        SeatState
}

// SeatStates reads the marks of the filter's tickets that have a seat, in one statement.
func SeatStates(ctx context.Context, c conn, scope Scope, f Filter) ([]SeatTicket, error) {
	f.Valid = true
	s := &statement{}
	s.add("SELECT t.id, t.seat_id, " + s.seatState(scope) + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(" AND t.seat_id IS NOT NULL")
	all, err := db.Select(ctx, c, func(r *sql.Rows) (SeatTicket, error) {
		var t SeatTicket
		return t, r.Scan(&t.Ticket, &t.Seat, &t.State)
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read states of seats: %w", err)
	}
	return all, nil
}

// seatArea is the area of a ticket: that of its seat, else its own.
const seatArea = `COALESCE((SELECT b.area_id FROM seats s JOIN seat_rows r ON r.id = s.seat_row_id JOIN blocks b ON b.id = r.block_id
	WHERE s.id = t.seat_id), t.area_id)`

// ByArea counts the filter's valid tickets per area, in one grouped statement.
func ByArea(ctx context.Context, c conn, scope Scope, f Filter) (map[uuid.UUID]Counts, error) {
	f.Valid = true
	s := &statement{}
	s.add("SELECT " + seatArea + ", " + s.counts(scope) + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(" GROUP BY 1")
	counts := map[uuid.UUID]Counts{}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		var area uuid.NullUUID
		var n Counts
		err := r.Scan(append([]any{&area}, n.targets()...)...)
		counts[area.UUID] = n
		return struct{}{}, err
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("count tickets by area: %w", err)
	}
	return counts, nil
}

// Placed is a valid ticket as a list beside the map shows it.
type Placed struct {
	Ticket, Seat         uuid.UUID
	Number               int64
	Row, SeatName        string
	State                SeatState
	Email, First, Last   string
	SeatCategory, Tariff string
}

// InArea lists the filter's valid tickets of an area by their place, limit at most.
func InArea(ctx context.Context, c conn, scope Scope, f Filter, area uuid.UUID, limit int) ([]Placed, error) {
	f.Valid = true
	s := &statement{}
	s.add(`SELECT t.id, t.seat_id, t.number, t.row_name, t.seat_name, ` + s.seatState(scope) + `, ` + s.given(scope) + `,
		COALESCE(sc.name, ''), ta.name FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN tariffs ta ON ta.id = t.tariff_id
		LEFT JOIN performances pe ON pe.id = t.performance_id LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id WHERE `)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(" AND " + seatArea + " = " + s.arg(area, "uuid") + fmt.Sprintf(" ORDER BY t.place_key, t.id LIMIT %d", limit))
	all, err := db.Select(ctx, c, func(r *sql.Rows) (Placed, error) {
		var p Placed
		var seat uuid.NullUUID
		err := r.Scan(&p.Ticket, &seat, &p.Number, &p.Row, &p.SeatName, &p.State, &p.Email, &p.First, &p.Last, &p.SeatCategory, &p.Tariff)
		p.Seat = seat.UUID
		return p, err
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("list tickets of an area: %w", err)
	}
	return all, nil
}
