package graph

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/schema/rule"
	"gradin/graph/model"
	"gradin/server/errs"
	"gradin/server/mailmodel"
	"gradin/server/oid"
	"gradin/server/ticket"
)

// mostNodes is how many objects nodes(ids) reads at once.
const mostNodes = 100

// hidden turns what is not there and what the viewer may not know of into
// GraphQL's null: both look the same (AC-3).
func hidden(err error) error {
	if ent.IsNotFound(err) || errors.Is(err, rule.ErrDenied) {
		return nil
	}
	return err
}

// node reads any published object. What is not listed here is private.
func (r *Resolver) node(ctx context.Context, id uuid.UUID) (model.Node, error) {
	c := r.Store.Client
	switch oid.TagOf(id) {
	case oid.Organisation:
		return found(c.Organisation.Get, organisationOf)(ctx, id)
	case oid.User:
		return found(c.User.Get, userOf)(ctx, id)
	case oid.APIToken:
		return r.ownToken(ctx, id)
	case oid.SavedView:
		return found(c.SavedView.Get, viewOf)(ctx, id)
	case oid.Season:
		return found(c.Season.Get, seasonOf)(ctx, id)
	case oid.Product:
		return r.product(ctx, id)
	case oid.Performance:
		return r.performance(ctx, id)
	case oid.Venue:
		return found(c.Venue.Get, venueOf)(ctx, id)
	case oid.SeatCategory:
		return found(c.SeatCategory.Get, entCategoryOf)(ctx, id)
	case oid.Tariff:
		return found(c.Tariff.Get, entTariffOf)(ctx, id)
	case oid.Contingent:
		return found(c.Contingent.Get, entContingentOf)(ctx, id)
	case oid.PointOfSale:
		return found(c.PointOfSale.Get, pointOfSaleOf)(ctx, id)
	case oid.Contact:
		return found(c.Contact.Get, contactOf)(ctx, id)
	case oid.Ticket:
		return r.ticket(ctx, id)
	case oid.Execution:
		return found(c.Execution.Get, executionOf)(ctx, id)
	case oid.Alert:
		return found(c.TakeBackAlert.Get, alertOf)(ctx, id)
	case oid.Mail:
		return r.mail(ctx, id)
	}
	return nil, nil //nolint:nilnil // GraphQL's null
}

// nodes reads several objects in the order asked, nulls where there is none.
// Tickets are read together.
func (r *Resolver) nodes(ctx context.Context, ids []uuid.UUID) ([]model.Node, error) {
	if len(ids) > mostNodes {
		return nil, errs.New(errs.LimitExceeded, "Ask for at most %d objects at once.", mostNodes).At("ids")
	}
	var chosen []uuid.UUID
	for _, id := range ids {
		if oid.TagOf(id) == oid.Ticket {
			chosen = append(chosen, id)
		}
	}
	tickets, err := r.ticketsByID(ctx, chosen...)
	if err != nil {
		return nil, err
	}
	nodes := make([]model.Node, len(ids))
	for i, id := range ids {
		if t := tickets[id]; t != nil {
			nodes[i] = t
		}
		if oid.TagOf(id) == oid.Ticket {
			continue
		}
		if nodes[i], err = r.node(ctx, id); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// found reads an entity by its id and gives GraphQL's null for what is hidden.
func found[E, M any, N interface {
	*M
	model.Node
}](get func(context.Context, uuid.UUID) (*E, error), convert func(*E) *M) func(context.Context, uuid.UUID) (model.Node, error) {
	return func(ctx context.Context, id uuid.UUID) (model.Node, error) {
		e, err := get(ctx, id)
		if err != nil {
			return nil, hidden(err)
		}
		return N(convert(e)), nil
	}
}

func (r *Resolver) ticket(ctx context.Context, id uuid.UUID) (model.Node, error) {
	tickets, err := r.ticketsByID(ctx, id)
	if t := tickets[id]; t != nil {
		return t, nil
	}
	return nil, err
}

// ticketsByID reads tickets that are shown together; those out of reach are missing.
func (r *Resolver) ticketsByID(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*model.Ticket, error) {
	tickets := make(map[uuid.UUID]*model.Ticket, len(ids))
	if len(ids) == 0 {
		return tickets, nil
	}
	scope, err := r.Distribution.Sight(ctx, uuid.Nil)
	if _, is := errs.As(err); is {
		return tickets, nil // out of reach
	}
	if err != nil {
		return nil, err
	}
	rows, err := ticket.ByID(ctx, r.Store, scope, ids)
	if err != nil {
		return nil, err
	}
	ticketOf := r.together(rows)
	for i := range rows {
		tickets[rows[i].ID] = ticketOf(&rows[i])
	}
	return tickets, nil
}

func (r *Resolver) product(ctx context.Context, id uuid.UUID) (model.Node, error) {
	p, err := r.Store.Client.Product.Get(ctx, id)
	if err != nil {
		return nil, hidden(err)
	}
	s, err := r.Store.Client.Season.Get(ctx, p.SeasonID)
	if err != nil {
		return nil, hidden(err)
	}
	return productOf(ticket.Ref{ID: p.ID, Code: p.Code, Name: p.Name}, p.Family,
		ticket.Ref{ID: s.ID, Code: s.Code, Name: s.Name}, s.StartsAt, s.EndsAt), nil
}

func (r *Resolver) performance(ctx context.Context, id uuid.UUID) (model.Node, error) {
	p, err := r.Store.Client.Performance.Get(ctx, id)
	if err != nil {
		return nil, hidden(err)
	}
	o, err := r.Store.Client.Organisation.Get(ctx, p.OrganisationID)
	if err != nil {
		return nil, hidden(err)
	}
	venue, zone := "", o.TimeZone
	if p.VenueID != nil {
		v, err := r.Store.Client.Venue.Get(ctx, *p.VenueID)
		if err != nil {
			return nil, hidden(err)
		}
		venue, zone = v.Name, v.TimeZone
	}
	return performanceOf(ticket.Ref{ID: p.ID, Code: p.Code, Name: p.Name}, &p.StartsAt, p.DurationMinutes, venue, zone), nil
}

// ownToken finds a token among the viewer's own: staff see no one else's.
func (r *Resolver) ownToken(ctx context.Context, id uuid.UUID) (model.Node, error) {
	tokens, err := r.Accounts.Tokens(ctx)
	if _, is := errs.As(err); is {
		return nil, nil //nolint:nilnil,nilerr // nobody is signed in
	}
	if err != nil {
		return nil, err
	}
	for _, t := range tokens {
		if t.ID == id {
			return tokenOf(t), nil
		}
	}
	return nil, nil //nolint:nilnil // GraphQL's null
}

func seasonOf(s *ent.Season) *model.Season {
	return &model.Season{ID: s.ID, Code: s.Code, Name: s.Name, StartsAt: s.StartsAt, EndsAt: s.EndsAt}
}

func channelOf(c *ent.Channel) *model.Channel {
	return &model.Channel{ID: c.ID, Code: c.Code, Name: c.Name}
}

func mailModelOf(used *mailmodel.Used) *model.MailModel {
	return &model.MailModel{
		Class: used.Class, Language: used.Language, Origin: model.MailModelOrigin(used.Origin), Subject: used.Subject, Text: used.Text, HTML: used.HTML,
	}
}

func entCategoryOf(c *ent.SeatCategory) *model.SeatCategory {
	return &model.SeatCategory{ID: c.ID, Code: c.Code, Name: c.Name}
}

func entTariffOf(t *ent.Tariff) *model.Tariff {
	return &model.Tariff{ID: t.ID, Code: t.Code, Name: t.Name}
}

func entContingentOf(c *ent.Contingent) *model.Contingent {
	return &model.Contingent{ID: c.ID, Code: c.Code, Name: c.Name}
}
