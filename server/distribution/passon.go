package distribution

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// ReasonPassedOn is why the barcode of a ticket that its guest passed on is dead.
const ReasonPassedOn = "PASSED_ON"

// maxOffers is how many offers a guest makes in a day: each sends a mail to an
// address that he types.
const maxOffers = 20

// PassingOn is a ticket that its guest offers to a third person, on the page of
// his mail.
type PassingOn struct {
	Mail, Ticket uuid.UUID
	// Email, First, Last and Fields are the third person as the guest typed him.
	Email, First, Last string
	Fields             Fields
}

// offer is an offer as it is stored.
type offer struct {
	id, organisation, ticket, giver, recipient uuid.UUID
	pointOfSale                                uuid.NullUUID
	link                                       int64
	giverName                                  string
	email, key, first, last                    string
	fields                                     Fields
	language                                   term.Language
	expires                                    time.Time
	state                                      term.PassOnState
}

// PassOn lets a guest offer a ticket to a third person where the point of sale
// allows it: until that person answers, or the time is over, the ticket is
// TRANSFER_PENDING and blocked for everything else (WA-3). It says why it cannot
// be. Its permission is the link of the mail, which the caller has checked.
func (s *Service) PassOn(ctx context.Context, p PassingOn) (*Problem, error) {
	if !ownPage(ctx) {
		return nil, errs.New(errs.Forbidden, "Only the guest's own page passes tickets on.")
	}
	var problem *Problem
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		of, err := s.guestOf(ctx, tx, GivingBack{Mail: p.Mail, Ticket: p.Ticket})
		if err != nil {
			return err
		}
		at, err := passOnAt(ctx, tx, of)
		if err != nil {
			return err
		}
		if err := lockReturning(ctx, tx, p.Ticket); err != nil {
			return err
		}
		problem, err = s.offerTicket(ctx, tx, of, at, p)
		return err
	})
	return problem, err
}

// ownPage says whether it is the recipient's page that asks.
func ownPage(ctx context.Context) bool {
	v, ok := viewer.From(ctx)
	return ok && v.System
}

// passOnAt reads the point of sale, which must allow it.
func passOnAt(ctx context.Context, tx *db.Tx, of guest) (*ent.PointOfSale, error) {
	if of.pointOfSale.Valid {
		at, err := tx.Client.PointOfSale.Get(ctx, of.pointOfSale.UUID)
		if err != nil && !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read the point of sale: %w", err)
		}
		if at != nil && at.PassOn {
			return at, nil
		}
	}
	return nil, errs.New(errs.Forbidden, "The organiser does not let guests pass tickets on.")
}

// offerTicket decides about a locked ticket and, if nothing is against it, stores
// the offer with its mail.
func (s *Service) offerTicket(ctx context.Context, tx *db.Tx, of guest, at *ent.PointOfSale, p PassingOn) (*Problem, error) {
	facts, err := ticket.FactsByID(ctx, tx, ticket.Scope{Organisation: of.organisation, Everything: true}, []uuid.UUID{p.Ticket})
	if err != nil {
		return nil, err
	}
	f := facts[p.Ticket]
	if f == nil || f.Holder != of.contact {
		return &Problem{Code: term.ReasonCodeStale, Field: FieldTicket}, nil
	}
	if problem := unpassable(*f, s.now()); problem != nil {
		return problem, nil
	}
	l, err := lastLink(ctx, tx, f)
	if err != nil {
		return nil, err
	}
	o := offer{
		id: oid.New(oid.PassOn), organisation: of.organisation, ticket: f.ID, giver: of.contact, pointOfSale: of.pointOfSale,
		link: l.id, giverName: l.name, email: address(p.Email), key: contact.Key(address(p.Email)), first: strings.TrimSpace(p.First),
		last: strings.TrimSpace(p.Last), fields: p.Fields, language: at.Language, expires: expiry(s.now(), at.PassOnHours, f.StartsAt),
	}
	if problem := s.acceptable(o, p, *f, l); problem != nil {
		return problem, nil
	}
	if err := s.bounded(ctx, tx, of); err != nil {
		return nil, err
	}
	if err := s.meet(ctx, tx, &o); err != nil {
		return nil, err
	}
	if full, err := full(ctx, tx, *f, o.recipient); err != nil || full {
		return &Problem{Code: term.ReasonCodeGuestLimit, Field: FieldEmail, Value: shorten(o.email)}, err
	}
	return nil, s.storeOffer(ctx, tx, o, *f)
}

// expiry is when an offer ends: after the hours, never after the start.
func expiry(now time.Time, hours int, starts *time.Time) time.Time {
	at := db.Moment(now.Add(time.Duration(hours) * time.Hour))
	if starts != nil && starts.Before(at) {
		return *starts
	}
	return at
}

// unpassable says why a ticket cannot be passed on by its holder now: it, and
// what goes along with it, must be free to move and not on paper. What lies in
// an outside wallet stays there: the wallet may have passed it on already, and
// an offer that ends leaves it where its guest looks for it.
func unpassable(f ticket.Facts, now time.Time) *Problem {
	for _, t := range append([]ticket.Facts{f}, f.Children...) {
		if reason := Blocked(t, now); reason != "" {
			return &Problem{Code: reason, Field: FieldTicket}
		}
		if t.Outside {
			return &Problem{Code: term.ReasonCodeOutsideWallet, Field: FieldTicket}
		}
		if t.State == term.TicketStatePrinted && t.Location == term.DeliveryLocationNone {
			return &Problem{Code: term.ReasonCodeTakeBackNotAllowed, Field: FieldTicket, Setting: "paper"}
		}
		if t.StartsAt != nil && !now.Before(*t.StartsAt) {
			return &Problem{Code: term.ReasonCodeDistributionClosed, Field: FieldTicket}
		}
	}
	return nil
}

// acceptable says what is wrong with what the guest typed; the rules are those of
// every move (DI-1).
func (s *Service) acceptable(o offer, p PassingOn, f ticket.Facts, l link) *Problem {
	m := Move{Email: o.email, First: o.first, Last: o.last, Fields: p.Fields}
	if problem := typed(m); problem != nil {
		return problem
	}
	switch {
	case o.key == contact.Key(l.email):
		return &Problem{Code: term.ReasonCodeInvalidEmail, Field: FieldEmail, Value: shorten(o.email)}
	case o.first == "":
		return &Problem{Code: term.ReasonCodeMissingName, Field: FieldFirst}
	case o.last == "":
		return &Problem{Code: term.ReasonCodeMissingName, Field: FieldLast}
	}
	return p.Fields.lacking(f.GuestFields, s.now())
}

// bounded refuses what would send too many mails to addresses that a guest types.
func (s *Service) bounded(ctx context.Context, tx *db.Tx, of guest) error {
	n, err := db.Get[int](ctx, tx, "SELECT count(*) FROM pass_ons WHERE giver_id = $1::uuid AND created_at > $2::timestamptz",
		of.contact, db.Moment(s.now().Add(-24*time.Hour)))
	if err != nil {
		return fmt.Errorf("count offers: %w", err)
	}
	if n >= maxOffers {
		return errs.New(errs.RateLimited, "You have offered %d tickets within a day. Try again tomorrow.", maxOffers)
	}
	return nil
}

// meet finds whom the address leads to, or makes a contact of what was typed;
// which of the two it was nobody learns (DI-7).
func (s *Service) meet(ctx context.Context, tx *db.Tx, o *offer) error {
	for range 2 {
		known, err := contact.Lookup(ctx, tx, o.organisation, uuid.Nil, []string{o.key})
		if err != nil {
			return err
		}
		if k, found := known[o.key]; found {
			o.recipient = k.ID
			if k.Language != "" {
				o.language = k.Language
			}
			return nil
		}
		number, err := contact.Numbers(ctx, tx, o.organisation, "contact", 1)
		if err != nil {
			return err
		}
		// Somebody else may make the same contact meanwhile: then it is that one.
		if _, err := tx.Exec(ctx, `INSERT INTO contacts (id, organisation_id, created_at, number, kind, name, first_name, last_name, email, email_key, public_key)
			VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::bigint, 'INDIVIDUAL', $5::text || ' ' || $6::text, $5::text, $6::text, $7::text, $8::text, $8::text)
			ON CONFLICT DO NOTHING`, oid.New(oid.Contact), o.organisation, db.Moment(s.now()), number, o.first, o.last, o.email, o.key); err != nil {
			return fmt.Errorf("make contact: %w", err)
		}
	}
	return errors.New("a contact that was made cannot be found")
}

// full says whether somebody has as many tickets as he may (DI-10). He is locked
// first, so that two givers do not both give him the last one.
func full(ctx context.Context, tx *db.Tx, f ticket.Facts, recipient uuid.UUID) (bool, error) {
	if f.GuestLimit == nil {
		return false, nil
	}
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT id FROM contacts WHERE id = $1::uuid FOR NO KEY UPDATE", recipient); err != nil {
			return false, fmt.Errorf("lock guest: %w", err)
		}
	}
	of := limitOf(f, "", recipient).of
	n, err := db.Get[int](ctx, tx, `SELECT count(*) FROM tickets t WHERE t.holder_id = $1::uuid AND t.live
		AND COALESCE(t.performance_id, t.product_id) = $2::uuid`, recipient, of)
	if err != nil {
		return false, fmt.Errorf("count what a guest has: %w", err)
	}
	return n >= *f.GuestLimit, nil
}

// storeOffer stores an offer, blocks its tickets and writes the third person's mail.
func (s *Service) storeOffer(ctx context.Context, tx *db.Tx, o offer, f ticket.Facts) error {
	now := db.Moment(s.now())
	if _, err := tx.Exec(ctx, `INSERT INTO pass_ons (id, organisation_id, created_at, ticket_id, giver_id, recipient_id, point_of_sale_id, link_id,
		giver_name, email, email_key, first_name, last_name, fields, state, expires_at)
		VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5::uuid, $6::uuid, $7::uuid, $8::bigint, $9::text, $10::text, $11::text,
			$12::text, $13::text, $14::text, 'PENDING', $15::timestamptz)`, o.id, o.organisation, now, o.ticket, o.giver, o.recipient, o.pointOfSale,
		o.link, o.giverName, o.email, o.key, o.first, o.last, o.fields.Text(), o.expires); err != nil {
		return fmt.Errorf("store offer: %w", err)
	}
	cause := ticket.Cause{Organisation: o.organisation, Via: term.HistoryViaRecipient, Actor: o.giverName, ActorContact: o.giver, At: now}
	if err := ticket.Suspend(ctx, tx, cause, idsOf(f)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, ticket_id, pass_on_id, recipient_id, point_of_sale_id, giver_id,
		class, language, state, address, address_key, name)
		VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5::uuid, $6::uuid, $7::uuid, $8::uuid, 'TICKET_OFFERED', $9::text, 'READY',
			$10::text, $11::text, $12::text)`, oid.New(oid.Mail), o.organisation, now, o.ticket, o.id, o.recipient, o.pointOfSale, o.giver,
		string(o.language), o.email, o.key, o.first+" "+o.last); err != nil {
		return fmt.Errorf("write the offer's mail: %w", err)
	}
	return s.auditPassOn(ctx, tx, "distribution.offerPassOn", o, len(f.Children)+1)
}

// idsOf are a ticket and what goes along with it.
func idsOf(f ticket.Facts) []uuid.UUID {
	ids := []uuid.UUID{f.ID}
	for _, child := range f.Children {
		ids = append(ids, child.ID)
	}
	return ids
}

func (s *Service) auditPassOn(ctx context.Context, tx *db.Tx, verb string, o offer, tickets int) error {
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: o.organisation, Verb: verb, Object: o.ticket,
		Detail: map[string]any{"tickets": tickets, "guest": oid.Encode(o.giver), "to": oid.Encode(o.recipient)},
	})
}

// offerOf reads the offer that a mail brought; its state is as of now.
func offerOf(ctx context.Context, c db.Conn, where string, arg any) (offer, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (offer, error) {
		var o offer
		var fields string
		var expires db.Time
		err := r.Scan(&o.id, &o.organisation, &o.ticket, &o.giver, &o.recipient, &o.pointOfSale, &o.link, &o.giverName,
			&o.email, &o.key, &o.first, &o.last, &fields, &expires, &o.state)
		o.fields, o.expires = FieldsFrom(fields), expires.Time
		return o, err
	}, `SELECT p.id, p.organisation_id, p.ticket_id, p.giver_id, p.recipient_id, p.point_of_sale_id, p.link_id, p.giver_name,
		p.email, p.email_key, p.first_name, p.last_name, p.fields, p.expires_at, p.state FROM pass_ons p WHERE `+where, arg)
	if err != nil {
		return offer{}, fmt.Errorf("read offer: %w", err)
	}
	if len(all) == 0 {
		return offer{}, errs.Missing("ticket")
	}
	return all[0], nil
}
