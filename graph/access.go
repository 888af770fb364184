package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gradin/graph/model"
	"gradin/server/access"
)

func (r *Resolver) recordEntries(ctx context.Context, in model.RecordEntriesInput) (*model.RecordEntriesPayload, error) {
	entries := make([]access.Entry, len(in.Entries))
	for i, e := range in.Entries {
		entries[i] = access.Entry{Barcode: e.Barcode, At: e.At, Gate: e.Gate, Key: valueOr(e.Key, "")}
	}
	answers, err := r.Access.Record(ctx, entries)
	problems, err := refused(ctx, err)
	if err != nil {
		return nil, err
	}
	zone, err := r.zone(ctx)
	return &model.RecordEntriesPayload{
		Answers: each(answers, func(a access.Answer) *model.EntryAnswer {
			return &model.EntryAnswer{
				ID: a.ID, Key: text(a.Key), Result: a.Result, Reason: a.Reason, Message: a.Sentence(languageOf(ctx), zone),
				TicketID: idUnlessZero(a.Ticket), AdmittedAt: a.AdmittedAt, AdmittedGate: a.AdmittedGate,
			}
		}),
		UserErrors: problems,
	}, err
}

func (r *Resolver) accessList(ctx context.Context, performance *uuid.UUID, after *string, first *int) (*model.AccessList, error) {
	w, err := windowOf("access", nil, after, nil, nil)
	if err != nil {
		return nil, err
	}
	p, err := r.Access.List(ctx, idOr(performance), w.at.Number, valueOr(first, access.MaxSteps))
	if err != nil {
		return nil, err
	}
	return &model.AccessList{
		Cursor: mark{Order: "access", Number: p.Last}.cursor(), HasMore: p.More,
		Entries: each(p.Entries, func(e access.Listed) *model.AccessEntry {
			return &model.AccessEntry{
				TicketID: e.Ticket, Number: e.Number, Barcode: e.Barcode, Valid: e.Valid, Reason: e.Reason,
				PerformanceID: idUnlessZero(e.Performance), ValidFrom: e.From, ValidUntil: e.Until, Quantity: e.Quantity,
			}
		}),
	}, nil
}

// zone is the organisation's time zone.
func (r *Resolver) zone(ctx context.Context) (*time.Location, error) {
	o, err := r.organisation(ctx)
	if err != nil || o == nil {
		return time.UTC, err
	}
	return time.LoadLocation(o.TimeZone)
}

func idUnlessZero(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
