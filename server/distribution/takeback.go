package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/user"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// TakeBack is what somebody wants back: tickets he names, or all those within a
// filter that may be taken back, of which he says how many he expects (TB-5).
type TakeBack struct {
	Tickets []uuid.UUID
	Filter  *ticket.Filter
	// Expected is how many tickets the filter is to find; another number is refused.
	Expected int
	// Reason is why, in the operator's words (TB-6).
	Reason    string
	Policy    term.RunPolicy
	Sponsor   uuid.UUID
	Confirmed bool
}

// maxReason is how many characters a reason may have.
const maxReason = 500

// Validate refuses what cannot be meant.
func (t TakeBack) Validate() error {
	switch {
	case (len(t.Tickets) > 0) == (t.Filter != nil):
		return errs.New(errs.Invalid, "Name the tickets, or give a filter: one of the two.").At("ticketIds")
	case len(t.Tickets) > MaxMoves:
		return errs.New(errs.Invalid, "A call names at most %d tickets; this one names %d. Use a filter for more.", MaxMoves, len(t.Tickets)).At("ticketIds")
	case t.Filter != nil && t.Expected <= 0:
		return errs.New(errs.Invalid, "Say how many tickets you expect the filter to find.").At("expectedCount")
	case len([]rune(t.Reason)) > maxReason:
		return errs.New(errs.Invalid, "A reason has at most %d characters.", maxReason).At("reason")
	}
	if t.Filter != nil {
		return t.Filter.Validate()
	}
	return nil
}

// selection is what a run is about that nobody listed, as it is stored with it.
type selection struct {
	Tickets  []uuid.UUID    `json:"tickets,omitempty"`
	Filter   *ticket.Filter `json:"filter,omitempty"`
	Expected int            `json:"expected,omitempty"`
}

// Reclaim begins the execution that takes tickets back; without Confirmed it
// only decides, and applyPlan carries it out (TB-8).
func (s *Service) Reclaim(ctx context.Context, t TakeBack) (*ent.Execution, error) {
	from, err := s.admitTaker(ctx, t.Sponsor, t.Reason)
	if err != nil {
		return nil, err
	}
	if err := t.Validate(); err != nil {
		return nil, err
	}
	chosen := selection{Tickets: t.Tickets, Filter: t.Filter, Expected: t.Expected}
	order := from.order(term.ExecutionFunctionTakeBack)
	order.Policy, order.Confirmed, order.Reason = t.Policy, t.Confirmed, strings.TrimSpace(t.Reason)
	return s.beginSelection(ctx, from, order, chosen)
}

// beginSelection stores what a run is about and begins it.
func (s *Service) beginSelection(ctx context.Context, from sender, order execution.Order, chosen selection) (*ent.Execution, error) {
	text, err := json.Marshal(chosen)
	if err != nil {
		return nil, err
	}
	order.Parameters = string(text)
	var begun *ent.Execution
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if begun, err = s.runs.Begin(ctx, tx, order); err != nil || begun.ID != order.ID {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: from.organisation, Verb: "distribution.reclaim", Object: begun.ID,
			Detail: map[string]any{"number": begun.Number, "tickets": len(chosen.Tickets), "expected": chosen.Expected, "reason": order.Reason},
		})
	})
	if err != nil {
		return nil, err
	}
	s.runs.Wake()
	return begun, nil
}

// taker is the function that takes back what a selection names.
type taker struct{ *Service }

// Plan decides for each ticket of the selection. It starts from nothing when a
// process died in it.
func (t taker) Plan(ctx context.Context, run *execution.Run) error {
	var chosen selection
	if err := json.Unmarshal([]byte(run.Parameters), &chosen); err != nil {
		return fmt.Errorf("read what the run is about: %w", err)
	}
	st, err := t.restart(ctx, run)
	if err != nil {
		return err
	}
	ids := chosen.Tickets
	if chosen.Filter != nil {
		st.scope.TakeBack = st.planner.rules.TakeBack
		possible := true
		chosen.Filter.TakeBackPossible = &possible
		if ids, err = ticket.IDs(ctx, t.store, st.scope, *chosen.Filter, chosen.Expected+1); err != nil {
			return err
		}
		if len(ids) != chosen.Expected {
			return refuse(KeyCount, SheetProblem{Expected: chosen.Expected})
		}
	}
	for i, id := range ids {
		if err := st.take(ctx, Move{Row: i + 1, Reference: oid.Encode(id), Ticket: id, Back: true}); err != nil {
			return err
		}
	}
	return st.flush(ctx)
}

// Apply carries the plan out.
func (t taker) Apply(ctx context.Context, run *execution.Run) error { return t.apply(ctx, run) }

// restart begins the planning of a run from nothing.
func (s *Service) restart(ctx context.Context, run *execution.Run) (*stager, error) {
	st, err := s.stager(ctx, run)
	if err != nil {
		return nil, err
	}
	return st, s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		return s.forget(ctx, tx, run.Execution)
	})
}

// admitTaker is the first line of the verbs that take back: like admit, but an
// operator who writes down why need not act for a sponsor (TB-6).
func (s *Service) admitTaker(ctx context.Context, sponsor uuid.UUID, reason string) (sender, error) {
	v, ok := viewer.From(ctx)
	if ok && !v.InPortal() && term.Role(v.Role).Operates() && !v.ReadOnly && sponsor == uuid.Nil {
		if strings.TrimSpace(reason) == "" {
			return sender{}, errs.New(errs.Invalid, "Write down why you take the tickets back.").At("reason")
		}
		return sender{organisation: uuid.UUID(v.Organisation), trigger: triggerOf(v), contact: uuid.UUID(v.Contact)}, nil
	}
	return s.admit(ctx, sponsor)
}

func triggerOf(v viewer.Viewer) term.ExecutionTrigger {
	if v.Token != (viewer.UUID{}) {
		return term.ExecutionTriggerApi
	}
	return term.ExecutionTriggerImmediate
}

// order is the order for a run of a sender.
func (f sender) order(function term.ExecutionFunction) execution.Order {
	return execution.Order{
		Function: function, Trigger: f.trigger, ID: oid.New(oid.Execution), Organisation: f.organisation, Sponsor: f.party,
		Channel: f.channelID(), PointOfSale: f.pointOfSaleID(), Contact: f.contact,
	}
}

// takeBackRules gathers by which rules the sender of a run may take back:
// operators who wrote down why, relays of a structure, or an individual.
func (s *Service) takeBackRules(ctx context.Context, run *ent.Execution) (reclaim.Rules, error) {
	r := reclaim.Rules{Now: s.now(), Actor: reclaim.Relay}
	if run.Reason != "" && run.UserID != nil {
		u, err := s.store.Client.User.Query().Where(user.ID(*run.UserID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return r, fmt.Errorf("read the sender: %w", err)
		}
		if u != nil && u.Role.Operates() {
			r.Actor = reclaim.Operator
			return r, nil
		}
	}
	if run.SponsorID == nil {
		r.Actor = reclaim.Nobody
		return r, nil
	}
	sponsor, err := s.store.Client.Contact.Get(ctx, *run.SponsorID)
	if err != nil {
		return r, fmt.Errorf("read the sponsor: %w", err)
	}
	if sponsor.Kind == term.ContactKindIndividual {
		r.Actor = reclaim.Public
	}
	if run.PointOfSaleID == nil {
		return s.watched(ctx, r, run.OrganisationID)
	}
	at, err := s.store.Client.PointOfSale.Get(ctx, *run.PointOfSaleID)
	if err != nil {
		return r, fmt.Errorf("read the point of sale: %w", err)
	}
	return s.watched(ctx, withParameters(r, at), run.OrganisationID)
}

func withParameters(r reclaim.Rules, at *ent.PointOfSale) reclaim.Rules {
	r.AllowInjected, r.Downloaded, r.Transferred = at.AllowTakeBackInjected, at.TakeBackDownloaded, at.TakeBackTransferred
	return r
}

// Sight is what the viewer may look at, and by which rules he may take back what
// he sees: the numbers he is shown follow from both (DA-2).
func (s *Service) Sight(ctx context.Context, sponsor uuid.UUID) (ticket.Scope, error) {
	scope, err := ticket.ScopeOf(ctx, sponsor)
	if err != nil {
		return scope, err
	}
	v, _ := viewer.From(ctx)
	r := reclaim.Rules{Now: s.now()}
	switch {
	case v.InPortal() && !v.ReadOnly:
		r.Actor = reclaim.Relay
		if v.Structure == (viewer.UUID{}) {
			r.Actor = reclaim.Public
		}
		from := sender{organisation: scope.Organisation}
		if err := s.at(ctx, &from, v); err != nil {
			return scope, err
		}
		if from.pointOfSale != nil {
			r = withParameters(r, from.pointOfSale)
		}
		if r, err = s.watched(ctx, r, scope.Organisation); err != nil {
			return scope, err
		}
	case term.Role(v.Role).Operates() && !v.ReadOnly:
		r.Actor = reclaim.Operator
	}
	scope.TakeBack = r
	return scope, nil
}

// Replaced counts the tickets of a waiting plan whose barcodes die with it; nil
// when no plan waits.
func (s *Service) Replaced(ctx context.Context, e *ent.Execution) (*int, error) {
	if e.State != term.ExecutionStatePlanned {
		return nil, nil //nolint:nilnil // only a plan has this number
	}
	counts, err := db.Select(ctx, s.store, func(r *sql.Rows) (int, error) {
		var n int
		return n, r.Scan(&n)
	}, `SELECT count(*) FROM execution_rows r JOIN tickets t ON t.id = r.ticket_id
		WHERE r.execution_id = $1::uuid AND r.outcome IN ('REDISTRIBUTE', 'TAKE_BACK') AND `+ticket.Seen("t"), e.ID)
	if err != nil {
		return nil, fmt.Errorf("count barcodes that die: %w", err)
	}
	return &counts[0], nil
}
