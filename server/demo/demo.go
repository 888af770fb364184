// Package demo fills an empty store with two invented houses: FC Granval, a
// football club with a stadium of 22,000 seats and twelve sponsors, and the
// Théâtre des Roches, which must never see any of it.
//
// The demo is made of the same rows as real work: tickets are created and given
// by package ticket, and every later step of their lives is one entry of their
// history and one version (D-1 … D-3), so that the present can be derived from
// it. Ids, numbers, codes, names and choices follow from a constant; barcodes
// and passwords' salts do not (D-6). Dates follow from Options.Now.
package demo

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/server/account"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Password is what all of the demo's users sign in with unless told otherwise.
const Password = "une-place-pour-tous"

// MaxTickets is how many tickets a demo may have.
const MaxTickets = 1_000_000

// Options say how the demo is made.
type Options struct {
	// Tickets is how many tickets there shall be at least; 0 for the standard
	// demo, MaxTickets at most.
	Tickets int
	// Now is the present that past and coming dates are counted from.
	Now time.Time
	// Password is everybody's, 12 to 128 characters; empty for the constant.
	Password string
}

// SignIn is a user of the demo.
type SignIn struct {
	Email, Organisation string
	Role                term.Role
	// What says whose eyes these are.
	What string
}

// Summary is what there is now.
type Summary struct {
	Organisations, Sponsors, Contacts, Seats, Performances, Tickets, HistoryEntries, Executions, Mails int
	// Password is everybody's.
	Password string
	SignIns  []SignIn
}

// Validate refuses options out of bounds.
func (o Options) Validate() error {
	if o.Tickets < 0 || o.Tickets > MaxTickets {
		return errs.New(errs.Invalid, "A demo has 0 to %d tickets. Choose another number.", MaxTickets).At("tickets")
	}
	if n := utf8.RuneCountInString(o.Password); o.Password != "" && (n < account.MinPassword || n > account.MaxPassword) {
		return errs.New(errs.Invalid, "The demo's password has %d to %d characters. Choose another one.", account.MinPassword, account.MaxPassword).At("password")
	}
	if o.Now.IsZero() {
		return errs.New(errs.Invalid, "The demo needs to know what time it is.").At("now")
	}
	return nil
}

// Seed makes the demo. The standard demo is one transaction; what Options.Tickets
// asks for beyond it follows in transactions of 5,000 tickets. CONFLICT when the
// store holds the demo, or a part of it, already.
func Seed(ctx context.Context, store *db.DB, accounts *account.Service, o Options) (Summary, error) {
	if err := o.Validate(); err != nil {
		return Summary{}, err
	}
	if o.Password == "" {
		o.Password = Password
	}
	ctx = viewer.With(ctx, viewer.System("demo"))
	hash, err := accounts.Hash(ctx, o.Password)
	if err != nil {
		return Summary{}, fmt.Errorf("hash the demo's password: %w", err)
	}
	var made *seeder
	err = store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		made = newSeeder(tx, db.Moment(o.Now), hash)
		return made.standard(ctx)
	})
	if err != nil {
		return Summary{}, err
	}
	if err := made.club.grow(ctx, store, o.Tickets); err != nil {
		return Summary{}, err
	}
	return made.summary(ctx, store, o.Password)
}

// seeder makes one demo.
type seeder struct {
	tx   *db.Tx
	now  time.Time
	hash string
	rng  *rand.Rand
	// made counts the ids made so far; they rise.
	made uint64
	// rows wait to be written, by table.
	rows map[string]*waiting
	// broken is what could not be put.
	broken  error
	signIns []SignIn
	club    *tenant
}

func newSeeder(tx *db.Tx, now time.Time, hash string) *seeder {
	return &seeder{tx: tx, now: now, hash: hash, rng: rand.New(rand.NewPCG(2026, 11)), rows: map[string]*waiting{}} //nolint:gosec // not a secret: the demo must repeat
}

// standard makes both houses.
func (s *seeder) standard(ctx context.Context) error {
	if err := s.refuseSecond(ctx); err != nil {
		return err
	}
	institution, err := s.institution(ctx)
	if err != nil {
		return err
	}
	for _, make := range []func(context.Context, uuid.UUID) (*tenant, error){s.makeClub, s.makeTheatre} {
		t, err := make(ctx, institution)
		if err != nil {
			return err
		}
		if err := t.takeNumbers(ctx); err != nil {
			return err
		}
		maps.Copy(t.told, t.numbers)
		if s.club == nil {
			s.club = t
		}
		entry := audit.Entry{Organisation: t.id, Verb: "demo.seed", Object: t.id}
		if err := audit.Write(ctx, s.tx, s.now, entry); err != nil {
			return err
		}
	}
	return nil
}

// refuseSecond refuses to mix the demo with what is there.
func (s *seeder) refuseSecond(ctx context.Context) error {
	n, err := db.Get[int](ctx, s.tx, "SELECT count(*) FROM organisations WHERE code IN ($1::text, $2::text)", clubCode, theatreCode)
	if err != nil {
		return fmt.Errorf("look for a demo: %w", err)
	}
	if n > 0 {
		return errs.New(errs.Conflict, "The demo is there already. Use another data folder or database for a new one.")
	}
	return nil
}

// institution finds the deployment's institution, or makes it.
func (s *seeder) institution(ctx context.Context) (uuid.UUID, error) {
	id, err := db.Get[uuid.UUID](ctx, s.tx, "SELECT id FROM institutions WHERE code = $1::text", "fcg")
	if err == nil {
		return id, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return id, fmt.Errorf("look for the institution: %w", err)
	}
	id = s.id(oid.Institution)
	s.put("institutions", id, s.now, "fcg", "Granval Spectacles")
	return id, nil
}

// takeNumbers tells the sequences which numbers were used since they were told
// last (D-9).
func (t *tenant) takeNumbers(ctx context.Context) error {
	for kind, used := range t.numbers {
		first, err := contact.Numbers(ctx, t.tx, t.id, kind, int(used-t.told[kind]))
		if err != nil {
			return err
		}
		if want := firstNumber + t.told[kind]; first != want {
			return fmt.Errorf("numbers for %s begin at %d instead of %d", kind, first, want)
		}
	}
	return nil
}

func (s *seeder) summary(ctx context.Context, store *db.DB, password string) (Summary, error) {
	sum := Summary{Password: password, SignIns: s.signIns}
	for table, count := range map[string]*int{
		"organisations": &sum.Organisations, "contacts": &sum.Contacts, "seats": &sum.Seats, "performances": &sum.Performances,
		"tickets": &sum.Tickets, "history_entries": &sum.HistoryEntries, "executions": &sum.Executions, "mails": &sum.Mails,
	} {
		n, err := db.Get[int](ctx, store, "SELECT count(*) FROM "+table)
		if err != nil {
			return sum, fmt.Errorf("count %s: %w", table, err)
		}
		*count = n
	}
	var err error
	sum.Sponsors, err = db.Get[int](ctx, store, "SELECT count(*) FROM contacts WHERE kind = 'STRUCTURE'")
	if err != nil {
		return sum, fmt.Errorf("count sponsors: %w", err)
	}
	return sum, nil
}
