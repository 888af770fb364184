package distribution

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
	"gradin/server/wallet"
)

// Answers are what the rules say of tickets that are shown together, such as
// those of a page. What the rules look at is read at the first question, once
// for all of them; nobody asks, nothing is read.
type Answers struct {
	service *Service
	tickets []uuid.UUID
	read    sync.Once
	scope   ticket.Scope
	facts   map[uuid.UUID]*ticket.Facts
	err     error
	// removals are those of the tickets, read when somebody asks for one.
	ask      sync.Once
	removals map[uuid.UUID]*wallet.Progress
	failed   error
}

// Answers prepares to answer the viewer about tickets.
func (s *Service) Answers(tickets ...uuid.UUID) *Answers {
	return &Answers{service: s, tickets: tickets}
}

// about gives the facts of a ticket; nil when it is none of them or out of reach.
func (a *Answers) about(ctx context.Context, id uuid.UUID) (*ticket.Facts, error) {
	a.read.Do(func() {
		if a.scope, a.err = a.service.Sight(ctx, uuid.Nil); a.err == nil {
			a.facts, a.err = ticket.FactsByID(ctx, a.service.store, a.scope, a.tickets)
		}
	})
	return a.facts[id], a.err
}

// Possible says whether the ticket can be given to a guest now: nil when it can,
// else why not. It asks the same rule as the plan (DI-1).
func (a *Answers) Possible(ctx context.Context, id uuid.UUID) (*Problem, error) {
	f, err := a.about(ctx, id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return &Problem{Code: term.ReasonCodeNotFound}, nil
	}
	p := NewPlanner(Rules{Now: a.service.now(), TakeBack: a.scope.TakeBack})
	return p.blocked(Move{Reference: fmt.Sprint(f.Number)}, *f), nil
}

// Reclaimable says whether the viewer can take the ticket back now: nil when he
// can, else why not (TB-2). NEEDS_APPROVAL says that he can ask for it, and
// somebody else approves (TB-7).
func (a *Answers) Reclaimable(ctx context.Context, id uuid.UUID) (*Problem, error) {
	f, err := a.about(ctx, id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return &Problem{Code: term.ReasonCodeNotFound}, nil
	}
	p := answer(a.scope.TakeBack, *f, fmt.Sprint(f.Number))
	if p == nil && a.scope.TakeBack.Ask(f.Question()).NeedsApproval {
		return &Problem{Code: term.ReasonCodeNeedsApproval, Field: FieldTicket}, nil
	}
	return p, nil
}

// GuestFields is what the organiser asks of the ticket's guest (DI-10).
func (a *Answers) GuestFields(ctx context.Context, id uuid.UUID) ([]term.GuestField, error) {
	f, err := a.about(ctx, id)
	if err != nil || f == nil || f.GuestFields == nil {
		return []term.GuestField{}, err
	}
	return f.GuestFields, nil
}

// Removal is how far the last removal of the ticket from an outside wallet is;
// nil when there was none. Who sees the ticket sees it (TB-4).
func (a *Answers) Removal(ctx context.Context, id uuid.UUID) (*RemovalView, error) {
	a.ask.Do(func() { a.removals, a.failed = wallet.Latest(ctx, a.service.store, a.tickets) })
	p := a.removals[id]
	if p == nil || a.failed != nil {
		return nil, a.failed
	}
	v := &RemovalView{Progress: *p}
	if viewer, ok := viewer.From(ctx); ok && p.State == term.RemovalStateRequested {
		v.Cancellable = mayCancelRemoval(viewer, p.Sponsor)
	}
	if p.State == term.RemovalStateCancelled && p.Problem != "" {
		v.Problem = &Problem{}
		if err := json.Unmarshal([]byte(p.Problem), v.Problem); err != nil {
			return nil, fmt.Errorf("read why a removal was cancelled: %w", err)
		}
	}
	return v, nil
}
