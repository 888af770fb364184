package graph

import (
	"context"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/performance"
	"gradin/ent/product"
	"gradin/graph/model"
	"gradin/server/catalog"
	"gradin/server/term"
	"gradin/server/ticket"
)

func (r *Resolver) productRules(ctx context.Context, first *int, after *string, last *int, before *string) (*model.ProductRulesConnection, error) {
	w, err := windowOf("product.code", first, after, last, before)
	if err != nil {
		return nil, err
	}
	q, err := catalog.ProductsRuled(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	rows, err := keyset(ctx, w, q.Clone(), product.FieldCode, w.at.Key, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(p *ent.Product) mark { return mark{Order: "product.code", Key: p.Code, ID: p.ID} }
	return pageOf(w, rows, at, productRulesOf, q.Count), nil
}

func (r *Resolver) performanceRules(ctx context.Context, of uuid.UUID, first *int, after *string, last *int, before *string) (*model.PerformanceRulesConnection, error) {
	w, err := windowOf("performance.code", first, after, last, before)
	if err != nil {
		return nil, err
	}
	q, err := catalog.PerformancesRuled(ctx, r.Store, of)
	if err != nil {
		return nil, err
	}
	rows, err := keyset(ctx, w, q.Clone(), performance.FieldCode, w.at.Key, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(p *ent.Performance) mark { return mark{Order: "performance.code", Key: p.Code, ID: p.ID} }
	return pageOf(w, rows, at, performanceRulesOf, q.Count), nil
}

func productRulesOf(p *ent.Product) *model.ProductRules {
	fields := make([]term.GuestField, len(p.GuestFields))
	for i, f := range p.GuestFields {
		fields[i] = term.GuestField(f)
	}
	s := p.Edges.Season
	return &model.ProductRules{
		ID: p.ID, OpensMinutes: p.DistributionOpensMinutes, ClosesMinutes: p.DistributionClosesMinutes, GuestLimit: p.GuestLimit, GuestFields: fields,
		Product: productOf(ticket.Ref{ID: p.ID, Code: p.Code, Name: p.Name}, p.Family, ticket.Ref{ID: s.ID, Code: s.Code, Name: s.Name}, s.StartsAt, s.EndsAt),
	}
}

func performanceRulesOf(p *ent.Performance) *model.PerformanceRules {
	return &model.PerformanceRules{
		ID: p.ID, Name: p.Name, StartsAt: p.StartsAt,
		OpensMinutes: p.DistributionOpensMinutes, ClosesMinutes: p.DistributionClosesMinutes, GuestLimit: p.GuestLimit,
	}
}
