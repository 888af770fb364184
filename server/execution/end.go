package execution

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	entexecution "gradin/ent/execution"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
)

// end closes a run: its result follows from its rows, its mails may leave, all
// in one transaction (IF-5).
func (s *Service) end(ctx context.Context, run *Run, state term.ExecutionState, problemKey string) error {
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		fence, err := tx.Exec(ctx, `UPDATE executions SET state = $1::text, ended_at = $2::timestamptz, lease_until = NULL,
			result = CASE WHEN $3::text <> '' THEN 'ERROR' `+byRows+`
			WHERE id = $4::uuid AND lease_token = $5::bigint`,
			string(state), db.Moment(s.now()), problemKey, run.ID, run.token)
		if err != nil {
			return fmt.Errorf("end execution: %w", err)
		}
		if fence == 0 {
			return ErrLost
		}
		if err := releaseMails(ctx, tx, run.ID); err != nil {
			return err
		}
		if err := run.Event(ctx, tx, string(state)); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: run.OrganisationID, Verb: "execution.end", Object: run.ID,
			Detail:  map[string]any{"problem": problemKey},
			Changes: audit.Changes{}.Set("state", run.State, state),
		})
	})
}

// byRows is the result that follows from the rows: what waits for a wallet is
// neither done nor lost.
const byRows = `WHEN refused = 0 AND rows_done = rows THEN 'OK'
	WHEN distributed + redistributed + taken_back + unchanged + waiting > 0 THEN 'WARNING' ELSE 'ERROR' END`

// Resume takes a run whose rows waited for an outside wallet, whether it has
// ended or not. It locks the run until the commit; it holds no lease (TB-4).
func (s *Service) Resume(ctx context.Context, tx *db.Tx, id uuid.UUID) (*Run, error) {
	query := tx.Client.Execution.Query().Where(entexecution.ID(id))
	if tx.Postgres() {
		query = query.ForUpdate()
	}
	e, err := query.Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock an execution whose rows waited: %w", err)
	}
	return &Run{Execution: e, service: s}, nil
}

// Settle lets the result of an ended run follow from its rows again, and its
// mails leave. A run that goes on does both itself when it ends.
func Settle(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
	n, err := tx.Exec(ctx, "UPDATE executions SET result = CASE WHEN problem_key <> '' THEN 'ERROR' "+byRows+
		" WHERE id = $1::uuid AND ended_at IS NOT NULL", id)
	if err != nil {
		return fmt.Errorf("settle an ended execution: %w", err)
	}
	if n == 0 {
		return nil
	}
	return releaseMails(ctx, tx, id)
}

// releaseMails lets the mails of a run leave: they are held until it has ended,
// so that a guest with tickets in many chunks gets one mail (DI-8).
func releaseMails(ctx context.Context, tx *db.Tx, execution uuid.UUID) error {
	if _, err := tx.Exec(ctx, "UPDATE mails SET state = 'READY' WHERE execution_id = $1::uuid AND state = 'HELD'", execution); err != nil {
		return fmt.Errorf("release mails: %w", err)
	}
	return nil
}

func (s *Service) refuse(ctx context.Context, run *Run, r *Refused) error {
	if _, err := s.store.Exec(ctx, "UPDATE executions SET problem_key = $1::text, problem = $2::text WHERE id = $3::uuid AND lease_token = $4::bigint",
		r.Key, r.Detail, run.ID, run.token); err != nil {
		return fmt.Errorf("note why the input is refused: %w", err)
	}
	return s.end(ctx, run, term.ExecutionStateDone, r.Key)
}

// Confirm lets a plan be carried out. Confirming twice does it once; the answer
// is the run as it is (API-3).
func (s *Service) Confirm(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	err := s.change(ctx, id, "execution.confirm", func(ctx context.Context, tx *db.Tx, e *ent.Execution) error {
		switch e.State {
		case term.ExecutionStatePlanned:
			next := Next(e)
			if _, err := tx.Exec(ctx, "UPDATE executions SET state = $1::text, confirmed = $2::boolean WHERE id = $3::uuid", string(next), true, id); err != nil {
				return err
			}
			return Await(ctx, tx, e, next, s.now())
		case term.ExecutionStatePlanning:
			return errs.New(errs.Conflict, "The file is still being read. Wait for the preview before you confirm.")
		case term.ExecutionStateCancelled:
			return errs.New(errs.Conflict, "This plan was thrown away. Import the file again.")
		}
		return errUnchanged
	})
	if err != nil {
		return nil, err
	}
	s.Wake()
	return s.store.Client.Execution.Get(ctx, id)
}

// Cancel stops a run at its next step, or throws a plan away. What was carried
// out stays and is reported (IM-6).
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	err := s.change(ctx, id, "execution.cancel", func(ctx context.Context, tx *db.Tx, e *ent.Execution) error {
		switch e.State {
		case term.ExecutionStatePlanned, term.ExecutionStateAwaitingApproval, term.ExecutionStateQueued:
			_, err := tx.Exec(ctx, `UPDATE executions SET state = 'CANCELLED', cancel_requested = $1::boolean,
				ended_at = $2::timestamptz, lease_token = lease_token + 1 WHERE id = $3::uuid`, true, db.Moment(s.now()), id)
			return err
		case term.ExecutionStatePlanning, term.ExecutionStateRunning:
			_, err := tx.Exec(ctx, "UPDATE executions SET cancel_requested = $1::boolean WHERE id = $2::uuid", true, id)
			return err
		}
		return errUnchanged
	})
	if err != nil {
		return nil, err
	}
	s.Wake()
	return s.store.Client.Execution.Get(ctx, id)
}

// Retry goes on with what is left of a run that was stopped while it ran, or
// that ended because of trouble inside (IM-6).
func (s *Service) Retry(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	err := s.change(ctx, id, "execution.retry", func(ctx context.Context, tx *db.Tx, e *ent.Execution) error {
		if !Retryable(e) {
			return errs.New(errs.Conflict, "Nothing is left to be done in this execution.")
		}
		to := term.ExecutionStateQueued
		if e.StartedAt == nil && e.ProblemKey != "" {
			to = term.ExecutionStatePlanning
		}
		_, err := tx.Exec(ctx, `UPDATE executions SET state = $1::text, cancel_requested = $2::boolean, confirmed = $3::boolean, retries = retries + 1,
			ended_at = NULL, result = NULL, problem_key = '', problem = '', lease_until = NULL, lease_token = lease_token + 1
			WHERE id = $4::uuid`, string(to), false, e.Confirmed || e.StartedAt != nil, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.Wake()
	return s.store.Client.Execution.Get(ctx, id)
}

// Retryable says whether something is left that a retry would do.
func Retryable(e *ent.Execution) bool {
	left := e.PlanDistribute+e.PlanRedistribute+e.PlanTakeBack > e.Distributed+e.Redistributed+e.TakenBack+e.Waiting
	stopped := e.State == term.ExecutionStateCancelled && e.StartedAt != nil && e.RowsDone+e.Waiting < e.Rows
	return stopped && left || e.State == term.ExecutionStateDone && e.ProblemKey == "INTERNAL"
}

// errUnchanged ends a change that has nothing to do.
var errUnchanged = errors.New("unchanged")

// change locks a run within the viewer's reach, changes it, and notes it.
func (s *Service) change(ctx context.Context, id uuid.UUID, verb string, do func(context.Context, *db.Tx, *ent.Execution) error) error {
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		query := tx.Client.Execution.Query().Where(entexecution.ID(id))
		if tx.Postgres() {
			query = query.ForUpdate()
		}
		e, err := query.Only(ctx)
		if ent.IsNotFound(err) {
			return errs.Missing("execution")
		}
		if err != nil {
			return fmt.Errorf("lock execution: %w", err)
		}
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: s.now()}); repeated || err != nil {
			return err
		}
		if err := do(ctx, tx, e); err != nil {
			return err
		}
		if err := Event(ctx, tx, e.OrganisationID, e.ID, s.now(), verb); err != nil {
			return err
		}
		now, err := tx.Client.Execution.Get(ctx, id)
		if err != nil {
			return fmt.Errorf("read the changed execution: %w", err)
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: e.OrganisationID, Verb: verb, Object: id, Detail: map[string]any{"number": e.Number},
			Changes: audit.Changes{}.Set("state", e.State, now.State).Set("cancelRequested", e.CancelRequested, now.CancelRequested).
				Set("confirmed", e.Confirmed, now.Confirmed),
		})
	})
	if err == errUnchanged { //nolint:errorlint // the very value, made in this file
		return nil
	}
	return err
}
