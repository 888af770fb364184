package ticket

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gradin/server/db"
	"gradin/server/term"
)

// Counts is how many tickets stand where; tickets that no longer give entry are
// not among them.
type Counts struct {
	Allocated, Remaining, InCart, Distributed, Downloaded, Controlled, TakeBackPossible int
	// NotFetched are those that somebody else has, has not fetched and was not
	// let in with (ML-4).
	NotFetched int
}

// Add sums two counts.
func (c Counts) Add(d Counts) Counts {
	return Counts{
		c.Allocated + d.Allocated, c.Remaining + d.Remaining, c.InCart + d.InCart, c.Distributed + d.Distributed,
		c.Downloaded + d.Downloaded, c.Controlled + d.Controlled, c.TakeBackPossible + d.TakeBackPossible,
		c.NotFetched + d.NotFetched,
	}
}

// marks is the one place that says what a count counts and what a seat is
// marked with, in the order of Counts (DA-1, SM-1). What may be taken back is
// asked of the rule itself: a number shown is a promise kept (DA-2).
func (s *statement) marks(scope Scope) []string {
	held := s.held(scope)
	return []string{
		"NOT " + held + " AND t.state <> 'CONTROLLED'",
		s.inCart(scope),
		held,
		"t.downloaded_at IS NOT NULL",
		"t.state = 'CONTROLLED'",
		s.possible(scope),
	}
}

func (s *statement) counts(scope Scope) string {
	text := "count(*)"
	// The last is no mark of a seat: it follows from the others.
	for _, mark := range append(s.marks(scope), s.held(scope)+" AND t.downloaded_at IS NULL AND t.state <> 'CONTROLLED'") {
		text += ", count(CASE WHEN " + mark + " THEN 1 END)"
	}
	return text
}

func (c *Counts) targets() []any {
	return []any{&c.Allocated, &c.Remaining, &c.InCart, &c.Distributed, &c.Downloaded, &c.Controlled, &c.TakeBackPossible, &c.NotFetched}
}

const countJoins = ` FROM tickets t
	JOIN products pr ON pr.id = t.product_id
	LEFT JOIN performances pe ON pe.id = t.performance_id
	WHERE `

// Count counts the tickets within the filter, whatever their state.
func Count(ctx context.Context, c conn, scope Scope, f Filter) (int, error) {
	s := &statement{}
	s.add("SELECT count(*)" + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	n, err := db.Get[int](ctx, c, s.text.String(), s.args...)
	if err != nil {
		return 0, fmt.Errorf("count tickets: %w", err)
	}
	return n, nil
}

// Held is a product with the counts of its tickets.
type Held struct {
	Product      Ref
	Family       term.ProductFamily
	Season       Ref
	SeasonStarts time.Time
	SeasonEnds   time.Time
	Counts       Counts
	Performances int
	NextStartsAt *time.Time
}

// ByProduct counts the valid tickets of the filter per product, by season and name.
func ByProduct(ctx context.Context, c conn, scope Scope, f Filter, now time.Time) ([]Held, error) {
	f.Valid = true
	s := &statement{}
	s.add(`SELECT pr.id, pr.code, pr.name, pr.family, se.id, se.code, se.name, se.starts_at, se.ends_at,
		count(DISTINCT t.performance_id), min(CASE WHEN pe.starts_at > ` + s.arg(now, "timestamptz") + ` THEN pe.starts_at END), ` + s.counts(scope))
	s.add(` FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN seasons se ON se.id = pr.season_id
		LEFT JOIN performances pe ON pe.id = t.performance_id WHERE `)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(` GROUP BY pr.id, pr.code, pr.name, pr.family, se.id, se.code, se.name, se.starts_at, se.ends_at
		ORDER BY se.starts_at DESC, pr.name, pr.id`)
	held, err := db.Select(ctx, c, func(r *sql.Rows) (Held, error) {
		var h Held
		var next, starts, ends db.Time
		into := []any{
			&h.Product.ID, &h.Product.Code, &h.Product.Name, &h.Family,
			&h.Season.ID, &h.Season.Code, &h.Season.Name, &starts, &ends, &h.Performances, &next,
		}
		err := r.Scan(append(into, h.Counts.targets()...)...)
		h.NextStartsAt, h.SeasonStarts, h.SeasonEnds = next.Ptr(), starts.Time, ends.Time
		return h, err
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("count tickets by product: %w", err)
	}
	return held, nil
}

// KindCounts is one kind of ticket with its counts.
type KindCounts struct {
	Kind         Kind
	SeatCategory Ref
	Tariff       Ref
	Counts       Counts
}

// Group is a performance with its kinds of tickets.
type Group struct {
	Performance     Ref
	StartsAt        *time.Time
	DurationMinutes *int
	Venue           string
	TimeZone        string
	// HasMap says whether its venue's plan is set up for sale.
	HasMap bool
	Counts Counts
	Kinds  []KindCounts
}

// ByKind counts the valid tickets of the filter per performance, category and
// tariff, in one grouped query, by start of the performance.
func ByKind(ctx context.Context, c conn, scope Scope, f Filter) ([]Group, error) {
	f.Valid = true
	s := &statement{}
	s.add(`SELECT pe.id, pe.code, pe.name, pe.starts_at, pe.duration_minutes, ve.name, COALESCE(ve.time_zone, o.time_zone),
		pe.venue_id IS NOT NULL AND pe.logical_configuration_id IS NOT NULL,
		sc.id, sc.code, sc.name, ta.id, ta.code, ta.name, ` + s.counts(scope) + ` FROM tickets t
		JOIN organisations o ON o.id = t.organisation_id
		JOIN products pr ON pr.id = t.product_id JOIN tariffs ta ON ta.id = t.tariff_id
		LEFT JOIN performances pe ON pe.id = t.performance_id LEFT JOIN venues ve ON ve.id = pe.venue_id
		LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id WHERE `)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(` GROUP BY pe.id, pe.code, pe.name, pe.starts_at, pe.duration_minutes, ve.name, ve.time_zone, o.time_zone,
		pe.venue_id, pe.logical_configuration_id, sc.id, sc.code, sc.name, sc.rank, ta.id, ta.code, ta.name
		ORDER BY CASE WHEN pe.id IS NULL THEN 1 ELSE 0 END, pe.starts_at, pe.id, sc.rank, sc.code, ta.code`)
	rows, err := c.Query(ctx, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("count tickets by kind: %w", err)
	}
	defer rows.Close()
	var groups []Group
	for rows.Next() {
		group, kind, err := scanKind(rows)
		if err != nil {
			return nil, err
		}
		if n := len(groups); n == 0 || groups[n-1].Performance.ID != group.Performance.ID {
			groups = append(groups, group)
		}
		last := &groups[len(groups)-1]
		last.Kinds = append(last.Kinds, kind)
		last.Counts = last.Counts.Add(kind.Counts)
	}
	return groups, rows.Err()
}

func scanKind(rows *sql.Rows) (Group, KindCounts, error) {
	var g Group
	var k KindCounts
	var performance, category nullRef
	var starts db.Time
	var duration sql.NullInt64
	var venue sql.NullString
	into := []any{
		&performance.id, &performance.code, &performance.name, &starts, &duration, &venue, &g.TimeZone, &g.HasMap,
		&category.id, &category.code, &category.name, &k.Tariff.ID, &k.Tariff.Code, &k.Tariff.Name,
	}
	if err := rows.Scan(append(into, k.Counts.targets()...)...); err != nil {
		return g, k, err
	}
	g.Performance, g.StartsAt, g.Venue = performance.ref(), starts.Ptr(), venue.String
	if duration.Valid {
		minutes := int(duration.Int64)
		g.DurationMinutes = &minutes
	}
	k.SeatCategory = category.ref()
	k.Kind = Kind{Performance: performance.id.UUID, SeatCategory: category.id.UUID, Tariff: k.Tariff.ID}
	return g, k, nil
}

// Choices lists the contingents and categories that the filter's tickets come
// from, for the dashboard's filters.
func Choices(ctx context.Context, c conn, scope Scope, f Filter) (contingents, categories []Ref, err error) {
	if contingents, err = choice(ctx, c, scope, f, "contingents", "contingent_id"); err != nil {
		return nil, nil, err
	}
	categories, err = choice(ctx, c, scope, f, "seat_categories", "seat_category_id")
	return contingents, categories, err
}

func choice(ctx context.Context, c conn, scope Scope, f Filter, table, column string) ([]Ref, error) {
	s := &statement{}
	s.add("SELECT x.id, x.code, x.name FROM " + table + " x WHERE x.id IN (SELECT t." + column + countJoins)
	s.reach(scope)
	s.narrow(scope, Filter{Product: f.Product, Season: f.Season, Valid: true})
	s.add(") ORDER BY x.code")
	return db.Select(ctx, c, func(r *sql.Rows) (Ref, error) {
		var x Ref
		return x, r.Scan(&x.ID, &x.Code, &x.Name)
	}, s.text.String(), s.args...)
}
