package distribution

import (
	"context"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"gradin/server/term"
	"gradin/server/ticket"
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
// can, else why not (TB-2).
func (a *Answers) Reclaimable(ctx context.Context, id uuid.UUID) (*Problem, error) {
	f, err := a.about(ctx, id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return &Problem{Code: term.ReasonCodeNotFound}, nil
	}
	return answer(a.scope.TakeBack.Ask(f.Question()), fmt.Sprint(f.Number)), nil
}

// GuestFields is what the organiser asks of the ticket's guest (DI-10).
func (a *Answers) GuestFields(ctx context.Context, id uuid.UUID) ([]term.GuestField, error) {
	f, err := a.about(ctx, id)
	if err != nil || f == nil || f.GuestFields == nil {
		return []term.GuestField{}, err
	}
	return f.GuestFields, nil
}
