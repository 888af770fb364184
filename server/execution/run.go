package execution

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/trace"
	"gradin/server/viewer"
)

// Run is an execution in the hands of a runner.
type Run struct {
	*ent.Execution
	token   int64
	service *Service
}

// Hold renews the lease within a transaction and makes sure that it is still
// ours and that nobody stopped the run. Call it first in every transaction.
func (r *Run) Hold(ctx context.Context, tx *db.Tx) error {
	rows, err := tx.Query(ctx, `UPDATE executions SET lease_until = $1::timestamptz
		WHERE id = $2::uuid AND lease_token = $3::bigint RETURNING cancel_requested`,
		db.Moment(r.service.now().Add(r.service.lease)), r.ID, r.token)
	if err != nil {
		return fmt.Errorf("renew the lease: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return ErrLost
	}
	var stop bool
	if err := rows.Scan(&stop); err != nil {
		return err
	}
	if stop {
		return ErrStopped
	}
	return nil
}

// Event appends an event of the run.
func (r *Run) Event(ctx context.Context, tx *db.Tx, text string) error {
	return Event(ctx, tx, r.OrganisationID, r.ID, r.service.now(), text)
}

// Serve runs executions until the context ends: workers many at a time. The
// bell rings once a second; Wake makes it ring at once.
func (s *Service) Serve(ctx context.Context, workers int, bell <-chan time.Time) {
	var all sync.WaitGroup
	for range workers {
		all.Add(1)
		go func() {
			defer all.Done()
			s.work(ctx, bell)
		}()
	}
	all.Wait()
}

func (s *Service) work(ctx context.Context, bell <-chan time.Time) {
	for {
		for s.RunOne(ctx) {
			s.Wake() // another runner may find more
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-bell:
		}
	}
}

// RunOne claims a run that waits, or whose runner died, and carries it on. It
// says whether there was one.
func (s *Service) RunOne(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	ctx = viewer.With(ctx, viewer.System("executions"))
	run, err := s.claim(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.log.ErrorContext(ctx, "claim an execution", "error", err)
		}
		return false
	}
	if run == nil {
		return false
	}
	s.carry(ctx, run)
	return true
}

// claim takes the oldest run that nobody holds; nil when there is none.
func (s *Service) claim(ctx context.Context) (*Run, error) {
	now := db.Moment(s.now())
	var id uuid.UUID
	var token int64
	skip := ""
	if s.store.Postgres() {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		rows, err := tx.Query(ctx, `UPDATE executions SET lease_token = lease_token + 1, lease_until = $1::timestamptz
			WHERE id = (SELECT id FROM executions WHERE state IN ('PLANNING', 'QUEUED', 'RUNNING')
				AND (lease_until IS NULL OR lease_until < $2::timestamptz) ORDER BY created_at, id LIMIT 1`+skip+`)
			RETURNING id, lease_token`, now.Add(s.lease), now)
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			if err := rows.Err(); err != nil {
				return err
			}
			return sql.ErrNoRows
		}
		return rows.Scan(&id, &token)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nothing to do is the usual case, not an error
	}
	if err != nil {
		return nil, err
	}
	row, err := s.store.Client.Execution.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &Run{Execution: row, token: token, service: s}, nil
}

// carry takes a run through its states as far as it goes.
func (s *Service) carry(ctx context.Context, run *Run) {
	ctx, end := trace.Root(Acting(ctx, run.Execution), "execution", "gradin.execution", oid.Encode(run.ID), "gradin.function", string(run.Function))
	err := s.step(ctx, run)
	end(err)
	var refused *Refused
	switch {
	case err == nil:
	case errors.Is(err, ErrLost), ctx.Err() != nil:
		s.log.InfoContext(ctx, "execution left to another runner", "execution", run.Number)
	case db.Gone(err):
		// Whoever finds the lease over goes on from the last commit (DB-4).
		s.log.WarnContext(ctx, "execution waits for the database", "execution", run.Number, "error", err)
		return
	case errors.Is(err, ErrStopped):
		err = s.end(ctx, run, term.ExecutionStateCancelled, "")
	case errors.As(err, &refused):
		err = s.refuse(ctx, run, refused)
	default:
		s.log.ErrorContext(ctx, "execution failed", "execution", run.Number, "error", err)
		err = s.refuse(ctx, run, &Refused{Key: "INTERNAL"})
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, ErrLost) {
		s.log.ErrorContext(ctx, "end an execution", "execution", run.Number, "error", err)
	}
}

// Acting is the context in which a run acts: inside, for who started it, so that
// the audit log names him and his address (AC-5).
func Acting(ctx context.Context, e *ent.Execution) context.Context {
	acting := viewer.System("execution")
	acting.Organisation, acting.User, acting.Name, acting.Address = viewer.UUID(e.OrganisationID), given(e.UserID), e.UserName, e.Address
	return viewer.With(ctx, acting)
}

func (s *Service) step(ctx context.Context, run *Run) error {
	handler, known := s.handlers[run.Function]
	if !known {
		return fmt.Errorf("nothing is registered for %s", run.Function)
	}
	if run.State == term.ExecutionStatePlanning {
		if err := handler.Plan(ctx, run); err != nil {
			return err
		}
		planned, err := s.store.Client.Execution.Get(ctx, run.ID)
		if err != nil {
			return fmt.Errorf("read the plan's totals: %w", err)
		}
		run.Execution = planned
		if !run.Confirmed {
			return s.pass(ctx, run, term.ExecutionStatePlanned)
		}
		if next := Next(planned); next == term.ExecutionStateAwaitingApproval {
			return s.pass(ctx, run, next)
		}
	}
	if run.State != term.ExecutionStateRunning {
		if err := s.pass(ctx, run, term.ExecutionStateRunning); err != nil {
			return err
		}
	}
	if err := handler.Apply(ctx, run); err != nil {
		return err
	}
	return s.end(ctx, run, term.ExecutionStateDone, "")
}

// pass moves the run to its next state.
func (s *Service) pass(ctx context.Context, run *Run, to term.ExecutionState) error {
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		query := "UPDATE executions SET state = $1::text, lease_until = NULL WHERE id = $2::uuid"
		args := []any{string(to), run.ID}
		if to == term.ExecutionStateRunning {
			query = `UPDATE executions SET state = $1::text, started_at = COALESCE(started_at, $3::timestamptz) WHERE id = $2::uuid`
			args = append(args, db.Moment(s.now()))
		}
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			return err
		}
		if err := Await(ctx, tx, run.Execution, to, s.now()); err != nil {
			return err
		}
		return run.Event(ctx, tx, string(to))
	})
	if err == nil {
		run.State = to
	}
	return err
}

func given(id *uuid.UUID) viewer.UUID {
	if id == nil {
		return viewer.UUID{}
	}
	return viewer.UUID(*id)
}
