package distribution

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	entexecution "gradin/ent/execution"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
	"gradin/server/viewer"
	"gradin/server/wallet"
)

// RemovalView is how far a removal is, as the viewer may know it.
type RemovalView struct {
	wallet.Progress
	// Problem is why it was cancelled; nil when it was not.
	Problem *Problem
	// Cancellable says whether the viewer may cancel it now.
	Cancellable bool
}

// mayCancelRemoval says who may cancel what was asked for on behalf of a sponsor:
// who acts for it, and operators (TB-4).
func mayCancelRemoval(v viewer.Viewer, sponsor uuid.NullUUID) bool {
	switch {
	case v.ReadOnly:
		return false
	case v.InPortal():
		return sponsor.Valid && v.Party() == viewer.UUID(sponsor.UUID)
	}
	return term.Role(v.Role).Operates()
}

// CancellableRemovals says whether the viewer may cancel what an execution, which
// he sees, waits for.
func CancellableRemovals(v viewer.Viewer, e *ent.Execution) bool {
	sponsor := uuid.NullUUID{}
	if e.SponsorID != nil {
		sponsor = uuid.NullUUID{UUID: *e.SponsorID, Valid: true}
	}
	return e.Waiting > 0 && mayCancelRemoval(v, sponsor)
}

// CancelRemoval ends the removal of a ticket from an outside wallet that has not
// answered: the ticket is what it was, and its row says that somebody cancelled
// it (TB-4). Of a cancellation and an answer of the wallet one counts. A wallet
// that removes the ticket afterwards is not heard; asked again, it says so at once.
func (s *Service) CancelRemoval(ctx context.Context, id uuid.UUID) (*ent.Execution, error) {
	if err := s.permit(ctx); err != nil {
		return nil, err
	}
	v, _ := viewer.From(ctx)
	if _, err := s.store.Client.Ticket.Get(ctx, id); ent.IsNotFound(err) {
		return nil, errs.Missing("ticket")
	} else if err != nil {
		return nil, fmt.Errorf("read the ticket: %w", err)
	}
	var run uuid.UUID
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		open, err := wallet.OpenOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(open) == 1 {
			run = open[0].Execution
		}
		before, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: run, At: s.now()})
		if run = before; repeated || err != nil {
			return err
		}
		if len(open) == 0 {
			return errEnded()
		}
		return s.withdrawRemoval(ctx, tx, v, open)
	})
	if err != nil {
		return nil, err
	}
	e, err := s.store.Client.Execution.Get(ctx, run)
	if err != nil {
		return nil, fmt.Errorf("read the execution whose removal was cancelled: %w", err)
	}
	return e, nil
}

// errEnded is what somebody is told who comes after the wallet.
func errEnded() error {
	return errs.New(errs.Conflict, "This ticket is not being taken out of a wallet, or the wallet has answered meanwhile. Look at it again.")
}

// withdrawRemoval ends an open removal in the viewer's name. It locks as those do
// who bring an answer: execution, removal, ticket.
func (s *Service) withdrawRemoval(ctx context.Context, tx *db.Tx, v viewer.Viewer, open []wallet.Open) error {
	// Who sees the execution acts for who asked, or is an operator.
	seen, err := tx.Client.Execution.Query().Where(entexecution.ID(open[0].Execution)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("read whose removal it is: %w", err)
	}
	if seen == nil {
		return errs.New(errs.Forbidden, "Only who asked for this ticket, or the organiser, may cancel that.")
	}
	run, err := s.runs.Resume(ctx, tx, seen.ID)
	if err != nil {
		return err
	}
	b, err := s.lockRemovals(ctx, tx, open, map[uuid.UUID]wallet.Answer{open[0].ID: {Key: open[0].ID, Outcome: wallet.Withdrawn}})
	if err != nil {
		return err
	}
	if len(b.all) == 0 {
		return errEnded()
	}
	by := s.cause(run)
	by.User, by.Actor, by.ActorContact, by.Via = uuid.UUID(v.User), v.Name, uuid.UUID(v.Contact), term.HistoryViaPortal
	if v.Token != (viewer.UUID{}) {
		by.Via = term.HistoryViaApi
	}
	return s.conclude(ctx, tx, run, b, by)
}

// giveUp ends the removals whose wallets had their time; it says how many.
func (s *Service) giveUp(ctx context.Context) (int, error) {
	ended := 0
	for {
		open, err := wallet.Overdue(ctx, s.store, db.Moment(s.now()), removalBatch)
		if err != nil || len(open) == 0 {
			return ended, err
		}
		answers := make(map[uuid.UUID]wallet.Answer, len(open))
		for _, o := range open {
			answers[o.ID] = wallet.Answer{Key: o.ID, Outcome: wallet.Expired}
		}
		n, err := s.settleAll(ctx, open, answers)
		ended += n
		if err != nil || ctx.Err() != nil {
			return ended, err
		}
	}
}
