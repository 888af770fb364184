// Package access is what access control works with (D-11): gates report entries
// and are told who may come in, and pull the list of barcodes that let in.
//
// An entry is recorded once, under its own key or that of barcode, time and gate;
// who reports it again gets the answer it got. Tickets are locked before anything
// is decided, so that of a scan and a take-back at the same time one wins and the
// other is told why. Barcodes come in as they are and are looked up; they are kept
// as marks, and are in no log, no audit and no error (D-6).
package access

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// Service records entries and gives the access list.
type Service struct {
	store *db.DB
	now   func() time.Time
}

// New makes the service.
func New(store *db.DB, now func() time.Time) *Service { return &Service{store: store, now: now} }

// Limits of a call.
const (
	MaxEntries = 10_000
	maxBarcode = 64
	maxGate    = 100
	maxKey     = 200
)

// Entry is somebody at a gate.
type Entry struct {
	Barcode string
	At      time.Time
	Gate    string
	// Key is the gate's own; empty for that of barcode, time and gate.
	Key string
}

// Answer is what the gate is told about an entry.
type Answer struct {
	ID     uuid.UUID
	Key    string
	Result term.EntryResult
	// Reason is why not, where the result does not say it all.
	Reason string
	Ticket uuid.UUID
	// AdmittedAt and AdmittedGate say when and where the ticket was used.
	AdmittedAt   *time.Time
	AdmittedGate string
}

// Record records entries and answers each, in their order.
func (s *Service) Record(ctx context.Context, entries []Entry) ([]Answer, error) {
	v, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	if v.ReadOnly {
		return nil, errs.New(errs.Forbidden, "This token may read only. Use one with the scope WRITE.")
	}
	if err := validate(entries); err != nil {
		return nil, err
	}
	batch := batchOf(uuid.UUID(v.Organisation), entries)
	var answers []Answer
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: oid.New(oid.EntryRecord), At: s.now()})
		if err != nil {
			return err
		}
		if !repeated {
			if err := batch.record(ctx, tx, s.cause(v)); err != nil {
				return err
			}
		}
		if answers, err = batch.answers(ctx, tx); err != nil || repeated {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: batch.organisation, Verb: "access.recordEntries", Detail: countsOf(answers),
		})
	})
	return answers, err
}

func (s *Service) cause(v viewer.Viewer) ticket.Cause {
	return ticket.Cause{
		Organisation: uuid.UUID(v.Organisation), Via: term.HistoryViaAccessControl, User: uuid.UUID(v.User), Actor: v.Name, At: db.Moment(s.now()),
	}
}

func countsOf(answers []Answer) map[string]any {
	counts := map[string]any{"entries": len(answers)}
	for _, a := range answers {
		n, _ := counts[string(a.Result)].(int)
		counts[string(a.Result)] = n + 1
	}
	return counts
}

// admit is the first line of what access control may do.
func admit(ctx context.Context) (viewer.Viewer, error) {
	v, ok := viewer.From(ctx)
	switch role := term.Role(v.Role); {
	case !ok:
		return v, errs.New(errs.Unauthenticated, "Sign in first.")
	case v.Organisation == viewer.UUID{} || role != term.RoleController && !role.Operates():
		return v, errs.New(errs.Forbidden, "Only access control and operators may do this. Ask an administrator for the role.")
	}
	return v, nil
}

// validate names the entry that cannot be meant by its place, never by its barcode.
func validate(entries []Entry) error {
	if n := len(entries); n == 0 || n > MaxEntries {
		return errs.New(errs.Invalid, "A call reports 1 to %d entries; this one reports %d.", MaxEntries, n).At("entries")
	}
	for i, e := range entries {
		field, most, value := "", 0, ""
		switch {
		case e.Barcode == "" || utf8.RuneCountInString(e.Barcode) > maxBarcode:
			field, most, value = "barcode", maxBarcode, e.Barcode
		case utf8.RuneCountInString(e.Gate) > maxGate:
			field, most, value = "gate", maxGate, e.Gate
		case utf8.RuneCountInString(e.Key) > maxKey:
			field, most, value = "key", maxKey, e.Key
		case e.At.IsZero() || e.At.Year() < 2000 || e.At.Year() > 9000:
			return errs.New(errs.Invalid, "Entry %d has no time that can be meant.", i+1).At("entries", fmt.Sprint(i), "at")
		default:
			continue
		}
		return errs.New(errs.Invalid, "Entry %d: its %s has %d characters; 1 to %d can be.", i+1, field, utf8.RuneCountInString(value), most).
			At("entries", fmt.Sprint(i), field)
	}
	return nil
}
