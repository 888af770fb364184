package distribution

import (
	"context"
	"database/sql"
	"strings"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// permit is the first line of the verbs on an existing run: only who may
// distribute may change one. Which one is narrowed by visibility.
func (s *Service) permit(ctx context.Context) error {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return errs.New(errs.Unauthenticated, "Sign in first.")
	case v.ReadOnly:
		return errs.New(errs.Forbidden, "This token may read only. Use one with the scope WRITE.")
	case !v.InPortal() && !term.Role(v.Role).Operates():
		return errs.New(errs.Forbidden, "You may not change executions. Ask an operator.")
	}
	return nil
}

// Apply carries out a plan that was made before (API-3).
func (s *Service) Apply(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	return s.runs.Confirm(ctx, id)
}

// Cancel stops a run or throws a plan away (IM-6).
func (s *Service) Cancel(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	return s.runs.Cancel(ctx, id)
}

// Approve lets a run go on that waits for a second person, who is not the one
// who asked for it: an operator, or another relay of the sponsor (TB-7).
func (s *Service) Approve(ctx context.Context, id uuid.UUID, note string) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	if note = strings.TrimSpace(note); len([]rune(note)) > maxReason {
		return nil, errs.New(errs.Invalid, "A note has at most %d characters.", maxReason).At("note")
	}
	return s.runs.Approve(ctx, id, note)
}

// Refuse ends a run that waits for a second person; he writes down why (TB-7).
func (s *Service) Refuse(ctx context.Context, id uuid.UUID, note string) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	note = strings.TrimSpace(note)
	if n := len([]rune(note)); n == 0 || n > maxReason {
		return nil, errs.New(errs.Invalid, "Write down why not, in at most %d characters.", maxReason).At("note")
	}
	return s.runs.Refuse(ctx, id, note)
}

// Retry goes on with what is left of a run (IM-6).
func (s *Service) Retry(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	return s.runs.Retry(ctx, id)
}

// MailCounts counts a run's mails that were sent, and those that failed or of
// which nobody knows. The caller has made sure that the viewer sees the run.
func (s *Service) MailCounts(ctx context.Context, execution uuid.UUID) (sent, failed int, err error) {
	type pair struct{ sent, failed int }
	all, err := db.Select(ctx, s.store, func(r *sql.Rows) (pair, error) {
		var p pair
		return p, r.Scan(&p.sent, &p.failed)
	}, `SELECT count(CASE WHEN state = 'SENT' THEN 1 END), count(CASE WHEN state IN ('FAILED', 'IN_DOUBT') THEN 1 END)
		FROM mails WHERE execution_id = $1::uuid`, execution)
	if err != nil || len(all) == 0 {
		return 0, 0, err
	}
	return all[0].sent, all[0].failed, nil
}

// CreatedGuests is how many guests of a run were not known before; nil for
// senders: with a run of one move it would tell who was known (DI-7).
func (s *Service) CreatedGuests(ctx context.Context, e *ent.Execution) (*int, error) {
	may, err := s.May(ctx)
	if err != nil || !may.ReadAllExecutions {
		return nil, err
	}
	return &e.ContactsCreated, nil
}
