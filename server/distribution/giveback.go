package distribution

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// ReasonGivenBack is why the barcode of a ticket that its guest gave back is dead.
const ReasonGivenBack = "GIVEN_BACK"

// GivingBack is a ticket that its guest gives back, on the page of his mail.
type GivingBack struct{ Mail, Ticket uuid.UUID }

// guest is whose page it is.
type guest struct {
	organisation, contact uuid.UUID
	pointOfSale           uuid.NullUUID
}

// errGone is what a guest is told who is no longer the ticket's holder.
func errGone() error {
	return errs.New(errs.Conflict, "This ticket cannot be given back: it is no longer yours, or was used meanwhile.")
}

// GiveBack lets a guest who cannot come give a ticket back to whoever gave it to
// him: a take-back that he starts himself, so that no parameter hinders it, and
// his barcode dies if he may know it (WA-4, D-7). What goes along with a season
// card goes back with it. The giver is told by a mail of the same transaction.
// Its permission is the link of the mail, which the caller has checked.
func (s *Service) GiveBack(ctx context.Context, g GivingBack) error {
	if v, ok := viewer.From(ctx); !ok || !v.System {
		return errs.New(errs.Forbidden, "Only the guest's own page gives tickets back.")
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		of, err := s.guestOf(ctx, tx, g)
		if err != nil {
			return err
		}
		if err := lockReturning(ctx, tx, g.Ticket); err != nil {
			return err
		}
		facts, err := s.holding(ctx, tx, of.organisation, of.contact, []uuid.UUID{g.Ticket})
		if err != nil {
			return err
		}
		f, holds := facts[g.Ticket]
		if !holds || !s.mayReturn(f) {
			return errGone()
		}
		return s.goBack(ctx, tx, of, f)
	})
}

// Choice is what a guest may do with a ticket that he holds.
type Choice struct {
	// Return: give it back. PassOn: offer it to somebody, where the organiser allows
	// that, who is asked for Asked beyond e-mail and names (DI-10).
	Return, PassOn bool
	Asked          []term.GuestField
}

// Choices says what a guest may do with these tickets now (TB-2, WA-3).
func (s *Service) Choices(ctx context.Context, organisation, guest uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Choice, error) {
	facts, err := s.holding(ctx, s.store, organisation, guest, ids)
	may := make(map[uuid.UUID]Choice, len(facts))
	for id, f := range facts {
		may[id] = Choice{Return: s.mayReturn(f), PassOn: unpassable(*f, s.now()) == nil, Asked: f.GuestFields}
	}
	return may, err
}

// holding reads the tickets that a guest holds, as his giver would get them back.
func (s *Service) holding(ctx context.Context, c db.Conn, organisation, guest uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]*ticket.Facts, error) {
	facts, err := ticket.FactsByID(ctx, c, ticket.Scope{Organisation: organisation, Everything: true}, ids)
	if err != nil {
		return nil, err
	}
	for id, f := range facts {
		f.Keep = f.Depth - 1
		for i := range f.Children {
			f.Children[i].Keep = f.Children[i].Depth - 1
		}
		if f.Holder != guest {
			delete(facts, id)
		}
	}
	return facts, nil
}

// mayReturn asks the rule of take-back for the guest himself.
func (s *Service) mayReturn(f *ticket.Facts) bool {
	return reclaim.Rules{Actor: reclaim.Guest, Now: s.now()}.Ask(f.Question()).Allowed
}

// guestOf reads whose page it is, if the page shows the ticket.
func (s *Service) guestOf(ctx context.Context, tx *db.Tx, g GivingBack) (guest, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (guest, error) {
		var of guest
		return of, r.Scan(&of.organisation, &of.contact, &of.pointOfSale)
	}, `SELECT m.organisation_id, m.recipient_id, m.point_of_sale_id FROM mails m
		WHERE m.id = $1::uuid AND EXISTS (SELECT 1 FROM holder_links l WHERE l.ticket_id = $2::uuid
			AND l.holder_id = m.recipient_id AND (l.execution_id = m.execution_id OR l.pass_on_id = m.pass_on_id
				OR m.class = 'TICKET_REMINDER' AND l.giver_id = m.giver_id AND l.closed_at IS NULL AND lower(l.email) = lower(m.address)))`, g.Mail, g.Ticket)
	if err != nil {
		return guest{}, fmt.Errorf("read whose ticket it is: %w", err)
	}
	if len(all) == 0 {
		return guest{}, errs.Missing("ticket")
	}
	return all[0], nil
}

// lockReturning takes the ticket, and what may go along with it, in the order of
// their ids, as all writers do.
func lockReturning(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
	if !tx.Postgres() {
		return nil
	}
	_, err := tx.Exec(ctx, "SELECT id FROM tickets WHERE id = $1::uuid OR parent_id = $1::uuid ORDER BY id FOR NO KEY UPDATE", id)
	if err != nil {
		return fmt.Errorf("lock ticket: %w", err)
	}
	return nil
}

// goBack hands a locked ticket back, and what goes along with it.
func (s *Service) goBack(ctx context.Context, tx *db.Tx, of guest, f *ticket.Facts) error {
	back := []ticket.Returning{{Ticket: f.ID, Keep: f.Keep}}
	for _, child := range f.Children {
		back = append(back, ticket.Returning{Ticket: child.ID, Keep: child.Keep})
	}
	h, err := ticket.Back(tx, back...)
	if err != nil {
		return err
	}
	h.Reason = ReasonGivenBack
	language := term.LanguageEn
	if of.pointOfSale.Valid {
		at, err := tx.Client.PointOfSale.Get(ctx, of.pointOfSale.UUID)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read the point of sale: %w", err)
		}
		if at != nil {
			language = at.Language
		}
		if at != nil && at.TakeBackShipmentMode != nil {
			h.Shipment = *at.TakeBackShipmentMode
		}
	}
	l, err := lastLink(ctx, tx, f)
	if err != nil {
		return err
	}
	now := db.Moment(s.now())
	cause := ticket.Cause{
		Organisation: of.organisation, Via: term.HistoryViaRecipient, Actor: l.name, ActorContact: of.contact, At: now,
	}
	h.Giver = l.giver
	if _, err := ticket.HandOver(ctx, tx, cause, h); err != nil {
		return err
	}
	if err := tellGiver(ctx, tx, of, l, f.ID, cause, language); err != nil {
		return err
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: of.organisation, Verb: "distribution.giveBack", Object: f.ID,
		Detail: map[string]any{"tickets": len(back), "guest": oid.Encode(of.contact)},
	})
}

// link is the last one of a chain: who has the ticket, as he was typed, and from whom.
type link struct {
	id    int64
	giver uuid.UUID
	// name and email are as typed.
	name, email string
}

func lastLink(ctx context.Context, tx *db.Tx, f *ticket.Facts) (link, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (link, error) {
		var l link
		var first, last string
		err := r.Scan(&l.id, &l.giver, &l.email, &first, &last)
		l.name = strings.TrimSpace(first + " " + last)
		return l, err
	}, "SELECT id, giver_id, email, first_name, last_name FROM holder_links WHERE ticket_id = $1::uuid AND depth = $2::bigint AND closed_at IS NULL", f.ID, f.Depth)
	if err != nil {
		return link{}, fmt.Errorf("read the last link of the chain: %w", err)
	}
	if len(all) != 1 {
		return link{}, errors.New("a ticket with a holder has no last link")
	}
	return all[0], nil
}

// tellGiver writes the mail to who gave the ticket: a structure's primary relay,
// or whoever it was himself. Who has no address is not told.
func tellGiver(ctx context.Context, tx *db.Tx, of guest, l link, id uuid.UUID, cause ticket.Cause, language term.Language) error {
	_, err := tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, ticket_id, recipient_id, point_of_sale_id,
		giver_id, class, language, state, address, address_key, name)
		SELECT $1::uuid, g.organisation_id, $2::timestamptz, $3::uuid, COALESCE(p.id, g.id), $4::uuid, $5::uuid, 'TICKET_RETURNED',
			COALESCE(p.language, g.language, $6::text), 'READY', COALESCE(p.email, g.email), COALESCE(p.email_key, g.email_key), COALESCE(p.name, g.name)
		FROM contacts g LEFT JOIN relays r ON r.structure_id = g.id AND r.main
		LEFT JOIN contacts p ON p.id = r.individual_id AND p.email <> ''
		WHERE g.id = $7::uuid AND COALESCE(p.email, g.email) <> '' ORDER BY r.id LIMIT 1`,
		oid.New(oid.Mail), cause.At, id, of.pointOfSale, of.contact, string(language), l.giver)
	if err != nil {
		return fmt.Errorf("write the giver's mail: %w", err)
	}
	return nil
}
