// Package execution owns runs: their life, their leases and their events.
//
// The database is the truth. A run is claimed by a lease with a token that
// rises at each claim; every write of a runner carries the token, so that one
// who lost its lease changes nothing (IF-4). A run whose process died is found
// by its expired lease and goes on where it stood (DI-4). What a run does is
// registered by the wiring; this package knows no function's meaning.
package execution

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Handler is what a function does.
type Handler interface {
	// Plan reads what was asked and stores a row for each item, decided.
	Plan(ctx context.Context, run *Run) error
	// Apply carries out the rows that are left. It is called again after a
	// crash and must go on from what is committed.
	Apply(ctx context.Context, run *Run) error
}

// Service runs executions.
type Service struct {
	store    *db.DB
	log      *slog.Logger
	lease    time.Duration
	now      func() time.Time
	handlers map[term.ExecutionFunction]Handler
	wake     chan struct{}
}

// New makes the service. The lease is how long a run may be silent before
// another process takes it over.
func New(store *db.DB, log *slog.Logger, lease time.Duration, now func() time.Time) *Service {
	return &Service{
		store: store, log: log, lease: lease, now: now,
		handlers: map[term.ExecutionFunction]Handler{}, wake: make(chan struct{}, 1),
	}
}

// Register says what a function does; call it before Serve.
func (s *Service) Register(function term.ExecutionFunction, h Handler) { s.handlers[function] = h }

// Wake makes an idle runner look for work at once.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Order is a run to begin.
type Order struct {
	Function                               term.ExecutionFunction
	Trigger                                term.ExecutionTrigger
	Policy                                 term.RunPolicy
	Organisation                           uuid.UUID
	Sponsor, Channel, PointOfSale, Contact uuid.UUID
	StoredFile                             *ent.StoredFile
	Confirmed                              bool
	ID                                     uuid.UUID
	// Undoes is the run that this one undoes.
	Undoes uuid.UUID
	// Reason is why, in the words of who starts it; Parameters is what its function
	// is to work on, as JSON.
	Reason, Parameters string
}

// Begin stores a run in state PLANNING. A repeated call gives the run of the
// first one, whose id is then not that of the order (API-4).
func (s *Service) Begin(ctx context.Context, tx *db.Tx, o Order) (*ent.Execution, error) {
	v, _ := viewer.From(ctx)
	if o.ID == uuid.Nil {
		o.ID = oid.New(oid.Execution)
	}
	work := idempotency.Work{Object: o.ID, At: s.now()}
	if o.StoredFile != nil {
		work.Also = o.StoredFile.Sha256
	}
	if first, repeated, err := idempotency.Take(ctx, tx, work); err != nil {
		return nil, err
	} else if repeated {
		return tx.Client.Execution.Get(ctx, first)
	}
	number, err := contact.Numbers(ctx, tx, o.Organisation, "execution", 1)
	if err != nil {
		return nil, err
	}
	if o.Policy == "" {
		o.Policy = term.RunPolicyIgnoreFailed
	}
	create := tx.Client.Execution.Create().SetID(o.ID).
		SetOrganisationID(o.Organisation).SetNumber(number - 1_000_000).SetFunction(o.Function).SetTrigger(o.Trigger).
		SetPolicy(o.Policy).SetState(term.ExecutionStatePlanning).SetUserName(v.Name).SetAddress(v.Address).
		SetConfirmed(o.Confirmed).SetCreatedAt(db.Moment(s.now())).
		SetNillableUserID(set(uuid.UUID(v.User))).SetNillableActorContactID(set(o.Contact)).
		SetNillableSponsorID(set(o.Sponsor)).SetNillableChannelID(set(o.Channel)).
		SetNillablePointOfSaleID(set(o.PointOfSale)).SetNillableUndoesID(set(o.Undoes)).
		SetReason(o.Reason).SetParameters(o.Parameters)
	if f := o.StoredFile; f != nil {
		create.SetStoredFileID(f.ID).SetFileName(f.Name).SetFileSize(f.Size).SetFileSha256(f.Sha256)
	}
	created, err := create.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin execution: %w", err)
	}
	return created, Event(ctx, tx, created.OrganisationID, created.ID, s.now(), "begun")
}

func set(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// Event appends an event, so that a watcher sees the run as it is after it.
func Event(ctx context.Context, tx *db.Tx, organisation, execution uuid.UUID, at time.Time, text string) error {
	sequence, err := db.Get[int64](ctx, tx,
		"UPDATE executions SET sequence = sequence + 1 WHERE id = $1::uuid RETURNING sequence", execution)
	if err != nil {
		return fmt.Errorf("number an event: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO execution_events (organisation_id, execution_id, sequence, at, text)
		VALUES ($1::uuid, $2::uuid, $3::bigint, $4::timestamptz, $5::text)`, organisation, execution, sequence, db.Moment(at), text)
	if err != nil {
		return fmt.Errorf("write an event: %w", err)
	}
	return nil
}

// Happened is an event as a watcher reads it.
type Happened struct {
	Sequence int64
	At       time.Time
}

// After reads the events behind a sequence number, 100 at most.
func After(ctx context.Context, c db.Conn, execution uuid.UUID, sequence int64) ([]Happened, error) {
	return db.Select(ctx, c, func(r *sql.Rows) (Happened, error) {
		var h Happened
		var at db.Time
		err := r.Scan(&h.Sequence, &at)
		h.At = at.Time
		return h, err
	}, `SELECT sequence, at FROM execution_events WHERE execution_id = $1::uuid AND sequence > $2::bigint
		ORDER BY sequence LIMIT 100`, execution, sequence)
}

// ErrLost is what a runner's writes end with when another one has taken over.
var ErrLost = errors.New("the run was taken over")

// ErrStopped is what a runner's writes end with when somebody stopped the run.
var ErrStopped = errors.New("the run was stopped")

// Refused ends the planning of a run whose input as a whole cannot be used.
type Refused struct {
	// Key names the reason for programs, Detail is JSON with what belongs to it.
	Key, Detail string
}

// Error names the reason.
func (r *Refused) Error() string { return "input refused: " + r.Key }
