package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// AnswerOffer is what the third person says to the ticket of his mail: with
// accept it is his, and the giver's code dies (WA-3, D-7); else it stays with
// the giver, who is told either way. It says why it cannot be. Its permission is
// the link of the mail, which the caller has checked.
func (s *Service) AnswerOffer(ctx context.Context, mail uuid.UUID, accept bool) (*Problem, error) {
	if !ownPage(ctx) {
		return nil, errs.New(errs.Forbidden, "Only the page of the offer answers it.")
	}
	var problem *Problem
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		o, err := s.lockOffer(ctx, tx, "p.id = (SELECT m.pass_on_id FROM mails m WHERE m.id = $1::uuid AND m.class = 'TICKET_OFFERED')", mail)
		if err != nil {
			return err
		}
		now := s.now()
		cause := ticket.Cause{
			Organisation: o.organisation, Via: term.HistoryViaRecipient, Actor: o.first + " " + o.last, ActorContact: o.recipient, At: db.Moment(now),
		}
		switch {
		case o.state == term.PassOnStateAccepted && accept, o.state == term.PassOnStateRefused && !accept:
			return nil // he said so before
		case o.state != term.PassOnStatePending:
			problem = &Problem{Code: term.ReasonCodeStale, Field: FieldTicket}
			return nil
		case !now.Before(o.expires):
			problem = &Problem{Code: term.ReasonCodeDistributionClosed, Field: FieldTicket}
			return nil
		case accept:
			problem, err = s.accept(ctx, tx, o, cause)
			return err
		}
		if err := s.endOffers(ctx, tx, []uuid.UUID{o.id}, term.PassOnStateRefused, cause); err != nil {
			return err
		}
		return s.auditPassOn(ctx, tx, "distribution.refusePassOn", o, 1)
	})
	return problem, err
}

// KeepTicket lets a guest take back what he offered while nobody has answered.
func (s *Service) KeepTicket(ctx context.Context, g GivingBack) (*Problem, error) {
	if !ownPage(ctx) {
		return nil, errs.New(errs.Forbidden, "Only the guest's own page keeps tickets.")
	}
	var problem *Problem
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		of, err := s.guestOf(ctx, tx, g)
		if err != nil {
			return err
		}
		o, err := s.lockOffer(ctx, tx, "p.id = (SELECT x.id FROM pass_ons x WHERE x.ticket_id = $1::uuid ORDER BY x.id DESC LIMIT 1)", g.Ticket)
		if err != nil {
			return err
		}
		switch {
		case o.giver != of.contact:
			return errs.Missing("ticket")
		case o.state == term.PassOnStateAccepted:
			problem = &Problem{Code: term.ReasonCodeStale, Field: FieldTicket}
			return nil
		case o.state != term.PassOnStatePending:
			return nil // it is his already
		}
		cause := ticket.Cause{Organisation: o.organisation, Via: term.HistoryViaRecipient, Actor: o.giverName, ActorContact: o.giver, At: db.Moment(s.now())}
		if err := s.endOffers(ctx, tx, []uuid.UUID{o.id}, term.PassOnStateCancelled, cause); err != nil {
			return err
		}
		return s.auditPassOn(ctx, tx, "distribution.cancelPassOn", o, 1)
	})
	return problem, err
}

// lockOffer locks an offer's tickets, as all writers do first, and reads it as it
// is then.
func (s *Service) lockOffer(ctx context.Context, tx *db.Tx, where string, arg any) (offer, error) {
	before, err := offerOf(ctx, tx, where, arg)
	if err != nil {
		return offer{}, err
	}
	if err := lockReturning(ctx, tx, before.ticket); err != nil {
		return offer{}, err
	}
	return offerOf(ctx, tx, "p.id = $1::uuid", before.id)
}

// accept hands a locked ticket on, and what goes along with it.
func (s *Service) accept(ctx context.Context, tx *db.Tx, o offer, cause ticket.Cause) (*Problem, error) {
	facts, err := ticket.FactsByID(ctx, tx, ticket.Scope{Organisation: o.organisation, Everything: true}, []uuid.UUID{o.ticket})
	if err != nil {
		return nil, err
	}
	f := facts[o.ticket]
	if f == nil || f.Holder != o.giver || f.Location != term.DeliveryLocationTransferPending {
		return &Problem{Code: term.ReasonCodeStale, Field: FieldTicket}, nil
	}
	if full, err := full(ctx, tx, *f, o.recipient); err != nil || full {
		return &Problem{Code: term.ReasonCodeGuestLimit, Field: FieldTicket}, err
	}
	h, err := passing(tx, o, *f)
	if err != nil {
		return nil, err
	}
	if _, err := ticket.HandOver(ctx, tx, cause, h); err != nil {
		return nil, err
	}
	if err := ticket.Accepted(ctx, tx, cause, o.id); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "UPDATE pass_ons SET state = 'ACCEPTED', fields = '', closed_at = $1::timestamptz WHERE id = $2::uuid", cause.At, o.id); err != nil {
		return nil, fmt.Errorf("note that an offer was accepted: %w", err)
	}
	if err := s.tellGivers(ctx, tx, []uuid.UUID{o.id}, term.DocumentClassTicketPassedOn, cause.At); err != nil {
		return nil, err
	}
	return nil, s.auditPassOn(ctx, tx, "distribution.acceptPassOn", o, len(f.Children)+1)
}

// passed is a ticket that is passed on, as a handover wants it.
type passed struct {
	Ticket uuid.UUID `json:"ticket_id"`
	Keep   int       `json:"keep"`
}

// passing is the handover by which an offer's tickets go to the third person.
func passing(tx *db.Tx, o offer, f ticket.Facts) (ticket.Handover, error) {
	var all []passed
	for _, t := range append([]ticket.Facts{f}, f.Children...) {
		all = append(all, passed{t.ID, t.Depth})
	}
	list, err := json.Marshal(all)
	if err != nil {
		return ticket.Handover{}, err
	}
	rows := `SELECT b.ticket_id, b.keep, $2::uuid AS holder_id, $3::text AS email, $4::text AS email_key, $5::text AS first_name, $6::text AS last_name,
		$7::text AS search_key, $8::text AS first_key, $9::text AS fields, 'PASSED_ON' AS event FROM ` +
		db.Source(tx, "$1", "b", db.Column{Name: "ticket_id", Type: "uuid"}, db.Column{Name: "keep", Type: "bigint"})
	return ticket.Handover{
		Rows: rows, Giver: o.giver, PassedOn: true, PassOn: o.id, Reason: ReasonPassedOn,
		Args: []any{string(list), o.recipient, o.email, o.key, o.first, o.last, contact.Search(o.first, o.last), contact.Search("", o.first), o.fields.Text()},
	}, nil
}

// endOffers ends offers whose tickets are locked: these are what they were
// before, and the givers are told unless they did it themselves.
func (s *Service) endOffers(ctx context.Context, tx *db.Tx, ids []uuid.UUID, as term.PassOnState, cause ticket.Cause) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	tickets, err := suspended(ctx, tx, string(list))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE pass_ons SET state = $2::text, fields = '', closed_at = $3::timestamptz
		WHERE state = 'PENDING' AND `+db.Among(tx, "id", "$1"), string(list), string(as), cause.At); err != nil {
		return fmt.Errorf("end offers: %w", err)
	}
	if err := ticket.Resume(ctx, tx, cause, tickets); err != nil || as == term.PassOnStateCancelled {
		return err
	}
	return s.tellGivers(ctx, tx, ids, term.DocumentClassPassOnEnded, cause.At)
}

// suspended are the tickets that offers block: their own, and what goes along.
func suspended(ctx context.Context, tx *db.Tx, list string) ([]uuid.UUID, error) {
	among := db.Among(tx, "p.id", "$1")
	ids, err := db.Select(ctx, tx, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, `SELECT t.id FROM pass_ons p JOIN tickets t ON t.id = p.ticket_id WHERE `+among+` AND t.location = 'TRANSFER_PENDING'
		UNION SELECT t.id FROM pass_ons p JOIN tickets t ON t.parent_id = p.ticket_id AND t.holder_id = p.giver_id
		WHERE `+among+` AND t.location = 'TRANSFER_PENDING'
		AND NOT EXISTS (SELECT 1 FROM pass_ons o WHERE o.ticket_id = t.id AND o.state = 'PENDING') ORDER BY 1`, list)
	if err != nil {
		return nil, fmt.Errorf("find suspended tickets: %w", err)
	}
	return ids, nil
}

// telling is a mail about an offer.
type telling struct {
	PassOn uuid.UUID `json:"pass_on_id"`
	Mail   uuid.UUID `json:"mail_id"`
}

// tellGivers writes to each giver what became of his offer, at the address where
// he got the ticket.
func (s *Service) tellGivers(ctx context.Context, tx *db.Tx, ids []uuid.UUID, class term.DocumentClass, at time.Time) error {
	letters := make([]telling, len(ids))
	for i, id := range ids {
		letters[i] = telling{id, oid.New(oid.Mail)}
	}
	list, err := json.Marshal(letters)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, ticket_id, pass_on_id, recipient_id, point_of_sale_id,
		giver_id, class, language, state, address, address_key, name)
		SELECT x.mail_id, p.organisation_id, $2::timestamptz, p.ticket_id, p.id, p.giver_id, p.point_of_sale_id, p.recipient_id, $3::text,
			COALESCE(c.language, a.language, 'EN'), 'READY', l.email, lower(l.email), l.first_name || ' ' || l.last_name
		FROM `+db.Source(tx, "$1", "x", db.Column{Name: "pass_on_id", Type: "uuid"}, db.Column{Name: "mail_id", Type: "uuid"})+`
		JOIN pass_ons p ON p.id = x.pass_on_id JOIN contacts c ON c.id = p.giver_id JOIN holder_links l ON l.id = p.link_id
		LEFT JOIN point_of_sales a ON a.id = p.point_of_sale_id WHERE l.email <> ''
		ON CONFLICT DO NOTHING`, string(list), at, string(class))
	if err != nil {
		return fmt.Errorf("write the givers' mails: %w", err)
	}
	return nil
}

// expiring is how many offers end in one transaction.
const expiring = 500

// ExpireOffers ends the offers whose time is over; it says how many it
// looked at. Several
// processes may do it at once: each offer ends once.
func (s *Service) ExpireOffers(ctx context.Context) (int, error) {
	ctx = viewer.With(ctx, viewer.System("passOn"))
	total := 0
	for {
		n := 0
		err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			n, err = s.expireSome(ctx, tx)
			return err
		})
		total += n
		if err != nil || n < expiring {
			return total, err
		}
	}
}

func (s *Service) expireSome(ctx context.Context, tx *db.Tx) (int, error) {
	now := db.Moment(s.now())
	due, err := offerIDs(ctx, tx, fmt.Sprintf(`SELECT p.id FROM pass_ons p WHERE p.state = 'PENDING' AND p.expires_at <= $1::timestamptz
		ORDER BY p.expires_at, p.id LIMIT %d`, expiring), now)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	list, err := json.Marshal(due)
	if err != nil {
		return 0, err
	}
	if tx.Postgres() {
		among := db.Among(tx, "p.id", "$1")
		if _, err := tx.Exec(ctx, `SELECT t.id FROM tickets t WHERE t.id IN (SELECT p.ticket_id FROM pass_ons p WHERE `+among+`
			UNION SELECT c.id FROM tickets c JOIN pass_ons p ON c.parent_id = p.ticket_id WHERE `+among+`)
			ORDER BY t.id FOR NO KEY UPDATE OF t`, string(list)); err != nil {
			return 0, fmt.Errorf("lock tickets of offers: %w", err)
		}
	}
	// Another process may have ended some while this one waited for the lock.
	left, err := offerIDs(ctx, tx, "SELECT p.id FROM pass_ons p WHERE p.state = 'PENDING' AND "+db.Among(tx, "p.id", "$1"), string(list))
	if err != nil || len(left) == 0 {
		return len(due), err
	}
	cause := ticket.Cause{Via: term.HistoryViaSystem, At: now}
	return len(due), s.endOffers(ctx, tx, left, term.PassOnStateExpired, cause)
}

func offerIDs(ctx context.Context, tx *db.Tx, query string, arg any) ([]uuid.UUID, error) {
	ids, err := db.Select(ctx, tx, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, query, arg)
	if err != nil {
		return nil, fmt.Errorf("find offers whose time is over: %w", err)
	}
	return ids, nil
}
