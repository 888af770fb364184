package cart

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
)

// Entry is a guest in the viewer's own address book (CA-2).
type Entry struct {
	ID                 uuid.UUID
	Email, First, Last string
	Company, Note      string
	Fields             distribution.Fields
	// Key sorts by last name, first name.
	Key string
	// Linked says whether he ever got a ticket from here.
	Linked bool
}

// maxEntries bounds an address book.
const maxEntries = 20_000

const entryQuery = `SELECT id, email, first_name, last_name, company, note, fields, search_key, contact_id
	FROM address_book_entries WHERE user_id = $1::uuid`

func scanEntry(r *sql.Rows) (Entry, error) {
	var e Entry
	var fields string
	var linked uuid.NullUUID
	err := r.Scan(&e.ID, &e.Email, &e.First, &e.Last, &e.Company, &e.Note, &fields, &e.Key, &linked)
	e.Fields, e.Linked = distribution.FieldsFrom(fields), linked.Valid
	return e, err
}

// Book lists the viewer's address book by name; search is how last name, first
// name or address begin.
func (s *Service) Book(ctx context.Context, search, after string, id uuid.UUID, limit int) ([]Entry, error) {
	u, err := s.admit(ctx, false)
	if err != nil {
		return nil, err
	}
	where, args := beginning(search, []any{u.id, after, id})
	query := entryQuery + " AND (search_key, id) > ($2::text, $3::uuid)" + where
	entries, err := db.Select(ctx, s.store, scanEntry, query+fmt.Sprintf(" ORDER BY search_key, id LIMIT %d", limit), args...)
	if err != nil {
		return nil, fmt.Errorf("read the address book: %w", err)
	}
	return entries, nil
}

// CountBook counts the viewer's entries that begin like that.
func (s *Service) CountBook(ctx context.Context, search string) (int, error) {
	u, err := s.admit(ctx, false)
	if err != nil {
		return 0, err
	}
	where, args := beginning(search, []any{u.id})
	return db.Get[int](ctx, s.store, "SELECT count(*) FROM address_book_entries WHERE user_id = $1::uuid"+where, args...)
}

// beginning is the condition on entries of which a name or the address begins so.
func beginning(search string, args []any) (string, []any) {
	key := contact.Key(search)
	if key == "" {
		return "", args
	}
	low, high := fmt.Sprintf("$%d::text", len(args)+1), fmt.Sprintf("$%d::text", len(args)+2)
	part := func(column string) string { return column + " >= " + low + " AND " + column + " < " + high }
	return " AND (" + part("search_key") + " OR " + part("email_key") + " OR " + part("lower(first_name)") + ")",
		append(args, key, key+"\U0010FFFF")
}

// Save writes an entry of the viewer's address book: with an id that one, without
// one a new one, or the one that has the address already.
func (s *Service) Save(ctx context.Context, e Entry) (*Entry, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return nil, err
	}
	if err := e.validate(); err != nil {
		return nil, err
	}
	fresh := e.ID == uuid.Nil
	if fresh {
		e.ID = oid.New(oid.AddressBookEntry)
	}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		first, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: e.ID, At: s.now()})
		if err != nil || repeated {
			e.ID = first
			return err
		}
		if e.ID, err = s.write(ctx, tx, u, e, fresh); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{Organisation: u.organisation, Verb: "addressBook.save", Object: e.ID, Detail: map[string]any{"new": fresh}})
	})
	if err != nil {
		return nil, err
	}
	saved, err := db.Select(ctx, s.store, scanEntry, entryQuery+" AND id = $2::uuid", u.id, e.ID)
	if err != nil || len(saved) == 0 {
		return nil, errs.Missing("entry").Because(err)
	}
	return &saved[0], nil
}

func (s *Service) write(ctx context.Context, tx *db.Tx, u user, e Entry, fresh bool) (uuid.UUID, error) {
	args := []any{
		e.ID, u.id, e.Email, contact.Key(e.Email), e.First, e.Last, e.Company, e.Note,
		contact.Search(e.First, e.Last), e.Fields.Text(),
	}
	const set = ` email = $3::text, email_key = $4::text, first_name = $5::text, last_name = $6::text, company = $7::text,
		note = $8::text, search_key = $9::text, fields = $10::text`
	if !fresh {
		taken, err := db.Get[int](ctx, tx, "SELECT count(*) FROM address_book_entries WHERE user_id = $1::uuid AND email_key = $2::text AND id <> $3::uuid",
			u.id, contact.Key(e.Email), e.ID)
		if err != nil {
			return e.ID, err
		}
		if taken > 0 {
			return e.ID, errs.New(errs.Conflict, "Another entry of your address book has this address.").At("email")
		}
		n, err := tx.Exec(ctx, "UPDATE address_book_entries SET"+set+" WHERE id = $1::uuid AND user_id = $2::uuid", args...)
		if err == nil && n == 0 {
			return e.ID, errs.Missing("entry")
		}
		return e.ID, err
	}
	held, err := db.Get[int](ctx, tx, "SELECT count(*) FROM address_book_entries WHERE user_id = $1::uuid", u.id)
	if err != nil {
		return e.ID, err
	}
	if held >= maxEntries {
		return e.ID, errs.New(errs.LimitExceeded, "An address book holds at most %d entries.", maxEntries)
	}
	return db.Get[uuid.UUID](ctx, tx, `INSERT INTO address_book_entries (id, user_id, email, email_key, first_name, last_name, company, note,
		search_key, fields, organisation_id, created_at)
		VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::uuid, $12::timestamptz)
		ON CONFLICT (user_id, email_key) DO UPDATE SET`+set+" RETURNING id", append(args, u.organisation, db.Moment(s.now()))...)
}

func (e Entry) validate() error {
	if !contact.ValidEmail(e.Email) {
		return errs.New(errs.Invalid, "%q cannot be an e-mail address.", e.Email).At("email")
	}
	if strings.TrimSpace(e.First) == "" || strings.TrimSpace(e.Last) == "" {
		return errs.New(errs.Invalid, "A guest needs a first and a last name.").At("lastName")
	}
	if len([]rune(e.First)) > 200 || len([]rune(e.Last)) > 200 || len([]rune(e.Company)) > 200 || len([]rune(e.Note)) > 500 {
		return errs.New(errs.Invalid, "Names have at most 200 characters, notes 500.")
	}
	return nil
}

// Forget deletes entries of the viewer's address book; what is none of his is
// passed over. Tickets that were given stay where they are.
func (s *Service) Forget(ctx context.Context, ids []uuid.UUID) (int, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return 0, err
	}
	list, err := listed(ids)
	if err != nil {
		return 0, err
	}
	var n int64
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if n, err = tx.Exec(ctx, "DELETE FROM address_book_entries WHERE user_id = $2::uuid AND "+db.Among(tx, "id", "$1"), list, u.id); err != nil {
			return fmt.Errorf("delete entries: %w", err)
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{Organisation: u.organisation, Verb: "addressBook.delete", Detail: map[string]any{"entries": n}})
	})
	return int(n), err
}
