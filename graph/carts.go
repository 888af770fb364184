package graph

import (
	"context"

	"github.com/google/uuid"

	"gradin/graph/model"
	"gradin/server/cart"
	"gradin/server/distribution"
	"gradin/server/term"
)

func cartOf(c *cart.Cart) *model.Cart {
	id := c.ID
	if id == uuid.Nil {
		id = c.User
	}
	return &model.Cart{
		CartID: c.ID, ID: id, UserID: c.User, OwnerName: c.OwnerName, Mine: c.Mine, ChangedAt: c.ChangedAt, Version: c.Version,
		LineCount: c.Lines, ReadyCount: c.Ready, GuestCount: c.Guests,
	}
}

func (r *Resolver) cart(ctx context.Context, owner *uuid.UUID) (*model.Cart, error) {
	c, err := r.Carts.Open(ctx, idOr(owner))
	return maybe(c, cartOf), err
}

// changedCart reads a cart after a change of it that was not refused.
func (r *Resolver) changedCart(ctx context.Context, owner *uuid.UUID, err error) (*model.Cart, []*model.UserError, error) {
	problems, err := refused(ctx, err)
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	c, err := r.cart(ctx, owner)
	return c, problems, err
}

func guestIn(g *model.GuestInput) cart.Guest {
	if g == nil {
		return cart.Guest{}
	}
	return cart.Guest{
		Entry: idOr(g.EntryID), Email: g.Email, First: valueOr(g.FirstName, ""), Last: valueOr(g.LastName, ""), Fields: fieldsOf(g.Fields),
	}
}

func (r *Resolver) addToCart(ctx context.Context, in model.AddToCartInput) (*model.AddToCartPayload, error) {
	a := cart.Addition{Tickets: in.TicketIds, Quantity: valueOr(in.Quantity, 0)}
	if in.Filter != nil {
		filter := filterOf(in.Filter)
		a.Filter = &filter
	}
	added, err := r.Carts.Add(ctx, idOr(in.UserID), a)
	c, problems, err := r.changedCart(ctx, in.UserID, err)
	return &model.AddToCartPayload{Cart: c, Added: &added.Added, Elsewhere: &added.Elsewhere, Refused: &added.Refused, UserErrors: problems}, err
}

func (r *Resolver) assignCartLines(ctx context.Context, in model.AssignCartLinesInput) (*model.AssignCartLinesPayload, error) {
	all := make([]cart.Assignment, len(in.Assignments))
	for i, a := range in.Assignments {
		all[i] = cart.Assignment{Line: a.LineID, ToMe: valueOr(a.ToMe, false), Guest: guestIn(a.Guest)}
	}
	n, err := r.Carts.Assign(ctx, idOr(in.UserID), all)
	c, problems, err := r.changedCart(ctx, in.UserID, err)
	return &model.AssignCartLinesPayload{Cart: c, Assigned: &n, UserErrors: problems}, err
}

func (r *Resolver) spreadCart(ctx context.Context, in model.SpreadCartInput) (*model.SpreadCartPayload, error) {
	guests := make([]cart.Guest, len(in.Guests))
	for i, g := range in.Guests {
		guests[i] = guestIn(g)
	}
	n, err := r.Carts.Spread(ctx, idOr(in.UserID), in.LineIds, guests, in.Each)
	c, problems, err := r.changedCart(ctx, in.UserID, err)
	return &model.SpreadCartPayload{Cart: c, Assigned: &n, UserErrors: problems}, err
}

func (r *Resolver) removeFromCart(ctx context.Context, in model.RemoveFromCartInput) (*model.RemoveFromCartPayload, error) {
	n, err := r.Carts.Remove(ctx, idOr(in.UserID), in.LineIds)
	c, problems, err := r.changedCart(ctx, in.UserID, err)
	return &model.RemoveFromCartPayload{Cart: c, Removed: &n, UserErrors: problems}, err
}

func (r *Resolver) validateCart(ctx context.Context, v cart.Validation) (*model.Execution, []*model.UserError, error) {
	e, err := r.Carts.Validate(ctx, v)
	problems, err := refused(ctx, err)
	return maybe(e, executionOf), problems, err
}

// cartLines reads a page of a cart, its tickets in one statement.
func (r *Resolver) cartLines(ctx context.Context, c *model.Cart, first *int, after *string) (*model.CartLineConnection, error) {
	w, err := windowOf("cart", first, after, nil, nil)
	if err != nil {
		return nil, err
	}
	lines, err := r.Carts.Lines(ctx, c.CartID, w.at.Key, w.at.ID, w.limit+1)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(lines))
	for i, l := range lines {
		ids[i] = l.Ticket
	}
	tickets, err := r.ticketsByID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	at := func(l cart.Line) mark { return mark{Order: "cart", Key: l.Place, ID: l.ID} }
	return pageOf(w, lines, at, func(l cart.Line) *model.CartLine { return lineOf(l, tickets[l.Ticket], languageOf(ctx)) },
		func(context.Context) (int, error) { return c.LineCount, nil }), nil
}

func lineOf(l cart.Line, t *model.Ticket, language term.Language) *model.CartLine {
	m := &model.CartLine{ID: l.ID, Ticket: t, ToMe: l.ToMe, Outcome: l.Outcome}
	if l.Guest.Email != "" {
		m.Guest = &model.Holder{Email: l.Guest.Email, FirstName: l.Guest.First, LastName: l.Guest.Last}
	}
	if l.Problem != nil {
		m.Problem = problemOf(*l.Problem, language)
	}
	return m
}

func (r *Resolver) cartGuests(ctx context.Context, c *model.Cart) ([]*model.CartGuest, error) {
	guests, err := r.Carts.Guests(ctx, c.CartID)
	return each(guests, func(g cart.GuestOf) *model.CartGuest {
		return &model.CartGuest{Email: g.Guest.Email, FirstName: g.Guest.First, LastName: g.Guest.Last, TicketCount: g.Tickets}
	}), err
}

func (r *Resolver) addressBook(ctx context.Context, search *string, first *int, after *string) (*model.AddressBookEntryConnection, error) {
	w, err := windowOf("addressBook", first, after, nil, nil)
	if err != nil {
		return nil, err
	}
	entries, err := r.Carts.Book(ctx, valueOr(search, ""), w.at.Key, w.at.ID, w.limit+1)
	if err != nil {
		return nil, err
	}
	at := func(e cart.Entry) mark { return mark{Order: "addressBook", Key: e.Key, ID: e.ID} }
	return pageOf(w, entries, at, func(e cart.Entry) *model.AddressBookEntry { return entryOf(&e) }, func(ctx context.Context) (int, error) {
		return r.Carts.CountBook(ctx, valueOr(search, ""))
	}), nil
}

func entryOf(e *cart.Entry) *model.AddressBookEntry {
	return &model.AddressBookEntry{
		ID: e.ID, Email: e.Email, FirstName: e.First, LastName: e.Last, Company: text(e.Company), Note: text(e.Note), Linked: e.Linked,
	}
}

func (r *Resolver) saveEntry(ctx context.Context, in model.SaveAddressBookEntryInput) (*model.SaveAddressBookEntryPayload, error) {
	e, err := r.Carts.Save(ctx, cart.Entry{
		ID: idOr(in.ID), Email: in.Email, First: in.FirstName, Last: in.LastName, Company: valueOr(in.Company, ""), Note: valueOr(in.Note, ""),
		Fields: distribution.Fields{},
	})
	problems, err := refused(ctx, err)
	return &model.SaveAddressBookEntryPayload{Entry: maybe(e, entryOf), UserErrors: problems}, err
}

func pastedGuests(pasted string) ([]*model.PastedGuest, error) {
	all, err := cart.Paste(pasted)
	return each(all, func(p cart.Pasted) *model.PastedGuest {
		return &model.PastedGuest{Line: p.Line, Text: p.Text, Email: p.Guest.Email, FirstName: p.Guest.First, LastName: p.Guest.Last, Valid: p.Valid}
	}), err
}
