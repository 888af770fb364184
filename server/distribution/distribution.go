// Package distribution hands tickets to guests.
//
// Every way in (file, list of moves, and what later comes from cart and map)
// becomes a list of moves. One pure plan decides for each what happens and why
// (plan.go); what it decided is stored as rows of an execution (stage.go);
// apply carries the rows out in chunks of one transaction each (apply.go). What
// a plan shows is what apply does; there is no second copy of a rule (DI-1).
package distribution

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/pointofsale"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// Service distributes.
type Service struct {
	store *db.DB
	runs  *execution.Service
	log   *slog.Logger
	now   func() time.Time
	chunk int
}

// DefaultChunk is how many moves a transaction carries out: large enough that
// its fixed cost does not count, small enough that others get their turn.
const DefaultChunk = 5000

// New makes the service and registers what it runs.
func New(store *db.DB, runs *execution.Service, log *slog.Logger, now func() time.Time, chunk int) *Service {
	if chunk <= 0 {
		chunk = DefaultChunk
	}
	s := &Service{store: store, runs: runs, log: log, now: now, chunk: chunk}
	runs.Register(term.ExecutionFunctionTicketHoldersImport, importer{s})
	runs.Register(term.ExecutionFunctionDistribution, mover{s})
	runs.Register(term.ExecutionFunctionCart, mover{s})
	runs.Register(term.ExecutionFunctionTakeBack, taker{s})
	runs.Register(term.ExecutionFunctionUndo, undoer{s})
	return s
}

// sender is on whose behalf tickets are moved: a sponsor, at a point of sale.
type sender struct {
	organisation uuid.UUID
	party        uuid.UUID
	contact      uuid.UUID
	trigger      term.ExecutionTrigger
	pointOfSale  *ent.PointOfSale
}

// admit is the first line of every verb: it says on whose behalf the viewer
// acts, or refuses. Operators name the sponsor; portal users are one (AC-2).
func (s *Service) admit(ctx context.Context, sponsor uuid.UUID) (sender, error) {
	v, ok := viewer.From(ctx)
	if !ok {
		return sender{}, errs.New(errs.Unauthenticated, "Sign in first.")
	}
	if v.ReadOnly {
		return sender{}, errs.New(errs.Forbidden, "This token may read only. Use one with the scope WRITE.")
	}
	from := sender{organisation: uuid.UUID(v.Organisation), trigger: term.ExecutionTriggerPortal, contact: uuid.UUID(v.Contact)}
	if v.Token != (viewer.UUID{}) {
		from.trigger = term.ExecutionTriggerApi
	}
	switch {
	case v.InPortal():
		from.party = uuid.UUID(v.Party())
		if sponsor != uuid.Nil && sponsor != from.party {
			return sender{}, errs.Missing("sponsor")
		}
	case term.Role(v.Role).Operates():
		if sponsor == uuid.Nil {
			return sender{}, errs.New(errs.Invalid, "Say for which sponsor: give its id as sponsorId.").At("sponsorId")
		}
		structure, err := s.store.Client.Contact.Get(ctx, sponsor)
		if ent.IsNotFound(err) || err == nil && structure.Kind != term.ContactKindStructure {
			return sender{}, errs.Missing("sponsor")
		}
		if err != nil {
			return sender{}, err
		}
		from.party = sponsor
		if from.trigger == term.ExecutionTriggerPortal {
			from.trigger = term.ExecutionTriggerImmediate
		}
	default:
		return sender{}, errs.New(errs.Forbidden, "You may not distribute tickets. Ask the organiser for a portal account.")
	}
	return from, s.at(ctx, &from, v)
}

// at finds the point of sale whose parameters hold: the user's own, or for
// operators the one of the sponsor's portal users.
func (s *Service) at(ctx context.Context, from *sender, v viewer.Viewer) error {
	id := uuid.UUID(v.PointOfSale)
	if id == uuid.Nil {
		first, err := s.store.Client.PointOfSale.Query().
			Where(pointofsale.Active(true), pointofsale.ImportTicketDetails(true)).
			Order(pointofsale.ByCode()).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return err
		}
		from.pointOfSale = first
		return nil
	}
	found, err := s.store.Client.PointOfSale.Get(ctx, id)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	from.pointOfSale = found
	return nil
}

// scope is whose tickets the sender may move (DI-6).
func (f sender) scope() ticket.Scope {
	return ticket.Scope{Organisation: f.organisation, Party: f.party}
}

func (f sender) pointOfSaleID() uuid.UUID {
	if f.pointOfSale == nil {
		return uuid.Nil
	}
	return f.pointOfSale.ID
}

func (f sender) channelID() uuid.UUID {
	if f.pointOfSale == nil {
		return uuid.Nil
	}
	return f.pointOfSale.ChannelID
}
