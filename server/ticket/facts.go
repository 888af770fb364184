package ticket

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/wallet"
)

// Facts is what a plan looks at of a ticket, as one party sees it.
type Facts struct {
	ID            uuid.UUID
	Number        int64
	Version, Move int64
	State         term.TicketState
	Location      term.DeliveryLocation
	Reported      bool
	// RecoveredAt is when it was last taken back after download (TB-7).
	RecoveredAt *time.Time
	OnResale    bool
	// Outside says that it lies in an outside wallet, which is asked before it
	// changes hands (TB-4).
	Outside         bool
	Family          term.ProductFamily
	Card            bool
	Parent          uuid.UUID
	ChildControlled bool
	StartsAt        *time.Time
	OpensMinutes    *int
	ClosesMinutes   *int
	// Product and Performance are what it is for; no performance is the zero id.
	Product, Performance uuid.UUID
	// GuestLimit is how many a guest may have, GuestFields what is asked of him (DI-10).
	GuestLimit  *int
	GuestFields []term.GuestField
	// Depth is how many links its chain has, Keep how many of them are the party's
	// and those above it, TransferredDepth the deepest one that a guest opened.
	Depth, Keep, TransferredDepth int
	// Holder has it now.
	Holder uuid.UUID
	// Given is whom the party gave it to, as it typed him; empty when it has it itself.
	Given Given
	// Children go along with a card, because its holder has them.
	Children []Facts
	// Label names the ticket in one line.
	Label string
}

// Given is a guest as his giver typed him.
type Given struct{ Email, Key, First, Last string }

// Held says whether somebody else than the party has the ticket.
func (f Facts) Held() bool { return f.Depth > f.Keep }

// Left says whether its barcode may have reached a person, so that it dies when
// the ticket changes hands (D-7).
func (f Facts) Left() bool {
	return f.Location != term.DeliveryLocationNone || f.State == term.TicketStatePrinted
}

// Question is what the rule of take-back looks at.
func (f Facts) Question() reclaim.Question {
	q := reclaim.Question{
		State: f.State, Location: f.Location, Reported: f.Reported, OnResale: f.OnResale, Family: f.Family, StartsAt: f.StartsAt,
		Depth: f.Depth, Keep: f.Keep, TransferredDepth: f.TransferredDepth, ChildControlled: f.ChildControlled, RecoveredAt: f.RecoveredAt,
	}
	for _, child := range f.Children {
		q.Children = append(q.Children, child.Question())
	}
	return q
}

const factsColumns = `t.id, t.number, t.version, t.move, t.state, t.location, t.wallet_reported_at, t.recovered_at, t.on_resale,
	t.holder_id, t.parent_id, t.depth, t.transferred_depth, %s,
	%s, pr.id, pr.family, pr.name, COALESCE(pe.distribution_opens_minutes, pr.distribution_opens_minutes),
	COALESCE(pe.distribution_closes_minutes, pr.distribution_closes_minutes), COALESCE(pe.guest_limit, pr.guest_limit), pr.guest_fields,
	pe.id, pe.name, pe.starts_at, sc.name, t.area_name, t.row_name, t.seat_name, t.item,
	CASE WHEN pr.family = 'SEASON_TICKET' AND t.parent_id IS NULL AND EXISTS (
		SELECT 1 FROM tickets x WHERE x.parent_id = t.id AND x.state = 'CONTROLLED') THEN 1 ELSE 0 END, %s`

const factsJoins = ` FROM tickets t JOIN products pr ON pr.id = t.product_id
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
	among := sqlite
	if c.Postgres() {
		among = postgres
	}
	facts, err := selectFacts(ctx, c, scope, func(s *statement) {
		s.add(fmt.Sprintf(among, s.arg(list, "jsonb")) + " AND ")
		s.reach(scope)
	})
	if err != nil {
		return nil, err
	}
	return facts, addChildren(ctx, c, scope, facts)
}

// selectFacts reads facts; where writes which.
func selectFacts(ctx context.Context, c conn, scope Scope, where func(*statement)) ([]*Facts, error) {
	s := &statement{}
	s.add("SELECT " + fmt.Sprintf(factsColumns, s.keep(scope)("t"), s.given(scope), "CASE WHEN "+wallet.Outside("t")+" THEN 1 ELSE 0 END") + factsJoins)
	where(s)
	facts, err := db.Select(ctx, c, scanFacts, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read facts of tickets: %w", err)
	}
	return facts, nil
}

// addChildren reads for the cards among the facts what goes along with them.
func addChildren(ctx context.Context, c conn, scope Scope, facts []*Facts) error {
	cards := map[uuid.UUID]*Facts{}
	var ids []uuid.UUID
	for _, f := range facts {
		if f.Card && f.Held() {
			cards[f.ID], ids = f, append(ids, f.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	among := "t.parent_id IN (SELECT value FROM json_each(%s))"
	if c.Postgres() {
		among = "t.parent_id IN (SELECT x::uuid FROM jsonb_array_elements_text(%s) x)"
	}
	children, err := selectFacts(ctx, c, scope, func(s *statement) {
		s.add(fmt.Sprintf(among, s.arg(string(list), "jsonb")) + " AND t.live AND t.state <> 'CONTROLLED' ORDER BY t.id")
	})
	for _, f := range children {
		if card := cards[f.Parent]; card != nil && f.Holder == card.Holder {
			card.Children = append(card.Children, *f)
		}
	}
	return err
}

func scanFacts(rows *sql.Rows) (*Facts, error) {
	f := &Facts{}
	var holder, parent, performanceID uuid.NullUUID
	var product, area, row, seat, item string
	var performance, category, fields sql.NullString
	var opens, closes, limit sql.NullInt64
	var starts, reported, recovered db.Time
	var child, outside int
	err := rows.Scan(&f.ID, &f.Number, &f.Version, &f.Move, &f.State, &f.Location, &reported, &recovered, &f.OnResale,
		&holder, &parent, &f.Depth, &f.TransferredDepth, &f.Keep, &f.Given.Email, &f.Given.First, &f.Given.Last,
		&f.Product, &f.Family, &product, &opens, &closes, &limit, &fields,
		&performanceID, &performance, &starts, &category, &area, &row, &seat, &item, &child, &outside)
	if err != nil {
		return nil, err
	}
	f.Holder, f.Parent, f.Performance = holder.UUID, parent.UUID, performanceID.UUID
	f.StartsAt, f.Reported, f.RecoveredAt = starts.Ptr(), reported.Ptr() != nil, recovered.Ptr()
	f.Card = f.Family == term.ProductFamilySeasonTicket && !parent.Valid
	f.ChildControlled, f.Outside = child == 1, outside == 1
	f.OpensMinutes, f.ClosesMinutes, f.GuestLimit = minutes(opens), minutes(closes), minutes(limit)
	if fields.String != "" && fields.String != "null" {
		if err := json.Unmarshal([]byte(fields.String), &f.GuestFields); err != nil {
			return nil, fmt.Errorf("read the fields asked of guests: %w", err)
		}
	}
	if f.Held() {
		f.Given.Key = contact.Key(f.Given.Email)
	} else {
		f.Given = Given{}
	}
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
