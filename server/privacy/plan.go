package privacy

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
)

// Effect is what anonymising a person does, or did.
type Effect struct {
	// Tickets and Links lose his name and address; Rows are rows of executions,
	// Files the workbooks in which they were sent, which are deleted.
	Tickets, Links, Rows, Files int
	// Mails lose their addressee, and those that have not left are not sent.
	Mails int
	// Entries of address books are deleted, Lines of carts lose their guest.
	Entries, Lines int
	// Account says that he can sign in, which ends; Audit is how many entries of the
	// audit log forget his name and network address.
	Account bool
	Audit   int
	// Contact says that his own contact still holds something.
	Contact bool
	// Obstacles say why it cannot be done now.
	Obstacles []*errs.Error
}

// Needed says that there is something to be done.
func (e *Effect) Needed() bool {
	return e.Contact || e.Account || e.Tickets+e.Links+e.Rows+e.Files+e.Mails+e.Entries+e.Lines+e.Audit > 0
}

// Plan says what anonymising the person would do, and what stands against it. It
// changes nothing.
func (s *Service) Plan(ctx context.Context, id uuid.UUID) (*Effect, error) {
	if _, err := permit(ctx); err != nil {
		return nil, err
	}
	who, err := s.load(ctx, s.store, s.store.Client, id)
	if err != nil {
		return nil, err
	}
	return s.effect(ctx, s.store, who)
}

func (s *Service) effect(ctx context.Context, c db.Conn, who subject) (*Effect, error) {
	e := &Effect{Contact: who.AnonymisedAt == nil}
	into := map[string]*int{
		"file": &e.Files, "row": &e.Rows, "loser": &e.Rows, "ticket": &e.Tickets, "link": &e.Links, "mail": &e.Mails, "entry": &e.Entries, "line": &e.Lines,
	}
	for _, p := range parts(c) {
		if into[p.name] == nil {
			continue
		}
		n, err := p.count(ctx, c, who)
		if err != nil {
			return nil, err
		}
		*into[p.name] += n
	}
	var err error
	if who.user != uuid.Nil {
		if e.Audit, err = audit.Named(ctx, c, who.OrganisationID, who.user); err != nil {
			return nil, fmt.Errorf("count his entries of the audit log: %w", err)
		}
		active, err := db.Get[bool](ctx, c, "SELECT active FROM users WHERE id = $1::uuid", who.user)
		if err != nil {
			return nil, fmt.Errorf("read his account: %w", err)
		}
		e.Account = active
	}
	e.Obstacles, err = s.obstacles(ctx, c, who)
	return e, err
}

// toCome is the condition that ticket t may still let somebody in: that of a day
// which is over, of a card that has run out, or that was used, may not.
const toCome = `t.live AND t.state <> 'CONTROLLED' AND COALESCE(p.starts_at, t.valid_until, $2::timestamptz) >= $2::timestamptz`

// obstacles say why the person cannot be anonymised now.
func (s *Service) obstacles(ctx context.Context, c db.Conn, who subject) ([]*errs.Error, error) {
	var all []*errs.Error
	for _, o := range []struct {
		query string
		args  []any
		says  func(n int) *errs.Error
	}{
		{`SELECT count(*) FROM tickets t LEFT JOIN performances p ON p.id = t.performance_id WHERE ` + toCome + ` AND (t.owner_id = $1::uuid AND t.holder_id IS NULL
			OR t.id IN (SELECT l.ticket_id FROM holder_links l WHERE l.holder_id = $1::uuid AND l.closed_at IS NULL))`, []any{who.ID, db.Moment(s.now())}, func(n int) *errs.Error {
			return errs.New(errs.Conflict, "This person has %d tickets that are still to come. Take them back, or wait until they are over.", n)
		}},
		{"SELECT count(*) FROM pass_ons WHERE recipient_id = $1::uuid AND state = 'PENDING'", []any{who.ID}, func(n int) *errs.Error {
			return errs.New(errs.Conflict, "Somebody offers this person %d tickets. Wait until that has ended.", n)
		}},
		{`SELECT count(*) FROM executions e WHERE e.organisation_id = $2::uuid AND e.ended_at IS NULL AND EXISTS (
			SELECT 1 FROM execution_rows x WHERE x.execution_id = e.id AND x.contact_id = $1::uuid)`, []any{who.ID, who.OrganisationID}, func(n int) *errs.Error {
			return errs.New(errs.Conflict, "%d executions that have not ended are about this person. Wait for them, or cancel them.", n)
		}},
		{"SELECT count(*) FROM relays WHERE individual_id = $1::uuid", []any{who.ID}, func(n int) *errs.Error {
			return errs.New(errs.Conflict, "This person acts for %d structures. Take that away first.", n)
		}},
	} {
		n, err := db.Get[int](ctx, c, o.query, o.args...)
		if err != nil {
			return nil, fmt.Errorf("look for what stands against it: %w", err)
		}
		if n > 0 {
			all = append(all, o.says(n))
		}
	}
	return all, nil
}

// against is the first obstacle as an error; nil when there is none.
func (e *Effect) against() error {
	if len(e.Obstacles) == 0 {
		return nil
	}
	return e.Obstacles[0]
}

var errNothing = errors.New("nothing is left to be forgotten")
