package graph

import (
	"context"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	"gradin/graph/model"
	"gradin/server/privacy"
)

func (r *Resolver) individuals(ctx context.Context, search string, first *int, after *string, last *int, before *string) (*model.IndividualConnection, error) {
	w, err := windowOf("contact.name", first, after, last, before)
	if err != nil {
		return nil, err
	}
	where, err := privacy.Among(ctx, search)
	if err != nil {
		return nil, err
	}
	rows, err := keyset(ctx, w, r.Store.Client.Contact.Query().Where(where...), entcontact.FieldName, w.at.Key, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(c *ent.Contact) mark { return mark{Order: "contact.name", Key: c.Name, ID: c.ID} }
	return pageOf(w, rows, at, individualOf, func(ctx context.Context) (int, error) {
		return r.Store.Client.Contact.Query().Where(where...).Count(ctx)
	}), nil
}

func individualOf(c *ent.Contact) *model.Individual {
	return &model.Individual{
		ID: c.ID, Number: c.Number, Name: c.Name, Email: text(c.Email), CreatedAt: c.CreatedAt, AnonymisedAt: c.AnonymisedAt,
	}
}

func individualTicketOf(h privacy.Held) *model.IndividualTicket {
	return &model.IndividualTicket{ID: h.ID, Number: h.Number, Name: h.Name, StartsAt: h.StartsAt, TimeZone: h.Zone, State: h.State, Has: h.Has}
}

func anonymisationOf(ctx context.Context, e *privacy.Effect) *model.Anonymisation {
	if e == nil {
		return nil
	}
	m := &model.Anonymisation{
		Possible: len(e.Obstacles) == 0, Needed: e.Needed(), Obstacles: []string{},
		Tickets: e.Tickets, Links: e.Links, Rows: e.Rows, Files: e.Files, Mails: e.Mails, AddressBookEntries: e.Entries,
		CartLines: e.Lines, Account: e.Account, AuditEntries: e.Audit,
	}
	for _, o := range e.Obstacles {
		m.Obstacles = append(m.Obstacles, o.In(string(languageOf(ctx))))
	}
	return m
}
