package distribution

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/term"
)

// Undoing is a run that somebody wants to undo as a whole (DI-9).
type Undoing struct {
	Execution uuid.UUID
	Reason    string
	Confirmed bool
}

// Undo begins the execution that takes back what an earlier one gave. Its plan
// names every ticket that does not come back before anything happens.
func (s *Service) Undo(ctx context.Context, u Undoing) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	done, err := s.store.Client.Execution.Get(ctx, u.Execution)
	if ent.IsNotFound(err) {
		return nil, errs.Missing("execution")
	}
	if err != nil {
		return nil, fmt.Errorf("read the run to undo: %w", err)
	}
	if !Undoable(done) {
		return nil, errs.New(errs.Conflict, "This execution gave no tickets, or has not ended. There is nothing to undo.")
	}
	from, err := s.admit(ctx, party(done))
	if err != nil {
		return nil, err
	}
	order := from.order(term.ExecutionFunctionUndo)
	order.Policy, order.Confirmed = term.RunPolicyIgnoreFailed, u.Confirmed
	order.Undoes, order.Reason = done.ID, u.Reason
	return s.beginSelection(ctx, from, order, selection{})
}

// Undoable says whether a run gave tickets that an undoing could take back.
func Undoable(e *ent.Execution) bool {
	return e.EndedAt != nil && e.Distributed+e.Redistributed > 0 && e.SponsorID != nil
}

// undoer is the function that undoes a run.
type undoer struct{ *Service }

// Plan decides for each ticket that the run gave. What has left the guest's hand
// since (given to somebody else, taken back) is refused as moved on; for the
// rest the rule of take-back holds.
func (u undoer) Plan(ctx context.Context, run *execution.Run) error {
	if run.UndoesID == nil {
		return fmt.Errorf("execution %d undoes nothing", run.Number)
	}
	st, err := u.restart(ctx, run)
	if err != nil {
		return err
	}
	gifts, err := u.gifts(ctx, *run.UndoesID)
	if err != nil {
		return err
	}
	for i, g := range gifts {
		m := Move{Row: i + 1, Reference: oid.Encode(g.ticket), Ticket: g.ticket, Back: true}
		if g.closed {
			m.Broken = &Problem{Code: term.ReasonCodeStale, Field: FieldTicket, Value: fmt.Sprint(g.number)}
		}
		if err := st.take(ctx, m); err != nil {
			return err
		}
	}
	return st.flush(ctx)
}

// Apply carries the plan out.
func (u undoer) Apply(ctx context.Context, run *execution.Run) error { return u.apply(ctx, run) }

// gift is a ticket that a run gave, under the id it has now.
type gift struct {
	ticket uuid.UUID
	number int64
	closed bool
}

// gifts lists what a run gave. A ticket that was replaced while its guest kept
// it (because he passed it on) stands there under its new id.
func (u undoer) gifts(ctx context.Context, run uuid.UUID) ([]gift, error) {
	all, err := db.Select(ctx, u.store, func(r *sql.Rows) (gift, error) {
		var g gift
		var closed int
		err := r.Scan(&g.ticket, &g.number, &closed)
		g.closed = closed == 1
		return g, err
	}, `SELECT l.ticket_id, t.number, CASE WHEN l.closed_at IS NULL THEN 0 ELSE 1 END FROM holder_links l JOIN tickets t ON t.id = l.ticket_id
		WHERE l.execution_id = $1::uuid AND (l.closed_as IS NULL OR l.closed_as <> 'REPLACED')
		AND NOT EXISTS (SELECT 1 FROM holder_links c JOIN tickets p ON p.id = c.ticket_id
			WHERE c.execution_id = l.execution_id AND c.closed_at IS NULL AND l.closed_at IS NULL AND p.id = t.parent_id)
		ORDER BY l.id`, run)
	if err != nil {
		return nil, fmt.Errorf("list what a run gave: %w", err)
	}
	return all, nil
}
