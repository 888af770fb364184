package seatmap

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// Map is a performance's plan with what the viewer's tickets are at.
type Map struct {
	*Layout
	Performance uuid.UUID
	Product     uuid.UUID
	Venue       string
	Scope       ticket.Scope
	Filter      ticket.Filter
	Counts      ticket.Counts
	ByZone      map[uuid.UUID]ticket.Counts
	// States is a byte a seat, 0 for those that are none of the viewer's;
	// packed. Tickets are the ids of the others' tickets in the same order, 22
	// characters each.
	States  string
	Tickets string
	plan    uuid.UUID
}

// May says whether the viewer may see maps: staff may, portal users where their
// point of sale has the advanced view (DA-4).
func (s *Service) May(ctx context.Context) (bool, error) {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return false, nil
	case !v.InPortal():
		return term.Role(v.Role).Staff() && v.Organisation != (viewer.UUID{}), nil
	case v.PointOfSale == (viewer.UUID{}):
		return false, nil
	}
	at, err := s.store.Client.PointOfSale.Get(ctx, uuid.UUID(v.PointOfSale))
	if ent.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the point of sale: %w", err)
	}
	return at.AdvancedView, nil
}

// Show draws the map of a performance. It is nil where there is no such
// performance, it has no venue, or the viewer holds no ticket of it: which of
// these is not told (DI-6).
func (s *Service) Show(ctx context.Context, performance, sponsor uuid.UUID, f ticket.Filter) (*Map, error) {
	scope, f, err := s.admit(ctx, performance, sponsor, f)
	if err != nil {
		return nil, err
	}
	m := &Map{Performance: performance, Scope: scope, Filter: f}
	where, there, err := s.place(ctx, scope, performance, m)
	if err != nil || !there {
		return nil, err
	}
	if m.Layout, err = s.layouts.of(ctx, s.store, where); err != nil {
		return nil, err
	}
	return m, s.fill(ctx, m)
}

// place finds the venue of a performance that the viewer may see the map of.
func (s *Service) place(ctx context.Context, scope ticket.Scope, performance uuid.UUID, m *Map) (venue, bool, error) {
	p, err := s.store.Client.Performance.Get(ctx, performance)
	if ent.IsNotFound(err) || err == nil && p.VenueID == nil {
		return venue{}, false, nil
	}
	if err != nil {
		return venue{}, false, fmt.Errorf("read the performance: %w", err)
	}
	m.Product = p.ProductID
	if p.LogicalConfigurationID != nil {
		m.plan = *p.LogicalConfigurationID
	}
	if !scope.Everything {
		n, err := ticket.Count(ctx, s.store, scope, ticket.Filter{Performances: []uuid.UUID{performance}})
		if err != nil || n == 0 {
			return venue{}, false, err
		}
	}
	found, err := findVenue(ctx, s.store, scope.Organisation, *p.VenueID)
	if errors.Is(err, errNoVenue) {
		return venue{}, false, nil
	}
	m.Venue = found.name
	return found, err == nil, err
}

// fill puts in what the viewer's tickets are at: two statements.
func (s *Service) fill(ctx context.Context, m *Map) (err error) {
	if m.ByZone, err = ticket.ByArea(ctx, s.store, m.Scope, m.Filter); err != nil {
		return err
	}
	for _, n := range m.ByZone {
		m.Counts = m.Counts.Add(n)
	}
	seats, err := ticket.SeatStates(ctx, s.store, m.Scope, m.Filter)
	if err != nil {
		return err
	}
	type own struct {
		at     int32
		ticket uuid.UUID
	}
	states, mine := make([]byte, m.Seats), make([]own, 0, len(seats))
	for _, t := range seats {
		if at, there := m.index[t.Seat]; there {
			states[at] = byte(t.State)
			mine = append(mine, own{at, t.Ticket})
		}
	}
	slices.SortFunc(mine, func(a, b own) int { return cmp.Compare(a.at, b.at) })
	var ids strings.Builder
	ids.Grow(22 * len(mine))
	for _, o := range mine {
		ids.WriteString(oid.Encode(o.ticket))
	}
	m.States, m.Tickets = pack(states), ids.String()
	return nil
}

// MostListed is how many tickets of a zone are listed at once.
const MostListed = 5_000

// List lists the viewer's tickets of one zone of a performance's map.
func (s *Service) List(ctx context.Context, performance, zone, sponsor uuid.UUID, f ticket.Filter) ([]ticket.Placed, error) {
	scope, f, err := s.admit(ctx, performance, sponsor, f)
	if err != nil {
		return nil, err
	}
	return ticket.InArea(ctx, s.store, scope, f, zone, MostListed)
}

// admit is the first line of what shows maps: it says what the viewer may look
// at, or refuses (DA-4).
func (s *Service) admit(ctx context.Context, performance, sponsor uuid.UUID, f ticket.Filter) (ticket.Scope, ticket.Filter, error) {
	scope, err := s.sight(ctx, sponsor)
	if err != nil {
		return scope, f, err
	}
	may, err := s.May(ctx)
	if err != nil {
		return scope, f, err
	}
	if !may {
		return scope, f, errs.New(errs.Forbidden, "Your point of sale does not offer the seat map. Ask the organiser to switch on \"Advanced view\".")
	}
	if err := f.Validate(); err != nil {
		return scope, f, err
	}
	f.Performances = []uuid.UUID{performance}
	return scope, f, nil
}

// Category is a price zone within a zone of the map.
type Category struct {
	ID                uuid.UUID
	Code, Name, Color string
	Places            int
}

// Categories are the price zones of each zone, by their rank, as the plan is set
// up for sale at the performance.
func (s *Service) Categories(ctx context.Context, m *Map) (map[uuid.UUID][]Category, error) {
	byZone := map[uuid.UUID][]Category{}
	_, err := db.Select(ctx, s.store, func(r *sql.Rows) (struct{}, error) {
		var zone uuid.UUID
		var c Category
		err := r.Scan(&zone, &c.ID, &c.Code, &c.Name, &c.Color, &c.Places)
		byZone[zone] = append(byZone[zone], c)
		return struct{}{}, err
	}, `SELECT p.area_id, c.id, c.code, c.name, c.color, p.size FROM (SELECT area_id, seat_category_id, sum(size)::bigint AS size
			FROM logical_places WHERE logical_configuration_id = $1::uuid GROUP BY area_id, seat_category_id) p
		JOIN seat_categories c ON c.id = p.seat_category_id ORDER BY c.rank`, m.plan)
	if err != nil {
		return nil, fmt.Errorf("read the price zones: %w", err)
	}
	return byZone, nil
}
