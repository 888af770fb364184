package execution

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/organisation"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Next is where a confirmed plan goes: to its turn, or first to a second person
// if one has to approve it and nobody has yet (TB-7).
func Next(e *ent.Execution) term.ExecutionState {
	if e.PlanApprovals > 0 && e.DecidedAt == nil {
		return term.ExecutionStateAwaitingApproval
	}
	return term.ExecutionStateQueued
}

// Await tells the organiser, in the transaction that lets a run wait for a second
// person, that it does (TB-7); of a run that goes on at once he hears nothing.
func Await(ctx context.Context, tx *db.Tx, e *ent.Execution, next term.ExecutionState, at time.Time) error {
	if next != term.ExecutionStateAwaitingApproval {
		return nil
	}
	return organisation.Tell(ctx, tx, organisation.News{
		Organisation: e.OrganisationID, Class: term.DocumentClassApprovalAwaited, About: []uuid.UUID{e.ID}, At: at,
	})
}

// Decidable says whether the viewer may approve or refuse a run as far as the run
// goes: it waits for that, and somebody else began it.
func Decidable(v viewer.Viewer, e *ent.Execution) bool {
	return e.State == term.ExecutionStateAwaitingApproval && v.User != (viewer.UUID{}) && (e.UserID == nil || *e.UserID != uuid.UUID(v.User))
}

// Approve lets a run be carried out that waits for a second person.
func (s *Service) Approve(ctx context.Context, id uuid.UUID, note string) (*ent.Execution, error) {
	return s.decide(ctx, id, "execution.approve", note, `UPDATE executions SET state = 'QUEUED', decided_by_id = $1::uuid,
		decided_by_name = $2::text, decided_at = $3::timestamptz, decision_note = $4::text WHERE id = $5::uuid`)
}

// Refuse ends a run that waits for a second person, without any move.
func (s *Service) Refuse(ctx context.Context, id uuid.UUID, note string) (*ent.Execution, error) {
	return s.decide(ctx, id, "execution.refuse", note, `UPDATE executions SET state = 'CANCELLED', decided_by_id = $1::uuid,
		decided_by_name = $2::text, decided_at = $3::timestamptz, decision_note = $4::text, ended_at = $3::timestamptz,
		lease_token = lease_token + 1 WHERE id = $5::uuid`)
}

func (s *Service) decide(ctx context.Context, id uuid.UUID, verb, note, statement string) (*ent.Execution, error) {
	v, _ := viewer.From(ctx)
	err := s.change(ctx, id, verb, func(ctx context.Context, tx *db.Tx, e *ent.Execution) error {
		switch {
		case e.State != term.ExecutionStateAwaitingApproval:
			return errs.New(errs.Conflict, "This execution does not wait for an approval.")
		case !Decidable(v, e):
			return errs.New(errs.Forbidden, "Somebody else than who asked for it has to approve or refuse it. Ask a colleague or the organiser.")
		}
		_, err := tx.Exec(ctx, statement, uuid.UUID(v.User), v.Name, db.Moment(s.now()), note, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.Wake()
	return s.store.Client.Execution.Get(ctx, id)
}
