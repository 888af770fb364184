package graph

import (
	"context"

	"github.com/google/uuid"

	"gradin/graph/model"
	"gradin/server/audit"
	"gradin/server/oid"
)

func (r *Resolver) auditEntries(ctx context.Context, f *model.AuditFilter, first *int, after *string, last *int, before *string) (*model.AuditConnection, error) {
	w, err := windowOf("audit.newest", first, after, last, before)
	if err != nil {
		return nil, err
	}
	filter := audit.Filter{}
	if f != nil {
		filter = audit.Filter{User: idOr(f.UserID), Object: idOr(f.ObjectID), Verb: valueOr(f.Verb, ""), From: f.From, To: f.To}
	}
	page := audit.Page{Limit: w.limit + 1, Before: w.at.Number}
	if w.backward {
		page = audit.Page{Limit: w.limit + 1, After: w.at.Number, Oldest: true}
	}
	entries, err := audit.List(ctx, r.Store, filter, page)
	if err != nil {
		return nil, err
	}
	at := func(e audit.Written) mark { return mark{Order: "audit.newest", Number: e.Sequence} }
	return pageOf(w, entries, at, auditEntryOf, func(ctx context.Context) (int, error) {
		return audit.Count(ctx, r.Store, filter)
	}), nil
}

func auditEntryOf(e audit.Written) *model.AuditEntry {
	fields, detail := e.Fields()
	return &model.AuditEntry{
		Sequence: e.Sequence, At: e.At, UserID: idOrNone(e.User), Actor: e.Actor, Address: e.Address, Verb: e.Verb,
		ObjectID: idOrNone(e.Object), Detail: detail, Hash: e.Hash,
		Changes: each(fields, func(f audit.Field) *model.AuditChange {
			return &model.AuditChange{Field: f.Name, Before: f.Before, After: f.After}
		}),
	}
}

// idOrNone reads an id that was written down; null for none.
func idOrNone(text string) *uuid.UUID {
	id, err := oid.Decode(text)
	if err != nil {
		return nil
	}
	return &id
}
