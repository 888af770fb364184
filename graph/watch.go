package graph

import (
	"context"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/takebackalert"
	"gradin/graph/model"
	"gradin/server/alert"
	"gradin/server/distribution"
	"gradin/server/term"
)

func (r *Resolver) alerts(ctx context.Context, open bool, first *int, after *string, last *int, before *string) (*model.TakeBackAlertConnection, error) {
	w, err := windowOf("alert.newest", first, after, last, before)
	if err != nil {
		return nil, err
	}
	q, err := alert.Query(ctx, r.Store, open)
	if err != nil {
		return nil, err
	}
	// Ids rise with time, to the millisecond.
	rows, err := newest(ctx, w, q.Clone(), takebackalert.FieldID, w.at.ID, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(a *ent.TakeBackAlert) mark { return mark{Order: "alert.newest", ID: a.ID} }
	return pageOf(w, rows, at, alertOf, q.Count), nil
}

func alertOf(a *ent.TakeBackAlert) *model.TakeBackAlert {
	return &model.TakeBackAlert{
		Row: a, ID: a.ID, Kind: a.Kind, Threshold: a.Threshold, Recovered: a.Recovered, Distributed: a.Distributed, RaisedAt: a.RaisedAt,
		AcknowledgedAt: a.AcknowledgedAt, AcknowledgedBy: text(a.AcknowledgedByName), Note: text(a.Note),
	}
}

func weekOf(w alert.Week) *model.TakeBackWeek {
	return &model.TakeBackWeek{From: w.From, TakenBack: w.TakenBack, ByOrganiser: w.ByOrganiser, Executions: w.Executions}
}

func watchOf(w alert.Watch) *model.TakeBackWatch {
	return &model.TakeBackWatch{ID: w.Organisation, AlertAfter: w.After, AlertShare: w.Share, PauseHours: w.PauseHours, Approval: w.Approval}
}

func (r *Resolver) changeWatch(ctx context.Context, in model.UpdateTakeBackWatchInput) (*model.UpdateTakeBackWatchPayload, error) {
	w, err := alert.Change(ctx, r.Store, alert.Watch{After: in.AlertAfter, Share: in.AlertShare, PauseHours: in.PauseHours, Approval: in.Approval}, r.Now())
	problems, failure := refused(ctx, err)
	payload := &model.UpdateTakeBackWatchPayload{UserErrors: problems}
	if err == nil {
		payload.Watch = watchOf(w)
	}
	return payload, failure
}

// alertTicket reads the ticket that an alert is about, or that took its place.
func (r *Resolver) alertTicket(ctx context.Context, id *uuid.UUID) (*model.Ticket, error) {
	if id == nil {
		return nil, nil //nolint:nilnil // an alert about a sponsor has none
	}
	n, err := r.ticket(ctx, *id)
	t, _ := n.(*model.Ticket)
	return t, err
}

func (r *Resolver) alertProduct(ctx context.Context, id uuid.UUID) (*model.Product, error) {
	n, err := r.product(ctx, id)
	p, _ := n.(*model.Product)
	return p, err
}

func removalOf(language term.Language, v *distribution.RemovalView, err error) (*model.Removal, error) {
	return maybe(v, func(v *distribution.RemovalView) *model.Removal {
		m := &model.Removal{State: v.State, Answer: text(v.Answer), RequestedAt: v.RequestedAt, EndedAt: v.EndedAt, CanCancel: v.Cancellable}
		if v.Problem != nil {
			m.Problem = problemOf(*v.Problem, language)
		}
		return m
	}), err
}

// decisionOf is what a second person decided about a run; nil when nobody has.
func decisionOf(e *ent.Execution) *model.ExecutionDecision {
	if e.DecidedAt == nil {
		return nil
	}
	return &model.ExecutionDecision{
		Approved: e.StartedAt != nil || e.State != term.ExecutionStateCancelled, By: e.DecidedByName, At: *e.DecidedAt, Note: text(e.DecisionNote),
	}
}
