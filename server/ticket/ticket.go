// Package ticket is the only writer of tickets: their state machine (D-1),
// their place in the world (D-2), their history (D-3) and their barcodes (D-6,
// D-7). It also owns the one place where it is said in SQL which tickets are
// within somebody's reach (DI-6); lists, counts, exports and plans all use it.
//
// Every change of a ticket raises its version by one and appends one entry to
// its history, so that a ticket's present can be derived from its history.
package ticket

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/viewer"
)

// barcodeBytes is 100 random bits, rounded up; D-6 asks for 64 at least.
const barcodeBytes = 13

var barcodeAlphabet = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// NewBarcode makes a barcode from the system's random generator (D-6).
func NewBarcode() string {
	var raw [barcodeBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the process instead
	return barcodeAlphabet.EncodeToString(raw[:])
}

// Mark is what the history keeps of a barcode: enough to prove which one it
// was, too little to enter with.
func Mark(barcode string) string {
	sum := sha256.Sum256([]byte(barcode))
	return hex.EncodeToString(sum[:])
}

// Cause is who does something to tickets, and how.
type Cause struct {
	Organisation uuid.UUID
	Via          term.HistoryVia
	User         uuid.UUID
	Actor        string
	ActorContact uuid.UUID
	Execution    uuid.UUID
	At           time.Time
}

// none turns the zero id into SQL's null.
func none(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}

// PlaceKey sorts tickets by performance and place: numbers within names sort as
// numbers.
func PlaceKey(startsAt *time.Time, area, row, seat string, number int64) string {
	start := "~"
	if startsAt != nil {
		start = startsAt.UTC().Format("20060102T1504")
	}
	return fmt.Sprintf("%s|%s|%s|%s|%010d", start, padded(area), padded(row), padded(seat), number)
}

// padded writes the digits of a name six wide, so that text order is number order.
func padded(name string) string {
	var out strings.Builder
	digits := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] >= '0' && name[i] <= '9' {
			digits++
			continue
		}
		if digits > 0 {
			out.WriteString(strings.Repeat("0", max(0, 6-digits)))
			out.WriteString(name[i-digits : i])
			digits = 0
		}
		if i < len(name) {
			out.WriteByte(name[i])
		}
	}
	return out.String()
}

// Scope is whose tickets are looked at: one party's, or with Everything those
// of the whole organisation. It is made by the code that knows the viewer.
type Scope struct {
	Organisation uuid.UUID
	// Party is the structure or individual in whose reach the tickets are.
	Party uuid.UUID
	// Everything is for the back office and jobs.
	Everything bool
	// TakeBack is by which rules whoever looks may take tickets back; zero for none.
	TakeBack reclaim.Rules
}

// ScopeOf is what the viewer may look at: portal users their own side's tickets,
// staff the organisation's, or with a sponsor that sponsor's. Others nothing.
func ScopeOf(ctx context.Context, sponsor uuid.UUID) (Scope, error) {
	v, ok := viewer.From(ctx)
	if !ok {
		return Scope{}, errs.New(errs.Unauthenticated, "Sign in first.")
	}
	scope := Scope{Organisation: uuid.UUID(v.Organisation), Party: sponsor}
	switch {
	case v.InPortal():
		if sponsor != uuid.Nil && sponsor != uuid.UUID(v.Party()) {
			return Scope{}, errs.Missing("sponsor")
		}
		scope.Party = uuid.UUID(v.Party())
	case term.Role(v.Role).Staff() && scope.Organisation != uuid.Nil:
		scope.Everything = sponsor == uuid.Nil
	default:
		return Scope{}, errs.New(errs.Forbidden, "You may not look at tickets. Ask the organiser for access.")
	}
	return scope, nil
}

// statement gathers the text of a query and its arguments.
type statement struct {
	text strings.Builder
	args []any
}

func (s *statement) add(text string) { s.text.WriteString(text) }

// arg adds an argument and gives its name in the text.
func (s *statement) arg(value any, kind string) string {
	s.args = append(s.args, value)
	return fmt.Sprintf("$%d::%s", len(s.args), kind)
}

func (s *statement) ids(ids []uuid.UUID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = s.arg(id, "uuid")
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// reach writes the predicate of the scope on tickets t (DI-6).
func (s *statement) reach(scope Scope) {
	s.add("t.organisation_id = " + s.arg(scope.Organisation, "uuid"))
	if scope.Everything {
		return
	}
	party := s.arg(scope.Party, "uuid")
	s.add(" AND (t.owner_id = " + party + " OR t.id IN (SELECT ticket_id FROM holder_links WHERE holder_id = " +
		party + " AND closed_at IS NULL))")
}

// held writes the condition that somebody else than who looks has ticket t.
func (s *statement) held(scope Scope) string {
	if scope.Everything {
		return "t.holder_id IS NOT NULL"
	}
	return "(t.holder_id IS NOT NULL AND t.holder_id <> " + s.arg(scope.Party, "uuid") + ")"
}

// keep writes how deep who looks stands in the chain of a ticket: 0 for its owner.
func (s *statement) keep(scope Scope) func(string) string {
	if scope.Everything {
		return func(string) string { return "0" }
	}
	party := ""
	return func(t string) string {
		if party == "" {
			party = s.arg(scope.Party, "uuid")
		}
		return "COALESCE((SELECT max(k.depth) FROM holder_links k WHERE k.ticket_id = " + t + ".id AND k.holder_id = " +
			party + " AND k.closed_at IS NULL), 0)"
	}
}

// possible writes the condition that who looks may take ticket t back (TB-2).
func (s *statement) possible(scope Scope) string {
	if scope.TakeBack.Actor == reclaim.Nobody {
		return "1 = 0" // and no argument that nothing looks at
	}
	return scope.TakeBack.Possible(reclaim.Terms{
		Held: s.held(scope), Keep: s.keep(scope), At: func(t time.Time) string { return s.arg(t, "timestamptz") },
	})
}

// inCart writes the condition that ticket t lies in a cart of who looks (CA-1).
func (s *statement) inCart(scope Scope) string {
	of := ""
	if !scope.Everything {
		of = " AND b.sponsor_id = " + s.arg(scope.Party, "uuid")
	}
	return "EXISTS (SELECT 1 FROM cart_lines b WHERE b.ticket_id = t.id" + of + ")"
}

// conn is what this package reads from.
type conn = db.Conn
