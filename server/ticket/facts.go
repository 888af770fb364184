package ticket

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Facts is what a plan looks at of a ticket.
type Facts struct {
	ID              uuid.UUID
	Number          int64
	Version, Move   int64
	State           term.TicketState
	Location        term.DeliveryLocation
	OnResale        bool
	Held            bool
	HolderEmailKey  string
	Card            bool
	Parent          uuid.UUID
	ChildControlled bool
	StartsAt        *time.Time
	OpensMinutes    *int
	ClosesMinutes   *int
	// Label names the ticket in one line.
	Label string
}

const factsColumns = `SELECT t.id, t.number, t.version, t.move, t.state, t.location, t.on_resale, t.holder_id, t.holder_email_key,
	t.parent_id, pr.family, pr.name, pr.distribution_opens_minutes, pr.distribution_closes_minutes,
	pe.name, pe.starts_at, sc.name, t.area_name, t.row_name, t.seat_name, t.item,
	CASE WHEN pr.family = 'SEASON_TICKET' AND t.parent_id IS NULL AND EXISTS (
		SELECT 1 FROM tickets x WHERE x.parent_id = t.id AND x.state = 'CONTROLLED') THEN 1 ELSE 0 END
	FROM tickets t JOIN products pr ON pr.id = t.product_id
	LEFT JOIN performances pe ON pe.id = t.performance_id
	LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id WHERE `

// FactsByNumber reads the facts of the scope's tickets with these numbers, in
// one query. What is out of reach is missing like what does not exist (DI-6).
func FactsByNumber(ctx context.Context, c conn, scope Scope, numbers []int64) (map[int64]*Facts, error) {
	if len(numbers) == 0 {
		return map[int64]*Facts{}, nil
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	facts, err := readFacts(ctx, c, scope, "t.number IN (SELECT value FROM json_each(%s))",
		"t.number IN (SELECT x::bigint FROM jsonb_array_elements_text(%s) x)", string(list))
	byNumber := make(map[int64]*Facts, len(facts))
	for _, f := range facts {
		byNumber[f.Number] = f
	}
	return byNumber, err
}

// FactsByID reads the facts of the scope's tickets with these ids.
func FactsByID(ctx context.Context, c conn, scope Scope, ids []uuid.UUID) (map[uuid.UUID]*Facts, error) {
	if len(ids) == 0 {
		return map[uuid.UUID]*Facts{}, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	facts, err := readFacts(ctx, c, scope, "t.id IN (SELECT value FROM json_each(%s))",
		"t.id IN (SELECT x::uuid FROM jsonb_array_elements_text(%s) x)", string(list))
	byID := make(map[uuid.UUID]*Facts, len(facts))
	for _, f := range facts {
		byID[f.ID] = f
	}
	return byID, err
}

func readFacts(ctx context.Context, c conn, scope Scope, sqlite, postgres, list string) ([]*Facts, error) {
	s := &statement{}
	s.add(factsColumns)
	among := sqlite
	if c.Postgres() {
		among = postgres
	}
	s.add(fmt.Sprintf(among, s.arg(list, "jsonb")) + " AND ")
	s.reach(scope)
	facts, err := db.Select(ctx, c, scanFacts, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read facts of tickets: %w", err)
	}
	return facts, nil
}

func scanFacts(rows *sql.Rows) (*Facts, error) {
	f := &Facts{}
	var holder, parent uuid.NullUUID
	var family term.ProductFamily
	var product, area, row, seat, item string
	var performance, category sql.NullString
	var opens, closes sql.NullInt64
	var starts db.Time
	var child int
	err := rows.Scan(&f.ID, &f.Number, &f.Version, &f.Move, &f.State, &f.Location, &f.OnResale, &holder, &f.HolderEmailKey,
		&parent, &family, &product, &opens, &closes, &performance, &starts, &category, &area, &row, &seat, &item, &child)
	if err != nil {
		return nil, err
	}
	f.Held, f.Parent, f.StartsAt = holder.Valid, parent.UUID, starts.Ptr()
	f.Card = family == term.ProductFamilySeasonTicket && !parent.Valid
	f.ChildControlled = child == 1
	f.OpensMinutes, f.ClosesMinutes = minutes(opens), minutes(closes)
	f.Label = label(product, performance.String, category.String, area, row, seat, item)
	return f, nil
}

func minutes(n sql.NullInt64) *int {
	if !n.Valid {
		return nil
	}
	m := int(n.Int64)
	return &m
}

// label names a ticket in one line: what, which price zone, where.
func label(product, performance, category, area, row, seat, item string) string {
	if performance == "" {
		performance = product
	}
	var place []string
	for _, part := range []string{area, row, seat} {
		if part != "" {
			place = append(place, part)
		}
	}
	parts := []string{performance}
	for _, part := range []string{category, strings.Join(place, " / "), item} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}
