package privacy

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	"gradin/ent/predicate"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/term"
)

// Among is which individuals a search finds: by the beginning of an address where
// it holds an @, else by any part of the name.
func Among(ctx context.Context, search string) ([]predicate.Contact, error) {
	if _, err := permit(ctx); err != nil {
		return nil, err
	}
	where := []predicate.Contact{entcontact.KindEQ(term.ContactKindIndividual)}
	search = strings.TrimSpace(search)
	switch {
	case search == "":
	case strings.Contains(search, "@"):
		where = append(where, entcontact.EmailKeyHasPrefix(contact.Key(search)))
	default:
		where = append(where, entcontact.NameContainsFold(search))
	}
	return where, nil
}

// Individual reads one person.
func (s *Service) Individual(ctx context.Context, id uuid.UUID) (*ent.Contact, error) {
	if _, err := permit(ctx); err != nil {
		return nil, err
	}
	found, err := s.store.Client.Contact.Query().Where(entcontact.ID(id), entcontact.KindEQ(term.ContactKindIndividual)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, errs.Missing("contact")
	}
	if err != nil {
		return nil, fmt.Errorf("read an individual: %w", err)
	}
	return found, nil
}

// Held is a ticket that is or was in a person's chain, or that he owns.
type Held struct {
	ID       uuid.UUID
	Number   int64
	Name     string
	StartsAt *time.Time
	Zone     string
	State    term.TicketState
	// Has says that he has it now.
	Has bool
}

// maxHeld is how many tickets of a person are shown.
const maxHeld = 200

// Tickets reads a person's tickets, the latest performance first.
func (s *Service) Tickets(ctx context.Context, id uuid.UUID) ([]Held, error) {
	v, err := permit(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.Select(ctx, s.store, func(r *sql.Rows) (Held, error) {
		var h Held
		var starts db.Time
		var has int
		err := r.Scan(&h.ID, &h.Number, &h.Name, &starts, &h.Zone, &h.State, &has)
		h.StartsAt, h.Has = starts.Ptr(), has == 1
		return h, err
	}, `SELECT t.id, t.number, COALESCE(p.name, pr.name), p.starts_at, COALESCE(v.time_zone, o.time_zone), t.state,
			CASE WHEN t.live AND (t.holder_id = $2::uuid OR t.holder_id IS NULL AND t.owner_id = $2::uuid) THEN 1 ELSE 0 END
		FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN organisations o ON o.id = t.organisation_id
		LEFT JOIN performances p ON p.id = t.performance_id LEFT JOIN venues v ON v.id = p.venue_id
		WHERE t.organisation_id = $1::uuid AND (t.owner_id = $2::uuid OR t.id IN (SELECT l.ticket_id FROM holder_links l WHERE l.holder_id = $2::uuid))
		AND t.replaced_by_id IS NULL ORDER BY COALESCE(p.starts_at, t.created_at) DESC, t.number LIMIT `+fmt.Sprint(maxHeld), uuid.UUID(v.Organisation), id)
	if err != nil {
		return nil, fmt.Errorf("read a person's tickets: %w", err)
	}
	return all, nil
}
