package distribution

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
)

// Correction is the right address of a guest that was mistyped.
type Correction struct {
	// Ticket is one that went to the wrong address; with All the guest's other
	// tickets of the same product go along.
	Ticket    uuid.UUID
	Email     string
	All       bool
	Sponsor   uuid.UUID
	Confirmed bool
}

// CorrectAddress moves the tickets of a mistyped address to the right one: a
// take-back and a distribution in one step, by the one plan and the one engine.
// The old link is dead with it, and the new one is mailed (ML-4). Names and
// further fields stay as they were typed.
func (s *Service) CorrectAddress(ctx context.Context, c Correction) (*ent.Execution, error) {
	from, err := s.admit(ctx, c.Sponsor)
	if err != nil {
		return nil, err
	}
	facts, err := ticket.FactsByID(ctx, s.store, from.scope(), []uuid.UUID{c.Ticket})
	if err != nil {
		return nil, err
	}
	f := facts[c.Ticket]
	switch {
	case f == nil:
		return nil, errs.Missing("ticket").At("ticketId")
	case !f.Held():
		return nil, errs.New(errs.Invalid, "Nobody else has this ticket: there is no address to correct.").At("ticketId")
	case !contact.ValidEmail(c.Email):
		return nil, errs.New(errs.Invalid, "This cannot be an e-mail address. Write it like name@company.com.").At("email")
	case contact.Key(c.Email) == f.Given.Key:
		return nil, errs.New(errs.Invalid, "The ticket is at this address already.").At("email")
	}
	wishes, err := s.sameGuest(ctx, from, f, c)
	if err != nil {
		return nil, err
	}
	return s.Distribute(ctx, List{Wishes: wishes, Policy: term.RunPolicyIgnoreFailed, Sponsor: c.Sponsor, Confirmed: c.Confirmed})
}

// sameGuest is the list that brings what the sender gave to the wrong address to
// the right one.
func (s *Service) sameGuest(ctx context.Context, from sender, f *ticket.Facts, c Correction) ([]Wish, error) {
	which, args := "t.id = $3::uuid", []any{from.organisation, from.party, f.ID}
	if c.All {
		which = "t.product_id = $3::uuid AND l.holder_id = $4::uuid AND lower(l.email) = lower($5::text)"
		args = []any{from.organisation, from.party, f.Product, f.Holder, f.Given.Email}
	}
	wishes, err := db.Select(ctx, s.store, func(r *sql.Rows) (Wish, error) {
		w := Wish{Email: c.Email}
		var fields string
		err := r.Scan(&w.Ticket, &w.First, &w.Last, &fields)
		w.Fields = FieldsFrom(fields)
		return w, err
	}, fmt.Sprintf(`SELECT t.id, l.first_name, l.last_name, t.holder_fields FROM holder_links l JOIN tickets t ON t.id = l.ticket_id AND t.live
		WHERE t.organisation_id = $1::uuid AND l.giver_id = $2::uuid AND l.closed_at IS NULL AND t.state <> 'CONTROLLED' AND %s
		ORDER BY t.place_key, t.id LIMIT %d`, which, MaxMoves), args...)
	if err != nil {
		return nil, fmt.Errorf("find the tickets of an address: %w", err)
	}
	if len(wishes) == 0 {
		return nil, errs.Missing("ticket").At("ticketId")
	}
	return wishes, nil
}
