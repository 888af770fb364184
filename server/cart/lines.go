package cart

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
)

// Line is a line of a cart as its owner sees it.
type Line struct {
	ID, Ticket uuid.UUID
	// Place sorts lines by performance and place.
	Place string
	Spot  ticket.Spot
	Move  int64
	Guest Guest
	ToMe  bool
	// Outcome is what validation would do; Problem why it would refuse (CA-4).
	Outcome term.Outcome
	Problem *distribution.Problem
}

// Lines reads one page of a cart's lines by performance and place, each checked
// as validation would check it now (CA-4).
func (s *Service) Lines(ctx context.Context, cart uuid.UUID, place string, after uuid.UUID, limit int) ([]Line, error) {
	u, err := s.admit(ctx, false)
	if err != nil || cart == uuid.Nil {
		return nil, err
	}
	query := lineQuery + " AND l.cart_id = $2::uuid AND (t.place_key, l.id) > ($3::text, $4::uuid) ORDER BY t.place_key, l.id" + fmt.Sprintf(" LIMIT %d", limit)
	lines, err := db.Select(ctx, s.store, scanLine, query, u.party, cart, place, after)
	if err != nil {
		return nil, fmt.Errorf("read lines of a cart: %w", err)
	}
	return lines, s.check(ctx, lines)
}

const lineQuery = `SELECT l.id, l.ticket_id, t.place_key, l.move, l.to_me, l.entry_id, l.email, l.first_name, l.last_name, l.fields,
	t.performance_id, t.area_name, t.row_name, t.seat_name
	FROM cart_lines l JOIN tickets t ON t.id = l.ticket_id WHERE l.sponsor_id = $1::uuid`

func scanLine(r *sql.Rows) (Line, error) {
	var l Line
	var entry uuid.NullUUID
	var fields string
	var performance uuid.NullUUID
	err := r.Scan(&l.ID, &l.Ticket, &l.Place, &l.Move, &l.ToMe, &entry, &l.Guest.Email, &l.Guest.First, &l.Guest.Last, &fields,
		&performance, &l.Spot.Area, &l.Spot.Row, &l.Spot.Seat)
	l.Spot.Ticket, l.Spot.Performance = l.Ticket, performance.UUID
	l.Guest.Entry, l.Guest.Fields = entry.UUID, distribution.FieldsFrom(fields)
	return l, err
}

// wish is the line as a move of a distribution.
func (l Line) wish() distribution.Wish {
	w := distribution.Wish{Ticket: l.Ticket, Pin: &l.Move, Back: l.ToMe}
	if !l.ToMe {
		w.Email, w.First, w.Last, w.Fields = l.Guest.Email, l.Guest.First, l.Guest.Last, l.Guest.Fields
	}
	return w
}

// check asks the plan about the lines. A line without a guest is only looked at
// for whether its ticket has moved.
func (s *Service) check(ctx context.Context, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	wishes := make([]distribution.Wish, len(lines))
	for i, l := range lines {
		wishes[i] = l.wish()
	}
	decisions, err := s.distribution.Decide(ctx, distribution.List{Wishes: wishes})
	if err != nil {
		return err
	}
	for i, d := range decisions {
		lines[i].Outcome, lines[i].Problem = d.Outcome, d.Problem
		if t := d.Ticket; t != nil && d.Problem == nil && t.Move != lines[i].Move {
			lines[i].Outcome = term.OutcomeRefused
			lines[i].Problem = &distribution.Problem{Code: term.ReasonCodeStale, Field: distribution.FieldTicket, Value: fmt.Sprint(t.Number)}
		}
	}
	return nil
}

// GuestOf is a guest of a cart with how many tickets he is to get.
type GuestOf struct {
	Guest   Guest
	Tickets int
}

// Guests lists whom a cart's tickets are for, by name; 1,000 at most.
func (s *Service) Guests(ctx context.Context, cart uuid.UUID) ([]GuestOf, error) {
	u, err := s.admit(ctx, false)
	if err != nil || cart == uuid.Nil {
		return nil, err
	}
	guests, err := db.Select(ctx, s.store, func(r *sql.Rows) (GuestOf, error) {
		var g GuestOf
		return g, r.Scan(&g.Guest.Email, &g.Guest.First, &g.Guest.Last, &g.Tickets)
	}, `SELECT min(email), min(first_name), min(last_name), count(*) FROM cart_lines
		WHERE sponsor_id = $1::uuid AND cart_id = $2::uuid AND email_key <> '' GROUP BY email_key ORDER BY 3, 2, 1 LIMIT 1000`, u.party, cart)
	if err != nil {
		return nil, fmt.Errorf("read guests of a cart: %w", err)
	}
	return guests, nil
}

// Validation says which lines of a cart are to be carried out: all that have a
// guest or go back, or those named, or those of some guests (CA-1).
type Validation struct {
	Owner  uuid.UUID
	Lines  []uuid.UUID
	Emails []string
	Policy term.RunPolicy
	// Confirmed carries the plan out without a preview.
	Confirmed bool
}

// Validate begins the execution that carries lines of a cart out. Every line is
// checked again; what is refused stays in the cart (CA-4).
func (s *Service) Validate(ctx context.Context, v Validation) (*ent.Execution, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return nil, err
	}
	cart, err := s.open(ctx, u, v.Owner)
	if err != nil {
		return nil, err
	}
	lines, err := s.chosen(ctx, u, cart.ID, v)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, errs.New(errs.Invalid, "None of these lines has a guest yet. Say first whom the tickets are for.").At("lineIds")
	}
	wishes := make([]distribution.Wish, len(lines))
	for i, l := range lines {
		wishes[i] = l.wish()
	}
	return s.distribution.Distribute(ctx, distribution.List{Wishes: wishes, Policy: v.Policy, Confirmed: v.Confirmed, Cart: true})
}

func (s *Service) chosen(ctx context.Context, u user, cart uuid.UUID, v Validation) ([]Line, error) {
	query, args := lineQuery+" AND l.cart_id = $2::uuid AND (l.to_me OR l.email_key <> '')", []any{u.party, cart}
	if len(v.Lines) > 0 {
		list, err := listed(v.Lines)
		if err != nil {
			return nil, err
		}
		args = append(args, list)
		query += " AND " + db.Among(s.store, "l.id", fmt.Sprintf("$%d", len(args)))
	}
	keys, err := keysOf(v.Emails)
	if err != nil {
		return nil, err
	}
	for i, k := range keys {
		args = append(args, k)
		if i == 0 {
			query += " AND l.email_key IN ("
		} else {
			query += ", "
		}
		query += fmt.Sprintf("$%d::text", len(args))
	}
	if len(keys) > 0 {
		query += ")"
	}
	lines, err := db.Select(ctx, s.store, scanLine, query+fmt.Sprintf(" ORDER BY t.place_key, l.id LIMIT %d", MaxLines), args...)
	if err != nil {
		return nil, fmt.Errorf("read lines to validate: %w", err)
	}
	return lines, nil
}
