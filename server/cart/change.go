package cart

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/ticket"
)

// Addition is what is put into a cart: tickets by name, or a number of tickets
// within a filter, which the engine picks side by side (CA-2).
type Addition struct {
	Tickets  []uuid.UUID
	Filter   *ticket.Filter
	Quantity int
}

// Added says what came of an addition.
type Added struct {
	Added int
	// Elsewhere are tickets that lie in a cart of the structure already, Refused
	// those that can neither be given nor taken back.
	Elsewhere, Refused int
}

// Add puts tickets into a cart: those that remain, and those that somebody has
// from whom they can be taken back (CA-3).
func (s *Service) Add(ctx context.Context, owner uuid.UUID, a Addition) (Added, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return Added{}, err
	}
	chosen, err := s.choose(ctx, a)
	if err != nil {
		return Added{}, err
	}
	scope, err := s.distribution.Sight(ctx, uuid.Nil)
	if err != nil {
		return Added{}, err
	}
	facts, err := ticket.FactsByID(ctx, s.store, scope, chosen)
	if err != nil {
		return Added{}, err
	}
	var lines []line
	for _, id := range chosen {
		f := facts[id]
		if f == nil || f.Held() && !scope.TakeBack.Ask(f.Question()).Allowed || distribution.Blocked(*f, s.now()) != "" {
			continue
		}
		lines = append(lines, line{ID: oid.New(oid.CartLine), Ticket: id, Move: f.Move})
	}
	result := Added{Refused: len(chosen) - len(lines)}
	n, err := s.insert(ctx, u, owner, lines)
	result.Added, result.Elsewhere = n, len(lines)-n
	return result, err
}

// line is a line as it is stored.
type line struct {
	ID     uuid.UUID `json:"id"`
	Ticket uuid.UUID `json:"ticket_id"`
	Move   int64     `json:"move"`
}

var lineColumns = []db.Column{{Name: "id", Type: "uuid"}, {Name: "ticket_id", Type: "uuid"}, {Name: "move", Type: "bigint"}}

func (s *Service) insert(ctx context.Context, u user, owner uuid.UUID, lines []line) (int, error) {
	list, err := json.Marshal(lines)
	if err != nil || len(lines) == 0 {
		return 0, err
	}
	var n int64
	err = s.change(ctx, u, owner, "cart.add", len(lines), func(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
		n, err = tx.Exec(ctx, `INSERT INTO cart_lines (id, organisation_id, sponsor_id, cart_id, ticket_id, move, added_at)
			SELECT n.id, $2::uuid, $3::uuid, $4::uuid, n.ticket_id, n.move, $5::timestamptz FROM `+db.Source(tx, "$1", "n", lineColumns...)+`
			WHERE true ON CONFLICT (sponsor_id, ticket_id) DO NOTHING`, string(list), u.organisation, u.party, id, db.Moment(s.now()))
		if err != nil {
			return fmt.Errorf("add lines: %w", err)
		}
		held, err := db.Get[int](ctx, tx, "SELECT count(*) FROM cart_lines WHERE cart_id = $1::uuid", id)
		if err == nil && held > MaxLines {
			return errs.New(errs.LimitExceeded, "A cart holds at most %d tickets. Validate some of them first.", MaxLines)
		}
		return err
	})
	return int(n), err
}

// choose finds the tickets of an addition.
func (s *Service) choose(ctx context.Context, a Addition) ([]uuid.UUID, error) {
	switch {
	case (len(a.Tickets) > 0) == (a.Filter != nil):
		return nil, errs.New(errs.Invalid, "Name the tickets, or give a filter and how many: one of the two.").At("ticketIds")
	case len(a.Tickets) > MaxLines || a.Quantity > MaxLines:
		return nil, errs.New(errs.Invalid, "A cart holds at most %d tickets.", MaxLines).At("ticketIds")
	case a.Filter == nil:
		return a.Tickets, nil
	case a.Quantity <= 0:
		return nil, errs.New(errs.Invalid, "Say how many tickets you want.").At("quantity")
	}
	if err := a.Filter.Validate(); err != nil {
		return nil, err
	}
	scope, err := s.distribution.Sight(ctx, uuid.Nil)
	if err != nil {
		return nil, err
	}
	free, out := false, false
	a.Filter.Distributed, a.Filter.InCart, a.Filter.Valid = &free, &out, true
	places, err := ticket.Places(ctx, s.store, scope, *a.Filter, MaxLines)
	if err != nil {
		return nil, err
	}
	chosen := neighbours(places, a.Quantity)
	if len(chosen) < a.Quantity {
		return nil, errs.New(errs.Conflict, "Only %d of these tickets remain; you asked for %d.", len(chosen), a.Quantity).At("quantity")
	}
	return chosen, nil
}

// Remove takes lines out of a cart; what is no line of it is passed over.
func (s *Service) Remove(ctx context.Context, owner uuid.UUID, lines []uuid.UUID) (int, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return 0, err
	}
	list, err := listed(lines)
	if err != nil {
		return 0, err
	}
	var n int64
	err = s.change(ctx, u, owner, "cart.remove", len(lines), func(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
		n, err = tx.Exec(ctx, "DELETE FROM cart_lines WHERE cart_id = $2::uuid AND "+db.Among(tx, "id", "$1"), list, id)
		return found(n, err)
	})
	return int(n), err
}

// Guest is whom a line's ticket is for.
type Guest struct {
	// Entry is the guest's entry in the address book, if he is from there.
	Entry              uuid.UUID
	Email, First, Last string
	Fields             distribution.Fields
}

// Assignment gives the ticket of a line to a guest, or back to the sender
// (*assign to me*, CA-3), or with neither to nobody.
type Assignment struct {
	Line  uuid.UUID
	Guest Guest
	ToMe  bool
}

// assigned is an assignment as it is stored.
type assigned struct {
	ID     uuid.UUID  `json:"id"`
	ToMe   bool       `json:"to_me"`
	Entry  *uuid.UUID `json:"entry_id"`
	Email  string     `json:"email"`
	Key    string     `json:"email_key"`
	First  string     `json:"first_name"`
	Last   string     `json:"last_name"`
	Fields string     `json:"fields"`
}

var assignedColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "to_me", Type: "boolean"}, {Name: "entry_id", Type: "uuid"}, {Name: "email", Type: "text"},
	{Name: "email_key", Type: "text"}, {Name: "first_name", Type: "text"}, {Name: "last_name", Type: "text"}, {Name: "fields", Type: "text"},
}

// Assign says for lines of a cart whom their tickets are for.
func (s *Service) Assign(ctx context.Context, owner uuid.UUID, all []Assignment) (int, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 || len(all) > MaxLines {
		return 0, errs.New(errs.Invalid, "A call assigns 1 to %d lines; this one assigns %d.", MaxLines, len(all)).At("assignments")
	}
	rows := make([]assigned, len(all))
	for i, a := range all {
		if rows[i], err = a.stored(i); err != nil {
			return 0, err
		}
	}
	if err := s.own(ctx, u, all); err != nil {
		return 0, err
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return 0, err
	}
	var n int64
	err = s.change(ctx, u, owner, "cart.assign", len(all), func(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
		n, err = tx.Exec(ctx, `UPDATE cart_lines SET to_me = n.to_me, entry_id = n.entry_id, email = n.email, email_key = n.email_key,
			first_name = n.first_name, last_name = n.last_name, fields = n.fields
			FROM `+db.Source(tx, "$1", "n", assignedColumns...)+` WHERE cart_lines.cart_id = $2::uuid AND cart_lines.id = n.id`, string(list), id)
		return found(n, err)
	})
	return int(n), err
}

// own refuses entries that are not of the viewer's own address book.
func (s *Service) own(ctx context.Context, u user, all []Assignment) error {
	var ids []uuid.UUID
	seen := map[uuid.UUID]bool{uuid.Nil: true}
	for _, a := range all {
		if id := a.Guest.Entry; !seen[id] {
			seen[id], ids = true, append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	n, err := db.Get[int](ctx, s.store, "SELECT count(*) FROM address_book_entries WHERE user_id = $2::uuid AND "+
		db.Among(s.store, "id", "$1"), string(list), u.id)
	if err != nil {
		return fmt.Errorf("look for entries of the address book: %w", err)
	}
	if n != len(ids) {
		return errs.Missing("entry")
	}
	return nil
}

func (a Assignment) stored(i int) (assigned, error) {
	r := assigned{ID: a.Line, ToMe: a.ToMe, Fields: a.Guest.Fields.Text()}
	if a.ToMe {
		return r, nil
	}
	at := []string{"assignments", fmt.Sprint(i)}
	if a.Guest.Email != "" && !contact.ValidEmail(a.Guest.Email) {
		return r, errs.New(errs.Invalid, "%q cannot be an e-mail address.", a.Guest.Email).At(append(at, "email")...)
	}
	if len([]rune(a.Guest.First)) > 200 || len([]rune(a.Guest.Last)) > 200 {
		return r, errs.New(errs.Invalid, "A name has at most 200 characters.").At(append(at, "lastName")...)
	}
	r.Email, r.Key, r.First, r.Last = a.Guest.Email, contact.Key(a.Guest.Email), a.Guest.First, a.Guest.Last
	if a.Guest.Entry != uuid.Nil {
		r.Entry = &a.Guest.Entry
	}
	return r, nil
}

// change runs a change of a cart in one transaction, once for a repeated call,
// and notes it in the audit log.
func (s *Service) change(ctx context.Context, u user, owner uuid.UUID, verb string, lines int, do func(context.Context, *db.Tx, uuid.UUID) error) error {
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{At: s.now()}); err != nil || repeated {
			return err
		}
		id, err := s.hold(ctx, tx, u, owner)
		if err != nil {
			return err
		}
		if err := do(ctx, tx, id); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: u.organisation, Verb: verb, Object: id, Detail: map[string]any{"lines": lines, "ofColleague": owner != uuid.Nil && owner != u.id},
		})
	})
}

// found refuses a change of lines that are all not there.
func found(n int64, err error) error {
	if err == nil && n == 0 {
		return errs.Missing("line")
	}
	return err
}

func listed(ids []uuid.UUID) (string, error) {
	if len(ids) == 0 || len(ids) > MaxLines {
		return "", errs.New(errs.Invalid, "Name 1 to %d lines.", MaxLines).At("lineIds")
	}
	list, err := json.Marshal(ids)
	return string(list), err
}
