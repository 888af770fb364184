package ticket

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
)

// Kind is one kind of ticket of the dashboard: performance × category × tariff.
type Kind struct {
	Performance  uuid.UUID
	SeatCategory uuid.UUID
	Tariff       uuid.UUID
}

// Key stands for the kind in addresses and selections.
func (k Kind) Key() string {
	return oid.Encode(k.Performance) + "." + oid.Encode(k.SeatCategory) + "." + oid.Encode(k.Tariff)
}

// Filter says which tickets of a scope are meant; what is empty does not narrow.
type Filter struct {
	Season         uuid.UUID
	Product        uuid.UUID
	Performances   []uuid.UUID
	SeatCategories []uuid.UUID
	Contingents    []uuid.UUID
	Kinds          []Kind
	From, To       *time.Time
	States         []term.TicketState
	Locations      []term.DeliveryLocation
	// Tickets are these and no others.
	Tickets []uuid.UUID
	// Distributed: whether somebody else has it. Downloaded: whether he fetched it.
	Distributed, Downloaded *bool
	// InCart: whether it lies in a cart of who looks.
	InCart *bool
	// TakeBackPossible: whether who looks may take it back now (TB-2).
	TakeBackPossible *bool
	// Search is the beginning of a guest's e-mail or name, or a ticket's number.
	Search string
	// Valid leaves out tickets that no longer give entry.
	Valid bool
}

// maxListed bounds every list within a filter.
const maxListed = 100

// Validate refuses lists that are too long.
func (f Filter) Validate() error {
	longest := max(len(f.Performances), len(f.SeatCategories), len(f.Contingents), len(f.Kinds), len(f.Tickets)/2)
	if longest > maxListed {
		return errs.New(errs.Invalid, "A filter may name at most %d things of a kind; it names %d.", maxListed, longest)
	}
	if len(f.Search) > 200 {
		return errs.New(errs.Invalid, "What is searched for may have at most 200 characters.").At("filter", "search")
	}
	return nil
}

// narrow writes the filter's predicates on tickets t, products pr and performances pe.
func (s *statement) narrow(scope Scope, f Filter) {
	if f.Season != uuid.Nil {
		s.add(" AND pr.season_id = " + s.arg(f.Season, "uuid"))
	}
	if f.Product != uuid.Nil {
		s.add(" AND t.product_id = " + s.arg(f.Product, "uuid"))
	}
	s.among("t.performance_id", f.Performances)
	s.among("t.seat_category_id", f.SeatCategories)
	s.among("t.contingent_id", f.Contingents)
	s.kinds(f.Kinds)
	if f.From != nil {
		s.add(" AND pe.starts_at >= " + s.arg(f.From.UTC(), "timestamptz"))
	}
	if f.To != nil {
		s.add(" AND pe.starts_at < " + s.arg(f.To.UTC(), "timestamptz"))
	}
	words(s, "t.state", f.States)
	words(s, "t.location", f.Locations)
	if f.Valid {
		s.add(" AND t.live")
	}
	if f.Distributed != nil {
		s.either(f.Distributed, s.held(scope))
	}
	if f.Downloaded != nil {
		s.either(f.Downloaded, "t.downloaded_at IS NOT NULL")
	}
	if f.InCart != nil {
		s.either(f.InCart, s.inCart(scope))
	}
	if f.TakeBackPossible != nil {
		s.either(f.TakeBackPossible, s.possible(scope))
	}
	s.among("t.id", f.Tickets)
	s.search(scope, f.Search)
}

// either writes a condition, or that it does not hold.
func (s *statement) either(wanted *bool, condition string) {
	if wanted == nil {
		return
	}
	if !*wanted {
		condition = "NOT " + condition
	}
	s.add(" AND " + condition)
}

func (s *statement) among(column string, ids []uuid.UUID) {
	if len(ids) > 0 {
		s.add(" AND " + column + " IN " + s.ids(ids))
	}
}

func words[T ~string](s *statement, column string, values []T) {
	if len(values) == 0 {
		return
	}
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = s.arg(string(v), "text")
	}
	s.add(" AND " + column + " IN (" + strings.Join(names, ", ") + ")")
}

func (s *statement) kinds(kinds []Kind) {
	if len(kinds) == 0 {
		return
	}
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		parts[i] = "(" + s.same("t.performance_id", k.Performance) + " AND " + s.same("t.seat_category_id", k.SeatCategory) +
			" AND t.tariff_id = " + s.arg(k.Tariff, "uuid") + ")"
	}
	s.add(" AND (" + strings.Join(parts, " OR ") + ")")
}

func (s *statement) same(column string, id uuid.UUID) string {
	if id == uuid.Nil {
		return column + " IS NULL"
	}
	return column + " = " + s.arg(id, "uuid")
}

// search looks for beginnings only: an index serves those on both engines. A
// party finds tickets by whom it gave them to, never by whom they went on to.
func (s *statement) search(scope Scope, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	key := contact.Key(text)
	end := key + "\U0010FFFF"
	low, high := s.arg(key, "text"), s.arg(end, "text")
	near := ""
	if !scope.Everything {
		near = " AND t.depth <= 1"
	}
	s.add(" AND ((t.holder_search >= " + low + " AND t.holder_search < " + high + near + ")")
	s.add(" OR (t.holder_email_key >= " + low + " AND t.holder_email_key < " + high + near + ")")
	s.add(" OR (t.holder_first_key >= " + low + " AND t.holder_first_key < " + high + near + ")")
	if !scope.Everything {
		s.add(" OR (t.depth > 1 AND EXISTS (SELECT 1 FROM holder_links g WHERE g.ticket_id = t.id AND g.closed_at IS NULL AND g.giver_id = " +
			s.arg(scope.Party, "uuid") + " AND (lower(g.email) >= " + low + " AND lower(g.email) < " + high +
			" OR lower(g.last_name) >= " + low + " AND lower(g.last_name) < " + high +
			" OR lower(g.first_name) >= " + low + " AND lower(g.first_name) < " + high + ")))")
	}
	if number, err := strconv.ParseInt(text, 10, 64); err == nil {
		s.add(" OR t.number = " + s.arg(number, "bigint"))
	}
	s.add(")")
}
