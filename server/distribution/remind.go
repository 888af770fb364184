package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// reminderPause is how long a guest is left alone after a reminder of what the
// same giver gave him, whoever asks for the next.
const reminderPause = 24 * time.Hour

// Reminding is of which tickets guests are reminded: those listed, or all within
// a filter, of which the sender says how many he expects. Only tickets that were
// given and not fetched count.
type Reminding struct {
	Tickets  []uuid.UUID
	Filter   *ticket.Filter
	Expected int
	Sponsor  uuid.UUID
}

// Reminded is what came of it: of how many tickets, in how many mails, and how
// many guests were spared because they had been reminded lately.
type Reminded struct {
	ID                     uuid.UUID
	Tickets, Mails, Spared int
}

// Remind writes one mail to each guest who has not fetched what the sender gave
// him, in one transaction (ML-4).
func (s *Service) Remind(ctx context.Context, r Reminding) (Reminded, error) {
	from, err := s.admit(ctx, r.Sponsor)
	if err != nil {
		return Reminded{}, err
	}
	if err := (TakeBack{Tickets: r.Tickets, Filter: r.Filter, Expected: r.Expected}).Validate(); err != nil {
		return Reminded{}, err
	}
	var done Reminded
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: oid.New(oid.Reminder), At: s.now()})
		if err != nil {
			return err
		}
		if repeated {
			done, err = reminded(ctx, tx, id)
			return err
		}
		ids, err := r.among(ctx, tx, from)
		if err != nil {
			return err
		}
		n := reminder{id: id, organisation: from.organisation, sponsor: from.party, pointOfSale: from.pointOfSaleID(), language: term.LanguageEn}
		if from.pointOfSale != nil {
			n.language = from.pointOfSale.Language
		}
		list, err := json.Marshal(append([]uuid.UUID{}, ids...))
		if err != nil {
			return err
		}
		done, err = s.remind(ctx, tx, n, "l.giver_id = $1::uuid AND "+db.Among(tx, "t.id", "$2"), from.party, string(list))
		return err
	})
	return done, err
}

// among finds the tickets that are meant.
func (r Reminding) among(ctx context.Context, c db.Conn, from sender) ([]uuid.UUID, error) {
	yes, no := true, false
	f, most := ticket.Filter{Tickets: r.Tickets}, len(r.Tickets)
	if r.Filter != nil {
		f, most = *r.Filter, r.Expected+1
	}
	f.Distributed, f.Downloaded, f.Valid = &yes, &no, true
	ids, err := ticket.IDs(ctx, c, from.scope(), f, most)
	if err != nil {
		return nil, err
	}
	if r.Filter != nil && len(ids) != r.Expected {
		return nil, errs.New(errs.Stale, "The filter finds another number of tickets by now. Look at the list again.").At("expectedCount")
	}
	return ids, nil
}

// reminder is one sending of reminders.
type reminder struct {
	id, organisation, sponsor, pointOfSale, performance uuid.UUID
	hours                                               *int
	language                                            term.Language
}

// unfetched is somebody who has not fetched what a giver gave him.
type unfetched struct {
	ID        uuid.UUID `json:"id"`
	Recipient uuid.UUID `json:"recipient_id"`
	Giver     uuid.UUID `json:"giver_id"`
	Address   string    `json:"address"`
	Key       string    `json:"address_key"`
	Name      string    `json:"name"`
	tickets   int
	lately    bool
}

var unfetchedColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "recipient_id", Type: "uuid"}, {Name: "giver_id", Type: "uuid"},
	{Name: "address", Type: "text"}, {Name: "address_key", Type: "text"}, {Name: "name", Type: "text"},
}

// remind writes the mails of a reminder about the links l and tickets t of a
// condition, a mail per guest and giver; the caller's transaction holds it.
func (s *Service) remind(ctx context.Context, tx *db.Tx, n reminder, where string, args ...any) (Reminded, error) {
	people, err := s.unfetched(ctx, tx, where, args)
	if err != nil {
		return Reminded{}, err
	}
	done := Reminded{ID: n.id}
	var due []unfetched
	for _, p := range people {
		if p.lately {
			done.Spared++
			continue
		}
		done.Tickets += p.tickets
		due = append(due, p)
	}
	done.Mails = len(due)
	if err := s.keepReminder(ctx, tx, n, done); err != nil || len(due) == 0 {
		return done, err
	}
	list, err := json.Marshal(due)
	if err != nil {
		return done, err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, reminder_id, recipient_id, point_of_sale_id, giver_id, class, language,
		state, address, address_key, name)
		SELECT x.id, $2::uuid, $3::timestamptz, $4::uuid, x.recipient_id, $5::uuid, x.giver_id, 'TICKET_REMINDER', COALESCE(c.language, $6::text),
			'READY', x.address, x.address_key, x.name FROM `+db.Source(tx, "$1", "x", unfetchedColumns...)+` JOIN contacts c ON c.id = x.recipient_id`,
		string(list), n.organisation, db.Moment(s.now()), n.id, none(some(n.pointOfSale)), string(n.language)); err != nil {
		return done, fmt.Errorf("write reminders: %w", err)
	}
	return done, nil
}

// unfetched finds who has not fetched. The givers are locked first, so that two
// reminders at once do not both find that nobody was reminded lately.
func (s *Service) unfetched(ctx context.Context, tx *db.Tx, where string, args []any) ([]unfetched, error) {
	from := ` FROM tickets t JOIN holder_links l ON l.ticket_id = t.id AND l.depth = t.depth AND l.closed_at IS NULL AND l.holder_id = t.holder_id
		WHERE t.live AND t.state <> 'CONTROLLED' AND t.downloaded_at IS NULL AND t.location IN ('NONE', 'INJECTED') AND l.email <> '' AND NOT l.passed_on
		AND ` + where
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT c.id FROM contacts c WHERE c.id IN (SELECT l.giver_id"+from+") ORDER BY c.id FOR NO KEY UPDATE OF c", args...); err != nil {
			return nil, fmt.Errorf("lock givers: %w", err)
		}
	}
	since := fmt.Sprintf("$%d::timestamptz", len(args)+1)
	people, err := db.Select(ctx, tx, func(r *sql.Rows) (unfetched, error) {
		p := unfetched{ID: oid.New(oid.Mail)}
		var lately int
		err := r.Scan(&p.Recipient, &p.Giver, &p.Address, &p.Name, &p.tickets, &lately)
		p.Key, p.lately = contact.Key(p.Address), lately > 0
		return p, err
	}, `SELECT l.holder_id, l.giver_id, min(l.email), min(l.first_name || ' ' || l.last_name), count(*),
		(SELECT count(*) FROM mails r WHERE r.reminder_id IS NOT NULL AND r.giver_id = l.giver_id AND r.recipient_id = l.holder_id AND r.created_at > `+since+`)`+
		from+` GROUP BY l.holder_id, l.giver_id ORDER BY 3, 1`, append(append([]any(nil), args...), db.Moment(s.now().Add(-reminderPause)))...)
	if err != nil {
		return nil, fmt.Errorf("find who has not fetched: %w", err)
	}
	return people, nil
}

// keepReminder notes a reminder and what came of it.
func (s *Service) keepReminder(ctx context.Context, tx *db.Tx, n reminder, done Reminded) error {
	hours := any(nil)
	if n.hours != nil {
		hours = *n.hours
	}
	if _, err := tx.Exec(ctx, `INSERT INTO reminders (id, organisation_id, created_at, sponsor_id, point_of_sale_id, performance_id, hours, tickets, mails, spared)
		VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5::uuid, $6::uuid, $7::bigint, $8::bigint, $9::bigint, $10::bigint)`,
		n.id, n.organisation, db.Moment(s.now()), none(some(n.sponsor)), none(some(n.pointOfSale)), none(some(n.performance)), hours,
		done.Tickets, done.Mails, done.Spared); err != nil {
		return fmt.Errorf("note a reminder: %w", err)
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: n.organisation, Verb: "distribution.remind", Object: n.id,
		Detail: map[string]any{"tickets": done.Tickets, "mails": done.Mails, "spared": done.Spared, "hours": hours},
	})
}

// reminded reads what came of a reminder.
func reminded(ctx context.Context, c db.Conn, id uuid.UUID) (Reminded, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (Reminded, error) {
		d := Reminded{ID: id}
		return d, r.Scan(&d.Tickets, &d.Mails, &d.Spared)
	}, "SELECT tickets, mails, spared FROM reminders WHERE id = $1::uuid", id)
	if err != nil || len(all) == 0 {
		return Reminded{}, err
	}
	return all[0], nil
}
