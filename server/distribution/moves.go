package distribution

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/spreadsheet"
	"gradin/server/term"
	"gradin/server/viewer"
)

// MaxMoves is how many moves a call may carry (API-3).
const MaxMoves = 10_000

// Wish is a ticket to a guest, by the ticket's id.
type Wish struct {
	Ticket             uuid.UUID
	Email, First, Last string
	Fields             Fields
	// Back asks for the ticket back instead.
	Back bool
	// Pin is the ticket's move that the sender saw; nil when he pins nothing (WB-3).
	Pin *int64
}

// List is a list of moves somebody sends.
type List struct {
	Wishes    []Wish
	Policy    term.RunPolicy
	Sponsor   uuid.UUID
	Confirmed bool
	// Cart says that the list comes from a cart (CA-1).
	Cart bool
}

// Distribute decides a list of moves and stores the plan; with Confirmed it is
// carried out as well.
func (s *Service) Distribute(ctx context.Context, l List) (*ent.Execution, error) {
	from, err := s.admit(ctx, l.Sponsor)
	if err != nil {
		return nil, err
	}
	if len(l.Wishes) == 0 || len(l.Wishes) > MaxMoves {
		return nil, errs.New(errs.Invalid, "A call carries 1 to %d moves; this one carries %d.", MaxMoves, len(l.Wishes)).At("moves")
	}
	order := execution.Order{
		Function: term.ExecutionFunctionDistribution, Trigger: from.trigger, Policy: l.Policy, ID: oid.New(oid.Execution),
		Organisation: from.organisation, Sponsor: from.party, Channel: from.channelID(), PointOfSale: from.pointOfSaleID(),
		Contact: from.contact, Confirmed: l.Confirmed,
	}
	if l.Cart {
		order.Function = term.ExecutionFunctionCart
	}
	begun, err := s.plan(ctx, from, order, l.Wishes)
	if err != nil {
		return nil, err
	}
	s.runs.Wake()
	return begun, nil
}

// Decide says what would happen to each move of a list, and stores nothing.
func (s *Service) Decide(ctx context.Context, l List) ([]Decision, error) {
	from, err := s.admit(ctx, l.Sponsor)
	if err != nil {
		return nil, err
	}
	_, decisions, err := s.decide(ctx, from, uuid.Nil, l.Wishes)
	return decisions, err
}

// decide asks the plan about a list.
func (s *Service) decide(ctx context.Context, from sender, run uuid.UUID, wishes []Wish) (*stager, []Decision, error) {
	draft := &ent.Execution{
		ID: run, OrganisationID: from.organisation, SponsorID: &from.party,
		UserID: actor(ctx), ActorContactID: some(from.contact), PointOfSaleID: some(from.pointOfSaleID()),
	}
	rules, err := s.rules(ctx, draft)
	if err != nil {
		return nil, nil, err
	}
	st := &stager{
		service: s, run: draft, planner: NewPlanner(rules), scope: from.scope(), mails: map[uuid.UUID]bool{},
		hold: func(context.Context, *db.Tx) error { return nil },
		event: func(ctx context.Context, tx *db.Tx, text string) error {
			return execution.Event(ctx, tx, from.organisation, run, s.now(), text)
		},
	}
	for i, w := range wishes {
		st.batch = append(st.batch, Move{
			Row: i + 1, Reference: oid.Encode(w.Ticket), Ticket: w.Ticket, Email: address(spreadsheet.Clean(w.Email)), Pin: w.Pin, Back: w.Back,
			First: spreadsheet.Clean(w.First), Last: spreadsheet.Clean(w.Last), Fields: w.Fields,
		})
	}
	decisions, err := st.decide(ctx)
	return st, decisions, err
}

// plan decides first, outside of the transaction, and then stores run and rows
// in one: a list of moves is never seen half planned.
func (s *Service) plan(ctx context.Context, from sender, order execution.Order, wishes []Wish) (*ent.Execution, error) {
	st, decisions, err := s.decide(ctx, from, order.ID, wishes)
	if err != nil {
		return nil, err
	}
	var begun *ent.Execution
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if begun, err = s.runs.Begin(ctx, tx, order); err != nil || begun.ID != order.ID {
			return err
		}
		return s.storePlan(ctx, tx, st, begun, decisions)
	})
	if err != nil {
		return nil, err
	}
	return s.store.Client.Execution.Get(ctx, begun.ID)
}

func (s *Service) storePlan(ctx context.Context, tx *db.Tx, st *stager, begun *ent.Execution, decisions []Decision) error {
	clear(st.mails)
	for i := range decisions {
		if d := &decisions[i]; d.Ticket != nil {
			d.Move.Reference = fmt.Sprint(d.Ticket.Number)
		}
		if g := decisions[i].Guest; g != nil {
			g.counted, g.Number = false, 0 // a transaction that is tried again counts again
		}
	}
	if err := st.store(ctx, tx, decisions); err != nil {
		return err
	}
	next := term.ExecutionStatePlanned
	begun.PlanApprovals = approvals(decisions)
	if begun.Confirmed {
		next = execution.Next(begun)
	}
	if _, err := tx.Exec(ctx, "UPDATE executions SET state = $1::text WHERE id = $2::uuid", string(next), begun.ID); err != nil {
		return fmt.Errorf("end planning: %w", err)
	}
	if err := execution.Await(ctx, tx, begun, next, s.now()); err != nil {
		return err
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: begun.OrganisationID, Verb: "distribution.plan", Object: begun.ID,
		Detail: map[string]any{"number": begun.Number, "moves": len(decisions)},
	})
}

// mover is the function that carries out a list of moves.
type mover struct{ *Service }

// Plan has nothing left to do: a list is planned where it is sent.
func (m mover) Plan(context.Context, *execution.Run) error { return nil }

// Apply carries the plan out.
func (m mover) Apply(ctx context.Context, run *execution.Run) error { return m.apply(ctx, run) }

func actor(ctx context.Context) *uuid.UUID {
	v, _ := viewer.From(ctx)
	return some(uuid.UUID(v.User))
}
